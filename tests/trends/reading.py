"""What a reader can take off the page, the card and the spreadsheet, in one shape."""

from __future__ import annotations

import csv
import io
import re

from wellbeing.domain.trends import ITEMS

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
    "de 8 à 15 personnes": ("8", "15"),
    "8 to 15 people": ("8", "15"),
}
SCALES = {
    "mood": [
        ("plutôt difficile", "entre difficile et moyen", "moyen", "entre moyen et bien", "plutôt bien"),
        ("rather hard", "between hard and so\u2011so", "so\u2011so", "between so\u2011so and good", "rather good"),
    ],
    "lift": [
        (
            *("nettement plus bas qu’avant", "un peu plus bas qu’avant", "à peu près comme avant"),
            *("un peu plus haut qu’avant", "nettement plus haut qu’avant"),
        ),
        (
            *("clearly lower than before", "a little lower than before", "about the same as before"),
            *("a little higher than before", "clearly higher than before"),
        ),
    ],
    "profile.size": [
        ("plutôt trop petit", "de la bonne taille", "plutôt trop grand"),
        ("rather too small", "the right size", "rather too big"),
    ],
    "others": [
        ("en partie", "assez", "beaucoup", "presque tout à fait"),
        ("in part", "fairly", "very much", "almost completely"),
    ],
}


def off_csv(text: str, item: str = "mood") -> Seen:
    """(start, end, bound, level, contributors_min, contributors_max) of each line of an item."""
    return [
        (row["start"], row["end"], row["bound"], row["level"], row["contributors_min"], row["contributors_max"])
        for row in csv.DictReader(io.StringIO(text))
        if row["item"] == item
    ]


def off_table(html: str, item: str = "mood") -> Seen:
    """The same, read in words off the table of a page or a card."""
    rows = re.findall(
        rf'<tr data-item="{re.escape(item)}" data-start="([^"]+)" data-end="([^"]+)">(.*?)</tr>', html, flags=re.DOTALL
    )
    found = []
    for start, end, cells in rows:
        said = [cell for cell in re.findall(r"<td[^>]*>(.*?)</td>", cells) if not cell.startswith(("Du ", "From "))]
        found.append((start, end, *_figure(item, said)))
    return found


def every_table(html: str) -> list[tuple[str, ...]]:
    """Every row of every item, its name first, in the order of the spreadsheet."""
    return [(item.name, *row) for item in ITEMS for row in off_table(html, item.name)]


def off_drawing(html: str, item: str = "mood") -> list[int | None]:
    """The level, 1 and up, at whose height each mark stands, oldest first; None for an empty period."""
    [(rows, drawing)] = re.findall(
        rf'id="figure-{item}">.*?<div class="levels" data-rows="(\d)"(.*?)<p class="hint">', html, flags=re.DOTALL
    )
    periods = re.findall(r'<div class="levels-period">(.*?)</div>', drawing, flags=re.DOTALL)
    found = [re.search(r'data-row="(\d)"', period) for period in periods]
    return [int(rows) + 1 - int(row[1]) if row else None for row in reversed(found)]


def _figure(item: str, cells: list[str]) -> tuple[str, str, str, str]:
    if len(cells) == 1:
        assert cells[0] in MESSAGES.values()
        return ("", "", "", "")
    levels = next(one.levels for one in ITEMS if one.name == item)
    scale = next(words for words in SCALES.get(item, SCALES["others"]) if cells[0] in words)
    level = levels[scale.index(cells[0])]
    bound = {levels[0]: "at most", levels[-1]: "at least"}.get(level, "")
    return (bound, f"{level / 10:g}", *BANDS[cells[1]])
