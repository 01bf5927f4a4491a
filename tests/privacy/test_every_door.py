"""Whose is what: one object of the asker's own world, of the other group's, and one that never was, by address.

`things` is what the matrix asks for (matrix.py); a feature adds here what its addresses name. A role that is taken away
ends at once.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

from sqlalchemy import inspect, text
from werkzeug.routing import Rule

from tests.cast import CANARY, Cast
from tests.keys.authenticator import given
from wellbeing.db import db

NOBODYS = "0123456789abcdef0123456789abcdef"
EVERYBODY = ("Ana", "Ben", "Cleo", "Fay", "Gus", "Sam")
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
    check_up = str(uuid.uuid4())
    said = {"op_id": check_up, "item_lonely": "3"}
    assert ana.post("/check-ups/ons_lonely", data=said).status_code == 303
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
        "check-ups": [
            Thing("of Ana", uuid.UUID(check_up).hex, NOBODYS, {"participant": {"Ana"}}),
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


def content(cast: Cast) -> dict[str, list[str]]:
    """Everything in the database but the counters of tries."""
    with cast.app.app_context():
        tables = [name for name in inspect(db.engine).get_table_names() if name not in ("throttle", "alembic_version")]
        return {name: sorted(map(repr, db.session.execute(text(f'SELECT * FROM "{name}"')).all())) for name in tables}


def bare(body: str) -> str:
    """A page without its request number."""
    return re.sub(r"\b[0-9a-f]{16}\b(?!/)", "…", body)


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
