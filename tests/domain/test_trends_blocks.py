"""T6, T9, T10: when a block opens, when it may be frozen, and when a change may be named."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from wellbeing.domain.crowds import EPOCH, Block, action, blocks, next_atom, next_due
from wellbeing.domain.figures import ATOM, EXPERIENCE, ITEMS, LONG, MOOD, PROFILE, Item
from wellbeing.domain.trends import Published, Withheld, direction

BLOCK = Block(date(2026, 9, 7), ATOM)


# --- T6 ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
def test_blocks_adjoin_are_aligned_and_start_after_the_group_was_created(item: Item) -> None:
    for n in range(200):
        created_on = date(2026, 1, 1) + timedelta(n)
        found = list(blocks(item, created_on, created_on + timedelta(400)))
        assert found
        assert found[0].start > created_on
        assert found[0].start - created_on <= timedelta(LONG if item is MOOD else item.days)
        assert all(one.end == other.start for one, other in pairwise(found))
        assert all((block.start - EPOCH).days % block.days == 0 for block in found)
        short = [block for block in found if block.days == ATOM]
        if item is MOOD:
            assert 5 <= len(short) <= 7
            assert found[: len(short)] == short
            assert found[len(short)].start >= created_on + timedelta(84)
            assert short[-1].start < created_on + timedelta(84 + ATOM)
        else:
            assert {block.days for block in found} == {item.days}


@pytest.mark.parametrize("item", [MOOD, EXPERIENCE, PROFILE[0]], ids=lambda item: item.name)
def test_a_block_exists_nowhere_before_it_is_due_and_never_changes_after(item: Item) -> None:
    created_on = date(2026, 2, 11)
    before: list[Block] = []
    for n in range(400):
        today = created_on + timedelta(n)
        found = list(blocks(item, created_on, today))
        assert found[: len(before)] == before
        assert all(block.due <= today for block in found)
        assert all(block.due == today for block in found[len(before) :])
        before = found
    assert before


def test_blocks_of_all_lengths_nest() -> None:
    assert EPOCH.isoweekday() == 1
    assert Block(EPOCH, 84).atoms() == [EPOCH + timedelta(14 * n) for n in range(6)]
    assert [item.days for item in (MOOD, EXPERIENCE, PROFILE[0])] == [14, 28, 84]


def test_a_block_opens_at_midnight_utc_and_is_due_three_days_after_its_end() -> None:
    assert BLOCK.opens.isoformat() == "2026-09-07T00:00:00+00:00"
    assert (BLOCK.end, BLOCK.due, BLOCK.last) == (date(2026, 9, 21), date(2026, 9, 24), date(2026, 10, 1))


def test_the_first_figure_comes_when_the_design_says() -> None:
    waits: dict[str, list[int]] = {"mood": [], "experience": [], "profile.interaction": []}
    for n in range(168):
        created_on = date(2026, 1, 1) + timedelta(n)
        for item in (MOOD, EXPERIENCE, PROFILE[0]):
            waits[item.name].append((next(blocks(item, created_on, created_on + timedelta(400))).due - created_on).days)
    assert {name: (min(days), max(days)) for name, days in waits.items()} == {
        "mood": (18, 31), "experience": (32, 59), "profile.interaction": (88, 171),
    }  # fmt: skip


# --- T9 ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("today", "held", "what"),
    [
        (BLOCK.due - timedelta(1), False, "wait"),
        (BLOCK.due - timedelta(1), True, "wait"),
        (BLOCK.due, False, "draw"),
        (BLOCK.due, True, "wait"),
        (BLOCK.last, False, "draw"),
        (BLOCK.last, True, "wait"),
        (BLOCK.last + timedelta(1), False, "none"),
        (BLOCK.last + timedelta(1), True, "none"),
    ],
)
def test_a_block_is_drawn_in_its_week_and_never_later(today: date, held: bool, what: str) -> None:
    assert action(BLOCK, today, held) == what


# --- T10 --------------------------------------------------------------------------------------------------------------
def rows(*levels: int | None, days: int = 28) -> list[tuple[Block, Published | Withheld]]:
    return [
        (Block(EPOCH + timedelta(n * days), days), Withheld() if level is None else Published(level, 5))
        for n, level in enumerate(levels)
    ]


@pytest.mark.parametrize(
    ("levels", "word"),
    [
        ((30, 30, 35, 35), "up"),
        ((35, 35, 30, 30), "down"),
        ((30, 30, 30, 40), "up"),
        ((30, 30, 30, 35), "unclear"),  # one half-step is never a change
        ((30, 35, 30, 30), "unclear"),
        ((30, 30, 30, 30), "unclear"),
        ((20, 40, 40, 20), "unclear"),
        ((-5, -5, 0, 0), "up"),
        ((20, 30, 30, 35, 35), "up"),  # the last four only
        ((30, 30, None, 40), "unclear"),
        ((None, 30, 30, 35, 35), "up"),
        ((30, None, 30, 35, 35), "unclear"),
        ((30, 35, 40), "unclear"),
        ((), "unclear"),
    ],
)
def test_a_change_is_named_only_when_four_blocks_say_so(levels: tuple[int | None, ...], word: str) -> None:
    assert direction(rows(*levels)) == word


def test_a_gap_between_blocks_is_no_change() -> None:
    up = rows(30, 30, 35, 35)
    assert direction(up) == "up"
    later = [(Block(block.start + timedelta(28), 28), row) for block, row in up[1:]]
    assert direction([up[0], *later]) == "unclear"


def test_a_change_of_block_length_is_no_gap() -> None:
    short, long = rows(30, 30, days=14), rows(35, 35)
    long = [(Block(block.start + timedelta(28), 28), row) for block, row in long]
    assert direction([*short, *long]) == "up"


@pytest.mark.parametrize(
    ("on", "boundary"),
    [
        ("2024-01-01", "2024-01-15"),
        ("2024-01-14", "2024-01-15"),
        ("2024-01-15", "2024-01-29"),
        ("2026-11-22", "2026-11-30"),
    ],
)
def test_a_choice_of_group_holds_from_the_next_boundary_never_from_today(on: str, boundary: str) -> None:
    assert next_atom(date.fromisoformat(on)) == date.fromisoformat(boundary)


def test_a_clock_that_is_behind_still_finds_when_a_group_is_due() -> None:
    """A worker may meet a group that, by its clock, is not made yet."""
    made = date(2026, 3, 11)
    first = next_due(made, made)
    assert made < first < made + timedelta(days=60)
    for days in (1, 31, 400, 4000):
        assert next_due(made, made - timedelta(days=days)) == first
