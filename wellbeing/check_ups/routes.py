"""`/check-ups`, and the page of one set of questions: answered, passed, wanted or not, looked back on."""

from __future__ import annotations

import uuid
from datetime import date

from flask import Blueprint, Response, abort, redirect
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.check_ups import operations, queries
from wellbeing.check_ups.curves import curve_of
from wellbeing.check_ups.forms import AnswersForm, WishForm, answers_in, field_of, form_for
from wellbeing.check_ups.packs import Pack, offered_in, pack_of
from wellbeing.check_ups.queries import Standing, Taken
from wellbeing.domain.refusals import Refusal
from wellbeing.keyring.current import current_keyring
from wellbeing.models.check_up import CheckUp
from wellbeing.models.person import Person
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import checked, filled, operation_of, sent, typed
from wellbeing.web.fragments import page
from wellbeing.web.guards import participant
from wellbeing.web.locale import help_address, locale_now

bp = Blueprint("check_ups", __name__)


@bp.get("/check-ups")
@participant
def all_of_mine(person: Person) -> Response:
    today = clock.today_for(person, clock.now())
    standings = queries.standings_of(person, offered_in(locale_now()))
    return page(
        "check_ups/check_ups.html",
        agrees=bool(standings) or queries.agrees(person),
        hides=queries.keeps_any(person),
        sets=[_card(standing, today) for standing in standings],
    )


@bp.get("/check-ups/<name>")
@participant
def one_set(person: Person, name: str) -> AnyResponse:
    pack = _found(name)
    return _page(person, pack, filled(form_for(pack), op_id=str(uuid.uuid4())))


@bp.post("/check-ups/<name>")
@participant
def answer(person: Person, name: str) -> AnyResponse:
    pack, today = _found(name), clock.today_for(person, clock.now())
    form = sent(form_for(pack))
    try:
        answers = answers_in(checked(form), pack)
        uid = operation_of(form.op_id.data) or uuid.uuid4().hex
        if answers is None:
            operations.skip(person, pack, today)
        else:
            operations.answer(person, pack, answers, uid, today, current_keyring())
    except Refusal as refusal:
        return _page(person, pack, form, refusal)
    return redirect(f"/check-ups/{pack.id}", 303)


@bp.post("/check-ups/<name>/pass")
@participant
def skip(person: Person, name: str) -> AnyResponse:
    pack = _found(name)
    operations.skip(person, pack, clock.today_for(person, clock.now()))
    return redirect("/check-ups?said=saved.ok", 303)


@bp.post("/check-ups/<name>/wish")
@participant
def wish(person: Person, name: str) -> AnyResponse:
    pack, wanted = _found(name), bool(typed(WishForm).wanted.data)
    operations.want(person, pack, wanted, clock.today_for(person, clock.now()))
    return redirect("/check-ups?said=consent.changed", 303)


@bp.get("/check-ups/answers/<uid>/deletion")
@participant
def ask_deletion(person: Person, uid: str) -> Response:
    found = _taken(person, uid)
    return page("check_ups/deletion.html", check_up=found, pack=pack_of(found.instrument, locale_now()))


@bp.post("/check-ups/answers/<uid>/deletion")
@participant
def delete(person: Person, uid: str) -> AnyResponse:
    operations.delete(person, _taken(person, uid), clock.now())
    return redirect("/check-ups?said=saved.deleted", 303)


def _page(person: Person, pack: Pack, form: AnswersForm, refusal: Refusal | None = None) -> AnyResponse:
    """One set: its questions while one waits, then what was answered. Without a consent the way to give it, instead."""
    today = clock.today_for(person, clock.now())
    standing = next(iter(queries.standings_of(person, [pack])), None)
    if standing is None:
        return redirect("/check-ups", 303)
    words, taken = pack.words[locale_now()], queries.taken_by(person, pack.id, current_keyring())
    curve = curve_of(pack, words, taken)
    refused = refusal.field if refusal else None
    return page(
        "check_ups/set.html",
        422 if refusal else 200,
        pack=pack,
        words=words,
        questions=[_question(pack, form, item, refused, refusal) for item in pack.instrument.items]
        if standing.is_ready(today)
        else [],
        op_id=form.op_id.data or str(uuid.uuid4()),
        sentence=sentence_of(refusal) if refusal and not refused else "",
        next_on=standing.calendar.next_after(today) if standing.wanted else None,
        done=standing.last_taken == today,
        incomplete=bool(taken) and _lacks_an_answer(pack, taken[-1]),
        curve=curve if taken else None,
        help=help_address(),
    )


def _lacks_an_answer(pack: Pack, one: Taken) -> bool:
    return one.answers is not None and pack.instrument.point_of(one.answers) is None


def _question(
    pack: Pack, form: AnswersForm, item: str, refused: str | None, refusal: Refusal | None
) -> dict[str, object]:
    words, name = pack.words[locale_now()], field_of(item)
    return {
        "name": name,
        "question": words.items[item],
        "options": [(str(option), words.options[option]) for option in pack.instrument.options],
        "chosen": form[name].data or "",
        "refused": sentence_of(refusal) if refusal and refused == name else "",
    }


def _card(standing: Standing, today: date) -> dict[str, object]:
    return {
        "pack": standing.pack,
        "words": standing.pack.words[locale_now()],
        "wanted": standing.wanted,
        "ready": standing.is_ready(today),
        "next_on": standing.calendar.next_after(today),
        "taken": standing.last_taken is not None,
    }


def _found(name: str) -> Pack:
    return pack_of(name, locale_now()) or abort(404)


def _taken(person: Person, uid: str) -> CheckUp:
    """One of the person's own; none is found while they are hidden."""
    found = queries.taken(person, uid) if queries.agrees(person) else None
    return found or abort(404)
