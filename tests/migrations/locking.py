"""What PostgreSQL may be asked while the release before still answers people. The rest is refused, with its reason.

A statement that reads or rewrites a whole table under a lock keeps everybody waiting; one that takes away what that
release reads, or asks for what it does not write, breaks it. Tables that the same migration makes are nobody's yet.
What is not known here is refused: say first what it locks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

NAME = r'"?(\w+)"?'
COMPUTED = r"\b(random|uuid|clock_timestamp|timeofday|nextval|generated|serial)"  # drawn for each row: written anew
IN_PORTIONS = r"\b(LIMIT|BETWEEN)\b"
CHANGES = (
    "ALTER TABLE (?:IF EXISTS )?(?:ONLY )?", "UPDATE ", "DELETE FROM ", "INSERT INTO ", "TRUNCATE (?:TABLE )?",
    "LOCK (?:TABLE )?", "CREATE (?:UNIQUE )?INDEX .*? ON ", "CREATE TRIGGER .*? ON ", "DROP TABLE (?:IF EXISTS )?",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One statement, and whether it stands by itself, outside of the migration's transaction."""

    statement: str
    alone: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.statement.split())


def offences(asked: Iterable[Asked]) -> list[str]:
    """Why each statement of one migration may not be asked while people are answered."""
    made: set[str] = set()
    there: dict[str, str] = {}  # rules that say a column is never empty, and its NOT NULL once they were validated
    found = []
    for one in asked:
        if making := re.match(rf"CREATE TABLE (?:IF NOT EXISTS )?{NAME}", one.text):
            made.add(making[1])
        elif saying := re.match(
            rf"ALTER TABLE {NAME} ADD CONSTRAINT {NAME} CHECK \((\w+) IS NOT NULL\) NOT VALID$", one.text
        ):
            there[f'ALTER TABLE "{saying[1]}" VALIDATE CONSTRAINT "{saying[2]}"'] = (
                f'ALTER TABLE "{saying[1]}" ALTER COLUMN {saying[3]} SET NOT NULL'
            )
        elif one.alone and one.text in there:
            there[there[one.text]] = ""
        elif there.get(one.text) != "" and (table := _table(one.text)) not in made and (why := _refused(one, table)):
            found.append(f"{why}: {one.text[:120]}")
    return found


def _table(text: str) -> str:
    """The table that is changed; empty where none is."""
    found = re.match(rf"(?:{'|'.join(CHANGES)}){NAME}", text, re.IGNORECASE)
    return found[1] if found else ""


def _refused(one: Asked, table: str) -> str:
    text = one.text.upper()
    if table == "alembic_version" or text.startswith(
        (
            "SELECT",
            "SHOW",
            "SET ",
            "RESET ",
            "COMMENT",
            "CREATE FUNCTION",
            "CREATE OR REPLACE FUNCTION",
            "CREATE TRIGGER",
            "DROP TRIGGER",
        )
    ):
        return ""
    if text.startswith(("CREATE INDEX", "CREATE UNIQUE INDEX", "DROP INDEX")):
        return "" if " CONCURRENTLY " in text else "nobody can write meanwhile: CONCURRENTLY"
    if text.startswith(("UPDATE", "DELETE")) or (text.startswith("INSERT") and " SELECT " in text):
        return "" if re.search(IN_PORTIONS, text) else "every row in one statement: in portions"
    if text.startswith("INSERT"):
        return ""
    if text.startswith("ALTER TABLE"):
        parts = re.split(
            r",\s*(?=(?:ADD|ALTER|DROP|RENAME|VALIDATE)\b)", re.sub(r"^ALTER TABLE (IF EXISTS |ONLY )*\S+ ", "", text)
        )
        return next(filter(None, (_altered(part, one.alone) for part in parts)), "")
    if text.startswith("DROP TABLE"):
        return "the release before reads it"
    return "not known here"


def _altered(part: str, alone: bool) -> str:
    """Why one part of an ALTER TABLE may not be asked."""
    if part.startswith(("DROP CONSTRAINT", "ADD CONSTRAINT")):
        return _constraint(part)
    if part.startswith("VALIDATE CONSTRAINT"):
        return "" if alone else "reads every row behind the locks of the transaction: by itself"
    if part.startswith("ADD COLUMN"):
        if "NOT NULL" in part and "DEFAULT" not in part:
            return "the release before does not fill it: a default of the server"
        if re.search(COMPUTED, part, re.IGNORECASE):
            return "every row is written anew: a constant default, or filled in portions"
        if re.search(r"\b(REFERENCES|CHECK|UNIQUE|PRIMARY KEY)\b", part):
            return "every row is read: add the rule apart, NOT VALID"
        return ""
    if part.startswith(("RENAME", "DROP")):
        return "the release before reads it"
    if re.match(r"ALTER COLUMN \S+ (DROP NOT NULL|SET DEFAULT|SET STATISTICS)", part):
        return ""
    if re.match(r"ALTER COLUMN \S+ (SET DATA )?TYPE", part):
        return "every row is written anew: a new column beside"
    if re.match(r"ALTER COLUMN \S+ SET NOT NULL", part):
        return "every row is read: CHECK (… IS NOT NULL) NOT VALID, validated by itself"
    return "not known here"


def _constraint(part: str) -> str:
    if part.startswith("DROP") or part.endswith("NOT VALID") or " USING INDEX " in part:
        return ""
    once = re.search(r"\b(UNIQUE|PRIMARY KEY)\b", part)
    return "every row is read: " + ("USING INDEX, made CONCURRENTLY" if once else "NOT VALID, validated by itself")
