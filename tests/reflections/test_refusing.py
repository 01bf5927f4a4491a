"""What is not stored of before and after, in which words, and what is left unchanged."""

from __future__ import annotations

import re

import pytest

from tests.cast import CANARY, Cast
from tests.journal.record import op
from tests.reflections.around import AFTER_CARD, BEFORE_CARD, HTMX, after, before
from tests.reflections.told import keepsakes, told
from tests.workshops.presences import cancel, presences
from wellbeing.models.workshop import Workshop


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "script"])
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"mood": "6"}, "Choisissez une des cinq réponses."),
        ({"safety": "x"}, "Choisissez une des cinq réponses."),
        ({"belong": "3", "size": "2"}, "Une seule de ces deux réponses est gardée."),
        ({"keepsake": CANARY + "x" * 4000}, "4\u202f000"),
        ({"op_id": "no"}, "Une erreur"),
    ],
    ids=lambda value: "" if isinstance(value, str) else next(iter(value)),
)
def test_what_was_typed_comes_back_and_nothing_is_stored(
    cast: Cast, over: Workshop, wrong: dict[str, str], sentence: str, headers: dict[str, str]
) -> None:
    answer = cast.browser("Ana").post(after(over), data={"calm": "4", "keepsake": CANARY} | wrong, headers=headers)
    assert answer.status_code == 422
    assert sentence in answer.text or sentence == "Une erreur"
    assert re.search(r'name="calm" value="4" checked', answer.text)
    assert CANARY in answer.text
    assert (told(cast), keepsakes(cast), presences(cast)) == ([], [], {})


def test_without_consent_to_a_journal_nothing_is_asked_or_stored(cast: Cast, over: Workshop, soon: Workshop) -> None:
    cast.takes_part("Dora", "Willow", agreed=("age_ok",))
    dora = cast.browser("Dora")
    shown = dora.get("/").text
    assert BEFORE_CARD not in shown
    assert AFTER_CARD not in shown
    assert "il faut votre accord" in dora.get(after(over)).text
    for headers in ({}, HTMX):
        assert dora.post(after(over), data={"mood": "4"}, headers=headers).status_code == 422
    assert (told(cast, "Dora"), presences(cast)) == ([], {})


@pytest.mark.parametrize("who", ["Cleo", "Fay", "Gus", "Sam"])
def test_another_groups_workshop_is_not_found(cast: Cast, over: Workshop, who: str) -> None:
    cast.browser("Ana").post(after(over), data={"mood": "4", "keepsake": CANARY})
    somebody = cast.browser(who)
    for address in (before(over), after(over)):
        for send in (somebody.get, somebody.post, somebody.put):
            answer = send(address)
            assert answer.status_code == 404
            assert CANARY not in answer.text
    assert len(told(cast)) == 1


def test_a_gesture_sent_again_changes_nothing(cast: Cast, over: Workshop) -> None:
    ana, op_id = cast.browser("Ana"), op()
    for mood in ("4", "1"):
        assert ana.post(after(over), data={"mood": mood, "op_id": op_id}).status_code == 303
    assert told(cast) == [{"after_mood": 4}]
    ana.post(after(over), data={"calm": "2"})
    assert told(cast) == [{"after_calm": 2}]


def test_what_did_not_take_place_asks_nothing(cast: Cast, over: Workshop) -> None:
    cancel(cast, over, cast.now)
    ana = cast.browser("Ana")
    assert AFTER_CARD not in ana.get("/").text
    assert "Séance annulée" in ana.get(after(over)).text
    assert ana.post(after(over), data={"mood": "4"}).status_code == 422
