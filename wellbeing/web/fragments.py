"""Pieces of pages, and the two ways to answer a write: fragments to htmx, a 303 to a plain form.

A fragment is rendered from its declared inputs and nothing else, so its bytes are the same in a page and alone.
"""

from __future__ import annotations

import re
from typing import cast

from flask import Flask, Response, current_app, make_response, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from wellbeing.web.templates import Templates


def init_app(app: Flask) -> None:
    app.add_template_global(fragment)


def fragment(template: str, **inputs: object) -> Markup:
    """Render `folder/_name.html` from these inputs alone: no page context, no signed-in person."""
    # What Jinja rendered under autoescape is HTML already; this marks it so, once, for the page around it.
    return Markup(_templates().get_template(template).render(inputs))  # noqa: S704


def page(template: str, status: int = 200, **inputs: object) -> Response:
    """Render a whole page."""
    return make_response(whole(template, **inputs), status)


def whole(template: str, **inputs: object) -> str:
    """A page, or what is no page, with what every page's frame needs to know."""
    current_app.update_template_context(inputs)
    return _templates().get_template(template).render(inputs)


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


def _templates() -> Templates:
    return cast(Templates, current_app.jinja_env).for_reader()
