"""When something breaks, the page says so in a sentence, shows nobody's data, and the log holds nothing typed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.cast import CANARY, Cast
from wellbeing import create_app
from wellbeing.config import Config


@pytest.fixture
def cut_off(config: Config, tmp_path: Path) -> Flask:
    """An installation whose database does not answer."""
    gone = f"postgresql+psycopg://fil@/fil?host={tmp_path}"
    return create_app(replace(config, database_url=gone))


def test_without_its_database_it_says_so_and_serves_nobody(cut_off: Flask) -> None:
    client = cut_off.test_client()
    with client.session_transaction() as kept:
        kept["_user_id"] = "whoever"
    for address in ("/", "/journal", "/settings", "/groups"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
        assert "Ce qui était enregistré le reste." in answer.text
        assert "Besoin d’aide" in answer.text
    assert client.post("/journal", data={"mood": "1"}).status_code == 503
    health = client.get("/healthz")
    assert (health.status_code, health.text) == (503, "unavailable")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_without_its_database_no_address_breaks_or_shows_anything(cut_off: Flask) -> None:
    """Asked as somebody signed in: a right that cannot be looked up is no right."""
    client = cut_off.test_client()
    with client.session_transaction() as kept:
        kept["_user_id"] = "whoever"
    said = set()
    for rule in cut_off.url_map.iter_rules():
        held = {name: {"locale": "en", "number": 2026}.get(name, "2026-03-10") for name in rule.arguments}
        address = cut_off.url_map.bind("localhost").build(rule.endpoint, held, method=min(rule.methods or {"GET"}))
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            answer = client.open(address, method=method)
            said.add(answer.status_code)
            audience = cut_off.view_functions[rule.endpoint].audience  # type: ignore[attr-defined]
            assert answer.status_code == 503 or audience == "public", f"{method} {rule.rule}: {answer.status_code}"
            assert answer.status_code != 500, f"{method} {rule.rule}"
            answer.close()
    assert said >= {200, 503}


@pytest.mark.parametrize("address", ["/help/fr", "/help"])
def test_the_help_numbers_need_no_database_whoever_asks(cut_off: Flask, address: str) -> None:
    somebody = cut_off.test_client()
    with somebody.session_transaction() as kept:
        kept["_user_id"] = "whoever"
    for client in (cut_off.test_client(), somebody):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "31\u00a014" in answer.text


def test_it_says_ok_when_all_is_well(cast: Cast) -> None:
    answer = cast.stranger().get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")


def test_a_failure_is_logged_by_its_place_and_never_by_what_was_typed(
    cast: Cast, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr("wellbeing.journal.operations.noting.log_mood", broken)
    answer = cast.browser("Ana").post("/journal", data={"mood": "1", "note": CANARY})
    assert answer.status_code == 500
    assert CANARY not in answer.text
    said = capsys.readouterr().out
    assert CANARY not in said
    lines = [json.loads(line) for line in said.splitlines()]
    assert any(line["event"] == "failure" and line["type"] == "RuntimeError" for line in lines)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413, 415])
def test_an_error_page_repeats_nothing_of_what_was_asked(cast: Cast, status: int) -> None:
    client = cast.browser("Ana")
    asked = {
        400: lambda: client.post("/journal", data=b"\x00", content_type="multipart/form-data"),
        401: lambda: cast.stranger().post(f"/journal?q={CANARY}", data={"note": CANARY}),
        403: lambda: client.post("/journal", data={"note": CANARY}, headers={"Sec-Fetch-Site": "cross-site"}),
        404: lambda: client.get(f"/journal/{CANARY}?q={CANARY}"),
        405: lambda: client.put(f"/sign-in?q={CANARY}", data={"note": CANARY}),
        413: lambda: client.post("/journal", data={"note": CANARY * 100_000}),
        415: lambda: client.post("/journal", json={"note": CANARY}),
    }[status]
    answer = asked()
    assert answer.status_code in (status, 422) if status == 400 else answer.status_code == status
    assert CANARY not in answer.text
    assert "RuntimeError" not in answer.text
    assert "Traceback" not in answer.text


def test_a_line_of_the_log_holds_a_route_and_no_path(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    cast.browser("Ana").get(f"/workshops/{CANARY}?q={CANARY}\r\nforged")
    said = capsys.readouterr().out
    (line,) = [json.loads(line) for line in said.splitlines()]
    assert set(line) == {"at", "level", "event", "request_id", "method", "route", "status", "ms"}
    assert line["route"] == "/workshops/<uid>"
    assert CANARY not in said


@pytest.mark.parametrize("address", ["/groups/%00", "/journal/entries/%00", "/workshops/x%00", "/?saved=%00", "/c/%00"])
def test_a_sign_that_no_name_holds_is_an_unknown_name(cast: Cast, address: str) -> None:
    answer = cast.browser("Ana").get(address)
    assert answer.status_code == (200 if address.startswith("/?") else 404)


@pytest.mark.parametrize(("headers", "status"), [({"Sec-Fetch-Site": "cross-site"}, 403), ({}, 401)])
def test_a_refused_tap_has_nothing_to_swap(cast: Cast, headers: dict[str, str], status: int) -> None:
    client = cast.browser("Ana") if status == 403 else cast.stranger()
    answer = client.post("/journal", data={"mood": "1"}, headers={"HX-Request": "true", **headers})
    assert (answer.status_code, answer.text) == (status, "")


def test_a_failed_tap_is_answered_with_a_sentence_and_not_a_page(cast: Cast) -> None:
    answer = cast.browser("Ana").post("/journal", data={"note": "x" * 2_000_000}, headers={"HX-Request": "true"})
    assert answer.status_code == 413
    assert "<html" not in answer.text
    assert "C’est trop long" in answer.text


def test_a_closed_journal_says_that_nothing_was_saved_and_where_to_open_it(cast: Cast) -> None:
    answer = cast.stranger().post("/journal", data={"mood": "1"})
    assert answer.status_code == 401
    assert "Rien n’a été enregistré." in answer.text
    assert 'href="/sign-in"' in answer.text
