"""Samples of check-ups and of the gentle card: a question, curves with a gap, with one point, without any."""

from __future__ import annotations

from typing import Any

from wellbeing.check_ups.curves import Curve, Row

WORDS = ("jamais", "rarement", "parfois", "souvent", "très souvent")
ROWS = [
    Row("b" * 32, "2 mars 2026", "75 sur 100"),
    Row("a" * 32, "2 février 2026", "réponses gardées, sans point"),
]


def curve(**chosen: Any) -> dict[str, Any]:
    usual = {
        "key": "reperes5",
        "say": "Le 2 mars 2026\u00a0: 75 sur 100.",
        "words": WORDS[::-1],
        "dots": ((58, 80), (70, 60), (96, 40)),
        "joins": ((58, 80, 70, 60),),
        "dates": "Du 2 décembre 2025 au 2 mars 2026",
        "rows": ROWS,
    }
    return {"curve": Curve(**{**usual, **chosen})}


def question(**chosen: Any) -> dict[str, Any]:
    options = [(str(value), word) for value, word in enumerate(WORDS)]
    usual = {"name": "item_1", "question": "J’ai eu de bons moments.", "options": options, "chosen": "", "refused": ""}
    return {**usual, **chosen}


SAMPLES: dict[str, dict[str, dict[str, Any]]] = {
    "check_ups/_curve.html": {
        "with a gap": curve(),
        "one point": curve(key="lien3", dots=((77, 46),), joins=(), dates="2 mars 2026"),
        "no point yet": curve(key="ons_lonely", say="", dots=(), joins=(), dates="", rows=ROWS[1:]),
    },
    "check_ups/_question.html": {
        "asked": question(),
        "answered": question(name="item_2", chosen="3"),
        "refused": question(name="item_3", refused="Choisissez une réponse, ou touchez «\u00a0Je passe\u00a0»."),
    },
    "check_ups/_ready.html": {"one question": {"questions": 1}, "several": {"questions": 9}},
    "gentle/_card.html": {"offered": {"address": "/help/fr"}},
}
