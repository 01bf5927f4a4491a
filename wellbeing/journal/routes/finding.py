"""`/journal/search`: one's own notes found again.

What is looked for is as private as what is found, so it travels in the body of a POST: an address is kept by histories,
proxies and logs, and read over a shoulder. This POST only reads. With a script its answer takes its place in the page,
whose address stays the same, so that going back asks for nothing; nothing of it is written anywhere.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response

from wellbeing.domain.emotions import MIXED, QUADRANTS
from wellbeing.domain.refusals import Refusal
from wellbeing.journal.finding import queries
from wellbeing.journal.finding.forms import LONGEST, FindForm
from wellbeing.journal.finding.queries import Results
from wellbeing.keyring.current import current_keyring
from wellbeing.models.person import Person
from wellbeing.web import logs
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import checked, filled, sent
from wellbeing.web.fragments import fragment, page, wants_fragments
from wellbeing.web.guards import participant

bp = Blueprint("finding", __name__)


@bp.get("/journal/search")
@participant
def search(person: Person) -> Response:
    return _answer(filled(FindForm), queries.groups_met(person))


@bp.post("/journal/search")
@participant
def find(person: Person) -> Response:
    form, groups = sent(FindForm), queries.groups_met(person)
    try:
        sought = checked(form).sought(dict(groups)) or abort(404)
    except Refusal as refusal:
        return _answer(form, groups, refusal=refusal)
    results = queries.found(person, sought, form.asked_page(), current_keyring())
    if results.unread:
        logs.event("words_unreadable")
    return _answer(form, groups, results)


def _answer(
    form: FindForm, groups: list[tuple[str, str]], results: Results | None = None, refusal: Refusal | None = None
) -> Response:
    """The results alone to a script, with the page to a form; a refusal stands beside its field, or in their place."""
    sentence, refused = (sentence_of(refusal), refusal.field or "results") if refusal else ("", None)
    status = 422 if refusal else 200
    asked = {name: typed for name, typed in form.data.items() if name != "page"}
    alone = wants_fragments()
    said = sentence if alone or refused not in asked else ""
    answer = fragment("journal/_results.html", results=results, asked=asked, sentence=said)
    if alone:
        return make_response(answer, status)
    around = {"quadrants": QUADRANTS, "mixed": MIXED, "longest": LONGEST}
    return page(
        "journal/search.html",
        status,
        form=form,
        groups=groups,
        answer=answer,
        refused=refused,
        sentence=sentence,
        **around,
    )
