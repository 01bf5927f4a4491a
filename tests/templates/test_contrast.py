"""Everyone can read it: the colours of the style sheet keep the figures that were promised."""

from __future__ import annotations

import re

import pytest

from tests.templates.tokens import colours, contrast, lightness
from wellbeing.config import ROOT

TEXT, GRAPHIC = 4.5, 3.0

# theme, foreground, background, the figure written down, the least it may be
INTERFACE = [
    ("light", "--ink", "--page", 15.04, TEXT),
    ("light", "--ink", "--card", 16.07, TEXT),
    ("light", "--muted", "--page", 6.18, TEXT),
    ("light", "--muted", "--card", 6.60, TEXT),
    ("light", "--link", "--page", 7.44, TEXT),
    ("light", "--link", "--card", 7.95, TEXT),
    ("light", "--on-link", "--link", 7.95, TEXT),
    ("light", "--border", "--page", 3.70, GRAPHIC),
    ("light", "--border", "--card", 3.95, GRAPHIC),
    ("light", "--focus", "--page", 4.80, GRAPHIC),
    ("light", "--ink", "--help-card", 14.74, TEXT),
    ("light", "--on-help", "--help", 8.34, TEXT),
    ("light", "--help", "--help-card", 7.65, GRAPHIC),
    ("light", "--error", "--page", 7.63, TEXT),
    ("light", "--error", "--card", 8.15, TEXT),
    ("light", "--confirm", "--page", 6.10, TEXT),
    ("light", "--confirm", "--card", 6.52, TEXT),
    ("dark", "--ink", "--page", 15.88, TEXT),
    ("dark", "--ink", "--card", 14.10, TEXT),
    ("dark", "--muted", "--page", 9.42, TEXT),
    ("dark", "--muted", "--card", 8.36, TEXT),
    ("dark", "--link", "--page", 9.87, TEXT),
    ("dark", "--link", "--card", 8.77, TEXT),
    ("dark", "--on-link", "--link", 9.87, TEXT),
    ("dark", "--border", "--page", 4.78, GRAPHIC),
    ("dark", "--border", "--card", 4.24, GRAPHIC),
    ("dark", "--focus", "--page", 8.86, GRAPHIC),
    ("dark", "--focus", "--card", 7.86, GRAPHIC),
    ("dark", "--ink", "--help-card", 13.25, TEXT),
    ("dark", "--on-help", "--help", 10.84, TEXT),
    ("dark", "--help", "--help-card", 9.04, GRAPHIC),
    ("dark", "--error", "--page", 8.88, TEXT),
    ("dark", "--error", "--card", 7.89, TEXT),
    ("dark", "--confirm", "--page", 10.51, TEXT),
    ("dark", "--confirm", "--card", 9.33, TEXT),
]

# mood: on page, on card, L*, ink on its tint, the mood on its tint
LIGHT = {
    1: (13.41, 14.33, 17.1, 12.15, 10.83),
    2: (7.90, 8.44, 32.8, 12.75, 6.70),
    3: (5.23, 5.59, 43.9, 13.16, 4.58),
    4: (4.08, 4.36, 50.8, 13.60, 3.69),
    5: (3.11, 3.32, 58.6, 13.80, 2.85),
}
DARK = {
    1: (3.42, 3.04, 45.7),
    2: (5.29, 4.70, 58.0),
    3: (7.18, 6.38, 67.3),
    4: (10.16, 9.02, 78.8),
    5: (14.57, 12.94, 91.9),
}
NEAR = 0.011
NEAR_LIGHTNESS = 0.06


@pytest.mark.parametrize(("theme", "over", "under", "written", "least"), INTERFACE)
def test_words_and_edges_stand_out(theme: str, over: str, under: str, written: float, least: float) -> None:
    measured = contrast(colours(theme)[over], colours(theme)[under])
    assert measured == pytest.approx(written, abs=NEAR)
    assert measured >= least


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_a_pointer_hovers_is_still_read(theme: str) -> None:
    found = colours(theme)
    assert contrast(found["--on-link"], found["--link-strong"]) >= TEXT
    assert contrast(found["--link-strong"], found["--page"]) >= TEXT
    assert contrast(found["--link-strong"], found["--card"]) >= TEXT


@pytest.mark.parametrize("mood", LIGHT)
def test_a_mood_is_seen_by_daylight(mood: int) -> None:
    found, (page, card, light, ink_on_tint, on_tint) = colours("light"), LIGHT[mood]
    colour, tint = found[f"--mood-{mood}"], found[f"--tint-{mood}"]
    measured = [contrast(colour, found["--page"]), contrast(colour, found["--card"]), contrast(found["--ink"], tint)]
    assert measured == pytest.approx([page, card, ink_on_tint], abs=NEAR)
    assert contrast(colour, tint) == pytest.approx(on_tint, abs=NEAR)
    assert lightness(colour) == pytest.approx(light, abs=NEAR_LIGHTNESS)
    assert min(measured) >= GRAPHIC
    assert measured[2] >= TEXT


@pytest.mark.parametrize("mood", DARK)
def test_a_mood_is_seen_at_night(mood: int) -> None:
    found, (page, card, light) = colours("dark"), DARK[mood]
    colour = found[f"--mood-{mood}"]
    assert contrast(colour, found["--page"]) == pytest.approx(page, abs=NEAR)
    assert contrast(colour, found["--card"]) == pytest.approx(card, abs=NEAR)
    assert lightness(colour) == pytest.approx(light, abs=NEAR_LIGHTNESS)
    assert min(contrast(colour, found["--page"]), contrast(colour, found["--card"])) >= GRAPHIC
    assert found[f"--tint-{mood}"] == found["--card"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_moods_grow_lighter_from_hard_to_good(theme: str) -> None:
    steps = [lightness(colours(theme)[f"--mood-{mood}"]) for mood in range(1, 6)]
    assert steps == sorted(steps)
    assert len(set(steps)) == 5


def test_the_palest_mood_has_an_outline_on_its_tint() -> None:
    """Mood 5 on its own tint is under 3: the outline carries it there."""
    assert contrast(colours("light")["--mood-5"], colours("light")["--tint-5"]) < GRAPHIC
    assert contrast(colours("light")["--outline-5"], colours("light")["--tint-5"]) >= GRAPHIC
    mood_css = (ROOT / "static" / "css" / "mood.css").read_text(encoding="utf-8")
    assert re.search(r'\[data-mood="5"\] \{[^}]*--outline: var\(--outline-5\)', mood_css)


def test_colours_are_written_down_once_and_dark_mode_changes_meanings_only() -> None:
    """No component holds a colour of its own, or a theme of its own."""
    components = [
        path for path in (ROOT / "static" / "css").glob("*.css") if path.name not in ("tokens.css", "print.css")
    ]
    assert len(components) > 10
    for path in components:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|\brgba?\(|\bhsl|\boklch", text), path.name
        assert "prefers-color-scheme" not in text, path.name
        assert "--raw-" not in text, f"{path.name}: the build leaves no raw value behind, only meanings"
