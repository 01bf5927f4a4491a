"""What concerns rights leaves one line in the log, of words of ours alone; what is typed adds no line to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.accounts.test_arriving_by_invitation import FORM, invited
from tests.cast import CANARY, Cast

ALWAYS = {"at", "level", "event", "request_id"}
FORGED = f'{CANARY}\r\n{{"event": "forged"}}\n\x1b[31m\x00\u2028'


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def in_(cast: Cast) -> FlaskClient:
    client = cast.stranger()
    client.post("/sign-in", data={"phrase": cast.people["Ana"].phrase})
    return client


EVENTS: dict[str, tuple[Callable[[Cast], object], dict[str, object]]] = {
    "sign-in": (in_, {"event": "sign_in", "result": "opened", "key": "phrase"}),
    "refused sign-in": (
        lambda cast: cast.stranger().post("/sign-in", data={"phrase": CANARY}),
        {"event": "sign_in", "result": "refused", "key": "phrase"},
    ),
    "sign-out": (lambda cast: cast.browser("Ana").post("/sign-out"), {"event": "sign_out"}),
    "invitation": (
        lambda cast: cast.browser("Sam").post("/organisation/invitations"),
        {"event": "invitation", "result": "made"},
    ),
    "erasure": (lambda cast: cast.browser("Ben").post("/settings/erasure"), {"event": "erased"}),
}


@pytest.mark.parametrize("what", EVENTS)
def test_each_leaves_one_line_with_its_facts_and_nothing_else(
    cast: Cast, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    act, facts = EVENTS[what]
    act(cast)
    said = [line for line in lines(capsys) if line["event"] != "request"]
    assert [{name: value for name, value in line.items() if name in facts} for line in said] == [facts]
    assert set(said[0]) <= ALWAYS | set(facts) | {"who"}
    assert str(said[0]["at"]).endswith("+00:00")


def test_a_limit_that_is_reached_leaves_a_line(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    cast.app.config["LE_FIL"] = replace(cast.app.config["LE_FIL"], limits_factor=1)
    for _ in range(21):
        cast.stranger().get("/join?code=ZZZZZZZZ")
    assert [line["limit"] for line in lines(capsys) if line["event"] == "limit"] == ["code"]


def test_a_refused_right_is_a_line_by_its_route(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    cast.browser("Ana").get(f"/groups/{cast.groups['Oak'].uid}")
    cast.browser("Ana").post("/journal", headers={"Sec-Fetch-Site": "cross-site"})
    said = [(line["event"], line.get("route"), line.get("status")) for line in lines(capsys)]
    asked = [line for line in said if line[0] == "request"]
    assert asked == [("request", "/groups/<uid>", 404), ("request", "/journal", 403)]
    assert ("cross_site", None, None) in said


def test_nothing_that_is_typed_becomes_a_line_or_a_part_of_one(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    ana, asked = cast.browser("Ana"), 0
    for address in ("/journal", "/settings", "/sign-in", "/join", "/locale", f"/invitations/{invited(cast)}"):
        fields = ("note", "phrase", "pseudonym", "next", "code", "locale", "zone", "op_id")
        ana.post(address, data={**FORM, **dict.fromkeys(fields, FORGED)})
        asked += 1
    for address in ("/journal/x", "/groups/x", "/c/x", "/invitations/x"):
        ana.get(address.replace("x", "%0d%0aforged%1b"), query_string={"q": FORGED})
        asked += 1
    ana.open("/", method="FORGED", headers={"User-Agent": CANARY, "X-Request-Id": CANARY})
    out = capsys.readouterr().out
    said = [json.loads(line) for line in out.splitlines()]
    assert len([line for line in said if line["event"] == "request"]) == asked + 1
    assert not [word for word in (CANARY, "forged", "\x1b", "\u2028") if word in out]
