"""Samples of a group's fragments: what everyone in it sees, the pad on the doorstep, a season to plan."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from wellbeing.domain.gatherings import story_of
from wellbeing.groups.queries.meetings import Meeting
from wellbeing.models.headcount import Headcount
from wellbeing.models.workshop import Workshop

TUESDAY = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)


def meeting(weeks: int, *, cancelled: bool = False, present: int | None = None, days: int = 1) -> Meeting:
    """A workshop so many weeks from that Tuesday; of several days, it is a stage."""
    starts = TUESDAY + timedelta(weeks=weeks)
    slots = [(starts + timedelta(days=n), starts + timedelta(days=n, minutes=90)) for n in range(days)]
    return Meeting(
        workshop=Workshop(uid=f"w-{weeks}", title="Danse douce", starts_at=starts, minutes=90),
        cancelled=cancelled,
        count=None if present is None else Headcount(present=present, without_phone=2, newcomers=1),
        starts=starts,
        ends=starts + timedelta(minutes=90),
        begun=weeks < 0,
        over=weeks < 0,
        last_day=slots[-1][0].date(),
        slots=tuple(slots) if days > 1 else (),
    )


COMING = [meeting(0), meeting(1, cancelled=True), meeting(2), meeting(3, days=2)]
PAD: dict[str, Any] = {
    "action": "/groups/g-sample/workshops/w-sample/headcount",
    "uid": "w-sample",
    "title": "Danse douce",
    "starts": TUESDAY,
    "counted": {},
    "counted_at": None,
    "corrected": [],
    "history": [],
    "typed": {},
    "refused": None,
    "sentence": "",
}


def counted(present: int, minutes: int) -> tuple[datetime, Headcount]:
    """A count so long after the end."""
    return TUESDAY + timedelta(minutes=90 + minutes), Headcount(present=present, without_phone=2, newcomers=1)


NUMBERS = {"present": 9, "without_phone": 2, "newcomers": 1}
TYPED = {name: str(number) for name, number in NUMBERS.items()}
COUNTED = {"counted": NUMBERS, "counted_at": TUESDAY + timedelta(hours=2), "typed": TYPED}
SEASON = {
    "title": "Danse douce",
    "starts_on": "2026-11-24",
    "starts_at": "18:30",
    "minutes": "90",
    "repeat": "weekly",
    "until": "2027-06-29",
    "count": "",
}
SLOTS = [("2026-11-25", "10:00", "360"), ("", "", "")]
PLAN: dict[str, Any] = {
    "group_uid": "g-sample",
    "zone": "C",
    "typed": SEASON,
    "listed": ["2026-12-05", "", ""],
    "fresh": -1,
    "slots": "",
    "refused": None,
    "sentence": "",
}
REFUSED = {"refused": "until", "sentence": "La date de fin vient avant la première séance. Choisissez-en une autre."}
OWN = {"group_uid": "g-sample", "territory": "corse", "sentence": ""}
WINTER = ("2026-02-14", "2026-03-02")

SAMPLES: dict[str, dict[str, dict[str, Any]]] = {
    "groups/_circle.html": {
        "a group that meets": {
            "size": 12,
            "team": ["Inès", "Paul"],
            "contact": "Accueil de l’association",
            "coming": COMING,
            "counted": [meeting(-1, present=9), meeting(-2, present=1)],
            "flags": None,
        },
        "as who takes part sees it": {
            "size": 12,
            "team": ["Inès"],
            "contact": "Accueil",
            "coming": COMING[:1],
            "counted": [meeting(-1, present=9), meeting(-2, present=1)],
            "flags": "/groups/g-sample/flags",
        },
        "a new group": {"size": 1, "team": [], "contact": "Accueil", "coming": [], "counted": [], "flags": None},
    },
    "groups/_story.html": {
        "two seasons": {
            "story": story_of([date(2025, 3, 4), date(2025, 6, 24), date(2025, 9, 2), date(2025, 9, 9)]),
            "place": "Salle des Tilleuls",
        },
        "a first week": {"story": story_of([date(2026, 11, 24)]), "place": "Salle des Tilleuls"},
    },
    "groups/_date.html": {
        "to come": {"group_uid": "g-sample", "meeting": meeting(1)},
        "cancelled": {"group_uid": "g-sample", "meeting": meeting(1, cancelled=True)},
        "a stage": {"group_uid": "g-sample", "meeting": meeting(1, days=2)},
        "counted": {"group_uid": "g-sample", "meeting": meeting(-1, present=9)},
        "not counted": {"group_uid": "g-sample", "meeting": meeting(-1)},
    },
    "groups/_pad.html": {
        "to count": PAD,
        "counted": PAD | COUNTED,
        "corrected": PAD
        | COUNTED
        | {"corrected": [8, 10, 9], "history": [counted(8, 1), counted(10, 2), counted(10, 3), counted(9, 120)]},
        "refused": PAD
        | {"typed": {"present_typed": "999"}, "refused": "present", "sentence": "Ce nombre est trop grand."},
    },
    "groups/_season_form.html": {
        "first ideas": PLAN,
        "a list of dates": PLAN | {"zone": "", "typed": SEASON | {"repeat": "dates"}},
        "refused": PLAN | {"typed": SEASON | {"until": "2026-01-01"}} | REFUSED,
    },
    "groups/_slots.html": {
        "of a stage": {"rows": SLOTS, "fresh": -1, "refused": None, "sentence": ""},
        "refused": {"rows": SLOTS, "fresh": -1, "refused": "slots", "sentence": "Deux moments se chevauchent."},
    },
    "groups/_holidays.html": {
        "nothing typed": OWN | {"rows": [("", "")], "typed": 0},
        "typed": OWN | {"rows": [WINTER, ("", "")], "typed": 1},
        "refused": OWN
        | {"rows": [("2026-02-14", ""), ("", "")], "typed": 0}
        | {"sentence": "Une période demande deux dates."},
    },
}
