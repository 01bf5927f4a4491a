"""The numbers themselves: sourced, dated by people only, shown as far as they are known, and never hidden for age."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.catalogues.rules import RULES
from wellbeing.help.arrangement import arranged
from wellbeing.help.lines import FILES, KINDS, HelpLine, HelpMistakes, lines_of, refuse_mistakes, unverified

TODAY = date(2026, 11, 22)
COUNTRIES = ("FR", "GB", "IE", "US", "EU", "other")
WRITING = [rule for rule in RULES if rule[0] in "CFE" and rule not in ("C1", "C2")]


def line(name: str, country: str = "FR") -> HelpLine:
    return next(line for line in lines_of(country) if line.id == name)


def test_every_country_has_its_file_and_nothing_stands_beside_them() -> None:
    assert {file.stem for file in FILES.iterdir()} == set(COUNTRIES)


@pytest.mark.parametrize("country", COUNTRIES)
def test_what_ships_can_be_shown(country: str) -> None:
    assert lines_of(country)
    refuse_mistakes(TODAY, country)


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_line_ships_as_verified_because_no_person_verified_it(country: str) -> None:
    assert all(line.verified_on is None and line.verified_by is None for line in lines_of(country))
    assert unverified(country, TODAY) == [line.id for line in lines_of(country)]


@pytest.mark.parametrize("rule", WRITING)
@pytest.mark.parametrize("country", COUNTRIES)
def test_lines_are_written_like_everything_else(rule: str, country: str) -> None:
    said = {
        locale: {
            f"{line.id}.{part}": getattr(line.words[locale], part)
            for line in lines_of(country)
            for part in ("name", "hours", "purpose")
            if getattr(line.words[locale], part)
        }
        for locale in ("fr", "en")
    }
    assert all(f"{line.id}.name" in said[locale] for line in lines_of(country) for locale in said)
    assert RULES[rule](said["fr"], said["en"]) == []


def test_danger_then_dark_thoughts_then_text_stand_first_in_france() -> None:
    assert [line.id for line in lines_of("FR")][:6] == ["samu", "112", "police", "pompiers", "3114", "114"]


def test_a_country_of_the_union_without_its_own_file_gets_112_and_any_other_a_directory() -> None:
    assert [line.tel for line in lines_of("DE")] == ["112"]
    assert [line.tel for line in lines_of("IE")] == ["112", "116 123"]
    assert [line.site for line in lines_of("JP")] == ["findahelpline.com"]


def test_the_union_is_counted_whole() -> None:
    assert len(set(json.loads((FILES / "EU.json").read_text("utf-8"))["serves"])) == 27


@pytest.mark.parametrize(
    ("status", "kind", "verified", "shown", "hours"),
    [
        ("ok", "listen", False, True, True),
        ("hours", "listen", False, True, False),
        ("hours", "listen", True, True, True),
        ("check", "listen", False, False, False),
        ("check", "listen", True, True, True),
        ("check", "emergency", False, True, False),
    ],
)
def test_a_line_is_shown_as_far_as_it_is_known(
    status: str, kind: str, verified: bool, shown: bool, hours: bool
) -> None:
    known = replace(line("sos_amitie"), status=status, kind=kind, verified_on=TODAY if verified else None)
    assert (known.shown, known.hours_shown) == (shown, hours)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the help data, for a host to write in."""
    return Path(shutil.copytree(FILES, tmp_path / "help"))


def rewrite(folder: Path, change: Callable[[list[dict[str, Any]]], object]) -> None:
    file = folder / "FR.json"
    written = json.loads(file.read_text("utf-8"))
    change(written["lines"])
    file.write_text(json.dumps(written), "utf-8")


def test_an_old_line_is_named_to_the_host_and_stays_on_the_page(folder: Path) -> None:
    def verify(lines: list[dict[str, Any]]) -> None:
        for line in lines:
            days = 181 if line["id"] == "sos_amitie" else 180
            line.update(verified_on=(TODAY - timedelta(days=days)).isoformat(), verified_by="Fay")

    rewrite(folder, verify)
    refuse_mistakes(TODAY, "FR", folder)
    assert unverified("FR", TODAY, folder) == ["sos_amitie"]
    assert [line.id for line in arranged(lines_of("FR", folder), "fr").listen] == ["sos_amitie"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"verified_on": "2026-11-23", "verified_by": "Fay"}, "“3114” was verified in the future"),
        ({"verified_on": "2026-11-22"}, "“3114” was verified by nobody"),
        ({"kind": "miracle"}, "“3114” has an unknown kind"),
        ({"status": "perhaps"}, "“3114” has an unknown status"),
        ({"tel": None}, "“3114” has no number"),
        ({"id": "114"}, "stands twice"),
        ({"verified_on": "yesterday"}, "cannot be read"),
        ({"colour": "red"}, "cannot be read"),
    ],
)
def test_a_line_that_cannot_be_trusted_is_refused_by_name(change: dict[str, object], said: str, folder: Path) -> None:
    rewrite(folder, lambda lines: lines[4].update(change))
    with pytest.raises(HelpMistakes, match=said):
        refuse_mistakes(TODAY, "FR", folder)


@pytest.mark.parametrize("place", range(6))
def test_the_first_lines_can_be_neither_removed_nor_moved(place: int, folder: Path) -> None:
    rewrite(folder, lambda lines: lines.append(lines.pop(place)))
    with pytest.raises(HelpMistakes, match="in this order"):
        refuse_mistakes(TODAY, "FR", folder)


def test_the_association_adds_what_is_near(folder: Path) -> None:
    near = {"id": "gem", "kind": "near", "tel": "01 00 00 00 00", "status": "ok"}
    rewrite(folder, lambda lines: lines.append(lines[6] | near))
    refuse_mistakes(TODAY, "FR", folder)
    assert [line.id for line in arranged(lines_of("FR", folder), "fr").near] == ["gem"]


def test_a_number_is_read_in_groups_and_dialled_without() -> None:
    assert (line("sos_amitie").number, line("sos_amitie").dialled) == (
        "09\u00a072\u00a039\u00a040\u00a050",
        "0972394050",
    )


def test_country_is_not_language() -> None:
    """An English reader in Lyon meets 3114 first, then the line that answers in English."""
    french, english = arranged(lines_of("FR"), "fr"), arranged(lines_of("FR"), "en")
    assert french.suicide == english.suicide == (line("3114"),)
    assert [found.id for found in english.listen] == ["sos_help", "sos_amitie"]
    assert [found.id for found in french.listen] == ["sos_amitie"]
    assert line("sos_help") in french.more


@pytest.mark.parametrize("locale", ["fr", "en"])
@pytest.mark.parametrize("country", COUNTRIES)
def test_every_line_for_the_public_stands_once_and_training_never(country: str, locale: str) -> None:
    page = arranged(lines_of(country), locale)
    placed = [
        found.id
        for part in (page.emergency, page.suicide, page.deaf, page.listen, page.more, page.care, page.near)
        for found in part
    ]
    public = [found.id for found in lines_of(country) if found.shown and found.kind != "training"]
    assert sorted(placed) == sorted(public)
    assert "training" in KINDS
