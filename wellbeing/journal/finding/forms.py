"""From what was typed to what is looked for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from wtforms import Form, StringField

from wellbeing.domain import emotions
from wellbeing.domain.days import read_day
from wellbeing.domain.finding import terms_of
from wellbeing.domain.refusals import ImpossibleDate, UnknownEmotion
from wellbeing.journal.finding.refusals import DatesTurnedRound, NothingToFind, WordsTooLong
from wellbeing.journal.finding.sought import Sought
from wellbeing.web.forms import private_words

LONGEST = 100
MOST_PAGES = 10_000


class FindForm(Form):
    words = StringField()
    emotion = StringField()
    group = StringField()
    since = StringField()
    until = StringField()
    page = StringField()

    def sought(self, groups: Collection[str]) -> Sought | None:
        """What is looked for, among these uids of groups; None for a group that is not among them.

        Raises WordsTooLong, UnreadableText, UnknownEmotion, ImpossibleDate, DatesTurnedRound, or NothingToFind.
        """
        if len(self.words.data or "") > LONGEST:
            raise WordsTooLong(n=LONGEST)
        words = private_words(self.words) or ""
        emotion, group = (field.data or None for field in (self.emotion, self.group))
        if emotion is not None and emotion not in emotions.EMOTIONS:
            raise UnknownEmotion(field="emotion")
        since, until = (_day(field) for field in (self.since, self.until))
        if since and until and until < since:
            raise DatesTurnedRound
        terms = terms_of(words)
        if not (terms or emotion or group or since or until):
            raise NothingToFind
        return Sought(terms, emotion, group, since, until) if group is None or group in groups else None

    def asked_page(self) -> int:
        """The page of what was found, from 1; anything that is no such number is the first."""
        typed = self.page.data or ""
        return max(1, min(int(typed), MOST_PAGES)) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 1


def _day(field: StringField) -> date | None:
    """Raises ImpossibleDate, naming the field."""
    typed = (field.data or "").strip()
    if not typed:
        return None
    try:
        return read_day(typed)
    except ImpossibleDate:
        raise ImpossibleDate(field=field.name) from None
