"""Every answer, errors and static files included, carries its headers; no page is kept by a cache."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.cast import Cast
from wellbeing import create_app
from wellbeing.config import Config
from wellbeing.web.security import PERMISSIONS, POLICY

ADDRESSES = ["/", "/sign-in", "/join", "/help", "/who-sees-what", "/nowhere", "/settings", "/healthz"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_fixed_headers(cast: Cast, address: str) -> None:
    for client in (cast.stranger(), cast.browser("Ana")):
        answer = client.get(address)
        assert answer.headers.getlist("Content-Security-Policy") == [POLICY]
        assert answer.headers["Permissions-Policy"] == PERMISSIONS
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Strict-Transport-Security" not in answer.headers
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control-")]
        answer.close()


def test_the_policy_names_no_other_host_and_allows_nothing_inline() -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "*" not in POLICY
    assert POLICY.startswith("default-src 'none'")


@pytest.mark.parametrize("address", ["/", "/settings", "/journal", "/streak", "/workshops"])
def test_a_signed_in_page_is_kept_nowhere(cast: Cast, address: str) -> None:
    answer = cast.browser("Ana").get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]


def test_static_files_are_kept_for_ever_and_carry_what_means_something_for_a_part_of_a_page(cast: Cast) -> None:
    version = cast.app.config["ASSETS_VERSION"]
    for file in ("css/app.css", "js/app.js", "icons/sprite.svg", "icons/app-192.png"):
        answer = cast.stranger().get(f"/static/{version}/{file}", headers={"Accept-Encoding": "br"})
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "max-age=31536000, public, immutable"
        assert answer.headers.get("Content-Encoding") == (None if file.endswith("png") else "br")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers.getlist("Content-Security-Policy") == ["default-src 'none'; frame-ancestors 'none'"]
        assert sum(len(f"{name}: {value}\r\n") for name, value in answer.headers) < 400
        answer.close()


def test_what_a_page_reads_and_never_is_carries_what_a_part_does(cast: Cast) -> None:
    for address, kind in (("/sync", "application/json"), ("/manifest.webmanifest", "application/manifest+json")):
        answer = cast.browser("Ana").get(address)
        assert (answer.status_code, answer.mimetype) == (200, kind)
        assert answer.headers.getlist("Content-Security-Policy") == ["default-src 'none'; frame-ancestors 'none'"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Permissions-Policy" not in answer.headers
    worker = cast.stranger().get("/sw.js")
    assert worker.headers.getlist("Content-Security-Policy") == [POLICY]
    assert worker.headers["X-Content-Type-Options"] == "nosniff"
    assert "Permissions-Policy" not in worker.headers
    refused = cast.stranger().get("/sync")
    assert refused.headers.getlist("Content-Security-Policy") == [POLICY]


def test_a_piece_that_htmx_asked_for_carries_what_a_part_does(cast: Cast) -> None:
    asked = {"HX-Request": "true"}
    answer = cast.browser("Ana").post("/journal", data={"mood": "4"}, headers=asked)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert answer.headers.getlist("Content-Security-Policy") == ["default-src 'none'; frame-ancestors 'none'"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Permissions-Policy" not in answer.headers
    refused = cast.stranger().post("/journal", data={"mood": "4"}, headers=asked)
    assert refused.headers.getlist("Content-Security-Policy") == [POLICY]


def test_not_modified_leaves_the_headers_that_were_kept_as_they_are(cast: Cast) -> None:
    known = cast.stranger().get("/sw.js")
    again = cast.stranger().get("/sw.js", headers={"If-None-Match": known.headers["ETag"]})
    assert again.status_code == 304
    assert "Content-Security-Policy" not in again.headers
    assert sum(len(f"{name}: {value}\r\n") for name, value in again.headers) < 200


def test_a_manifest_is_kept_for_ever_under_the_name_of_its_release_and_under_no_other(cast: Cast) -> None:
    [named] = re.findall(r'rel="manifest" href="([^"]+)"', cast.browser("Ana").get("/").text)
    assert cast.stranger().get(named).headers["Cache-Control"] == "max-age=31536000, public, immutable"
    for other in ("/manifest.webmanifest", "/manifest.webmanifest?0000000000000000"):
        assert cast.stranger().get(other).headers["Cache-Control"] == "no-cache"


def test_a_static_file_that_is_not_there_is_answered_by_a_page_with_all_its_headers(cast: Cast) -> None:
    answer = cast.stranger().get("/static/0000000000000000/css/app.css")
    assert answer.status_code == 404
    assert answer.headers.getlist("Content-Security-Policy") == [POLICY]
    assert answer.headers["Permissions-Policy"] == PERMISSIONS


def test_over_https_the_browser_is_told_to_stay_there(config: Config) -> None:
    app = create_app(replace(config, public_url="https://fil.example.org"))
    answer = app.test_client().get("/help", base_url="https://fil.example.org")
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert answer.headers["Content-Security-Policy"].endswith("upgrade-insecure-requests")
    assert app.config["SESSION_COOKIE_NAME"] == "__Host-fil"
    assert app.config["SESSION_COOKIE_SECURE"] is True


def test_an_unencrypted_public_address_says_so_on_every_page(config: Config) -> None:
    app = create_app(replace(config, public_url="http://fil.example.org"))
    assert "Connexion non chiffrée" in app.test_client().get("/sign-in").text
