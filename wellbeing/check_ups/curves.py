"""A person's own points as a sentence, a drawing and a table. Nothing is compared with anybody, nothing is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise

from wellbeing.check_ups.packs import Pack, Words
from wellbeing.check_ups.queries import Taken
from wellbeing.domain.questionnaires import Instrument, Scoring, nearest
from wellbeing.web.locale import day, number, t

WIDTH, HEIGHT, EDGE = 200, 160, 12
DRAWN = 27  # two years of a set that comes every four weeks


@dataclass(frozen=True)
class Row:
    """One check-up in words. `said` is its point, or why it has none."""

    uid: str
    date: str
    said: str = field(repr=False)


@dataclass(frozen=True)
class Curve:
    """`words` from the highest to the lowest, at the heights `steps`; `dots` and `joins` in units of the drawing."""

    key: str
    say: str = field(repr=False)
    words: Sequence[str]
    steps: Sequence[int]
    dots: Sequence[tuple[int, int]] = field(repr=False)
    joins: Sequence[tuple[int, int, int, int]] = field(repr=False)
    ends: Sequence[str]
    rows: Sequence[Row]


@dataclass(frozen=True)
class _Point:
    on: date
    value: Fraction


def curve_of(pack: Pack, words: Words, taken: Sequence[Taken]) -> Curve:
    """From the person's own check-ups of this set, oldest first. Answers to another version of it give no point."""
    points = [point for one in taken if (point := _point(pack.instrument, one))]
    drawn = points[-DRAWN:]
    places = _places(pack.instrument, drawn)
    joins = [
        (*places[i], *places[i + 1])
        for i, (one, other) in enumerate(pairwise(drawn))
        if pack.instrument.joined(one.on, other.on)
    ]
    levels = _levels(pack.instrument)
    return Curve(
        key=pack.id,
        say=_say(pack.instrument, words, points),
        words=[words.options[level] for level in levels],
        steps=[EDGE + (HEIGHT - 2 * EDGE) * n // (len(levels) - 1) for n in range(len(levels))],
        dots=places,
        joins=joins,
        ends=list(dict.fromkeys(_dated(point.on) for point in (drawn[:1] + drawn[-1:]))),
        rows=[Row(one.uid, _dated(one.taken_on), _said(pack.instrument, words, one)) for one in reversed(taken)],
    )


def _say(instrument: Instrument, words: Words, points: Sequence[_Point]) -> str:
    if not points:
        return ""
    last = points[-1]
    said = [t("chk.last", date=_dated(last.on), value=_value(instrument, words, last.value))]
    if len(points) > 1 and instrument.about_the_same(last.value, points[-2].value):
        said.append(t("chk.same"))
    return " ".join(said)


def _said(instrument: Instrument, words: Words, one: Taken) -> str:
    if one.answers is None:
        return t("chk.unreadable")
    point = _point(instrument, one)
    return _value(instrument, words, point.value) if point else t("chk.no_point")


def _value(instrument: Instrument, words: Words, value: Fraction) -> str:
    """The point in the words of the set; never a decimal."""
    if instrument.scoring is Scoring.SUM:
        return t("chk.of", n=number(int(value)), of=number(int(instrument.highest)))
    low, high = nearest(value, instrument.options)
    if low == high:
        return words.options[low]
    return t("chk.between", a=words.options[low], b=words.options[high])


def _point(instrument: Instrument, one: Taken) -> _Point | None:
    if one.answers is None or one.version != instrument.version:
        return None
    value = instrument.point_of(one.answers)
    return None if value is None else _Point(one.taken_on, value)


def _places(instrument: Instrument, points: Sequence[_Point]) -> list[tuple[int, int]]:
    """Across by date, the first at the left edge; up by value. A single point stands in the middle."""
    if not points:
        return []
    span = (points[-1].on - points[0].on).days
    low, high = instrument.lowest, instrument.highest
    return [
        (
            EDGE + (WIDTH - 2 * EDGE) * (point.on - points[0].on).days // span if span else WIDTH // 2,
            HEIGHT - EDGE - int((HEIGHT - 2 * EDGE) * (point.value - low) / (high - low)),
        )
        for point in points
    ]


def _levels(instrument: Instrument) -> list[int]:
    """What the line is marked with, from top to bottom: each word; of a sum only its two ends."""
    levels = sorted(instrument.options, reverse=True)
    return [levels[0], levels[-1]] if instrument.scoring is Scoring.SUM else levels


def _dated(on: date) -> str:
    return f"{day(on)} {on.year}"
