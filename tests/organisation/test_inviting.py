"""The steward's page: groups by name, links shown once, and nobody in it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.cast import CANARY, Cast
from tests.conftest import Clock
from tests.qr import qr_of
from tests.teams.record import invitations
from wellbeing.db import db, transaction
from wellbeing.models.group import Group
from wellbeing.web.devices import token_hash


def invited(cast: Cast) -> str:
    """The link of a new invitation, read off the page that shows it once."""
    answer = cast.browser("Sam").post("/organisation/invitations")
    assert answer.status_code == 200
    found = re.search(r'data-invitation="([^"]+)"', answer.text)
    assert found
    return found[1]


def test_a_link_opens_once_for_seven_days_and_is_kept_nowhere(cast: Cast) -> None:
    link = invited(cast)
    root, token = link.rsplit("/", 1)
    assert root == "http://localhost/invitations"
    assert re.fullmatch(r"[a-z2-7]{32}", token)
    (kept,) = invitations(cast)
    assert kept.token_hash == token_hash(token)
    assert kept.expires_at - kept.made_at == timedelta(days=7)
    assert token not in cast.browser("Sam").get("/organisation").text


def test_the_qr_says_the_link(cast: Cast) -> None:
    answer = cast.browser("Sam").post("/organisation/invitations").text
    assert qr_of(answer) == re.search(r'data-invitation="([^"]+)"', answer)[1]  # type: ignore[index]


def test_the_link_makes_a_facilitator_who_creates_a_group(cast: Cast) -> None:
    path = invited(cast).removeprefix("http://localhost")
    somebody = cast.stranger()
    arrived = somebody.post(path, data={"pseudonym": "Hirondelle", "age_ok": "1"})
    assert arrived.status_code == 200
    assert "data-phrase" in arrived.text
    groups = somebody.get("/groups").text
    assert "Vous verrez comment va le groupe. Jamais comment va une personne." in groups
    assert "Créez votre premier groupe" in groups
    assert cast.stranger().post(path, data={"pseudonym": "Autre", "age_ok": "1"}).status_code == 404


def test_a_withdrawn_link_opens_nothing(cast: Cast) -> None:
    link = invited(cast)
    (kept,) = invitations(cast)
    sam = cast.browser("Sam")
    for _ in range(2):  # a phone that sends twice
        answer = sam.post(f"/organisation/invitations/{kept.uid}/revocation")
        assert (answer.status_code, answer.location) == (303, "/organisation?said=org.revoked")
    page = sam.get("/organisation?said=org.revoked").text
    assert "L’invitation est retirée." in page
    assert "Aucune invitation en attente." in page
    assert cast.stranger().get(link.removeprefix("http://localhost")).status_code == 404


def test_a_used_link_cannot_be_withdrawn_from_whoever_used_it(cast: Cast) -> None:
    path = invited(cast).removeprefix("http://localhost")
    assert cast.stranger().post(path, data={"pseudonym": "Hirondelle", "age_ok": "1"}).status_code == 200
    (kept,) = invitations(cast)
    assert cast.browser("Sam").post(f"/organisation/invitations/{kept.uid}/revocation").status_code == 404
    assert invitations(cast)[0].revoked_at is None


def test_a_link_that_is_over_is_no_longer_listed(cast: Cast, clock: Clock) -> None:
    invited(cast)
    sam = cast.browser("Sam")
    assert "Retirer l’invitation" in sam.get("/organisation").text
    clock.advance(days=7)
    assert "Retirer l’invitation" not in sam.get("/organisation").text


def test_a_steward_sees_groups_by_name_and_nobody_in_them(cast: Cast) -> None:
    with cast.app.app_context(), transaction():
        db.session.scalars(select(Group).where(Group.name == "Oak")).one().closed_at = cast.now
    page = cast.browser("Sam").get("/organisation").text
    assert "Vous ne voyez ni humeur, ni mot, ni note." in page
    assert page.index("Willow") < page.index("Oak")
    assert "ouvert" in page
    assert "fermé" in page
    for hidden in (CANARY, "Ana", "Fay", "data-roster-size", f'"/groups/{cast.groups["Willow"].uid}'):
        assert hidden not in page


@pytest.mark.parametrize("name", ["Ana", "Fay"])
def test_nobody_else_may_invite(cast: Cast, name: str) -> None:
    browser = cast.browser(name)
    assert browser.get("/organisation").status_code == 404
    assert "Cette page n’existe pas." in browser.get("/organisation").text
    assert browser.post("/organisation/invitations").status_code == 404
    assert cast.stranger().post("/organisation/invitations").status_code == 401
    assert cast.stranger().get("/organisation").location == "/sign-in?next=/organisation"
    assert invitations(cast) == []


def test_twenty_invitations_a_day_are_enough(cast: Cast) -> None:
    generous = cast.app.config["LE_FIL"]
    cast.app.config["LE_FIL"] = replace(generous, limits_factor=1)
    sam = cast.browser("Sam")
    answers = [sam.post("/organisation/invitations").status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]
    assert len(invitations(cast)) == 20
