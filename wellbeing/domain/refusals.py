"""Every refusal has a name, and its sentence is a key of the catalogue.

A rule raises; `web/errors.py` answers 422 and puts it into words, once. A refusal's own text is its key and nothing
else: what a person typed never reaches a log by way of an exception.
"""

from __future__ import annotations

from typing import ClassVar


class Refusal(Exception):
    """Something a person asked for that cannot be done, and why.

    `key` is the sentence in the catalogue, `field` the form field it stands beside (None: above the form), `values`
    what the sentence's placeholders take.
    """

    key: ClassVar[str] = "err.unknown"
    field: str | None = None

    def __init__(self, *, field: str | None = None, **values: object) -> None:
        """`field` says where, when the rule is used by a form whose field has another name."""
        super().__init__(self.key)
        if field is not None:
            self.field = field
        self.values: dict[str, object] = values


# --- the journal ------------------------------------------------------------------------------------------------------
class MoodOutOfRange(Refusal):
    """A mood, an energy or a calm is a whole number from 1 to 5."""

    key = "err.scale"
    field = "mood"


class UnknownEmotion(Refusal):
    """An emotion word is one of the twenty-five."""

    key = "err.emotion"
    field = "emotions"


class RepeatedEmotion(Refusal):
    """A word is chosen once."""

    key = "err.emotion_twice"
    field = "emotions"


class TooManyEmotions(Refusal):
    """Three words at most."""

    key = "words.full"
    field = "emotions"


class NoteTooLong(Refusal):
    """A note holds 4 000 characters at most."""

    key = "err.too_long"
    field = "note"


class UnreadableText(Refusal):
    """A text holds a character that nothing can show: NUL, or half of a pair."""

    key = "err.unreadable"


# --- days -------------------------------------------------------------------------------------------------------------
class ImpossibleDate(Refusal):
    """Not a date, not a date with an hour, or one that no journal holds."""

    key = "err.date"
    field = "felt_at"


class DayNotYetHere(Refusal):
    """A day that has not begun for this person."""

    key = "err.date"
    field = "felt_at"


class UnknownZone(Refusal):
    """Not the name of a time zone."""

    key = "err.zone"
    field = "timezone"


# --- workshops --------------------------------------------------------------------------------------------------------
class WorkshopTooOld(Refusal):
    """Attendance is declared up to 14 days after the workshop."""

    key = "err.window"


class WorkshopNotYetHere(Refusal):
    """Nobody was at a workshop that has not begun."""

    key = "err.not_begun"


class WorkshopCancelled(Refusal):
    """Nobody was at a workshop that did not take place."""

    key = "ws.cancelled"


class CodeNotOpen(Refusal):
    """A workshop's code opens 60 minutes before the start and closes 24 hours after the end."""

    key = "check.closed"


class HeadcountImpossible(Refusal):
    """Nobody counts more newcomers, or more people without a phone, than people."""

    key = "fac.count_bad"
    field = "present"


class EndsBeforeStart(Refusal):
    """A season ends on the day of its first workshop, or later."""

    key = "err.until_before"
    field = "until"


class SeasonTooLong(Refusal):
    """A season is planned for two years at most."""

    key = "err.until_far"
    field = "until"


class SeasonWithoutEnd(Refusal):
    """Workshops that repeat need a last day."""

    key = "err.until_missing"
    field = "until"


class UnknownRepeat(Refusal):
    """Workshops are held once, weekly, fortnightly or monthly."""

    key = "err.choice"
    field = "repeat"


# --- the thread -------------------------------------------------------------------------------------------------------
class UnknownPace(Refusal):
    """A pace is 1, 2, 3, 5 or 7 days."""

    key = "err.choice"
    field = "goal"


# --- names ------------------------------------------------------------------------------------------------------------
class NameMissing(Refusal):
    """A name holds at least one sign that can be seen."""

    key = "err.name_missing"
    field = "name"


class NameTooLong(Refusal):
    """A name holds 120 characters at most. The sentence says `n`."""

    key = "err.name_long"
    field = "name"


# --- ways in ----------------------------------------------------------------------------------------------------------
class CodeOpensNothing(Refusal):
    """Unknown, expired, used, foreign or badly typed: one answer."""

    key = "err.code"
    field = "code"


class InvitationOpensNothing(Refusal):
    """Unknown, expired, used or withdrawn: one answer."""

    key = "err.invite"


class PhraseOpensNothing(Refusal):
    """Unknown, wrong or badly typed: one answer."""

    key = "err.phrase"
    field = "phrase"


class TooYoung(Refusal):
    """A journal is for people of 15 and over. The sentence names the `controller`."""

    key = "consent.under_15"
    field = "age_ok"


# --- forms ------------------------------------------------------------------------------------------------------------
class RepeatedField(Refusal):
    """A field that holds one answer was sent twice."""

    key = "err.repeated"
