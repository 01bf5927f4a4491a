"""What somebody wrote in their book, read for them alone: every query begins with whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, exists, select

from wellbeing import access
from wellbeing.db import db
from wellbeing.domain.zones import zone_of
from wellbeing.keyring import Keyring, Unreadable
from wellbeing.models.book import TEXTS, BookPage
from wellbeing.models.group import Group
from wellbeing.models.person import Person
from wellbeing.models.workshop import Workshop
from wellbeing.vault.people import data_key_of

UNREADABLE = None  # a text that is there and cannot be read


@dataclass(frozen=True)
class Dated:
    """The workshop that a page is about."""

    id: int
    uid: str
    title: str
    group: str
    starts: datetime  # on the group's own clock
    address: str


@dataclass(frozen=True)
class Written:
    """What a page holds: each text by its name, empty if there is none, UNREADABLE if it cannot be read."""

    texts: Mapping[str, str | None] = field(default_factory=lambda: dict.fromkeys(TEXTS, ""), repr=False)
    edition: str = ""


def dated(person: Person, group_uid: str, uid: str) -> Dated | None:
    """A workshop of a group the person runs, or of one they ran and wrote about: their own words stay theirs."""
    led = access.groups_led_by(person).get(group_uid)
    if led is not None:
        found = access.workshops_led_in(person, led).get(uid)
        return _dated(led, found) if found else None
    row = db.session.execute(_pages(person).where(Group.uid == group_uid, Workshop.uid == uid)).first()
    return _dated(*row) if row else None


def written(person: Person, workshop: Dated, keyring: Keyring) -> Written:
    row = db.session.execute(
        select(*(getattr(BookPage, name) for name in TEXTS), BookPage.edition).where(
            BookPage.person_id == person.id, BookPage.workshop_id == workshop.id
        )
    ).first()
    if row is None:
        return Written()
    return Written(
        {name: _read(person, keyring, name, workshop.uid, getattr(row, name)) for name in TEXTS}, row.edition
    )


def pages_of(person: Person) -> list[Dated]:
    """The workshops the person wrote about, the newest first."""
    return [_dated(*row) for row in db.session.execute(_pages(person).order_by(Workshop.starts_at.desc()))]


def keeps_a_book(person: Person) -> bool:
    """Whether there is a way to show: the person runs a group, or wrote a page once."""
    return access.may_facilitate(person) or bool(
        db.session.scalar(select(exists(select(BookPage.person_id).where(BookPage.person_id == person.id))))
    )


def column(name: str) -> str:
    """What the box of this text is bound to, beside its person and its workshop."""
    return f"book_page.{name}"


def _pages(person: Person) -> Select[Group, Workshop]:
    return (
        select(Group, Workshop)
        .join(Workshop, Workshop.group_id == Group.id)
        .join(BookPage, BookPage.workshop_id == Workshop.id)
        .where(BookPage.person_id == person.id)
    )


def _dated(group: Group, workshop: Workshop) -> Dated:
    return Dated(
        id=workshop.id,
        uid=workshop.uid,
        title=workshop.title,
        group=group.name,
        starts=workshop.starts_at.astimezone(zone_of(group.timezone)),
        address=f"/groups/{group.uid}/workshops/{workshop.uid}",
    )


def _read(person: Person, keyring: Keyring, name: str, uid: str, box: bytes | None) -> str | None:
    if box is None:
        return ""
    try:
        return data_key_of(keyring, person).decrypted(column(name), uid, bytes(box))
    except Unreadable:
        return UNREADABLE
