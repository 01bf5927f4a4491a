"""The card about a group, the same bytes for whoever may see the group: it is given no viewer."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from wellbeing.models.group import Group
from wellbeing.trends import queries
from wellbeing.trends.figures import mood_figure
from wellbeing.web.fragments import fragment


def latest(group: Group, today: date) -> str:
    """What the latest period that is due says of the group, in a sentence; nothing before a first one is due."""
    figure = mood_figure(queries.rows(group, today))
    return figure.say if figure else ""


def card(group: Group, today: date) -> Markup:
    """The group's published figures on `today`, a UTC date, in the reader's language."""
    return fragment("trends/_card.html", figure=mood_figure(queries.rows(group, today)))
