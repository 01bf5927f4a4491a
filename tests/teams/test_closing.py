"""A steward closes a group: it stops for everybody, and what people keep and what was published stays."""

from __future__ import annotations

import re

import pytest

from tests.cast import Cast
from tests.groups.record import content
from tests.teams.record import invitations, invited
from wellbeing.db import db
from wellbeing.models.group import Group


@pytest.fixture
def address(cast: Cast) -> str:
    return f"/organisation/groups/{cast.groups['Willow'].uid}"


def close(cast: Cast, address: str) -> None:
    answer = cast.fresh("Sam").post(f"{address}/closing")
    assert (answer.status_code, answer.location) == (303, "/organisation?said=org.close_done")


def test_the_steward_is_told_what_closing_does_before_it_is_done(cast: Cast, address: str) -> None:
    sam = cast.fresh("Sam")
    assert f'href="{address}/closing"' in sam.get(address).text
    before = content(cast)
    asked = sam.get(f"{address}/closing").text
    assert "Le groupe s’arrête. Chaque personne garde son journal." in asked
    assert "Willow" in asked
    assert content(cast) == before


def test_a_closed_group_opens_to_nobody_and_every_journal_stays(cast: Cast, address: str) -> None:
    ana, fay = cast.browser("Ana"), cast.fresh("Fay")
    willow, link = f"/groups/{cast.groups['Willow'].uid}", invited(cast)
    join = f"/join?code={cast.codes['Willow']}"
    assert "Willow" in cast.stranger().get(join).text
    assert ana.get(willow).status_code == 200
    for _ in range(2):  # a phone that did not hear the first answer
        close(cast, address)
    assert "Le groupe est fermé." in cast.browser("Sam").get("/organisation?said=org.close_done").text
    left = ana.get(willow)
    assert (left.status_code, "Ce groupe a fermé." in left.text, 'id="circle"' in left.text) == (200, True, False)
    assert ana.get("/journal").status_code == 200
    assert "Willow" not in cast.stranger().get(join).text
    assert cast.stranger().get(link).status_code == 404
    assert all(one.revoked_at for one in invitations(cast))
    for page in ("", "/team", "/workshops", "/poster", "/code"):
        assert fay.get(f"{willow}{page}").status_code == 404
    assert cast.browser("Cleo").get(f"/groups/{cast.groups['Oak'].uid}").status_code == 200


def test_who_ran_it_still_reads_its_figures_and_its_report(cast: Cast, address: str) -> None:
    willow = f"/groups/{cast.groups['Willow'].uid}"
    close(cast, address)
    fay = cast.fresh("Fay")
    listed = fay.get("/groups").text
    assert "Groupes fermés" in listed
    assert "Aucun de vos groupes n’est ouvert en ce moment." in listed
    assert "Créez votre premier groupe" not in listed
    assert f'href="{willow}/trends"' in listed
    for page in ("/trends", "/trends.csv", "/report", "/report.csv"):
        assert fay.get(f"{willow}{page}").status_code == 200
    assert f'href="{willow}"' not in fay.get(f"{willow}/trends").text + fay.get(f"{willow}/report").text
    for other in ("Ana", "Gus", "Sam"):
        assert cast.fresh(other).get(f"{willow}/trends").status_code == 404
    assert "Groupes fermés" not in cast.fresh("Gus").get("/groups").text


def test_who_took_part_reads_the_same_figures_as_who_ran_it_and_nobody_else_does(cast: Cast, address: str) -> None:
    willow = f"/groups/{cast.groups['Willow'].uid}"
    gone = cast.browser("Ben")
    assert gone.post(f"{willow}/membership/end").status_code == 303
    card = re.compile(r'<section class="card figure" id="card">.*?</section>', re.DOTALL)
    close(cast, address)
    ana = cast.browser("Ana")
    assert f'href="{willow}"' in ana.get("/workshops").text
    assert card.findall(ana.get(willow).text) == card.findall(cast.fresh("Fay").get(f"{willow}/trends").text) != []
    assert gone.get(willow).status_code == 404
    assert willow not in gone.get("/workshops").text
    for other in ("Fay", "Gus", "Sam", "Cleo"):
        assert cast.fresh(other).get(willow).status_code == 404


def test_only_a_steward_closes_a_group(cast: Cast, address: str) -> None:
    for other in ("Ana", "Fay", "Gus"):
        assert cast.fresh(other).get(f"{address}/closing").status_code == 404
        assert cast.fresh(other).post(f"{address}/closing").status_code == 404
    assert cast.fresh("Sam").post(f"/organisation/groups/{'0' * 32}/closing").status_code == 404
    with cast.app.app_context():
        assert db.session.get_one(Group, cast.groups["Willow"].id).closed_at is None
