"""Before and after a workshop: what is asked when, and what is kept of it."""

from __future__ import annotations

import re

import pytest

from tests.cast import CANARY, Cast
from tests.reflections.around import AFTER_CARD, BEFORE_CARD, DAY, HOUR, HTMX, MINUTE, after, before, long_in
from tests.reflections.told import FIVE, keepsakes, told
from tests.sync.phone import Phone
from tests.workshops.presences import cancel, presences
from wellbeing.db import db, transaction
from wellbeing.models.consent import Consent
from wellbeing.models.membership import Contribution
from wellbeing.models.workshop import Workshop


def test_before_is_answered_on_today_and_the_card_goes(cast: Cast, soon: Workshop) -> None:
    ana = cast.browser("Ana")
    shown = ana.get("/").text
    assert shown.index('id="picker"') < shown.index(f'id="before-{soon.uid}"') < shown.index('id="next"')
    assert "Deux gestes, dix secondes." in shown
    assert shown.count("Je passe") == 2
    answer = ana.post(before(soon), data={"mood": "3", "calm": "2", "next": "/"})
    assert (answer.status_code, answer.location) == (303, "/?said=saved.ok")
    shown = ana.get(answer.location).text
    assert "C’est noté." in shown
    assert BEFORE_CARD not in shown
    assert told(cast) == [{"before_mood": 3, "before_calm": 2}]
    assert presences(cast) == {}


def test_a_tap_with_script_is_answered_in_place(cast: Cast, soon: Workshop) -> None:
    answer = cast.browser("Ana").post(before(soon), data={"mood": "3", "calm": ""}, headers=HTMX)
    assert answer.status_code == 200
    assert answer.text.startswith(f'<section class="card" id="before-{soon.uid}"')
    assert "C’est noté." in answer.text
    assert "<form" not in answer.text
    assert told(cast) == [{"before_mood": 3}]


@pytest.mark.parametrize(
    ("starts", "shown", "status"),
    [(61, False, 422), (60, True, 303), (0, True, 303), (-90, True, 303), (-91, False, 422)],
)
def test_before_is_asked_from_the_hour_before_to_the_end(cast: Cast, starts: int, shown: bool, status: int) -> None:
    workshop = cast.workshop("Willow", cast.now + starts * MINUTE)
    ana = cast.browser("Ana")
    assert (f'id="before-{workshop.uid}"' in ana.get("/").text) is shown
    assert ('name="calm"' in ana.get(before(workshop)).text) is shown
    assert ana.put(before(workshop), data={"mood": "4"}).status_code == status
    assert len(told(cast)) == shown


def test_whoever_comes_late_may_go_on_to_after(cast: Cast) -> None:
    long_in(cast)
    workshop = cast.workshop("Willow", cast.now - 10 * MINUTE)
    shown = cast.browser("Ana").get("/").text
    assert "La séance a commencé\u202f?" in shown
    assert f'href="{after(workshop)}"' in shown
    assert AFTER_CARD not in shown


def test_after_is_one_page_and_everything_in_it_may_be_passed(cast: Cast, over: Workshop) -> None:
    ana = cast.browser("Ana")
    assert f'href="{after(over)}"' in ana.get("/").text
    shown = ana.get(after(over)).text
    names = list(dict.fromkeys(re.findall(r'type="radio" name="(\w+)"', shown)))
    assert names[:7] == ["mood", "calm", "interaction", "cooperation", "exchange", "safety", "return"]
    assert len(names) == 8
    assert shown.count("Je passe") == 8
    assert "Vos réponses restent à vous." in shown
    assert 'name="keepsake"' in shown
    answer = ana.post(after(over), data={})
    assert (answer.status_code, answer.location) == (303, f"{after(over)}?saved=1")
    assert (told(cast), presences(cast)) == ([], {})


def test_answering_is_having_been_there(cast: Cast, over: Workshop) -> None:
    ana = cast.browser("Ana")
    said = {"mood": "4", "calm": "4", **FIVE, "belong": "4", "keepsake": f"Le rythme {CANARY}\r\nà deux."}
    shown = ana.get(ana.put(after(over), data=said).location).text
    assert "Merci. C’est dans votre journal." in shown
    assert told(cast) == [{"after_mood": 4, "after_calm": 4, **FIVE, "belong": 4}]
    assert (keepsakes(cast), presences(cast)) == ([f"Le rythme {CANARY}\nà deux."], {("Ana", over.uid): "declared"})
    assert AFTER_CARD not in ana.get("/").text
    assert "Première séance notée. Votre fil commence ici." in ana.get("/streak").text


def test_a_presence_by_code_stays_one_and_one_taken_back_stays_so(cast: Cast) -> None:
    workshop, ana = cast.workshop("Willow", cast.now), cast.browser("Ana")
    ana.post(f"/c/{cast.codes[workshop.uid]}")
    ana.post(after(workshop), data={"return": "5"})
    assert presences(cast) == {("Ana", workshop.uid): "code"}
    ana.delete(f"/workshops/{workshop.uid}/attendance")
    assert (presences(cast), told(cast)) == ({}, [{"return": 5}])


@pytest.mark.parametrize(
    ("pair", "sentence"),
    [
        ((2, 4), "Avant\u00a0: difficile. Après\u00a0: bien."),
        ((4, 2), "Avant\u00a0: bien. Après\u00a0: difficile. Un atelier peut aussi remuer."),
        ((3, 3), "Avant\u00a0: moyen. Après\u00a0: moyen."),
    ],
)
def test_what_it_did_is_said_in_words(cast: Cast, over: Workshop, pair: tuple[int, int], sentence: str) -> None:
    phone = Phone(cast)  # which had noted how she was before, and sends it now
    at = over.starts_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    phone.send(phone.op("reflection.before", over.uid, {"mood": pair[0]}) | {"recorded_at": at})
    ana = cast.browser("Ana")
    plain = ana.get(ana.post(after(over), data={"mood": str(pair[1])}).location).text
    script = ana.post(after(over), data={"mood": str(pair[1])}, headers=HTMX).text
    for shown in (plain, script):
        assert sentence in shown
        assert ("remuer" in shown) is (pair[1] < pair[0])


@pytest.mark.parametrize(
    ("ended", "status"), [(-91, 422), (-90, 303), (0, 303), (48 * 60, 303), (48 * 60 + 1, 422)]
)  # fmt: skip
def test_after_is_asked_from_the_start_to_two_days_after_the_end(cast: Cast, ended: int, status: int) -> None:
    long_in(cast)
    workshop = cast.workshop("Willow", cast.now - (ended + 90) * MINUTE)
    ana, shown = cast.browser("Ana"), status == 303
    assert (AFTER_CARD in ana.get("/").text) is (shown and ended >= 0)
    assert ('name="safety"' in ana.get(after(workshop)).text) is shown
    assert ana.post(after(workshop), data={"mood": "4", "keepsake": CANARY}).status_code == status
    assert (len(told(cast)), len(keepsakes(cast)), len(presences(cast))) == (shown, shown, shown)


def test_everyone_of_a_date_is_asked_the_same_by_turns_of_dates_that_were_held(cast: Cast) -> None:
    cancelled = cast.workshop("Willow", cast.now - 9 * HOUR)
    held = [cast.workshop("Willow", cast.now - hours * HOUR) for hours in (8, 6, 4)]
    cancel(cast, cancelled, cast.now)
    for who in ("Ana", "Ben"):
        pages = [cast.browser(who).get(after(workshop)).text for workshop in held]
        asked = [set(re.findall(r'name="(belong|size)"', shown)) for shown in pages]
        assert asked == [{"size"}, {"belong"}, {"size"}]  # one was held yesterday


def test_a_low_safety_says_whom_to_talk_to_and_nobody_is_told(
    cast: Cast, over: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    ana, fay = cast.browser("Ana"), cast.browser("Fay")
    group = f"/groups/{cast.groups['Willow'].uid}"
    pages = {who: {address: browser.get(address).text for address in (group, f"{group}/trends", f"{group}/workshops")}
             for who, browser in (("Fay", fay),)}  # fmt: skip
    shown = ana.get(ana.post(after(over), data={"safety": "1", "keepsake": CANARY}).location).text
    assert "Merci de l’avoir dit. Personne n’est prévenu." in shown
    assert "Dominique, à l’accueil, qui n’anime pas ce groupe." in shown
    assert CANARY not in capsys.readouterr().out
    for address, was in pages["Fay"].items():
        now = fay.get(address).text
        assert re.sub(r"[0-9a-f-]{32,36}", "", now) == re.sub(r"[0-9a-f-]{32,36}", "", was)
    assert "Merci de l’avoir dit" not in ana.get(f"/workshops/{over.uid}").text


def test_that_answers_count_is_said_only_where_they_will(cast: Cast, over: Workshop) -> None:
    counts = "Elles compteront dans les tendances du groupe, arrondies et brouillées."
    ana = cast.browser("Ana")
    assert counts not in ana.get(after(over)).text  # she contributes from the next boundary on
    with cast.app.app_context(), transaction():
        db.session.query(Contribution).update({"from_atom": cast.now.date() - 30 * DAY})
    assert counts in ana.get(after(over)).text
    with cast.app.app_context(), transaction():
        db.session.query(Consent).filter_by(purpose="trends").update({"withdrawn_at": cast.now})
    assert counts not in ana.get(after(over)).text
