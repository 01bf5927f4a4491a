"""An import killed at a random step, again and again, until it has lived through one: run as a program.

    python -m tests.portability.kills <database> <instance folder> <secrets> <id of a person> <file> <instant> <seed>

It forks processes that do the real thing and die by SIGKILL at the nth call that Python makes once the rows are being
written, wherever that is. Prints after each how many moods the journal holds.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from datetime import datetime
from pathlib import Path
from types import FrameType

from flask import Flask

from tests.conftest import settings
from wellbeing import create_app
from wellbeing.db import db
from wellbeing.models.entry import Entry
from wellbeing.models.person import Person
from wellbeing.portability.operations.moods import bring_in
from wellbeing.portability.reading.files import read


def import_until_killed(app: Flask, person_id: int, content: bytes, now: datetime, steps: int) -> None:
    left = steps

    def count(frame: FrameType, *_: object) -> None:
        nonlocal left
        left -= left < steps or frame.f_code.co_name == "_write"
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    with app.app_context():
        held = read(content, "Europe/Paris", "fr", now)
        person = db.session.get_one(Person, person_id)
        sys.setprofile(count)
        bring_in(person, held.entries, app.config["KEYRING"], now)
        sys.setprofile(None)


def main(address: str, instance: str, secrets: str, person_id: str, file: str, instant: str, seed: str) -> int:
    app = create_app(settings(Path(instance), database_url=address, secrets_path=Path(secrets)))
    now, chance, content = datetime.fromisoformat(instant), random.Random(seed), Path(file).read_bytes()
    highest = [200, 2_000, 20_000, 100_000, 300_000]
    for most in highest:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                import_until_killed(app, int(person_id), content, now, chance.randrange(most // 2, most))
                code = 0
            finally:
                os._exit(code)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if ended not in (0, -signal.SIGKILL):
            return 1
        with app.app_context():
            sys.stdout.write(f"{ended} {db.session.query(Entry).count()}\n")
            db.engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
