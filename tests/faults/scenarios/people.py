"""Faults around people: a sign-in that ends, somebody else on the phone, two phones, a new version, a dead phone."""

from __future__ import annotations

from tests.faults.client import Phone
from tests.faults.intents import Killed
from tests.faults.served import NEXT_RELEASE
from tests.faults.site import Site, Tally

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
    """Yesterday's backup is put back under phones that were told of more, and the server goes on: they offer it again.

    Another phone has deleted two entries meanwhile, of before the backup and of after it; only the ledger remembers.
    """
    phone, other = site.phone(), site.phone()
    phone.look()
    phone.lives(ops, site.chance, [])
    doomed = [_kept_from(phone)]
    site.all_sent(phone)
    backup = site.server.place / "yesterday"
    site.host("backup", str(backup))
    phone.lives(ops, site.chance, [])
    doomed.append(_kept_from(phone))
    site.all_sent(phone)
    for entry in doomed:
        other.delete(entry, base=10**9)  # having seen all there is
    site.all_sent(other)
    site.host("restore", str(backup))
    phone.results.clear()
    phone.look()
    offered = 2 * ops + 2
    site.expect(len(phone.waiting()) == offered, f"{len(phone.waiting())} of {offered} are offered again")
    site.all_sent(phone)
    said = [one["status"] for one in phone.results]
    site.expect(said.count("duplicate") == ops + 1, f"{said.count('duplicate')} of {ops + 1} were in the backup")
    phone.look()
    site.expect(not phone.waiting(), "the new life of the database is not believed")
    tally = site.tally("F21 yesterday's backup", 2 * ops)
    for entry in doomed:
        back = site.asked(
            "SELECT 1 FROM entry WHERE uid = :uid UNION ALL SELECT 1 FROM note_copy WHERE entry_uid = :uid"
            " UNION ALL SELECT 1 FROM entry_past WHERE entry_uid = :uid",
            uid=entry.replace("-", ""),
        )
        tally.doubled.extend(f"{entry} was deleted, and came back" for _ in back)
    return tally


def _kept_from(phone: Phone) -> str:
    """An entry that this phone speaks of no more."""
    made = phone.create(2, note="condamnée")
    phone.alive.remove(made)
    return made
