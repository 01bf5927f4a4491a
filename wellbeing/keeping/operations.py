"""Deleting what has served its time. Run by the worker, any number of times.

The durations are those that docs/hosting.md tells. A used invitation that lets someone create groups is no leftover: it
is what says that they may, and it stays with the person.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, or_, select
from sqlalchemy.orm import aliased

from wellbeing.db import Base, db, transaction
from wellbeing.domain import flags
from wellbeing.models.challenge import Challenge
from wellbeing.models.check_up import CheckUp, CheckUpWish
from wellbeing.models.consent import Consent
from wellbeing.models.flag import Flag
from wellbeing.models.flag_raiser import FlagRaiser
from wellbeing.models.import_draft import ImportDraft
from wellbeing.models.invitation import Invitation, SetupCode
from wellbeing.models.operation import EntityState, Operation
from wellbeing.models.passkey import KeyChange
from wellbeing.models.person import Person
from wellbeing.models.reminder import Sent
from wellbeing.models.sign_in import SignIn
from wellbeing.models.throttle import Throttle
from wellbeing.withdrawals import withdrawn

AFTER_A_SIGN_IN = timedelta(days=30)
AFTER_AN_INVITATION = timedelta(days=7)
AFTER_A_REMINDER = timedelta(days=30)  # a week of them decides whether one more may come
AFTER_A_CHALLENGE = timedelta(hours=1)
AFTER_A_KEY_CHANGE = timedelta(days=30)
OPERATIONS = timedelta(days=400)
HIDDEN_FOR = timedelta(days=30)  # check-ups whose person took their consent back
A_DRAFT = timedelta(hours=1)  # a file that was looked at and not imported
AFTER_A_FLAG = timedelta(days=365)  # since it was settled, or since nobody settled it in time


def let_go(now: datetime) -> None:
    """Delete what means nothing any more: counters, codes, challenges; and what is past its keep: sign-ins, notices of
    changed keys, invitations, operations, flags.

    Looks first: when there is nothing to delete, nothing is locked.
    """
    for table, over in _leftovers(now):
        if db.session.scalar(select(exists().where(over))):
            with transaction():
                db.session.execute(delete(table).where(over))


def let_go_of_check_ups(now: datetime) -> None:
    """Delete those whose person took their consent back thirty days ago and did not give it again.

    Each is in the ledger of what was taken back, on the disk, before it is gone. Looks first, like the others.
    """
    over = [_hidden_long_enough(table, now - HIDDEN_FOR) for table in (CheckUp, CheckUpWish)]
    if not db.session.scalar(select(or_(*(exists().where(one) for one in over)))):
        return
    with transaction():
        found = select(Person, CheckUp.uid).join(CheckUp, CheckUp.person_id == Person.id).where(over[0])
        for person, uid in db.session.execute(found).all():
            withdrawn("checkup", person, uid, now)
        for table, theirs in zip((CheckUp, CheckUpWish), over, strict=True):
            db.session.execute(delete(table).where(theirs))


def _hidden_long_enough(table: type[CheckUp] | type[CheckUpWish], then: datetime) -> ColumnElement[bool]:
    """Begins with those who took it back, who are few, and not with the check-ups of everybody."""
    again, of_check_ups = aliased(Consent), Consent.purpose == "checkups"
    agreeing = exists().where(
        again.person_id == table.person_id,
        again.purpose == "checkups",
        or_(again.withdrawn_at.is_(None), again.withdrawn_at > then),
    )
    return table.person_id.in_(select(Consent.person_id).where(of_check_ups, Consent.withdrawn_at <= then)) & ~agreeing


def _leftovers(now: datetime) -> list[tuple[type[Base], ColumnElement[bool]]]:
    return [
        (Throttle, Throttle.expires <= int(now.timestamp())),
        (SetupCode, SetupCode.expires_at <= now),
        (Challenge, Challenge.expires_at <= now - AFTER_A_CHALLENGE),
        (KeyChange, KeyChange.at <= now - AFTER_A_KEY_CHANGE),
        (SignIn, _before(now - AFTER_A_SIGN_IN, SignIn.revoked_at, SignIn.expires_at)),
        (Invitation, _invitation_over(now - AFTER_AN_INVITATION)),
        (Sent, Sent.on_day <= (now - AFTER_A_REMINDER).date()),
        (ImportDraft, ImportDraft.kept_at <= now - A_DRAFT),
        (Operation, Operation.received_at <= now - OPERATIONS),
        (EntityState, EntityState.deleted_at <= now - OPERATIONS),  # tombstones, as long as what may still arrive
        (FlagRaiser, FlagRaiser.flag_id.in_(select(Flag.id).where(Flag.raised_at <= now - flags.SEASON))),
        (Flag, (Flag.settled_at <= now - AFTER_A_FLAG) | (Flag.raised_at <= now - AFTER_A_FLAG - flags.OPEN_FOR)),
    ]


def _invitation_over(then: datetime) -> ColumnElement[bool]:
    ended = _before(then, Invitation.used_at, Invitation.revoked_at, Invitation.expires_at)
    return ended & or_(Invitation.used_by.is_(None), Invitation.group_id.is_not(None))


def _before(then: datetime, *ends: Any) -> ColumnElement[bool]:
    return or_(*(end <= then for end in ends))
