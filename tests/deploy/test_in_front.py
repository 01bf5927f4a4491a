"""Behind nginx and behind Caddy, with the files that a host copies, people have all that the pages promise."""

from __future__ import annotations

import re
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.cast import Cast
from tests.deploy.front import Front
from tests.deploy.fronts import started
from tests.deploy.house import NAME, free_port
from tests.deploy.units import DEPLOY
from wellbeing.config import Config
from wellbeing.web.security import POLICY_OF_PARTS, headers

HERE = f"https://{NAME}"
FIXED = dict(headers(Config.from_env({"PUBLIC_URL": HERE})))
FORM = {"Content_Type": "application/x-www-form-urlencoded", "Origin": HERE}
MEBIBYTE = 1024 * 1024


def signed_in(front: Front, cast: Cast, name: str) -> str:
    """The cookie that somebody is given for their words."""
    sent = front.ask("POST", "/sign-in", body=urlencode({"phrase": cast.people[name].phrase}).encode(), **FORM)
    assert (sent.status, sent.headers["Location"]) == (303, "/")
    [given] = SimpleCookie(sent.headers["Set-Cookie"]).values()
    assert (given.key, given["secure"], given["httponly"], given["domain"]) == ("__Host-fil", True, True, "")
    return f"{given.key}={given.value}"


def sent_file(size: int, cookie: str) -> tuple[bytes, dict[str, str]]:
    start = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.json"\r\n\r\n'
    whole = start + b"x" * size + b"\r\n--b--\r\n"
    return whole, {"Content_Type": "multipart/form-data; boundary=b", "Origin": HERE, "Cookie": cookie}


def test_a_page_arrives_with_each_of_its_headers_once_compressed_and_kept_by_no_cache(front: Front) -> None:
    page = front.ask("GET", "/sign-in", Accept_Encoding="br, gzip")
    assert (page.status, page.headers["Content-Encoding"], page.headers["Cache-Control"]) == (200, "br", "no-store")
    assert {name: page.headers.get_all(name) for name in FIXED} == {name: [value] for name, value in FIXED.items()}
    assert FIXED["Strict-Transport-Security"].startswith("max-age=63072000")
    health = front.ask("GET", "/healthz")
    assert (health.status, health.body) == (200, b"ok")


def test_a_static_file_is_kept_for_ever_and_comes_compressed(front: Front) -> None:
    page = front.ask("GET", "/sign-in").body.decode()
    [styles] = set(re.findall(r'href="(/static/\w+/css/app\.css)"', page))
    file = front.ask("GET", styles, Accept_Encoding="br")
    assert (file.status, file.headers["Content-Encoding"]) == (200, "br")
    assert file.headers["Cache-Control"] == "max-age=31536000, public, immutable"
    assert file.headers.get_all("Content-Security-Policy") == [POLICY_OF_PARTS]


def test_whoever_signs_in_is_known_at_the_next_page_and_by_nobody_on_the_way(
    front: Front, sqlite_cast: tuple[Path, Cast]
) -> None:
    page = front.ask("GET", "/settings", Cookie=signed_in(front, sqlite_cast[1], "Ana"))
    assert (page.status, page.headers["Cache-Control"]) == (200, "no-store")
    assert front.ask("GET", "/settings").status == 303


def test_nobody_is_told_what_runs_here(front: Front) -> None:
    for answer in (front.ask("GET", "/sign-in"), front.ask("GET", "/nowhere"), front.redirects("/sign-in")):
        # nginx cannot be made to hide its name; which one it is, it does not say
        assert answer.headers.get_all("Server", []) == (["nginx"] if front.program == "nginx" else [])
        assert not [name for name in answer.headers if name in ("Via", "X-Powered-By")]


def test_what_is_not_encrypted_is_led_to_where_it_is(front: Front) -> None:
    led = front.redirects("/join?code=ABCD")
    assert (led.status, led.headers["Location"]) == (301, f"{HERE}/join?code=ABCD")


@pytest.mark.parametrize("version", ["TLSv1", "TLSv1_1", "TLSv1_2", "TLSv1_3"])
def test_old_encryption_is_not_spoken(front: Front, version: str) -> None:
    assert front.speaks(version) is (version in ("TLSv1_2", "TLSv1_3"))


def test_the_largest_file_that_may_be_sent_arrives_and_is_laid_down_nowhere(
    front: Front, sqlite_cast: tuple[Path, Cast]
) -> None:
    cookie = signed_in(front, sqlite_cast[1], "Ben")
    before = front.last_file()
    body, said = sent_file(10 * MEBIBYTE, cookie)
    assert front.ask("POST", "/data/import", body=body, **said).status == 422  # read, and no journal
    assert front.last_file() == before
    body, said = sent_file(12 * MEBIBYTE, cookie)
    assert front.ask("POST", "/data/import", body=body, **said).status == 413
    assert front.last_file() == before


def test_what_is_too_large_for_any_page_is_refused_in_front_as_well() -> None:
    """Le fil refuses it by itself, so that no answer shows who did."""
    assert "client_max_body_size 11m;" in (DEPLOY / "nginx.conf").read_text("utf-8")
    assert "max_size 11MB" in (DEPLOY / "Caddyfile").read_text("utf-8")


def test_a_limit_counts_who_asks_and_not_who_passes_it_on(front: Front) -> None:
    guessing, other = {"nginx": ("127.0.1.1", "127.0.1.2"), "caddy": ("127.0.2.1", "127.0.2.2")}[front.program]
    tries = [front.ask("GET", "/join?code=ZZZZZZZZ", near=guessing).status for _ in range(21)]
    assert tries[:20] == [422] * 20
    assert tries[20] == 429
    assert front.ask("GET", "/join?code=ZZZZZZZZ", near=guessing, X_Forwarded_For="203.0.113.9").status == 429
    assert front.ask("GET", "/join?code=ZZZZZZZZ", near=other).status == 422


def test_nobody_notes_who_asked_for_what_even_while_the_pages_are_away(
    program: str, tmp_path: Path, front: Front
) -> None:
    secret = "ornithorynque"
    with started(program, tmp_path / program, free_port()) as alone:
        refused = alone.ask("GET", f"/calendar/{secret}.ics", User_Agent=secret)
        assert refused.status == 502
        assert refused.headers.get_all("Server", []) == (["nginx"] if program == "nginx" else [])
        assert secret.encode() not in alone.written()
    assert front.ask("GET", f"/calendar/{secret}.ics").status == 404
    assert front.redirects(f"/calendar/{secret}.ics").status == 301
    assert secret.encode() not in front.written()
