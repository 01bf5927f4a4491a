"""`make soak`: LibreOffice opens every table of ours filled with hostile text, and no cell became a formula (A17).

As a person in France and as one in England would, with cells parted at commas, at semicolons and wherever it could be.
Where LibreOffice is not and cannot be installed, it says « not tried ». Not part of `make test`: it takes a minute.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.cast import Cast
from tests.databases import a_copy
from tests.journal.record import note_mood
from tests.privacy.test_spreadsheets import HOSTILE, called, sheets
from wellbeing.db import db, transaction
from wellbeing.models.headcount import Headcount
from wellbeing.models.workshop import Workshop
from wellbeing.web.spreadsheet import table, words

OFFICE = shutil.which("soffice") or shutil.which("localc") or ""
PARTED = {"at commas": "44", "at semicolons": "59", "anywhere": "44/59/9"}
READER = {"France": 1036, "England": 2057}
RUN = re.compile(r'(?:table:formula="|<office:dde-source|<text:a )[^>]{0,80}')

pytestmark = pytest.mark.skipif(not OFFICE, reason="not tried: LibreOffice is not on this machine")


def run(files: dict[str, str], place: Path, parted: str, reader: int) -> dict[str, list[str]]:
    """What LibreOffice would run of each of these tables, opened so."""
    place.mkdir()
    for name, text in files.items():
        (place / f"{name}.csv").write_bytes(text.encode())
    command = [
        OFFICE, "--headless", f"-env:UserInstallation=file://{place}/profile",
        f"--infilter=CSV:{parted},34,76,1,,{reader},false,true", "--convert-to", "fods", "--outdir", str(place),
        *(str(place / f"{name}.csv") for name in files),
    ]  # fmt: skip
    subprocess.run(command, check=True, timeout=300, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return {name: RUN.findall((place / f"{name}.fods").read_text("utf-8")) for name in files}


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The tables are the same bytes on both engines, which the other tests compare."""
    yield from a_copy(request, request.param)


@pytest.fixture
def filled(cast: Cast) -> dict[str, str]:
    """Each table of each hostile name, by the names of both; and a table of nothing but such text."""
    note_mood(cast, "Ana", 4)
    with cast.app.app_context(), transaction():
        of_willow = select(Workshop.id).where(Workshop.group_id == cast.groups["Willow"].id).limit(1)
        [meeting] = db.session.scalars(of_willow)
        counted, four = cast.now - timedelta(days=1), {"present": 4, "without_phone": 0, "newcomers": 0}
        db.session.add(Headcount(workshop_id=meeting, group_id=cast.groups["Willow"].id, counted_at=counted, **four))
    found = {"words": table(("text", "beside"), [(words(name), words(name)) for name in HOSTILE])}
    for n, name in enumerate(HOSTILE):
        called(cast, name)
        for rule, text in sheets(cast).items():
            found[f"{re.sub('[^a-z]+', '-', rule).strip('-')}-{n}"] = text
    return found


@pytest.mark.parametrize("parted", PARTED)
@pytest.mark.parametrize("reader", READER)
def test_no_cell_of_ours_becomes_a_formula(filled: dict[str, str], tmp_path: Path, parted: str, reader: str) -> None:
    bare = table(("text", "beside"), [(name, name) for name in HOSTILE])
    ran = run({**filled, "bare": bare}, tmp_path / "opened", PARTED[parted], READER[reader])
    assert len(ran.pop("bare")) > 5, "text that nobody made safe became no formula: nothing was tried"
    assert len(ran) > 3 * len(HOSTILE)
    assert {name: cells for name, cells in ran.items() if cells} == {}
