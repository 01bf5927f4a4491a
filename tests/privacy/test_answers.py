"""What Ana says of a workshop is in one blurred figure of eight people, and nowhere else that anybody else can look."""

from __future__ import annotations

import pytest

from tests.privacy import answers
from tests.privacy.conftest import MakeWorld


@pytest.mark.parametrize("twin", answers.TWINS)
def test_nothing_but_figures_of_a_crowd_tells_apart_what_ana_said_of_a_workshop(
    new_world: MakeWorld, twin: str
) -> None:
    """A1, A13."""
    answers.twins(new_world, answers.TWINS[twin], seed=1 + list(answers.TWINS).index(twin))


def test_four_people_and_one_who_does_not_count_read_the_same_for_thirteen_reasons(new_world: MakeWorld) -> None:
    """A3, A5, A6, A7."""
    answers.too_few(new_world)


def test_figures_of_answers_stay_whoever_goes_and_whatever_database_comes_back(new_world: MakeWorld) -> None:
    """A3, A4."""
    answers.said_and_done(new_world)


def test_answering_alike_has_no_level_of_its_own(new_world: MakeWorld) -> None:
    """A8."""
    answers.unanimous(new_world)
