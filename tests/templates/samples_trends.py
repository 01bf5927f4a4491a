"""Samples of a group's figures: published and withheld, over time, in detail, and beside the headcounts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from wellbeing.trends.counted import Point, Sizes
from wellbeing.trends.figures import Figure, Period
from wellbeing.trends.profile import Asked, Column, Profile

NONE = "Pas assez de participations pour afficher une tendance."
MOODS = ["plutôt bien", "entre moyen et bien", "moyen", "entre difficile et moyen", "plutôt difficile"]
ANSWERS = ["presque tout à fait", "beaucoup", "assez", "en partie"]
FIRST = date(2026, 1, 5)


def periods(places: tuple[int | None, ...], words: list[str], days: int) -> list[Period]:
    """So many days each, from 5 January on, one a place; None is a period without a figure."""
    starts = [FIRST + timedelta(days=days * n) for n in range(len(places))]
    return [
        Period(
            start=start,
            last=start + timedelta(days=days - 1),
            short=f"{start.day}/{start.month}",
            when=f"Du {start.day} au {(start + timedelta(days=days - 1)).day}",
            level=words[len(words) - place] if place else NONE,
            place=place,
            people="de 5 à 9 personnes" if place else None,
        )
        for start, place in zip(starts, places, strict=True)
    ]


def figure(*places: int | None, name: str = "mood", words: list[str] = MOODS) -> Figure:
    told = periods(places, words, 14 if name == "mood" else 28)
    return Figure(
        name=name,
        title="Humeur du groupe" if name == "mood" else "Vécu des séances",
        say=f"Le groupe répond : {told[-1].level}." if places[-1] else NONE,
        direction="Évolution : stable ou non interprétable.",
        steady=True,
        told=f"Périodes publiées : {sum(map(bool, places))} sur {len(places)}.",
        drawn=told[-6:],
        periods=told,
        words=words,
    )


def profile(*places: int | None) -> Profile:
    labels = ["être en lien", "faire ensemble", "échanger", "être soi sans jugement", "envie de revenir"]
    items = [
        Asked(f"profile.{n}", label, "Périodes publiées : 1 sur 1.", periods((place,), ANSWERS, 84))
        for n, (label, place) in enumerate(zip(labels, places, strict=True))
    ]
    columns = [
        Column(word, [row for row, place in enumerate(places, 1) if place == 4 - n]) for n, word in enumerate(ANSWERS)
    ]
    told = any(places)
    say = "Du 5 janvier au 29 mars, faire ensemble : beaucoup ; échanger : assez." if told else NONE
    return Profile(say, labels if told else [], columns, items)


WITHHELD = profile(None, None, None, None, None)
OVER_TIME = [figure(3, 4, None, 4, 5, 4, 4), figure(2, 3, 3, 4, name="experience", words=ANSWERS)]
SIZES = Sizes(
    "Quand la taille médiane dépassait 11 personnes, le niveau du milieu était : assez. Sinon : beaucoup.",
    ANSWERS,
    [
        Point(f"{n} personnes", "5 janv.", "Du 5 au 18 janvier", ANSWERS[4 - p], p)
        for n, p in ((9, 3), (11, 4), (14, 2))
    ],
)

SAMPLES: dict[str, dict[str, dict[str, Any]]] = {
    "trends/_card.html": {
        "nothing yet": {"figures": [], "profile": None, "some": False},
        "levels": {"figures": OVER_TIME, "profile": profile(3, 3, 2, 4, None), "some": True},
        "withheld": {"figures": [figure(None, None)], "profile": WITHHELD, "some": False},
    },
    "trends/_figure.html": {
        "a mood": {"figure": OVER_TIME[0]},
        "an experience": {"figure": OVER_TIME[1]},
        "withheld": {"figure": figure(3, None)},
    },
    "trends/_profile.html": {
        "a season": {"profile": profile(3, 3, 2, 4, None)},
        "withheld": {"profile": WITHHELD},
    },
    "trends/_counts.html": {
        "counted": {"sentences": ["Présences : 96, dont nouvelles personnes : 12."]},
        "not yet": {"sentences": ["Rien n’est encore compté."]},
    },
    "trends/_sizes.html": {"six periods": {"sizes": SIZES}},
}
