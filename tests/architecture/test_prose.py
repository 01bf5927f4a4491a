"""What the documents say can be done, can be done: their links lead somewhere, their commands and settings exist."""

from __future__ import annotations

import re

import pytest

from tests.architecture.source import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "wellbeing" / "README.md"])
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_and_every_command_leads_somewhere(document: object) -> None:
    path = ROOT / str(document)
    text = path.read_text(encoding="utf-8")
    linked = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)|<img src=\"([^\":]+)\"", text)
    assert [name for pair in linked for name in pair if name and not (path.parent / name).exists()] == []
    commands = re.findall(r"(?<!\w)make ([a-z-]+)(?=`|$|  )", text, flags=re.MULTILINE)
    assert [name for name in commands if not re.search(rf"^{name}:.*## ", MAKEFILE, flags=re.MULTILINE)] == []


def test_every_document_that_the_source_names_is_here_to_be_read() -> None:
    read = [
        path for top in ("wellbeing", "tests", "bench", "templates", "static") for path in (ROOT / top).rglob("*.*")
    ]
    texts = {path: path.read_text(encoding="utf-8") for path in read if path.suffix in (".py", ".js", ".css", ".html")}
    here = {path.name for path in DOCUMENTS}
    named = {(str(path), name) for path, text in texts.items() for name in re.findall(r"[\w-]+\.md\b", text)}
    assert {name for _, name in named} & here
    assert sorted(said for said in named if said[1] not in here) == []


def test_the_first_screen_shows_how_to_run_and_how_to_check() -> None:
    first = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:25]
    assert {line.split("#")[0].strip() for line in first if line.startswith("make ")} == {"make run", "make test"}


def test_the_host_is_told_of_every_setting() -> None:
    read = set(
        re.findall(r"reading\.\w+\(\s*\"([A-Z_]+)\"", (ROOT / "wellbeing/config.py").read_text(encoding="utf-8"))
    )
    read |= {"DATABASE_URL"}
    told = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)*)(?:=[^`]*)?`", (ROOT / "docs/hosting.md").read_text(encoding="utf-8")))
    assert len(read) > 10
    assert told == read


def test_the_host_is_told_of_every_command() -> None:
    exist = set(
        re.findall(r"@click\.command\(\"([a-z-]+)\"\)", (ROOT / "wellbeing/cli.py").read_text(encoding="utf-8"))
    )
    commands = (ROOT / "docs/hosting.md").read_text(encoding="utf-8").split("## Commands")[1]
    assert exist
    assert exist == set(re.findall(r"`([a-z-]+)`", commands)) - {"make run"}
