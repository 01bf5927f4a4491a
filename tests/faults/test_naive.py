"""The faults are able to fail: every bad server and bad phone of docs/reliability.md is caught by those named there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.databases import built, settings
from tests.faults import pauses
from tests.faults.client import BAD
from tests.faults.conftest import NewSite
from tests.faults.naive import WAYS
from tests.faults.scenarios import network, people, servers
from tests.faults.site import Scenario

CAUGHT: list[tuple[str, Scenario, int]] = [
    ("no_table", servers.f1, 3),
    ("no_table", network.f3, 2),
    ("no_table", network.f4, 40),
    ("split", servers.f1, 3),
    ("latest", people.f16, 1),
    ("resurrect", network.f4, 60),
    ("resurrect", people.f21, 3),
    ("early", network.f2, 1),
    ("early", people.f11, 1),
    ("any_status", network.f7, 5),
    ("any_status", people.f8, 5),
    ("any_status", network.f25, 1),
    ("shared_queue", people.f9, 1),
]


@pytest.mark.parametrize(("name", "fault", "size"), CAUGHT, ids=[f"{n}-{f.__name__}" for n, f, _ in CAUGHT])
def test_what_is_naive_loses_or_doubles_and_is_caught(new_site: NewSite, name: str, fault: Scenario, size: int) -> None:
    with new_site(**{"bad" if name in BAD else "ways": name}) as site:
        tally = fault(site, size)
    assert not tally.clean
    assert tally.lost or tally.doubled


def test_every_naive_server_and_phone_is_tried() -> None:
    assert {name for name, _, _ in CAUGHT} == {*WAYS, *BAD}


def test_a_bad_way_and_a_pause_are_refused_outside_of_tests(tmp_path: Path, shelf: Path) -> None:
    real = replace(settings(tmp_path, assets_built=shelf / "static"), testing=False, limits_factor=1)
    with pytest.raises(RuntimeError, match="only a test"):
        built(real, ways=WAYS["split"])
    with pytest.raises(RuntimeError, match="only a test"):
        pauses.arm(built(real), "answer", 1, 1)
