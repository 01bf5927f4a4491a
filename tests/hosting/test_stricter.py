"""What made trends stricter since the backup is stricter after it was put back, before anything may be frozen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cast import Cast
from tests.conftest import Clock
from tests.hosting.conftest import Command
from tests.journal.record import rows
from wellbeing.db import db
from wellbeing.domain.trends import MOOD, Block, action
from wellbeing.organisation import queries
from wellbeing.publishing.operations import _what_to_do, in_force, unfrozen
from wellbeing.withdrawals import NAME

FLAGS = "SELECT uid, number, workshop_id, day, shown, raised_at, settled_at, verdict FROM flag ORDER BY raised_at"


def flag(cast: Cast, name: str = "Ana") -> None:
    address = f"/groups/{cast.groups['Willow'].uid}/flags"
    assert cast.browser(name).post(address, data={"number": "size"}).status_code == 303


def settle(cast: Cast, verdict: str) -> None:
    uid = rows(cast.app, FLAGS)[-1].uid
    sent = cast.fresh("Sam").post(f"/organisation/flags/{uid}/settlement", data={"verdict": verdict})
    assert sent.status_code == 303, sent.text


def reinforce(cast: Cast, on: bool) -> None:
    sent = cast.fresh("Sam").post("/organisation/reinforced", data={"on": "1" if on else ""})
    assert sent.status_code == 303, sent.status_code


def put_back(command: Command, kept: Path) -> None:
    done = command("restore", kept)
    assert done.exit_code == 0, done.output


def coming(cast: Cast) -> tuple[int, Block]:
    """The next block of Willow that will be due."""
    with cast.app.app_context():
        later = cast.now.date().replace(month=5, day=10)
        return next((g, b) for g, item, b in unfrozen(later) if item == MOOD and g == cast.groups["Willow"].id)


def test_a_number_called_wrong_since_the_backup_still_holds_everything(
    place: Cast, command: Command, kept: Path, clock: Clock
) -> None:
    group, block = coming(place)
    assert command("backup", kept).exit_code == 0
    clock.set(f"{block.due}T06:00+00:00")
    flag(place)
    before = rows(place.app, FLAGS)
    put_back(command, kept)
    assert rows(place.app, FLAGS) == before
    assert rows(place.app, "SELECT 1 FROM flag_raiser") == [], "who said so is nowhere outside the database"
    with place.app.app_context():
        assert action(block, clock.now.date(), held=False) == "draw"
        assert _what_to_do(group, block, clock.now) == "wait"
        db.session.rollback()
    put_back(command, kept)
    assert rows(place.app, FLAGS) == before, "twice is once"


@pytest.mark.parametrize(("verdict", "what"), [("wrong", "none"), ("right", "draw")])
def test_what_a_steward_said_of_it_first_still_holds(
    place: Cast, command: Command, kept: Path, clock: Clock, verdict: str, what: str
) -> None:
    group, block = coming(place)
    assert command("backup", kept).exit_code == 0
    clock.set(f"{block.due}T06:00+00:00")
    flag(place)
    clock.advance(hours=1)
    settle(place, verdict)
    before = rows(place.app, FLAGS)
    put_back(command, kept)
    assert rows(place.app, FLAGS) == before
    assert before[0].verdict == verdict
    with place.app.app_context():
        assert _what_to_do(group, block, clock.now) == what
        db.session.rollback()


def test_a_stricter_mode_chosen_since_the_backup_is_in_force(
    place: Cast, command: Command, kept: Path, clock: Clock
) -> None:
    assert command("backup", kept).exit_code == 0
    reinforce(place, True)
    before = rows(place.app, "SELECT since, until FROM reinforced")
    _, block = coming(place)
    put_back(command, kept)
    assert rows(place.app, "SELECT since, until FROM reinforced") == before
    with place.app.app_context():
        assert in_force(MOOD, block).k == 10
        db.session.rollback()


def test_a_stricter_mode_that_was_left_since_the_backup_is_in_force_until_it_is_left_again(
    place: Cast, command: Command, kept: Path, clock: Clock
) -> None:
    reinforce(place, True)
    clock.advance(hours=1)
    assert command("backup", kept).exit_code == 0
    reinforce(place, False)
    put_back(command, kept)
    with place.app.app_context():
        assert queries.reinforced()
        db.session.rollback()
    reinforce(place, False)
    clock.advance(hours=1)
    later = kept.with_name("later")
    assert command("backup", later).exit_code == 0
    put_back(command, later)
    with place.app.app_context():
        assert not queries.reinforced(), "the backup knew that it was left"
        db.session.rollback()


def test_the_ledger_says_neither_who_nor_what_group_by_its_name(place: Cast, command: Command, kept: Path) -> None:
    flag(place)
    reinforce(place, True)
    told = (place.app.config["LE_FIL"].instance / NAME).read_text(encoding="utf-8")
    assert '"kind": "flag"' in told
    assert '"kind": "reinforced"' in told
    with place.app.app_context():
        uids = [place.person(name).uid for name in ("Ana", "Sam")]
        db.session.rollback()
    assert not [secret for secret in (*uids, place.groups["Willow"].name) if secret in told]
