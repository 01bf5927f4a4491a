"""A group, people and their moods, put straight into the tables: for tests of figures, which need many of them quickly.

Everybody takes part, agrees and contributes from before the first block, unless a test says otherwise. Blocks of
14 days of a group created on `CREATED` start on 12 January 2026; the first is due on 29 January.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from flask import Flask
from flask.testing import FlaskClient

from wellbeing.db import db, transaction
from wellbeing.models.attendance import Attendance
from wellbeing.models.consent import Consent
from wellbeing.models.entry import Entry
from wellbeing.models.group import Group
from wellbeing.models.membership import Contribution, Membership
from wellbeing.models.note import Note
from wellbeing.models.person import Person, PersonKey
from wellbeing.models.reflection import Reflection
from wellbeing.models.release import Release
from wellbeing.models.sign_in import SignIn
from wellbeing.models.stewardship import Stewardship
from wellbeing.models.workshop import Cancellation, Workshop
from wellbeing.publishing.operations import look_at_everything_again
from wellbeing.vault.people import new_data_key
from wellbeing.web.devices import token_hash

CREATED = datetime(2026, 1, 7, 18, 0, tzinfo=UTC)
FIRST = date(2026, 1, 12)
FIRST_DUE = datetime(2026, 1, 29, tzinfo=UTC)
FORTNIGHT = timedelta(days=14)
LONG = date(2026, 1, 26)  # the first block of 28 days, and the first season
LONG_DUE = datetime(2026, 2, 26, tzinfo=UTC)
SEASON_DUE = datetime(2026, 4, 23, tzinfo=UTC)  # the season, and the third block of 28 days
CANARY = "ornithorynque"


def block(n: int) -> date:
    """The first day of the group's nth block, counted from 0."""
    return FIRST + n * FORTNIGHT


@dataclass
class Crowd:
    """People by name and groups by name, in one application."""

    app: Flask
    people: dict[str, int] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    meetings: list[str] = field(default_factory=list)
    meeting_of: dict[str, str] = field(default_factory=dict)  # a group's meeting that tests speak of
    entries: int = 0

    def group(self, name: str = "Willow", at: datetime = CREATED, closed_at: datetime | None = None) -> Group:
        made = Group(
            uid=_uid(name),
            name=f"{name} en mouvement",
            activity="dance",
            place="Salle des Tilleuls",
            timezone="Europe/Paris",
            holiday_zone="none",
            safety_contact="Dominique",
            join_code_hash=_uid(name).encode(),
            join_code_box=self._sealed(name),
            created_at=at,
            created_on=at.date(),
            closed_at=closed_at,
        )
        self._save(made)
        self.groups[name] = made
        return made

    def person(self, name: str, at: datetime = CREATED) -> int:
        with self.app.app_context(), transaction():
            data_key, box = new_data_key(self.app.config["KEYRING"], _uid(name))
            made = Person(
                uid=_uid(name),
                pseudonym=data_key.encrypted("person.pseudonym", _uid(name), f"{name} {CANARY}"),
                locale="fr",
                timezone="Europe/Paris",
                signed_up_at=at,
                signed_up_on=at.date(),
                last_seen_day=at.date(),
            )
            db.session.add(made)
            db.session.flush()
            db.session.add(PersonKey(person_id=made.id, box=box))
            self.people[name] = made.id
        return self.people[name]

    def contributor(self, name: str, group: str = "Willow", at: datetime = CREATED) -> str:
        """Someone who joined, agreed and contributes to this group from their first boundary on."""
        self.person(name, at)
        self.joins(name, group, at)
        for purpose in ("journal", "trends"):
            self.agrees(name, at, purpose=purpose)
        self.chooses(name, group, _boundary_after(at.date()))
        return name

    def contributors(self, n: int, group: str = "Willow", at: datetime = CREATED) -> list[str]:
        return [self.contributor(f"{group} {i}", group, at) for i in range(n)]

    def leads(self, name: str, group: str, at: datetime = CREATED, until: datetime | None = None) -> None:
        if name not in self.people:
            self.person(name, at)
        self.joins(name, group, at, role="facilitator", until=until)

    def joins(
        self, name: str, group: str, at: datetime = CREATED, role: str = "participant", until: datetime | None = None
    ) -> None:
        person, where = self.people[name], self.groups[group].id
        # the team's page names it, so that it must be the same in twin worlds
        uid = sha256(f"{name} {group} {role} {at}".encode()).hexdigest()[:32]
        self._save(Membership(uid=uid, person_id=person, group_id=where, role=role, began_at=at, ended_at=until))

    def leaves(self, name: str, group: str, at: datetime) -> None:
        with self.app.app_context(), transaction():
            db.session.query(Membership).filter_by(
                person_id=self.people[name], group_id=self.groups[group].id, ended_at=None
            ).update({"ended_at": at})

    def agrees(self, name: str, at: datetime = CREATED, until: datetime | None = None, purpose: str = "trends") -> None:
        self._save(
            Consent(
                uid=secrets.token_hex(16),
                person_id=self.people[name],
                purpose=purpose,
                text_hash="0" * 64,
                locale="fr",
                given_at=at,
                given_in="join",
                withdrawn_at=until,
            )
        )

    def takes_back(self, name: str, at: datetime) -> None:
        with self.app.app_context(), transaction():
            db.session.query(Consent).filter_by(
                person_id=self.people[name], purpose="trends", withdrawn_at=None
            ).update({"withdrawn_at": at})

    def chooses(self, name: str, group: str | None, from_atom: date) -> None:
        where = self.groups[group].id if group else None
        with self.app.app_context(), transaction():
            db.session.merge(Contribution(person_id=self.people[name], from_atom=from_atom, group_id=where))

    def stewards(self, name: str, at: datetime = CREATED, until: datetime | None = None) -> None:
        if name not in self.people:
            self.person(name, at)
        self._save(Stewardship(person_id=self.people[name], since=at, until=until))

    def feels(self, name: str, moods: dict[date, Iterable[int]], imported: bool = False) -> None:
        """Moods by local date."""
        with self.app.app_context(), transaction():
            for day, of_that_day in moods.items():
                for mood in of_that_day:
                    self.entries += 1
                    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
                    entry = Entry(
                        person_id=self.people[name],
                        uid=f"{self.entries:032x}",
                        mood=mood,
                        felt_at=noon,
                        offset_minutes=60,
                        zone="Europe/Paris",
                        local_date=day,
                        first_recorded_at=noon,
                        in_time=True,
                        imported=imported,
                    )
                    db.session.add(entry)
                    db.session.flush()
                    db.session.add(Note(entry_id=entry.id, person_id=entry.person_id, text=CANARY.encode()))

    def feels_all_block(self, name: str, mood: int, first: date = FIRST, days: int = 3) -> None:
        self.feels(name, {first + timedelta(days=i): [mood] for i in range(days)})

    def feels_tenths(self, name: str, value: int, first: date = FIRST) -> None:
        """Ten days whose mean is `value` tenths, from 20 to 40."""
        moods = [2 + (value - 20 - i + 9) // 10 for i in range(10)]
        self.feels(name, {first + timedelta(days=i): [mood] for i, mood in enumerate(moods)})

    def erased(self, name: str) -> None:
        with self.app.app_context(), transaction():
            db.session.query(Person).filter_by(id=self.people.pop(name)).delete()

    def browser(self, name: str) -> FlaskClient:
        """A signed-in device of this person, open for a year."""
        token = f"token of {name}"
        client = self.app.test_client()
        with self.app.app_context():
            known = db.session.query(SignIn).filter_by(token_hash=token_hash(token)).count()
        if not known:
            self._save(
                SignIn(
                    uid=_uid(f"device {name}"),
                    person_id=self.people[name],
                    token_hash=token_hash(token),
                    key_kind="phrase",
                    shared=False,
                    created_at=CREATED,
                    last_seen_day=CREATED.date(),
                    fresh_until=CREATED + timedelta(days=365),  # figures are looked at long after, powers included
                    expires_at=CREATED + timedelta(days=365),
                )
            )
        with client.session_transaction() as kept:
            kept["_user_id"] = token
            kept.permanent = True
        return client

    def meeting(self, group: str, starts_at: datetime) -> str:
        """The uid of one dated workshop of this group."""
        uid = _uid(f"meeting {len(self.meetings)}")
        self._save(
            Workshop(
                uid=uid,
                group_id=self.groups[group].id,
                title="Danse douce",
                starts_at=starts_at,
                local_date=starts_at.date(),
                minutes=90,
                check_in_code_hash=uid.encode(),
                check_in_code_box=self._sealed(uid),
            )
        )
        self.meetings.append(uid)
        return uid

    def tells(self, name: str, meeting: str, answers: dict[str, int], there: bool = True) -> None:
        """What somebody said of a workshop, by column; `there`: and that they were at it."""
        with self.app.app_context(), transaction():
            workshop = db.session.query(Workshop).filter_by(uid=meeting).one()
            told = workshop.starts_at + timedelta(hours=2)
            whose = {"person_id": self.people[name], "workshop_id": workshop.id}
            kept = {"after_first_told_at": told, "after_told_at": told}
            if any(key.startswith("before_") for key in answers):
                kept |= {"before_first_told_at": workshop.starts_at, "before_told_at": workshop.starts_at}
            db.session.merge(Reflection(**whose, **kept, **answers))
            if there:
                db.session.merge(Attendance(**whose, how="code", recorded_at=workshop.starts_at))

    def cancels(self, meeting: str, at: datetime = CREATED) -> None:
        with self.app.app_context(), transaction():
            workshop = db.session.query(Workshop).filter_by(uid=meeting).one()
            db.session.add(Cancellation(workshop_id=workshop.id, group_id=workshop.group_id, cancelled_at=at))

    def forgets_releases(self, published_only: bool = False) -> None:
        with self.app.app_context(), transaction():
            gone = db.session.query(Release)
            (gone.filter_by(state="published") if published_only else gone).delete()
            look_at_everything_again()

    def _sealed(self, name: str) -> bytes:
        sealed: bytes = self.app.config["KEYRING"].seal("group.join_code", _uid(name), b"7KQM2FXD")
        return sealed

    def _save(self, row: object) -> None:
        with self.app.app_context(), transaction():
            db.session.add(row)


def _uid(name: str) -> str:
    return name.encode().hex().ljust(32, "0")[:32]


def _boundary_after(day: date) -> date:
    return date(2024, 1, 1) + FORTNIGHT * ((day - date(2024, 1, 1)).days // 14 + 1)
