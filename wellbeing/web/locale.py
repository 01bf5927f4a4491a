"""The reader's language: messages by key, and dates, times and numbers as that language writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Flask, current_app, g, request
from flask import session as cookie
from flask_babel import Babel, force_locale, get_locale, get_translations
from flask_login import current_user

from wellbeing.config import LOCALES
from wellbeing.web.display import is_simple, simply

NO_BREAK = "\u00a0"


class Words(NamedTuple):
    """A language and its catalogue."""

    locale: str
    said: Callable[[str], str]


class MissingMessage(Exception):
    """A key that the catalogue of the reader's language does not hold: a mistake of ours, found by tests."""


def init_app(app: Flask) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    app.config["BABEL_DEFAULT_LOCALE"] = app.config["LE_FIL"].default_locale
    Babel(app, locale_selector=_reader_locale)
    written = (
        day, brief_day, long_day, full_day, days, month_name, month_alone, clock_time, when, when_year, weekday_names,
        weekdays, number,
    )  # fmt: skip
    for name in (t, tn, *written):
        app.add_template_global(name)
    app.add_template_global(help_address)
    app.add_template_global(is_simple, "simple")
    app.add_template_global(locale_now, "locale")


def _reader_locale() -> str:
    """The person's own choice; else the one made on this device; else what the browser asks for; else the host's."""
    if current_user and current_user.is_authenticated:
        return str(current_user.person.locale)
    if cookie.get("locale") in LOCALES:
        return str(cookie["locale"])
    default: str = current_app.config["LE_FIL"].default_locale
    return request.accept_languages.best_match(LOCALES, default=default) or default


def _words() -> Words:
    """The reader's, looked up once a request: a page says fifty things."""
    words: Words | None = g.get("words")
    if words is None:
        g.words = words = Words(str(get_locale())[:2], get_translations().gettext)
    return words


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Everything inside is said in this language, whoever reads it."""
    before = g.pop("words", None)
    with force_locale(locale):
        try:
            yield
        finally:
            g.pop("words", None)
            if before is not None:
                g.words = before


def locale_now() -> str:
    """`fr` or `en`."""
    return _words().locale


def t(key: str, **values: object) -> str:
    """The message of this key, with its `{placeholders}` filled; in the simple version its plainer words, if any.

    Raises MissingMessage for an unknown key.
    """
    said = simply(key)
    text = _words().said(said)
    if text == said:
        raise MissingMessage(said)
    return text.format(**values) if values else text


def t_in(locale: str, key: str) -> str:
    """The message of this key in one language, whoever reads it."""
    with speaking(locale):
        return t(key)


def tn(key: str, n: int, **values: object) -> str:
    """As `t`, with `key_one` as the singular: French uses it for 0 and 1, English for 1."""
    single = n <= 1 if locale_now() == "fr" else n == 1
    return t(f"{key}_one" if single else key, n=number(n), **values)


def help_address() -> str:
    """Where the numbers to call stand: the page that a device keeps, or for the simple version the one that is made for
    its reader; without network the kept one is shown in its place.
    """
    return "/help" if is_simple() else f"/help/{locale_now()}"


def number(n: int) -> str:
    """Digits, parted by thousands: 4 000 with a narrow no-break space in French, 4,000 in English."""
    return f"{n:,}".replace(",", "\u202f") if locale_now() == "fr" else f"{n:,}"


def day(d: date) -> str:
    """« 26 novembre », « 1er mars » / "26 November"."""
    return _written(d, "d MMMM")


def brief_day(d: date) -> tuple[str, str, str]:
    """The three lines of a date in a list: « jeu. », « 26 », « nov. » / "Thu", "26", "Nov"."""
    return _written(d, "EEE"), str(d.day), _written(d, "MMM")


def long_day(d: date) -> str:
    """« jeudi 26 novembre » / "Thursday 26 November"."""
    return _written(d, "EEEE d MMMM")


def full_day(d: date) -> str:
    """« jeudi 26 novembre 2026 » / "Thursday 26 November 2026"."""
    return _written(d, "EEEE d MMMM y")


def days(first: date, last: date, *, year: bool = False) -> str:
    """One day, or several: « du samedi 28 novembre au dimanche 29 novembre »."""
    written = full_day if year else long_day
    return written(first) if first == last else t("ws.days", first=long_day(first), last=written(last))


def month_name(d: date) -> str:
    """« novembre 2026 » / "November 2026"."""
    return _written(d, "LLLL y")


def month_alone(d: date) -> str:
    """« novembre » / "November"."""
    return _written(d, "LLLL")


def weekday_names() -> list[str]:
    """Short names, Monday first."""
    return [
        format_date(date(2024, 1, n), "EEEEEE" if locale_now() == "fr" else "EEE", locale_now()) for n in range(1, 8)
    ]


def weekdays() -> list[str]:
    """Whole names, Monday first: « lundi » / "Monday"."""
    return [format_date(date(2024, 1, n), "EEEE", locale_now()) for n in range(1, 8)]


def clock_time(moment: datetime | time) -> str:
    """The wall clock of a local or offset-aware datetime: « 18 h 30 » and "6:30 pm", with no-break spaces."""
    if locale_now() == "fr":
        return f"{moment.hour}{NO_BREAK}h{NO_BREAK}{moment.minute:02d}"
    return f"{moment.hour % 12 or 12}:{moment.minute:02d}{NO_BREAK}{'am' if moment.hour < 12 else 'pm'}"


def when(instant: datetime, zone: str) -> str:
    """An instant as read on a clock of that zone: « jeudi 26 novembre, 18 h 30 »."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{long_day(local.date())}, {clock_time(local)}"


def when_year(instant: datetime, zone: str) -> str:
    """The same with its year: « jeudi 26 novembre 2026, 18 h 30 »."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{full_day(local.date())}, {clock_time(local)}"


def _written(d: date, pattern: str) -> str:
    return _dated(d, pattern, locale_now())


@lru_cache(maxsize=4096)
def _dated(d: date, pattern: str, locale: str) -> str:
    """A year says each of its days: every day is written once."""
    text = format_date(d, pattern, locale)
    return text.replace("1 ", "1er ", 1) if locale == "fr" and d.day == 1 and "d" in pattern else text
