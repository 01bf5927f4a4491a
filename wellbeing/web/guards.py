"""Who may open a page. Every view declares its audience; one that does not stops the start.

`@public` · `@signed_in` and `@participant` (a person about themselves) · `@member` (either role in a group) ·
`@facilitator` · `@steward`; and beneath the audience `@fresh`, for powers: only within ten minutes of a key.
`@member`, `@facilitator` and `@steward` are answered behind the wall: SQL that names an entry, a note, a reflection,
a keepsake, a page of a book, a check-up, a silence, an attendance, a consent, a reminder, a passkey or who raised a
flag is refused meanwhile, whatever the code tries.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Flask, abort, current_app, g, has_request_context, jsonify, make_response, redirect, request
from flask_login import current_user
from sqlalchemy import Engine, event
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from wellbeing import access, clock
from wellbeing.models.person import Person
from wellbeing.web import logs, programs

View = Callable[..., Any]
WALLED_TABLES = re.compile(
    r"\b(entry|entry_emotion|entry_past|note|note_copy|early_note|reflection|reflection_past|keepsake|keepsake_copy|book_page|"
    r"check_up|check_up_wish|silence|attendance|calendar_feed|flag_raiser|consent|logged_year|import_draft|pace|pause|"
    r"operation|reminder|reminder_sent|date_news|push_subscription|entity_state|person_key|passkey|key_change)\b",
    re.IGNORECASE,
)


class WallBreached(Exception):
    """A facilitator's or steward's page tried to read what belongs to a person. A fault of ours: 500, never data."""


def public(view: View) -> View:
    view.audience = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """The view is handed the person who is signed in; others are sent to sign in."""
    return _for("signed_in", view, _anyone)


def participant(view: View) -> View:
    """A person about themselves. Facilitators and stewards keep a private journal like anyone."""
    return _for("participant", view, _anyone)


def member(view: View) -> View:
    """Whoever belongs to the group, in either role; the view finds the group through the person."""
    return _for("member", view, _anyone, walled=True)


def facilitator(view: View) -> View:
    """Someone who leads a group or was invited to create one."""
    return _for("facilitator", view, access.may_facilitate, walled=True)


def steward(view: View) -> View:
    return _for("steward", view, access.is_steward, walled=True)


def fresh(view: View) -> View:
    """Only within ten minutes of a key; later, the page where one is asked for comes first.

    It stands beneath the audience, so that who may not open the view at all is told so, whenever they last used a key.
    """

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs) if is_fresh() else _key_first()

    guarded.fresh = True  # type: ignore[attr-defined]
    return guarded


def is_fresh() -> bool:
    """Whether this device used a key within ten minutes; signing in was one."""
    return bool(current_user.device.fresh_until > clock.now())


def current_person() -> Person | None:
    """Who is signed in, on a page that anyone may open."""
    return current_user.person if current_user.is_authenticated else None


def _anyone(_: Person) -> bool:
    return True


def _for(audience: str, view: View, entitled: Callable[[Person], bool], walled: bool = False) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_authenticated:
            return _sign_in_first()
        person: Person = current_user.person
        g.walled = walled
        if not entitled(person):
            logs.event("access", result="refused", audience=audience)
            abort(404)
        return view(person, *args, **kwargs)

    guarded.audience = audience  # type: ignore[attr-defined]
    return guarded


def _sign_in_first() -> Response:
    """A page leads to the sign-in page and back; a fragment, a program or a write gets 401 and nothing to swap."""
    piece = request.headers.get("HX-Request") == "true" or request.path.startswith("/fragments/")
    if request.method != "GET" or piece or programs.asked():
        abort(401)
    return redirect("/sign-in" if request.path == "/" else f"/sign-in?next={quote(request.full_path.rstrip('?'))}", 303)


def _key_first() -> Response:
    """A page or a form leads to the page that asks for a key, and back to where one stood; a program and a piece of a
    page get 403 and the address of it.
    """
    address = f"/step-up?next={quote(_where_one_stood())}"
    if programs.asked():
        return make_response(jsonify(error="step_up", address=address), 403)
    if request.headers.get("HX-Request") == "true":
        return make_response("", 403, {"HX-Redirect": address})
    return redirect(address, 303)


def _where_one_stood() -> str:
    """The page that was asked for; for a write, the page of its form, or the nearest above it that can be opened."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    came_from = urlsplit(request.referrer or "")
    ours = f"{came_from.scheme}://{came_from.netloc}" == current_app.config["LE_FIL"].public_url
    path = came_from.path if ours else "/"
    while path.strip("/") and not _opens(path):
        path = path.rpartition("/")[0]
    return safe_next(path)


def _opens(path: str) -> bool:
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return False
    return True


@event.listens_for(Engine, "before_cursor_execute")
def _hold_the_wall(_connection: object, _cursor: object, statement: str, *_: object) -> None:
    if has_request_context() and g.get("walled") and WALLED_TABLES.search(statement):
        raise WallBreached


def check_audiences(app: Flask) -> None:
    """Called once every feature is registered. Raises RuntimeError naming the views without an audience."""
    without = [name for name, view in app.view_functions.items() if not hasattr(view, "audience")]
    if without:
        raise RuntimeError(f"these views declare no audience: {', '.join(sorted(without))}")


def safe_next(given: str | None, default: str = "/") -> str:
    """Where to go after signing in: an address of ours, or the default. Never another site."""
    if given and given.startswith("/") and not given.startswith(("//", "/\\")) and given.isprintable():
        return given
    return default
