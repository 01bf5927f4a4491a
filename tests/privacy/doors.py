"""Every address that may be asked for in a world, from the application's own URL map, linked from a page or not.

A route that is added is walked at once. One whose address holds something that nothing here fills, stops the walk and
says what to add.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

from werkzeug.routing import Rule

from tests.crowd import FIRST, Crowd
from tests.privacy.test_every_door import NOBODYS
from wellbeing.db import db
from wellbeing.models.membership import Membership

# What stands at the beginning of an address -> what its `uid` may be, the names of others' things among them.
UIDS: dict[str, Callable[[Crowd], Sequence[str]]] = {
    "groups": lambda crowd: [group.uid for group in crowd.groups.values()],
    "organisation": lambda crowd: [group.uid for group in crowd.groups.values()],
    "workshops": lambda crowd: crowd.meetings,
    "journal": lambda crowd: [uuid.UUID(int=1).hex],  # the first note that was made over HTTP: the victim's
    "check-ups": lambda crowd: [NOBODYS],
}
OTHERS: Mapping[str, Callable[[Crowd], Sequence[str | int]]] = {
    "wid": lambda crowd: crowd.meetings,
    "mid": lambda crowd: _parts(crowd),
    "day": lambda _: [FIRST.isoformat()],
    "number": lambda _: [FIRST.year],
    "name": lambda _: ["ons_lonely"],
    "locale": lambda _: ["fr"],
    "token": lambda _: ["nothing"],
    "code": lambda _: ["7KQM2FXD"],
}


def doors(crowd: Crowd) -> list[str]:
    """All of them, the same in twin worlds. Raises AssertionError for a route that nothing here can ask for."""
    bound = crowd.app.url_map.bind("localhost")
    found = [
        bound.build(rule.endpoint, held, method="GET")
        for rule in crowd.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint != "static"
        for held in _held(rule, crowd)
    ]
    return list(dict.fromkeys(found))


def _held(rule: Rule, crowd: Crowd) -> Iterator[dict[str, str | int]]:
    names = sorted(rule.arguments)
    first = rule.rule.split("/")[1]
    missing = [name for name in names if name not in OTHERS and not (name == "uid" and first in UIDS)]
    if missing:
        raise AssertionError(f"{rule.rule}: nothing fills « {missing[0]} ». Say what does in tests/privacy/doors.py.")
    for values in product(*(UIDS[first](crowd) if name == "uid" else OTHERS[name](crowd) for name in names)):
        yield dict(zip(names, values, strict=True))


def _parts(crowd: Crowd) -> list[str]:
    """People's parts in groups, two of each role: what they are called is the same in twin worlds."""
    with crowd.app.app_context():
        rows = db.session.query(Membership.role, Membership.uid).order_by(Membership.id).all()
    return [uid for role in ("participant", "facilitator") for uid in [uid for r, uid in rows if r == role][:2]]
