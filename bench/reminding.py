"""One worker that sends reminders until nobody is due; says as JSON what it took."""

from __future__ import annotations

import json
import time
from resource import RUSAGE_SELF, getrusage

from sqlalchemy import exists, select

from app import app
from wellbeing import clock
from wellbeing.db import db
from wellbeing.models.reminder import Reminder
from wellbeing.reminders.operations.sending import remind


def main() -> None:
    with app.app_context():
        now, began = clock.now(), time.perf_counter()
        while db.session.scalar(select(exists(select(Reminder.person_id).where(Reminder.next_at <= now)))):
            remind(now)
        took = {"seconds": time.perf_counter() - began, "cpu": time.process_time()}
    print(json.dumps({**took, "peak": getrusage(RUSAGE_SELF).ru_maxrss // 1024}))


if __name__ == "__main__":
    main()
