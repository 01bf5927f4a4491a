"""Somebody is let into a team by a link that is shown once, works once and can be taken back; by nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import CANARY, Cast
from tests.conftest import Clock
from tests.groups.record import attribute
from tests.qr import qr_of
from tests.teams.record import ids, invitations, invited, team, team_page
from wellbeing.web.devices import token_hash

FORM = {"pseudonym": f"Plume {CANARY}", "age_ok": "1"}


def test_a_link_is_shown_once_works_seven_days_and_is_kept_nowhere(cast: Cast) -> None:
    answer = cast.browser("Fay").post(team_page(cast)).text
    address = attribute(answer, "data-invitation")
    assert address is not None
    root, token = address.rsplit("/", 1)
    assert root == "http://localhost/invitations"
    assert re.fullmatch(r"[a-z2-7]{32}", token)
    assert qr_of(answer) == address
    assert "Lien valable 7 jours, une seule fois." in answer
    (kept,) = invitations(cast)
    assert (kept.token_hash, kept.group_id) == (token_hash(token), cast.groups["Willow"].id)
    assert kept.expires_at - kept.made_at == timedelta(days=7)
    assert token not in cast.browser("Fay").get(team_page(cast)).text


def test_somebody_new_runs_that_group_and_sees_no_other(cast: Cast) -> None:
    path, hugo = invited(cast), cast.stranger()
    assert hugo.post(path, data=FORM).status_code == 200
    groups = hugo.get("/groups").text
    assert "Willow" in groups
    assert "Oak" not in groups
    for page in ("", "/team", "/workshops", "/poster", "/trends"):
        assert hugo.get(f"/groups/{cast.groups['Willow'].uid}{page}").status_code == 200
        assert hugo.get(f"/groups/{cast.groups['Oak'].uid}{page}").status_code == 404
    assert cast.stranger().post(path, data=FORM).status_code == 404


def test_someone_signed_in_adds_the_group_to_their_own_account_in_one_tap(cast: Cast) -> None:
    gus = cast.browser("Gus")
    assert gus.post(invited(cast), data={}).location == "/groups"
    groups = gus.get("/groups").text
    assert "Willow" in groups
    assert "Oak" in groups
    assert team(cast) == ids(cast, "Fay", "Gus")
    assert team(cast, "Oak") == ids(cast, "Gus")


def test_who_takes_part_in_a_group_may_run_it_too(cast: Cast) -> None:
    ana, willow = cast.browser("Ana"), f"/groups/{cast.groups['Willow'].uid}"
    assert ana.post(invited(cast), data={}).status_code == 303
    page = ana.get(willow).text
    assert f'href="{willow}/team"' in page
    assert f'href="{willow}/membership/end"' in page  # she still takes part
    assert attribute(page, "data-roster-size") == "2"
    assert ana.post(f"{willow}/team/end").status_code == 303
    assert ana.get(f"{willow}/team").status_code == 404
    assert f'href="{willow}/membership/end"' in ana.get(willow).text


def test_a_link_that_waits_is_listed_without_saying_for_whom_and_can_be_taken_back(cast: Cast) -> None:
    fay, path = cast.browser("Fay"), invited(cast)
    assert "Invitations en attente" in fay.get(team_page(cast)).text
    (kept,) = invitations(cast)
    for _ in range(2):  # a phone that sends twice
        answer = fay.post(f"{team_page(cast)}/invitations/{kept.uid}/revocation")
        assert (answer.status_code, answer.location) == (303, f"{team_page(cast)}?said=org.revoked")
    page = fay.get(answer.location).text
    assert "L’invitation est retirée. Son lien n’ouvre plus rien." in page
    assert "Invitations en attente" not in page
    for somebody in (cast.stranger(), cast.browser("Ben")):
        assert somebody.get(path).status_code == 404
        assert somebody.post(path, data=FORM).status_code == 404
    assert team(cast) == ids(cast, "Fay")


def test_a_link_that_is_used_or_over_is_no_longer_listed(cast: Cast, clock: Clock) -> None:
    used = invited(cast)
    cast.browser("Ben").post(used, data={})
    page = cast.browser("Fay").get(team_page(cast)).text
    assert "Invitations en attente" not in page
    (kept,) = invitations(cast)
    assert cast.browser("Fay").post(f"{team_page(cast)}/invitations/{kept.uid}/revocation").status_code == 404
    over = invited(cast)
    clock.advance(days=7)
    assert "Invitations en attente" not in cast.browser("Fay").get(team_page(cast)).text
    assert cast.browser("Ana").post(over, data={}).status_code == 404


def test_a_link_of_another_team_or_of_the_steward_is_not_ours_to_take_back(cast: Cast) -> None:
    invited(cast, "Gus", "Oak")
    cast.browser("Sam").post("/organisation/invitations")
    for kept in invitations(cast):
        assert cast.browser("Fay").post(f"{team_page(cast)}/invitations/{kept.uid}/revocation").status_code == 404
    assert [kept.revoked_at for kept in invitations(cast)] == [None, None]


def test_twenty_links_a_day_are_enough(cast: Cast) -> None:
    generous = cast.app.config["LE_FIL"]
    cast.app.config["LE_FIL"] = replace(generous, limits_factor=1)
    fay = cast.browser("Fay")
    answers = [fay.post(team_page(cast)).status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]
    assert len(invitations(cast)) == 20


@pytest.mark.parametrize("name", ["Ana", "Gus", "Sam"])
def test_nobody_else_invites_or_looks(cast: Cast, name: str) -> None:
    for send in (cast.browser(name).get, cast.browser(name).post):
        assert send(team_page(cast)).status_code == 404
    assert cast.stranger().post(team_page(cast)).status_code == 401
    assert cast.stranger().get(team_page(cast)).location == f"/sign-in?next={team_page(cast)}"
    assert invitations(cast) == []
