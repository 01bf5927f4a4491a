"""T7, T8: who counts, and that nobody counts twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.domain.crowds import EPOCH, Block, Span, Standing, chosen, counts
from wellbeing.domain.figures import ATOM

BLOCK = Block(date(2026, 8, 10), 28)  # a boundary of 28 days
HOUR = timedelta(hours=1)
FROZEN = datetime(2026, 9, 12, 5, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
SOUND = Standing(
    member=[(LONG_AGO, None)],
    consent=[(LONG_AGO, None)],
    powers=[],
    choice=[(date(2025, 12, 29), "willow")],
)


def counted(standing: Standing, block: Block = BLOCK) -> bool:
    return counts(standing, "willow", block, FROZEN)


def test_the_block_of_these_tests_is_a_real_one() -> None:
    assert (BLOCK.start - EPOCH).days % 28 == 0
    assert BLOCK.due <= FROZEN.date() <= BLOCK.last


def test_somebody_who_was_there_all_along_counts() -> None:
    assert counted(SOUND)
    assert not counts(SOUND, "oak", BLOCK, FROZEN)


@pytest.mark.parametrize("rule", ["member", "consent"])
@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(BLOCK.opens - HOUR, None)], True),
        ([(BLOCK.opens, None)], False),
        ([(BLOCK.opens + HOUR, None)], False),
        ([(LONG_AGO, FROZEN + HOUR)], True),
        ([(LONG_AGO, FROZEN)], False),
        ([(LONG_AGO, FROZEN - HOUR)], False),
        ([(LONG_AGO, BLOCK.opens + HOUR), (BLOCK.opens + HOUR, None)], False),
        ([(LONG_AGO, BLOCK.opens - 2 * HOUR), (BLOCK.opens - HOUR, None)], True),
        ([], False),
    ],
)
def test_membership_and_consent_are_unbroken_from_before_the_opening_to_the_freeze(
    rule: str, spans: list[Span], expected: bool
) -> None:
    standing = replace(SOUND, member=spans) if rule == "member" else replace(SOUND, consent=spans)
    assert counted(standing) is expected


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((LONG_AGO, BLOCK.opens - HOUR), True),
        ((LONG_AGO, BLOCK.opens), True),
        ((LONG_AGO, BLOCK.opens + HOUR), False),
        ((BLOCK.opens + HOUR, BLOCK.opens + 2 * HOUR), False),
        ((FROZEN - HOUR, None), False),
        ((FROZEN, None), True),
        ((FROZEN + HOUR, None), True),
        ((LONG_AGO, None), False),
    ],
)
def test_facilitators_and_stewards_never_count(span: Span, expected: bool) -> None:
    assert counted(replace(SOUND, powers=[span])) is expected


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ([(BLOCK.start, "willow")], True),
        ([(BLOCK.start - timedelta(ATOM), "willow")], True),
        ([(BLOCK.start + timedelta(ATOM), "willow")], False),
        ([(EPOCH, "willow"), (BLOCK.start + timedelta(ATOM), "oak")], False),
        ([(EPOCH, "willow"), (BLOCK.start + timedelta(ATOM), None)], False),
        ([(EPOCH, "willow"), (BLOCK.end, "oak")], True),
        ([(EPOCH, "oak"), (BLOCK.start, "willow")], True),
        ([(EPOCH, "oak")], False),
        ([(EPOCH, None)], False),
        ([], False),
    ],
)
def test_a_person_contributes_to_one_group_during_the_whole_block(
    choice: list[tuple[date, str | None]], expected: bool
) -> None:
    assert counted(replace(SOUND, choice=choice)) is expected


# --- T7 ---------------------------------------------------------------------------------------------------------------
atoms = st.integers(0, 40).map(lambda n: EPOCH + timedelta(ATOM * n))
histories = st.lists(
    st.tuples(atoms, st.sampled_from(["willow", "oak", None])), max_size=12, unique_by=lambda row: row[0]
).map(lambda rows: sorted(rows, key=lambda row: row[0]))
some_blocks = st.sampled_from([14, 28, 84]).flatmap(
    lambda days: st.integers(0, 560 // days).map(lambda n: Block(EPOCH + timedelta(days * n), days))
)


@given(histories, some_blocks, some_blocks)
def test_nobody_is_counted_in_two_groups_at_once(
    choice: list[tuple[date, str | None]], one: Block, other: Block
) -> None:
    standing = Standing(
        [(datetime(2020, 1, 1, tzinfo=UTC), None)], [(datetime(2020, 1, 1, tzinfo=UTC), None)], [], choice
    )
    now = datetime(2030, 1, 1, tzinfo=UTC)
    if one.start < other.end and other.start < one.end:
        assert not (counts(standing, "willow", one, now) and counts(standing, "oak", other, now))


@given(histories)
def test_each_stretch_of_fourteen_days_belongs_to_one_group_or_none(choice: list[tuple[date, str | None]]) -> None:
    for n in range(42):
        atom = EPOCH + timedelta(ATOM * n)
        so_far = [group for since, group in choice if since <= atom]
        assert chosen(choice, atom) == (so_far[-1] if so_far else None)
