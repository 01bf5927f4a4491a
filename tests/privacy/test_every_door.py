"""Every route × role × object: what is not yours is not found, and says nothing of whether it exists.

Each address is asked for with an object of the asker's own world, of the other group's, and one that never was, by
everybody. Whoever is not entitled gets the very same 404, whatever the object; a visitor is led to sign in. No refused
request changes anything in the database.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import product

import pytest
from flask.testing import FlaskClient
from sqlalchemy import inspect, text
from werkzeug.routing import Rule

from tests.cast import CANARY, Cast
from tests.keys.authenticator import given
from wellbeing.db import db

NOBODYS = "0123456789abcdef0123456789abcdef"
EVERYBODY = ("Ana", "Ben", "Cleo", "Fay", "Gus", "Sam")
OPEN = {"public", "signed_in"}
# Who is entitled to an address, by what its path names. Everything a new route may hold must be added here on purpose.
IN_WILLOW = {"member": {"Ana", "Ben", "Fay"}, "facilitator": {"Fay"}, "participant": {"Ana", "Ben"}}
IN_OAK = {"member": {"Cleo", "Gus"}, "facilitator": {"Gus"}, "participant": {"Cleo"}}
# Anyone may ask for the first, so that whoever left is told it is done; the second holds a person's own words. Both are
# for those who run the group.
FOR_THE_TEAM = {"/groups/<uid>/team/end", "/groups/<uid>/workshops/<wid>/book"}
WITHIN = {"wid", "mid", "iid"}  # what lies inside what `uid` names: a date, somebody's part in a team, an invitation


@dataclass(frozen=True)
class Thing:
    """One object: what its address holds, and who may reach it under each audience."""

    name: str
    uid: str
    workshop: str
    entitled: dict[str, set[str]]
    membership: str = NOBODYS
    invitation: str = NOBODYS
    device: str = NOBODYS

    @property
    def values(self) -> dict[str, str]:
        return {
            "uid": self.uid,
            "wid": self.workshop,
            "mid": self.membership,
            "iid": self.invitation,
            "did": self.device,
        }

    def is_for(self, who: str, rule: Rule, audience: str) -> bool:
        """Whether this person may reach it there. What is crossed is nobody's, where the address holds both parts."""
        if "crossed" in self.entitled:
            return not WITHIN & set(rule.arguments)
        return who in self.entitled.get("facilitator" if rule.rule in FOR_THE_TEAM else audience, set())


def things(cast: Cast) -> dict[str, list[Thing]]:
    """Objects of Willow, of Oak, and of nobody, by the first part of their address."""
    entry = str(uuid.uuid4())
    ana = cast.browser("Ana")
    assert ana.post("/journal", data={"op_id": entry, "mood": "4", "note": CANARY}).status_code == 303
    mine = uuid.UUID(entry).hex
    given(ana)
    cast.fresh("Ana")
    hers = cast.people["Ana"].person.id
    with cast.app.app_context():
        rows = db.session.execute(text("SELECT uid, group_id FROM workshop ORDER BY starts_at")).all()
        running = text("SELECT group_id, uid FROM membership WHERE role = 'facilitator'")
        key = db.session.scalar(text("SELECT uid FROM passkey WHERE person_id = :id"), {"id": hers})
        device = db.session.scalar(text("SELECT uid FROM sign_in WHERE person_id = :id"), {"id": hers})
        mates = dict(tuple(row) for row in db.session.execute(running))
    willow, oak = cast.groups["Willow"], cast.groups["Oak"]
    links = {group.id: open_link(cast, group.uid, who) for group, who in ((willow, "Fay"), (oak, "Gus"))}
    in_team = {group.id: {"membership": mates[group.id], "invitation": links[group.id]} for group in (willow, oak)}
    in_willow = next(uid for uid, group in rows if group == willow.id)
    in_oak = next(uid for uid, group in rows if group == oak.id)
    people = {"participant": {"Ana", "Ben"}}
    others = {"participant": {"Cleo"}}
    return {
        "groups": [
            Thing("of Willow", willow.uid, in_willow, IN_WILLOW, **in_team[willow.id]),
            Thing("of Oak", oak.uid, in_oak, IN_OAK, **in_team[oak.id]),
            Thing("of nobody", NOBODYS, in_willow, {}, **in_team[willow.id]),
            Thing("of Willow, with a part of Oak", willow.uid, in_oak, {"crossed": {"Fay"}}, **in_team[oak.id]),
        ],
        "workshops": [
            Thing("of Willow", in_willow, in_willow, people),
            Thing("of Oak", in_oak, in_oak, others),
            Thing("of nobody", NOBODYS, NOBODYS, {}),
        ],
        "journal": [
            Thing("of Ana", mine, mine, {"participant": {"Ana"}}),
            Thing("of nobody", NOBODYS, NOBODYS, {}),
        ],
        "settings": [
            Thing("of Ana", key, NOBODYS, {"signed_in": {"Ana"}}, device=device),
            Thing("of nobody", NOBODYS, NOBODYS, {}),
        ],
        "organisation": [
            Thing("of nobody", NOBODYS, NOBODYS, {}),
            Thing("of Willow", willow.uid, NOBODYS, {"steward": {"Sam"}}, **in_team[willow.id]),
            Thing("of Willow, with a part of Oak", willow.uid, in_oak, {"crossed": {"Sam"}}, **in_team[oak.id]),
        ],
    }


def open_link(cast: Cast, group: str, who: str) -> str:
    """The uid of an invitation to a team that nobody has used."""
    page = cast.browser(who).post(f"/groups/{group}/team")
    assert page.status_code == 200
    with cast.app.app_context():
        found = text('SELECT invitation.uid FROM invitation JOIN "group" g ON g.id = group_id WHERE g.uid = :uid')
        return str(db.session.scalar(found, {"uid": group}))


def addresses(cast: Cast) -> Iterator[tuple[Rule, str, str]]:
    """Every rule that names somebody's thing, with each of its methods and its audience."""
    for rule in cast.app.url_map.iter_rules():
        view = cast.app.view_functions[rule.endpoint]
        if {"uid", "did", *WITHIN} & set(rule.arguments):
            for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
                yield rule, method, view.audience  # type: ignore[attr-defined]


def content(cast: Cast) -> dict[str, list[str]]:
    """Everything in the database but the counters of tries."""
    with cast.app.app_context():
        tables = [name for name in inspect(db.engine).get_table_names() if name not in ("throttle", "alembic_version")]
        return {name: sorted(map(repr, db.session.execute(text(f'SELECT * FROM "{name}"')).all())) for name in tables}


def bare(body: str) -> str:
    """A page without its request number."""
    return re.sub(r"\b[0-9a-f]{16}\b(?!/)", "…", body)


def test_what_is_not_yours_is_not_found(cast: Cast) -> None:
    objects = things(cast)
    browsers: dict[str, FlaskClient] = {name: cast.browser(name) for name in EVERYBODY}
    before = content(cast)
    same: dict[tuple[str, str], str] = {}
    refused = found = 0
    for (rule, method, audience), who in product(addresses(cast), EVERYBODY):
        for thing in objects[rule.rule.split("/")[1]]:
            if thing.is_for(who, rule, audience):
                found += 1
                continue
            with cast.app.test_request_context():
                address = cast.app.url_map.bind("localhost").build(
                    rule.endpoint, {name: thing.values[name] for name in rule.arguments}, method=method
                )
            answer = browsers[who].open(address, method=method)
            assert answer.status_code == 404, f"{who} asked {method} {rule.rule} {thing.name}: {answer.status_code}"
            assert bare(answer.text) == same.setdefault((who, method), bare(answer.text))
            refused += 1
    assert refused > 400
    assert found > 30
    assert content(cast) == before


def test_a_visitor_learns_nothing_from_any_address(cast: Cast) -> None:
    objects = things(cast)
    before = content(cast)
    tried = 0
    for rule, method, _ in addresses(cast):
        answers = set()
        for thing in objects[rule.rule.split("/")[1]]:
            address = cast.app.url_map.bind("localhost").build(
                rule.endpoint, {name: thing.values[name] for name in rule.arguments}, method=method
            )
            answer = cast.stranger().open(address, method=method)
            assert answer.status_code in (303, 401), f"{method} {rule.rule}: {answer.status_code}"
            answers.add(bare(answer.text) if answer.status_code == 401 else "to sign in")
            tried += 1
        assert len(answers) == 1
    assert tried > 50
    assert content(cast) == before


@pytest.mark.parametrize("who", EVERYBODY)
def test_pages_of_a_role_are_not_found_without_it(cast: Cast, who: str) -> None:
    roles = {"facilitator": {"Fay", "Gus", "Sam"}, "steward": {"Sam"}}
    tried = 0
    for rule in cast.app.url_map.iter_rules():
        audience = cast.app.view_functions[rule.endpoint].audience  # type: ignore[attr-defined]
        if rule.arguments or audience not in roles or who in roles[audience]:
            continue
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            assert cast.browser(who).open(rule.rule, method=method).status_code == 404
            tried += 1
    assert tried or who == "Sam"


def test_a_role_taken_away_ends_at_the_next_request(cast: Cast) -> None:
    fay, address = cast.browser("Fay"), f"/groups/{cast.groups['Willow'].uid}"
    assert fay.get(address).status_code == 200
    with cast.app.app_context():
        db.session.execute(
            text("UPDATE membership SET ended_at = :at WHERE person_id = :id"),
            {"at": cast.now.replace(tzinfo=None) if "sqlite" in str(db.engine.url) else cast.now,
             "id": cast.people["Fay"].person.id},
        )  # fmt: skip
        db.session.commit()
    gone = fay.get(address)
    never = cast.browser("Ana").get(f"/groups/{NOBODYS}")
    assert gone.status_code == never.status_code == 404


def test_looking_never_writes(cast: Cast, now: object) -> None:
    """Everybody opens every page they can reach: the database stays as it was."""
    objects = things(cast)
    before = content(cast)
    opened = 0
    for who, rule in product(EVERYBODY, cast.app.url_map.iter_rules()):
        if "GET" not in (rule.methods or set()):
            continue
        for thing in objects.get(rule.rule.split("/")[1], objects["organisation"]):
            values = {
                **thing.values,
                "day": (cast.now.date() - timedelta(days=1)).isoformat(),
                "locale": "en",
                "token": "nothing",
                "code": cast.codes.get(thing.workshop, "ZZZZZZZZ"),
            }
            address = cast.app.url_map.bind("localhost").build(
                rule.endpoint, {name: values.get(name, "x") for name in rule.arguments}, method="GET"
            )
            answer = cast.browser(who).get(address)
            assert answer.status_code < 500, f"{who} opened {address}"
            opened += answer.status_code == 200
            answer.close()
    assert opened > 100
    assert content(cast) == before
