"""The page of one's data, and the page that says what a file holds before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Response

from wellbeing.domain.days import local_date_of
from wellbeing.domain.moods import LEVELS
from wellbeing.domain.refusals import JournalOff, Refusal
from wellbeing.models.person import Person
from wellbeing.portability.brought import MOST, Held
from wellbeing.portability.queries.drafts import new_ones
from wellbeing.portability.refusals import TooManyMoods, WrongLine
from wellbeing.web.errors import sentence_of
from wellbeing.web.fragments import page
from wellbeing.web.locale import number, t, tn


@dataclass(frozen=True)
class Counted:
    """What the page says of the moods of a file: how many, how many new, how many with a note, and their days."""

    moods: int
    fresh: int
    notes: int
    first: date
    last: date


def data(refusal: Refusal | None = None, status: int = 422, said: str = "") -> Response:
    """« Mes données »; with why a file was not taken, or what came of one."""
    sentence = sentence_for(refusal) if refusal else ""
    return page("portability/data.html", status if refusal else 200, sentence=sentence, outcome=said)


def contents(person: Person, held: Held, levels: Mapping[str, int | None], refusal: Refusal | None = None) -> Response:
    """What a file holds, and what would be added."""
    return page(
        "portability/import.html",
        422 if refusal else 200,
        counted=_counted(person, held),
        waiting=len(held.waiting),
        whole=held.whole,
        names=[(name, count, levels.get(name)) for name, count in held.names.items()],
        scale=LEVELS,
        sentence=sentence_for(refusal) if refusal else "",
        journal_off=isinstance(refusal, JournalOff),
    )


def sentence_for(refusal: Refusal) -> str:
    """Why nothing was imported, in the reader's words; of a line its number and what is wrong there."""
    if isinstance(refusal, WrongLine):
        return t(refusal.key, n=number(refusal.line), reason=t(refusal.reason))
    return t(refusal.key, n=number(MOST)) if isinstance(refusal, TooManyMoods) else sentence_of(refusal)


def outcome(counts: Mapping[str, str]) -> str:
    """What an import came to, from the counts in the address that it led to: nobody else's, and no more than counts."""
    n = {name: int(counts[name]) for name in ("added", "arrived", "over") if counts.get(name, "").isdecimal()}
    said = []
    if n.get("added") == 0 or (n.get("arrived") == 0 and not n.get("over")):
        said.append(t("data.import_again"))
    elif "added" in n:
        said.append(tn("data.import_done", n["added"]))
    if n.get("arrived"):
        said.append(tn("data.import_arrived", n["arrived"]))
    if n.get("over"):
        said.append(tn("data.import_over", n["over"]))
    return " ".join(said)


def _counted(person: Person, held: Held) -> Counted | None:
    if not held.entries:
        return None
    days = [local_date_of(entry.felt_at) for entry in held.entries]
    notes = sum(entry.note is not None for entry in held.entries)
    return Counted(len(held.entries), len(new_ones(person, held.entries)), notes, min(days), max(days))
