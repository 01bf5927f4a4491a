"""J0 in a real Chromium: the daily note, with its taps counted, with a keyboard, and without any script."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Locator, Page, Response, expect
from sqlalchemy import make_url, text

from tests.browser.conftest import Live
from tests.cast import CANARY, Cast
from tests.conftest import Clock
from wellbeing.db import db

A_LOT = "le fil|Votre fil|data-streak|semaine"


def signed_in(context: BrowserContext, cast: Cast, live: Live, name: str) -> Page:
    """Somebody's phone, already open."""
    cookie = cast.browser(name).get_cookie("fil")
    assert cookie is not None
    context.add_cookies([{"name": "fil", "value": cookie.value, "url": live.url}])
    return context.new_page()


@pytest.fixture
def ana(context: BrowserContext, cast: Cast, live: Live) -> Page:
    page = signed_in(context, cast, live, "Ana")
    page.goto("/")
    return page


@pytest.fixture
def plain(new_context: Callable[..., BrowserContext], cast: Cast, live: Live) -> Page:
    """The same phone, without JavaScript."""
    page = signed_in(new_context(java_script_enabled=False), cast, live, "Ana")
    page.goto("/")
    return page


def mood(page: Page, word: str) -> Locator:
    return page.get_by_role("button", name=f"Noter\u00a0: {word}", exact=True)


def posted(answer: Response) -> bool:
    return answer.request.method == "POST"


def stored(app: Flask) -> list[tuple[int, str]]:
    """Moods and dates of every entry, as the database holds them."""
    with app.app_context():
        found = [tuple(row) for row in db.session.execute(text("SELECT mood, local_date FROM entry ORDER BY id"))]
        db.session.rollback()
    return [(int(level), str(day)) for level, day in found]


def test_one_tap_notes_a_mood_and_another_takes_it_back(ana: Page, app: Flask) -> None:
    for button in [*ana.locator(".mood[name=mood]").all(), ana.get_by_role("link", name="Besoin d’aide").first]:
        expect(button).to_be_in_viewport(ratio=0.9)
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= (56 if "mood" in (button.get_attribute("class") or "") else 44)
    region = ana.locator("#said")
    expect(region).to_have_role("status")
    before = mood(ana, "bien").bounding_box()
    with ana.expect_response(posted) as sent:
        mood(ana, "bien").tap()
    expect(region).to_contain_text("Noté\u00a0: bien.")
    expect(mood(ana, "bien")).to_be_focused()
    assert mood(ana, "bien").bounding_box() == before  # nothing moves under the finger
    for offered in ("Et votre énergie\u202f? (facultatif)", "Un mot pour le dire\u202f? (3 au plus)"):
        expect(ana.get_by_role("group", name=offered)).to_be_visible()
    expect(ana.get_by_label("Une note pour vous (facultatif)")).to_be_visible()
    body = sent.value.request.post_data
    for _ in range(5):
        again = ana.request.post(
            "/journal", data=body or "", headers={"Content-Type": "application/x-www-form-urlencoded"}
        )
        assert again.status == 200
    assert stored(app) == [(4, "2026-03-11")]
    region.get_by_role("button", name="Annuler").tap()
    expect(region).to_contain_text("C’est effacé.")
    expect(ana.get_by_label("Une note pour vous (facultatif)")).to_have_count(0)
    assert stored(app) == []


def test_a_hard_mood_hears_thanks_and_where_to_talk_and_nothing_that_counts(ana: Page) -> None:
    expect(ana.locator("main")).to_contain_text(re.compile(A_LOT, re.IGNORECASE))
    before = mood(ana, "très difficile").bounding_box()
    mood(ana, "très difficile").tap()
    region = ana.locator("#said")
    expect(region).to_contain_text("C’est noté. Merci de l’avoir posé ici.")
    expect(region.get_by_role("link", name="Besoin de parler à quelqu’un")).to_have_attribute("rel", "noreferrer")
    expect(ana.locator("main")).not_to_contain_text(re.compile(A_LOT, re.IGNORECASE))
    assert mood(ana, "très difficile").bounding_box() == before


def test_a_trembling_double_tap_makes_one_note_and_two_notes_are_two(ana: Page, app: Flask) -> None:
    mood(ana, "moyen").dblclick()
    expect(ana.locator("#said")).to_contain_text("Noté\u00a0: moyen.")
    ana.reload()
    assert len(stored(app)) == 1
    mood(ana, "bien").tap()
    expect(ana.locator("#said")).to_contain_text("Noté\u00a0: bien.")
    mood(ana, "difficile").tap()
    expect(ana.locator("#said")).to_contain_text("Merci")
    assert [level for level, _ in stored(app)] == [3, 4, 2]


def test_the_small_night_belongs_to_the_day_before(ana: Page, app: Flask, clock: Clock) -> None:
    for instant, day, shown in (
        ("2026-03-12T03:59+01:00", "2026-03-11", "3\u00a0h\u00a059"),
        ("2026-03-12T04:00+01:00", "2026-03-12", "4\u00a0h\u00a000"),
    ):
        clock.set(instant)
        ana.goto("/")
        mood(ana, "bien").tap()
        expect(ana.locator("#today")).to_contain_text(shown)
        assert stored(app)[-1] == (4, day)


def test_what_is_added_is_kept_encrypted_and_read_again(ana: Page, app: Flask, database: str) -> None:
    mood(ana, "très bien").tap()
    ana.get_by_role("radio", name="bonne", exact=True).check()
    ana.get_by_role("checkbox", name="joie").check()
    ana.get_by_role("checkbox", name="élan").check()
    ana.get_by_role("checkbox", name="fierté").check()
    ana.get_by_role("checkbox", name="curiosité").click(force=True)  # refused by us, not disabled
    expect(ana.get_by_text("Trois mots choisis. Enlevez-en un pour changer.")).to_be_visible()
    expect(ana.get_by_role("checkbox", name="curiosité")).not_to_be_checked()
    ana.get_by_label("Une note pour vous (facultatif)").fill(f"Le mot {CANARY}.")
    ana.locator("#details").get_by_role("button", name="C’est bon").tap()
    expect(ana.locator("#said")).to_contain_text("C’est noté.")
    expect(ana.get_by_text("Modifier ou effacer plus tard, dans Mes notes.")).to_be_focused()
    ana.get_by_role("link", name="très bien").tap()
    expect(ana.get_by_label("Une note pour vous (facultatif)")).to_have_value(f"Le mot {CANARY}.")
    expect(ana).to_have_title("Mes notes – Le fil")
    file = Path(str(make_url(database).database))
    with app.app_context():
        db.engine.dispose()
    held = b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))
    assert b"local_date" in held
    assert CANARY.encode() not in held


def test_a_keyboard_notes_with_enter_and_an_arrow_never_saves(ana: Page, app: Flask) -> None:
    mood(ana, "difficile").focus()
    ana.keyboard.press("ArrowDown")
    ana.keyboard.press("ArrowRight")
    ana.keyboard.press("Tab")
    expect(mood(ana, "moyen")).to_be_focused()
    assert stored(app) == []
    ana.keyboard.press("Enter")
    expect(ana.locator("#said")).to_contain_text("Noté\u00a0: moyen.")
    ana.get_by_role("button", name="Annuler").focus()
    ana.keyboard.press("Space")
    expect(ana.locator("#said")).to_contain_text("C’est effacé.")
    assert stored(app) == []


def test_without_a_script_the_same_taps_do_the_same(plain: Page, app: Flask) -> None:
    mood(plain, "bien").tap()
    expect(plain.get_by_text("Noté\u00a0: bien.")).to_be_visible()
    plain.get_by_role("radio", name="basse", exact=True).check()
    plain.get_by_label("Une note pour vous (facultatif)").fill("sans script")
    plain.get_by_role("button", name="C’est bon").tap()
    expect(plain.get_by_text("C’est noté.")).to_be_visible()
    mood(plain, "très difficile").tap()
    expect(plain.get_by_text("C’est noté. Merci de l’avoir posé ici.")).to_be_visible()
    expect(plain.locator("main")).not_to_contain_text(re.compile(A_LOT, re.IGNORECASE))
    plain.get_by_role("button", name="Annuler").tap()
    expect(plain.get_by_text("C’est effacé.")).to_be_visible()
    assert stored(app) == [(4, "2026-03-11")]


def test_another_day_is_noted_changed_moved_and_deleted_without_a_script(plain: Page, app: Flask) -> None:
    plain.get_by_role("link", name="Noter un autre jour").tap()
    plain.get_by_role("link", name="9 mars\u00a0: rien de noté").tap()
    mood(plain, "difficile").tap()
    expect(plain.get_by_text("Besoin de parler à quelqu’un")).to_be_visible()
    plain.get_by_role("radio", name="bien", exact=True).check()
    plain.get_by_role("button", name="Enregistrer").tap()
    expect(plain).to_have_url(re.compile(r"/journal/2026-03-09\?said=saved\.ok$"))
    assert stored(app) == [(4, "2026-03-09")]
    plain.get_by_role("link", name="Modifier").tap()
    plain.get_by_label("Jour", exact=True).fill("2026-03-07")
    plain.get_by_role("button", name="Changer la date").tap()
    expect(plain.get_by_text("Déplacé au 7 mars.")).to_be_visible()
    plain.get_by_role("link", name="Effacer").tap()
    plain.get_by_role("button", name="Effacer").tap()
    expect(plain.get_by_text("C’est effacé.")).to_be_visible()
    assert stored(app) == []


@pytest.mark.parametrize("address", ["/", "/journal", "/journal/2026-03-11"])
def test_nothing_overflows_the_narrowest_phone(ana: Page, address: str) -> None:
    ana.set_viewport_size({"width": 320, "height": 640})
    mood(ana, "très difficile").tap()
    expect(ana.locator("#said")).to_contain_text("C’est noté.")
    ana.goto(address)
    assert ana.evaluate("document.documentElement.scrollWidth") <= 320
