"""The log says what happened to the installation, and nothing of what anybody wrote, nor who they are."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cast import CANARY, Cast
from tests.conftest import Clock
from tests.journal.record import rows
from tests.sync.phone import HERE, fresh

Said = pytest.CaptureFixture[str]
TYPED = f'{CANARY}\r\n{{"event": "forged"}}\x1b[2J'


def events(said: Said) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in said.readouterr().out.splitlines()]
    assert all({"at", "level", "event"} <= set(line) for line in lines)
    return [line for line in lines if line["event"] != "request"]


def names(said: Said) -> list[tuple[str, str | None, str | None]]:
    return [(one["event"], one.get("result"), one.get("key")) for one in events(said)]


def test_opening_refusing_and_closing_are_one_event_each(cast: Cast, capsys: Said) -> None:
    capsys.readouterr()
    device = cast.stranger()
    device.post("/sign-in", data={"phrase": "abaisser " * 7})
    assert names(capsys) == [("sign_in", "refused", "phrase")]
    device.post("/sign-in", data={"phrase": cast.people["Ana"].phrase})
    assert names(capsys) == [("sign_in", "opened", "phrase")]
    device.post("/sign-out")
    assert names(capsys) == [("sign_out", None, None)]
    cast.browser("Ana").get("/organisation")
    assert names(capsys) == [("access", "refused", None)]
    device.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"})
    assert names(capsys) == [("cross_site", "refused", None)]
    device.get("/join?code=ZZZZZZZZ")
    assert names(capsys) == [("join", "refused", None)]


def test_whose_event_it_is_can_be_told_within_a_month_and_of_whom_never(cast: Cast, capsys: Said, clock: Clock) -> None:
    def who(name: str) -> str:
        capsys.readouterr()
        cast.stranger().post("/sign-in", data={"phrase": cast.people[name].phrase})
        (event,) = events(capsys)
        return str(event["who"])

    ana = who("Ana")
    assert who("Ana") == ana
    assert who("Ben") != ana
    assert cast.people["Ana"].person.uid[:8] not in ana
    clock.set("2026-04-01T00:00+00:00")
    assert who("Ana") != ana


def test_a_line_that_somebody_typed_forges_none(cast: Cast, capsys: Said) -> None:
    """CR, LF and control characters in every field that reaches a view, in a query, a path and a header."""
    capsys.readouterr()
    ana, stranger = cast.browser("Ana"), cast.stranger()
    for path in (
        "/sign-in",
        "/join",
        "/settings",
        "/journal",
        "/settings/choices",
        "/check-in",
        "/organisation/retention",
    ):
        for device in (ana, stranger):
            device.post(
                path, data=dict.fromkeys(("phrase", "code", "pseudonym", "note", "purpose", "next", "months"), TYPED)
            )
    stranger.get("/" + TYPED.replace("\r\n", "%0d%0a").replace("\x1b", "%1b"))
    stranger.get("/join", query_string={"code": TYPED})
    stranger.get("/sign-in", headers={"User-Agent": CANARY, "Accept-Language": CANARY})
    ana.post("/journal", data={"op_id": fresh(), "mood": "3", "note": TYPED}, headers=HERE)
    assert rows(cast.app, "SELECT 1 FROM note")
    text = capsys.readouterr().out
    assert text.count("\n") > 15
    assert CANARY not in text
    assert "forged" not in text
    assert "\x1b" not in text
    assert all(isinstance(json.loads(line), dict) for line in text.splitlines())


def test_no_secret_and_no_name_is_in_any_line(cast: Cast, capsys: Said) -> None:
    capsys.readouterr()
    device = cast.stranger()
    device.post("/sign-in", data={"phrase": cast.people["Fay"].phrase})
    fay = cast.browser("Fay")
    for path in ("/", "/groups", f"/groups/{cast.groups['Willow'].uid}", "/settings", "/help"):
        fay.get(path)
    fay.get(f"/join?code={cast.codes['Willow']}")
    text = capsys.readouterr().out
    assert text
    fay_herself, willow = cast.people["Fay"], cast.groups["Willow"].uid
    never = [fay_herself.phrase.split()[0], fay_herself.token, fay_herself.person.uid, "Willow", willow]
    never += [cast.codes["Willow"], "127.0.0.1", CANARY, "/help"]
    assert [word for word in never if word in text] == []
