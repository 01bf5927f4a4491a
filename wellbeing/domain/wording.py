"""The wording bank of the impact report: words that claim more than headcounts and blurred levels can say.

A match in a string of ours fails the build. A match in what a team types is shown to them, calmly and with its reason,
and blocks nothing: it is their report. Patterns match whole words, in French and in English, in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

AVOIDED: dict[str, str] = {
    "proof": r"prouv\w+|prove[sn]?|proof",
    "claim": r"démontr\w+|demonstrat\w+|garanti\w*|guarante\w+",
    "cause": r"grâce à|thanks to|a permis de|a entraîné|caused",
    "effect": r"impact (?:positif )?sur|efficac\w+|effective(?:ness)?|taux de réussite",
    "people": r"patients?|bénéficiaires?|malades?|usagers?|cas|cases?",
    "health": (
        r"dépress\w+|depress\w+|anxi\w+|guéri\w*|soign\w+|cure[sd]?|heal(?:s|ed|ing)?|treat\w*|thérap\w+|therap\w+|"
        r"diagnos\w+|symptôm\w+|symptom\w*"
    ),
    "number": r"significati\w+|significant\w*|augment\w+ de \d+|\d+ ?% de (?:bien-être|mieux)",
    "secret": r"anonym\w+",
    "hormone": r"ocytocine|oxytocin|endorphin\w+|hormon\w+|cortisol",
    "money": r"1 ?€ investi|retour sur investissement|social return",
    "prescribed": r"prescri\w+",
}
NOT_A_MATCH = re.compile(
    r"\bne prouv\w+ pas\b|\bpas une preuve\b|\bdo(?:es)? not prove(?: that the activity caused it)?\b|\ben cas de\b",
    re.IGNORECASE,
)
_BANK = {reason: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for reason, pattern in AVOIDED.items()}


@dataclass(frozen=True)
class Avoided:
    """A word as it was written, and the row of the bank that it matches."""

    word: str
    reason: str


def avoided_in(text: str) -> Iterator[Avoided]:
    """The words of a text that the bank asks to write otherwise, each once, row by row."""
    said = NOT_A_MATCH.sub(" … ", _plain(text))
    seen: set[str] = set()
    for reason, pattern in _BANK.items():
        for found in pattern.finditer(said):
            if found[0].casefold() not in seen:
                seen.add(found[0].casefold())
                yield Avoided(found[0], reason)


def _plain(text: str) -> str:
    """Spaces of every width are spaces, and so are new lines: « 80 % » is found however it was typed."""
    return re.sub(r"\s+", " ", text)
