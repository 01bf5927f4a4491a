"""Faults of the server and of its database: killed, locked, full, asked to try again."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from sqlalchemy import make_url

from tests.faults.client import Phone
from tests.faults.pauses import Gate
from tests.faults.site import Site, Tally
from wellbeing.db import db

OPS_A_KILL = 30
SOON = 5  # seconds: a server that was killed answers again
# What thirty ops certainly come to, in one process: statements, and transactions that end.
REACH = {"statement": 270, "before_commit": 27, "after_commit": 27, "answer": 1}


def f1(site: Site, kills: int) -> Tally:
    """Server killed mid-request, wherever it is: between two statements, around COMMIT, before its answer leaves."""
    phone, places = site.phone(), list(REACH)
    workshops = site.workshops("Ana")
    site.server.kill()
    for n in range(kills):
        phone.lives(OPS_A_KILL, site.chance, workshops)
        where = places[n % len(places)]
        _killed_at(site, phone, where, site.chance.randint(1, REACH[where]))
    began = time.monotonic()
    site.server.start()
    site.expect(phone.look() is not None, "the server that was killed does not answer")
    site.expect(time.monotonic() - began < SOON, "the server that was killed is slow to answer")
    site.all_sent(phone)
    return site.tally("F1 server killed mid-request", kills)


def _killed_at(site: Site, phone: Phone, where: str, nth: int) -> None:
    gate = Gate()
    site.server.start(pause=(where, nth, gate.port))
    with ThreadPoolExecutor(1) as flushing:
        ended = flushing.submit(phone.flush)
        gate.reached()
        site.server.kill()
        site.expect(ended.result() == "wait", f"killed at {where} {nth}, and the phone took it for {ended.result()}")
    gate.open()


def f5(site: Site, times: int) -> Tally:
    """Database locked by another writer, in the middle of a batch and before one."""
    phone = site.phone()
    for _ in range(times):
        phone.lives(20, site.chance, [])
        gate = Gate()
        somewhere = ("after_commit", site.chance.randint(8, 18), gate.port)
        site.server.restart(pragmas={"busy_timeout": 100}, pause=somewhere)
        with ThreadPoolExecutor(1) as flushing:
            ended = flushing.submit(phone.flush)
            gate.reached()
            with written_to(site):
                gate.open()
                site.expect(ended.result() == "wait", "a locked database was taken for a good answer")
                site.expect(phone.wait == 5, f"after part of a batch it asks to wait {phone.wait} s")
                site.expect(0 < len(phone.waiting()) < 20, f"a part was done: {len(phone.waiting())} of 20 wait")
                before = phone.waiting()
                site.expect((phone.flush(), phone.wait) == ("wait", 5), "locked from the start: 503, and 5 s")
                site.expect(phone.waiting() == before, "503 changed the queue")
                site.expect(phone.look() is not None, "nobody can read while somebody writes")
        site.all_sent(phone)
    return site.tally("F5 database locked", times)


@contextmanager
def written_to(site: Site) -> Iterator[None]:
    """Somebody else holds the one right to write."""
    with site.app.app_context():
        address = str(make_url(str(db.engine.url)).database)
    writer = sqlite3.connect(address, isolation_level=None)
    writer.execute("PRAGMA busy_timeout=5000")
    writer.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        writer.execute("ROLLBACK")
        writer.close()


def f6(site: Site, times: int) -> Tally:
    """Disk full: what fits is kept, the rest stays on the phone, reading goes on; then there is space again."""
    phone = site.phone()
    for _ in range(times):
        words = "x" * 3000
        for n in range(40):
            phone.create(n % 5 + 1, note=f"{words} {n}")
        ((pages,),) = site.asked("PRAGMA page_count")
        site.server.restart(pragmas={"max_page_count": pages + 12})
        ends = [phone.flush(), phone.flush()]
        left = len(phone.waiting())
        site.expect(ends[-1] == "wait" and 0 < left < 40, f"a full disk: {ends}, {left} of 40 wait")
        site.expect(phone.look() is not None, "with a full disk nothing can be read")
        site.server.restart()
        site.all_sent(phone)
    return site.tally("F6 disk full", times)


# One write in four loses a race, by turns against one other transaction and against a circle of them.
LOSES_RACES = """
CREATE SEQUENCE races;
CREATE FUNCTION lose_a_race() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE n bigint := nextval('races');
BEGIN
  IF n %% 8 = 1 THEN RAISE EXCEPTION 'could not serialize access' USING ERRCODE = '40001'; END IF;
  IF n %% 8 = 5 THEN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER loses_races BEFORE UPDATE ON operation FOR EACH ROW WHEN (NEW.person_id = %d)
  EXECUTE FUNCTION lose_a_race();
"""
LOSES_ALL = "ALTER SEQUENCE races INCREMENT 8 RESTART 9"


def f22(site: Site, ops: int) -> Tally:
    """PostgreSQL asks to try again: some transactions lose a race, then all do, then none. Two phones at once."""
    phones = [site.phone(), site.phone("Ben")]
    site.asked(LOSES_RACES % site.cast.people["Ana"].person.id)
    for phone in phones:
        phone.lives(ops, site.chance, site.workshops(phone.person))
    with ThreadPoolExecutor(2) as flushing:
        site.expect(list(flushing.map(Phone.flush, phones)) == ["rest", "rest"], "a lost race was not run again")
    site.asked(LOSES_ALL)
    phones[0].lives(10, site.chance, [])
    site.expect((phones[0].flush(), phones[0].wait) == ("wait", 5), "a race lost for good is 503, and 5 s")
    site.expect(len(phones[0].waiting()) == 10, "a race lost for good changed the queue")
    site.asked("DROP TRIGGER loses_races ON operation")
    site.all_sent(*phones)
    return site.tally("F22 races lost on PostgreSQL", 2 * ops + 10)
