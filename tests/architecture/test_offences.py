"""A law that nobody saw fail is a hope: each contract and each rule about files is shown the offence it is for.

The rules of test_hands.py, test_pages.py and test_walls.py show theirs beside them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.architecture import test_keys, test_tables, test_walls, test_words
from tests.architecture.source import ROOT, planted

# By the first words of a contract: where a line is added, and the line.
OFFENCES = {
    "Each floor uses only what lies beneath it": ("models/entry.py", "import wellbeing.journal.queries"),
    "The domain knows Python only": ("domain/moods.py", "import sqlalchemy"),
    "Inside a feature": ("help/queries.py", "import wellbeing.help.routes"),
    "Facilitators": ("trends/queries.py", "import wellbeing.models.entry"),
}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What import-linter says of a copy of the house in which every contract was broken once."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "wellbeing", copy / "wellbeing", ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for place, line in OFFENCES.values():
        with (copy / "wellbeing" / place).open("a", encoding="utf-8") as module:
            module.write(f"\n{line}\n")
    linter = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run(
        [linter, "--no-logo", "--no-cache"],
        cwd=copy,
        env={**os.environ, "COLUMNS": "400"},  # each contract on one line
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert told.returncode == 1, told.stdout + told.stderr
    return told.stdout


def test_every_contract_is_shown_an_offence() -> None:
    names = [contract["name"] for contract in test_walls.contracts()]
    assert [name for name in names if not name.startswith(tuple(OFFENCES))] == []
    assert len(names) == len(OFFENCES)


@pytest.mark.parametrize("contract", OFFENCES)
def test_a_contract_sees_its_offence(verdicts: str, contract: str) -> None:
    (line,) = [
        said for said in verdicts.splitlines() if said.startswith(contract) and said.endswith(("KEPT", "BROKEN"))
    ]
    assert line.endswith("BROKEN")


@pytest.mark.parametrize("place", ["wellbeing/utils.py", "wellbeing/journal/helpers.py", "tests/common.py"])
def test_a_room_for_odds_and_ends_is_seen(place: str) -> None:
    assert test_words.rooms([planted(place, "")])


@pytest.mark.parametrize("text", ["class EntryManager: 0", "def mood_helper(): 0", "handler = 1"])
def test_a_name_that_says_nothing_is_seen(text: str) -> None:
    assert test_words.saying_nothing([planted("wellbeing/journal/moods.py", text)])


def test_a_file_that_grew_past_one_idea_is_seen() -> None:
    assert test_words.too_long({"wellbeing/moods.py": "x = 1\n" * 201, "wellbeing/days.py": "x = 1\n" * 200}) == {
        "wellbeing/moods.py": 201
    }


def test_a_module_that_says_nothing_of_itself_is_seen() -> None:
    assert test_words.silent([planted("wellbeing/moods.py", "x = 1"), planted("wellbeing/days.py", '"""Days."""')]) == [
        "wellbeing/moods.py"
    ]


def test_a_re_export_is_seen() -> None:
    assert test_walls.re_exported(planted("wellbeing/models/__init__.py", "from wellbeing.models.note import Note"))
    assert not test_walls.re_exported(planted("wellbeing/models/__init__.py", '"""Tables."""'))


@pytest.mark.parametrize("text", ["from wellbeing.models.note import Note", "import wellbeing.models.note"])
def test_a_migration_that_imports_a_model_is_seen(text: str) -> None:
    assert test_walls.models_imported([planted("wellbeing/migrations/versions/0001.py", text)])


def test_a_feature_that_knows_the_whole_house_is_seen() -> None:
    assert test_walls.knowing_the_house([planted("wellbeing/journal/routes.py", "from wellbeing import create_app")])


def test_tables_with_a_nameless_rule_or_an_instant_without_its_zone_are_seen() -> None:
    mapped = sa.MetaData()
    sa.Table("mood", mapped, sa.Column("at", sa.DateTime()), sa.CheckConstraint("at IS NOT NULL"))
    assert test_tables.nameless(mapped) == ["mood"]
    assert test_tables.without_zone(mapped) == ["mood.at"]


def test_a_relationship_is_seen() -> None:
    class Base(sa.orm.DeclarativeBase):
        pass

    class Circle(Base):
        __tablename__ = "circle"
        id: sa.orm.Mapped[int] = sa.orm.mapped_column(primary_key=True)

    class Word(Base):
        __tablename__ = "word"
        id: sa.orm.Mapped[int] = sa.orm.mapped_column(primary_key=True)
        circle_id: sa.orm.Mapped[int] = sa.orm.mapped_column(sa.ForeignKey("circle.id"))
        circle = sa.orm.relationship(Circle)

    assert test_tables.followed(Base.registry) == ["Word.circle"]


def test_a_table_that_its_owner_does_not_lead_is_seen() -> None:
    def table(name: str, *more: sa.schema.SchemaItem) -> None:
        sa.Table(name, mapped, *more)

    def of(other: str, **how: bool) -> sa.Column[int]:
        return sa.Column(f"{other}_id", sa.ForeignKey(f"{other}.id"), **how)

    mapped = sa.MetaData()
    table("person", sa.Column("id", sa.Integer, primary_key=True))
    table("group", sa.Column("id", sa.Integer, primary_key=True))
    table("dream", sa.Column("id", sa.Integer, primary_key=True), of("person"), sa.Column("uid", sa.Text, unique=True))
    table("scent", of("dream", primary_key=True))
    table("wish", of("person", primary_key=True), of("group", primary_key=True))
    table("song", of("group"), sa.Column("title", sa.Text, primary_key=True))
    table("flag", of("person"), sa.Column("id", sa.Integer, primary_key=True))  # one of those that are copied
    assert test_keys.owners(mapped) == dict.fromkeys(("person", "dream", "scent", "wish", "flag"), "person") | {
        "group": "group", "song": "group"
    }  # fmt: skip
    assert test_keys.not_led(mapped) == {
        "dream: id", "dream: uid", "scent: dream_id", "scent: dream_id to dream", "song: title",
        "flag: copied, points at person",
    }  # fmt: skip


def test_a_foreign_key_that_no_index_finds_is_seen() -> None:
    mapped = sa.MetaData()
    sa.Table("person", mapped, sa.Column("id", sa.Integer, primary_key=True))
    of = (sa.Column("person_id", sa.ForeignKey("person.id")), sa.Column("id", sa.Integer, primary_key=True))
    dream = sa.Table("dream", mapped, *of)
    assert test_keys.slow_to_end(mapped) == {"dream.person_id"}
    sa.Index("dream_person_id", dream.c.person_id)
    assert test_keys.slow_to_end(mapped) == set()
