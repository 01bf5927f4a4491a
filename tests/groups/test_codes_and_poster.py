"""The join code and the poster: read back by another library, renewed on purpose, shown to the team only."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.conftest import Clock
from tests.groups.record import attribute, content, workshops_of
from tests.qr import qr_of
from wellbeing.db import db, transaction
from wellbeing.domain import codes
from wellbeing.models.group import Group


def test_the_poster_says_how_to_join_and_whom_to_call(cast: Cast) -> None:
    page = cast.browser("Fay").get(f"/groups/{cast.groups['Willow'].uid}/poster").text
    code = cast.codes["Willow"]
    assert qr_of(page) == f"http://localhost/join?code={code}"
    assert attribute(page, "data-join-code") == codes.grouped(code)
    sheet = re.search(r'<article class="poster".*</article>', page, re.DOTALL)[0]  # type: ignore[index]
    for said in ("Willow", "Gratuit, facultatif, sans votre nom.", "Scannez, ou tapez ce code", "31 14, jour et nuit"):
        assert said in sheet.replace("\u00a0", " ")
    assert "localhost/join" in sheet  # where to type it
    assert "Sans téléphone, vous comptez tout autant." in sheet
    assert "data-print hidden" in page


def test_the_poster_comes_in_two_sizes_by_a_plain_link(cast: Cast) -> None:
    address = f"/groups/{cast.groups['Willow'].uid}/poster"
    fay, code = cast.browser("Fay"), codes.grouped(cast.codes["Willow"])
    large, small = fay.get(address).text, fay.get(f"{address}?size=a5").text
    assert f'href="{address}?size=a5"' in large
    assert f'href="{address}"' in small
    assert ("is-a5" in large, "is-a5" in small) == (False, True)
    assert qr_of(large) == qr_of(small)
    assert (large.count(f"<li><b>{code}</b>"), small.count(f"<li><b>{code}</b>")) == (9, 6)
    for page in (large, small):
        assert re.findall(r'<ul class="strips"[^>]*>', page) == ['<ul class="strips" aria-hidden="true">']
        assert page.count("data-join-code") == 1
    assert fay.get(f"{address}?size=%3Cb%3E").text == large  # any other word is A4, and is not repeated


@pytest.mark.parametrize("name", ["Ana", "Gus", "Sam"])
def test_nobody_else_sees_the_poster(cast: Cast, name: str) -> None:
    for size in ("", "?size=a5"):
        assert cast.browser(name).get(f"/groups/{cast.groups['Willow'].uid}/poster{size}").status_code == 404


def test_a_country_without_a_number_has_the_address_of_the_help_page(cast: Cast) -> None:
    cast.app.extensions["poster_help_number"] = lambda: None
    page = cast.browser("Fay").get(f"/groups/{cast.groups['Willow'].uid}/poster").text
    assert "Des numéros sont sur localhost/help." in page


def test_the_address_of_the_poster_shows_that_group_only(cast: Cast) -> None:
    page = cast.browser("Fay").get(f"/groups/{cast.groups['Willow'].uid}/poster").text
    door = cast.stranger().get(qr_of(page).removeprefix("http://localhost")).text
    assert "Willow" in door
    assert "Oak" not in door


def test_a_renewed_code_ends_the_old_one_and_nobody_has_to_leave(cast: Cast) -> None:
    willow, old = f"/groups/{cast.groups['Willow'].uid}", cast.codes["Willow"]
    fay = cast.browser("Fay")
    asked = fay.get(f"{willow}/code").text
    assert "L’ancien code ne marchera plus. Les personnes déjà là restent." in asked
    assert f'name="instead_of" value="{old}"' in asked
    answer = fay.post(f"{willow}/code", data={"instead_of": old})
    assert (answer.status_code, answer.location) == (303, f"{willow}?said=fac.renewed")
    page = fay.get(answer.location).text
    new = attribute(page, "data-join-code")
    assert "Le code a changé." in page
    assert new != codes.grouped(old)
    assert cast.stranger().get(f"/join?code={old}").status_code == 422
    assert "Willow" in cast.stranger().get(f"/join?code={new}").text
    assert attribute(cast.browser("Ana").get(willow).text, "data-roster-size") == "2"
    fay.post(f"{willow}/code", data={"instead_of": old})  # the tap of a phone that did not hear the answer
    assert attribute(fay.get(willow).text, "data-join-code") == new


@pytest.mark.parametrize("name", ["Ana", "Gus", "Sam"])
def test_nobody_else_renews_a_code(cast: Cast, name: str) -> None:
    before = content(cast)
    assert cast.browser(name).post(f"/groups/{cast.groups['Willow'].uid}/code").status_code == 404
    assert cast.stranger().post(f"/groups/{cast.groups['Willow'].uid}/code").status_code == 401
    assert content(cast) == before


def test_the_qr_of_a_workshop_checks_in(cast: Cast) -> None:
    workshop = workshops_of(cast, cast.groups["Willow"])[1]
    page = cast.browser("Fay").get(f"/groups/{cast.groups['Willow'].uid}/workshops/{workshop.uid}/code").text
    assert qr_of(page) == f"http://localhost/c/{cast.codes[workshop.uid]}"
    assert attribute(page, "data-check-in-code") == codes.grouped(cast.codes[workshop.uid])


def test_a_closed_code_is_not_shown(cast: Cast, clock: Clock) -> None:
    workshop = workshops_of(cast, cast.groups["Willow"])[1]
    clock.set(workshop.starts_at + timedelta(days=3))
    page = cast.browser("Fay").get(f"/groups/{cast.groups['Willow'].uid}/workshops/{workshop.uid}/code").text
    assert "Le code de cette séance est fermé." in page
    assert "data-check-in-code" not in page
    assert "<path" not in page


def test_a_code_that_cannot_be_read_back_stops_no_page(cast: Cast) -> None:
    with cast.app.app_context(), transaction():
        group = db.session.get(Group, cast.groups["Willow"].id)
        assert group is not None
        group.join_code_box = b"\x02" * 40
    fay, willow = cast.browser("Fay"), f"/groups/{cast.groups['Willow'].uid}"
    for address in (willow, f"{willow}/poster"):
        page = fay.get(address)
        assert page.status_code == 200
        assert "Ce code ne peut pas être relu." in page.text
    assert fay.post(f"{willow}/code").status_code == 303
    assert attribute(fay.get(willow).text, "data-join-code")
