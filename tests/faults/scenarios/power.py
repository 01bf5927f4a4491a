"""F23, power cut: the disk's log of a server that several phones write to is played again, and cut at many moments.

Once at every answer with nothing but what an fsync covers, and at moments taken by the seed with any part of the rest:
what was answered is there, once, and the database is whole. From some of them the server really starts again, and the
phones, which believe that nothing was answered, send everything once more.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults import strace
from tests.faults.client import Phone
from tests.faults.intents import Row
from tests.faults.record import Log, recorded
from tests.faults.site import Site, Tally
from tests.faults.strace import Call
from wellbeing import withdrawals

FULL = 2  # of `PRAGMA synchronous`
A_PHONE, A_BATCH = 40, 3  # ops
STATES_A_START = 50
CHECKPOINTS = (20, 200, 1000)  # pages, of which the last is SQLite's own choice


@dataclass
class Found:
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    whole: set[str] = field(default_factory=set)


def f23(site: Site, states: int, synchronous: int = FULL) -> Tally:
    """Power cut. `synchronous` is said to SQLite after the product's own word: only who tries this fault says less."""
    phones = [site.phone(), site.phone(), site.phone("Ben")]
    for phone in phones:
        phone.lives(A_PHONE, site.chance, site.workshops(phone.person))
    log, told = _recorded(site, phones, synchronous)
    came = sum(len(phone.results) for phone in phones)
    site.expect(len(told) == came > 0, f"{len(told)} results left, {came} came")
    site.expect(any(call.file == str(site.database) for call in log.calls), "nothing came to the database's own file")
    started = set(site.chance.sample(range(states), states // STATES_A_START))
    found, cuts = Found(), 0
    for n, moment in enumerate(log.cut([moment for moment, _ in told], states, site.chance)):
        before = [result for when, result in told if when <= moment]
        if n in started:
            _started_again(site, phones, before, found)
        else:
            _examined(site, before, found)
        cuts += 1
    site.expect(log.complete(), "the record has left something out")
    sent = sum(phone.sent for phone in phones)
    whole = " ".join(sorted(found.whole))
    return Tally("F23 power cut", cuts, sent, found.lost[:50], found.doubled[:50], whole, site.wrong)


def _recorded(site: Site, phones: list[Phone], synchronous: int) -> tuple[Log, list[tuple[int, dict[str, Any]]]]:
    """Everything leaves, from all phones at once, while the server is looked at: the log; when which result left."""
    pragmas = {"synchronous": synchronous, "wal_autocheckpoint": site.chance.choice(CHECKPOINTS)}
    site.server.restart(pragmas=pragmas)
    site.expect(phones[0].look() is not None, "the server does not answer")
    with recorded(site.folders, lambda record: strace.watched(_workers(site), record)) as log:
        with ThreadPoolExecutor(len(phones)) as flushing:
            ends = set(flushing.map(lambda phone: phone.flush(A_BATCH), phones))
        site.expect(ends == {"rest"}, f"while it was looked at: {ends}")
    site.server.kill()
    return log, [(call.began, result) for call in log.sent for result in _results(call)]


def _workers(site: Site) -> list[int]:
    """All of them: the server listens before it has forked the last."""
    children = Path(f"/proc/{site.server.pid}/task/{site.server.pid}/children")
    while len(found := children.read_text().split()) < site.server.workers:
        pass
    return list(map(int, found))


def _results(sent: Call) -> list[dict[str, Any]]:
    """Those of an answer to a batch, whose body leaves alone."""
    text = sent.strings[0]
    said = json.loads(text) if text.startswith(b"{") else {}
    return list(said.get("results", []))


def _examined(site: Site, told: list[dict[str, Any]], found: Found) -> None:
    """The database is whole; what was answered is there, once, and what was deleted is in the ledger besides."""
    try:
        with closing(sqlite3.connect(site.database)) as connection:
            said = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
            said += [f"{row} belongs to nothing" for row in connection.execute("PRAGMA foreign_key_check")]
            asked = "SELECT op_id, kind, entity, version, result FROM operation"
            rows = {row[0]: row[1:] for row in connection.execute(asked)}
            entries = Counter(row[0] for row in connection.execute("SELECT uid FROM entry"))
            deleted = {
                row[0] for row in connection.execute("SELECT entity FROM entity_state WHERE deleted_at NOT NULL")
            }
    except sqlite3.DatabaseError as failure:
        found.whole.add(str(failure))
        return
    found.whole.update(said)
    ledger = {line.uid for line in withdrawals.read(site.server.place / withdrawals.NAME)}
    for result in told:
        op_id = result["op_id"].replace("-", "")
        kind, entity, version, kept = rows.get(op_id, ("", "", 0, "{}"))
        if result["status"] == "invalid":
            continue
        if version != result["version"] or _status(kept) != result["status"]:
            found.lost.append(f"{op_id}, which was answered: {result}, and is {kind} {version} {kept}")
        elif kind == "entry.create" and not entries[op_id] and entity not in deleted:
            found.lost.append(f"the entry of {op_id}, which was answered")
        elif kind == "entry.delete" and entity in deleted and entity.partition(":")[2] not in ledger:
            found.lost.append(f"the line of {op_id}, a deletion that was answered")
    found.doubled.extend(f"the entry {uid}" for uid, times in entries.items() if times > 1)


def _status(kept: str) -> str:
    """What a stored result says; nothing, if the power left no result there."""
    try:
        return str(json.loads(kept)["status"])
    except (ValueError, TypeError):
        return ""


def _started_again(site: Site, phones: list[Phone], told: list[dict[str, Any]], found: Found) -> None:
    """The server starts on what the power left, and everything is sent again."""
    site.server.start()
    before = {result["op_id"] for result in told if result["status"] != "invalid"}
    for phone in phones:
        mine = [intent for intent in site.intents if intent.device == phone.device_id]
        phone.outbox = {intent.op["op_id"]: Row(intent.op, intent) for intent in mine}
        phone.results.clear()
        phone.flush()
        anew = [result["op_id"] for result in phone.results if result["status"] == "applied"]
        found.doubled.extend(f"{op_id} was answered, and is done again" for op_id in before.intersection(anew))
    site.server.kill()
    tally = site.tally("", 1)
    found.lost.extend(tally.lost)
    found.doubled.extend(tally.doubled)
    found.whole.add(tally.integrity)
