"""What an installation has to hold for each of its pages to be shown, and what stands in their addresses."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from bench.installation import AGREED, NOW, ZONE, Installation
from wellbeing.accounts.arrivals import Newcomer
from wellbeing.accounts.operations import arriving, choices
from wellbeing.check_ups import operations as check_ups
from wellbeing.check_ups.packs import offered_in
from wellbeing.config import LOCALES
from wellbeing.db import db
from wellbeing.groups.queries.meetings import check_in_code
from wellbeing.inviting.operations import invite
from wellbeing.models.check_up import CheckUp
from wellbeing.models.entry import Entry
from wellbeing.models.membership import Membership
from wellbeing.models.person import Person
from wellbeing.models.workshop import Workshop
from wellbeing.portability.operations import drafts

A_FILE = (
    b"full_date,date,weekday,time,mood,activities,note_title,note\r\n2026-11-08,8 nov.,dimanche,21:05,patraque,,,\r\n"
)


def furnish(installation: Installation, name: str) -> None:
    """This person was at each workshop, answered one set of questions, and was about to bring in another journal."""
    installation.attends(name)
    with installation.app.app_context():
        person, keyring = db.session.get_one(Person, installation.people[name]), installation.app.config["KEYRING"]
        choices.choose(person, "checkups", True, "0" * 64, NOW - timedelta(days=1))
        pack = offered_in("fr")[0]
        answers = dict.fromkeys(pack.instrument.items, pack.instrument.options[0])
        check_ups.answer(person, pack, answers, uuid.uuid4().hex, NOW.date(), keyring)
        drafts.keep_draft(person, A_FILE, keyring, NOW)


def held(installation: Installation) -> dict[str, Sequence[object]]:
    """What may stand in an address, by the name it has there. Somebody else runs the group too; one more is invited."""
    with installation.app.app_context():
        group, steward = db.session.merge(installation.group), db.session.scalars(select(Person).limit(1)).one()
        arriving.accept_invitation(Newcomer("Noé", "fr", ZONE, "invitation", AGREED), invite(steward, group, NOW), NOW)
        near = select(Workshop).where(Workshop.starts_at < NOW).order_by(Workshop.starts_at.desc()).limit(1)
        workshop = db.session.scalars(near).one()
        return {
            "uid": [group.uid, workshop.uid, _latest(Entry), _latest(CheckUp)],
            "wid": [workshop.uid],
            "mid": [_latest(Membership)],
            "day": [NOW.date().isoformat()],
            "number": [NOW.year],
            "name": [pack.id for pack in offered_in("fr")],
            "locale": [*LOCALES][:1],
            "code": [check_in_code(workshop)],
            "token": [invite(steward, group, NOW)],
        }


def _latest(table: type[Entry | CheckUp | Membership]) -> str:
    return db.session.scalars(select(table.uid).order_by(table.id.desc()).limit(1)).one()
