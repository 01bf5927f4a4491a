"""Figures of headcounts as sentences, for every page that shows them. Below its threshold a figure has no sentence."""

from __future__ import annotations

from collections.abc import Sequence

from wellbeing.domain import indicators, sizes
from wellbeing.domain.indicators import Dated
from wellbeing.domain.sizes import Dot
from wellbeing.domain.trends import EXPERIENCE
from wellbeing.web.levels import word
from wellbeing.web.locale import number, t, tn


def dates(listed: Sequence[Dated]) -> list[str]:
    """Workshops held, planned and cancelled."""
    counts = (len(indicators.held(listed)), len(listed), sum(dated.cancelled for dated in listed))
    return [t("rep.held", **dict(zip("npc", map(number, counts), strict=True)))]


def came(listed: Sequence[Dated]) -> list[str]:
    counts = indicators.held(listed)
    n, k = indicators.attendances(counts), indicators.newcomers(counts)
    return [] if n is None or k is None else [t("rep.attendances", n=number(n), k=number(k))]


def size(listed: Sequence[Dated]) -> list[str]:
    found = indicators.size(indicators.held(listed))
    return [tn("rep.size", found.median, a=number(found.smallest), b=number(found.largest))] if found else []


def hours(listed: Sequence[Dated]) -> list[str]:
    found = indicators.hours(indicators.held(listed))
    return [] if found is None else [t("rep.hours", n=number(found))]


def no_phone(listed: Sequence[Dated]) -> list[str]:
    share = indicators.no_phone(indicators.held(listed))
    return [] if share is None else [t("rep.no_phone", p=share)]


def back(listed: Sequence[Dated]) -> list[str]:
    """Do people come back: the share of those who had come before, and heads from one workshop to the next."""
    counts = indicators.held(listed)
    share, rate = indicators.regulars_share(counts), indicators.return_rate(counts)
    before = [] if share is None else [t("rep.regulars", p=share)]
    return before if rate is None else [*before, t("rep.return", x=rate)]


def by_size(dots: Sequence[Dot]) -> str:
    """Whether larger groups answer otherwise, with at least three periods on each side; empty below that."""
    found = sizes.split(dots)
    if found is None:
        return ""
    said = {"a": word(EXPERIENCE, found.above), "b": word(EXPERIENCE, found.otherwise)}
    return t("rep.size_experience", x=number(found.size), **said)
