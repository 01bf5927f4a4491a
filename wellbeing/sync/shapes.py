"""Is this value of that shape? Strict where JSON libraries are kind: `true` and `1.0` are no whole numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Shape = Callable[[Any], bool]

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ID = re.compile(r"[0-9A-Za-z_-]{1,40}")
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
KIND = re.compile(r"[a-z]+\.[a-z]+")
LARGEST = 2**63 - 1  # what the databases hold


def text(pattern: re.Pattern[str]) -> Shape:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def whole(lowest: int, highest: int = LARGEST) -> Shape:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest


def maybe(shape: Shape) -> Shape:
    """That, or null."""
    return lambda value: value is None or shape(value)


def one_of(*values: str) -> Shape:
    return lambda value: isinstance(value, str) and value in values


def wrong(value: Any, shapes: Mapping[str, Shape], required: tuple[str, ...]) -> list[str]:
    """The names of what is missing, is of another shape, or has no business there; [""] if it is no object at all."""
    if not isinstance(value, dict):
        return [""]
    missing = [name for name in required if name not in value]
    return missing + [name for name, held in value.items() if name not in shapes or not shapes[name](held)]
