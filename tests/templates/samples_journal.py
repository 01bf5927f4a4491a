"""Samples of the journal's fragments: a mood picker, what is said of a tap, a month, an entry in each state."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

from wellbeing.domain.emotions import QUADRANTS
from wellbeing.domain.finding import Excerpt
from wellbeing.journal.finding.queries import Results
from wellbeing.journal.forms import FeelingForm
from wellbeing.journal.months import month_of
from wellbeing.journal.queries import Noted
from wellbeing.journal.saying import Numbers
from wellbeing.journal.versions.queries import Copy, Early, Past
from wellbeing.journal.years import year_of
from wellbeing.web.forms import filled

PARIS = timezone(timedelta(hours=1))
SUNDAY = date(2026, 11, 22)


def noted(mood: int, hour: int = 18, **more: Any) -> Noted:
    """An entry of that Sunday, with nothing but its mood unless more is said."""
    plain: dict[str, Any] = {"energy": None, "calm": None, "in_time": True, "emotions": (), "box": None}
    felt_at = datetime(2026, 11, 22, hour, 30, tzinfo=PARIS)
    return Noted(uid=f"{mood:032x}", mood=mood, felt_at=felt_at, local_date=SUNDAY, **(plain | more))


def form(**typed: Any) -> FeelingForm:
    empty: dict[str, Any] = {"op_id": "", "mood": "4", "energy": "", "calm": "", "emotions": [], "note": ""}
    return filled(FeelingForm, **(empty | typed))


def unreadable() -> FeelingForm:
    without_words = form()
    del without_words.note
    return without_words


def said(state: str, entry: Noted | None = None, **more: Any) -> dict[str, Any]:
    return {
        "state": state,
        "entry": entry,
        "version": 1,
        "low": False,
        "late": False,
        "weighs": False,
        "sentence": "",
    } | more


GOOD = noted(4, energy=3, calm=4, emotions=("joy", "tiredness"))
MONTH = month_of(
    date(2026, 11, 1),
    {date(2026, 11, day): moods for day, moods in ((2, [1]), (4, [2]), (9, [3]), (13, [4]), (21, [5]), (22, [4, 2]))},
)
YEAR = {date(2026, 1, 1) + timedelta(days=n): [n % 5 + 1] * (n % 2 + 1) for n in range(326) if n % 11}
QUESTIONS = {"form": form(), "quadrants": QUADRANTS, "refused": "", "sentence": ""}

FOUND = (GOOD, Excerpt("…sur la place, le groupe a ", "dansé", " dehors. Il pleuvait."))
SOUGHT = {"words": "danse", "emotion": "joy", "group": "", "since": "", "until": ""}

SAMPLES: dict[str, dict[str, dict[str, Any]]] = {
    "journal/_picker.html": {
        "now": {"op_id": "0b8d9c1e-7a52-4f7e-9d53-3d0c4a1be111", "day": ""},
        "another day": {"op_id": "0b8d9c1e-7a52-4f7e-9d53-3d0c4a1be112", "day": "2026-11-20"},
    },
    "journal/_saved.html": {
        "a good mood": said("saved", GOOD),
        "a hard one": said("saved", noted(1), low=True, weighs=True),
        "late": said("saved", noted(3, in_time=False), late=True),
        "completed": said("kept", GOOD),
        "moved": said("moved", GOOD),
        "deleted": said("deleted"),
        "nothing to say today": said("rest"),
        "refused": said("refused", sentence="Cette date n’est pas valable. Choisissez-en une autre."),
    },
    "journal/_details.html": {
        "what may be added": {"uid": GOOD.uid, "version": 1, **QUESTIONS},
        "nothing yet": {"uid": "", "version": 0, "form": None, "quadrants": (), "refused": "", "sentence": ""},
        "done": {"uid": GOOD.uid, "version": 1, "form": None, "quadrants": (), "refused": "", "sentence": ""},
    },
    "journal/_questions.html": {
        "empty": QUESTIONS,
        "answered": QUESTIONS | {"form": form(energy="2", calm="5", emotions=["joy", "mixed"], note="Un pas de côté.")},
        "a note that is too long": QUESTIONS | {"refused": "note", "sentence": "Cette note dépasse 4 000 caractères."},
        "a note that cannot be read": QUESTIONS | {"form": unreadable()},
    },
    "journal/_entry.html": {
        "a mood": {"entry": noted(3), "note": ""},
        "a mood, two words and a note": {"entry": GOOD, "note": "Le groupe a dansé dehors.\nIl pleuvait."},
        "a note that cannot be read": {"entry": noted(2, emotions=("mixed",)), "note": None},
    },
    "journal/_today.html": {
        "nothing": {"entries": []},
        "two notes": {"entries": [noted(2, 9), GOOD]},
    },
    "journal/_calendar.html": {
        "this month": {"month": MONTH, "today": SUNDAY},
        "a month without a note": {"month": month_of(date(2026, 2, 1), {}), "today": SUNDAY},
    },
    "journal/_year.html": {
        "a year so far": {"year": year_of(2026, YEAR), "today": SUNDAY},
        "a leap year without a note": {"year": year_of(2024, {}), "today": SUNDAY},
    },
    "journal/_versions.html": {
        "words and numbers": {
            "uid": GOOD.uid,
            "copies": [Copy("c" * 32, "Le groupe a dansé dedans."), Copy("d" * 32, None)],
            "pasts": [Past("e" * 32, Numbers(2, 3, None, ("joy",), GOOD.felt_at))],
        },
        "numbers alone": {
            "uid": GOOD.uid,
            "copies": [],
            "pasts": [Past("f" * 32, Numbers(5, None, 4, (), GOOD.felt_at))],
        },
    },
    "journal/_found.html": {
        "by a word": {"entry": FOUND[0], "words": FOUND[1]},
        "a mood without words": {"entry": noted(2), "words": Excerpt("", "", "")},
    },
    "journal/_results.html": {
        "nothing asked": {"results": None, "asked": {}, "sentence": ""},
        "a middle page": {
            "results": Results(50, 2, [FOUND, (noted(2), Excerpt("", "", ""))], 1),
            "asked": SOUGHT,
            "sentence": "",
        },
        "nothing found": {"results": Results(0, 1, []), "asked": SOUGHT, "sentence": ""},
        "refused": {"results": None, "asked": {}, "sentence": "Écrivez un mot."},
    },
    "journal/_early.html": {
        "two": {"notes": [Early("a" * 32, "Un pas de côté.", GOOD.felt_at), Early("b" * 32, None, GOOD.felt_at)]},
    },
    "journal/_off.html": {"without the consent": {"back": "/"}},
}
