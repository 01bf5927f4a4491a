"""What is typed for a report, as values by field."""

from __future__ import annotations

from typing import Any

from wellbeing.domain.reports import LENGTHS, NUMBERS
from wellbeing.models.report import Report

Typed = dict[str, Any]
FIELDS = ("funder", "policy", "issued_on", *LENGTHS, *NUMBERS)
OF_ONE_PERIOD = ("issued_on", "quote", *NUMBERS)  # never first ideas for another period


def typed_in(report: Report) -> Typed:
    """The fields of a report that was saved."""
    return {name: getattr(report, name) for name in FIELDS}


def nothing_typed() -> Typed:
    """The fields before anybody typed."""
    empty: Typed = dict.fromkeys(LENGTHS, "")
    return {"funder": "", "policy": False, "issued_on": None, **empty, **dict.fromkeys(NUMBERS)}


def carried_over(report: Report) -> Typed:
    """Texts of another period as first ideas: what is of that period alone is left out."""
    return {**typed_in(report), **{name: nothing_typed()[name] for name in OF_ONE_PERIOD}}
