"""Every page there is, read off the map of addresses, so that a new one is measured without being named.

An address with something of the record in it is tried with what this installation holds. Who asks is the first of a
stranger, a participant and who runs the group (and is the steward) who is answered by a page, and who is answered by
one that has other headings: `/` is three.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from werkzeug.routing import Rule

from bench.held import furnish, held
from bench.installation import Installation

HEADING = re.compile(rb"<h[1-6].*?</h[1-6]>", re.DOTALL)


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
    furnish(installation, "Ana")
    visitors = (("public", ""), ("signed in", ana), ("runs the group", installation.steward()))
    values = held(installation)
    found, left = [], []
    for rule in sorted(installation.app.url_map.iter_rules(), key=str):
        if "GET" in (rule.methods or ()) and rule.endpoint != "static":
            with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):  # one line of log a request
                pages = list(_tries(installation, rule, visitors, values))
            found += pages
            if not pages:
                left.append(rule.rule)
    return found, left


def _tries(
    installation: Installation, rule: Rule, visitors: tuple[tuple[str, str], ...], held: dict[str, Sequence[object]]
) -> Iterator[Shown]:
    """Those of one rule that are answered by a page, the least powerful visitor first, once for all headings."""
    heads: set[tuple[bytes, ...]] = set()
    client = installation.app.test_client()
    for (who, cookie), path in itertools.product(visitors, [*_addresses(installation, rule, held)]):
        client.delete_cookie("fil")
        if cookie:
            client.set_cookie("fil", cookie.partition("=")[2])
        answer = client.get(path)
        if answer.status_code == 200 and answer.mimetype == "text/html" and b"<html" in answer.data:
            head = tuple(HEADING.findall(answer.data))
            if head not in heads:
                heads.add(head)
                yield Shown(rule.rule, path, who, cookie)


def _addresses(installation: Installation, rule: Rule, held: dict[str, Sequence[object]]) -> Iterator[str]:
    """With everything that may stand in it; where nothing does, also with a code after the question mark."""
    map_of_addresses = installation.app.url_map.bind("localhost")
    for names in [sorted(rule.arguments)] if rule.arguments else [[], ["code"]]:
        for values in itertools.product(*(held.get(name, ()) for name in names)):
            with installation.app.test_request_context():
                yield map_of_addresses.build(rule.endpoint, dict(zip(names, values, strict=True)), method="GET")
