"""`/book` and the page of one date in it. These pages are a person's own, and stand on their side of the wall."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.books import operations, queries
from wellbeing.books.forms import PageForm
from wellbeing.books.queries import UNREADABLE, Dated, Written
from wellbeing.books.refusals import PageChanged
from wellbeing.domain.refusals import Refusal
from wellbeing.keyring.current import current_keyring
from wellbeing.models.book import TEXTS
from wellbeing.models.person import Person
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import checked, filled, sent
from wellbeing.web.fragments import page
from wellbeing.web.guards import participant

bp = Blueprint("books", __name__)


@bp.get("/book")
@participant
def book(person: Person) -> Response:
    if not queries.keeps_a_book(person):
        abort(404)
    return page("books/book.html", pages=queries.pages_of(person))


@bp.get("/groups/<uid>/workshops/<wid>/book")
@participant
def of_a_date(person: Person, uid: str, wid: str) -> Response:
    workshop = _found(person, uid, wid)
    written = queries.written(person, workshop, current_keyring())
    return _page(workshop, filled(PageForm, edition=written.edition, **written.texts), written)


@bp.post("/groups/<uid>/workshops/<wid>/book")
@participant
def write(person: Person, uid: str, wid: str) -> AnyResponse:
    workshop, form = _found(person, uid, wid), sent(PageForm)
    try:
        operations.write(person, workshop, checked(form).texts(), form.seen(), current_keyring(), clock.now())
    except Refusal as refusal:
        return _page(workshop, form, queries.written(person, workshop, current_keyring()), refusal)
    still = queries.dated(person, uid, wid) is not None  # whoever left the team and takes a page back has none to see
    return redirect(f"{workshop.address}/book?said=saved.ok" if still else "/?said=saved.ok", 303)


def _page(workshop: Dated, form: PageForm, written: Written, refusal: Refusal | None = None) -> Response:
    """The page with what was typed; after another device wrote, what it wrote stands beside, and saving again holds."""
    beside = written.texts if isinstance(refusal, PageChanged) else {}
    if beside:
        form.edition.data = written.edition
    return page(
        "books/page.html",
        422 if refusal else 200,
        workshop=workshop,
        edition=form.edition.data or "",
        typed={name: form[name].data or "" for name in TEXTS},
        unreadable=[name for name in TEXTS if written.texts[name] is UNREADABLE],
        beside={name: text for name, text in beside.items() if text and text != (form[name].data or "")},
        refused=refusal.field if refusal else None,
        sentence=sentence_of(refusal) if refusal else "",
    )


def _found(person: Person, uid: str, wid: str) -> Dated:
    return queries.dated(person, uid, wid) or abort(404)
