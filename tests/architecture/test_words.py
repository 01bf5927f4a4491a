"""Names say what things are: the glossary's words, no rooms for odds and ends, one idea a file."""

from __future__ import annotations

import re

import pytest

from tests.architecture.source import ROOT, Module, modules, planted

ROOMS_WITHOUT_A_NAME = {
    "utils",
    "util",
    "helpers",
    "helper",
    "services",
    "service",
    "common",
    "misc",
    "base",
    "manager",
}
WORDS_THAT_SAY_NOTHING = {"manager", "helper", "helpers", "util", "utils", "service", "services", "handler"}
CEILING = 200
WRITTEN_BY_HAND = ("wellbeing/**/*.py", "templates/**/*.*", "static/**/*.css", "static/**/*.js")


def words_of(name: str) -> set[str]:
    """The words a name is made of: `fold_weeks` and `FoldWeeks` are `fold` and `weeks`."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def test_a_name_is_taken_apart_into_words() -> None:
    assert words_of("FoldWeeks") == words_of("fold_weeks") == {"fold", "weeks"}


def rooms(read: list[Module]) -> list[str]:
    return [str(module.place) for module in read if module.place.stem in ROOMS_WITHOUT_A_NAME]


def test_no_file_is_a_room_for_odds_and_ends() -> None:
    assert rooms(modules("wellbeing", "tests")) == []


def saying_nothing(read: list[Module]) -> list[str]:
    return [
        f"{module.place}:{line}: {name}"
        for module in read
        for line, name in module.coined()
        if words_of(name) & WORDS_THAT_SAY_NOTHING and "service_worker" not in name.lower()
    ]


def test_no_name_says_nothing() -> None:
    assert saying_nothing(modules()) == []


def ours_called_session(text: str, place: str = "wellbeing/journal/routes.py") -> list[str]:
    allowed = {"flask_session"}  # Flask's own, said by its full name
    named = (name for _, name in planted(place, text).coined() if not name.startswith("test_"))  # those are sentences
    return [name for name in named if "session" in words_of(name) and name not in allowed]


def test_session_is_never_a_word_of_ours() -> None:
    """Flask, SQLAlchemy and signing in have taken it three times; ours are workshops and sign-ins."""
    read = [m for m in modules("wellbeing", "tests", "bench") if m.place.name != "test_words.py"]
    ours = {str(m.place): ours_called_session(m.text, str(m.place)) for m in read}
    assert {place: names for place, names in ours.items() if names} == {}


@pytest.mark.parametrize(
    "text", ["def next_session(): 0", "class Session: 0", "session = 1", "def of(session): 0", "self.session = 1"]
)
def test_the_word_session_is_seen(text: str) -> None:
    assert ours_called_session(text)


def too_long(texts: dict[str, str]) -> dict[str, int]:
    lengths = {place: len(text.splitlines()) for place, text in texts.items()}
    return {place: lines for place, lines in lengths.items() if lines > CEILING}


def test_a_file_holds_one_idea() -> None:
    files = [path for pattern in WRITTEN_BY_HAND for path in ROOT.glob(pattern) if "vendor" not in path.parts]
    assert files
    assert too_long({str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in files}) == {}


def silent(read: list[Module]) -> list[str]:
    return [str(m.place) for m in read if m.text.strip() and not m.text.lstrip().startswith(('"""', "'''"))]


def test_every_module_says_what_it_is_for() -> None:
    assert silent(modules()) == []
