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

    def __init_subclass__(cls, key: str | None = None, field: str | None = None) -> None:
        """A refusal names its sentence, and its usual field if it has one, where it names itself."""
        cls.key = cls.key if key is None else key
        cls.field = cls.field if field is None else field

    def __init__(self, *, field: str | None = None, **values: object) -> None:
        """`field` says where, when the rule is used by a form whose field has another name."""
        super().__init__(self.key)
        if field is not None:
            self.field = field
        self.values: dict[str, object] = values


# --- the journal ------------------------------------------------------------------------------------------------------
class MoodOutOfRange(Refusal, key="err.scale", field="mood"):
    """A mood, an energy or a calm is a whole number from 1 to 5."""


class UnknownEmotion(Refusal, key="err.emotion", field="emotions"):
    """An emotion word is one of the twenty-five."""


class RepeatedEmotion(Refusal, key="err.emotion_twice", field="emotions"):
    """A word is chosen once."""


class TooManyEmotions(Refusal, key="words.full", field="emotions"):
    """Three words at most."""


class NoteTooLong(Refusal, key="err.too_long", field="note"):
    """A note holds 4 000 characters at most."""


class UnreadableText(Refusal, key="err.unreadable"):
    """A text holds a character that nothing can show: NUL, or half of a pair."""


class JournalOff(Refusal, key="empty.journal_off"):
    """Nothing that a person says of themselves is stored without their consent to store it."""


# --- days -------------------------------------------------------------------------------------------------------------
class ImpossibleDate(Refusal, key="err.date", field="felt_at"):
    """Not a date, not a date with an hour, or one that no journal holds."""


class DayNotYetHere(Refusal, key="err.date", field="felt_at"):
    """A day that has not begun for this person."""


class UnknownZone(Refusal, key="err.zone", field="timezone"):
    """Not the name of a time zone."""


# --- workshops --------------------------------------------------------------------------------------------------------
class WorkshopTooOld(Refusal, key="err.window"):
    """Attendance is declared up to 14 days after the workshop."""


class WorkshopNotYetHere(Refusal, key="err.not_begun"):
    """Nobody was at a workshop that has not begun."""


class WorkshopCancelled(Refusal, key="ws.cancelled"):
    """Nobody was at a workshop that did not take place."""


class CodeNotOpen(Refusal, key="check.closed"):
    """A workshop's code opens 60 minutes before the start and closes 24 hours after the end."""


class AnswersNotYetOpen(Refusal, key="err.answers_early"):
    """What was felt before is said from an hour ahead of the workshop, what was felt after from its start."""


class AnswersClosed(Refusal, key="err.answers_closed"):
    """What was felt before is first said until the end of the workshop, what was felt after until two days later."""


class BelongAndSize(Refusal, key="err.answers_both", field="size"):
    """Of the two questions that take turns, one is answered."""


class HeadcountImpossible(Refusal, key="fac.count_bad", field="present"):
    """Nobody counts more newcomers, or more people without a phone, than people."""


class EndsBeforeStart(Refusal, key="err.until_before", field="until"):
    """A season ends on the day of its first workshop, or later."""


class SeasonTooLong(Refusal, key="err.until_far", field="until"):
    """A season is planned for two years at most."""


class SeasonWithoutEnd(Refusal, key="err.until_missing", field="until"):
    """Workshops that repeat need a last day, or a number of times."""


class EndsTwice(Refusal, key="err.until_twice", field="count"):
    """A last day and a number of times are two ends, which may contradict one another."""


class ImpossibleTimes(Refusal, key="err.times", field="count"):
    """A number of times is a whole number from 1 to 100."""


class UnknownRepeat(Refusal, key="err.choice", field="repeat"):
    """Workshops are held once, weekly, fortnightly or monthly, on the dates of a list, or as one stage."""


class ImpossibleLength(Refusal, key="err.minutes", field="minutes"):
    """A workshop lasts from 5 minutes to 4 days: a week-end stage is one workshop."""


class ImpossibleSlot(Refusal, key="err.slot_minutes", field="slots"):
    """A slot of a stage lasts from 5 minutes to a day; there are 12 at most, within 4 days."""


class SlotsOverlap(Refusal, key="err.slots", field="slots"):
    """The slots of a stage follow one another."""


# --- the thread -------------------------------------------------------------------------------------------------------
class UnknownPace(Refusal, key="err.choice", field="goal"):
    """A pace is 1, 2, 3, 5 or 7 days."""


# --- names ------------------------------------------------------------------------------------------------------------
class NameMissing(Refusal, key="err.name_missing", field="name"):
    """A name holds at least one sign that can be seen."""


class NameTooLong(Refusal, key="err.name_long", field="name"):
    """A name holds 120 characters at most. The sentence says `n`."""


# --- ways in ----------------------------------------------------------------------------------------------------------
class CodeOpensNothing(Refusal, key="err.code", field="code"):
    """Unknown, expired, used, foreign or badly typed: one answer."""


class InvitationOpensNothing(Refusal, key="err.invite"):
    """Unknown, expired, used or withdrawn: one answer."""


class PhraseOpensNothing(Refusal, key="err.phrase", field="phrase"):
    """Unknown, wrong or badly typed: one answer."""


class FormUsed(Refusal, key="err.form_used"):
    """The form has made an account already, and its answer arrived."""


class LastSteward(Refusal, key="err.last_steward"):
    """An installation keeps somebody who runs it."""


class TooYoung(Refusal, key="consent.under_15", field="age_ok"):
    """A journal is for people of 15 and over. The sentence names the `controller`."""


# --- numbers that everybody sees --------------------------------------------------------------------------------------
class FlaggedAlready(Refusal, key="grp.flag_again"):
    """One number of a group is called wrong by one person, once in 84 days."""


class UnknownVerdict(Refusal, key="err.choice", field="verdict"):
    """A number called wrong is right, or it is wrong."""


class OwnGroup(Refusal, key="org.flag_own"):
    """Whoever runs a group, or ran it meanwhile, does not say whether its numbers are right."""


# --- forms ------------------------------------------------------------------------------------------------------------
class RepeatedField(Refusal, key="err.repeated"):
    """A field that holds one answer was sent twice."""
