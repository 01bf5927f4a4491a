"""What somebody outside may try before knowing anything: lists, remains, proxies’ words, another name for the place."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.cast import CANARY, Cast
from tests.databases import built, close
from tests.journal.record import rows
from wellbeing.config import Config

NOT_HERE = (
    "/.git/config", "/.git/HEAD", "/.env", "/.ci/run", "/patterns", "/console", "/debug", "/metrics", "/admin", "/api",
    "/static", "/static/", "/static/../app.py", "/static/%2e%2e/app.py", "/static//etc/passwd",
    "/instance/secrets.json", "/secrets.json", "/wellbeing.sqlite3",
    "/instance/wellbeing.sqlite3", "/requirements.txt", "/server-status",
    "/swagger.json", "/openapi.json", "/robots.txt~", "/app.py", "/phpinfo.php", "/backup",
    "/..%2fapp.py", "/healthz/x",
)  # fmt: skip
ONWARD = [
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
    "HTTPS:evil.example", "javascript:alert(1)", "data:text/html,x", "//evil.example/%2f..", "/\t/evil.example",
    "/\n/evil.example",
    "\x00//evil.example", " //evil.example", "https:/evil.example", "http:evil.example", "@evil.example", "",
]  # fmt: skip
BEHIND_NOTHING = {
    "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "8443", "X-Forwarded-Prefix": "/evil", "Forwarded": "for=203.0.113.9;host=evil.example",
    "X-Real-IP": "203.0.113.9", "X-Original-URL": "/organisation", "X-Rewrite-URL": "/organisation",
    "X-HTTP-Method-Override": "DELETE",
}  # fmt: skip


@pytest.mark.parametrize("address", NOT_HERE)
def test_what_is_of_no_use_to_people_is_not_there(cast: Cast, address: str) -> None:
    for client in (cast.stranger(), cast.browser("Sam")):
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert "Werkzeug" not in answer.text
        answer.close()


def test_no_address_of_the_map_serves_development(cast: Cast) -> None:
    assert not cast.app.debug
    assert not [
        rule.rule for rule in cast.app.url_map.iter_rules() if "patterns" in rule.rule or rule.endpoint == "static"
    ]


@pytest.mark.parametrize("onward", ONWARD)
def test_nothing_leads_to_another_site_whoever_wrote_the_link(cast: Cast, onward: str) -> None:
    said = {"next": onward}
    answers = [
        cast.stranger().post("/sign-in", data={"phrase": cast.people["Ana"].phrase, **said}),
        cast.browser("Ana").get("/sign-in", query_string=said),
        cast.stranger().post("/locale", data={"locale": "en", **said}),
        cast.stranger().post("/display", data={"simple": "1", **said}),
        cast.browser("Ana").post("/display", data={"simple": "1", **said}),
    ]
    for answer in answers:
        assert answer.status_code == 303
        assert answer.location == "/"
        assert not {"HX-Redirect", "HX-Location", "Refresh"} & set(answer.headers.keys())


def test_what_a_proxy_would_say_is_not_believed_where_there_is_none(cast: Cast) -> None:
    cast.app.config["LE_FIL"] = replace(cast.app.config["LE_FIL"], limits_factor=1)
    for n in range(20):
        told = {name: value.replace("203.0.113.9", f"203.0.113.{n}") for name, value in BEHIND_NOTHING.items()}
        assert cast.stranger().get("/join?code=ZZZZZZZZ", headers=told).status_code == 422
    assert cast.stranger().get("/join?code=ZZZZZZZZ").status_code == 429  # one address, whatever each of them said
    assert len(rows(cast.app, "SELECT key FROM throttle WHERE key LIKE '%code%'")) == 1
    fay = cast.browser("Fay", **BEHIND_NOTHING)
    for address in ("/groups", f"/groups/{cast.groups['Willow'].uid}/poster", f"/groups/{cast.groups['Willow'].uid}"):
        answer = fay.get(address)
        assert answer.status_code == 200
        assert "evil" not in answer.text + str(answer.headers)
    assert cast.browser("Ana", **BEHIND_NOTHING).get("/settings").status_code == 200


def test_behind_one_proxy_its_word_is_taken_and_not_what_came_before_it(config: Config, cast: Cast) -> None:
    app = built(replace(config, proxies=1, limits_factor=1))
    try:
        for n in range(21):
            told = {"X-Forwarded-For": f"198.51.100.{n}, 203.0.113.9"}
            answer = app.test_client().get("/join?code=ZZZZZZZZ", headers=told)
        assert answer.status_code == 429
        other = app.test_client().get("/join?code=ZZZZZZZZ", headers={"X-Forwarded-For": "203.0.113.10"})
        assert other.status_code == 422
    finally:
        close(app)


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost:1@evil.example", "evil.example:80"]
)
def test_another_name_for_the_place_is_written_nowhere(cast: Cast, host: str) -> None:
    willow = cast.groups["Willow"].uid
    for who, address in (
        ("Fay", f"/groups/{willow}/poster"),
        ("Ana", "/workshops"),
        ("Ana", "/settings"),
        ("Fay", "/groups"),
    ):
        answer = cast.browser(who).get(address, headers={"Host": host})
        assert "evil" not in answer.text + str(answer.headers)
    invited = cast.browser("Fay").post(f"/groups/{willow}/team", headers={"Host": host})
    assert "evil" not in invited.text
    led = cast.stranger().get("/settings", headers={"Host": host})
    assert "evil" not in led.headers.get("Location", "")


def test_every_failure_says_the_same_and_nothing_of_what_was_in_it(
    cast: Cast, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each view in turn fails with the odd word in its hands."""

    def broken(*_: object, **__: object) -> None:
        pocket = CANARY  # noqa: F841 - what a log with locals would show
        raise RuntimeError(f"{CANARY} [parameters: ('{CANARY}',)]")

    client, said, failed = cast.browser("Ana"), set(), 0
    for rule in cast.app.url_map.iter_rules():
        if rule.arguments or not (rule.methods or set()) & {"GET", "POST"}:
            continue
        broken.audience = "public"  # type: ignore[attr-defined]
        monkeypatch.setitem(cast.app.view_functions, rule.endpoint, broken)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            answer = client.open(f"{rule.rule}?q={CANARY}", method=method)
            assert answer.status_code == 500, rule.rule
            assert CANARY not in answer.text + str(answer.headers)
            if answer.mimetype == "text/html":
                said.add(re.sub(r"\b[0-9a-f]{16}\b(?!/)", "…", answer.text))
            failed += 1
    assert failed > 30
    assert len(said) == 1
    assert CANARY not in capsys.readouterr().out
