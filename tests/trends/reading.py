"""What a reader can take off the page, the card and the spreadsheet, in one shape."""

from __future__ import annotations

import csv
import io
import re

from wellbeing.domain.trends import MOOD

Seen = list[tuple[str, str, str, str, str, str]]
MESSAGES = {
    "fr": "Pas assez de participations pour afficher une tendance.",
    "en": "Not enough contributions to show a trend.",
}
BANDS = {
    "de 5 à 9 personnes": ("5", "9"),
    "de 10 à 15 personnes": ("10", "15"),
    "16 personnes ou plus": ("16", ""),
    "5 to 9 people": ("5", "9"),
    "10 to 15 people": ("10", "15"),
    "16 people or more": ("16", ""),
}
WORDS = {
    "plutôt difficile": 1,
    "entre difficile et moyen": 2,
    "moyen": 3,
    "entre moyen et bien": 4,
    "plutôt bien": 5,
    "rather hard": 1,
    "between hard and so-so": 2,
    "so-so": 3,
    "between so-so and good": 4,
    "rather good": 5,
}


def off_csv(text: str) -> Seen:
    """(start, end, bound, level, contributors_min, contributors_max) of each line."""
    return [
        (row["start"], row["end"], row["bound"], row["level"], row["contributors_min"], row["contributors_max"])
        for row in csv.DictReader(io.StringIO(text))
        if row["item"] == "mood"
    ]


def off_table(html: str) -> Seen:
    """The same, read in words off the table of a page or a card."""
    rows = re.findall(r'<tr data-start="([^"]+)" data-end="([^"]+)">(.*?)</tr>', html, flags=re.DOTALL)
    return [(start, end, *_figure(re.findall(r"<td[^>]*>(.*?)</td>", cells))) for start, end, cells in rows]


def off_drawing(html: str) -> list[int | None]:
    """The level, 1 to 5, at whose height each mark stands, oldest first; None for an empty period."""
    periods = re.findall(r'<div class="levels-period">(.*?)</div>', html, flags=re.DOTALL)
    found = [re.search(r'data-row="(\d)"', period) for period in periods]
    return [6 - int(row[1]) if row else None for row in reversed(found)]


def _figure(cells: list[str]) -> tuple[str, str, str, str]:
    if len(cells) == 1:
        assert cells[0] in MESSAGES.values()
        return ("", "", "", "")
    level = MOOD.levels[WORDS[cells[0]] - 1]
    bound = {20: "at most", 40: "at least"}.get(level, "")
    return (bound, f"{level / 10:g}", *BANDS[cells[1]])
