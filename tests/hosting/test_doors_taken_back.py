"""What closed a group to somebody stays closed after a backup of before is put back: a code renewed, a part ended."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cast import Cast
from tests.hosting.conftest import Command
from tests.journal.record import rows


def code_on_the_poster(place: Cast) -> str:
    page = place.browser("Fay").get(f"/groups/{place.groups['Willow'].uid}/poster").text
    return re.findall(r'data-join-code="([^"]+)"', page)[0]


def renewed(place: Cast) -> str:
    old = code_on_the_poster(place)
    answer = place.fresh("Fay").post(f"/groups/{place.groups['Willow'].uid}/code", data={"instead_of": old})
    assert answer.status_code == 303
    return code_on_the_poster(place)


def opens(place: Cast, code: str) -> bool:
    return "Willow" in place.stranger().get(f"/join?code={code}").text


def test_a_code_that_was_renewed_since_opens_nothing_and_the_new_poster_still_does(
    place: Cast, command: Command, kept: Path
) -> None:
    old = code_on_the_poster(place)
    assert opens(place, old)
    assert command("backup", kept).exit_code == 0
    between = renewed(place)
    newest = renewed(place)
    assert len({old, between, newest}) == 3
    done = command("restore", kept)
    assert done.exit_code == 0, done.output
    assert [opens(place, code) for code in (old, between, newest)] == [False, False, True]
    assert code_on_the_poster(place) == newest


def test_a_renewal_that_the_backup_holds_is_not_done_again_under_an_older_key(
    place: Cast, command: Command, kept: Path
) -> None:
    newest = renewed(place)
    ledger = place.app.config["LE_FIL"].instance / "withdrawals.jsonl"
    before = re.findall(r'"box": "([0-9a-f]+)"', ledger.read_text("utf-8"))
    assert command("rotate-keys").exit_code == 0
    assert command("backup", kept).exit_code == 0
    assert command("restore", kept).exit_code == 0
    uid = place.groups["Willow"].uid
    boxes = [
        bytes(row.join_code_box).hex()
        for row in rows(place.app, 'SELECT join_code_box FROM "group" WHERE uid = :u', u=uid)
    ]
    assert before
    assert boxes != before
    assert newest


def test_who_left_a_group_since_is_not_in_it_again(place: Cast, command: Command, kept: Path) -> None:
    assert command("backup", kept).exit_code == 0
    address = f"/groups/{place.groups['Willow'].uid}"
    assert place.browser("Ana").post(f"{address}/membership/end").status_code == 303
    assert place.browser("Ana").get(address).status_code == 404
    assert command("restore", kept).exit_code == 0
    assert place.browser("Ana").get(address).status_code == 404
    assert place.browser("Ben").get(address).status_code == 200


def test_a_group_that_was_closed_since_stays_closed(place: Cast, command: Command, kept: Path) -> None:
    assert command("backup", kept).exit_code == 0
    willow, code = place.groups["Willow"].uid, code_on_the_poster(place)
    assert place.fresh("Sam").post(f"/organisation/groups/{willow}/closing").status_code == 303
    assert command("restore", kept).exit_code == 0
    assert not opens(place, code)
    assert place.fresh("Fay").get(f"/groups/{willow}").status_code == 404
    assert "Ce groupe a fermé." in place.browser("Ana").get(f"/groups/{willow}").text
    assert place.browser("Cleo").get(f"/groups/{place.groups['Oak'].uid}").status_code == 200
