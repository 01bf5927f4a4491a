"""The wall between a group's figures and a person's words, and the floors of the house.

The import contracts of pyproject.toml follow every chain of imports; these tests see what contracts let through (a name
reached another way) and that the contracts are as long as the house.
"""

from __future__ import annotations

import ast
import tomllib
from typing import Any

import pytest

from tests.architecture.source import PACKAGE, ROOT, Module, modules, planted

FACILITATORS = {"groups", "trends", "report", "organisation", "teams"}
PERSONAL = {
    "entry",
    "note",
    "reflection",
    "keepsake",
    "book",
    "check_up",
    "attendance",
    "consent",
    "calendar_feed",
    "flag_raiser",
    "import_draft",
    "logged_year",
    "pace",
    "silence",
    "operation",
    "push_subscription",
    "reminder",
    "passkey",
}
OUT_OF_REACH = {f"wellbeing.models.{name}" for name in PERSONAL} | {"wellbeing.vault", "wellbeing.publishing"}
PERSONAL_NAMES = {
    "Entry",
    "Note",
    "Reflection",
    "Keepsake",
    "BookPage",
    "CheckUp",
    "CheckUpWish",
    "Silence",
    "Attendance",
    "Consent",
    "FlagRaiser",
    "ImportDraft",
    "LoggedYear",
    "Pace",
    "Operation",
    "PushSubscription",
    "Reminder",
    "DateNews",
    "Passkey",
    "KeyChange",
}


def contracts() -> list[dict[str, Any]]:
    law = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return list(law["tool"]["importlinter"]["contracts"])


def exists(module: str) -> bool:
    place = ROOT.joinpath(*module.split("."))
    return place.is_dir() or place.with_suffix(".py").exists()


def reached(module: Module) -> list[str]:
    """What a facilitators' feature names of what it may never see."""
    imported = [
        name for _, name in module.imported() if any(f"{name}.".startswith(f"{wall}.") for wall in OUT_OF_REACH)
    ]
    named = [name for _, name in module.spoken() if name.split(".")[-1] in PERSONAL_NAMES]
    return imported + named


def test_a_facilitators_page_never_names_an_entry_or_a_note() -> None:
    theirs = [m for m in modules() if m.place.parts[1] in FACILITATORS]
    assert {str(m.place): reached(m) for m in theirs if reached(m)} == {}


@pytest.mark.parametrize(
    "text",
    [
        "from wellbeing.models.entry import Entry",
        "from wellbeing.vault import notes",
        "import wellbeing.publishing.blocks",
        "from wellbeing.models import note",
        "from ..models import entry",
        "models.entry.Entry",
    ],
)
def test_naming_an_entry_or_a_note_is_seen(text: str) -> None:
    assert reached(planted("wellbeing/trends/queries.py", text))


def test_the_wall_is_as_long_as_the_house() -> None:
    """Every facilitators' feature stands before the wall, and everything personal behind it."""
    wall = next(
        (c for c in contracts() if c["name"].startswith("Facilitators")),
        {"source_modules": [], "forbidden_modules": []},
    )
    before = {f"wellbeing.{name}" for name in FACILITATORS if exists(f"wellbeing.{name}")}
    behind = {name for name in OUT_OF_REACH if exists(name)}
    assert (set(wall["source_modules"]), set(wall["forbidden_modules"])) == (before, behind)


def test_every_feature_keeps_its_files_in_order() -> None:
    """The contract about queries, operations, forms and routes names every feature that has routes."""
    inside = next(c for c in contracts() if c["name"].startswith("Inside a feature"))
    features = {f"wellbeing.{path.parent.name}" for path in PACKAGE.glob("*/routes.py")}
    assert features <= set(inside["containers"])


def re_exported(module: Module) -> list[str]:
    return [ast.unparse(node) for node in module.tree.body if not isinstance(node, ast.Expr)]


def test_models_are_imported_from_where_they_stand() -> None:
    (front,) = [module for module in modules("wellbeing/models") if module.name == "wellbeing.models"]
    assert re_exported(front) == []


def models_imported(read: list[Module]) -> list[str]:
    return [str(m.place) for m in read for _, name in m.imported() if name.startswith("wellbeing.models")]


def test_migrations_import_no_model() -> None:
    migrations = modules("wellbeing/migrations/versions")
    assert migrations
    assert models_imported(migrations) == []


def knowing_the_house(read: list[Module]) -> set[str]:
    return {str(m.place) for m in read for _, name in m.imported() if name in ("wellbeing.create_app", "app")}


def test_only_the_entrance_and_the_commands_know_the_whole_house() -> None:
    assert knowing_the_house(modules()) <= {"wellbeing/cli.py"}


def test_the_entrance_is_short() -> None:
    (entrance,) = [
        node for module in modules("wellbeing") if module.name == "wellbeing"
        for node in module.tree.body if isinstance(node, ast.FunctionDef) and node.name == "create_app"
    ]  # fmt: skip
    assert (entrance.end_lineno or 0) - entrance.lineno < 60
