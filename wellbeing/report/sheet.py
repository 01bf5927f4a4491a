"""The page for funders, section by section: figures in sentences, and what the team typed, word for word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wellbeing.domain import indicators
from wellbeing.models.group import Group
from wellbeing.report import levels
from wellbeing.report.figures import Figures
from wellbeing.report.typed import Typed
from wellbeing.web import headcounts
from wellbeing.web.locale import number, t, tn

METHOD = 8


@dataclass(frozen=True)
class Line:
    """One paragraph. `label` leads what somebody typed, `note` follows a figure: how much it can say."""

    text: str
    label: str = ""
    note: str = ""
    typed: bool = False


@dataclass(frozen=True)
class Part:
    """One of the twelve sections after the header; `field` is where its text is typed, `published` holds levels."""

    number: int
    lines: list[Line]
    field: str = ""
    published: bool = False
    run: bool = False  # short sentences that follow one another on paper


def parts(group: Group, figures: Figures, typed: Typed) -> list[Part]:
    """Sections 2 to 11. One that only a team can fill is there without lines until they do."""
    return [
        Part(2, [*_typed(typed, "need"), *_policy(typed)], "need"),
        Part(3, [*_done(group, figures), *_typed(typed, "team", label=True)], run=True),
        Part(4, [*_who(figures), *_own_list(typed)], run=True),
        Part(5, _lines(headcounts.back(figures.dates)) or _lines([t("rep.back_few", n=indicators.SOME)]), run=True),
        Part(6, [Line(said, note=note) for said, note in levels.of_workshops(figures.series)], published=True),
        Part(7, [Line(said, note=note) for said, note in levels.over_time(figures)], published=True),
        Part(8, [Line(line.text, typed=True) for line in _typed(typed, "quote")], "quote"),
        Part(9, [*_typed(typed, "learning"), *_typed(typed, "difficulties", label=True)], "learning"),
        Part(10, list(_typed(typed, "next")), "next"),
        Part(11, [*_means(figures, typed), *_typed(typed, "means")], "means", run=True),
    ]


def key_figures(figures: Figures) -> list[tuple[str, str]]:
    """The numbers that a reader takes away, each with its name, from their thresholds on."""
    counts = figures.counts
    came, size, back = indicators.attendances(counts), indicators.size(counts), indicators.return_rate(counts)
    found = [("held", len(counts)), ("came", came), ("size", size.median if size else None), ("back", back)]
    return [(number(n), tn(f"rep.key_{name}", n)) for name, n in found if n is not None] if counts else []


def method() -> list[str]:
    """Section 12, always whole."""
    return [t(f"rep.method_{n}") for n in range(1, METHOD + 1)]


def _done(group: Group, figures: Figures) -> Iterator[Line]:
    for of in (headcounts.dates, headcounts.hours, headcounts.size):
        yield from _lines(of(figures.dates))
    yield Line(group.place, label=t("rep.places"), typed=True)


def _who(figures: Figures) -> list[Line]:
    said = _lines([*headcounts.came(figures.dates), *headcounts.no_phone(figures.dates)])
    return said or _lines([t("grp.no_counts")])


def _own_list(typed: Typed) -> Iterator[Line]:
    if typed["people"] is not None:
        yield Line(t("rep.own_list", n=number(typed["people"])))
    yield from _typed(typed, "public")


def _means(figures: Figures, typed: Typed) -> Iterator[Line]:
    if typed["budget"] is not None:
        yield Line(t("rep.budget_said", n=number(typed["budget"])))
        if (each := indicators.cost(typed["budget"], figures.counts)) is not None:
            yield Line(t("rep.cost", n=number(each)))
    if typed["volunteer_hours"] is not None:
        yield Line(t("rep.volunteer_said", n=number(typed["volunteer_hours"])))


def _policy(typed: Typed) -> Iterator[Line]:
    if typed["policy"]:
        yield Line(t("rep.policy"))


def _typed(typed: Typed, name: str, *, label: bool = False) -> Iterator[Line]:
    if typed[name]:
        yield Line(typed[name], label=t(f"rep.{name}") if label else "", typed=True)


def _lines(sentences: list[str]) -> list[Line]:
    return [Line(sentence) for sentence in sentences]
