"""Samples of what shows workshops and a group's figures: to come, attended, cancelled; published and withheld."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from wellbeing.trends.figures import Figure, Period
from wellbeing.workshops.seen import SeenWorkshop

NONE = "Pas assez de participations pour afficher une tendance."
WORDS = ["plutôt bien", "entre moyen et bien", "moyen", "entre difficile et moyen", "plutôt difficile"]


class Circle(NamedTuple):
    """As much of a group as its name on a page takes."""

    uid: str
    name: str


COMING = SeenWorkshop(
    id=1,
    uid="w-sample",
    title="Danse douce",
    starts_at=datetime(2026, 11, 24, 17, 30, tzinfo=UTC),
    minutes=90,
    local_date=date(2026, 11, 24),
    group="Saule",
    place="Salle des Tilleuls",
    zone="Europe/Paris",
    cancelled=False,
    how=None,
    may_note=False,
)
RECENT = replace(COMING, uid="w-recent", may_note=True)
ATTENDED = replace(RECENT, uid="w-attended", how="declared")
CANCELLED = replace(COMING, uid="w-cancelled", cancelled=True)
STAGE = replace(COMING, uid="w-stage", minutes=1800)


def attendance(workshop: SeenWorkshop, **more: Any) -> dict[str, Any]:
    return {"workshop": workshop, "sentence": "", "just": False, "onward": ""} | more


def figure(*places: int | None) -> Figure:
    """Fortnights from 5 January on, one a place; None is a period without a figure."""
    starts = [date(2026, 1, 5) + timedelta(weeks=2 * n) for n in range(len(places))]
    periods = [
        Period(
            start=start,
            last=start + timedelta(days=13),
            short=f"{start.day}/{start.month}",
            when=f"Du {start.day} au {(start + timedelta(days=13)).day}",
            level=WORDS[5 - place] if place else NONE,
            place=place,
            people="de 5 à 9 personnes" if place else None,
        )
        for start, place in zip(starts, places, strict=True)
    ]
    say = f"Les humeurs du groupe disent : {periods[-1].level}." if places[-1] else NONE
    return Figure(say, "Direction : stable ou non interprétable", True, periods[-6:], periods, WORDS)


SAMPLES: dict[str, dict[str, dict[str, Any]]] = {
    "workshops/_attendance.html": {
        "to come": attendance(COMING),
        "may be noted": attendance(RECENT),
        "noted just now": attendance(ATTENDED, just=True),
        "noted": attendance(ATTENDED),
        "cancelled": attendance(CANCELLED),
        "refused": attendance(COMING, sentence="Cette séance n’est pas encore là."),
    },
    "workshops/_workshop.html": {
        "to come": {"workshop": COMING, "onward": "/workshops"},
        "recent": {"workshop": RECENT, "onward": "/workshops"},
        "cancelled": {"workshop": CANCELLED, "onward": "/workshops"},
        "a stage": {"workshop": STAGE, "onward": "/workshops"},
    },
    "home/_next.html": {
        "a date": {"workshop": COMING, "groups": [Circle("g-sample", "Saule")]},
        "a stage": {"workshop": STAGE, "groups": [Circle("g-sample", "Saule")]},
        "no date": {"workshop": None, "groups": [Circle("g-sample", "Saule")]},
        "no group": {"workshop": None, "groups": []},
    },
    "trends/_card.html": {
        "nothing yet": {"figure": None},
        "levels": {"figure": figure(3, 4, None, 4, 5, 4, 4)},
        "withheld": {"figure": figure(3, None)},
    },
}
