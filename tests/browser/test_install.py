"""The journal can be kept on a phone's home screen, and what the phone keeps is what any stranger may see."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Playwright, expect

from tests.browser.conftest import PHONE, Live, Watch
from tests.browser.offline import WORKER, put_away

ACTIVE = "() => navigator.serviceWorker.ready.then((r) => r.active.state)"
KEPT = """async () => {
  const kept = {};
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys())
      kept[new URL(request.url).pathname] = name;
  return kept;
}"""


@pytest.fixture
def phone(
    playwright: Playwright, browser_type_launch_args: dict[str, Any], live: Live, watch: Watch, tmp_path: Path
) -> Iterator[BrowserContext]:
    """A browser with a profile of its own: only there does Chromium say whether a page can be installed."""
    context = playwright.chromium.launch_persistent_context(
        str(tmp_path / "profile"), **browser_type_launch_args, viewport=PHONE, locale="fr-FR", base_url=live.url
    )
    yield watch.over(context)
    context.close()


@pytest.fixture
def asked(phone: BrowserContext) -> Callable[[str], dict[str, Any]]:
    page = phone.pages[0]
    page.goto("/help/fr")
    return phone.new_cdp_session(page).send


def test_the_journal_can_be_installed(asked: Callable[[str], dict[str, Any]]) -> None:
    assert asked("Page.getInstallabilityErrors")["installabilityErrors"] == []
    assert asked("Page.getAppManifest")["errors"] == []


def test_an_installed_journal_has_its_name_icons_shortcuts_and_pictures(
    asked: Callable[[str], dict[str, Any]], live: Live, phone: BrowserContext
) -> None:
    answer = asked("Page.getAppManifest")
    manifest = json.loads(answer["data"])
    assert answer["url"].startswith(f"{live.url}/manifest.webmanifest?")
    assert (manifest["id"], manifest["scope"], manifest["start_url"]) == ("/", "/", "/")
    assert (manifest["short_name"], manifest["lang"], manifest["dir"]) == ("Le fil", "fr", "ltr")
    assert {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]} == {
        ("any", "any"),
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    assert [(shortcut["name"], shortcut["url"]) for shortcut in manifest["shortcuts"]] == [
        ("Noter", "/"),
        ("Ateliers", "/workshops"),
    ]
    assert {picture["form_factor"] for picture in manifest["screenshots"]} == {"narrow", "wide"}
    for picture in [*manifest["icons"], *manifest["screenshots"]]:
        loaded = phone.request.get(picture["src"])
        assert loaded.ok, picture["src"]
        assert picture["sizes"] == "any" or _size_of(loaded.body()) == picture["sizes"]


def test_a_phone_keeps_the_public_shell_and_nothing_else(phone: BrowserContext, live: Live) -> None:
    page = phone.pages[0]
    page.goto("/help/fr")
    assert page.evaluate(ACTIVE) in ("activating", "activated")
    page.goto("/who-sees-what")
    page.goto("/accessibility")
    kept = page.evaluate(KEPT)
    others = {path for path in kept if not path.startswith("/static/")}
    assert others == {"/offline/fr", "/help/fr"}
    assert not [path for path in kept if "screenshots" in path]
    assert len(set(kept.values())) == 1


def test_without_network_the_phone_shows_the_help_numbers_and_nothing_personal(
    phone: BrowserContext, live: Live
) -> None:
    page = phone.pages[0]
    page.goto("/help/fr")
    page.evaluate(ACTIVE)
    page.reload()
    phone.set_offline(True)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hors connexion")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("a[href='tel:3114']")).to_be_visible()
    expect(page.locator("a[href='tel:112'], a[href='tel:15']").first).to_be_visible()
    assert page.locator("nav.bar, form[action='/sign-out']").count() == 0
    page.get_by_role("link", name="Besoin d’aide").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Parler à quelqu’un, maintenant ou plus tard")
    phone.set_offline(False)
    page.goto("/accessibility")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Hors connexion")


def test_the_offline_page_speaks_the_language_of_the_pages(phone: BrowserContext, live: Live) -> None:
    page = phone.pages[0]
    before = "fr"
    for language, offline in (("fr", "Hors connexion"), ("en", "Offline"), ("fr", "Hors connexion")):
        page.goto(f"/help/{language}")
        if before != language:
            put_away(page, language)
        assert page.evaluate(WORKER, [language, "active"])
        phone.set_offline(True)
        page.goto("/workshops")
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.get_by_role("heading", level=1)).to_have_text(offline)
        expect(page.locator("#new-version")).to_be_hidden()
        phone.set_offline(False)
        page.wait_for_url("**/sign-in**")  # the network is back, and so is the page that was asked for
        before = language
    assert len([name for name in page.evaluate("caches.keys()") if name.startswith("shell-")]) == 1


def _size_of(png: bytes) -> str:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return f"{int.from_bytes(png[16:20])}x{int.from_bytes(png[20:24])}"
