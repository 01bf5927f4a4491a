"""By keyboard alone and by what Chromium tells a screen reader (J6): J1 and at most two activations more."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import Live
from tests.browser.reader import Reader
from tests.browser.simple import NewContext, signed_in
from tests.cast import Cast
from tests.clock import Clock
from tests.crowd import FIRST_DUE, FORTNIGHT, Crowd
from tests.reflections.around import HOUR, long_in
from tests.streak.lives import FIRST_MONDAY, Life
from tests.trends.conftest import released

WORDS = {
    "fr": {
        "join": "Rejoindre", "title": "Rejoindre – Le fil", "choices": "Vos choix", "code": "Code de l’affiche",
        "boxes": ("J’ai 15 ans ou plus.", "J’accepte que mes humeurs, mes mots", "J’accepte que mes humeurs et mes"),
        "box": "case à cocher, non cochée", "go": "Continuer sans clé d’accès", "kept": "J’ai gardé ma phrase",
        "today": "Aujourd’hui", "mood": "Noter : bien", "said": "Noté : bien.", "undo": "Annuler",
        "hard": "Noter : difficile, bouton", "after": "Dire comment c’était", "save": "Enregistrer",
        "return": "J’ai envie de revenir.", "much": "beaucoup, bouton radio, 4 sur 6", "skip": "Je passe",
        "thanks": "Merci. C’est dans votre journal.", "help": "Besoin d’aide", "call": "Appeler le 31 14, lien",
        "mood_q": "Comment ça va, là, maintenant", "calm_q": "Plutôt de la tension ou du calme",
        "none": "Pas assez de participations pour afficher une tendance.",
    },
    "en": {
        "join": "Join", "title": "Join – Le fil", "choices": "Your choices", "code": "Code on the poster",
        "boxes": ("I am 15 or over.", "I agree to my moods, words, notes", "I agree that my moods and my answers"),
        "box": "checkbox, not checked", "go": "Continue without a passkey", "kept": "I have kept my phrase",
        "today": "Today", "mood": "Log: good", "said": "Noted: good.", "undo": "Undo",
        "hard": "Log: hard, button", "after": "Say how it was", "save": "Save",
        "return": "I want to come back.", "much": "very much, radio button, 4 of 6", "skip": "Skip",
        "thanks": "Thank you. It is in your journal.", "help": "Need help", "call": "Call 31 14, link",
        "mood_q": "How are you right now", "calm_q": "More tense or more calm",
        "none": "Not enough contributions to show a trend.",
    },
}  # fmt: skip
TREND = {
    "fr": ("Humeur du groupe, titre", "Du 12 au 25 janvier, les humeurs du groupe disent : entre moyen et bien."),
    "en": ("Mood of the group, heading", "From 12 to 25 January, the group’s moods say: between so\u2011so and good."),
}
LOCALES = {"fr": "fr-FR", "en": "en-GB"}
SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 800}}


@pytest.fixture(params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def quiet(reader: Reader) -> None:
    """No drawing speaks, no sign is spelled out, and there is one heading of the first level."""
    tree = reader.tree()
    assert [one.name for one in tree.all() if one.role in ("image", "img", "SvgRoot")] == []
    spoken = " ".join(reader.said())
    assert not re.search("[\u2190-\u21ff\u2600-\u27bf\U0001f000-\U0001faff]", spoken)
    headings = [one for one in tree.all() if one.role == "heading" and one.states.get("level") == 1]
    assert len(headings) == 1


def heading(reader: Reader) -> str:
    return next(one.name for one in reader.things("heading") if one.states.get("level") == 1)


@pytest.mark.parametrize("size", SIZES)
def test_somebody_joins_notes_and_speaks_of_a_workshop_without_seeing_the_page(
    cast: Cast, live: Live, new_context: NewContext, clock: Clock, language: str, size: str
) -> None:
    long_in(cast)
    soon, words = cast.workshop("Willow", cast.now + HOUR / 2), WORDS[language]
    page = new_context(locale=LOCALES[language], viewport=SIZES[size], is_mobile=False, has_touch=False).new_page()
    reader = Reader(page, language)

    page.goto("/join")
    expect(page).to_have_title(words["title"])
    reader.to("textbox", words["code"])
    page.keyboard.type(cast.codes["Willow"])
    page.keyboard.press("Enter")
    reader.activations += 1
    expect(page.get_by_role("heading", level=1)).to_have_text("Willow")
    expect(page).to_have_title(words["title"])
    quiet(reader)
    reader.press("button", words["join"])
    expect(page.get_by_role("heading", level=1)).to_have_text(words["choices"])
    spoken = reader.said()
    for box in words["boxes"]:
        assert [one for one in spoken if one.startswith(box) and one.endswith(words["box"])]
    for box in reader.things("checkbox"):
        assert box.description not in box.name or not box.description, "a purpose is said once"
    quiet(reader)
    for box in words["boxes"]:
        reader.press("checkbox", box, "Space")
    reader.press("button", words["go"])
    expect(page.locator("[data-phrase]")).to_be_visible()
    (phrase,) = (one for one in reader.things("list") if len(one.within) == 7)
    assert [item.role for item in phrase.within] == ["listitem"] * 7
    shown = page.locator("[data-phrase] li").all_inner_texts()
    assert [text.name for item in phrase.within for text in item.all() if text.role == "StaticText"] == shown
    quiet(reader)
    reader.press("link", words["kept"])
    expect(page.get_by_role("heading", level=1)).to_have_text(words["today"])
    assert reader.activations == 7, "J1 takes six; typing the code is the seventh"

    clock.set(cast.now + 3 * HOUR)
    page.reload()
    reader.activations = 0
    assert words["hard"] in reader.said()
    picker = [one.name for one in reader.things("button") if one.name.startswith(words["mood"].split(":")[0])]
    assert len(picker) == 5
    reader.press("button", words["mood"])
    said = page.locator("#said")
    expect(said).to_contain_text(words["said"])
    assert reader.focused().name == words["mood"], "the focus does not move"
    assert [one for one in reader.things("status") if words["said"] in " ".join(each.name for each in one.all())]
    assert f"{words['undo']}, {'bouton' if language == 'fr' else 'button'}" in reader.said()
    quiet(reader)
    assert reader.activations == 1

    reader.activations = 0
    reader.press("link", words["after"])
    expect(page.get_by_role("button", name=words["save"])).to_be_visible()
    groups = reader.things("group")
    assert len(groups) == 8
    for group in groups:
        radios = [one.name for one in group.all() if one.role == "radio"]
        assert group.name
        assert radios[-1] == words["skip"]
    spoken = reader.said()
    at = spoken.index(f"{words['return']}, {'groupe' if language == 'fr' else 'group'}")
    assert spoken[at + 4] == words["much"]
    quiet(reader)
    reader.answer(words["mood_q"], 4)
    reader.answer(words["calm_q"], 4)
    reader.answer(words["return"], 4)
    reader.press("button", words["save"])
    expect(page.get_by_text(words["thanks"])).to_be_visible()
    assert page.evaluate("() => document.activeElement.textContent").strip() == words["thanks"]
    assert reader.activations <= 10
    assert soon.uid in page.url

    reader.activations = 0
    reader.press("link", words["help"])
    expect(page).to_have_url(re.compile("/help/"))
    assert words["call"] in reader.said()
    assert reader.activations == 1
    quiet(reader)


# --- what is said of the rest -----------------------------------------------------------------------------------------
def opened(cast: Cast, live: Live, new_context: NewContext, language: str, name: str = "Ana") -> Reader:
    """The reader of somebody who is signed in."""
    if language == "en":
        cast.browser(name).post("/settings", data={"locale": "en"})
    return Reader(signed_in(cast, live.url, new_context, name, locale=LOCALES[language]), language)


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        ("KMMKKK", {"fr": "Votre fil : 4 semaines", "en": "Your thread: 4 weeks"}),
        ("KMMKKK", {"fr": "Régularité : 4 semaines sur les 6 dernières", "en": "Regularity: 4 of the last 6 weeks"}),
        ("KKKKMMM", {"fr": "Votre fil vous attend.", "en": "Your thread is waiting for you."}),
    ],
)
def test_the_thread_is_said_in_words(
    app: Flask, live: Live, clock: Clock, new_context: NewContext, language: str, weeks: str, said: dict[str, str]
) -> None:
    life = Life(Cast(app, FIRST_MONDAY), clock).live(weeks)
    reader = opened(life.cast, live, new_context, language)
    reader.page.goto("/streak")
    spoken = reader.said()
    assert said[language] in spoken
    table = {"fr": "Voir en tableau, bouton", "en": "See as a table, button"}[language]
    assert spoken.index(said[language]) < spoken.index(table)
    quiet(reader)
    reader.press("DisclosureTriangle", table.split(",")[0])
    (table_read,) = reader.things("table")
    assert table_read.name
    assert {one.role for one in table_read.all()} >= {"columnheader", "rowheader", "cell"}


def test_a_day_of_the_calendar_is_said_with_its_mood(
    cast: Cast, live: Live, new_context: NewContext, language: str
) -> None:
    cast.browser("Ana").post("/journal", data={"mood": "4", "felt_at": "2026-03-03T12:00:00+01:00", "op_id": ""})
    reader = opened(cast, live, new_context, language)
    reader.page.goto("/journal")
    assert {"fr": "3 mars : bien, lien", "en": "3 March: good, link"}[language] in reader.said()
    quiet(reader)


def test_a_trend_is_said_in_one_sentence_to_a_participant_as_to_the_facilitator(
    app: Flask, live: Live, clock: Clock, new_context: NewContext, language: str
) -> None:
    crowd = Crowd(app)
    crowd.group()
    crowd.leads("Fay", "Willow")
    crowd.contributor("Ana")
    released(crowd, 0, (35, 16))
    clock.set(FIRST_DUE)
    heard = {}
    for name in ("Ana", "Fay"):
        reader = opened(crowd, live, new_context, language, name)
        reader.page.goto(f"/groups/{crowd.groups['Willow'].uid}")
        spoken = reader.said()
        heard[name] = spoken[spoken.index(TREND[language][0]) :][:6]
        quiet(reader)
    assert TREND[language][1] in heard["Ana"]
    assert heard["Ana"] == heard["Fay"]
    released(crowd, 1, None)
    clock.set(FIRST_DUE + FORTNIGHT)
    reader = opened(crowd, live, new_context, language)
    reader.page.goto(f"/groups/{crowd.groups['Willow'].uid}")
    assert [one for one in reader.said() if WORDS[language]["none"] in one]


def test_being_without_network_is_said_once_and_politely(
    cast: Cast, live: Live, new_context: NewContext, language: str
) -> None:
    reader = opened(cast, live, new_context, language)
    page = reader.page
    page.goto("/", wait_until="networkidle")
    page.evaluate("navigator.serviceWorker.ready")
    page.context.set_offline(True)
    live.stop()
    page.goto("/")
    sentence = {"fr": "Hors connexion. Vous pouvez continuer à noter.", "en": "Offline. You can keep noting."}[language]
    expect(page.get_by_text(sentence)).to_be_visible()
    assert reader.said().count(sentence) == 1
    (region,) = (one for one in reader.things("status") if sentence in [part.name for part in one.all()])
    assert region.states.get("live", "polite") == "polite"


# --- the keyboard -----------------------------------------------------------------------------------------------------
WALK = """() => {
  const here = document.activeElement;
  if (here === document.body) return null;
  const box = here.getBoundingClientRect(), bar = document.querySelector("nav.bar");
  const fixed = bar && getComputedStyle(bar).position === "fixed" && !bar.contains(here);
  const place = here.closest("nav.bar, header.top, main, footer") ?? document.body;
  return {
    what: `${here.tagName} ${(here.ariaLabel ?? here.innerText ?? here.name ?? "").slice(0, 40)}`,
    part: place.className || place.tagName, top: box.top + scrollY, left: box.left,
    under: Boolean(fixed && box.bottom > bar.getBoundingClientRect().top + 1),
    out: box.bottom > innerHeight + 1 && box.height < innerHeight,
    ahead: here.tabIndex > 0,
  };
}"""


@pytest.mark.parametrize("size", SIZES)
def test_the_focus_goes_in_reading_order_and_is_never_under_the_bar(
    cast: Cast, live: Live, new_context: NewContext, clock: Clock, size: str
) -> None:
    meeting = cast.workshop("Willow", cast.now + HOUR / 2)
    cast.browser("Ana").post("/journal", data={"mood": "4", "op_id": "2" * 32})
    page = signed_in(cast, live.url, new_context, viewport=SIZES[size], is_mobile=False, has_touch=False)
    wrong = []
    for address in ("/", f"/?saved={'2' * 32}", "/journal", "/workshops", f"/workshops/{meeting.uid}/before", "/streak",
                    "/settings", f"/groups/{cast.groups['Willow'].uid}"):  # fmt: skip
        page.goto(address)
        before, steps = None, 0
        while steps < 150:
            page.keyboard.press("Tab")
            here = page.evaluate(WALK)
            if here is None:
                break
            steps += 1
            wrong += [f"{address}: {here['what']} is {fault}" for fault in ("under", "out", "ahead") if here[fault]]
            backwards = before and before["part"] == here["part"] and here["top"] < before["top"] - 8
            if backwards and here["left"] <= before["left"]:
                wrong.append(f"{address}: {here['what']} comes after {before['what']}")
            before = here
        assert 5 < steps < 150
    assert wrong == []


def test_an_error_is_tied_to_its_field_which_has_the_focus(
    cast: Cast, live: Live, new_context: NewContext, clock: Clock
) -> None:
    reader = Reader(new_context().new_page())
    page = reader.page
    page.goto("/join?code=ZZZZZZZZ")
    code = reader.focused()
    assert (code.role, code.name) == ("textbox", "Code de l’affiche")
    assert "Ce code n’ouvre rien." in code.description
    assert code.states["invalid"] == "true"

    page.goto(f"/join/choices?code={cast.codes['Willow']}")
    reader.press("button", "Continuer sans clé d’accès")
    expect(page.locator("#age_ok-error")).to_be_visible()
    age = reader.focused()
    assert (age.role, age.name) == ("checkbox", "J’ai 15 ans ou plus.")
    assert "Avant 15 ans, il faut aussi l’accord d’un parent." in age.description

    page.goto("/sign-in")
    page.get_by_label("Vos 7 mots").fill("un deux trois")
    page.keyboard.press("Enter")
    expect(page.locator("#phrase-error")).to_be_visible()
    phrase = reader.focused()
    assert "Ces mots n’ouvrent aucun fil." in phrase.description

    meeting = cast.workshop("Willow", cast.now - HOUR)
    clock.set(cast.now + HOUR)
    reader = opened(cast, live, new_context, "fr")
    page = reader.page
    page.goto(f"/workshops/{meeting.uid}/after")
    broken = page.get_by_role("group", name="J’ai envie de revenir.").get_by_role("radio").first
    broken.evaluate("radio => { radio.value = '9' }")
    broken.check()
    page.get_by_role("button", name="Enregistrer").click()
    error = page.locator("#return-error")
    expect(error).to_be_visible()
    (group,) = (one for one in reader.things("group") if one.name == "J’ai envie de revenir.")
    assert group.description == " ".join(error.inner_text().split())
    assert page.evaluate("() => document.activeElement.name") == "return"
