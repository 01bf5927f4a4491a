"""Who may put a hand on what: the request, the database, the time, chance, the log."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from tests.architecture.source import Module, modules, planted

Broken = Iterator[tuple[int, str]]


def the_request(module: Module) -> Broken:
    """Only routes and web/ know that a browser is asking."""
    if not module.among("routes", "routes.py", "web"):
        theirs = {f"flask.{name}" for name in ("request", "g", "session")} | {"flask_login.current_user"}
        yield from ((line, name) for line, name in module.imported() if name in theirs)
        yield from ((line, name) for line, name in module.spoken() if name in theirs)


def the_database(module: Module) -> Broken:
    """Only operations, queries, access, the vault and the letterbox speak to it; web/ keeps its counters there."""
    allowed = (
        "operations.py",
        "operations",
        "queries.py",
        "queries",
        "access.py",
        "db.py",
        "vault",
        "publishing",
        "web",
        "withdrawals.py",
    )
    if not module.among(*allowed):
        yield from ((line, name) for line, name in module.spoken() if name == "db.session")


def the_last_word(module: Module) -> Broken:
    """Only operations and the letterbox save; of web/ only the counting of tries does."""
    if not module.among("operations.py", "operations", "publishing", "migrations", "db.py", "throttle.py"):
        for line, called, _ in module.calls():
            if called.endswith(".commit") or called in ("transaction", "db.transaction"):
                yield line, called


def the_time(module: Module) -> Broken:
    """Only clock.py reads it; nobody lets the database read it instead."""
    python = r"(\w+\.)?(datetime|date)\.(now|utcnow|today)|time\.(time|time_ns|localtime|gmtime)"
    reading = rf"{python}|(sa\.)?func\.(now|current_\w+)"
    if not module.among("clock.py"):
        yield from ((line, called) for line, called, _ in module.calls() if re.fullmatch(reading, called))
        yield from ((line, name) for line, name in module.imported() if re.fullmatch(r"time\.(time|time_ns)", name))


def chance(module: Module) -> Broken:
    """Secrets come from the system. Repeatable chance is for the demonstration alone."""
    if not module.among("demo", "demo.py"):
        yield from ((line, name) for line, name in module.imported() if name.split(".")[0] == "random")
    yield from ((line, called) for line, called, _ in module.calls() if called in ("uuid.uuid1", "uuid1"))


def the_log(module: Module) -> Broken:
    """Only web/logs.py writes it, and it is handed facts of ours, never a field or a form."""
    if not module.among("logs.py"):
        yield from ((line, name) for line, name in module.imported() if name.split(".")[0] == "logging")
        yield from (
            (line, name)
            for line, name in module.spoken()
            if re.fullmatch(r"(app|current_app)\.logger|sys\.std\w+", name)
        )
    for line, called, call in module.calls():
        if called in ("logs.event", "logs.write", "logs.failure"):
            parts = (*call.args, *(word.value for word in call.keywords))
            said = " ".join(ast.unparse(part) for part in parts if not isinstance(part, ast.Constant))
            if re.search(
                r"\b(request\.(form|args|values|json|data|path|url)|form\b|note\b|pseudonym\b|phrase\b)", said
            ):
                yield line, said


def the_markup(module: Module) -> Broken:
    """Only fragments and drawings of ours are markup already; whatever else reaches a page is words, and escaped."""
    if not module.among("fragments.py", "qr.py"):
        for line, called, call in module.calls():
            if called.split(".")[-1] == "Markup" and not all(isinstance(part, ast.Constant) for part in call.args):
                yield line, ast.unparse(call)


RULES: list[tuple[Callable[[Module], Broken], str]] = [
    (the_request, "from flask import request"),
    (the_request, "from flask_login import current_user"),
    (the_request, "import flask\nflask.g.person = 1"),
    (the_database, "from wellbeing.db import db\ndb.session.add(1)"),
    (the_last_word, "def save(db): db.session.commit()"),
    (the_last_word, "with transaction(): pass"),
    (the_time, "from datetime import datetime, UTC\ndatetime.now(UTC)"),
    (the_time, "import datetime\ndatetime.date.today()"),
    (the_time, "import time\ntime.time()"),
    (the_time, "default = sa.func.now()"),
    (chance, "import random"),
    (chance, "from random import choice"),
    (chance, "uuid.uuid1()"),
    (the_log, "import logging"),
    (the_log, "current_app.logger.info(1)"),
    (the_log, "logs.event('joined', who=form.pseudonym.data)"),
    (the_markup, "Markup(form.note.data)"),
    (the_markup, "markupsafe.Markup(f'<b>{name}</b>')"),
]


@pytest.mark.parametrize("rule", dict.fromkeys(rule for rule, _ in RULES), ids=lambda rule: rule.__name__)
def test_only_the_right_hands_touch(rule: Callable[[Module], Broken]) -> None:
    broken = [f"{module.place}:{line}: {what}" for module in modules() for line, what in rule(module)]
    assert broken == [], rule.__doc__


@pytest.mark.parametrize(("rule", "text"), RULES)
def test_each_rule_sees_what_it_forbids(rule: Callable[[Module], Broken], text: str) -> None:
    assert list(rule(planted("wellbeing/journal/moods.py", text)))


def test_there_is_a_house_to_look_at() -> None:
    assert len(modules()) > 20
