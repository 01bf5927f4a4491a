"""What signs somebody in is ours, new each time, and dead once it is over; what was made elsewhere is nothing."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import replace

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from tests.cast import Cast
from tests.databases import built, close
from wellbeing.config import Config


def held(client: FlaskClient) -> str:
    cookie = client.get_cookie("fil")
    assert cookie is not None
    return str(cookie.value)


def holding(app: Flask, cookie: str) -> FlaskClient:
    client = app.test_client()
    client.set_cookie("fil", cookie)
    return client


def unsigned(token: str) -> str:
    return base64.urlsafe_b64encode(json.dumps({"_user_id": token}).encode()).decode().rstrip("=")


def test_a_cookie_that_was_changed_anywhere_opens_nothing(cast: Cast) -> None:
    good = held(cast.browser("Ana"))
    assert holding(cast.app, good).get("/settings").status_code == 200
    for place in range(0, len(good), 3):
        other = "A" if good[place] != "A" else "B"
        bad = good[:place] + other + good[place + 1 :]
        if place == len(good) - 1:
            continue  # the last letter of a signature holds bits that nobody reads
        assert holding(cast.app, bad).get("/settings").status_code == 303, place


def test_a_cookie_signed_by_nobody_or_with_another_key_or_in_another_way_opens_nothing(cast: Cast) -> None:
    token, good = cast.people["Ana"].token, held(cast.browser("Ana"))
    ours = cast.app.config["SECRET_KEY"]
    said = {"_user_id": token}
    salt = SecureCookieSessionInterface.salt
    forged = {
        "bare": unsigned(token),
        "without its signature": good.rsplit(".", 1)[0],
        "with an empty signature": good.rsplit(".", 1)[0] + ".",
        "another key": URLSafeTimedSerializer(secrets.token_hex(32), salt=salt).dumps(said),
        "an empty key": URLSafeTimedSerializer("", salt=salt).dumps(said),
        "another purpose": URLSafeTimedSerializer(ours, salt="another").dumps(said),
        "the token itself": token,
    }
    for how, cookie in forged.items():
        assert holding(cast.app, cookie).get("/settings").status_code == 303, how


def test_the_key_before_is_still_read_and_an_older_one_is_not(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    good = held(cast.browser("Ana"))
    before = cast.app.config["SECRET_KEY"]
    monkeypatch.setitem(cast.app.config, "SECRET_KEY", secrets.token_hex(32))
    monkeypatch.setitem(cast.app.config, "SECRET_KEY_FALLBACKS", [before])
    assert holding(cast.app, good).get("/settings").status_code == 200
    monkeypatch.setitem(cast.app.config, "SECRET_KEY_FALLBACKS", [])
    assert holding(cast.app, good).get("/settings").status_code == 303


def test_signing_in_never_takes_over_what_somebody_else_put_there(cast: Cast) -> None:
    """Whoever prepared the browser of Ana with a sign-in of their own holds nothing of hers afterwards."""
    prepared = cast.browser("Ben")
    theirs = held(prepared)
    with prepared.session_transaction() as kept:
        before = kept["_user_id"]
    prepared.post("/sign-in", data={"phrase": cast.people["Ana"].phrase})
    with prepared.session_transaction() as kept:
        assert kept["_user_id"] not in (before, cast.people["Ana"].token)
    assert "Ana" in prepared.get("/settings").text
    assert "Ana" not in holding(cast.app, theirs).get("/settings").text


@pytest.mark.parametrize("way", ["signed out", "erased"])
def test_an_old_cookie_opens_nothing_once_it_is_over(cast: Cast, way: str) -> None:
    ana = cast.browser("Ana")
    old = held(ana)
    assert holding(cast.app, old).get("/journal").status_code == 200
    ana.post("/sign-out" if way == "signed out" else "/settings/erasure")
    answer = holding(cast.app, old).get("/journal")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/journal")
    assert holding(cast.app, old).post("/journal", data={"mood": "1"}).status_code == 401
    assert holding(cast.app, old).get("/sync").status_code == 401


def test_over_https_the_cookie_belongs_to_this_host_alone(config: Config, cast: Cast) -> None:
    app, here = built(replace(config, public_url="https://fil.example.org")), "https://fil.example.org"
    try:
        answer = app.test_client().post("/sign-in", data={"phrase": cast.people["Ana"].phrase}, base_url=here)
    finally:
        close(app)
    assert answer.status_code == 303
    [written] = answer.headers.getlist("Set-Cookie")
    name, *flags = [part.strip() for part in written.split(";")]
    assert name.startswith("__Host-fil=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(flags)
    assert not [flag for flag in flags if flag.startswith("Domain")]
