"""The page of a report, put together: the sheet, its annex, the form of its texts, and what to read again in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from flask import Response, current_app
from markupsafe import Markup

from wellbeing.domain.refusals import Refusal
from wellbeing.domain.reports import FUNDERS, LENGTHS
from wellbeing.domain.wording import avoided_in
from wellbeing.models.group import Group
from wellbeing.models.report import Report
from wellbeing.report import queries, sheet
from wellbeing.report.annex import annex
from wellbeing.report.figures import figures_of
from wellbeing.report.forms import ReportForm
from wellbeing.report.queries import Period
from wellbeing.report.typed import FIELDS, Typed, carried_over, nothing_typed, typed_in
from wellbeing.web.errors import sentence_of
from wellbeing.web.fragments import fragment, page
from wellbeing.web.locale import t
from wellbeing.web.periods import bounds

CERFA = "15059"  # the form of the financial report of a grant: a number, which no catalogue holds


@dataclass(frozen=True)
class Aside:
    """Texts that a colleague saved and that others took the place of: what differs, by its label."""

    uid: str
    texts: list[tuple[str, str]]


def report(
    led: Group,
    period: Period,
    now: datetime,
    *,
    asked: Mapping[str, str] | None = None,
    form: ReportForm | None = None,
    refusal: Refusal | None = None,
) -> Response:
    """The page of one period. `form`, or the dates `asked` for, were refused, and are shown as they were typed."""
    kept = queries.kept(led, period)
    holds = kept[0] if kept else None
    shown = typed_in(holds) if holds else nothing_typed()
    figures = figures_of(led, period, now)
    return page(
        "report/report.html",
        422 if refusal else 200,
        group=led,
        address=address(led, period),
        csv=address(led, period).replace("/report?", "/report.csv?"),
        others=[(said(other), address(led, other)) for other in queries.periods(led) if other != period],
        closing=figures.closing,
        uncounted=figures.uncounted,
        sheet=fragment(
            "report/_sheet.html",
            name=led.name,
            period=said(period),
            typed=shown,
            keys=sheet.key_figures(figures),
            parts=sheet.parts(led, figures, shown),
            method=sheet.method(),
        ),
        annex=fragment("report/_annex.html", annex=annex(figures)),
        words=_words(shown),
        texts=_texts(led, period, holds, asked or {}, form, refusal),
        asides=[_aside(before, shown) for before in kept[1:]],
    )


def address(led: Group, period: Period, saying: str = "") -> str:
    asked = {"from": period[0].isoformat(), "to": period[1].isoformat()} | ({"said": saying} if saying else {})
    return f"/groups/{led.uid}/report?{urlencode(asked)}"


def said(period: Period) -> str:
    return t("trend.period", **bounds(*period, year=True))


def _texts(
    led: Group,
    period: Period,
    holds: Report | None,
    asked: Mapping[str, str],
    form: ReportForm | None,
    refusal: Refusal | None,
) -> Markup:
    """The form: as it was typed, as it was saved, or with the texts of the team's latest report as first ideas."""
    before = None if holds or form else queries.latest(led)
    ideas = typed_in(holds) if holds else carried_over(before) if before else _first_ideas(led)
    dates = {"from": period[0].isoformat(), "to": period[1].isoformat()}
    values = {name: _written(ideas[name]) for name in FIELDS} | dates | {n: asked[n] for n in dates if n in asked}
    if form is not None:
        values = {name: str(form[name].data or "") for name in (*dates, *FIELDS)}
    return fragment(
        "report/_texts.html",
        action=f"/groups/{led.uid}/report",
        values=values,
        seen=form.given("seen") if form else holds.uid if holds else "",
        lengths=LENGTHS,
        funders=FUNDERS,
        cerfa=CERFA,
        carried=said((before.starts_on, before.ends_on)) if before else "",
        refused=refusal.field if refusal else None,
        sentence=sentence_of(refusal) if refusal else "",
    )


def _first_ideas(led: Group) -> Typed:
    return {
        **nothing_typed(),
        "association": current_app.config["LE_FIL"].data_controller[: LENGTHS["association"]],
        "action": led.name[: LENGTHS["action"]],
    }


def _written(value: object) -> str:
    """A value as a field of a form holds it."""
    if isinstance(value, bool):
        return "1" if value else ""
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _words(shown: Typed) -> list[tuple[str, str, str]]:
    """What the wording bank would write otherwise: the field, the word, and why. Nothing is refused for it."""
    return [
        (t(f"rep.{name}"), avoided.word, t(f"rep.why_{avoided.reason}"))
        for name in LENGTHS
        for avoided in avoided_in(shown[name])
    ]


def _aside(before: Report, shown: Typed) -> Aside:
    texts = [
        (t(f"rep.{name}"), _written(value))
        for name, value in typed_in(before).items()
        if value != shown[name] and name not in ("funder", "policy") and _written(value)
    ]
    return Aside(before.uid, texts)
