"""Samples of what notes tell: words, workshops after which moods went up or were stirred up, weeks with gaps."""

from __future__ import annotations

from typing import Any

from wellbeing.insights import pictures
from wellbeing.insights.cards import Card, Part
from wellbeing.insights.pictures import SIDE, SIGN, WEEK, Picture, Table

METHOD = "Le milieu de vos 4 différences entre après et avant. C’est une corrélation, pas une preuve."
MOODS = ("très difficile", "difficile", "moyen", "bien", "très bien")
CALMS = ("beaucoup de tension", "de la tension", "entre les deux", "du calme", "beaucoup de calme")
UP = {"Avant": {2: 3, 3: 1}, "Après": {3: 1, 4: 2, 5: 1}}
DOWN = {"Avant": {4: 3, 5: 1}, "Après": {1: 1, 2: 2, 3: 1}}


def change(key: str, scale: str, sides: dict[str, dict[int, int]]) -> Picture:
    names = MOODS if scale == "mood" else CALMS
    rows = [(name, *(str(side.get(level, "–")) for side in sides.values())) for level, name in enumerate(names, 1)]
    table = Table("En nombre de séances", ("Humeur", *sides), rows)
    ends = (names[0], names[-1])
    return Picture(key, SIDE, 50, pictures.sides(scale, sides), table, beside=False, ends=ends, hint="Plus grand.")


def words() -> Picture:
    lines = [pictures.thread(name, n, 9) for name, n in (("joie", 9), ("fatigue", 4), ("élan", 1))]
    return Picture("words", SIDE, 16, lines, Table("Vos mots", ("Mot", "Notes"), [("joie", "9"), ("fatigue", "4")]))


def weeks() -> Picture:
    lived = (("2 nov.", {4: 7}, True), ("9 nov.", {}, False), ("16 nov.", {1: 1, 3: 3, 5: 2}, False))
    lines = [pictures.week(*week) for week in lived]
    table = Table("Vos dernières semaines", ("Semaine du", "En général"), [("2 novembre", "bien"), ("9 novembre", "–")])
    ends = (MOODS[0], MOODS[-1])
    return Picture("lately", WEEK + SIGN, 26, lines, table, ends=ends, hint="Le signe à droite.")


def kind(name: str, sides: dict[str, dict[int, int]], say: str) -> dict[str, Any]:
    parts = [
        Part(say, change(f"{name}-mood", "mood", sides), ""),
        Part("Le plus souvent, autant de calme avant qu’après.", change(f"{name}-calm", "calm", sides), METHOD),
    ]
    return {"card": Card(name, "Danse\u00a0: 4 séances notées avant et après.", parts)}


SAMPLES: dict[str, dict[str, dict[str, Any]]] = {
    "insights/_card.html": {
        "higher after": kind("dance", UP, "Le plus souvent, l’humeur est plus haute après."),
        "stirred up": kind(
            "art", DOWN, "Le plus souvent, l’humeur est plus basse après. Un atelier peut aussi remuer."
        ),
        "words": {"card": Card("words", "Vos mots", [Part("Vos mots les plus fréquents.", words(), "Comptés.")])},
    },
    "insights/_picture.html": {
        "before and after": {"picture": change("expression-mood", "mood", UP)},
        "words": {"picture": words()},
        "weeks, with gaps": {"picture": weeks()},
    },
}
