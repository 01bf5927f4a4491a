"""Reminders in a real browser: asked for by a button and by nothing else, shown in the person's language, and ended.

What a real push service does is done by the one of the tests; Chromium cannot subscribe without one, so that one call
is answered for it. All the rest is real: the page, the permission, the worker, and the notification that is shown.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Live
from tests.browser.test_facilitator import phone_of
from tests.browser.test_for_everyone import RULES
from tests.cast import Cast
from tests.clock import Clock
from tests.reminders.push_service import PushService, serving
from wellbeing import worker
from wellbeing.domain.reminders import Message

Contexts = Callable[..., BrowserContext]
PAGE = "/settings/reminders"
COUNTED = """
window.asked = 0;
const asking = Notification.requestPermission.bind(Notification);
Notification.requestPermission = () => { window.asked++; return asking(); };
"""
SUBSCRIBED = """
const given = %s, known = { endpoint: given.endpoint, toJSON: () => given, unsubscribe: async () => true };
PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
  localStorage.subscribed = userVisibleOnly && applicationServerKey;
  return known;
};
PushManager.prototype.getSubscription = async () => (localStorage.subscribed ? known : null);
"""
# Asked again and again inside the page: what waits for a function takes a promise for a yes.
UNTIL = """async (words) => {
  for (let turn = 0; turn < 200; turn++) {
    const found = await (%s)(words);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}"""
READY = """async () => {
  const active = (await navigator.serviceWorker.getRegistration())?.active;
  return active?.scriptURL.includes("push=1") && active.state === "activated";
}"""
SHOWN = """async (words) => {
  const shown = await (await navigator.serviceWorker.ready).getNotifications();
  const said = shown.map(({ title, body, lang, tag }) => ({ title, body, lang, tag }));
  return said.length === 1 && said[0].body === words && said[0];
}"""
IN_FRENCH = (
    "Un petit moment pour vous\u202f?",
    "Annulé\u00a0: dimanche 1er mars. Détails dans l’application.",
    "C’est aujourd’hui, 19\u00a0h\u00a005.",
)
IN_ENGLISH = ("A little moment for you?", "Cancelled: Sunday 1 March. Details in the app.", "It’s today, 7:05\u00a0pm.")


@pytest.fixture
def service(live: Live) -> Iterator[PushService]:
    with serving(PushService()) as running:
        live.app.config["LE_FIL"] = replace(live.app.config["LE_FIL"], push_hosts=(running.origin,))
        running.signed_with = live.app.config["KEYRING"].vapid_public
        yield running
        assert running.wrong == []


def allowed(cast: Cast, live: Live, contexts: Contexts, service: PushService, **chosen: Any) -> Page:
    """Ana's phone, whose browser will be allowed to show notifications and gets its subscription from our service."""
    page = phone_of("Ana", cast, live, contexts, **chosen)
    page.context.grant_permissions(["notifications"], origin=live.url)
    theirs = service.receiver("ana")
    keys = {name: theirs[name] for name in ("p256dh", "auth")}
    page.add_init_script(COUNTED)
    page.add_init_script(SUBSCRIBED % json.dumps({"endpoint": theirs["endpoint"], "keys": keys}))
    return page


def delivered(page: Page, live: Live, number: int, words: str) -> dict[str, str]:
    """Hand the worker what a push service would, padded as it came; and the one notification that it then shows."""
    assert page.evaluate(UNTIL % READY)
    protocol, found = page.context.new_cdp_session(page), []
    protocol.on("ServiceWorker.workerRegistrationUpdated", lambda said: found.extend(said["registrations"]))
    protocol.send("ServiceWorker.enable")
    for _ in range(200):  # while the page waits, what the browser says of its workers is heard
        if not found:
            page.evaluate("new Promise((resolve) => setTimeout(resolve, 20))")
    protocol.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": live.url, "registrationId": found[-1]["registrationId"], "data": str(number).ljust(128)},
    )
    shown: dict[str, str] | None = page.evaluate(UNTIL % SHOWN, words)
    assert shown
    return shown


def test_a_reminder_is_asked_for_with_one_tap_and_arrives(
    cast: Cast, live: Live, new_context: Contexts, service: PushService, clock: Clock
) -> None:
    page = allowed(cast, live, new_context, service)
    page.goto(PAGE)
    button = page.get_by_role("button", name="Recevoir les rappels ici")
    expect(button).to_be_visible()
    expect(page.get_by_text("Rien de personnel ne s’affiche à l’écran verrouillé.")).to_be_visible()
    assert page.evaluate("window.asked") == 0
    button.tap()
    expect(page.get_by_text("Les rappels arrivent sur cet appareil.")).to_be_visible()
    assert page.evaluate("localStorage.subscribed") == service.signed_with
    clock.set("2026-03-12T18:00+01:00")
    with cast.app.app_context():
        worker.remind(clock.now)
    [number] = service.receivers["ana"].got
    shown = delivered(page, live, number, "C’est aujourd’hui, 19\u00a0h\u00a000.")
    assert (shown["title"], shown["lang"], shown["tag"]) == ("Le fil", "fr", "reminder")
    page.get_by_role("button", name="Ne plus en recevoir ici").tap()
    expect(button).to_be_visible()
    assert page.evaluate("window.asked") == 0  # on this page, which came back, nobody was asked again


@pytest.mark.parametrize(
    ("language", "zone", "words"),
    [
        ("fr", "Europe/Paris", IN_FRENCH),
        ("en", "America/Los_Angeles", IN_ENGLISH),
    ],
)  # fmt: skip
def test_what_is_shown_is_in_the_persons_language_and_one_takes_the_place_of_another(
    cast: Cast,
    live: Live,
    new_context: Contexts,
    service: PushService,
    language: str,
    zone: str,
    words: tuple[str, ...],
) -> None:
    assert cast.browser("Ana").post("/settings", data={"locale": language}).status_code == 303
    page = allowed(cast, live, new_context, service, timezone_id=zone)
    page.goto(PAGE)
    numbers = [
        Message("moment").number,
        Message("cancelled", (date(2026, 3, 1) - date(1970, 1, 1)).days).number,
        Message("today", 19 * 60 + 5).number,
    ]
    for number, expected in zip(numbers, words, strict=True):
        shown = delivered(page, live, number, expected)
        assert (shown["title"], shown["lang"]) == ("Le fil", language)


def test_a_push_service_that_moves_a_browser_is_followed_and_a_tap_opens_today(
    cast: Cast, live: Live, new_context: Contexts, service: PushService, clock: Clock
) -> None:
    """Chromium does not let a test move a subscription or tap a notification: the worker is handed both events."""
    page = allowed(cast, live, new_context, service)
    page.goto(PAGE)
    page.get_by_role("button", name="Recevoir les rappels ici").tap()
    expect(page.get_by_text("Les rappels arrivent sur cet appareil.")).to_be_visible()
    assert page.evaluate(UNTIL % READY)
    moved = service.receiver("moved")
    given = {"endpoint": moved.pop("endpoint"), "keys": moved}
    showing = next(one for one in page.context.service_workers if "push=1" in one.url)
    opened = showing.evaluate(
        """async (given) => {
          const happen = async (name, more) => {
            const event = Object.assign(new Event(name), more, { waitUntil: (all) => (event.all = all) });
            self.dispatchEvent(event);
            await event.all;
          };
          await happen("pushsubscriptionchange", { newSubscription: { toJSON: () => given } });
          let opened;
          self.clients.openWindow = async (address) => (opened = address);
          await happen("notificationclick", { notification: { close() {} } });
          return opened;
        }""",
        given,
    )
    assert opened == "/"
    clock.set("2026-03-12T18:00+01:00")
    with cast.app.app_context():
        worker.remind(clock.now)
    assert (service.receivers["ana"].got, len(service.receivers["moved"].got)) == ([], 1)


def test_a_browser_that_blocks_notifications_is_told_so_and_is_not_asked(
    cast: Cast, live: Live, new_context: Contexts
) -> None:
    page = phone_of("Ana", cast, live, new_context)
    page.add_init_script("Object.defineProperty(Notification, 'permission', { get: () => 'denied' });" + COUNTED)
    page.goto(PAGE)
    expect(page.get_by_text("Cet appareil bloque les notifications.")).to_be_visible()
    expect(page.get_by_role("button", name="Recevoir les rappels ici")).to_be_hidden()
    assert page.evaluate("window.asked") == 0


@pytest.mark.parametrize(
    ("answer", "says"),
    [("default", "Pas de rappel, c’est noté."), ("denied", "Cet appareil bloque les notifications.")],
)
def test_a_no_is_taken_for_an_answer(cast: Cast, live: Live, new_context: Contexts, answer: str, says: str) -> None:
    page = phone_of("Ana", cast, live, new_context)
    page.add_init_script(
        "Object.defineProperty(Notification, 'permission', { get: () => 'default' });"
        f"Notification.requestPermission = async () => '{answer}';"
    )
    page.goto(PAGE)
    page.get_by_role("button", name="Recevoir les rappels ici").tap()
    expect(page.get_by_text(says)).to_be_visible()


def test_a_subscription_that_fails_says_so_and_can_be_tried_again(
    cast: Cast, live: Live, new_context: Contexts, service: PushService
) -> None:
    page = allowed(cast, live, new_context, service)
    page.add_init_script("PushManager.prototype.subscribe = async () => { throw new Error('no push service'); };")
    page.goto(PAGE)
    button = page.get_by_role("button", name="Recevoir les rappels ici")
    button.tap()
    expect(page.get_by_text("Cela n’a pas marché. Vous pouvez réessayer.")).to_be_visible()
    expect(button).to_be_enabled()


@pytest.mark.parametrize(
    ("agent", "says"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", "Sur iPhone et iPad, les rappels demandent"),
        ("Mozilla/5.0 (Linux; Android 14)", "Ce navigateur ne sait pas recevoir de rappels."),
    ],
)
def test_a_browser_without_push_says_what_is_missing(
    cast: Cast, live: Live, new_context: Contexts, agent: str, says: str
) -> None:
    page = phone_of("Ana", cast, live, new_context, user_agent=agent)
    page.add_init_script("delete window.PushManager;")
    page.goto(PAGE)
    expect(page.get_by_text(says)).to_be_visible()


def test_without_javascript_wishes_are_kept_and_the_page_says_what_it_cannot(
    cast: Cast, live: Live, new_context: Contexts
) -> None:
    page = phone_of("Ana", cast, live, new_context, java_script_enabled=False)
    page.goto(PAGE)
    expect(page.get_by_text("Sans JavaScript, cet appareil ne peut pas recevoir de rappels.")).to_be_visible()
    expect(page.get_by_role("button", name="Recevoir les rappels ici")).to_be_hidden()
    page.get_by_label("À quelle heure").select_option("20")
    page.get_by_label("lundi").check()
    page.get_by_role("button", name="Enregistrer").tap()
    expect(page.get_by_label("lundi")).to_be_checked()
    expect(page.get_by_label("À quelle heure")).to_have_value("20")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_is_for_everyone(cast: Cast, live: Live, new_context: Contexts, theme: str) -> None:
    page = phone_of("Ana", cast, live, new_context, color_scheme=theme, viewport={"width": 320, "height": 640})
    page.goto(PAGE)
    expect(page.get_by_role("heading", name="Rappels", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert Axe().run(page, options=RULES).response["violations"] == []
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
