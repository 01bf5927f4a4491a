"""F23: the power is cut while people write, and while a group's figures are drawn."""

from __future__ import annotations

import pytest

from tests.faults import strace
from tests.faults.conftest import NewSite
from tests.faults.scenarios import figures, power

NORMAL, OFF = 1, 0

pytestmark = pytest.mark.skipif(not strace.usable(), reason="strace is not here: the disk's log cannot be taken")


def test_a_power_cut_loses_nothing_that_was_answered_and_doubles_nothing(new_site: NewSite) -> None:
    with new_site() as site:
        tally = power.f23(site, 100)
    assert tally.repetitions > 100
    assert (tally.lost, tally.doubled, tally.integrity, tally.wrong) == ([], [], "ok", [])


@pytest.mark.parametrize("synchronous", [NORMAL, OFF])
def test_a_database_that_does_not_wait_for_the_disk_is_caught(new_site: NewSite, synchronous: int) -> None:
    with new_site() as site:
        tally = power.f23(site, 20, synchronous)
    assert tally.lost
    assert tally.wrong == []


def test_a_power_cut_never_draws_a_figure_a_second_time(new_site: NewSite) -> None:
    with new_site() as site:
        tally = figures.f23_figures(site, 60)
    assert tally.repetitions > 60
    assert (tally.lost, tally.doubled, tally.integrity, tally.wrong) == ([], [], "ok", [])


def test_a_ledger_that_does_not_wait_for_the_disk_is_caught(new_site: NewSite) -> None:
    with new_site() as site:
        tally = figures.f23_figures(site, 20, "careless")
    assert tally.doubled
