"""What a million notes of other people cost whoever opens a page: two installations, asked in turns."""

from __future__ import annotations

from bench.growth import rows_of
from bench.installation import NOW, Installation
from bench.multitude import NOBODY, multiply, sent
from bench.servers import product
from bench.tables import table
from wellbeing.db import db, transaction
from wellbeing.models.entry import Entry

FEW, MANY = 1_000, 1_000_000
EACH = 100  # notes of one of the others
OF_ANA = ("/", "/streak", "/journal", "/insights", "/workshops")
OF_SAM = ("/organisation",)


def measure(installation: Installation, rounds: int) -> None:
    """Print the table of pages."""
    few, many = Installation(installation.place / "few"), Installation(installation.place / "many")
    cookies = [(each.person("Ana", days=10), each.steward()) for each in (few, many)]
    for each, notes in ((few, FEW), (many, MANY)):
        _crowd(each, notes)
    with product(few) as here, product(many) as there:
        rows = [
            row
            for who, pages in enumerate((OF_ANA, OF_SAM))
            for row in rows_of(
                (here, cookies[0][who]), (there, cookies[1][who]), {page: (page, page) for page in pages}, rounds
            )
        ]
    heads = ("", f"{FEW:,} notes, ms", "÷, median", "lowest–highest")
    table(f"CPU a request among {MANY:,} notes of others, divided by {FEW:,}, {rounds} rounds", heads, rows)


def _crowd(installation: Installation, notes: int) -> None:
    """So many notes, one a day, of people who take part in the same group."""
    people = notes // EACH
    with installation.app.app_context():
        with transaction():
            multiply("person", people, **{"uid": "'p' || i", **NOBODY})
            sent(
                "INSERT INTO membership (uid, person_id, group_id, role, began_at) SELECT 'm' || id, id, 1, "
                "'participant', '2025-01-01 00:00:00.000000' FROM person WHERE uid LIKE 'p%'"
            )
            columns = [column.name for column in Entry.__table__.columns if column.name not in ("id", "person_id")]
            chosen = {
                "uid": "'e' || p.id || '-' || n.i",
                "local_date": "date(:today, '-' || n.i || ' days')",
                "felt_at": "datetime(:today, '-' || n.i || ' days') || '.000000'",
            }
            values = ", ".join(chosen.get(name, f"one.{name}") for name in columns)
            sent(
                f"INSERT INTO entry (person_id, {', '.join(columns)}) "
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :each) "
                f"SELECT p.id, {values} FROM n, person p, (SELECT * FROM entry ORDER BY id LIMIT 1) one "
                "WHERE p.uid LIKE 'p%'",
                each=EACH,
                today=str(NOW.date()),
            )
        db.session.commit()
