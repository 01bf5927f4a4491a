"""What else writes a journal, against the floor's note: a phone that sends fifty gestures at once; and in ten years of
notes, one of an earlier day and one taken back, against a plain one.
"""

from __future__ import annotations

import itertools
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta

from bench.floor_asked import floor_cookie
from bench.installation import DAY, LONG_LIFE, NOW, Installation
from bench.load import Load, post, post_json, under_load
from bench.servers import Server, floor, product
from bench.tables import spread, table

OPS, BATCHES, NOTES, WRITERS = 50, 6, 48, 24
DEVICE = str(uuid.uuid4())
PER_OP, PLAIN, BACK, GONE, BARE = "an op of a batch", "a plain note", "an earlier day", "taken back", "the floor's note"


def measure(installation: Installation, rounds: int) -> None:
    """Print the table of writing."""
    names = [f"Phone {number}" for number in range(WRITERS)]
    people = [(installation.person(name), installation.uid(name)) for name in names]
    long = installation.lived(LONG_LIFE)
    phones, writers = itertools.cycle(people), itertools.cycle(cookie for cookie, _ in people)
    days = itertools.cycle(range(30, LONG_LIFE, 7))
    done: dict[str, list[Load]] = defaultdict(list)
    with product(installation) as ours, floor(installation.place) as bare:
        cookie = floor_cookie(bare)
        for number in range(rounds + 1):
            kept = [str(uuid.uuid4()) for _ in range(NOTES)]
            runs: dict[str, tuple[Server, list[str]]] = {
                BARE: (bare, [post("/journal", cookie, mood="4")] * 6 * NOTES),
                PLAIN: (ours, [_note(next(writers), str(uuid.uuid4())) for _ in range(NOTES)]),
                PER_OP: (ours, [_batch(*next(phones), number * BATCHES + one) for one in range(BATCHES)]),
                BACK: (ours, [_note(long, op_id, _day(next(days))) for op_id in kept]),
                GONE: (ours, [post(f"/journal/entries/{_hex(one)}/deletion", long, page="1") for one in kept]),
            }
            for name, (server, requests) in runs.items():
                load = under_load(server, requests, 1)
                if load.failures:
                    raise RuntimeError(f"{name} failed {load.failures} times")
                if number:  # the first round only warms up
                    done[name].append(load)
    _print(done)


def _note(cookie: str, op_id: str, day: str = "") -> str:
    return post("/journal", cookie, op_id=op_id, mood="4", **({"day": day} if day else {}))


def _day(back: int) -> str:
    return (NOW - back * DAY).date().isoformat()


def _hex(op_id: str) -> str:
    return uuid.UUID(op_id).hex


def _batch(cookie: str, person: str, nth: int) -> str:
    """Fifty moods of the last hours, as a phone has kept them."""
    said = {"schema": 1, "person_uid": person, "device_id": DEVICE, "sent_at": _utc(0)}
    return post_json("/sync", cookie, {**said, "ops": list(_ops(nth))})


def _ops(nth: int) -> Iterator[dict[str, object]]:
    for number in range(OPS):
        op_id, ago = str(uuid.uuid4()), OPS - number
        felt = {"felt_at": _utc(ago), "zone": "UTC", "local_date": (NOW - timedelta(minutes=ago)).date().isoformat()}
        about = {"op_id": op_id, "seq": nth * OPS + number + 1, "kind": "entry.create", "entity": op_id}
        yield {**about, "base_version": 0, "recorded_at": _utc(ago), "data": {"mood": 4, **felt}}


def _utc(minutes_ago: int) -> str:
    return (NOW - timedelta(minutes=minutes_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _print(done: dict[str, list[Load]]) -> None:
    ratios: tuple[tuple[str, str, int, str], ...] = (
        (f"{PER_OP} of {OPS} ÷ {BARE}", PER_OP, OPS, BARE),
        (f"{BACK}, in ten years ÷ {PLAIN}", BACK, 1, PLAIN),
        (f"{GONE}, in ten years ÷ {PLAIN}", GONE, 1, PLAIN),
        (f"{PLAIN} ÷ {BARE}", PLAIN, 1, BARE),
    )
    measures: tuple[Callable[[Load], float], ...] = (lambda load: load.cpu, lambda load: load.each)
    rows = []
    for title, of, parts, by in ratios:
        pairs = list(zip(done[of], done[by], strict=True))
        cells = [spread([what(one) / parts / what(two) for one, two in pairs]) for what in measures]
        rows.append((title, *(text for cell in cells for text in cell)))
    heads = ("", "CPU", "lowest–highest", "time", "lowest–highest")
    table(f"Writing, over one connection, {len(done[BARE])} rounds", heads, rows)
