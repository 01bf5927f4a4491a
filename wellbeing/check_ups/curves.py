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

FROM, TO = 58, 96  # where the drawing begins and ends, in hundredths: the words stand before it
DRAWN = 27  # two years of a set that comes every four weeks


@dataclass(frozen=True)
class Row:
    """One check-up in words. `said` is its point, or why it has none."""

    uid: str
    date: str
    said: str = field(repr=False)


@dataclass(frozen=True)
class Curve:
    """`words` from the highest to the lowest, each on its line; `dots` and `joins` in hundredths of the drawing."""

    key: str
    say: str = field(repr=False)
    words: Sequence[str]
    dots: Sequence[tuple[int, int]] = field(repr=False)
    joins: Sequence[tuple[int, int, int, int]] = field(repr=False)
    dates: str
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
    return Curve(
        key=pack.id,
        say=_say(pack.instrument, words, points),
        words=[words.options[level] for level in sorted(pack.instrument.options, reverse=True)],
        dots=places,
        joins=joins,
        dates=_dates(drawn),
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
    """Across by date; up by value, from the line of the lowest word to that of the highest. One point stands amid."""
    if not points:
        return []
    span = (points[-1].on - points[0].on).days
    low, high, lines = instrument.lowest, instrument.highest, len(instrument.options)
    rise = Fraction(100 * (lines - 1), lines)
    return [
        (
            FROM + (TO - FROM) * (point.on - points[0].on).days // span if span else (FROM + TO) // 2,
            100 - round(rise * (point.value - low) / (high - low)),
        )
        for point in points
    ]


def _dates(points: Sequence[_Point]) -> str:
    if len(points) < 2:
        return "".join(_dated(point.on) for point in points)
    return t("trend.period", **{"from": _dated(points[0].on), "to": _dated(points[-1].on)})


def _dated(on: date) -> str:
    return f"{day(on)} {on.year}"
