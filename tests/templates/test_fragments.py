"""A piece of a page says what it takes, takes nothing else, and stands alone: one root, with its own id."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from flask import Flask
from jinja2 import meta, nodes

from tests.templates.samples import SAMPLES
from wellbeing.config import LOCALES, ROOT
from wellbeing.web.fragments import fragment
from wellbeing.web.locale import speaking

TEMPLATES = ROOT / "templates"
FRAGMENTS = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("_*.html"))
EACH = [pytest.param(name, of, id=f"{name}: {of}") for name, samples in SAMPLES.items() for of in samples]
VOID = {"br", "hr", "img", "input", "link", "meta", "use", "path", "circle", "rect", "line", "source", "wbr"}


class Roots(HTMLParser):
    """The elements that stand at the top of a piece of HTML, with their ids, and any text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str | None] = []
        self.loose = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._open:
            self.found.append(dict(attrs).get("id"))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._open:
            self.found.append(dict(attrs).get("id"))

    def handle_endtag(self, tag: str) -> None:
        while tag in self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._open:
            self.loose += data.strip()


def source_of(template: str) -> str:
    return (TEMPLATES / template).read_text(encoding="utf-8")


def declared(template: str) -> set[str] | None:
    """What line one says the fragment takes; None when it does not say."""
    line = re.match(r"\{# takes: (.+?) #\}\n", source_of(template))
    return None if line is None else set() if line[1] == "nothing" else set(line[1].split(", "))


def test_there_are_fragments_to_look_at() -> None:
    assert FRAGMENTS


@pytest.mark.parametrize("template", FRAGMENTS)
def test_line_one_names_every_input(template: str, app: Flask) -> None:
    tree = app.jinja_env.parse(source_of(template))
    takes = declared(template)
    assert takes is not None
    names = [(name.name, name.ctx) for name in tree.find_all(nodes.Name)]
    own = {name for name, ctx in names if ctx == "store"}
    # An input may bear the name of a global; Jinja does not call that one undeclared.
    shadowing = {name for name, ctx in names if ctx == "load"} & takes & set(app.jinja_env.globals)
    assert takes == meta.find_undeclared_variables(tree) - own | shadowing
    assert not list(tree.find_all((nodes.Extends, nodes.Include)))


@pytest.mark.parametrize("template", FRAGMENTS)
def test_every_fragment_has_a_sample(template: str) -> None:
    assert SAMPLES.get(template)


def test_no_sample_outlives_its_fragment() -> None:
    assert set(SAMPLES) <= set(FRAGMENTS)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("template", "of"), EACH)
def test_a_fragment_stands_alone(template: str, of: str, locale: str, app: Flask) -> None:
    inputs = SAMPLES[template][of]
    assert set(inputs) == declared(template)
    with app.test_request_context("/"), speaking(locale):
        roots = Roots(fragment(template, **inputs))
    own = template.rpartition("/")[2].removeprefix("_").removesuffix(".html").replace("_", "-")
    assert len(roots.found) == 1
    assert roots.loose == ""
    assert re.fullmatch(rf"{own}(-[\w.-]+)?", roots.found[0] or "")
