"""Ten years taken away in a file, and brought into another journal: what a person waits for."""

from __future__ import annotations

import time
from contextlib import closing
from http.client import HTTPConnection

from bench.installation import LONG_LIFE, Installation
from bench.servers import PATIENCE, Server, product
from bench.tables import spread, table

OUT, TABLE, BACK = "everything as JSON", "moods as a table", "brought into another journal"


def measure(installation: Installation, rounds: int) -> None:
    """Print the seconds of both."""
    cookie, others = installation.lived(LONG_LIFE), [installation.person(f"Moved {n}") for n in range(rounds)]
    done: dict[str, list[tuple[float, float]]] = {OUT: [], TABLE: [], BACK: []}
    with product(installation) as server:
        for other in others:
            *took, whole = _asked(server, "GET", "/data/export.json", cookie)
            done[OUT].append((took[0], took[1]))
            done[TABLE].append(_asked(server, "GET", "/data/export.csv", cookie)[:2])
            done[BACK].append(_asked(server, "POST", "/data/import", other, whole)[:2])
    rows = [(name, *spread([s for s, _ in all_]), spread([cpu for _, cpu in all_])[0]) for name, all_ in done.items()]
    title = f"Ten years of notes with words: {LONG_LIFE:,}, {len(whole) / 1024:,.0f} KiB, {rounds} rounds"
    table(title, ("", "seconds", "lowest–highest", "CPU"), rows)


def _asked(server: Server, method: str, path: str, cookie: str, body: bytes = b"") -> tuple[float, float, bytes]:
    """Seconds until the whole answer is there, those of the server's CPU, and the answer."""
    headers = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)) as connection:
        began, before = time.perf_counter(), server.cpu()
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        said = answer.read()
        took, spent = time.perf_counter() - began, server.cpu() - before
    if answer.status != 200 and not (answer.getheader("Location") or "").startswith("/data?added="):
        raise RuntimeError(f"{method} {path} was answered with {answer.status}")
    return took, spent, said
