"""The attacks are able to fail: every publisher that leaks is caught by those that were written against it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from tests.crowd import Crowd
from tests.privacy import answers, attacks
from tests.privacy.conftest import MakeWorld
from tests.privacy.doors import doors
from tests.privacy.naive import NAIVE
from tests.privacy.worlds import Leak, World

Attack = Callable[[Callable[[int], World]], None]
MOODS = attacks.TWINS["mood 1 or 5"]
ABSENT = attacks.TWINS["active or absent"]
A1: Attack = partial(attacks.twins, lives=MOODS)
A13: Attack = partial(attacks.twins, lives=ABSENT)
A1_TOO_FEW: Attack = partial(attacks.twins, lives=ABSENT, others=attacks.FAKES)  # a figure with Ana, none without
A2: Attack = partial(attacks.polling, periods=2)
A8: Attack = partial(attacks.unanimous, n=5)
A1_ANSWERS: Attack = partial(answers.twins, lives=answers.TWINS["spoke or not"], season=False)
A8_ANSWERS: Attack = partial(answers.unanimous, times=2)  # without noise, two are as alike as a hundred

CAUGHT: list[tuple[str, str, Attack]] = [
    ("live", "A1", A1),
    ("live", "A2", A2),
    ("live", "A3", attacks.joining_and_leaving),
    ("live", "A4", attacks.yesterday_again),
    ("live", "A6", attacks.tiny_groups),
    ("live", "A8", A8),
    ("draft", "A13", A13),
    ("draft", "A6", attacks.tiny_groups),
    ("no_k", "A6", attacks.tiny_groups),
    ("recompute", "A2", A2),
    ("recompute", "A3", attacks.leaving_after_the_freeze),
    ("recompute", "A4", attacks.yesterday_again),
    ("redraw", "A4", attacks.yesterday_again),
    ("late_cohort", "A3", attacks.joining_and_leaving),
    ("powers", "A5", attacks.powerful_contributors),
    ("no_partition", "A7", attacks.overlapping_groups),
    ("no_noise", "A8", A8),
    ("reasons", "A1", A1_TOO_FEW),
    ("reasons", "A6", attacks.tiny_groups),
    ("extra_column", "A10", attacks.leaving_after_the_freeze),
    ("filters", "A2", A2),
    ("unlinked", "A1", A1),
    # what is said of workshops
    ("live", "A1 answers", A1_ANSWERS),
    ("draft", "A1 answers", A1_ANSWERS),
    ("reasons", "A6 answers", answers.too_few),
    ("no_k", "A6 answers", answers.too_few),
    ("late_cohort", "A3 answers", answers.too_few),
    ("powers", "A5 answers", answers.too_few),
    ("no_partition", "A7 answers", answers.too_few),
    ("recompute", "A3 answers", answers.said_and_done),
    ("redraw", "A4 answers", answers.said_and_done),
    ("no_noise", "A8 answers", A8_ANSWERS),
]


@pytest.mark.parametrize(("name", "which", "attack"), CAUGHT, ids=[f"{name}-{which}" for name, which, _ in CAUGHT])
def test_a_publisher_that_leaks_is_caught(new_world: MakeWorld, name: str, which: str, attack: Attack) -> None:
    with pytest.raises(Leak):
        attack(lambda seed: new_world(seed, publisher=name))


def test_every_bad_publisher_is_tried() -> None:
    assert {name for name, _, _ in CAUGHT} == set(NAIVE)


def test_a_route_that_the_walk_cannot_ask_for_stops_it_and_is_told_what_to_add(new_world: MakeWorld) -> None:
    for address, missing in (("/feelings/<uid>", "uid"), ("/groups/<uid>/<mood>", "mood")):
        app = new_world(1).app
        app.add_url_rule(address, "planted", lambda **_: "")
        with pytest.raises(AssertionError, match=f"nothing fills « {missing} »"):
            doors(Crowd(app))
