"""Which feature's operation each kind of op is. A kind that is not here is unknown: the phone keeps it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from wellbeing.domain import codes
from wellbeing.domain.merging import BOTH, NUMBERS, WORDS, Verb
from wellbeing.domain.reflections import Part
from wellbeing.domain.refusals import AnswersClosed, AnswersNotYetOpen, WorkshopCancelled
from wellbeing.gestures.asked import Asked, Invalid, Told
from wellbeing.journal.operations.telling import tell
from wellbeing.journal.saying import Said
from wellbeing.keyring import Keyring
from wellbeing.models.person import Person
from wellbeing.reflections import saying as reflections
from wellbeing.reflections.operations import telling as reflecting
from wellbeing.sync import contents, shapes
from wellbeing.sync.envelope import Op
from wellbeing.web import throttle
from wellbeing.workshops import operations as presences
from wellbeing.workshops import queries as workshops

Kind = Callable[[Person, str, Op, bool, Keyring, datetime], Told]


def _asked(entity: str, parts: int, device: str, op: Op, now: datetime) -> Asked:
    _refuse_what_is_no_text(op)
    recorded_at = min(contents.instant(op.recorded_at), now)
    return Asked(uuid.UUID(op.op_id).hex, op.kind, entity, recorded_at, device, op.seq, op.base_version, parts, op.data)


def _refuse_what_is_no_text(op: Op) -> None:
    """Half of a pair, which JSON can write and no text can hold."""
    try:
        json.dumps(op.data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Invalid("bad_data") from None


# --- the journal ------------------------------------------------------------------------------------------------------
def _entry(verb: Verb) -> Kind:
    def kind(person: Person, device: str, op: Op, apart: bool, keyring: Keyring, now: datetime) -> Told:
        if not shapes.UUID.fullmatch(op.entity):
            raise Invalid("bad_data", "entity")
        uid = uuid.UUID(op.entity).hex
        asked = _asked(f"entry:{uid}", _parts(verb, op), device, op, now)

        def saying() -> Said:
            said = _said(verb, op, now)
            return replace(said, warnings=(*said.warnings, "clock")) if apart else said

        return tell(person, uid, asked, saying, keyring, now)

    return kind


def _parts(verb: Verb, op: Op) -> int:
    if verb is Verb.NOTE:
        return WORDS
    return BOTH if verb is Verb.DELETE or "note" in op.data else NUMBERS


def _said(verb: Verb, op: Op, now: datetime) -> Said:
    if op.kind == "note.put":
        return contents.note(op.data)
    if verb in (Verb.NOTE, Verb.DELETE):
        return contents.nothing(verb, op.data)
    return contents.entry(verb, op.data, now)


# --- presence ---------------------------------------------------------------------------------------------------------
def _presence(person: Person, device: str, op: Op, apart: bool, keyring: Keyring, now: datetime) -> Told:
    asked = _asked(f"attendance:{op.entity}", NUMBERS, device, op, now)
    opened = _opened_by(person, op, keyring, now)
    warnings = ("clock",) if apart else ()
    return presences.tell(person, op.entity, asked, lambda: _how(op, opened), warnings, keyring, now)


def _how(op: Op, opened: str | None) -> str:
    """`code` if it was typed and is this workshop's; else it is on the person's word."""
    return "code" if contents.attendance(op.data) is not None and opened == op.entity else "declared"


def _opened_by(person: Person, op: Op, keyring: Keyring, now: datetime) -> str | None:
    """The workshop that the code opens, if any; wrong ones are counted, and past the limit none is looked up."""
    typed = op.data.get("code")
    if op.data.get("how") != "code" or not isinstance(typed, str):
        return None
    who = throttle.by_person(person.uid)
    try:
        throttle.allow("check_in", who)
    except throttle.TooManyTries:
        return None
    code = codes.normalised(typed)
    found = workshops.workshop_of_code(person, keyring.keyed_hash("check_in", code), now) if code else None
    if found is None:
        throttle.count("check_in", who)
        return None
    return found.uid


def _absence(person: Person, device: str, op: Op, apart: bool, keyring: Keyring, now: datetime) -> Told:
    asked = _asked(f"attendance:{op.entity}", NUMBERS, device, op, now)
    contents.nothing(Verb.DELETE, op.data)
    return presences.tell(person, op.entity, asked, lambda: None, ("clock",) if apart else (), keyring, now)


# --- before and after a workshop --------------------------------------------------------------------------------------
def _reflection(part: Part) -> Kind:
    def kind(person: Person, device: str, op: Op, apart: bool, keyring: Keyring, now: datetime) -> Told:
        parts = BOTH if "keepsake" in op.data else NUMBERS
        asked = _asked(f"{part.value}:{op.entity}", parts, device, op, now)

        def saying() -> reflections.Said:
            said = contents.reflection(part, op.data)
            return replace(said, warnings=("clock",)) if apart else said

        try:
            return reflecting.tell(person, op.entity, asked, saying, keyring, now)
        except AnswersNotYetOpen:
            raise Invalid("bad_data", "recorded_at") from None
        except AnswersClosed:
            raise Invalid("too_late") from None
        except WorkshopCancelled:
            raise Invalid("not_found") from None

    return kind


KINDS: dict[str, Kind] = {
    "entry.create": _entry(Verb.CREATE),
    "entry.update": _entry(Verb.UPDATE),
    "entry.delete": _entry(Verb.DELETE),
    "note.put": _entry(Verb.NOTE),
    "note.delete": _entry(Verb.NOTE),
    "attendance.put": _presence,
    "attendance.delete": _absence,
    "reflection.before": _reflection(Part.BEFORE),
    "reflection.after": _reflection(Part.AFTER),
}
