"""The pages anyone may open: there without an account, the same for everyone, leaving no trace of who came."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from wellbeing import create_app
from wellbeing.config import Config
from wellbeing.help.lines import lines_of

OPEN = ("/help", "/help/fr", "/help/en", "/who-sees-what", "/accessibility")


def main_of(client: FlaskClient, url: str, **asked: object) -> str:
    """What stands between <main> and </main>, for reading what a page says."""
    page = client.get(url, **asked)
    assert page.status_code == 200
    return page.text[page.text.index("<main") : page.text.index("</main>")]


@pytest.mark.parametrize("url", OPEN)
def test_anyone_may_open_it_and_nothing_is_left_on_the_device(client: FlaskClient, url: str) -> None:
    page = client.get(url)
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("url", OPEN)
def test_the_log_does_not_say_that_someone_looked_for_help(
    client: FlaskClient, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    client.get("/nowhere")
    assert '"status": 404' in capsys.readouterr().out
    client.get(url)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_the_page_a_device_keeps_is_the_same_for_everyone(client: FlaskClient, locale: str) -> None:
    asked = client.get(f"/help/{locale}", headers={"Accept-Language": "fr"}).data
    assert f'<html lang="{locale}">'.encode() in asked
    assert client.get(f"/help/{locale}?said=out.done", headers={"Accept-Language": "en"}).data == asked


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_the_page_a_device_keeps_knows_nobody(cast: Cast, client: FlaskClient, locale: str) -> None:
    assert "/settings" in cast.browser("Ana").get("/who-sees-what").text
    assert cast.browser("Ana").get(f"/help/{locale}").data == client.get(f"/help/{locale}").data
    assert cast.browser("Fay").get(f"/help/{locale}").data == client.get(f"/help/{locale}").data


def test_help_speaks_the_readers_language(client: FlaskClient) -> None:
    assert "Talk to someone" in main_of(client, "/help", headers={"Accept-Language": "en"})
    assert "Parler à quelqu’un" in main_of(client, "/help", headers={"Accept-Language": "fr"})


def test_a_language_we_do_not_speak_is_not_found(client: FlaskClient) -> None:
    assert client.get("/help/de").status_code == 404


def test_danger_comes_first_then_3114_then_114(client: FlaskClient) -> None:
    ways = re.findall(r'href="((?:tel|sms):[0-9]+)"', main_of(client, "/help/fr"))
    assert ways[:6] == ["tel:15", "tel:112", "tel:17", "tel:18", "tel:3114", "sms:114"]


def test_every_number_is_in_sight_on_the_link_that_calls_it(client: FlaskClient) -> None:
    said = main_of(client, "/help/fr")
    for line in (line for line in lines_of("FR") if line.shown and line.tel):
        assert f'href="tel:{line.dialled}">Appeler le {line.number}</a>' in said, line.id


def test_hours_nobody_verified_are_not_said_and_those_published_are(client: FlaskClient) -> None:
    said = main_of(client, "/help/fr")
    assert "15\u00a0h à 20\u00a0h" not in said
    assert "Solitud’écoute" in said
    assert "9\u00a0h à 23\u00a0h, gratuit." in said
    assert "Nightline Paris" not in said
    assert "Premiers secours" not in said


def test_no_date_is_shown_where_nobody_verified(client: FlaskClient) -> None:
    assert "Vérifié le" not in main_of(client, "/help/fr")


def test_an_english_reader_in_france_is_told_what_answers_in_french(client: FlaskClient) -> None:
    said = main_of(client, "/help/en")
    assert "SOS Amitié (in French), 09\u00a072" in said
    assert '<strong lang="fr">Fil Santé Jeunes</strong>' in said
    assert said.index("3114") < said.index("SOS\u00a0Help") < said.index("SOS Amitié")


def test_a_site_is_never_told_where_the_reader_came_from(client: FlaskClient) -> None:
    for url in OPEN:
        links = re.findall(r'<a[^>]*href="https://[^>]*>', main_of(client, url))
        assert all('rel="noreferrer"' in link for link in links)
    assert re.findall(r'<a[^>]*href="https://', main_of(client, "/help/fr"))


@pytest.mark.parametrize(
    ("country", "danger"),
    [
        ("GB", "call 999."),
        ("IE", "call 112."),
        ("US", "call 911."),
        ("DE", "call 112."),
        ("JP", "call the emergency number of your country."),
    ],
)
def test_the_numbers_are_those_of_the_country(config: Config, country: str, danger: str) -> None:
    said = main_of(create_app(replace(config, help_country=country)).test_client(), "/help/en")
    assert danger in said
    assert "3114" not in said


def test_who_sees_what_says_each_promise_in_two_columns(client: FlaskClient) -> None:
    said = main_of(client, "/who-sees-what", headers={"Accept-Language": "en"})
    sees, never = said.split('<section class="card"')[1:]
    assert sees.count("<li") == 5
    assert never.split("</section>")[0].count("<li") == 6
    assert "An alert about you. There is none." in never


def test_who_sees_what_names_the_host(config: Config) -> None:
    named = create_app(replace(config, hosting="Exemple SAS, France")).test_client()
    assert "chez Exemple SAS, France." in main_of(named, "/who-sees-what")


def test_the_accessibility_statement_claims_no_audit(config: Config) -> None:
    client = create_app(replace(config, data_contact="accueil@example.org")).test_client()
    said = main_of(client, "/accessibility", headers={"Accept-Language": "en"})
    assert "no outside audit has taken place" in said
    assert "accueil@example.org" in said


@pytest.mark.parametrize("url", OPEN)
def test_the_pages_ask_nothing_of_another_machine(app: Flask, client: FlaskClient, url: str) -> None:
    loaded = re.findall(r'(?:src|<link[^>]*href)="([^"]+)"', client.get(url).text)
    assert loaded
    assert not [address for address in loaded if urlsplit(address).netloc]
