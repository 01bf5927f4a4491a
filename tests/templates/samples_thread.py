"""Samples of the thread's fragments: growing, waiting, archived, hidden, paused; and the pace."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from wellbeing.domain.streaks import streak_on
from wellbeing.domain.weeks import PACES, WEEK, Rest, Weeks
from wellbeing.streak.lines import Line
from wellbeing.streak.today import ThreadToday

TODAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 16)


def thread(weeks: str, **more: Any) -> ThreadToday:
    """A thread from its weeks, oldest first: `k` kept, `n` neutral, `-` nothing."""
    kinds = {"k": (0, 1, 3, None), "n": (0, 0, 3, Rest.NO_WORKSHOP), "-": (0, 0, 3, None)}
    lived = Weeks(MONDAY - (len(weeks) - 1) * WEEK, *zip(*(kinds[sign] for sign in weeks), strict=True))
    held = weeks.count("k")
    plain: dict[str, Any] = {
        "hidden": False,
        "next_goal": None,
        "pause": None,
        "total_workshops": held,
        "total_days": 3 * held,
        "first_workshop_on": None,
    }
    fixed = {"today": TODAY, "streak": streak_on(TODAY, lived), "weeks": lived, "goal": 3}
    return ThreadToday(**fixed, signed_up_on=lived.first, **(plain | more))


def shown(what: ThreadToday, *sentences: str) -> dict[str, Any]:
    return {"thread": what, "sentences": list(sentences), "asides": []}


def line(what: ThreadToday, *sentences: str) -> dict[str, Any]:
    return {"line": Line(list(sentences), what.number, what.streak.state.value, what.strand)}


PAUSE = {"pause": None, "sentence": "", "until": "", "earliest": TODAY, "latest": TODAY + timedelta(weeks=26)}
PACE = {"goal": 3, "chosen": 3, "paces": PACES, "sentence": ""}
GROWING, WAITING, ARCHIVED = thread("kk-kknkk"), thread("kkk----"), thread("kkk------")

SAMPLES: dict[str, dict[str, dict[str, Any]]] = {
    "streak/_line.html": {
        "growing": line(GROWING, "Votre fil : 6 semaines"),
        "waiting": line(WAITING, "Votre fil vous attend.", "Votre fil : 3 semaines"),
        "not begun": line(thread("-"), "Votre fil commence avec une séance, ou 3 jours notés dans la semaine."),
        "silent": {"line": Line()},
    },
    "streak/_thread.html": {
        "growing": shown(GROWING, "Votre fil : 6 semaines"),
        "waiting": shown(WAITING, "Votre fil vous attend.", "Votre fil : 3 semaines"),
        "archived": shown(ARCHIVED, "Votre dernier fil est gardé. Le prochain commence quand vous voulez."),
        "hidden": shown(thread("kk-kk", hidden=True)),
    },
    "streak/_pace.html": {
        "the usual one": PACE,
        "changed from next Monday": PACE | {"chosen": 5},
        "refused": PACE | {"sentence": "Choisissez une des réponses proposées."},
    },
    "streak/_pause.html": {
        "none": PAUSE,
        "until a date": PAUSE | {"pause": (TODAY, TODAY + timedelta(days=9))},
        "open": PAUSE | {"pause": (TODAY, None)},
        "refused": PAUSE
        | {"until": "2026-02-30", "sentence": "Cette date n’est pas valable. Choisissez-en une autre."},
    },
}
