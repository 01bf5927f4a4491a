"""The page of a group: the same card for everyone in it, nobody's name, and a door out."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.cast import CANARY, Cast
from tests.conftest import Clock
from tests.groups.record import attribute, bare, content, workshops_of
from wellbeing.db import db
from wellbeing.models.membership import Contribution, Membership

NOBODYS = "0" * 32


FLAG = re.compile(r'<form[^>]*action="/groups/[0-9a-f]{32}/flags">.*?</form>', re.DOTALL)


def card(page: str) -> str:
    return re.search(r'<section class="card" id="circle".*?</section>', page, re.DOTALL)[0]  # type: ignore[index]


def contributions(cast: Cast, name: str) -> list[int | None]:
    with cast.app.app_context():
        chosen = select(Contribution.group_id).where(Contribution.person_id == cast.people[name].person.id)
        return list(db.session.scalars(chosen.order_by(Contribution.from_atom)))


def test_everyone_in_a_group_sees_the_very_same_card(cast: Cast) -> None:
    willow = f"/groups/{cast.groups['Willow'].uid}"
    pages = {name: cast.browser(name).get(willow).text for name in ("Ana", "Ben", "Fay")}
    assert len({FLAG.sub("", card(page)) for page in pages.values()}) == 1
    assert card(pages["Ana"]) == card(pages["Ben"])
    assert [len(FLAG.findall(page)) for page in pages.values()] == [1, 1, 0]  # to say that a number is wrong
    assert attribute(pages["Ana"], "data-roster-size") == "2"
    assert "Vous voyez ici exactement ce que voit l’équipe d’animation." in pages["Ana"]
    assert "Dominique, à l’accueil" in card(pages["Ana"])
    assert "Rien ici ne dit qui a répondu. C’est voulu." in pages["Fay"]
    assert "data-join-code" not in pages["Ana"]


def test_a_group_is_a_number_and_no_page_of_it_names_anybody(cast: Cast) -> None:
    ana = cast.browser("Ana")
    ana.post("/journal", data={"op_id": "3f0c9a5e-7b1d-4c2e-8a6f-0b9d1c2e3f4a", "mood": "1", "note": CANARY})
    assert CANARY in ana.get("/settings").text  # Ana's own pseudonym holds the word: there is something to find
    willow = f"/groups/{cast.groups['Willow'].uid}"
    date = f"{willow}/workshops/{workshops_of(cast, cast.groups['Willow'])[1].uid}"
    fay = cast.browser("Fay")
    for address in (
        *("/groups", "/groups/new", willow, f"{willow}/workshops", date, f"{date}/code", f"{date}/cancellation"),
        *(f"{willow}/code", f"{willow}/poster", f"{willow}/team", f"{willow}/team/end"),
    ):
        answer = fay.get(address)
        assert answer.status_code == 200
        assert CANARY not in answer.text
        assert "Ana" not in answer.text
        assert "Willow" not in re.search(r"<title>(.*?)</title>", answer.text, re.DOTALL)[1]  # type: ignore[index]


def test_a_group_that_is_not_mine_is_a_group_that_is_not(cast: Cast) -> None:
    mine, others = cast.groups["Willow"].uid, cast.groups["Oak"].uid
    date = workshops_of(cast, cast.groups["Willow"])[1].uid
    for path in ("", "/workshops", f"/workshops/{date}", f"/workshops/{date}/code", "/poster", "/code", "/team"):
        gus = cast.browser("Gus")
        foreign, absent = bare(gus, f"/groups/{mine}{path}"), bare(gus, f"/groups/{NOBODYS}{path}")
        assert foreign[0] == absent[0] == 404
        assert foreign[1].replace(mine, "…") == absent[1].replace(NOBODYS, "…")
    for name in ("Ana", "Sam"):
        assert cast.browser(name).get(f"/groups/{others}").status_code == 404
        assert cast.browser(name).get(f"/groups/{mine}/poster").status_code == 404


def test_looking_changes_nothing(cast: Cast) -> None:
    willow = f"/groups/{cast.groups['Willow'].uid}"
    date = f"{willow}/workshops/{workshops_of(cast, cast.groups['Willow'])[0].uid}"
    before = content(cast)
    looked = 0
    for name in ("Fay", "Ana", "Sam"):
        browser = cast.browser(name)
        for address in (
            *("/groups", "/groups/new", "/organisation", willow, f"{willow}/workshops", f"{willow}/membership/end"),
            *(date, f"{date}/code", f"{date}/cancellation", f"{willow}/code", f"{willow}/poster"),
        ):
            looked += browser.get(address).status_code == 200
    assert looked > 10
    assert content(cast) == before


def test_leaving_takes_two_taps_and_the_journal_stays(cast: Cast, clock: Clock) -> None:
    willow = f"/groups/{cast.groups['Willow'].uid}"
    ana = cast.browser("Ana")
    assert contributions(cast, "Ana") == [cast.groups["Willow"].id]
    clock.advance(days=30)
    assert f'href="{willow}/membership/end"' in ana.get(willow).text
    asked = ana.get(f"{willow}/membership/end").text
    assert "Votre journal reste entier." in asked
    for _ in range(2):  # a phone that did not hear the first answer
        answer = ana.post(f"{willow}/membership/end")
        assert (answer.status_code, answer.location) == (303, "/?said=grp.left")
    assert "C’est fait. Votre journal est toujours là." in ana.get("/?said=grp.left").text
    assert ana.get(willow).status_code == 404
    assert attribute(cast.browser("Ben").get(willow).text, "data-roster-size") == "1"
    assert contributions(cast, "Ana") == [cast.groups["Willow"].id, None]


def test_whoever_leaves_contributes_to_the_oldest_group_they_are_still_in(cast: Cast, clock: Clock) -> None:
    ana = cast.browser("Ana")
    clock.advance(days=1)
    assert ana.post("/join", data={"code": cast.codes["Oak"]}).status_code == 303
    clock.advance(days=30)
    ana.post(f"/groups/{cast.groups['Willow'].uid}/membership/end")
    assert contributions(cast, "Ana") == [cast.groups["Willow"].id, cast.groups["Oak"].id]


def test_leaving_a_group_of_others_is_no_group(cast: Cast) -> None:
    before = content(cast)
    for name in ("Cleo", "Fay", "Sam"):
        for method in ("GET", "POST"):
            address = f"/groups/{cast.groups['Willow'].uid}/membership/end"
            assert cast.browser(name).open(address, method=method).status_code == 404
    assert cast.stranger().post(address).status_code == 401
    assert content(cast) == before
    with cast.app.app_context():
        assert db.session.scalars(select(Membership).where(Membership.ended_at.is_not(None))).all() == []


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_the_card_says_what_the_team_counted_in_both_languages(cast: Cast, clock: Clock, locale: str) -> None:
    workshop = workshops_of(cast, cast.groups["Willow"])[1]
    clock.set(workshop.starts_at + timedelta(hours=1))
    willow = f"/groups/{cast.groups['Willow'].uid}"
    cast.browser("Fay").post(f"{willow}/workshops/{workshop.uid}/headcount", data={"present": "1"})
    ben = cast.browser("Ben")
    ben.post("/locale", data={"locale": locale})
    said = {"fr": "Séance du 12 mars\u00a0: 1 personne présente", "en": "Session of 12 March: 1 person present"}
    assert said[locale] in ben.get(willow).text
