"""The page of what one's own notes tell. Looking at it is all that can be done."""

from __future__ import annotations

from flask import Blueprint, Response

from wellbeing import clock
from wellbeing.insights import cards, queries
from wellbeing.models.person import Person
from wellbeing.web.fragments import page
from wellbeing.web.guards import participant

bp = Blueprint("insights", __name__)


@bp.get("/insights")
@participant
def mine(person: Person) -> Response:
    noted = queries.noted_by(person, clock.today_for(person, clock.now()))
    words, kinds, weeks = cards.words_of(noted), cards.kinds_of(noted), cards.weeks_of(noted)
    off = not (words or kinds or weeks) and not queries.may_note(person)
    return page("insights/insights.html", words=words, kinds=kinds, weeks=weeks, off=off)
