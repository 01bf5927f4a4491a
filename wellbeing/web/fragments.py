"""Pieces of pages, and the two ways to answer a write: fragments to htmx, a 303 to a plain form.

A fragment is rendered from its declared inputs and nothing else, so its bytes are the same in a page and alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

from flask import Flask, Response, current_app, make_response, redirect, render_template, request
from flask.templating import Environment
from jinja2 import StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse


class OneDictionary(Environment):
    """What every template may call, as one plain dictionary: Jinja copies it for each piece of a page, and the chain of
    dictionaries it would make is slow to copy. Whatever is added later than the first template is not seen by it.
    """

    def make_globals(self, d: Mapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def init_app(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension(Unindented)
    app.add_template_global(fragment)


class Unindented(Extension):
    """What stands at the head of a line is for who reads the template: pages are sent without it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - Jinja's
        return re.sub(r"\n[ \t]+", "\n", source) if name and name.endswith(".html") else source


def fragment(template: str, **inputs: object) -> Markup:
    """Render `folder/_name.html` from these inputs alone: no page context, no signed-in person."""
    # What Jinja rendered under autoescape is HTML already; this marks it so, once, for the page around it.
    return Markup(current_app.jinja_env.get_template(template).render(inputs))  # noqa: S704


def page(template: str, status: int = 200, **inputs: object) -> Response:
    """Render a whole page."""
    return make_response(render_template(template, **inputs), status)


def answer(changed: Markup, *also: Markup, otherwise: str) -> AnyResponse:
    """Answer a write: to htmx the fragments it changed, the first by target, the rest by their own ids; else a 303."""
    if not wants_fragments():
        return redirect(otherwise, 303)
    return make_response("".join([changed, *(_out_of_band(piece) for piece in also)]))


def wants_fragments() -> bool:
    """Whether htmx sent this write. Only writes may ask: a GET has one body for everyone entitled."""
    return request.headers.get("HX-Request") == "true" and request.method not in ("GET", "HEAD")


def _out_of_band(piece: Markup) -> str:
    root = re.search(r'\bid="([^"]+)"', piece)
    if root is None:
        raise ValueError("a fragment needs an id at its root")
    return f'<hx-partial hx-target="#{root[1]}" hx-swap="outerHTML">{piece}</hx-partial>'
