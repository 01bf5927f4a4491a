"""Today and one tap, against the bare floor under the same gunicorn, in turns: a busy machine slows both alike."""

from __future__ import annotations

import itertools
import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from bench.floor_asked import floor_cookie
from bench.installation import Installation
from bench.load import Load, get, post, under_load
from bench.servers import Server, floor, product
from bench.tables import spread, table

MANY, BURST = 16, 64
WRITERS = 48  # people who write in one round: a handful of notes each, as on a long day
PAGES = ("GET /", "POST /journal")
Requests = Callable[[int], list[str]]


@dataclass(frozen=True)
class Compared:
    """One round of one page: ours and the floor's, with many connections and with one."""

    ours: Load
    bare: Load
    ours_alone: Load
    bare_alone: Load


def measure(installation: Installation, rounds: int) -> None:
    """Print the tables of speed."""
    readers = [installation.person(f"Reader {n}", days=10) for n in range(MANY)]
    writers = iter([installation.person(f"Writer {n}") for n in range(WRITERS * (rounds + 1))])
    said: dict[str, list[Compared]] = defaultdict(list)
    failures = dict.fromkeys(PAGES, 0)
    with product(installation) as ours, floor(installation.place) as bare:
        cookie = floor_cookie(bare)
        for number in range(rounds + 1):
            writing = list(itertools.islice(writers, WRITERS))
            asked: dict[str, tuple[Requests, Requests]] = {
                "GET /": (_reading(readers), _reading([cookie])),
                "POST /journal": (_writing(writing), _writing([cookie])),
            }
            for page, (of_ours, of_bare) in asked.items():
                compared = _compared(ours, bare, of_ours, of_bare, turned=bool(number % 2))
                if number:  # the first round only warms up
                    said[page].append(compared)
                    failures[page] += compared.ours.failures + compared.ours_alone.failures
        bursts = {page: under_load(ours, of_ours(BURST), BURST).failures for page, (of_ours, _) in asked.items()}
    counts = _statements(installation, readers[0], writing[0])
    _print(said, failures, bursts, counts)


def _compared(ours: Server, bare: Server, of_ours: Requests, of_bare: Requests, *, turned: bool) -> Compared:
    """The floor answers so fast that it is asked for more, to be measured as long."""
    runs: list[Callable[[], Load]] = [
        lambda: under_load(ours, of_ours(6 * WRITERS), MANY),
        lambda: under_load(bare, of_bare(20 * WRITERS), MANY),
        lambda: under_load(ours, of_ours(2 * WRITERS), 1),
        lambda: under_load(bare, of_bare(6 * WRITERS), 1),
    ]
    order = (1, 0, 3, 2) if turned else (0, 1, 2, 3)
    done = {number: runs[number]() for number in order}
    return Compared(*(done[number] for number in range(4)))


def _reading(cookies: Sequence[str]) -> Requests:
    return lambda many: [get("/", cookie) for cookie in itertools.islice(itertools.cycle(cookies), many)]


def _writing(cookies: Sequence[str]) -> Requests:
    def requests(many: int) -> list[str]:
        of = itertools.islice(itertools.cycle(cookies), many)
        return [post("/journal", cookie, op_id=str(uuid.uuid4()), mood="4") for cookie in of]

    return requests


def _statements(installation: Installation, reader: str, writer: str) -> dict[str, int]:
    tap = {"data": {"op_id": str(uuid.uuid4()), "mood": "4"}, "headers": {"HX-Request": "true"}}
    return {
        "GET /": installation.statements("GET", "/", reader),
        "POST /journal": installation.statements("POST", "/journal", writer, **tap),
    }


def _print(
    said: dict[str, list[Compared]], failures: dict[str, int], bursts: dict[str, int], counts: dict[str, int]
) -> None:
    ratios: dict[str, Callable[[Compared], float]] = {
        f"requests a second, {MANY} connections": lambda one: one.ours.rate / one.bare.rate,
        f"p95, {MANY} connections": lambda one: one.ours.p95 / one.bare.p95,
        "p95, one connection": lambda one: one.ours_alone.p95 / one.bare_alone.p95,
        f"CPU a request, {MANY} connections": lambda one: one.ours.cpu / one.bare.cpu if one.bare.cpu else 0,
    }
    rounds = len(said[PAGES[0]])
    for page in PAGES:
        rows = [(name, *spread([ratio(one) for one in said[page]])) for name, ratio in ratios.items()]
        table(f"{page}, divided by the bare floor, {rounds} rounds", ("", "median", "lowest–highest"), rows)
    table(
        "What nothing is divided by",
        ("", *PAGES),
        [
            ("database statements", *(str(counts[page]) for page in PAGES)),
            ("failed requests", *(str(failures[page]) for page in PAGES)),
            (f"failed in a burst of {BURST}", *(str(bursts[page]) for page in PAGES)),
            ("ours, requests a second", *(_middle(said[page], lambda one: one.ours.rate, 0) for page in PAGES)),
            ("floor, requests a second", *(_middle(said[page], lambda one: one.bare.rate, 0) for page in PAGES)),
            (
                "ours, p95 with one connection, ms",
                *(_middle(said[page], lambda one: one.ours_alone.p95 * 1000) for page in PAGES),
            ),
            (
                "client’s share of a core, ours",
                *(_middle(said[page], lambda one: one.ours.client_core, 2) for page in PAGES),
            ),
            (
                "client’s share of a core, floor",
                *(_middle(said[page], lambda one: one.bare.client_core, 2) for page in PAGES),
            ),
        ],
    )


def _middle(rounds: Sequence[Compared], figure: Callable[[Compared], float], digits: int = 1) -> str:
    return f"{median(figure(one) for one in rounds):.{digits}f}"
