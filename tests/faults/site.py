"""A place where things go wrong: one database, its server, a network before it, the phones of the cast, their clock."""

from __future__ import annotations

import shutil
import socket
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import make_url, text

from tests.cast import Cast
from tests.databases import built, close, settings
from tests.faults import oracle
from tests.faults.client import Phone
from tests.faults.intents import Intent
from tests.faults.line import Line
from tests.faults.proxy import Proxy
from tests.faults.server import Nursery, Server
from wellbeing.db import db


@dataclass
class Tally:
    """What a fault came to. `wrong` are sentences: what else the matrix asks for, and was not so."""

    fault: str
    repetitions: int
    sent: int
    lost: list[str]
    doubled: list[str]
    integrity: str
    wrong: list[str]

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.wrong) and self.integrity == "ok"


@dataclass
class Browser:
    """One browser: whoever signs in on it, the line and its cookie are the same, and each has a phone of their own."""

    site: Site
    line: Line
    phones: dict[str, Phone] = field(default_factory=dict)
    common: dict[str, Any] = field(default_factory=dict)

    def opened(self, name: str) -> Phone:
        """The outbox of somebody who is signed in."""
        if name not in self.phones:
            self.phones[name] = self.site.phone_on(self.line, name)
            if self.site.bad == "shared_queue":
                self.phones[name].outbox = self.common
        return self.phones[name]

    def sign_in(self, name: str) -> Phone:
        self.line.sign_in(self.site.cast.people[name].phrase)
        return self.opened(name)


@dataclass
class Site:
    """Everything of one run. `bad` names a bad client, `server.ways` a bad server; `chance` is seeded."""

    app: Flask
    cast: Cast
    server: Server
    proxy: Proxy
    chance: Random
    now: datetime
    bad: str = ""
    disk: Path = Path()
    intents: list[Intent] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def database(self) -> Path:
        """The file of its SQLite."""
        return Path(str(make_url(self.server.settings["database_url"]).database))

    @property
    def folders(self) -> list[Path]:
        """Where all lies that it promises to keep."""
        return [self.database.parent, self.server.place]

    def phone(self, name: str = "Ana", direct: bool = False) -> Phone:
        """Another own device of somebody, signed in; `direct` meets no faults of the network."""
        cookie = self.cast.browser(name).get_cookie("fil")
        assert cookie
        return self.phone_on(Line(self.server.port if direct else self.proxy.port, f"fil={cookie.value}"), name)

    def phone_on(self, line: Line, name: str) -> Phone:
        uid = str(uuid.UUID(self.cast.people[name].person.uid))
        made = Phone(
            name, uid, line, self.intents, lambda: self.now, bad="" if self.bad == "shared_queue" else self.bad
        )
        self.phones.append(made)
        return made

    def browser(self) -> Browser:
        return Browser(self, Line(self.proxy.port))

    def pass_time(self, **length: float) -> None:
        """For the phones and for the server."""
        self.set_time(self.now + timedelta(**length))

    def set_time(self, now: datetime) -> None:
        self.now = now
        self.server.clock.write_text(now.isoformat())

    def workshops(self, name: str) -> list[str]:
        """Those of somebody's group that have begun."""
        seen = self.phone(name, direct=True).look() or {}
        return [one["id"] for one in seen["workshops"] if datetime.fromisoformat(one["starts_at"]) < self.now]

    def expect(self, so: bool, sentence: str) -> None:
        if not so:
            self.wrong.append(sentence)

    def all_sent(self, *phones: Phone) -> None:
        """Everything of these leaves, and nothing is left to say."""
        for phone in phones:
            ended = phone.flush()
            left = [(row.op["kind"], row.state, row.reason) for row in phone.outbox.values()]
            self.expect(ended == "rest" and not left, f"at the end {phone.person}'s phone: {ended}, {left[:5]}")

    def asked(self, statement: str, **values: Any) -> list[Any]:
        """Rows of the database; a statement that changes it is committed."""
        with self.app.app_context(), db.engine.begin() as connection:
            done = connection.execute(text(statement), values)
            found = [tuple(row) for row in done] if done.returns_rows else []
        close(self.app)
        return found

    def host(self, *words: str) -> None:
        """One of the host's commands, beside the server that goes on."""
        done = self.app.test_cli_runner().invoke(args=list(words))
        close(self.app)
        self.expect(done.exit_code == 0, f"{words[0]}: {done.output[-300:]}")

    def tally(self, fault: str, repetitions: int) -> Tally:
        people = {arrived.person.id: name for name, arrived in self.cast.people.items()}
        found = oracle.judge(self.app, people, self.intents, self.phones)
        whole = oracle.integrity(self.app)
        close(self.app)
        sent = sum(phone.sent for phone in self.phones)
        return Tally(fault, repetitions, sent, found.lost, found.doubled, whole, self.wrong)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


@contextmanager
def opened(
    nursery: Nursery, place: Path, cast: Cast, chosen: dict[str, str], seed: int = 1, ways: str | None = None,
    bad: str = "", start: bool = True, workers: int = 2,
) -> Iterator[Site]:  # fmt: skip
    """A site in a new folder; `chosen` are settings: the address of its database, where secrets and assets are."""
    place.mkdir()
    paths = {name: value if name == "database_url" else Path(value) for name, value in chosen.items()}
    app = built(settings(place, **paths))
    port = free_port()
    server = Server(nursery, place, port, {**chosen, "limits_factor": 1_000_000}, place / "now")
    server.ways, server.workers = ways, workers
    proxy = Proxy(port)
    site = Site(app, cast.in_app(app), server, proxy, Random(seed), cast.now, bad)
    site.set_time(cast.now)
    try:
        if start:
            server.start()
        yield site
    finally:
        server.kill()
        proxy.close()
        close(app)
        shutil.rmtree(place)


Scenario = Callable[[Site, int], Tally]
