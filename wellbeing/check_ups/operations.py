"""Answering a check-up, passing it, wanting a set of questions or not, and deleting what was answered."""

from __future__ import annotations

import json
from datetime import date, datetime

from sqlalchemy import delete as deleting
from sqlalchemy.dialects import postgresql, sqlite

from wellbeing.check_ups import queries
from wellbeing.check_ups.packs import Pack
from wellbeing.check_ups.queries import COLUMN, Standing
from wellbeing.check_ups.refusals import NothingWaits
from wellbeing.db import db, transaction
from wellbeing.domain.questionnaires import Answers
from wellbeing.gestures.operations import lock
from wellbeing.keyring import Keyring
from wellbeing.models.check_up import CheckUp, CheckUpWish
from wellbeing.models.person import Person
from wellbeing.vault.people import data_key_of
from wellbeing.withdrawals import withdrawn


def answer(person: Person, pack: Pack, answers: Answers, uid: str, today: date, keyring: Keyring) -> None:
    """Keep these answers as today's check-up; sent twice under the same uid they are kept once.

    Raises NothingWaits for a set that is not due, not wanted, or not agreed to any more.
    """
    with transaction():
        lock(person)
        if queries.taken(person, uid) is not None:
            return
        _waiting(person, pack, today)
        box = data_key_of(keyring, person).encrypted(COLUMN, uid, json.dumps(dict(answers)))
        db.session.add(
            CheckUp(
                person_id=person.id,
                uid=uid,
                instrument=pack.id,
                version=pack.instrument.version,
                taken_on=today,
                answers=box,
            )
        )


def skip(person: Person, pack: Pack, today: date) -> None:
    """« Je passe cette fois »: nothing waits before the next planned date. Raises NothingWaits."""
    with transaction():
        lock(person)
        _wish(person, pack, True, _waiting(person, pack, today).calendar.next_after(today))


def want(person: Person, pack: Pack, wanted: bool, today: date) -> None:
    """Be asked this set of questions from today on, or not any more. Saying it twice changes nothing."""
    with transaction():
        lock(person)
        standing = _standing(person, pack)
        if standing is not None and standing.wanted != wanted:
            _wish(person, pack, wanted, today)


def delete(person: Person, check_up: CheckUp, now: datetime) -> None:
    """Take one check-up back."""
    with transaction():
        withdrawn("checkup", person, check_up.uid, now)  # on the disk before the answers are gone
        db.session.execute(deleting(CheckUp).where(CheckUp.person_id == person.id, CheckUp.id == check_up.id))


def _waiting(person: Person, pack: Pack, today: date) -> Standing:
    standing = _standing(person, pack)
    if standing is None or not standing.is_ready(today):
        raise NothingWaits
    return standing


def _standing(person: Person, pack: Pack) -> Standing | None:
    return next(iter(queries.standings_of(person, [pack])), None)


def _wish(person: Person, pack: Pack, wanted: bool, from_day: date) -> None:
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    said = {"wanted": wanted, "from_day": from_day}
    row = insert(CheckUpWish).values(person_id=person.id, instrument=pack.id, **said)
    key = [CheckUpWish.person_id, CheckUpWish.instrument]
    db.session.execute(row.on_conflict_do_update(index_elements=key, set_=said))
