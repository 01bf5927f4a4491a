"""What nobody needs any more goes by itself, and nothing goes early."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from tests.crowd import Crowd
from wellbeing.db import db, transaction
from wellbeing.keeping.operations import let_go
from wellbeing.models.flag import Flag
from wellbeing.models.flag_raiser import FlagRaiser
from wellbeing.models.invitation import Invitation, SetupCode
from wellbeing.models.operation import EntityState, Operation
from wellbeing.models.sign_in import SignIn
from wellbeing.models.throttle import Throttle

A_SECOND = timedelta(seconds=1)
Make = Callable[[int, datetime], Any]


def sign_in(person: int, now: datetime, **ends: Any) -> SignIn:
    return SignIn(
        uid=secrets.token_hex(16),
        person_id=person,
        token_hash=secrets.token_bytes(32),
        key_kind="phrase",
        shared=False,
        created_at=now,
        last_seen_day=now.date(),
        fresh_until=now,
        **{"expires_at": now + timedelta(days=365), **ends},
    )


def invitation(person: int, now: datetime, **ends: Any) -> Invitation:
    return Invitation(
        uid=secrets.token_hex(16),
        token_hash=secrets.token_bytes(32),
        made_by=person,
        made_at=now,
        **{"expires_at": now + timedelta(days=365), **ends},
    )


def operation(person: int, received_at: datetime) -> Operation:
    return Operation(
        person_id=person,
        op_id=secrets.token_hex(16),
        kind="log",
        entity="entry:1",
        parts=1,
        device_id="form",
        hash=b"",
        version=1,
        result="{}",
        received_at=received_at,
    )


def flag(raised_at: datetime, **settled: Any) -> Flag:
    return Flag(
        uid=secrets.token_hex(16),
        group_id=1,
        number="size",
        day=raised_at.date(),
        shown=8,
        raised_at=raised_at,
        **settled,
    )


def state(person: int, **ends: Any) -> EntityState:
    return EntityState(person_id=person, entity=f"entry:{secrets.token_hex(16)}", version=1, **ends)


KEPT: list[tuple[str, timedelta, Make]] = [
    (
        "a counter, until it means nothing",
        timedelta(0),
        lambda _, then: Throttle(key="k", count=1, expires=int(then.timestamp())),
    ),
    ("a setup code, its 24 hours", timedelta(0), lambda _, then: SetupCode(verifier="v", expires_at=then)),
    ("a device that signed out, 30 days", timedelta(days=30), lambda p, then: sign_in(p, then, revoked_at=then)),
    ("a device left alone, 30 days", timedelta(days=30), lambda p, then: sign_in(p, then, expires_at=then)),
    ("an invitation nobody took, 7 days", timedelta(days=7), lambda p, then: invitation(p, then, expires_at=then)),
    ("an invitation taken back, 7 days", timedelta(days=7), lambda p, then: invitation(p, then, revoked_at=then)),
    ("the tombstone of an entry, 400 days", timedelta(days=400), lambda p, then: state(p, deleted_at=then)),
    (
        "a number called wrong, a year",
        timedelta(days=365),
        lambda p, then: flag(then, settled_at=then, verdict="right"),
    ),
    ("one that nobody settled, a year after it was over", timedelta(days=365 + 28), lambda _, then: flag(then)),
    ("what a phone asked for, 400 days", timedelta(days=400), lambda p, then: operation(p, then)),
]


@pytest.mark.parametrize(("what", "keep", "make"), KEPT, ids=[what for what, _, _ in KEPT])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_each_thing_is_kept_as_long_as_was_said(
    app: Flask, now: datetime, what: str, keep: timedelta, make: Make
) -> None:
    crowd = Crowd(app)
    crowd.group()
    row = make(crowd.person("Ana"), now)
    with app.app_context(), transaction():
        db.session.add(row)
    for moment, left in ((now + keep - A_SECOND, 1), (now + keep, 0)):
        with app.app_context():
            let_go(moment)
            assert db.session.query(type(row)).count() == left


def test_what_is_in_use_is_never_let_go(app: Flask, now: datetime) -> None:
    crowd = Crowd(app)
    crowd.group()
    person = crowd.person("Fay")
    used = {"used_at": now, "used_by": person}
    with app.app_context(), transaction():
        db.session.add_all(
            [
                sign_in(person, now),
                state(person, first_recorded_at=now),
                invitation(person, now),
                invitation(person, now, **used),
                invitation(person, now, **used, group_id=crowd.groups["Willow"].id),
            ]
        )
    with app.app_context():
        let_go(now + timedelta(days=200))
        assert db.session.query(SignIn).count() == 1
        assert db.session.query(EntityState).count() == 1
        # the one that let her create groups, and the one still open; that into a team is done with
        assert db.session.query(Invitation).count() == 2


def test_who_called_a_number_wrong_is_known_for_one_season_and_the_number_longer(app: Flask, now: datetime) -> None:
    crowd = Crowd(app)
    crowd.group()
    person = crowd.person("Ana")
    with app.app_context(), transaction():
        db.session.add(raised := flag(now))
        db.session.flush()
        db.session.add(FlagRaiser(flag_id=raised.id, person_id=person))
    for moment, left in ((now + timedelta(days=84) - A_SECOND, 1), (now + timedelta(days=84), 0)):
        with app.app_context():
            let_go(moment)
            assert (db.session.query(FlagRaiser).count(), db.session.query(Flag).count()) == (left, 1)
