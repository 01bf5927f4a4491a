"""What holds of every answer, whoever asked for whatever: its headers, its cookies, and what a page leads to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from tests.cast import CANARY, Cast
from tests.web.reading import TYPED
from tests.web.walk import FOREIGN, Answer, answers

_asked: list[Answer] = []  # the same for every test of this file, and asked for by the first

# The headers, written down a second time: what a browser is told, and not what a constant of ours says.
PAGE = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'", "font-src": "'self'",
    "connect-src": "'self'", "manifest-src": "'self'", "worker-src": "'self'", "form-action": "'self'",
    "base-uri": "'none'", "object-src": "'none'", "frame-ancestors": "'none'",
}  # fmt: skip
PART = {"default-src": "'none'", "frame-ancestors": "'none'"}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OF_PAGES = {"X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin"}
PARTS = ("application/json", "application/manifest+json")
SHELL = ("help", "offline", "sw.js", "manifest.webmanifest", "who-sees-what", "accessibility", "calendar", "join")
LOADS = ("link", "script", "img", "use", "form", "iframe", "source", "object", "button", "input", "image")


@pytest.fixture(autouse=True)
def _on_one_engine(database: str) -> None:
    """What is looked at here is the same on both."""


pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def given(cast: Cast) -> list[Answer]:
    if not _asked:
        _asked.extend(answers(cast))
    assert len(_asked) > 1000
    return _asked


def policy(answer: Answer) -> dict[str, str]:
    [written] = answer.headers.getlist("Content-Security-Policy")
    parts = [part.strip().partition(" ") for part in written.split(";")]
    assert len(parts) == len({name for name, _, _ in parts}), "a directive said twice counts once, and not the stricter"
    return {name: value for name, _, value in parts}


def test_every_answer_says_what_a_browser_may_do_with_it(given: list[Answer]) -> None:
    kinds = set()
    for answer in given:
        told = {name: answer.headers.get(name) for name in ALWAYS}
        assert told == ALWAYS, answer.asked
        is_part = answer.status in (200, 206, 304) and answer.kind in PARTS
        assert policy(answer) == (PART if is_part else PAGE), answer.asked
        if not is_part and answer.kind != "text/javascript":
            assert {name: answer.headers.get(name) for name in OF_PAGES} == OF_PAGES, answer.asked
            assert "camera=()" in answer.headers["Permissions-Policy"], answer.asked
        assert len(answer.headers) == len({name.lower() for name, _ in answer.headers if name != "Set-Cookie"}) + len(
            answer.headers.getlist("Set-Cookie")
        ), f"{answer.asked}: a header said twice"
        kinds.add((answer.kind, answer.status))
    assert {status for _, status in kinds} >= {200, 303, 401, 404}
    assert {kind for kind, _ in kinds} >= {"text/html", "application/json", "text/javascript"}


def test_no_answer_opens_to_another_site_or_names_what_runs(given: list[Answer]) -> None:
    for answer in given:
        names = {name.lower() for name, _ in answer.headers}
        assert not [name for name in names if name.startswith("access-control-")], answer.asked
        assert not names & {"server", "x-powered-by", "via", "x-runtime", "etag-debug"}, answer.asked
        assert FOREIGN not in answer.text, answer.asked


def test_every_answer_says_what_it_is_and_in_which_letters(given: list[Answer]) -> None:
    for answer in given:
        said = answer.headers.get("Content-Type", "")
        if answer.status != 204:
            assert said, answer.asked
        if said.startswith("text/"):
            assert said.endswith("charset=utf-8"), f"{answer.asked}: {said}"


def test_what_is_somebodys_is_kept_by_no_cache(given: list[Answer]) -> None:
    seen = 0
    for answer in given:
        if answer.rule.strip("/").split("/")[0] in SHELL and not answer.signed_in:
            continue
        assert answer.headers["Cache-Control"] == "no-store", answer.asked
        if answer.kind == "text/html":
            assert "Cookie" in answer.headers["Vary"], answer.asked
        seen += answer.signed_in
    assert seen > 200


def test_a_cookie_is_out_of_reach_of_scripts_and_of_other_sites(given: list[Answer]) -> None:
    for answer in given:
        for written in answer.headers.getlist("Set-Cookie"):
            name, *flags = [part.strip() for part in written.split(";")]
            assert name.startswith("fil="), answer.asked
            assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(flags), answer.asked
            assert not [flag for flag in flags if flag.startswith("Domain")], answer.asked


def test_nobody_is_led_to_another_site(given: list[Answer]) -> None:
    led = 0
    for answer in given:
        for name in ("Location", "HX-Redirect", "HX-Location", "Refresh", "Content-Location"):
            if name in answer.headers:
                led += 1
                assert re.match(r"/(?![/\\])", answer.headers[name]), f"{answer.asked}: {answer.headers[name]}"
    assert led > 50


def test_a_page_loads_nothing_from_elsewhere_and_leads_elsewhere_by_plain_links_only(given: list[Answer]) -> None:
    read = 0
    for answer in given:
        if answer.kind != "text/html" or not answer.text:
            continue
        for tag, name, address in answer.page.links():
            read += 1
            where = urlsplit(address)
            if tag in LOADS or name.startswith("data-hx-"):
                assert (where.scheme, where.netloc) == ("", ""), f"{answer.asked}: {tag} {name} {address}"
                assert not address.startswith(("//", "/\\")), f"{answer.asked}: {address}"
            else:
                assert where.scheme in ("", "https", "tel", "mailto", "sms"), f"{answer.asked}: {address}"
    assert read > 10_000


def test_no_page_holds_a_script_or_a_style_of_its_own(given: list[Answer]) -> None:
    for answer in given:
        if answer.kind != "text/html":
            continue
        for tag, attributes in answer.page.elements:
            assert tag not in ("style", "base", "iframe", "object", "embed"), f"{answer.asked}: {tag}"
            assert tag != "script" or "src" in attributes, answer.asked
            bad = [name for name in attributes if name == "style" or name.startswith(("on", "hx-", "data-hx-on"))]
            assert not bad, f"{answer.asked}: {bad}"


def test_the_way_out_is_on_every_page_of_somebody(given: list[Answer]) -> None:
    seen = 0
    for answer in given:
        if answer.signed_in:
            seen += 1
            out = [form for form in answer.page.forms if form.action == "/sign-out" and form.method == "post"]
            assert out, answer.asked
    assert seen > 200


def test_no_address_and_no_title_says_what_was_written(given: list[Answer]) -> None:
    """Ana's note holds an odd word, and so do all pseudonyms."""
    assert any(CANARY in answer.text for answer in given), "nobody's page showed the word"
    for answer in given:
        assert CANARY not in str(answer.headers), answer.asked
        if answer.kind == "text/html":
            assert CANARY not in answer.page.title, answer.asked
            assert not [address for *_, address in answer.page.links() if CANARY in address], answer.asked


def test_no_form_asks_for_an_address_or_a_number_to_write_to(given: list[Answer]) -> None:
    asked = [
        (answer.asked, attributes)
        for answer in given
        if answer.kind == "text/html"
        for tag, attributes in answer.page.elements
        if tag == "input"
        and attributes.get("type", "text") in TYPED
        and re.search("mail|tel|(?<!without_)phone|birth", f"{attributes.get('type')} {attributes.get('name')}")
    ]
    assert asked == []
