"""A page wears only what the style sheet knows: a class that no rule names is a page that nobody looked at."""

from __future__ import annotations

import re

from wellbeing.config import ROOT
from wellbeing.web.assets import style_sheets

STATIC, STYLES = ROOT / "static", ROOT / "static" / "css"
# Names that a test or a script reads, and that need no look of their own.
PLAIN = {"day-number"}


def classes_of(text: str) -> set[str]:
    """Every class of a template, with the words that its tags and expressions may put there."""
    found: set[str] = set()
    for value in re.findall(r'\bclass="((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*)"', text):
        found |= set(re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ", value).split())
        for spoken in re.findall(r"\{\{(.*?)\}\}", value):
            for quoted in re.findall(r'"([^"]*)"', spoken):
                found |= set(quoted.split())
    return found


def test_every_class_has_a_rule() -> None:
    known = set(re.findall(r"\.(-?[a-z][\w-]*)", "".join(style_sheets(STATIC).values())))
    worn = {
        (str(path.relative_to(ROOT)), name)
        for path in (ROOT / "templates").rglob("*.html")
        for name in classes_of(path.read_text(encoding="utf-8"))
    }
    assert len(worn) > 50
    assert sorted((path, name) for path, name in worn if name not in known | PLAIN) == []


def test_no_rule_reaches_for_a_descendant_by_a_pseudo_class_alone() -> None:
    """The build takes the space of `.table :is(th)` away, and the rule then asks for a table that is a cell."""
    reaching = {
        (path.name, found)
        for path in (ROOT / "static" / "css").glob("*.css")
        for found in re.findall(r"[\w\])] :[a-z-]+\(", path.read_text(encoding="utf-8"))
    }
    assert reaching == set()


def test_classes_are_found_wherever_they_hide() -> None:
    assert classes_of('<p class="a{{ " b-c" if x == y }} d" id="e">{% if f %}<i class="g">') == {"a", "b-c", "d", "g"}


def test_no_rule_is_glued_to_what_stands_before_it() -> None:
    """The step that makes the style sheet small takes the space away before a colon: `.table :is(th)` would hold for
    nothing but a `.table` that is a `th`. Such a rule is written out.
    """
    glued = re.compile(r"[\w\])*] :(?!root)[a-z-]+[({, ]")
    assert glued.search(".table :is(th, td) {")
    rules = {
        file.name: [
            line for line in file.read_text(encoding="utf-8").splitlines() if glued.search(line.split("{")[0] + "{")
        ]
        for file in STYLES.glob("*.css")
    }
    assert {name: lines for name, lines in rules.items() if lines} == {}
