"""What a page never holds: script or style of its own, an unescaped word, a locked zoom, another host's address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
LOADED = [
    path
    for path in sorted((ROOT / "static").rglob("*"))
    if path.suffix in (".css", ".js", ".svg") and "vendor" not in path.parts
]

EVENTS = "blur|change|click|context|error|focus|input|key|load|mouse|paste|pointer|reset|scroll|submit|toggle|touch"
LOADING = "link|script|img|iframe|source|use|form|object"
NEVER_IN_A_TEMPLATE = {
    "an unescaped value": r"\|\s*safe\b|autoescape\s+false|Markup\(",
    "a script of its own": r"<script(?![^>]*\bsrc=)",
    "a style of its own": r"<style|\sstyle\s*=",
    "a handler of its own": rf"\son({EVENTS})[a-z]*\s*=|hx-on|javascript:|\bjs:|hx-vars",
    "a plain htmx attribute": r"(?<!data-)\bhx-[a-z0-9:-]+\s*=",
    "a locked zoom": r"user-scalable|maximum-scale|minimum-scale",
    "something from another host": rf"<({LOADING})\b[^>]*\b(href|src|action|data)\s*=\s*[\"'](https?:)?//",
    "a question to the database": r"db\.session|\.query\b",
    "a person nobody handed over": r"\bcurrent_user\b",
}
NEVER_IN_WHAT_A_BROWSER_LOADS = {
    "something from another host": r"(url\(|import\s|from\s|fetch\(|importScripts\()\s*[\"']?(https?:)?//",
    "text run as a program": r"\beval\(|new Function\(|\.innerHTML\s*=|insertAdjacentHTML|document\.write",
}
PLANTED = {
    "an unescaped value": ["{{ note|safe }}", "{% autoescape false %}"],
    "a script of its own": ["<script>1</script>", '<script type="module">1</script>'],
    "a style of its own": ["<style>", '<p style="color:red">'],
    "a handler of its own": ['<p onclick="go()">', '<p data-hx-on:click="go()">', '<a href="javascript:1">'],
    "a plain htmx attribute": ['<p hx-get="/">', '<p hx-status:422="none">'],
    "a locked zoom": ['content="user-scalable=no"'],
    "something from another host": ['<img alt="" src="https://a.example/">', '<link href="//a.example">'],
    "a question to the database": ["{{ db.session }}"],
    "a person nobody handed over": ["{{ current_user.pseudonym }}"],
}


def found(rules: dict[str, str], paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {what}: {match.group().strip()}"
        for path in paths
        for what, pattern in rules.items()
        for match in re.finditer(pattern, path.read_text(encoding="utf-8"))
    ]


def test_templates_hold_nothing_they_should_not() -> None:
    assert TEMPLATES
    assert found(NEVER_IN_A_TEMPLATE, TEMPLATES) == []


def test_scripts_and_styles_load_nothing_from_elsewhere() -> None:
    assert LOADED
    assert found(NEVER_IN_WHAT_A_BROWSER_LOADS, LOADED) == []


@pytest.mark.parametrize(("what", "text"), [(what, text) for what, texts in PLANTED.items() for text in texts])
def test_each_never_is_seen(what: str, text: str) -> None:
    assert re.search(NEVER_IN_A_TEMPLATE[what], text)


@pytest.mark.parametrize(
    "text",
    [
        '<script src="/static/app.js" defer></script>',
        '<p data-hx-get="/x" data-hx-status:422="target:#e">',
        '<a rel="noopener" href="https://www.3114.fr">',
        '<form action="/journal">',
        '<p data-on="1">',
        "{{ persons_note }}",
    ],
)
def test_what_is_allowed_is_left_alone(text: str) -> None:
    assert [what for what, pattern in NEVER_IN_A_TEMPLATE.items() if re.search(pattern, text)] == []
