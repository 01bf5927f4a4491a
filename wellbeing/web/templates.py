"""Templates as one kind of reader sees them: compiled for their language and their version, ordinary or simple.

What a template asks for that is the same for each such reader, such as `t("nav.today")` or `simple()`, is answered when
it is compiled: a page is then mostly text that stands ready. Nothing of a person is among it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup

from wellbeing.web.assets import asset, drawing
from wellbeing.web.display import is_simple
from wellbeing.web.locale import help_address, locale_now, t

Reader = tuple[str, bool]  # a language, and whether it is the simple version


class Templates(Environment):
    """`reader` is whom these templates are compiled for; None for nobody yet, as they are written."""

    reader: Reader | None = None

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self._by_reader: dict[Reader, Templates] = {}

    def for_reader(self) -> Templates:
        """Those for whoever reads now."""
        reader = locale_now(), is_simple()
        found = self._by_reader.get(reader)
        if found is None:
            self._by_reader[reader] = found = self.overlay()
            found.reader = reader
        return found

    def make_globals(self, d: Mapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What every template may call, as one plain dictionary: Jinja copies it for each piece of a page, and the
        chain of dictionaries it would make is slow to copy. Whatever is added later than the first template is not
        seen by it.
        """
        return {**self.globals, **(d or {})}


def init_app(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension(Unindented)
    app.jinja_env.add_extension(Answered)


class Unindented(Extension):
    """What stands at the head of a line is for who reads the template: pages are sent without it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - Jinja's
        return re.sub(r"\n[ \t]+", "\n", source) if name and name.endswith(".html") else source


class Answered(Extension):
    """A call of one of `SETTLED` with nothing but words between its brackets gives way to its answer."""

    environment: Templates

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        return stream if self.environment.reader is None else _answered(list(stream))


SETTLED: dict[str, Callable[..., str | bool]] = {
    "t": t,
    "locale": locale_now,
    "simple": is_simple,
    "help_address": help_address,
    "asset": asset,
    "drawing": drawing,
    # what templates/shared/marks.html calls these
    "icon": lambda name: drawing(name, "icon"),
    "mark": lambda name: drawing(name, "mark"),
}


def _answered(tokens: list[Token]) -> Iterator[Token]:
    at = 0
    while at < len(tokens):
        token, after, words = tokens[at], at + 1, None
        if token.type == "name" and token.value in SETTLED and (at == 0 or tokens[at - 1].type != "dot"):
            words, after = _words_between_brackets(tokens, after)
        yield from (token,) if words is None else _written(SETTLED[token.value](*words), token.lineno)
        at = after


def _words_between_brackets(tokens: list[Token], at: int) -> tuple[list[str] | None, int]:
    """The words of a call whose brackets should open here, and where it ends; None if it is given anything else."""
    end = next((place for place in range(at, len(tokens)) if tokens[place].type == "rparen"), at)
    inside = tokens[at + 1 : end]
    alone = all(token.type == ("comma" if place % 2 else "string") for place, token in enumerate(inside))
    if tokens[at].type != "lparen" or not alone:
        return None, at
    return [str(token.value) for token in inside if token.type == "string"], end + 1


def _written(answer: str | bool, line: int) -> Iterator[Token]:
    """The answer as somebody would write it in a template."""
    if isinstance(answer, bool):
        yield Token(line, "name", str(answer).lower())
        return
    yield Token(line, "string", str(answer))
    if isinstance(answer, Markup):
        yield from (Token(line, "pipe", "|"), Token(line, "name", "safe"))
