"""What somebody who runs a group reaches, found through them. What is not theirs is not found."""

from __future__ import annotations

from flask import abort

from wellbeing import access
from wellbeing.models.group import Group
from wellbeing.models.person import Person
from wellbeing.models.workshop import Workshop


def led_by(person: Person, uid: str) -> Group:
    return access.groups_led_by(person).get(uid) or abort(404)


def led_workshop(person: Person, uid: str, wid: str) -> tuple[Group, Workshop]:
    group = led_by(person, uid)
    return group, access.workshops_led_in(person, group).get(wid) or abort(404)
