"""T1, T2: every level stays possible, nobody moves its odds by more than e^ε, and the noise is the one proved."""

from __future__ import annotations

import ast
import inspect
from collections import Counter
from collections.abc import Callable, Iterable
from math import exp, sqrt
from random import Random
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.trend_law import BOTH_MODES, law, named, probabilities
from wellbeing.domain import crowds, figures, trends
from wellbeing.domain.figures import MOOD, Item
from wellbeing.domain.trends import RandBelow, Withheld, bernoulli_exp, discrete_laplace, release

DRAWS = 20_000


def seeded(seed: int) -> RandBelow:
    return Random(seed).randrange


# --- T1 ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("item", BOTH_MODES, ids=named)
def test_nobody_moves_the_odds_of_a_level_by_more_than_promised(item: Item) -> None:
    bound = exp(item.eps) * (1 + 1e-9)
    for n in range(item.k, item.k + 9):
        for others in {(n - 1) * item.lo, (n - 1) * item.hi, (n - 1) * (item.lo + item.hi) // 2, (n - 1) * item.lo + 7}:
            at_one_end = probabilities(item, n, others + item.lo)
            at_the_other = probabilities(item, n, others + item.hi)
            assert min(*at_one_end.values(), *at_the_other.values()) > 0
            for level in item.levels:
                assert at_one_end[level] <= bound * at_the_other[level]
                assert at_the_other[level] <= bound * at_one_end[level]


@settings(max_examples=60)
@given(st.sampled_from(BOTH_MODES), st.integers(0, 8), st.data())
def test_neighbours_differing_in_one_value_are_nearly_as_likely(item: Item, more: int, data: st.DataObject) -> None:
    n = item.k + more
    values = data.draw(st.lists(st.integers(item.lo, item.hi), min_size=n, max_size=n))
    other = data.draw(st.integers(item.lo, item.hi))
    here, there = (probabilities(item, n, sum(each)) for each in (values, [other, *values[1:]]))
    for level in item.levels:
        assert 0 < here[level] <= exp(item.eps) * (1 + 1e-9) * there[level]


def test_a_group_at_the_bottom_may_be_shown_at_the_top() -> None:
    assert probabilities(MOOD, 5, 100)[40] == pytest.approx(8e-5, rel=0.1)


# --- T2 ---------------------------------------------------------------------------------------------------------------
def chi_square(drawn: Iterable[int], unit: int, eps: int) -> tuple[float, float]:
    """χ² against the law, in cells of at least 20 expected, and a bound that one honest run in a million passes."""
    counted = Counter(drawn)
    total = sum(counted.values())
    weights = {z: p * total for z, p in zip(range(-4_000, 4_001), law(unit, eps), strict=True)}
    edge = max(z for z, expected in weights.items() if expected >= 20)
    cells = [(weights[z], counted[z]) for z in range(-edge, edge + 1)]
    below = sum(expected for z, expected in weights.items() if z < -edge)
    cells.append((below, sum(got for z, got in counted.items() if z < -edge)))
    cells.append((below, sum(got for z, got in counted.items() if z > edge)))
    freedom = len(cells) - 1
    bound = freedom * (1 - 2 / (9 * freedom) + 4.75 * sqrt(2 / (9 * freedom))) ** 3
    return sum((got - expected) ** 2 / expected for expected, got in cells), bound


@pytest.mark.parametrize("eps", [1, 2])
def test_the_noise_follows_its_law(eps: int) -> None:
    below = seeded(eps)
    found, bound = chi_square((discrete_laplace(20, eps, below) for _ in range(DRAWS)), 20, eps)
    assert found < bound


@pytest.mark.parametrize(
    "wrong",
    [
        lambda z: 0,
        lambda z: max(-20, min(20, z)),
        lambda z: z if abs(z) <= 20 else 0,
        lambda z: z + 1,
        lambda z: abs(z),
        lambda z: z * 9 // 10,
    ],
    ids=["none", "cut", "cut to nothing", "leaning", "one-sided", "narrow"],
)
def test_a_wrong_noise_would_be_seen(wrong: Callable[[int], int]) -> None:
    below = seeded(3)
    found, bound = chi_square((wrong(discrete_laplace(20, 2, below)) for _ in range(DRAWS)), 20, 2)
    assert found > bound


@pytest.mark.parametrize(("num", "den"), [(0, 20), (10, 20), (19, 20), (20, 20), (1, 1)])
def test_a_coin_falls_with_the_odds_of_an_exponential(num: int, den: int) -> None:
    below, odds = seeded(num), exp(-num / den)
    heads = sum(bernoulli_exp(num, den, below) for _ in range(DRAWS))
    assert abs(heads - DRAWS * odds) <= 5 * sqrt(DRAWS * odds * (1 - odds))


@pytest.mark.parametrize("item", BOTH_MODES, ids=named)
def test_chance_is_asked_for_when_a_figure_is_drawn_and_never_otherwise(item: Item) -> None:
    asked: list[int] = []

    def below(bound: int) -> int:
        asked.append(bound)
        return generator.randrange(bound)

    generator = Random(11)
    for n in range(item.k):
        assert release(item, [item.lo] * n, below) == Withheld()
    assert not asked
    for n in range(item.k, item.k + 9):
        asked.clear()
        release(item, [item.lo] * n, below)
        assert asked
        assert all(bound > 0 for bound in asked)


def test_the_same_chance_gives_the_same_figure() -> None:
    drawn = [release(MOOD, [30] * 6, seeded(seed)) for seed in range(40)]
    assert drawn == [release(MOOD, [30] * 6, seeded(seed)) for seed in range(40)]
    assert len(set(drawn)) > 1


@pytest.mark.parametrize("module", [crowds, figures, trends], ids=lambda module: module.__name__)
def test_chance_and_the_time_come_from_nowhere_else(module: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(module))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {"wellbeing.domain.crowds", "wellbeing.domain.figures"}
    assert imported - ours <= {"__future__", "collections.abc", "dataclasses", "datetime", "fractions", "itertools"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    called = {
        node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not called & {"now", "today", "utcnow"}


@pytest.mark.parametrize("module", [crowds, figures, trends], ids=lambda module: module.__name__)
def test_no_float_is_on_the_path_of_a_figure(module: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(module))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, float)]
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Div)]
