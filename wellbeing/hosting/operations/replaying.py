"""What was taken back is taken back again, in a database that was put back.

One function for each kind of line, inside the caller's transaction; doing one twice is as if done once. A feature that
writes a new kind adds its function here: a test compares the kinds that are written with those that are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from sqlalchemy import and_, delete, or_, select, update

from wellbeing.accounts.operations.erasing import erase_rows
from wellbeing.db import db
from wellbeing.domain.crowds import next_atom
from wellbeing.hosting.operations import replaying_words as words
from wellbeing.models.calendar_feed import CalendarFeed
from wellbeing.models.consent import Consent
from wellbeing.models.flag import Flag
from wellbeing.models.group import Group
from wellbeing.models.invitation import Invitation
from wellbeing.models.membership import Contribution, Membership
from wellbeing.models.person import Person
from wellbeing.models.reinforced import Reinforced
from wellbeing.models.sign_in import SignIn
from wellbeing.models.workshop import Workshop
from wellbeing.withdrawals import Line

Replay = Callable[[Person, Line], None]


def account(person: Person, line: Line) -> None:
    erase_rows(person, line.at)


def consent(person: Person, line: Line) -> None:
    running = Consent.person_id == person.id, Consent.uid == line.uid, Consent.withdrawn_at.is_(None)
    db.session.execute(update(Consent).where(*running).values(withdrawn_at=line.at))


def sign_in(person: Person, line: Line) -> None:
    running = SignIn.person_id == person.id, SignIn.uid == line.uid, SignIn.revoked_at.is_(None)
    db.session.execute(update(SignIn).where(*running).values(revoked_at=line.at))


def phrase(person: Person, line: Line) -> None:
    """The newest seven words open, and none before them."""
    selector = line.more.get("selector")
    person.phrase_selector = bytes.fromhex(selector) if selector else None
    person.phrase_verifier = line.more.get("verifier") if selector else None
    db.session.flush()


def calendar(person: Person, line: Line) -> None:
    old = CalendarFeed.person_id == person.id, CalendarFeed.made_at <= line.at
    db.session.execute(delete(CalendarFeed).where(*old))


def contribution(person: Person, line: Line) -> None:
    """They no longer count for the group they had chosen, from the boundary they were told; a new choice is theirs."""
    db.session.merge(Contribution(person_id=person.id, from_atom=next_atom(line.at.date()), group_id=None))
    db.session.flush()


def row_of(name: str) -> Replay:
    """For what is one row of a table, with a uid of its own. A table that this release does not have holds nothing."""

    def gone(person: Person, line: Line) -> None:
        table = db.metadata.tables.get(name)
        if table is not None:
            db.session.execute(delete(table).where(table.c.person_id == person.id, table.c.uid == line.uid))

    return gone


def leave(line: Line) -> None:
    running = Membership.uid == line.uid, Membership.ended_at.is_(None)
    db.session.execute(update(Membership).where(*running).values(ended_at=line.at))


def invitation(line: Line) -> None:
    unused = Invitation.uid == line.uid, Invitation.used_at.is_(None), Invitation.revoked_at.is_(None)
    db.session.execute(update(Invitation).where(*unused).values(revoked_at=line.at))


def closed(line: Line) -> None:
    """A group that was closed stays so, and nobody is invited into its team."""
    group = select(Group.id).where(Group.uid == line.uid).scalar_subquery()
    db.session.execute(update(Group).where(Group.uid == line.uid, Group.closed_at.is_(None)).values(closed_at=line.at))
    unused = Invitation.group_id == group, Invitation.used_at.is_(None), Invitation.revoked_at.is_(None)
    db.session.execute(update(Invitation).where(*unused).values(revoked_at=line.at))


def join_code(line: Line) -> None:
    """The newest code opens the group, as its poster says, and none before it."""
    kept = {"join_code_hash": bytes.fromhex(line.more["hash"]), "join_code_box": bytes.fromhex(line.more["box"])}
    db.session.execute(update(Group).where(Group.uid == line.uid).values(kept))


def flag(line: Line) -> None:
    """A number that was called wrong holds up the figures of its group again; who said so is not known any more.

    If its workshop is not in the backup, what stays in doubt is the group.
    """
    group = db.session.scalar(select(Group.id).where(Group.uid == line.more["group"]))
    if group is None or db.session.scalar(select(Flag.id).where(Flag.uid == line.uid)) is not None:
        return
    workshop = db.session.scalar(select(Workshop.id).where(Workshop.uid == line.more["workshop"]))
    db.session.add(
        Flag(
            uid=line.uid,
            group_id=group,
            number="count" if workshop else "size",
            workshop_id=workshop,
            day=date.fromisoformat(line.more["day"]),
            shown=int(line.more["shown"]),
            raised_at=line.at,
        )
    )
    db.session.flush()


def settled(line: Line) -> None:
    """What a steward said first of a flag still holds: a number that was wrong is not called right afterwards."""
    still = Flag.uid == line.uid, Flag.settled_at.is_(None)
    db.session.execute(update(Flag).where(*still).values(settled_at=line.at, verdict=line.more["verdict"]))


def reinforced(line: Line) -> None:
    """The stricter mode was chosen then. That it was left again is no line: a restore never makes it easier."""
    since = or_(Reinforced.since == line.at, and_(Reinforced.since <= line.at, Reinforced.until.is_(None)))
    if db.session.scalar(select(Reinforced.id).where(since)) is None:
        db.session.add(Reinforced(since=line.at))
        db.session.flush()


# Of a person's own. Those of the first table name something that never comes back under the same uid: they are done
# again even if the backup was made after them.
FOR_EVER: dict[str, Replay] = {"account": account, "consent": consent, "sign_in": sign_in}
ONCE: dict[str, Replay] = {
    "phrase": phrase,
    "calendar": calendar,
    "contribution": contribution,
    "entry": words.entry,
    "note": words.note,
    "reflection": words.reflection,
    "keepsake": words.keepsake,
    "attendance": words.attendance,
    "checkup": row_of("check_up"),
    "passkey": row_of("passkey"),
    "push": row_of("push_subscription"),
    "book.intention": words.book,
    "book.worked": words.book,
    "book.adapt": words.book,
}
# Of a group, and not again what the backup has done: its box may since be under a newer master key.
OF_GROUPS: dict[str, Callable[[Line], None]] = {"join_code": join_code}
# Of a team, a group or the house: whose it is, the line does not say.
OF_TEAMS: dict[str, Callable[[Line], None]] = {
    "leave": leave,
    "invitation": invitation,
    "group": closed,
    "flag": flag,
    "settled": settled,
    "reinforced": reinforced,
}

KINDS = {*FOR_EVER, *ONCE, *OF_TEAMS, *OF_GROUPS}


def replay(lines: Iterable[Line], in_the_backup: Iterable[Line]) -> int:
    """Do again what these lines say, oldest first, but for what the backup has done already. Returns how many.

    Raises KeyError for a kind that this release does not know: a newer one wrote it, and must put the backup back.
    """
    done_already, count = set(in_the_backup), 0
    for line in lines:
        if line.kind not in KINDS:
            raise KeyError(line.kind)
        if line in done_already and line.kind not in FOR_EVER and line.kind not in OF_TEAMS:
            continue
        if of_circles := OF_TEAMS.get(line.kind) or OF_GROUPS.get(line.kind):
            of_circles(line)
        elif (person := _found(line.person)) is not None:
            (FOR_EVER.get(line.kind) or ONCE[line.kind])(person, line)
        count += 1
    return count


def erase_those_without(uids: set[str], now: datetime) -> None:
    """Whoever has no key in a newer file of keys was erased meanwhile, whatever the ledger can still tell."""
    for person in db.session.scalars(select(Person).where(Person.uid.not_in(uids))).all():
        erase_rows(person, now)


def _found(uid: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.uid == uid).execution_options(populate_existing=True))
