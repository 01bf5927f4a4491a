"""Who counts for one block of one group, and what they lived inside it: the only reading of entries and reflections
for a group.

Nothing here is handed to a page. Dates are local dates of the entries and of the workshops; instants are UTC. The rules
are in `domain/trends.py`, *who counts*; this file only fetches what they need, in as many statements for five people as
for five hundred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache

from sqlalchemy import Executable, Select, bindparam, select
from sqlalchemy.orm import InstrumentedAttribute

from wellbeing.db import db
from wellbeing.domain.trends import MOOD, Block, Item, Lived, Span, Standing, counts, value
from wellbeing.models.attendance import Attendance
from wellbeing.models.consent import Consent
from wellbeing.models.entry import Entry
from wellbeing.models.membership import Contribution, Membership
from wellbeing.models.reflection import Reflection
from wellbeing.models.stewardship import Stewardship
from wellbeing.models.workshop import Cancellation, Workshop

ANSWERS = {  # as the rules of domain/figures.py name them
    "mood_before": Reflection.before_mood,
    "calm_before": Reflection.before_calm,
    "mood_after": Reflection.after_mood,
    "calm_after": Reflection.after_calm,
    "interaction": Reflection.interaction,
    "cooperation": Reflection.cooperation,
    "exchange": Reflection.exchange,
    "safety": Reflection.safety,
    "return": Reflection.return_,
    "belong": Reflection.belong,
    "size": Reflection.size,
}


class Counted:
    """Those who count for one block of one group, read once for all its items; what they lived, once for each table."""

    def __init__(self, group_id: int, block: Block, now: datetime) -> None:
        self._group_id, self._block = group_id, block
        found = standings(group_id, block)
        self._people = [person for person, standing in found.items() if counts(standing, str(group_id), block, now)]
        self._told: list[Lived] | None = None

    def values_of(self, item: Item) -> list[int]:
        """One value in tenths for each person who lived enough, in no meaningful order."""
        if item.name == MOOD.name:
            lived = lives(item, self._group_id, self._block, self._people)
        else:
            if self._told is None:
                self._told = lives(item, self._group_id, self._block, self._people)
            lived = self._told
        values = (value(item, one) for one in lived)
        return [v for v in values if v is not None]


def values_of(item: Item, group_id: int, block: Block, now: datetime) -> list[int]:
    """The values of one item alone."""
    return Counted(group_id, block, now).values_of(item)


def lives(item: Item, group_id: int, block: Block, people: Sequence[int]) -> list[Lived]:
    """What each of these people lived that this item asks about; whoever lived nothing of it is left out."""
    if not people:
        return []
    if item.name == MOOD.name:
        return [Lived(moods, ()) for moods in _moods(people, block).values()]
    return [Lived({}, told) for told in _told(people, group_id, block).values()]


def standings(group_id: int, block: Block) -> dict[int, Standing]:
    """Person -> standing, of everyone who became a participant of the group before the block opened."""
    asked = {"group": group_id, "opens": block.opens}
    member, consent, leading, steering = (_spans(statement, asked) for statement in _spans_of_members())
    chosen = _choices(asked)
    return {
        person: Standing(spans, consent[person], [*leading[person], *steering[person]], chosen[person])
        for person, spans in member.items()
    }


# What is asked of thousands of groups is built once: building a statement costs more than asking it.
@cache
def _members() -> Select[int]:
    return select(Membership.person_id).where(
        Membership.group_id == bindparam("group"),
        Membership.role == "participant",
        Membership.began_at < bindparam("opens"),
    )


@cache
def _spans_of_members() -> tuple[Executable, ...]:
    """Their memberships in the group, consents to trends, facilitator's roles anywhere, and steward's."""
    belonging = (Membership.person_id, Membership.began_at, Membership.ended_at)
    here = Membership.group_id == bindparam("group"), Membership.role == "participant"
    return (
        _of_members(*belonging).where(*here),
        _of_members(Consent.person_id, Consent.given_at, Consent.withdrawn_at).where(Consent.purpose == "trends"),
        _of_members(*belonging).where(Membership.role == "facilitator"),
        _of_members(Stewardship.person_id, Stewardship.since, Stewardship.until),
    )


def _of_members(
    person: InstrumentedAttribute[int],
    since: InstrumentedAttribute[datetime],
    until: InstrumentedAttribute[datetime | None],
) -> Select[int, datetime, datetime | None]:
    return select(person, since, until).where(person.in_(_members()))


def _spans(statement: Executable, asked: Mapping[str, object]) -> Mapping[int, list[Span]]:
    spans: dict[int, list[Span]] = defaultdict(list)
    for person, since, until in db.session.execute(statement, asked):
        spans[person].append((since, until))
    return spans


@cache
def _choices_of_members() -> Executable:
    return (
        select(Contribution.person_id, Contribution.from_atom, Contribution.group_id)
        .where(Contribution.person_id.in_(_members()))
        .order_by(Contribution.from_atom)
    )


def _choices(asked: Mapping[str, object]) -> Mapping[int, list[tuple[date, str | None]]]:
    choices: dict[int, list[tuple[date, str | None]]] = defaultdict(list)
    for person, since, group in db.session.execute(_choices_of_members(), asked):
        choices[person].append((since, None if group is None else str(group)))
    return choices


def _moods(people: Iterable[int], block: Block) -> Mapping[int, Mapping[date, list[int]]]:
    """Person -> local date -> moods of that date; imported entries never count."""
    rows = db.session.execute(
        select(Entry.person_id, Entry.local_date, Entry.mood).where(
            Entry.person_id.in_(list(people)),
            Entry.local_date >= block.start,
            Entry.local_date < block.end,
            Entry.imported.is_(False),
        )
    )
    moods: dict[int, dict[date, list[int]]] = defaultdict(lambda: defaultdict(list))
    for person, local_date, mood in rows:
        moods[person][local_date].append(mood)
    return moods


def _told(people: Iterable[int], group_id: int, block: Block) -> Mapping[int, list[Mapping[str, int]]]:
    """Person -> what they said of each workshop of this group that was held in the block and that they were at."""
    asked = {"people": list(people), "group": group_id, "first": block.start, "after": block.end}
    told: dict[int, list[Mapping[str, int]]] = defaultdict(list)
    for person, *answers in db.session.execute(_telling(), asked):
        told[person].append({name: given for name, given in zip(ANSWERS, answers, strict=True) if given is not None})
    return told


@cache
def _telling() -> Executable:
    return (
        select(Reflection.person_id, *(column.label(f"said_{name}") for name, column in ANSWERS.items()))
        .join(Workshop, Workshop.id == Reflection.workshop_id)
        .join(
            Attendance,
            (Attendance.workshop_id == Workshop.id) & (Attendance.person_id == Reflection.person_id),
        )
        .outerjoin(Cancellation, Cancellation.workshop_id == Workshop.id)
        .where(
            Reflection.person_id.in_(bindparam("people", expanding=True)),
            Workshop.group_id == bindparam("group"),
            Workshop.local_date >= bindparam("first"),
            Workshop.local_date < bindparam("after"),
            Cancellation.workshop_id.is_(None),
        )
    )
