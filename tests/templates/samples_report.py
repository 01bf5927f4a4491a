"""Samples of a report: a sheet with and without texts, an annex, the form as it is filled and as it is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

from wellbeing.domain.reports import FUNDERS, LENGTHS, NUMBERS
from wellbeing.report.annex import Annex, Held, Level, Table
from wellbeing.report.sheet import Line, Part

NONE = "Pas assez de participations pour afficher une tendance."
TYPED: dict[str, Any] = {
    **dict.fromkeys(LENGTHS, "Un atelier gratuit, chaque mardi."),
    **dict.fromkeys(NUMBERS, 31),
    "funder": "ars",
    "policy": True,
    "issued_on": date(2026, 7, 1),
}
UNTYPED: dict[str, Any] = {**dict.fromkeys(TYPED, ""), "issued_on": None}
PARTS = [
    Part(2, [Line("Un atelier gratuit.", typed=True)], "need"),
    Part(3, [Line("Séances tenues : 12."), Line("Salle des Tilleuls", label="Lieu", typed=True)], run=True),
    Part(6, [Line("Le niveau du milieu est : beaucoup.", note="Périodes publiées : 4 sur 5.")], published=True),
    Part(8, [Line("« Le mardi est mon rendez-vous. »", typed=True)], "quote"),
    Part(9, [], "learning"),
]
KEYS = [("12", "séances tenues"), ("144", "présences")]
SHEET = {"name": "Saule", "period": "Du 1er septembre au 30 juin", "method": ["Ce bilan n’évalue ni une personne."]}
FORM: dict[str, Any] = {
    "action": "/groups/g-sample/report",
    "values": {
        **dict.fromkeys((*LENGTHS, *NUMBERS, "issued_on", "funder", "policy"), ""),
        "from": "2025-09-01",
        "to": "2026-06-30",
    },
    "seen": "",
    "lengths": LENGTHS,
    "funders": FUNDERS,
    "cerfa": "15059",
    "carried": "",
    "refused": None,
    "sentence": "",
}

SAMPLES: dict[str, dict[str, dict[str, Any]]] = {
    "report/_sheet.html": {
        "a season": {**SHEET, "typed": TYPED, "keys": KEYS, "parts": PARTS},
        "before anything": {**SHEET, "typed": UNTYPED, "keys": [], "parts": [Part(9, [], "learning")]},
    },
    "report/_annex.html": {
        "rows": {
            "annex": Annex(
                [Held("9 juin", ["12", "1", "6"]), Held("16 juin", ())],
                [
                    Table(
                        "Vécu des séances",
                        "Période",
                        [Level("15 juin – 12 juil.", "beaucoup", "de 5 à 9 personnes"), Level("1er–14 juin", NONE, "")],
                    )
                ],
            )
        },
        "nothing yet": {"annex": Annex([], [])},
    },
    "report/_texts.html": {
        "empty": FORM,
        "taken from another": {**FORM, "carried": "Du 1er septembre au 30 juin"},
        "refused": {**FORM, "refused": "need", "sentence": "Ce texte tient en 200 signes."},
    },
}
