"""Saying « j’y étais », and taking it back. Done twice it is as if done once; « declared » never replaces « code »."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from wellbeing.attending import operations as attending
from wellbeing.db import transaction
from wellbeing.domain import presence
from wellbeing.domain.merging import NUMBERS
from wellbeing.domain.refusals import CodeNotOpen, CodeOpensNothing, WorkshopCancelled
from wellbeing.gestures import ways
from wellbeing.gestures.asked import Asked, Done, Invalid, Meanwhile, Told, by_form
from wellbeing.gestures.operations import lock
from wellbeing.keyring import Keyring
from wellbeing.models.operation import EntityState
from wellbeing.models.person import Person
from wellbeing.workshops import queries
from wellbeing.workshops.seen import SeenWorkshop


def declare(person: Person, workshop: SeenWorkshop, keyring: Keyring, now: datetime, op_id: str | None = None) -> None:
    """Note that the person was there. The workshop was found through them.

    Raises WorkshopNotYetHere, WorkshopTooOld (rule 12) or WorkshopCancelled; said again, it is said already.
    """
    asked = by_form("attendance.put", f"attendance:{workshop.uid}", now, op_id, NUMBERS, how="declared")

    def do(state: EntityState, _: Meanwhile) -> Done:
        if attending.is_cancelled(workshop):
            raise WorkshopCancelled
        if not attending.was_there(person, workshop):
            presence.check_declarable(workshop.starts_at, workshop.ends_at, workshop.zone, now)
            attending.note(person, workshop, "declared", now)
        return attending.touched(state, asked)

    ways.once(person, asked, keyring, now, do)


def check_in(
    person: Person, code_hash: bytes, keyring: Keyring, now: datetime, op_id: str | None = None
) -> SeenWorkshop:
    """Note that the person is there, by the code shown on the day; returns the workshop it opened.

    Raises CodeOpensNothing for any code that opens none of their workshops, and CodeNotOpen outside its hours or when
    the workshop is cancelled. A presence that was declared becomes one by code.
    """
    with transaction():
        lock(person)
        workshop = queries.workshop_of_code(person, code_hash, now)
        if workshop is None:
            raise CodeOpensNothing
        asked = by_form("attendance.put", f"attendance:{workshop.uid}", now, op_id, NUMBERS, how="code")

        def do(state: EntityState, _: Meanwhile) -> Done:
            if workshop.how != "code":
                if workshop.cancelled or not presence.code_is_open(workshop.starts_at, workshop.ends_at, now):
                    raise CodeNotOpen
                attending.note(person, workshop, "code", now)
            return attending.touched(state, asked)

        ways.once(person, asked, keyring, now, do)
    return workshop


def withdraw(person: Person, workshop: SeenWorkshop, keyring: Keyring, now: datetime, op_id: str | None = None) -> None:
    """Take a presence back, however it was known: it is the person's. Nothing there, nothing done."""
    asked = by_form("attendance.delete", f"attendance:{workshop.uid}", now, op_id, NUMBERS)

    def do(state: EntityState, _: Meanwhile) -> Done:
        attending.take_back(person, workshop, now)
        return attending.touched(state, asked, now)

    ways.once(person, asked, keyring, now, do)


def tell(
    person: Person,
    uid: str,
    asked: Asked,
    saying: Callable[[], str | None],
    warnings: tuple[str, ...],
    keyring: Keyring,
    now: datetime,
) -> Told:
    """Do what a phone asks of a presence, once: the last received wins, a later gesture of the same device always.

    `saying` is `code` when the code typed is this workshop's, `declared`, or None to take the presence back. A code
    that was not open when it was typed counts as a word. Raises Invalid: `not_found` (cancelled ones as well),
    `too_late`, or `bad_data` for what has not begun.
    """

    def do(state: EntityState, meanwhile: Meanwhile) -> Done:
        how = saying()
        workshop = queries.workshop_of(person, uid, now)
        if workshop is None or (how and attending.is_cancelled(workshop)):
            raise Invalid("not_found")
        if attending.overtaken(state, meanwhile):
            return attending.SUPERSEDED
        if how is None:
            attending.take_back(person, workshop, asked.recorded_at)
            return attending.touched(state, asked, now, warnings)
        by_code = presence.code_is_open(workshop.starts_at, workshop.ends_at, asked.recorded_at)
        known = "code" if how == "code" and by_code else "declared"
        if known == "declared":
            attending.check_recent(workshop, asked.recorded_at, now)
        attending.note(person, workshop, known, asked.recorded_at)
        typed_in_vain = asked.data.get("how") == "code" and known == "declared"
        return attending.touched(state, asked, None, ["declared"] * typed_in_vain + list(warnings))

    return ways.once(person, asked, keyring, now, do)
