"""Freezing as the worker does it, which says every row as soon as others may see it: run as a program, to be looked at.

    python -m tests.faults.freezing <instance folder> <settings, as JSON> <instant> [careless]

`careless` does not wait for the disk after a line of the ledger; it is how F23 is shown to be able to fail.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path

from sqlalchemy import event, text

from tests.databases import built, close, settings
from wellbeing import worker
from wellbeing.db import db

PATHS = ("secrets_path", "assets_built")
ROWS = "SELECT group_id, item, start, days, state, level, band, mechanism FROM release ORDER BY group_id, item, start"


def main(instance: str, chosen: str, instant: str, careless: str = "") -> None:
    if careless:
        os.fsync = lambda _: None
    paths = {name: Path(value) if name in PATHS else value for name, value in json.loads(chosen).items()}
    app = built(settings(Path(instance), **paths))
    with app.app_context():
        event.listen(db.session, "after_commit", lambda _: say())
        worker.freeze(datetime.fromisoformat(instant))
    close(app)


def say() -> None:
    """Written to a pipe: the moment at which somebody may have seen them."""
    with db.engine.connect() as connection:
        rows = [list(row) for row in connection.execute(text(ROWS))]
    os.write(1, json.dumps(rows).encode() + b"\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
