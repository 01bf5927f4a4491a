"""Over which days a figure is made, and who counts in it (docs/privacy.md, *What a facilitator learns*).

Dates are local dates; instants are UTC. Nothing moves a boundary: not a setting, not a group, not a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from wellbeing.domain.figures import ATOM, ITEMS, LONG, Item

EPOCH = date(2024, 1, 1)  # a Monday; every block of every group is aligned on it
GRACE, LATEST, YOUNG = 3, 7, 84  # days
KEPT_MONTHS = 24  # a figure and its line in the ledger, after the end of their block, unless a steward says otherwise


def next_atom(on: date) -> date:
    """The first 14-day boundary after this UTC date: from when a person's choice of group holds."""
    return EPOCH + timedelta(((on - EPOCH).days // ATOM + 1) * ATOM)


# --- blocks -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, order=True)
class Block:
    """A stretch of days with the same boundaries for every group of every installation."""

    start: date
    days: int

    @property
    def end(self) -> date:
        """The day after its last one."""
        return self.start + timedelta(self.days)

    @property
    def due(self) -> date:
        """The first day on which it may be frozen."""
        return self.end + timedelta(GRACE)

    @property
    def last(self) -> date:
        """The last day on which it may be frozen."""
        return self.due + timedelta(LATEST)

    def forgotten(self, months: int = KEPT_MONTHS) -> date:
        """The day from which what was published of it is kept no longer, listed no longer and never made again."""
        years, month = divmod(self.end.month - 1 + months, 12)
        try:
            return self.end.replace(year=self.end.year + years, month=month + 1)
        except ValueError:  # 31 April, 29 February: the day after the last of that month
            return date(self.end.year + years + (month == 11), (month + 1) % 12 + 1, 1)

    @property
    def opens(self) -> datetime:
        """The instant before which a membership and a consent must have begun."""
        return datetime.combine(self.start, time(), UTC)

    def atoms(self) -> list[date]:
        """The 14-day boundaries inside it, its own start first."""
        return [self.start + timedelta(i) for i in range(0, self.days, ATOM)]


def blocks(item: Item, created_on: date, today: date) -> Iterator[Block]:
    """Blocks of a group that are due, oldest first, forgotten ones included. Depends on nothing but these three."""
    step = LONG if item.name == "mood" else item.days
    start = EPOCH + timedelta((created_on - EPOCH).days // step * step)
    while start <= today:
        if item.name == "mood" and start < created_on + timedelta(YOUNG):
            found = [Block(start, ATOM), Block(start + timedelta(ATOM), ATOM)]
        else:
            found = [Block(start, step)]
        yield from (b for b in found if b.start > created_on and b.due <= today)
        start += timedelta(step)


def kept_blocks(
    items: Iterable[Item], created_on: date, until: date, today: date, months: int
) -> dict[int, list[Block]]:
    """Those due until a day and not forgotten today, by the length of an item: items of one length have the same."""
    lengths = {item.days: item for item in items}
    return {
        days: [block for block in blocks(item, created_on, until) if block.forgotten(months) > today]
        for days, item in lengths.items()
    }


def next_due(created_on: date, today: date) -> date:
    """The first day after today on which a block of a group becomes due, of whatever item.

    A worker whose clock is behind may meet a group that is not made yet.
    """
    ahead = max(today, created_on) + timedelta(2 * LONG + GRACE)
    return min(b.due for item in ITEMS for b in blocks(item, created_on, ahead) if b.due > today)


def action(block: Block, today: date, held: bool) -> str:
    """wait | draw | none, for a block that has no row and no ledger line."""
    if today < block.due:
        return "wait"
    if today > block.last:
        return "none"
    return "wait" if held else "draw"


# --- who counts -------------------------------------------------------------------------------------------------------
Span = tuple[datetime, datetime | None]  # from, to (None = still running)


@dataclass(frozen=True)
class Standing:
    """One person's rows that decide whether they count. `choice` ascends."""

    member: Sequence[Span]  # memberships of this group, role participant
    consent: Sequence[Span]  # spans of the consent "trends"
    powers: Sequence[Span]  # any facilitator or steward role, of any group
    choice: Sequence[tuple[date, str | None]]  # from which atom, which group; ascending


def chosen(choice: Sequence[tuple[date, str | None]], atom: date) -> str | None:
    """The group a person contributes to from a 14-day boundary on."""
    group = None
    for since, g in choice:
        if since <= atom:
            group = g
    return group


def counts(s: Standing, group: str, block: Block, now: datetime) -> bool:
    """Whether a person counts for a group and a block frozen at `now` (docs/privacy.md, *Who counts*)."""

    def unbroken(spans: Sequence[Span]) -> bool:
        return any(a < block.opens and (z is None or z > now) for a, z in spans)

    return (
        unbroken(s.member)
        and unbroken(s.consent)
        and not any(a < now and (z is None or z > block.opens) for a, z in s.powers)
        and all(chosen(s.choice, atom) == group for atom in block.atoms())
    )
