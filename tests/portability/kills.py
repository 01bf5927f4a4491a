"""An import killed at a random step, again and again, until it has lived through one: run as a program.

    python -m tests.portability.kills <database> <instance folder> <secrets> <id of a person> <file> <instant> <seed>

It forks processes that do the real thing and die by SIGKILL at the nth call that Python makes once the rows are being
written, wherever that is. Prints after each how many moods the journal holds.
"""

from __future__ import annotations

import random
import sys
from datetime import datetime
from functools import partial
from pathlib import Path

from flask import Flask

from tests.conftest import settings
from tests.kills import KILLED, end_of, forked
from wellbeing import create_app
from wellbeing.db import db
from wellbeing.models.entry import Entry
from wellbeing.models.person import Person
from wellbeing.portability.operations.moods import bring_in
from wellbeing.portability.reading.files import read


def bring(app: Flask, person_id: int, content: bytes, now: datetime) -> None:
    with app.app_context():
        held = read(content, "Europe/Paris", "fr", now)
        person = db.session.get_one(Person, person_id)
        bring_in(person, held.entries, app.config["KEYRING"], now)


def main(address: str, instance: str, secrets: str, person_id: str, file: str, instant: str, seed: str) -> int:
    app = create_app(settings(Path(instance), database_url=address, secrets_path=Path(secrets)))
    now, chance, content = datetime.fromisoformat(instant), random.Random(seed), Path(file).read_bytes()
    highest = [200, 2_000, 20_000, 100_000, 300_000]
    for most in highest:
        work = partial(bring, app, int(person_id), content, now)
        ended = end_of(forked(work, chance.randrange(most // 2, most), "_write"))
        if ended not in (0, KILLED):
            return 1
        with app.app_context():
            sys.stdout.write(f"{ended} {db.session.query(Entry).count()}\n")
            db.engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
