"""What happens by itself: blocks are frozen, reminders leave, and what nobody needs any more is let go. Nothing here
happens on a page.

One pass is `tick`; `work_for_ever` makes one each minute until it is asked to stop. Several workers at once harm
nothing; one is enough.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Protocol

from flask import Flask, current_app

from wellbeing import checking, clock, withdrawals
from wellbeing.accounts.operations.erasing import erase_the_absent
from wellbeing.domain.trends import RandBelow
from wellbeing.gentle.operations import give_everyone_one
from wellbeing.keeping.operations import let_go, let_go_of_check_ups
from wellbeing.keyring.current import current_keyring
from wellbeing.publishing import operations as publishing
from wellbeing.publishing.forgetting import forget
from wellbeing.publishing.ledger import NAME, LedgerUnwritable
from wellbeing.reminders.operations.sending import remind
from wellbeing.web import logs, restoring

WITHDRAWALS = timedelta(days=396)  # thirteen months
PATIENCE = 0.5  # seconds between two looks at a database that is not ready


class Publisher(Protocol):
    """Freezes what is due; `publishing.operations.freeze` is the only one there is outside the tests."""

    def __call__(self, *, now: datetime, randbelow: RandBelow, ledger_path: Path) -> None: ...


def init_app(app: Flask, publisher: Publisher | None = None) -> None:
    """Raises RuntimeError for another publisher than ours unless the application is being tested."""
    if publisher is not None and not app.config["LE_FIL"].testing:
        raise RuntimeError("only a test may hand another publisher")
    app.extensions["publisher"] = publisher or publishing.freeze


def tick(now: datetime) -> bool:
    """Do once all that is due, inside an application context. Returns whether everything could be done.

    What fails is logged by its type and place and does not stop the rest; the next pass tries it again.
    """
    parts = (
        freeze,
        remind,
        let_go,
        let_go_of_check_ups,
        _erase_the_absent,
        _give_everyone_a_silence,
        _forget_withdrawals,
    )
    done = [_done(part, now) for part in parts]
    return all(done)


def freeze(now: datetime) -> None:
    """Let the publisher of this application freeze what is due; and let go of what was published long ago."""
    ledger: Path = current_app.config["LE_FIL"].promises / NAME
    publish: Publisher = current_app.extensions["publisher"]
    publish(now=now, randbelow=current_app.config["RANDBELOW"], ledger_path=ledger)
    forget(now.date(), ledger)


def _erase_the_absent(now: datetime) -> None:
    if erased := erase_the_absent(now, current_app.config["LE_FIL"].retention_months):
        logs.write("erased_by_retention", accounts=erased)


def _forget_withdrawals(now: datetime) -> None:
    """Thirteen months, and never less than a backup may be old: until then a restored one needs them."""
    config = current_app.config["LE_FIL"]
    kept = max(WITHDRAWALS, timedelta(days=config.backup_days))
    withdrawals.forget(config.promises / withdrawals.NAME, now - kept)


def _give_everyone_a_silence(_: datetime) -> None:
    give_everyone_one(current_keyring())


def work_for_ever(app: Flask, stop: Event | None = None) -> None:
    """Make a pass as soon as the database is up to date, and at each full minute, until SIGTERM, SIGINT or `stop`.

    A pass that has begun is finished. The web server, started at the same time, may still be bringing the tables up
    to date: a pass on yesterday's would fail.
    """
    stop = stop or Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    with app.app_context():
        while not stop.is_set() and any(checking.of_database()):
            stop.wait(PATIENCE)
    while not stop.is_set():
        now = clock.now()
        with app.app_context():
            if not restoring.closed(app.config["LE_FIL"]):
                tick(now)
        stop.wait(60 - now.second)


def _done(part: Callable[[datetime], None], now: datetime) -> bool:
    try:
        part(now)
    except LedgerUnwritable:
        logs.write("ledger_unwritable")
    except ExceptionGroup as failures:
        for failure in failures.exceptions:
            logs.failure(failure)
    except Exception as failure:  # noqa: BLE001 - whatever it is, the worker goes on
        logs.failure(failure)
    else:
        return True
    return False
