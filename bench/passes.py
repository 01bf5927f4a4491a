"""What the worker's pass costs over 100 000 people and 5 000 groups with two years of figures: with nothing due, and
on a day when a block of every group is.

The crowd is multiplied from one person and one group inside the database; no one of it can sign in.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from sqlalchemy import text

from bench.installation import NOW, Installation
from bench.multitude import NOBODY, count, multiply, sent
from bench.tables import spread, table
from wellbeing import worker
from wellbeing.db import db, transaction
from wellbeing.domain.trends import ITEMS, blocks, next_due
from wellbeing.publishing.ledger import NAME
from wellbeing.publishing.lines import Line, written

PEOPLE, GROUPS = 100_000, 5_000
CREATED = date(2024, 11, 4)


def measure(installation: Installation, rounds: int) -> None:
    """Print seconds and memory of passes, in an installation of its own."""
    installation = Installation(installation.place / "passes")
    with installation.app.app_context():
        began = time.perf_counter()
        _fill(installation)
        filled = time.perf_counter() - began
        first = _took(lambda: worker.tick(NOW))
        before = _peak()
        idle = [_took(lambda: worker.tick(NOW)) for _ in range(rounds)]
        after = _peak()
        due = datetime.combine(next_due(CREATED, NOW.date()), datetime.min.time(), UTC)
        frozen = count("release")
        freezing = _took(lambda: worker.freeze(due))
        frozen = count("release") - frozen
    heads = ("", "seconds", "lowest–highest", "CPU")
    rows = [
        ("the first pass ever", f"{first[0]:.2f}", "", f"{first[1]:.2f}"),
        ("nothing due", *spread([seconds for seconds, _ in idle], 3), f"{min(cpu for _, cpu in idle):.3f}"),
        (f"freezing, {frozen:,} figures of {GROUPS:,} groups", f"{freezing[0]:.1f}", "", f"{freezing[1]:.1f}"),
    ]
    table(f"The worker, {PEOPLE:,} people and {GROUPS:,} groups (filled in {filled:.0f} s)", heads, rows)
    print(f"\n  memory at its highest: {before} MiB before {rounds} passes with nothing due, {after} after")


def _fill(installation: Installation) -> None:
    today = NOW.date()
    group = {"uid": "'g' || i", "join_code_hash": "CAST('g' || i AS BLOB)", "created_on": f"'{CREATED}'"}
    cells = [(item, block) for item in ITEMS for block in blocks(item, CREATED, today) if block.forgotten() > today]
    with transaction():
        multiply("group", GROUPS, **group)
        multiply("person", PEOPLE, **{"uid": "'p' || i", "last_seen_day": f"'{today}'", **NOBODY})
        sent("INSERT INTO silence (person_id, until) SELECT id, x'00' FROM person WHERE uid LIKE 'p%'")
        sent(
            "INSERT INTO membership (uid, person_id, group_id, role, began_at) SELECT 'm' || p.id, p.id, g.id, "
            "'participant', '2025-01-01 00:00:00.000000' FROM person p "
            "JOIN \"group\" g ON g.uid = 'g' || (p.id % :groups + 1) WHERE p.uid LIKE 'p%'",
            groups=GROUPS,
        )
        sent(
            "INSERT INTO consent (uid, person_id, purpose, text_hash, locale, given_at, given_in) SELECT 't' || id, "
            "id, 'trends', '', 'fr', '2025-01-01 00:00:00.000000', 'join' FROM person WHERE uid LIKE 'p%'"
        )
        sent(
            "INSERT INTO contribution (person_id, from_atom, group_id) "
            "SELECT person_id, '2025-01-13', group_id FROM membership WHERE uid LIKE 'm%'"
        )
        sent(
            "INSERT INTO reminder (person_id, hour, days, workshops, keepsake, news, next_at, unanswered) "
            "SELECT id, 18, '1234567', 1, 1, 1, '2027-01-01 00:00:00.000000', 0 FROM person WHERE uid LIKE 'p%'"
        )
        for item, block in cells:
            sent(
                "INSERT INTO release (group_id, item, start, days, state, mechanism) "
                "SELECT id, :item, :start, :days, 'none', '1/k5/e2' FROM \"group\" WHERE uid LIKE 'g%'",
                item=item.name, start=block.start.isoformat(), days=block.days,
            )  # fmt: skip
        groups = list(db.session.scalars(text('SELECT id FROM "group" WHERE created_on = :on'), {"on": str(CREATED)}))
    with (installation.place / NAME).open("ab") as ledger:
        for item, block in sorted(cells, key=lambda cell: cell[1].end):
            line = written(Line(0, item.name, block.start, block.days, "none", None, None, "1/k5/e2"))
            ledger.writelines(line.replace(b'"group_id": 0', f'"group_id": {one}'.encode(), 1) for one in groups)
    db.session.commit()


def _took(done: Callable[[], object]) -> tuple[float, float]:
    """Seconds, and those of the processor."""
    began, cpu = time.perf_counter(), time.process_time()
    done()
    return time.perf_counter() - began, time.process_time() - cpu


def _peak() -> int:
    """The most memory that this process has ever held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
