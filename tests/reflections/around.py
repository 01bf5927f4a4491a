"""Workshops around now, and people who have been in their groups for long."""

from __future__ import annotations

from datetime import timedelta

from tests.cast import Cast
from wellbeing.db import db, transaction
from wellbeing.models.membership import Membership
from wellbeing.models.workshop import Workshop

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
HTMX = {"HX-Request": "true"}
BEFORE_CARD, AFTER_CARD = "Avant de commencer", "Dire comment c’était"


def long_in(cast: Cast) -> None:
    """Everybody has been in their groups for a month; the date of yesterday is out of the way."""
    with cast.app.app_context(), transaction():
        db.session.query(Membership).update({"began_at": cast.now - 30 * DAY})
        old = {"starts_at": cast.now - 5 * DAY, "local_date": (cast.now - 5 * DAY).date()}
        db.session.query(Workshop).filter(Workshop.starts_at < cast.now).update(old)


def before(workshop: Workshop) -> str:
    return f"/workshops/{workshop.uid}/before"


def after(workshop: Workshop) -> str:
    return f"/workshops/{workshop.uid}/after"
