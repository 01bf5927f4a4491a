"""A key again before a power: ten minutes, one device, a new token; and back to where one stood."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from tests.accounts.conftest import tight
from tests.cast import Cast
from tests.conftest import Clock
from tests.keys.authenticator import Authenticator, asked, given

__all__ = ["tight"]
NOBODYS = "0123456789abcdef0123456789abcdef"
# Who may open each, and every way in which it is opened.
POWERS = {
    "/settings/keys": ("Ana", {"GET"}),
    "/settings/keys/passkey": ("Ana", {"POST"}),
    "/settings/keys/passkeys": ("Ana", {"POST"}),
    "/settings/keys/passkeys/<uid>": ("Ana", {"POST"}),
    "/settings/keys/passkeys/<uid>/end": ("Ana", {"POST"}),
    "/settings/keys/phrase": ("Ana", {"POST"}),
    "/settings/keys/devices/<did>/end": ("Ana", {"POST"}),
    "/settings/keys/devices/end": ("Ana", {"POST"}),
    "/settings/erasure": ("Ana", {"GET", "POST"}),
    "/data": ("Ana", {"GET"}),
    "/data/export.json": ("Ana", {"GET"}),
    "/data/export.csv": ("Ana", {"GET"}),
    "/data/import": ("Ana", {"GET", "POST"}),
    "/data/import/entries": ("Ana", {"POST"}),
    "/groups/<uid>/team": ("Fay", {"GET", "POST"}),
    "/groups/<uid>/team/invitations/<iid>/revocation": ("Fay", {"POST"}),
    "/groups/<uid>/team/shown-name": ("Fay", {"POST"}),
    "/groups/<uid>/team/<mid>/end": ("Fay", {"GET", "POST"}),
    "/groups/<uid>/team/end": ("Fay", {"GET", "POST"}),
    "/groups/<uid>/code": ("Fay", {"GET", "POST"}),
    "/organisation/groups/<uid>": ("Sam", {"GET", "POST"}),
    "/organisation/groups/<uid>/closing": ("Sam", {"GET", "POST"}),
    "/organisation/groups/<uid>/invitations/<iid>/revocation": ("Sam", {"POST"}),
    "/organisation/groups/<uid>/<mid>/end": ("Sam", {"GET", "POST"}),
    "/organisation/invitations": ("Sam", {"POST"}),
    "/organisation/invitations/<uid>/revocation": ("Sam", {"POST"}),
    "/organisation/flags/<uid>/settlement": ("Sam", {"POST"}),
    "/organisation/reinforced": ("Sam", {"POST"}),
    "/organisation/retention": ("Sam", {"POST"}),
}


def fresh_rules(cast: Cast) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for rule in cast.app.url_map.iter_rules():
        if getattr(cast.app.view_functions[rule.endpoint], "fresh", False):
            found.setdefault(rule.rule, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})
    return found


def address_of(rule: str, cast: Cast) -> str:
    for name in ("uid", "did", "iid", "mid"):
        rule = rule.replace(f"<{name}>", cast.groups["Willow"].uid if name == "uid" and "groups" in rule else NOBODYS)
    return rule


def test_every_power_asks_for_a_key_again(cast: Cast, clock: Clock) -> None:
    """Every power; one that is added later is added here as well."""
    listed = {rule: methods for rule, (_, methods) in POWERS.items()}
    assert fresh_rules(cast) == listed
    browsers = {name: cast.browser(name) for name in ("Ana", "Fay", "Sam")}
    clock.advance(minutes=10)
    tried = 0
    for rule, (who, methods) in POWERS.items():
        for method in methods:
            address = address_of(rule, cast)
            answer = browsers[who].open(address, method=method)
            if rule == "/settings/keys/passkey":
                assert (answer.status_code, answer.json) == (403, {"error": "step_up", "address": "/step-up?next=/"})
            else:
                onward = address if method == "GET" else "/"
                assert (answer.status_code, answer.location) == (303, f"/step-up?next={onward}"), f"{method} {rule}"
            piece = browsers[who].open(address, method=method, headers={"HX-Request": "true"})
            if rule != "/settings/keys/passkey":
                assert (piece.status_code, piece.text) == (403, "")
                assert piece.headers["HX-Redirect"].startswith("/step-up?next=/")
            tried += 1
    assert tried > 25


def test_every_write_of_the_steward_is_a_power(cast: Cast) -> None:
    writes = [
        rule.endpoint
        for rule in cast.app.url_map.iter_rules()
        if rule.rule.startswith("/organisation") and {"POST", "PUT", "DELETE"} & (rule.methods or set())
    ]
    assert len(writes) >= 7
    assert [name for name in writes if not getattr(cast.app.view_functions[name], "fresh", False)] == []


def test_who_may_not_open_a_power_is_not_asked_for_a_key(cast: Cast, clock: Clock) -> None:
    ana, stranger = cast.browser("Ana"), cast.stranger()
    clock.advance(minutes=11)
    for address in (f"/groups/{cast.groups['Willow'].uid}/team", "/organisation/invitations"):
        assert ana.post(address).status_code == 404
        assert stranger.post(address).status_code == 401


def test_the_seven_words_open_powers_for_ten_minutes_under_a_new_token(cast: Cast, clock: Clock) -> None:
    ana = cast.browser("Ana")
    clock.advance(minutes=11)
    old_cookie = ana.get_cookie("fil")
    page = ana.get(ana.get("/settings/keys").location)
    assert "Confirmez que c’est vous" in page.text
    assert 'name="next" value="/settings/keys"' in page.text
    assert "data-passkey=" not in page.text  # she has none
    sure = ana.post("/step-up", data={"phrase": cast.people["Ana"].phrase, "next": "/settings/keys"})
    assert (sure.status_code, sure.location) == (303, "/settings/keys")
    thief = cast.stranger()
    assert old_cookie is not None
    thief.set_cookie("fil", old_cookie.value)
    assert thief.get("/settings").status_code == 303
    listed = ana.get("/settings/keys")
    assert listed.status_code == 200
    assert "/devices/" not in listed.text.replace("/devices/end", "")  # the same row, not a second device
    clock.advance(minutes=9.9)
    assert ana.get("/settings/keys").status_code == 200
    clock.advance(minutes=0.1)
    assert ana.get("/settings/keys").status_code == 303


def test_signing_in_gives_a_new_token_whatever_the_browser_held(cast: Cast) -> None:
    client, tokens = cast.browser("Ben"), set()
    for _ in range(2):
        with client.session_transaction() as kept:
            tokens.add(kept["_user_id"])
        client.post("/sign-in", data={"phrase": cast.people["Ana"].phrase})
    with client.session_transaction() as kept:
        tokens.add(kept["_user_id"])
    assert len(tokens) == 3


def test_a_passkey_opens_powers_as_well(cast: Cast, clock: Clock) -> None:
    ana = cast.browser("Ana")
    device = given(ana)
    clock.advance(minutes=11)
    assert 'data-passkey="/step-up/passkey"' in ana.get("/step-up?next=/settings/erasure").text
    sure = {"passkey": device.opens(asked(ana, "/step-up/passkey")), "next": "/settings/erasure"}
    assert ana.post("/step-up", data=sure).location == "/settings/erasure"
    assert ana.get("/settings/erasure").status_code == 200
    assert ana.post("/step-up", data=sure).status_code == 422  # the same answer again


def test_somebody_elses_keys_open_no_powers(cast: Cast, clock: Clock) -> None:
    ana, his = cast.browser("Ana"), given(cast.browser("Ben"))
    given(ana)
    clock.advance(minutes=11)
    for sure in (
        {"passkey": his.opens(asked(ana, "/step-up/passkey"))},
        {"passkey": Authenticator(handle=his.handle).opens(asked(ana, "/step-up/passkey"))},
        {"passkey": "{}"},
        {"phrase": cast.people["Ben"].phrase},
        {"phrase": ""},
        {},
    ):
        refused = ana.post("/step-up", data={**sure, "next": "/settings/keys"})
        assert refused.status_code == 422
        assert 'name="next" value="/settings/keys"' in refused.text
        words, key = "Ces mots n’ouvrent aucun fil." in refused.text, 'data-passkey-says="before"' in refused.text
        assert (words, key) == ("passkey" not in sure, "passkey" in sure)
    assert ana.get("/settings/keys").status_code == 303


def test_a_write_leads_back_to_the_page_of_its_form(cast: Cast, clock: Clock) -> None:
    sam = cast.browser("Sam")
    clock.advance(minutes=11)
    for came_from, onward in {
        "http://localhost/organisation": "/organisation",
        "http://localhost/organisation/invitations": "/organisation",  # what a form answered, which no link opens
        "http://evil.example/organisation": "/",
        "http://localhost//evil.example/x": "/",
        "": "/",
    }.items():
        answer = sam.post("/organisation/invitations", headers={"Referer": came_from} if came_from else {})
        assert answer.location == f"/step-up?next={onward}"


@pytest.mark.parametrize("onward", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"])
def test_confirming_never_leads_to_another_site(cast: Cast, onward: str) -> None:
    ana = cast.browser("Ana")
    assert "evil" not in ana.get("/step-up", query_string={"next": onward}).text
    answer = ana.post("/step-up", data={"phrase": cast.people["Ana"].phrase, "next": onward})
    assert answer.location == "/"


def test_thirty_wrong_confirmations_a_minute_are_enough_for_one_device(
    cast: Cast, tight: FlaskClient, clock: Clock
) -> None:
    ana, other = cast.browser("Ana"), cast.fresh("Ana")
    for _ in range(30):
        assert ana.post("/step-up", data={"phrase": "x"}).status_code == 422
    assert ana.post("/step-up", data={"phrase": cast.people["Ana"].phrase}).status_code == 429
    assert other.post("/step-up", data={"phrase": cast.people["Ana"].phrase}).status_code == 303
    clock.advance(minutes=1)
    assert ana.post("/step-up", data={"phrase": cast.people["Ana"].phrase}).status_code == 303


def test_confirming_is_logged_once_and_says_which_key(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    ana = cast.browser("Ana")
    ana.post("/step-up", data={"phrase": "x"})
    ana.post("/step-up", data={"phrase": cast.people["Ana"].phrase})
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    told = [{name: line[name] for name in line if name not in ("at", "request_id", "level", "who")} for line in events]
    assert [line for line in told if line["event"] == "step_up"] == [
        {"event": "step_up", "result": "refused", "key": "phrase"},
        {"event": "step_up", "result": "confirmed", "key": "phrase"},
    ]


def test_a_visitor_confirms_nothing(cast: Cast) -> None:
    assert cast.stranger().get("/step-up").status_code == 303
    assert cast.stranger().post("/step-up", data={"phrase": cast.people["Ana"].phrase}).status_code == 401
