"""Every page there is, read off the map of addresses, so that a new one is measured without being named.

An address with something of the record in it is tried with what this installation holds. Who asks is the first of a
stranger, a participant and who runs the group (and is the steward) who is answered by a page, and who is answered by
another: `/` is two.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from werkzeug.routing import Rule

from bench.installation import NOW, Installation
from wellbeing.check_ups.packs import offered_in
from wellbeing.config import LOCALES
from wellbeing.db import db
from wellbeing.models.entry import Entry
from wellbeing.models.workshop import Workshop


@dataclass(frozen=True)
class Shown:
    """One page: whose it is, and the cookie of who sees it, empty for a stranger."""

    rule: str
    path: str
    who: str
    cookie: str


def shown(installation: Installation) -> tuple[list[Shown], list[str]]:
    """The pages, and the rules for which none was found: files, and what a secret link alone opens."""
    ana = installation.person("Ana", days=10)
    installation.attends("Ana")
    visitors = (("public", ""), ("signed in", ana), ("runs the group", installation.steward()))
    held = _held(installation)
    found, left = [], []
    for rule in sorted(installation.app.url_map.iter_rules(), key=str):
        if "GET" in (rule.methods or ()) and rule.endpoint != "static":
            with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):  # one line of log a request
                pages = list(_tries(installation, rule, visitors, held))
            found += pages
            if not pages:
                left.append(rule.rule)
    return found, left


def _tries(
    installation: Installation, rule: Rule, visitors: tuple[tuple[str, str], ...], held: dict[str, Sequence[object]]
) -> Iterator[Shown]:
    """Those of one rule that are answered by a page, the least powerful visitor first, once for each heading."""
    heads: set[bytes] = set()
    chosen = [held.get(name, ()) for name in sorted(rule.arguments)]
    client = installation.app.test_client()
    for (who, cookie), values in itertools.product(visitors, itertools.product(*chosen)):
        with installation.app.test_request_context():
            path = installation.app.url_map.bind("localhost").build(
                rule.endpoint, dict(zip(sorted(rule.arguments), values, strict=True)), method="GET"
            )
        client.delete_cookie("fil")
        if cookie:
            client.set_cookie("fil", cookie.partition("=")[2])
        answer = client.get(path)
        if answer.status_code == 200 and answer.mimetype == "text/html" and b"<html" in answer.data:
            head = answer.data.partition(b"<h1")[2].partition(b"</h1>")[0]
            if head in heads:
                continue
            heads.add(head)
            yield Shown(rule.rule, path, who, cookie)


def _held(installation: Installation) -> dict[str, Sequence[object]]:
    """What may stand in an address, by the name it has there."""
    with installation.app.app_context():
        group = db.session.merge(installation.group)
        near = select(Workshop.uid).where(Workshop.starts_at < NOW).order_by(Workshop.starts_at.desc()).limit(1)
        workshop = db.session.scalar(near)
        entry = db.session.scalar(select(Entry.uid).order_by(Entry.id.desc()).limit(1))
        return {
            "uid": [group.uid, workshop, entry],
            "wid": [workshop],
            "day": [NOW.date().isoformat()],
            "number": [NOW.year],
            "name": [pack.id for pack in offered_in("fr")],
            "locale": [*LOCALES][:1],
        }
