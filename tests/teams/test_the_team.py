"""A team is names that people typed for it; and whoever runs a group counts in none of its figures."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.cast import CANARY, Cast
from tests.crowd import FIRST, FIRST_DUE, Crowd
from tests.teams.record import ids, invitations, invited, membership, team, team_page
from wellbeing.accounts.operations import entering
from wellbeing.db import db
from wellbeing.domain.trends import MOOD, Block
from wellbeing.inviting import operations as inviting
from wellbeing.models.person import Person
from wellbeing.publishing.cohort import values_of


def lines(page: str) -> list[str]:
    """The lines of the list of people, as text."""
    listed = re.search(r'aria-labelledby="who-runs-it">.*?</section>', page, re.DOTALL)
    assert listed
    found = re.findall(r"<li>(.*?)</li>", listed[0], re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in found]


def test_each_is_named_as_they_chose_and_a_pseudonym_is_never_shown(cast: Cast) -> None:
    cast.browser("Ben").post(invited(cast), data={})
    fay, ben = cast.browser("Fay").get(team_page(cast)).text, cast.browser("Ben").get(team_page(cast)).text
    assert "2 personnes animent ce groupe" in fay
    assert lines(fay) == ["Fay vous", "Pas de nom affiché Retirer de l’équipe"]
    assert lines(ben) == ["Fay Retirer de l’équipe", "Pas de nom affiché vous"]
    assert CANARY not in fay + ben
    assert "Ana" not in fay + ben


def test_ones_own_name_is_changed_here_and_seen_by_the_group(cast: Cast) -> None:
    cast.facilitates("Hugo", "Willow")
    fay, group = cast.browser("Fay"), f"/groups/{cast.groups['Willow'].uid}"
    answer = fay.post(f"{team_page(cast)}/shown-name", data={"shown_name": "  Fanny  "})
    assert (answer.status_code, answer.location) == (303, f"{team_page(cast)}?said=fac.name_saved")
    assert "Fanny, Hugo" in cast.browser("Ana").get(group).text
    assert fay.post(f"{team_page(cast)}/shown-name", data={"shown_name": ""}).status_code == 303
    seen = cast.browser("Ana").get(group).text
    assert "Fanny" not in seen
    assert "Hugo" in seen


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("x" * 121, "Ce nom dépasse 120 caractères. Il est encore là\u00a0: raccourcissez-le."),
        ("Fanny\x00", "Ce texte contient un caractère illisible."),
    ],
)
def test_a_name_that_cannot_be_kept_stays_in_the_form(cast: Cast, typed: str, sentence: str) -> None:
    answer = cast.browser("Fay").post(f"{team_page(cast)}/shown-name", data={"shown_name": typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{typed.rstrip(chr(0))}' in answer.text
    assert lines(cast.browser("Fay").get(team_page(cast)).text) == ["Fay vous"]


def test_nobody_names_anybody_else(cast: Cast) -> None:
    cast.facilitates("Hugo", "Willow")
    cast.browser("Hugo").post(
        f"{team_page(cast)}/shown-name",
        data={"shown_name": "Hugues", "person_id": str(cast.person("Fay").id), "mid": membership(cast, "Fay")},
    )
    assert lines(cast.browser("Fay").get(team_page(cast)).text)[0] == "Fay vous"
    for name in ("Ana", "Gus", "Sam"):
        answer = cast.browser(name).post(f"{team_page(cast)}/shown-name", data={"shown_name": "Moi"})
        assert answer.status_code == 404
    assert cast.stranger().post(f"{team_page(cast)}/shown-name", data={"shown_name": "Moi"}).status_code == 401


def test_a_participant_who_enters_the_team_counts_in_no_figure_any_more(app: Flask) -> None:
    crowd = Crowd(app)
    crowd.group()
    crowd.leads("Fay", "Willow")
    for name in crowd.contributors(6):
        crowd.feels_all_block(name, 4, FIRST)

    def counted() -> int:
        return len(values_of(MOOD, crowd.groups["Willow"].id, Block(FIRST, 14), FIRST_DUE))

    with app.app_context():
        assert counted() == 6
        fay, one = (db.session.get_one(Person, crowd.people[name]) for name in ("Fay", "Willow 0"))
        token = inviting.invite(fay, crowd.groups["Willow"], FIRST_DUE)
        entering.use_invitation(one, token, FIRST_DUE)
        assert counted() == 6  # a block that was over before is as it was
    with app.app_context():
        early = FIRST_DUE.replace(day=20)
        another = db.session.get_one(Person, crowd.people["Willow 1"])
        entering.use_invitation(another, inviting.invite(fay, crowd.groups["Willow"], early), early)
        assert counted() == 5


# --- the steward ------------------------------------------------------------------------------------------------------
def test_a_steward_invites_and_removes_for_any_group_and_sees_names_typed_for_it_alone(cast: Cast) -> None:
    sam, place = cast.browser("Sam"), f"/organisation/groups/{cast.groups['Willow'].uid}"
    assert f'href="{place}"' in sam.get("/organisation").text
    page = sam.get(place).text
    assert lines(page) == ["Fay"]
    for hidden in (
        CANARY,
        "Ana",
        "data-roster-size",
        "data-join-code",
        "Le nom que le groupe verra",
        "Passer le relais",
    ):
        assert hidden not in page
    answer = sam.post(place)
    link = re.search(r'data-invitation="http://localhost([^"]+)"', answer.text)
    assert link
    assert cast.browser("Ben").post(link[1], data={}).status_code == 303
    assert team(cast) == ids(cast, "Fay", "Ben")
    gone = f"{place}/{membership(cast, 'Fay')}/end"
    assert "Cette personne n’ouvrira plus les pages de l’équipe" in sam.get(gone).text
    assert sam.post(gone).location == f"{place}?said=fac.removed"
    assert team(cast) == ids(cast, "Ben")
    alone = sam.post(f"{place}/{membership(cast, 'Ben')}/end")
    assert alone.status_code == 422
    assert "Un groupe garde au moins une personne pour l’animer. Invitez quelqu’un d’abord." in alone.text
    assert team(cast) == ids(cast, "Ben")


def test_a_steward_takes_back_a_link_of_that_group_alone(cast: Cast) -> None:
    path = invited(cast)
    (kept,) = invitations(cast)
    sam = cast.browser("Sam")
    of = {
        name: f"/organisation/groups/{cast.groups[name].uid}/invitations/{kept.uid}/revocation" for name in cast.groups
    }
    assert sam.post(of["Oak"]).status_code == 404
    assert sam.post(of["Willow"]).status_code == 303
    assert cast.browser("Ben").post(path, data={}).status_code == 404


@pytest.mark.parametrize("name", ["Ana", "Fay", "Gus"])
def test_only_the_steward_oversees_teams(cast: Cast, name: str) -> None:
    place = f"/organisation/groups/{cast.groups['Willow'].uid}"
    browser, mid = cast.browser(name), membership(cast, "Fay")
    for address in (place, f"{place}/{mid}/end"):
        assert browser.get(address).status_code == browser.post(address).status_code == 404
        assert cast.stranger().post(address).status_code == 401
    assert cast.browser("Sam").get(f"/organisation/groups/{'0' * 32}").status_code == 404
    assert team(cast) == ids(cast, "Fay")
