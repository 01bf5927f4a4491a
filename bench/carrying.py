"""Ten years taken away in a file, and brought into another journal: what a person waits for."""

from __future__ import annotations

import time
from contextlib import closing
from http.client import HTTPConnection

from bench.installation import LONG_LIFE, Installation
from bench.servers import PATIENCE, Server, product
from bench.tables import spread, table


def measure(installation: Installation, rounds: int) -> None:
    """Print the seconds of both."""
    cookie, others = installation.lived(LONG_LIFE), [installation.person(f"Moved {n}") for n in range(rounds)]
    out, table_out, back = [], [], []
    with product(installation) as server:
        for other in others:
            took, whole = _asked(server, "GET", "/data/export.json", cookie)
            out.append(took)
            table_out.append(_asked(server, "GET", "/data/export.csv", cookie)[0])
            back.append(_asked(server, "POST", "/data/import", other, whole)[0])
    heads = ("", "seconds", "lowest–highest")
    rows = [
        (f"everything as JSON, {len(whole) / 1024:,.0f} KiB", *spread(out)),
        ("moods as a table", *spread(table_out)),
        ("brought into another journal", *spread(back)),
    ]
    table(f"Ten years of notes with words, {LONG_LIFE:,} of them, {rounds} rounds", heads, rows)


def _asked(server: Server, method: str, path: str, cookie: str, body: bytes = b"") -> tuple[float, bytes]:
    """Seconds until the whole answer is there, and the answer."""
    headers = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)) as connection:
        began = time.perf_counter()
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        said = answer.read()
        took = time.perf_counter() - began
    if answer.status != 200 and not (answer.getheader("Location") or "").startswith("/data?added="):
        raise RuntimeError(f"{method} {path} was answered with {answer.status}")
    return took, said
