"""J4: a phone has one owner at a time. Signing out leaves nothing; nobody sees or sends what belongs to another."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Live, Watch
from tests.browser.offline import IN_A_LONG_TIME, Phone, entries, phone
from tests.browser.until import until
from tests.cast import CANARY, Cast
from tests.portability.record import sent
from wellbeing.db import db

ONE = "1 note attend le réseau, sur cet appareil."
IN_TWO_TRIES = 20_000  # a page without network asks every ten seconds whether there is one
DATABASES = "async () => (await indexedDB.databases()).map((one) => one.name).sort()"


@pytest.fixture
def ana(context: BrowserContext, cast: Cast, live: Live, watch: Watch) -> Phone:
    return phone(watch.over(context), cast, live, "Ana")


def now_used_by(ana: Phone, cast: Cast, live: Live, name: str) -> None:
    """Somebody else's sign-in replaces the first in this browser, as when a first one has expired."""
    cookie = cast.browser(name).get_cookie("fil")
    assert cookie is not None
    kept = {"name": "fil", "value": cookie.value, "url": live.url, "expires": IN_A_LONG_TIME}
    ana.context.add_cookies([kept])


def shared(app: Flask, cast: Cast, name: str) -> None:
    with app.app_context():
        db.session.execute(db.text("UPDATE sign_in SET shared = 1 WHERE person_id = :p"), {"p": cast.person(name).id})
        db.session.commit()


def on_a_shared_device(ana: Phone, cast: Cast, live: Live, name: str) -> None:
    """This browser holds the sign-in of a device that is not theirs."""
    browser = cast.browser(name)
    with browser.session_transaction() as kept:
        kept["minute"] = int(cast.now.timestamp()) // 60
    cookie = browser.get_cookie("fil")
    assert cookie is not None
    ana.context.add_cookies([{"name": "fil", "value": cookie.value, "url": live.url}])


def test_signing_out_sends_first_and_leaves_nothing(ana: Phone, app: Flask, cast: Cast) -> None:
    ana.away()
    ana.mood("bien")
    ana.waiting(ONE)
    ana.back()
    ana.page.get_by_role("button", name="Se déconnecter").tap()
    expect(ana.page.get_by_text("Rien de votre journal ne reste sur cet appareil.")).to_be_visible()
    assert entries(app, "Ana", cast) == [(4, None, "2026-03-11")]
    assert [name for name in ana.page.evaluate(DATABASES) if name != "fil-device"] == []
    ana.page.go_back(wait_until="commit")
    expect(ana.page.locator("body")).not_to_contain_text("Aujourd’hui")
    ana.page.goto("/journal")
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("Ouvrir mon journal")


def test_what_cannot_be_sent_is_its_owners_to_decide_about(ana: Phone, app: Flask, cast: Cast) -> None:
    ana.away()
    ana.mood("bien")
    ana.page.get_by_label("Une note pour vous (facultatif)").fill(CANARY)
    ana.page.locator("#details").get_by_role("button", name="C’est bon").tap()
    expect(ana.page.locator("#said")).to_contain_text("C’est noté.")
    ana.page.get_by_role("button", name="Se déconnecter").tap()
    dialog = ana.page.get_by_role("dialog")
    expect(dialog).to_contain_text("1 note attend encore l’envoi. Que voulez-vous faire")
    with ana.page.expect_download() as kept:
        dialog.get_by_role("button", name="Télécharger ma note").tap()
    [op] = json.loads(kept.value.path().read_text("utf-8"))["ops"]
    assert (op["kind"], op["data"]["note"]) == ("entry.create", CANARY)
    file = kept.value.path().read_bytes()
    dialog.get_by_role("button", name="Rester dans mon journal").tap()
    expect(dialog).to_have_count(0)
    assert len(ana.rows()) == 1
    ana.page.get_by_role("button", name="Se déconnecter").tap()
    dialog.get_by_role("button", name="Effacer 1 note non envoyée et se déconnecter").first.tap()
    expect(dialog.get_by_text("Elles ne sont nulle part ailleurs. Effacer")).to_be_visible()
    assert len(ana.rows()) == 1
    dialog.get_by_role("button", name="Effacer 1 note non envoyée et se déconnecter").tap()
    expect(ana.page.get_by_text("Rien de votre journal ne reste sur cet appareil.")).to_be_visible()
    assert ana.page.evaluate(DATABASES) == ["fil-device"]
    ana.back()
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("Ouvrir mon journal", timeout=IN_TWO_TRIES)
    assert entries(app, "Ana", cast) == []
    assert sent(cast.browser("Ben"), file).location == "/data?arrived=1&over=0"  # the file that was taken opens
    assert entries(app, "Ben", cast) == [(4, None, "2026-03-11")]


def test_a_door_that_does_not_close_at_once_is_closed_a_little_later(
    ana: Phone, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The network is back, and what is asked first fails: nobody has to load the page again by hand."""
    door, tries = app.view_functions["signing_in.sign_out"], iter([True])

    def fails_once() -> Any:
        return ("", 503) if next(tries, False) else door()

    monkeypatch.setitem(app.view_functions, "signing_in.sign_out", fails_once)
    ana.away()
    ana.page.get_by_role("button", name="Se déconnecter").tap()
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("Hors connexion")
    ana.back()
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("Ouvrir mon journal", timeout=IN_TWO_TRIES)
    assert next(tries, None) is None
    assert ana.page.evaluate("async () => (await indexedDB.databases()).length") <= 1


def test_a_note_kept_in_another_tab_meanwhile_is_not_among_those_that_were_given_up(ana: Phone) -> None:
    ana.away()
    ana.mood("bien")
    ana.waiting(ONE)
    other = ana.context.new_page()
    other.goto("/")
    expect(other.locator("#picker")).to_be_visible()
    ana.page.get_by_role("button", name="Se déconnecter").tap()
    dialog = ana.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Effacer 1 note non envoyée et se déconnecter").first.tap()
    other.get_by_role("button", name="Noter\u00a0: moyen", exact=True).tap()
    expect(other.locator("#said")).to_contain_text("Enregistré sur cet appareil")
    dialog.get_by_role("button", name="Effacer 1 note non envoyée et se déconnecter").tap()
    expect(dialog).to_contain_text("2 notes attendent encore l’envoi.")
    assert len(ana.rows()) == 2


def test_another_person_sees_nothing_and_sends_nothing_of_the_first(
    ana: Phone, app: Flask, cast: Cast, live: Live
) -> None:
    ana.away()
    for word in ("bien", "moyen"):
        ana.mood(word)
        expect(ana.page.locator("#said")).to_contain_text(word)
    ana.waiting("2 notes attendent le réseau")
    now_used_by(ana, cast, live, "Cleo")
    ana.back()
    ana.waiting("Un autre journal est ouvert dans ce navigateur.")
    ana.page.goto("/")
    expect(ana.page.locator("#waiting")).to_be_hidden()
    ana.mood("difficile")
    expect(ana.page.locator("#said")).to_contain_text("Merci de l’avoir posé ici")
    ana.away()
    ana.page.goto("/")
    expect(ana.page.locator("#picker")).to_be_visible()
    expect(ana.page.locator("#waiting")).to_be_hidden()
    ana.back()
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("Aujourd’hui")
    assert [mood for mood, *_ in entries(app, "Cleo", cast)] == [2]
    assert entries(app, "Ana", cast) == []
    now_used_by(ana, cast, live, "Ana")
    ana.page.goto("/")
    ana.waiting("Envoyé")
    assert sorted(mood for mood, *_ in entries(app, "Ana", cast)) == [3, 4]
    assert len(entries(app, "Cleo", cast)) == 1


def test_a_page_left_open_writes_nothing_into_the_journal_that_was_opened_after_it(
    ana: Phone, app: Flask, cast: Cast, live: Live
) -> None:
    """Two tabs: Ana's page is there with the network, and in the other somebody else has signed in since."""
    now_used_by(ana, cast, live, "Cleo")
    ana.mood("bien")
    expect(ana.page.locator("#said")).to_contain_text("Enregistré sur cet appareil")
    ana.waiting("Un autre journal est ouvert dans ce navigateur.")
    assert entries(app, "Cleo", cast) == []
    assert len(ana.rows()) == 1
    now_used_by(ana, cast, live, "Ana")
    ana.page.goto("/")
    ana.waiting("Envoyé")
    assert [mood for mood, *_ in entries(app, "Ana", cast)] == [4]
    assert entries(app, "Cleo", cast) == []


def test_two_journals_are_never_open_at_once(ana: Phone, cast: Cast, live: Live) -> None:
    now_used_by(ana, cast, live, "Cleo")
    other = ana.context.new_page()
    other.goto("/")
    uid = other.locator("body").get_attribute("data-person")
    expect(ana.page.locator("body")).to_have_attribute("data-person", str(uid))


def test_answers_of_a_check_up_never_go_into_the_journal_that_was_opened_meanwhile(
    ana: Phone, app: Flask, cast: Cast, live: Live
) -> None:
    ana.page.goto("/check-ups/ons_lonely")
    chosen = ana.page.locator("main form input[type=radio]").first
    chosen.check(force=True)
    now_used_by(ana, cast, live, "Cleo")
    other = ana.context.new_page()
    other.goto("/")
    other.wait_for_load_state("networkidle")
    ana.page.get_by_role("button", name="C’est bon").tap()
    expect(ana.page.get_by_text("Le journal s’est fermé. Rien n’a été enregistré.")).to_be_visible()
    expect(chosen).to_be_checked()
    with app.app_context():
        assert db.session.execute(db.text("SELECT count(*) FROM check_up")).scalar_one() == 0


def closed_in_another_tab(ana: Phone) -> None:
    other = ana.context.new_page()
    other.goto("/")
    other.get_by_role("button", name="Se déconnecter").tap()
    expect(other.get_by_text("Rien de votre journal ne reste sur cet appareil.")).to_be_visible()


def test_a_journal_closed_in_one_tab_is_shown_in_no_other(ana: Phone) -> None:
    closed_in_another_tab(ana)
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("Un petit journal autour des ateliers.")
    assert [name for name in ana.page.evaluate(DATABASES) if name != "fil-device"] == []


def test_what_was_being_typed_when_another_tab_closed_the_journal_stays_and_is_said_not_to_be_saved(
    ana: Phone, app: Flask, cast: Cast
) -> None:
    ana.mood("bien")
    words = ana.page.get_by_label("Une note pour vous (facultatif)")
    words.fill(CANARY)
    closed_in_another_tab(ana)
    ana.page.locator("#details").get_by_role("button", name="C’est bon").tap()
    expect(ana.page.get_by_role("alert")).to_contain_text("Non enregistré")
    expect(words).to_have_value(CANARY)
    assert entries(app, "Ana", cast) == [(4, None, "2026-03-11")]
    assert [name for name in ana.page.evaluate(DATABASES) if name != "fil-device"] == []


def test_a_device_that_is_not_theirs_keeps_nothing_and_says_so(ana: Phone, app: Flask, cast: Cast, live: Live) -> None:
    shared(app, cast, "Cleo")
    ana.page.get_by_role("button", name="Se déconnecter").tap()
    expect(ana.page.get_by_text("Rien de votre journal ne reste sur cet appareil.")).to_be_visible()
    on_a_shared_device(ana, cast, live, "Cleo")
    ana.page.goto("/")
    ana.mood("bien")
    expect(ana.page.locator("#said")).to_contain_text("Noté\u00a0: bien.")
    assert [mood for mood, *_ in entries(app, "Cleo", cast)] == [4]
    ana.away()
    ana.mood("moyen")
    expect(ana.page.locator("#said")).to_contain_text("Non enregistré. Gardez cette page ouverte.")
    assert ana.page.evaluate(DATABASES) in ([], ["fil-device"])
    asked: list[str] = []
    ana.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    ana.page.evaluate("location.assign('/journal')")
    ana.page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    ana.back()
    ana.waiting("Envoyé")
    assert [mood for mood, *_ in entries(app, "Cleo", cast)] == [4, 3]


def test_a_device_that_was_theirs_and_is_not_any_more_sends_what_waited_and_keeps_nothing(
    ana: Phone, app: Flask, cast: Cast, live: Live
) -> None:
    ana.away()
    ana.mood("bien")
    ana.waiting(ONE)
    ana.context.clear_cookies()
    shared(app, cast, "Ana")
    on_a_shared_device(ana, cast, live, "Ana")
    ana.back()
    ana.page.goto("/")
    until(ana.page, f"async () => !(await ({DATABASES})()).some((name) => name !== 'fil-device')")
    assert [mood for mood, *_ in entries(app, "Ana", cast)] == [4]
    assert ana.rows("acked") == []


def test_saying_in_the_settings_that_a_device_is_shared_clears_it(ana: Phone, app: Flask, cast: Cast) -> None:
    ana.away()
    ana.mood("bien")
    ana.waiting(ONE)
    ana.context.route("**/sync", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    ana.back()
    ana.page.goto("/settings")
    ana.context.unroute("**/sync")
    ana.page.get_by_text("Cet appareil est partagé, ou n’est pas à moi").first.tap()
    ana.page.get_by_role("button", name="Cet appareil est partagé, ou n’est pas à moi").tap()
    expect(ana.page.locator("body")).to_have_attribute("data-shared", "true")
    until(ana.page, f"async () => !(await ({DATABASES})()).some((name) => name !== 'fil-device')")
    assert [mood for mood, *_ in entries(app, "Ana", cast)] == [4]


def test_the_data_of_a_device_can_be_erased_without_saying_whose(ana: Phone, app: Flask, cast: Cast) -> None:
    ana.away()
    ana.mood("bien")
    ana.waiting(ONE)
    ana.context.clear_cookies()
    ana.back()
    ana.page.goto("/sign-in")
    expect(ana.page.locator("main")).not_to_contain_text("Ana")
    ana.page.get_by_text("Effacer les données de cet appareil").first.tap()
    expect(ana.page.get_by_text("Ce qui attend l’envoi ici sera effacé.")).to_be_visible()
    ana.page.get_by_role("button", name="Effacer les données de cet appareil").tap()
    expect(ana.page.get_by_text("C’est effacé.")).to_be_visible()
    assert ana.page.evaluate(DATABASES) == []


def test_a_browser_that_cleared_what_waited_says_so_and_nothing_is_sent_twice(
    ana: Phone, app: Flask, cast: Cast, live: Live
) -> None:
    ana.mood("bien")
    expect(ana.page.locator("#said")).to_contain_text("Noté\u00a0: bien.")
    ana.away()
    ana.mood("moyen")
    ana.waiting(ONE)
    # A page that is being left lives on for a moment, with the network again: there is no server that it could reach.
    live.stop()
    ana.page.goto("about:blank")
    other = ana.context.new_page()
    other.goto("/help/fr")
    other.evaluate("""async () => {
      for (const { name } of await indexedDB.databases()) if (name !== "fil-device")
        await new Promise((gone) => { indexedDB.deleteDatabase(name).onsuccess = gone; });
    }""")
    other.close()
    live.start()
    ana.back()
    ana.sent.clear()
    ana.page.goto("/")
    ana.waiting("Ce navigateur a effacé 1 note qui attendait ici. Ce qui était envoyé est intact.")
    assert entries(app, "Ana", cast) == [(4, None, "2026-03-11")]
    assert ana.sent == []


def test_notes_whose_key_is_gone_are_counted_and_kept_until_their_owner_lets_them_go(ana: Phone) -> None:
    ana.away()
    ana.mood("bien")
    ana.waiting(ONE)
    ana.page.evaluate("""async () => {
      const name = (await indexedDB.databases()).map((one) => one.name).find((one) => /^fil-.{36}$/.test(one));
      const open = indexedDB.open(name);
      await new Promise((go) => (open.onsuccess = go));
      const all = open.result.transaction("meta", "readwrite");
      all.objectStore("meta").delete("key");
      await new Promise((go) => (all.oncomplete = go));
      open.result.close();
    }""")
    ana.page.goto("/")
    ana.waiting("1 note gardée ici ne peut plus être lue.")
    assert len(ana.rows()) == 1
    ana.mood("moyen")
    ana.waiting(ONE)
    ana.page.locator("[data-act=unreadable]").tap()
    expect(ana.page.get_by_text("ne peut plus être lue")).to_be_hidden()
    assert len(ana.rows()) == 1


def test_a_browser_that_cannot_keep_a_key_keeps_nothing(
    context: BrowserContext, cast: Cast, live: Live, watch: Watch
) -> None:
    context.add_init_script("""
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (value, ...key) {
        if (value instanceof CryptoKey) throw new DOMException("no keys", "DataCloneError");
        return put.call(this, value, ...key);
      };
    """)
    ana = phone(watch.over(context), cast, live, "Ana")
    ana.away()
    ana.mood("bien")
    expect(ana.page.locator("#said")).to_contain_text("Non enregistré. Gardez cette page ouverte.")
    assert ana.rows() == []


def test_two_people_on_two_phones_are_strangers(
    new_context: Callable[..., BrowserContext], cast: Cast, live: Live
) -> None:
    ana, ben = (phone(new_context(), cast, live, name) for name in ("Ana", "Ben"))
    names = [[one for one in phone.page.evaluate(DATABASES) if one != "fil-device"] for phone in (ana, ben)]
    assert len(names[0]) == len(names[1]) == 1
    assert names[0] != names[1]
