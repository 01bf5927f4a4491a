"""Samples of what shows workshops: to come, attended, cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from wellbeing.workshops.seen import SeenWorkshop


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
}
