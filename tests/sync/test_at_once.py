"""Two tabs and a worker that send the same queue at the same instant: one gesture is one row."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.cast import Cast
from tests.journal.record import entries, rows
from tests.sync.phone import Phone, fresh, operations
from wellbeing.withdrawals import NAME, withdrawn


def test_the_same_queue_from_four_tabs_is_sent_once(cast: Cast) -> None:
    phone = Phone(cast)
    ops = [phone.create(n % 5 + 1, note="x") for n in range(8)]
    ops += [phone.update(ops[n]["entity"], 5, emotions=["joy"]) for n in range(8)]

    def send(_: int) -> list[str]:
        return [answer["status"] for answer in phone.send(*ops)]

    with ThreadPoolExecutor(4) as tabs:
        answers = [status for tab in tabs.map(send, range(4)) for status in tab]
    assert (answers.count("applied"), answers.count("duplicate")) == (16, 48)
    assert (len(entries(cast, "Ana")), len(operations(cast))) == (8, 16)
    assert rows(cast.app, "SELECT count(*) AS n FROM entry_emotion")[0].n == 8


def test_two_phones_at_once_count_every_version_once(cast: Cast) -> None:
    first, second = Phone(cast), Phone(cast)
    create = first.create(3)
    first.send(create)
    queues = [[phone.update(create["entity"], n, 1) for n in (1, 2, 4, 5)] for phone in (first, second)]
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda n: (first, second)[n].send(*queues[n]), range(2)))
    (state,) = rows(cast.app, "SELECT version FROM entity_state WHERE entity LIKE 'entry:%'")
    versions = sorted(row.version for row in operations(cast))
    assert (state.version, versions) == (9, list(range(1, 10)))


def test_a_line_torn_by_a_kill_spoils_no_later_one(cast: Cast) -> None:
    ledger: Path = cast.app.config["LE_FIL"].instance / NAME
    with cast.app.app_context():
        ana = cast.person("Ana")
        withdrawn("entry", ana, fresh(), cast.now)
        with ledger.open("ab") as file:
            file.write(b'{"at": "2026-')
        withdrawn("note", ana, "b" * 32, cast.now)
        withdrawn("note", ana, "c" * 32, cast.now)
    lines = ledger.read_text().splitlines()
    assert [json.loads(lines[n])["kind"] for n in (0, 2, 3)] == ["entry", "note", "note"]
