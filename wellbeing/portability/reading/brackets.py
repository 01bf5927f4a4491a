"""How deep and how full a JSON text is, before it is built: a small file must not make a big thing of itself."""

from __future__ import annotations

import re

from wellbeing.portability.refusals import NotAnExport

DEEPEST = 20
MOST_BOXES = 200_000  # lists and objects: a mood is two, and two for each version that another device told
MOST_VALUES = 800_000
LISTS = ('"entries"', '"ops"')
# a string, possessively, so that one without an end is given up at once; a lone quote is such a string
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["\[\]{},\n]|[^\s"\[\]{},:]++', re.DOTALL)


def lines_of_items(text: str) -> list[int]:
    """The line on which each item of the list of moods, or of gestures, begins. Raises NotAnExport for too much."""
    lines: list[int] = []
    depth = boxes = values = 0
    line, key, listed, next_begins = 1, "", False, False
    for found in _TOKEN.finditer(text):
        sign = found[0]
        if sign == "\n":
            line += 1
            continue
        if listed and depth == 2 and next_begins:
            lines.append(line)
            next_begins = False
        if sign == ",":
            values += 1
            next_begins = next_begins or depth == 2
        elif sign in "[{":
            depth, boxes = depth + 1, boxes + 1
            if depth == 2:
                listed = next_begins = sign == "[" and key in LISTS
        elif sign in "]}":
            depth -= 1
        elif sign == '"':
            raise NotAnExport
        elif depth == 1:
            key = sign
        if depth > DEEPEST or boxes > MOST_BOXES or values > MOST_VALUES:
            raise NotAnExport
    return lines
