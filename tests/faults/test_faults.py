"""The faults of docs/reliability.md, shortened: whatever goes wrong, nothing is lost and nothing is doubled.

`make soak` runs the same at full size. What each fault does stands in scenarios/.
"""

from __future__ import annotations

import pytest

from tests.faults.again import AGAIN
from tests.faults.conftest import NewSite
from tests.faults.scenarios import clocks, network, people, servers
from tests.faults.site import Scenario
from wellbeing.config import ROOT

MATRIX: list[tuple[Scenario, int]] = [
    (servers.f1, 20),
    (network.f2, 5),
    (network.f3, 50),
    (network.f4, 150),
    (servers.f5, 2),
    (servers.f6, 1),
    (network.f7, 60),
    (people.f8, 30),
    (people.f9, 1),
    (people.f10, 20),
    (people.f11, 2),
    (clocks.f12, 1),
    (clocks.f13, 1),
    (clocks.f14, 2),
    (network.f15, 1000),
    (people.f16, 2),
    (people.f21, 30),
    (network.f25, 1),
]


@pytest.mark.parametrize(("fault", "size"), MATRIX, ids=[fault.__name__ for fault, _ in MATRIX])
def test_nothing_is_lost_and_nothing_doubled(new_site: NewSite, fault: Scenario, size: int) -> None:
    with new_site() as site:
        tally = fault(site, size)
    assert tally.sent
    assert (tally.lost, tally.doubled, tally.integrity, tally.wrong) == ([], [], "ok", [])


def test_what_soak_runs_again_is_there() -> None:
    for test in (test for again in AGAIN for test in again.tests):
        file, _, name = test.partition("::")
        assert f"def {name}" in (ROOT / file).read_text("utf-8")
