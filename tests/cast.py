"""The cast.

Ana and Ben take part in Willow. Cleo takes part in Oak and must never be seen from Willow. Fay facilitates Willow: she
may know how Willow is, never how Ana is. Gus facilitates Oak. Sam is the steward. Everyone else is crowd.

Everybody is made through the accounts' own operations, agrees to everything, and is signed in on a device of their own:
`cast.browser("Ana")` is that device, and `cast.fresh("Ana")` one where she has just used a key. Notes of tests contain
`CANARY`, which nobody but their owner may ever meet.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, has_app_context
from flask.testing import FlaskClient

from wellbeing.accounts.arrivals import Arrived, Newcomer
from wellbeing.accounts.operations import arriving
from wellbeing.db import db, transaction
from wellbeing.models.group import Group
from wellbeing.models.membership import Membership
from wellbeing.models.person import Person
from wellbeing.models.stewardship import Stewardship
from wellbeing.models.workshop import Workshop

CANARY = "ornithorynque"
EVERYTHING = dict.fromkeys(("age_ok", "journal", "trends", "checkups", "reminders"), "0" * 64)
PARIS = "Europe/Paris"


@dataclass
class Cast:
    """People by name, groups by name, and the browsers they use."""

    app: Flask
    now: datetime
    people: dict[str, Arrived] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def in_app(self, app: Flask) -> Cast:
        """The same people, in a copy of their database."""
        return replace(self, app=app, people=dict(self.people), groups=dict(self.groups), codes=dict(self.codes))

    def person(self, name: str) -> Person:
        """The person's row as it is now; attached when asked for inside an application context."""
        with nullcontext() if has_app_context() else self.app.app_context():
            found = db.session.get(Person, self.people[name].person.id)
        assert found is not None, f"{name} is not there"
        return found

    def browser(self, name: str, **headers: str) -> FlaskClient:
        """A signed-in device of this person."""
        client = self.app.test_client()
        if headers:
            client.environ_base.update(
                {f"HTTP_{key.upper().replace('-', '_')}": value for key, value in headers.items()}
            )
        with client.session_transaction() as kept:
            kept["_user_id"] = self.people[name].token
            kept.permanent = True
        return client

    def fresh(self, name: str, **fields: str) -> FlaskClient:
        """Another device of this person, on which they just signed in with their phrase: for ten minutes by the clock
        every power is open on it. What a test asks for once the clock has moved.
        """
        client = self.stranger()
        answer = client.post("/sign-in", data={"phrase": self.people[name].phrase, **fields})
        assert answer.status_code == 303
        return client

    def stranger(self) -> FlaskClient:
        """Somebody who is not signed in."""
        return self.app.test_client()

    # --- the three ways in. Each needs an application context, and opens it for itself
    def takes_part(self, name: str, group: str, **choices: Any) -> Person:
        """Somebody joins a group, with their consents (all, unless `agreed` says otherwise)."""
        with self.app.app_context():
            arrived = arriving.join(self._newcomer(name, **choices), self.groups[group], choices.get("at", self.now))
        self.people[name] = arrived
        return arrived.person

    def facilitates(self, name: str, group: str) -> Person:
        """Somebody runs a group. The invitation itself is tried by its own tests."""
        with self.app.app_context():
            arrived = arriving.join(self._newcomer(name), self.groups[group], self.now)
            with transaction():
                db.session.query(Membership).filter_by(person_id=arrived.person.id).delete()
                db.session.add(
                    Membership(
                        uid=secrets.token_hex(16),
                        person_id=arrived.person.id,
                        group_id=self.groups[group].id,
                        role="facilitator",
                        shown_name=name,
                        began_at=self.now,
                    )
                )
        self.people[name] = arrived
        return arrived.person

    def stewards(self, name: str, group: str) -> Person:
        """Somebody runs the installation, and no group."""
        self.facilitates(name, group)
        with self.app.app_context(), transaction():
            db.session.query(Membership).filter_by(person_id=self.person(name).id).delete()
            db.session.add(Stewardship(person_id=self.person(name).id, since=self.now))
        return self.person(name)

    def group(self, name: str, **values: Any) -> Group:
        """A group that exists since now, with a join code kept in `codes`."""
        code = "".join(secrets.choice("23456789ABCDEFGH") for _ in range(8))
        uid = secrets.token_hex(16)
        keyring = self.app.config["KEYRING"]
        with self.app.app_context(), transaction():
            group = Group(
                **{
                    "uid": uid,
                    "name": name,
                    "activity": "dance",
                    "place": "Salle des Tilleuls",
                    "timezone": PARIS,
                    "holiday_zone": "none",
                    "safety_contact": "Dominique, à l’accueil",
                    "join_code_hash": keyring.keyed_hash("join_code", code),
                    "join_code_box": keyring.seal("group.join_code", uid, code.encode()),
                    "created_at": self.now,
                    "created_on": self.now.date(),
                    **values,
                }
            )
            db.session.add(group)
        self.groups[name] = group
        self.codes[name] = code
        return group

    def workshop(self, group: str, starts_at: datetime, minutes: int = 90, title: str = "Danse douce") -> Workshop:
        """One dated meeting, with a check-in code kept in `codes` under the workshop's uid."""
        code = "".join(secrets.choice("23456789ABCDEFGH") for _ in range(8))
        uid = secrets.token_hex(16)
        keyring = self.app.config["KEYRING"]
        with self.app.app_context(), transaction():
            meeting = Workshop(
                uid=uid,
                group_id=self.groups[group].id,
                title=title,
                starts_at=starts_at,
                local_date=starts_at.astimezone(ZoneInfo(self.groups[group].timezone)).date(),
                minutes=minutes,
                check_in_code_hash=keyring.keyed_hash("check_in", code),
                check_in_code_box=keyring.seal("workshop.check_in_code", uid, code.encode()),
            )
            db.session.add(meeting)
        self.codes[uid] = code
        return meeting

    def _newcomer(
        self, name: str, agreed: Iterable[str] = tuple(EVERYTHING), zone: str = PARIS, locale: str = "fr", **_: Any
    ) -> Newcomer:
        return Newcomer(
            pseudonym=f"{name} {CANARY}",
            locale=locale,
            timezone=zone,
            where="join",
            agreed={purpose: EVERYTHING[purpose] for purpose in agreed},
        )


def assembled(app: Flask, now: datetime) -> Cast:
    """The whole cast, with a workshop of each group the day before, one tomorrow and one in a week."""
    cast = Cast(app, now)
    for group in ("Willow", "Oak"):
        cast.group(group)
        for days in (-1, 1, 7):
            cast.workshop(group, now + timedelta(days=days))
    for name, group in (("Ana", "Willow"), ("Ben", "Willow"), ("Cleo", "Oak")):
        cast.takes_part(name, group)
    cast.facilitates("Fay", "Willow")
    cast.facilitates("Gus", "Oak")
    cast.stewards("Sam", "Oak")
    return cast
