"""Someone who leads the group, knows everyone and looks every hour learns how the group is, never how Ana is."""

from __future__ import annotations

import pytest

from tests.privacy import attacks, games
from tests.privacy.conftest import MakeWorld


@pytest.mark.parametrize("twin", attacks.TWINS)
def test_nothing_but_the_one_figure_tells_apart_what_ana_lived(new_world: MakeWorld, twin: str) -> None:
    """A1, A13."""
    attacks.twins(new_world, attacks.TWINS[twin], seed=1 + list(attacks.TWINS).index(twin))


def test_with_four_others_only_whether_there_is_a_figure_tells_that_ana_took_notes(new_world: MakeWorld) -> None:
    """A1, A6."""
    attacks.twins(new_world, attacks.TWINS["active or absent"], others=attacks.FAKES)


def test_looking_every_hour_with_any_parameter_shows_one_change_a_freeze(new_world: MakeWorld) -> None:
    """A2."""
    attacks.polling(new_world)


def test_someone_who_comes_or_goes_is_in_no_block_that_was_open(new_world: MakeWorld) -> None:
    """A3."""
    attacks.joining_and_leaving(new_world)


def test_a_departure_changes_no_figure_that_is_out(new_world: MakeWorld) -> None:
    """A3."""
    attacks.leaving_after_the_freeze(new_world)


def test_no_figure_is_drawn_twice_though_yesterdays_database_comes_back(new_world: MakeWorld) -> None:
    """A4."""
    attacks.yesterday_again(new_world)


def test_nothing_a_facilitator_or_a_steward_notes_is_in_a_figure(new_world: MakeWorld) -> None:
    """A5."""
    attacks.powerful_contributors(new_world)


def test_a_group_too_small_reads_the_same_whatever_it_lacks(new_world: MakeWorld) -> None:
    """A6."""
    attacks.tiny_groups(new_world)


def test_the_same_people_never_make_two_figures(new_world: MakeWorld) -> None:
    """A7."""
    attacks.overlapping_groups(new_world)


@pytest.mark.parametrize("n", [5, 8])
def test_agreeing_has_no_level_and_no_words_of_its_own(new_world: MakeWorld, n: int) -> None:
    """A8."""
    attacks.unanimous(new_world, n)


@pytest.mark.parametrize("who", games.FLAGS)
def test_nobody_learns_who_called_a_number_wrong_or_whether_anybody_did(new_world: MakeWorld, who: str) -> None:
    """A1, A18."""
    games.who_flags(new_world, games.FLAGS[who])


def test_switching_the_mode_shows_no_figure_twice(new_world: MakeWorld) -> None:
    """A19."""
    games.mode_games(new_world)


@pytest.mark.parametrize("what", games.CLOSINGS)
def test_a_group_that_closes_tells_nobody_who_counted_for_it_nor_where_they_go(new_world: MakeWorld, what: str) -> None:
    """A1, A7, A19."""
    games.closing(new_world, what)


@pytest.mark.parametrize("twin", ["mood 1 or 5", "agreed or taken back"])
def test_nothing_but_the_one_figure_tells_them_apart_in_the_reinforced_mode_either(
    new_world: MakeWorld, twin: str
) -> None:
    """A1, A19: ten people with Ana, so that one who takes it back leaves too few."""
    nine = (*attacks.OTHERS, *(f"Ben {n}" for n in range(4)))
    attacks.twins(new_world, attacks.TWINS[twin], others=nine, first=games.strictly)
