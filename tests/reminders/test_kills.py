"""Workers are killed while they send, four at a time: nobody is told twice, and each kill loses one message at most."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

from sqlalchemy import func, select

from tests.cast import Cast
from tests.clock import Clock
from tests.reminders.conftest import Told
from tests.reminders.push_service import PushService
from wellbeing import worker
from wellbeing.config import ROOT
from wellbeing.db import db
from wellbeing.models.reminder import Sent

PEOPLE = 30


def test_nobody_is_told_twice_and_a_kill_loses_one_message_at_most(
    cast: Cast, told: Told, clock: Clock, service: PushService, database: str
) -> None:
    receivers = []
    for n in range(PEOPLE):
        cast.takes_part(f"Somebody {n}", "Oak")
        receivers.append(told(f"Somebody {n}"))
    now, config = clock.set("2026-03-12T18:00+01:00"), cast.app.config["LE_FIL"]
    where = [database, str(config.instance), now.isoformat(), "15", service.origin, str(config.secrets_path)]
    killing = [sys.executable, "-m", "tests.reminders.kills", *where]
    done = subprocess.run(killing, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    killed = int(done.stdout.splitlines()[-1])
    assert killed >= 5
    with cast.app.app_context():
        worker.remind(now)
        assert db.session.scalar(select(func.count()).where(Sent.on_day == date(2026, 3, 12))) == PEOPLE
    got = [len(receiver.got) for receiver in receivers]
    assert set(got) <= {0, 1}
    assert got.count(0) <= killed
    clock.advance(minutes=30)
    with cast.app.app_context():
        worker.remind(clock.now)
    assert [len(receiver.got) for receiver in receivers] == got
