"""What a person noted, for nobody but that person: every query begins with whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, literal, select
from sqlalchemy.orm import aliased

from wellbeing.db import columns, db
from wellbeing.keyring import Keyring, Unreadable
from wellbeing.models.consent import Consent
from wellbeing.models.entry import Entry, EntryEmotion, hangs_on_entry
from wellbeing.models.note import Note
from wellbeing.models.operation import EntityState, Operation
from wellbeing.models.person import Person
from wellbeing.vault.people import data_key_of


@dataclass(frozen=True)
class Noted:
    """One entry as its page shows it. `felt_at` is on the clock of the place where it was felt."""

    uid: str
    mood: int
    energy: int | None
    calm: int | None
    felt_at: datetime
    local_date: date
    in_time: bool
    emotions: tuple[str, ...]
    box: bytes | None = field(repr=False)
    version: int = 0  # which a phone says it has seen when it changes the entry


@dataclass(frozen=True)
class Today:
    """The entries of a date; whether the person agrees to have a journal, and whether there are entries of others."""

    noted: list[Noted]
    agrees: bool
    on_others: bool


def may_note(person: Person) -> bool:
    """Whether the person agrees, now, to have a journal here."""
    return columns(_AGREED, {"person": person.id}).first() is not None


def noted(person: Person, uid: str) -> Noted | None:
    """The person's entry of that uid. Another person's, a deleted one and one that never was are all None."""
    if not uid.isalnum():  # it may come from a query, where anything can stand
        return None
    return next(iter(_noted(_OF_UID, person=person.id, uid=uid)), None)


def noted_on(person: Person, day: date) -> list[Noted]:
    """The entries of one local date, in the order they were felt."""
    return _noted(_OF_DAY, person=person.id, day=day)


def for_today(person: Person, day: date) -> Today:
    """What Today opens with, in one statement."""
    rows = columns(_TODAY, {"person": person.id, "day": day}).all()
    noted = _entries(row for row in rows if row.uid is not None)
    return Today(noted, any(row.agrees for row in rows), any(row.on_others for row in rows))


def noted_among(person: Person, uids: Sequence[str]) -> list[Noted]:
    """The person's entries of these uids, in their order; whatever is no entry of theirs is left out."""
    if not uids:
        return []
    found = {entry.uid: entry for entry in _noted(_AMONG, person=person.id, uids=list(uids))}
    return [found[uid] for uid in uids if uid in found]


def notes_of(person: Person, entries: Iterable[Noted], keyring: Keyring) -> dict[str, str | None]:
    """The words of these entries by uid; None for words that cannot be read. Entries without words are left out."""
    boxes = {entry.uid: entry.box for entry in entries if entry.box is not None}
    if not boxes:
        return {}
    try:
        key = data_key_of(keyring, person)
    except Unreadable:
        return dict.fromkeys(boxes)

    def read(uid: str, box: bytes) -> str | None:
        try:
            return key.decrypted("note.text", uid, box)
        except Unreadable:
            return None

    return {uid: read(uid, box) for uid, box in boxes.items()}


def moods_between(person: Person, first: date, last: date) -> dict[date, list[int]]:
    """The moods of each local date that has any, both ends included, in the order they were felt."""
    rows = db.session.execute(
        select(Entry.local_date, Entry.mood)
        .where(Entry.person_id == person.id, Entry.local_date.between(first, last))
        .order_by(Entry.local_date, Entry.felt_at, Entry.id)
    )
    moods: dict[date, list[int]] = {}
    for day, mood in rows:
        moods.setdefault(day, []).append(mood)
    return moods


def kind_of(person: Person, op_id: str) -> str | None:
    """What this person once asked for under this op_id, if anything: a stranger's op_id is nobody's."""
    return db.session.scalar(select(Operation.kind).where(Operation.person_id == person.id, Operation.op_id == op_id))


def was_deleted(person: Person, uid: str) -> bool:
    """Whether the person deleted an entry of that uid."""
    told = select(Operation.op_id).where(
        Operation.person_id == person.id, Operation.entity == f"entry:{uid}", Operation.kind == "entry.delete"
    )
    return db.session.scalar(told.limit(1)) is not None


# Built once: to build a statement costs more than to ask it.
_COLUMNS = (
    Entry.id,
    Entry.uid,
    Entry.mood,
    Entry.energy,
    Entry.calm,
    Entry.felt_at,
    Entry.offset_minutes,
    Entry.local_date,
    Entry.in_time,
    Note.text,
    EntryEmotion.emotion,
    EntryEmotion.position,
    EntityState.version,
)
_STATE_OF_ENTRY = and_(
    EntityState.person_id == Entry.person_id, EntityState.entity == literal("entry:").concat(Entry.uid)
)


def _whole(chosen: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """With what lies beside each entry: its words, its emotions, where it stands. In no order: SQLite, asked for one,
    reads all that the person ever felt, since an index has that in its order.
    """
    return (
        chosen.outerjoin(Note, hangs_on_entry(Note))
        .outerjoin(EntryEmotion, hangs_on_entry(EntryEmotion))
        .outerjoin(EntityState, _STATE_OF_ENTRY)
    )


_OTHER = aliased(Entry)
_RUNNING = and_(Consent.person_id == bindparam("person"), Consent.purpose == "journal", Consent.withdrawn_at.is_(None))
_ON_OTHER_DATES = and_(_OTHER.person_id == bindparam("person"), _OTHER.local_date != bindparam("day"))
_AGREED = select(Consent.id).where(_RUNNING).limit(1)
_MINE = _whole(select(*_COLUMNS).where(Entry.person_id == bindparam("person")))
_TODAY = _whole(
    select(exists().where(_RUNNING).label("agrees"), exists().where(_ON_OTHER_DATES).label("on_others"), *_COLUMNS)
    .select_from(Person)
    .outerjoin(Entry, and_(Entry.person_id == Person.id, Entry.local_date == bindparam("day")))
    .where(Person.id == bindparam("person"))
)
_OF_UID = _MINE.where(Entry.uid == bindparam("uid"))
_OF_DAY = _MINE.where(Entry.local_date == bindparam("day"))
_AMONG = _MINE.where(Entry.uid.in_(bindparam("uids", expanding=True)))


def _noted(chosen: Select[*tuple[Any, ...]], **asked: object) -> list[Noted]:
    return _entries(columns(chosen, asked))


def _entries(rows: Iterable[Any]) -> list[Noted]:
    """In the order they were felt, the words of each in the order they were chosen."""
    entries: dict[str, list[Any]] = {}
    for row in sorted(rows, key=lambda row: (row.felt_at, row.id, row.position or 0)):
        entries.setdefault(row.uid, []).append(row)
    return [_one(parts) for parts in entries.values()]


def _one(rows: Sequence[Any]) -> Noted:
    """An entry from its rows, one for each of its words."""
    row = rows[0]
    return Noted(
        uid=row.uid,
        mood=row.mood,
        energy=row.energy,
        calm=row.calm,
        felt_at=row.felt_at.astimezone(timezone(timedelta(minutes=row.offset_minutes))),
        local_date=row.local_date,
        in_time=row.in_time,
        emotions=tuple(part.emotion for part in rows if part.emotion is not None),
        box=row.text,
        version=row.version or 0,
    )
