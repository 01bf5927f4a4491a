"""What was found, in the reader's words: each card is a sentence, a drawing and a table, and says how it was counted.

Words and sessions come first, weeks last; a card of which there is too little is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from wellbeing.domain import insights
from wellbeing.domain.insights import Change, Week
from wellbeing.domain.moods import LEVELS
from wellbeing.insights import pictures
from wellbeing.insights.pictures import SIDE, SIGN, WEEK, Picture, Table
from wellbeing.insights.queries import Noted
from wellbeing.web.locale import brief_day, day, number, t

NOTHING = "–"
SCALES = ("mood", "calm")


@dataclass(frozen=True)
class Part:
    """One finding: the sentence that says it, its picture, and how it was counted."""

    say: str = field(repr=False)
    picture: Picture
    method: str


@dataclass(frozen=True)
class Card:
    key: str
    title: str
    parts: Sequence[Part]


def words_of(noted: Noted) -> list[Card]:
    """The words used most, in one card."""
    words = insights.usual_words(noted.words, noted.notes_with_words)
    if not words:
        return []
    names = [(t(f"emotion.{word}"), times) for word, times in words]
    heads = (t("ins.col_word"), t("ins.col_notes"))
    table = Table(t("ins.table_words"), heads, [(name, number(times)) for name, times in names])
    lines = [pictures.thread(name, times, words[0][1]) for name, times in names]
    say = t("ins.words", list=", ".join(name for name, _ in names))
    method = t("ins.words_method", n=number(noted.notes_with_words))
    return [Card("words", t("ins.words_title"), [Part(say, Picture("words", SIDE, 16, lines, table), method)])]


def kinds_of(noted: Noted) -> list[Card]:
    """A card for each kind of workshop with three sessions told of before and after, the most frequent first."""
    found: dict[str, dict[str, Change]] = {}
    for (kind, scale), pairs in noted.pairs.items():
        if (change := insights.change_of(pairs)) is not None:
            found.setdefault(kind, {})[scale] = change
    often = {kind: max(change.count for change in changes.values()) for kind, changes in found.items()}
    return [_kind(kind, found[kind], often[kind]) for kind in sorted(found, key=lambda kind: (-often[kind], kind))]


def weeks_of(noted: Noted) -> list[Card]:
    """Weeks with a session and weeks without; then the last ones, one by one."""
    return [*_with_and_without(noted), *_lately(noted)]


def _kind(kind: str, changes: Mapping[str, Change], count: int) -> Card:
    """How many differences were counted is said once, or with each scale where they are not as many."""
    shown = [scale for scale in SCALES if scale in changes]
    alike = len({changes[scale].count for scale in shown}) == 1
    parts = []
    for scale in shown:
        change = changes[scale]
        method = "" if alike and scale != shown[-1] else t("ins.method", n=number(change.count))
        parts.append(Part(t(f"ins.{scale}_{change.way}"), _before_and_after(kind, scale, change), method))
    return Card(kind, t("ins.pairs", kind=t(f"activity.{kind}"), n=number(count)), parts)


def _before_and_after(kind: str, scale: str, change: Change) -> Picture:
    sides = {t("told.before"): change.before, t("told.after"): change.after}
    return _sides(f"{kind}-{scale}", scale, sides, t(f"ins.table_{scale}", kind=t(f"activity.{kind}")))


def _with_and_without(noted: Noted) -> Iterator[Card]:
    found = insights.with_and_without(noted.days, noted.met, noted.today)
    if found is None:
        return
    those, others = found
    sides = {t("ins.with"): those.days, t("ins.without"): others.days}
    picture = _sides("weeks", "mood", sides, t("ins.table_weeks"))
    say = t("ins.weeks", a=t(f"mood.{those.usual}"), b=t(f"mood.{others.usual}"))
    method = t("ins.weeks_method", a=number(those.weeks), b=number(others.weeks))
    yield Card("weeks", t("ins.weeks_title"), [Part(say, picture, method)])


def _sides(key: str, scale: str, sides: Mapping[str, Mapping[int, int]], caption: str) -> Picture:
    """Two lines of drawings, one under the other; the table says how often each level was said on either side."""
    rows = [(t(f"{scale}.{level}"), *(_count(side.get(level, 0)) for side in sides.values())) for level in LEVELS]
    table = Table(caption, (t(f"ins.col_{scale}"), *sides), rows)
    lines = pictures.sides(scale, sides)
    hint = t("ins.bigger") if scale == "mood" else ""
    return Picture(key, SIDE, 50, lines, table, beside=False, ends=_ends(scale), hint=hint)


def _lately(noted: Noted) -> Iterator[Card]:
    found = insights.lately(noted.days, noted.met, noted.today)
    if found is None:
        return
    lines = [pictures.week(_brief(week.monday), week.days, week.sessions > 0) for week in found.weeks]
    heads = (t("thread.col_week"), t("ins.col_usual"), t("thread.col_days"), t("thread.col_sessions"))
    table = Table(t("ins.table_lately"), heads, [_row(week) for week in found.weeks])
    hint = t("ins.sign") if any(week.sessions for week in found.weeks) else ""
    picture = Picture("lately", WEEK + SIGN, 26, lines, table, ends=_ends("mood"), hint=hint)
    say = t("ins.lately", n=number(found.noted), of=number(len(found.weeks)), mood=t(f"mood.{found.usual}"))
    yield Card("lately", t("thread.table"), [Part(say, picture, t("ins.lately_method"))])


def _row(week: Week) -> tuple[str, ...]:
    usual = t(f"mood.{week.usual}") if week.usual else NOTHING
    return day(week.monday), usual, _count(sum(week.days.values())), _count(week.sessions)


def _brief(monday: date) -> str:
    return " ".join(brief_day(monday)[1:])


def _ends(scale: str) -> tuple[str, str]:
    return t(f"{scale}.{LEVELS[0]}"), t(f"{scale}.{LEVELS[-1]}")


def _count(times: int) -> str:
    return number(times) if times else NOTHING
