"""A person's own check-ups: which wait, what they answered, and all of it for their export.

Without a running consent nothing is offered and nothing is shown, whatever is still kept; the export alone reads on,
for as long as there is something to hand back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    CompoundSelect,
    Date,
    String,
    bindparam,
    cast,
    exists,
    func,
    null,
    select,
    union_all,
)

from wellbeing.check_ups import packs
from wellbeing.check_ups.packs import Pack
from wellbeing.db import Instant, columns, db
from wellbeing.domain.days import today_in
from wellbeing.domain.questionnaires import Answers, Calendar, calendar_of
from wellbeing.keyring import Keyring, Unreadable
from wellbeing.models.check_up import CheckUp, CheckUpWish
from wellbeing.models.consent import Consent
from wellbeing.models.person import Person
from wellbeing.vault.people import data_key_of

COLUMN = "check_up.answers"


@dataclass(frozen=True)
class Standing:
    """One set of questions and one person: whether they want it, and when it comes."""

    pack: Pack
    wanted: bool
    calendar: Calendar
    last_taken: date | None

    def is_ready(self, today: date) -> bool:
        return self.wanted and self.calendar.is_ready(today)


@dataclass(frozen=True)
class Taken:
    """One check-up as it was answered; `answers` is None when it cannot be read."""

    uid: str
    instrument: str
    version: str
    taken_on: date
    answers: Answers | None = field(repr=False)


def standings_of(person: Person, offered: Iterable[Pack]) -> list[Standing]:
    """Where each of these sets stands, in one statement; empty for whoever does not agree to check-ups."""
    agreed, wishes, last = _known(person)
    if agreed is None:
        return []
    found = []
    for pack in offered:
        wanted, from_day = wishes.get(pack.id, (pack.on_with_consent, agreed))
        calendar = calendar_of(pack.instrument, from_day, last.get(pack.id))
        found.append(Standing(pack, wanted, calendar, last.get(pack.id)))
    return found


def questions_ready(person: Person, today: date, locale: str) -> int:
    """How many questions wait for the person; 0 when none does. One statement, with every look at Today."""
    ready = [one for one in standings_of(person, packs.offered_in(locale)) if one.is_ready(today)]
    return sum(len(one.pack.instrument.items) for one in ready)


def agrees(person: Person) -> bool:
    return _known(person)[0] is not None


def keeps_any(person: Person) -> bool:
    """Whether something is kept that a consent taken back hides."""
    return bool(db.session.scalar(select(exists().where(CheckUp.person_id == person.id))))


def taken_by(person: Person, instrument: str, keyring: Keyring) -> list[Taken]:
    """The person's own check-ups of one set, oldest first."""
    return [one for one in check_ups_for_export(person, keyring) if one.instrument == instrument]


def check_ups_for_export(person: Person, keyring: Keyring) -> list[Taken]:
    """Everything that is kept, hidden or not, of sets that are installed or not any more: oldest first, by set."""
    rows = db.session.scalars(
        select(CheckUp).where(CheckUp.person_id == person.id).order_by(CheckUp.instrument, CheckUp.taken_on)
    )
    return [
        Taken(row.uid, row.instrument, row.version, row.taken_on, _read(person, keyring, row.uid, row.answers))
        for row in rows
    ]


def taken(person: Person, uid: str) -> CheckUp | None:
    return db.session.scalar(select(CheckUp).where(CheckUp.person_id == person.id, CheckUp.uid == uid))


def _known(person: Person) -> tuple[date | None, Mapping[str, tuple[bool, date]], Mapping[str, date]]:
    """Since when the person agrees (None: they do not), their wishes by set, and when they last answered each."""
    agreed: date | None = None
    wishes: dict[str, tuple[bool, date]] = {}
    last: dict[str, date] = {}
    for given_at, name, wanted, day in columns(_KNOWN, {"person": person.id}):
        if name is None:
            agreed = today_in(person.timezone, given_at)
        elif wanted is not None:
            wishes[name] = (bool(wanted), day)
        else:
            last[name] = day
    return agreed, wishes, last


def _read(person: Person, keyring: Keyring, uid: str, box: bytes) -> Answers | None:
    try:
        read: dict[str, int | None] = json.loads(data_key_of(keyring, person).decrypted(COLUMN, uid, bytes(box)))
    except Unreadable:
        return None
    return read


# Asked with every look at Today, and therefore built once. The consent comes as a row without the name of a set.
_PERSON: ColumnElement[int] = bindparam("person")
_GIVEN, _NAME, _WANTED, _DAY = (cast(null(), kind) for kind in (Instant, String, Boolean, Date))
_KNOWN: CompoundSelect[Any] = union_all(
    select(Consent.given_at, _NAME, _WANTED, _DAY).where(
        Consent.person_id == _PERSON, Consent.purpose == "checkups", Consent.withdrawn_at.is_(None)
    ),
    select(_GIVEN, CheckUpWish.instrument, CheckUpWish.wanted, CheckUpWish.from_day).where(
        CheckUpWish.person_id == _PERSON
    ),
    select(_GIVEN, CheckUp.instrument, _WANTED, func.max(CheckUp.taken_on))
    .where(CheckUp.person_id == _PERSON)
    .group_by(CheckUp.instrument),
)
