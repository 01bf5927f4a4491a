"""Published levels of a period in sentences, each with how much it can say; never a percentage, never a ranking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wellbeing.domain import indicators, sizes
from wellbeing.domain.trends import EXPERIENCE, LIFT, MOOD, PROFILE, Item, direction
from wellbeing.report.figures import Figures, Rows
from wellbeing.web import headcounts
from wellbeing.web.levels import asked, listed, word
from wellbeing.web.locale import number, t

Said = tuple[str, str]  # a sentence, and how many periods it is made of
Series = Mapping[Item, Rows]


def of_workshops(series: Series) -> Iterator[Said]:
    """Section 6: before and after, the experience, and its items in detail."""
    lift, experience = series[LIFT], series[EXPERIENCE]
    if not lift and not experience:
        yield t("rep.none_closed"), ""
        return
    if lift:
        yield _lift(lift), _told(lift)
    if experience:
        yield _middle(EXPERIENCE, experience), _told(experience)
    yield from _profile(series)


def over_time(figures: Figures) -> Iterator[Said]:
    """Section 7: mood, and the size of the group beside the experience."""
    mood = figures.series[MOOD]
    yield (_middle(MOOD, mood), _told(mood)) if mood else (t("rep.none_closed"), "")
    dots = sizes.size_experience(figures.series[EXPERIENCE], figures.counts)
    if dots and (said := headcounts.by_size(dots)):
        yield said, ""


def _lift(rows: Rows) -> str:
    found = indicators.sides(rows)
    if found is None:
        return t("trend.none")
    return t("rep.lift", a=number(found.above), b=number(found.same), c=number(found.below))


def _middle(item: Item, rows: Rows) -> str:
    level = indicators.middle_level(rows)
    return t("trend.none") if level is None else t(f"rep.{item.name}", level=word(item, level))


def _profile(series: Series) -> Iterator[Said]:
    """The latest published level of each item; how many of their periods were published, all items together."""
    due = [series[item] for item in PROFILE if series[item]]
    if not due:
        return
    parts = [
        t("trend.profile_part", item=asked(item), level=word(item, found[1]))
        for item in PROFILE
        if (found := indicators.latest(series[item])) is not None
    ]
    known = [told for rows in due if (told := indicators.published(rows))]
    note = t("rep.published", p=number(sum(k.published for k in known)), c=number(sum(k.closed for k in known)))
    yield (t("rep.profile", list=listed(parts)) if parts else t("trend.none")), note


def _told(rows: Rows) -> str:
    """Periods published of those closed; and the direction, where there are figures enough to speak of one."""
    known = indicators.published(rows)
    told = t("rep.published", p=number(known.published), c=number(known.closed)) if known else ""
    if indicators.directed(rows):
        return f"{told} {t('trend.direction', direction=t(f'trend.{direction(rows)}'))}"
    return told
