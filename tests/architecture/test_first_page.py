"""« A page in ten minutes », followed to the letter in a copy of the house: the page answers in both languages.

A step that somebody has followed in the house itself is not followed again, so that their own page leaves this green.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

from tests.architecture.source import ROOT

LOOK = """
from wellbeing import create_app
browser = create_app().test_client()
for tongue in ("fr", "en"):
    answer = browser.get("/why", headers={"Accept-Language": tongue})
    print(answer.status_code, answer.text)
"""


def blocks() -> list[str]:
    """The pieces of text of that section, in order."""
    section = (
        (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## A page in ten minutes")[1].split("\n## ")[0]
    )
    return [
        textwrap.dedent(block) for block in re.findall(r"^ *```\w+\n(.*?)^ *```$", section, re.DOTALL | re.MULTILINE)
    ]


def test_a_stranger_adds_a_page_by_following_the_steps(tmp_path: Path) -> None:
    route, template, french, english = blocks()
    for folder in ("wellbeing", "templates", "static"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    routes = tmp_path / "wellbeing/help/routes.py"
    said = routes.read_text(encoding="utf-8")
    assert said.count("def _numbers(") == 1
    if route not in said:
        routes.write_text(said.replace("def _numbers(", f"{route}\n\ndef _numbers("), encoding="utf-8")
    (tmp_path / "templates/help/why.html").write_text(template, encoding="utf-8")
    for tongue, words in (("fr", french), ("en", english)):
        catalogue = tmp_path / f"wellbeing/translations/{tongue}/LC_MESSAGES/messages.po"
        if words not in catalogue.read_text(encoding="utf-8"):
            with catalogue.open("a", encoding="utf-8") as end:
                end.write("\n" + words)
        babel = Path(sys.executable).with_name("pybabel")
        made = catalogue.with_suffix(".mo")
        subprocess.run([babel, "-q", "compile", "-i", catalogue, "-o", made], check=True, timeout=60)
    away = {name: value for name, value in os.environ.items() if not name.startswith(("WELLBEING", "DATABASE"))}
    looking = {**away, "WELLBEING_INSTANCE": str(tmp_path / "instance")}
    seen = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=tmp_path, env=looking, capture_output=True, text=True, check=False, timeout=60
    )
    assert seen.returncode == 0, seen.stderr
    assert re.findall(r"<h1>(.*?)</h1>", seen.stdout) == ["Pourquoi ce journal", "Why this journal"]
