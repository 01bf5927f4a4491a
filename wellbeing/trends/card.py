"""The card about a group, the same bytes for whoever may see the group: it is given no viewer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from wellbeing.domain.trends import EXPERIENCE, LIFT, MOOD, PROFILE, Published
from wellbeing.models.group import Group
from wellbeing.trends import queries
from wellbeing.trends.figures import figure_of, said
from wellbeing.trends.profile import profile_of
from wellbeing.trends.queries import Series
from wellbeing.web.fragments import fragment


def latest(group: Group, today: date) -> str:
    """What the latest period that is due says of the group, in a sentence; nothing before a first one is due."""
    rows = queries.rows(group, today)
    return said(MOOD, rows) if rows else ""


def card(group: Group, today: date) -> Markup:
    """The group's published figures on `today`, a UTC date, in the reader's language."""
    return card_of(queries.series(group, today))


def card_of(found: Sequence[Series]) -> Markup:
    """The same of the rows of every item, where they are read already."""
    series = dict(found)
    over_time = [figure_of(item, series[item]) for item in (MOOD, LIFT, EXPERIENCE)]
    return fragment(
        "trends/_card.html",
        figures=[figure for figure in over_time if figure],
        profile=profile_of([(item, series[item]) for item in PROFILE]),
        some=any(isinstance(released, Published) for rows in series.values() for _, released in rows),
    )
