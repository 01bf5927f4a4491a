"""Faults around people: a sign-in that ends, somebody else on the phone, two phones, a new version, a dead phone."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from tests.databases import close
from tests.faults.intents import Killed
from tests.faults.served import NEXT_RELEASE
from tests.faults.site import Site, Tally
from wellbeing.db import db
from wellbeing.sync.operations import renew_epoch

STEPS = ("saving", "saved", "sending", "answered", "moved")
ENDED = "UPDATE sign_in SET revoked_at = expires_at WHERE person_id = :id"


def f8(site: Site, ops: int) -> Tally:
    """A sign-in ends with a full queue: saving goes on, and all leaves after the next one."""
    phone = site.browser().sign_in("Ana")
    phone.lives(ops, site.chance, [])
    site.asked(ENDED, id=site.cast.people["Ana"].person.id)
    before = dict(phone.outbox)
    site.expect(phone.flush() == "sign_in", "a sign-in that ended was not said")
    site.expect(phone.outbox == before, "a sign-in that ended changed the queue")
    phone.create(2, note="encore")
    phone.line.sign_in(site.cast.people["Ana"].phrase)
    site.all_sent(phone)
    return site.tally("F8 sign-in ends", ops)


def f9(site: Site, times: int) -> Tally:
    """Another person on the device, and a person who signs out and gives up what was not sent."""
    for _ in range(times):
        browser = site.browser()
        ana = browser.sign_in("Ana")
        ana.lives(10, site.chance, [])
        site.asked(ENDED, id=site.cast.people["Ana"].person.id)
        site.expect(ana.flush() == "sign_in", "a sign-in that ended was not said")
        ben = browser.sign_in("Ben")
        ben.lives(5, site.chance, [])
        ben.flush()
        site.expect(ana.flush() in ("other", "rest"), "Ana's queue was sent in Ben's name")
        browser.sign_in("Ana")
        site.all_sent(ana, ben)
        ana.create(1, note="jamais")
        given_up = site.intents[-1]
        given_up.given_up = True
        ana.outbox.clear()  # her second tap
        browser.sign_in("Ben").flush()
        held = {op["op_id"] for phone in site.phones for op in phone.waiting()}
        site.expect(given_up.op["op_id"] not in held, "what Ana gave up is still there")
    return site.tally("F9 another person", times)


def f10(site: Site, ops: int) -> Tally:
    """A new version while a queue leaves; a kind of op that the server does not know yet."""
    phone = site.phone()
    phone.lives(ops, site.chance, [])
    phone.create(3, kind=NEXT_RELEASE, note="d’une version à venir")
    phone.lives(ops, site.chance, [])
    site.expect(phone.flush() == "rest", "a kind nobody knows held up the others")
    kept = [(row.op["kind"], row.state) for row in phone.outbox.values()]
    site.expect(kept == [(NEXT_RELEASE, "waiting")], f"after the queue left, the phone keeps {kept}")
    site.server.restart(next_release=True)
    phone.renewed()
    phone.lives(ops, site.chance, [])
    site.all_sent(phone)
    return site.tally("F10 new version, unknown kind", 2 * ops + 1)


def f11(site: Site, times: int) -> Tally:
    """A phone killed between any two steps of saving, sending, listing and moving."""
    phone = site.phone()
    for _ in range(times):
        for step in STEPS:
            phone.dies_at = step
            try:
                phone.lives(3, site.chance, [])
                phone.flush()
            except Killed:
                phone.seq += 1  # the number it had taken, perhaps
            site.expect(not phone.dies_at, f"it never came to {step}")
        site.all_sent(phone)
    return site.tally("F11 phone killed (no browser)", times * len(STEPS))


def f16(site: Site, times: int) -> Tally:
    """Two devices on the same entry: numbers, words, a deletion; in both orders. What loses is kept, and told once."""
    for n in range(times):
        for what in ("numbers", "words", "delete"):
            phones = [site.phone(), site.phone()]
            entity = phones[0].create(3, note="d’abord")
            site.all_sent(phones[0])
            first, second = phones if n % 2 else reversed(phones)
            if what == "delete":
                first.update(entity, 5, 1, note="changé")
                second.delete(entity, 1)
            elif what == "words":
                first.note(entity, "un", 1)
                second.note(entity, "deux", 1)
            else:
                first.update(entity, 1, 1)
                second.update(entity, 5, 1)
            site.all_sent(first)
            expected = {"delete": "edited_elsewhere"}.get(what, what)
            for _ in range(2):
                second.flush()
                told = [reason for _, reason in second.told]
                site.expect(told == [expected], f"{what}: told {told}")
                for op in [row.op for row in second.outbox.values()]:
                    second.line.post("/sync", second.envelope([op]))
            second.chosen()
            site.all_sent(*phones)
    return site.tally("F16 two devices", times * 3)


def f21(site: Site, ops: int) -> Tally:
    """Yesterday's file comes back under phones that were told of more: they offer it again. (`restore` is to come.)"""
    phone = site.phone()
    phone.look()
    phone.lives(ops, site.chance, [])
    site.all_sent(phone)
    site.server.kill()
    with site.app.app_context():
        file = Path(str(make_url(str(db.engine.url)).database))
    close(site.app)
    backup = file.with_suffix(".yesterday")
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(backup)) as kept:
        source.backup(kept)
    site.server.start()
    phone.lives(ops, site.chance, [])
    site.all_sent(phone)
    site.server.kill()
    shutil.copy(backup, file)
    for beside in ("-wal", "-shm"):
        file.with_name(file.name + beside).unlink(missing_ok=True)
    with site.app.app_context():
        renew_epoch()
    close(site.app)
    site.server.start()
    phone.results.clear()
    phone.look()
    site.expect(len(phone.waiting()) == 2 * ops, f"{len(phone.waiting())} of {2 * ops} are offered again")
    site.all_sent(phone)
    said = [one["status"] for one in phone.results]
    site.expect(said.count("duplicate") == ops, f"{said.count('duplicate')} of {ops} were in the backup")
    phone.look()
    site.expect(not phone.waiting(), "the new life of the database is not believed")
    backup.unlink()
    return site.tally("F21 yesterday's file", 2 * ops)
