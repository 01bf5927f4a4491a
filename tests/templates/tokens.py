"""The style sheet's colours as a browser resolves them, in each theme, and the WCAG 2 formula of contrast."""

from __future__ import annotations

import re
from functools import cache

from wellbeing.config import ROOT

TOKENS = ROOT / "static" / "css" / "tokens.css"


@cache
def colours(theme: str) -> dict[str, str]:
    """Every custom property that is a colour, such as `{"--page": "#FAF7F2"}`; theme is `light` or `dark`."""
    light, dark = TOKENS.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")
    said = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", light))
    if theme == "dark":
        said |= dict(re.findall(r"(--[\w-]+):\s*([^;]+);", dark))
    found = {name: _resolved(value, said) for name, value in said.items()}
    return {name: value for name, value in found.items() if re.fullmatch(r"#[0-9A-F]{6}", value)}


def _resolved(value: str, said: dict[str, str]) -> str:
    named = re.fullmatch(r"var\((--[\w-]+)\)", value)
    return _resolved(said[named[1]], said) if named else value


def contrast(one: str, other: str) -> float:
    """Between two colours such as `#1F4E9E`: from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lightness(colour: str) -> float:
    """CIE L*, from 0 to 100."""
    y = _luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
