"""A column is filled while people write: whoever holds a row waits for nobody, and is passed over."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from tests.cast import Cast
from tests.journal.record import rows, years_of_notes
from wellbeing.db import db, transaction
from wellbeing.migrations.online import PORTION, fill


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)  # on SQLite whoever writes is alone
def test_a_row_that_somebody_holds_is_passed_over_and_all_others_are_filled(cast: Cast) -> None:
    many = PORTION * 2 + 100
    years_of_notes(cast, "Ana", many, str)
    ids = [one.entry_id for one in rows(cast.app, "SELECT entry_id FROM note ORDER BY entry_id")]
    held, gone = ids[PORTION + 20], ids[PORTION - 1]
    with cast.app.app_context(), transaction():
        db.session.execute(sa.text("ALTER TABLE note DROP CONSTRAINT note_primary, ALTER person_id DROP NOT NULL"))
        db.session.execute(sa.text("UPDATE note SET person_id = NULL"))
        db.session.execute(sa.text("DELETE FROM note WHERE entry_id = :gone"), {"gone": gone})
    with cast.app.app_context(), db.engine.connect() as somebody, db.engine.connect() as connection:
        somebody.execute(sa.text("SELECT text FROM note WHERE entry_id = :held FOR UPDATE"), {"held": held})
        connection.exec_driver_sql("SET lock_timeout = '1s'")
        connection.commit()
        context = MigrationContext.configure(connection)
        with context.begin_transaction(), Operations.context(context):
            fill("note", "person_id", "entry_id", "entry")
        somebody.rollback()
        connection.invalidate()
    left = rows(cast.app, "SELECT entry_id FROM note WHERE person_id IS NULL")
    assert [one.entry_id for one in left] == [held]
    right = rows(
        cast.app, "SELECT 1 FROM note JOIN entry ON entry.id = entry_id WHERE note.person_id = entry.person_id"
    )
    assert len(right) == many - 2
