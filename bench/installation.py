"""A product of its own in a temporary folder, filled through the product's own operations.

Its clock stands at noon on the tenth of a month, so that a life of ten days and one of ten years show as many days on
the calendar. Only here, while filling, SQLite does not wait for the disk, and phrases are hashed at little cost.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from flask_migrate import upgrade
from sqlalchemy import event, select

from wellbeing import create_app
from wellbeing.accounts import phrases
from wellbeing.accounts.arrivals import Newcomer
from wellbeing.accounts.operations import arriving
from wellbeing.accounts.operations.devices import open_device
from wellbeing.config import Config
from wellbeing.db import db, transaction
from wellbeing.domain.codes import normalised
from wellbeing.groups.operations import circle, seasons
from wellbeing.groups.queries.circle import join_code
from wellbeing.groups.wishes import Plan, Wanted
from wellbeing.journal.feeling import Feeling
from wellbeing.journal.operations.noting import log_mood
from wellbeing.models.person import Person
from wellbeing.models.workshop import Workshop
from wellbeing.workshops import operations as presence
from wellbeing.workshops import queries as workshops

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 10, 11, 0, tzinfo=UTC)
DAY, YEAR = timedelta(days=1), timedelta(days=365)
LONGEST_LIFE = timedelta(days=3652)
LONG_LIFE = 3650  # days with a note
ZONE = "Europe/Paris"
AGREED = dict.fromkeys(("age_ok", "journal", "trends"), "0" * 64)


WORDS = "Une longue marche sous la pluie, puis du thé ; rien d’autre, et c’était bien ainsi. " * 3  # some 250 signs


class Installation:
    """`app` is the application, in this process; `environment` makes a server serve the same database, which is SQLite
    unless an address is given.
    """

    def __init__(self, place: Path, database: str = "") -> None:
        place.mkdir(exist_ok=True)
        self.place = place
        self.environment = {
            "WELLBEING_INSTANCE": str(place),
            "WELLBEING_SECRETS": "",
            "DATABASE_URL": database,
            "WELLBEING_TESTING": "1",
            "WELLBEING_NOW": NOW.isoformat(),
            "WELLBEING_LIMITS": "1000000",
        }
        self.people: dict[str, int] = {}
        self._lived: dict[int, str] = {}
        os.environ.update(self.environment)
        phrases._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        self.app = create_app(Config.from_env())
        with self.app.app_context():
            if db.engine.dialect.name == "sqlite":
                event.listen(db.engine, "connect", _without_waiting)
            upgrade()
        self._group()

    def lived(self, days: int) -> str:
        """The cookie of somebody who has noted a mood and some words on each of so many days; made once, as it takes
        long, and lent to every part that needs a long life.
        """
        if days not in self._lived:
            self._lived[days] = self.person(f"{days} days", days, WORDS)
        return self._lived[days]

    def person(self, name: str, days: int = 0, words: str = "") -> str:
        """Somebody of the group who noted a mood on each of the last days: their cookie."""
        since = NOW - days * DAY
        with self.app.app_context():
            group = db.session.merge(self.group)
            person = arriving.join(Newcomer(name, "fr", ZONE, "join", AGREED), group, since).person
            for back in range(days - 1, -1, -1):
                at, mood = NOW - back * DAY - timedelta(hours=1), (3, 4, 4, 5, 2, 3, 4)[back % 7]
                feeling = Feeling(mood, emotions=("joy",) if back % 3 == 0 else (), note=words or None)
                log_mood(person, secrets.token_hex(16), feeling, self.app.config["KEYRING"], at)
            with transaction():
                _, token = open_device(person, "phrase", shared=False, now=NOW)
            self.people[name] = person.id
        return self._cookie(token)

    def attends(self, name: str) -> None:
        """This person was at every workshop since they signed up."""
        with self.app.app_context():
            person = db.session.get_one(Person, self.people[name])
            span = Workshop.starts_at.between(person.signed_up_at, NOW - DAY)
            for uid, starts_at in db.session.execute(select(Workshop.uid, Workshop.starts_at).where(span)).all():
                at = starts_at + timedelta(hours=2)
                if (seen := workshops.workshop_of(person, uid, at)) is not None:
                    presence.declare(person, seen, self.app.config["KEYRING"], at)

    def uid(self, name: str) -> str:
        """Of a person, as phones name them: with dashes."""
        with self.app.app_context():
            return str(uuid.UUID(db.session.get_one(Person, self.people[name]).uid))

    def steward(self) -> str:
        """The cookie of who runs the group, and the installation."""
        with self.app.app_context():
            steward = db.session.scalars(select(Person).order_by(Person.id).limit(1)).one()
            with transaction():
                _, token = open_device(steward, "phrase", shared=False, now=NOW)
        return self._cookie(token)

    def code(self) -> str:
        """The code of the poster."""
        with self.app.app_context():
            return join_code(db.session.merge(self.group)) or ""

    def statements(self, method: str, path: str, cookie: str, **asked: Any) -> int:
        """How many statements one such request sends to the database, once the first has filled what is kept."""
        sent: list[str] = []
        client = self.app.test_client()
        client.set_cookie("fil", cookie.partition("=")[2])
        with self.app.app_context():
            engine = db.engine
        with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):  # one line of log a request
            client.get("/")
            event.listen(engine, "before_cursor_execute", lambda *given: sent.append(given[2]))
            client.open(path, method=method, **asked)
        return len([statement for statement in sent if not statement.startswith("BEGIN")])

    def _group(self) -> None:
        """A group that has met each Monday evening for ten years, and goes on."""
        begun = NOW - LONGEST_LIFE
        with self.app.app_context():
            code = normalised(arriving.renew_setup_code(begun), length=12) or ""
            steward = arriving.become_steward(Newcomer("Sam", "fr", ZONE, "setup", AGREED), code, begun).person
            wanted = Wanted("Danse du lundi", "dance", "Salle des Tilleuls", ZONE, "none", "Dominique", "Sam")
            self.group = circle.create_group(steward, wanted, begun)
            for first, last in _seasons(begun.date()):
                seasons.plan_workshops(self.group, Plan("Danse douce", first, time(18), 90, "weekly", last))

    def _cookie(self, token: str) -> str:
        signing = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        return f"fil={signing.dumps({'_user_id': token, '_permanent': True})}"


def _seasons(first: date) -> Iterator[tuple[date, date]]:
    """Years of Mondays, the last of which ends a year ahead."""
    monday = first - timedelta(days=first.weekday())
    while monday < NOW.date() + YEAR:
        yield monday, monday + 51 * timedelta(days=7)
        monday += 52 * timedelta(days=7)


def _without_waiting(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")
