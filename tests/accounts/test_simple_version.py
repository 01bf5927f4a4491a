"""Somebody reads the simple version: a choice that is theirs, as easy to leave as to make, and plainer words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast
from wellbeing.help.lines import lines_of

SIMPLE = re.compile(r'<html lang="(fr|en)" data-simple>')


def reads_simply(client: FlaskClient, address: str = "/") -> bool:
    body = client.get(address).text
    simple = bool(SIMPLE.search(body))
    assert ("css/simple.css" in body) is simple
    return simple


def shared_device(cast: Cast, name: str) -> FlaskClient:
    client = cast.stranger()
    assert client.post("/sign-in", data={"phrase": cast.people[name].phrase, "shared": "1"}).status_code == 303
    return client


def own_device(cast: Cast, name: str) -> FlaskClient:
    client = cast.stranger()
    assert client.post("/sign-in", data={"phrase": cast.people[name].phrase}).status_code == 303
    return client


def test_the_join_page_offers_the_simple_version_in_one_tap_and_leads_back_to_itself(cast: Cast) -> None:
    visitor, address = cast.stranger(), f"/join?code={cast.codes['Willow']}"
    page = visitor.get(address).text
    assert f'name="next" value="{address}"' in page
    assert "Version simple" in page
    assert visitor.post("/display", data={"simple": "1", "next": address}).location == address
    assert reads_simply(visitor, address)
    assert "Version simple" not in visitor.get(address).text, "what is chosen is not offered again"


def test_the_simple_version_is_left_from_any_page_as_easily_as_it_was_entered(cast: Cast) -> None:
    visitor = cast.stranger()
    visitor.post("/display", data={"simple": "1"})
    for address in ("/", "/join", "/sign-in", "/help", "/who-sees-what"):
        assert reads_simply(visitor, address)
        assert "Version ordinaire" in visitor.get(address).text
    assert visitor.post("/display", data={"simple": "", "next": "/sign-in"}).location == "/sign-in"
    assert not reads_simply(visitor)


def test_the_choice_goes_with_the_person_from_device_to_device_and_to_nobody_else(cast: Cast) -> None:
    ana = cast.browser("Ana")
    assert not reads_simply(ana)
    assert ana.post("/display", data={"simple": "1", "next": "/settings"}).location == "/settings"
    assert reads_simply(cast.browser("Ana"))
    assert reads_simply(own_device(cast, "Ana"))
    assert not reads_simply(cast.browser("Ben"))
    ana.post("/display", data={"simple": ""})
    assert not reads_simply(cast.browser("Ana"))


def test_whoever_signs_out_can_still_read_the_page_where_they_sign_in(cast: Cast) -> None:
    cast.browser("Ana").post("/display", data={"simple": "1"})
    phone = own_device(cast, "Ana")
    phone.post("/sign-out")
    assert reads_simply(phone, "/sign-in")


def test_a_shared_device_keeps_nothing_of_how_somebody_reads(cast: Cast) -> None:
    cast.browser("Ana").post("/display", data={"simple": "1"})
    library = shared_device(cast, "Ana")
    assert reads_simply(library)
    library.post("/sign-out")
    assert not reads_simply(library, "/sign-in")
    library = shared_device(cast, "Ben")
    library.post("/display", data={"simple": "1"})
    assert reads_simply(library)
    library.post("/sign-out")
    assert not reads_simply(library, "/sign-in")


def test_a_shared_device_set_to_the_simple_version_stays_so_for_the_next_person(cast: Cast) -> None:
    library = cast.stranger()
    library.post("/display", data={"simple": "1"})
    library.post("/sign-in", data={"phrase": cast.people["Ben"].phrase, "shared": "1"})
    assert not reads_simply(library), "Ben reads as Ben chose"
    library.post("/sign-out")
    assert reads_simply(library, "/sign-in")


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example"])
def test_the_choice_leads_to_no_other_site(cast: Cast, address: str) -> None:
    assert cast.stranger().post("/display", data={"simple": "1", "next": address}).location == "/"


def test_another_site_cannot_change_how_somebody_reads(cast: Cast) -> None:
    ana = cast.browser("Ana")
    assert ana.post("/display", data={"simple": "1"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not reads_simply(ana)


def test_plainer_words_stand_in_the_same_places_and_the_others_stay(cast: Cast) -> None:
    ana = cast.browser("Ana")
    ordinary = ana.get("/").text
    assert "Comment ça va, là, maintenant" in ordinary
    ana.post("/display", data={"simple": "1"})
    simple = ana.get("/").text
    assert "Comment ça va\u202f? Touchez une image." in simple
    assert "Comment ça va, là, maintenant" not in simple
    assert "Noter\u00a0: bien" in simple
    said = ana.post("/journal", data={"op_id": "0" * 32, "mood": "4"}, headers={"HX-Request": "true"}).text
    assert "C’est noté." in said
    assert "Mauvaise touche\u202f? Annuler." in said
    assert "Plus de mots" in said
    assert "Vos notes sont pour vous." in said
    assert "Tout effacer. Après, on ne peut plus revenir." in ana.get("/settings/erasure").text
    ana.post("/locale", data={"locale": "en"})
    assert "How are you? Touch a picture." in ana.get("/").text


def test_the_first_six_words_are_the_nearest_and_the_others_wait_behind_more_words(cast: Cast) -> None:
    ana = cast.browser("Ana")
    ana.post("/display", data={"simple": "1"})
    said = ana.post("/journal", data={"op_id": "1" * 32, "mood": "4"}, headers={"HX-Request": "true"}).text
    first, more = said.split("Plus de mots")
    assert first.count('name="emotions"') == 6
    assert more.count('name="emotions"') == 19


def test_what_a_device_keeps_for_everybody_is_the_same_for_everybody(cast: Cast) -> None:
    """The page without network and the numbers to call are kept without a cookie, in the ordinary version."""
    simple = cast.stranger()
    simple.post("/display", data={"simple": "1"})
    for address in ("/offline/fr", "/help/fr", "/help/en"):
        assert simple.get(address).text == cast.stranger().get(address).text
    assert reads_simply(simple, "/help")
    assert 'class="top-link top-help" href="/help"' in simple.get("/help").text


def test_help_says_in_one_breath_what_to_call_only_where_it_is_free_and_always_answers(cast: Cast) -> None:
    visitor = cast.stranger()
    visitor.post("/display", data={"simple": "1"})
    assert "Ça ne va pas\u202f? Appelez le 31\u00a014. C’est gratuit. Jour et nuit." in visitor.get("/help").text
    (line,) = (one for one in lines_of("FR") if one.id == "3114")
    assert line.free_day_and_night
    assert not replace(line, free=False).free_day_and_night
    words = {**line.words, "fr": replace(line.words["fr"], hours="De 9 h à 21 h")}
    assert not replace(line, words=words).free_day_and_night
    assert not replace(line, status="hours").free_day_and_night


def test_help_export_erasing_and_who_sees_what_are_never_hidden(cast: Cast) -> None:
    ana = cast.browser("Ana")
    ana.post("/display", data={"simple": "1"})
    for address in ("/", "/journal", "/workshops", "/streak", "/settings"):
        page = ana.get(address).text
        assert "Besoin d’aide" in page
        assert "Qui voit quoi" in page
        for place in ("Aujourd’hui", "Mes notes", "Ateliers", "Mon fil", "Réglages"):
            assert place in page
    assert 'href="/settings/erasure"' in ana.get("/settings").text


def test_the_places_are_a_list_below_the_page_and_cover_nothing(cast: Cast) -> None:
    ana = cast.browser("Ana")
    assert 'class="bar"' in ana.get("/").text
    ana.post("/display", data={"simple": "1"})
    page = ana.get("/").text
    assert 'class="bar"' not in page
    assert page.index('id="picker"') < page.index('aria-current="page"')
