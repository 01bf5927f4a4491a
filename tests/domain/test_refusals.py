"""Every refusal has a sentence, and carries nothing that was typed."""

import pytest

from wellbeing.domain import refusals
from wellbeing.domain.refusals import DayNotYetHere, NameTooLong, Refusal, TooYoung

NAMED = [kind for kind in vars(refusals).values() if isinstance(kind, type) and issubclass(kind, Refusal)]


@pytest.mark.parametrize("kind", NAMED)
def test_a_refusal_says_its_key_and_nothing_that_was_typed(kind: type[Refusal]) -> None:
    refusal = kind(field="here", typed="un secret")
    assert str(refusal) == kind.key
    assert "secret" not in str(refusal) + repr(refusal)
    assert (refusal.field, refusal.values) == ("here", {"typed": "un secret"})


def test_each_refusal_but_the_first_has_a_sentence_of_its_own_to_say() -> None:
    assert len(NAMED) > 20
    assert [kind for kind in NAMED if kind.key == Refusal.key] == [Refusal]


def test_a_refusal_stands_beside_its_own_field_unless_told_another() -> None:
    assert DayNotYetHere().field == "felt_at"
    assert NameTooLong(field="pseudonym").field == "pseudonym"
    assert NameTooLong().field == "name", "one refusal never moves the next"


def test_a_sentence_is_given_what_it_must_name() -> None:
    assert TooYoung(controller="Les Saules").values == {"controller": "Les Saules"}
