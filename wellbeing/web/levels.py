"""A published level in the reader's words: those people tap themselves, so that they judge nothing."""

from __future__ import annotations

from collections.abc import Iterable

from wellbeing.domain.figures import Item
from wellbeing.web.locale import locale_now, t

SCALES = {"mood": "mood", "lift": "lift", "profile.size": "size"}  # the others answer on the scale of `experience`


def word(item: Item, level: int) -> str:
    """« entre moyen et bien », of a level in tenths."""
    return t(f"level.{_scale(item)}.{place(item, level)}")


def place(item: Item, level: int) -> int:
    """Where the level stands among those of its item, 1 the lowest."""
    return item.levels.index(level) + 1


def words(item: Item) -> list[str]:
    """Every word of the item, the highest first: the axis of a drawing."""
    return [word(item, level) for level in reversed(item.levels)]


def asked(item: Item) -> str:
    """What an item of `profile` is about: « être en lien »."""
    return t(f"item.{item.name.removeprefix('profile.')}")


def listed(parts: Iterable[str]) -> str:
    """Several things in one sentence, parted by semicolons as the language writes them."""
    return ("\u202f; " if locale_now() == "fr" else "; ").join(parts)


def _scale(item: Item) -> str:
    return SCALES.get(item.name, "experience")
