"""What the page of reminders sends: an hour, days, wishes; and what a browser says of itself."""

from __future__ import annotations

from wtforms import BooleanField, Form, SelectMultipleField, StringField

from wellbeing.domain.refusals import Refusal
from wellbeing.domain.reminders import HOURS
from wellbeing.reminders.delivery import Browser
from wellbeing.reminders.refusals import HourAtNight
from wellbeing.reminders.wanted import Wanted

OFF = (False, "", "0", "false", "off", "no")
WEEKDAYS = tuple("1234567")


class WishesForm(Form):
    hour = StringField()
    days = SelectMultipleField(validate_choice=False)
    workshops = BooleanField(false_values=OFF)
    keepsake = BooleanField(false_values=OFF)
    news = BooleanField(false_values=OFF)

    def wanted(self) -> Wanted:
        """Raises HourAtNight, or Refusal for a day that no week has."""
        hour, days = (self.hour.data or "").strip(), self.days.data or []
        if not (hour.isascii() and hour.isdigit() and len(hour) <= 2 and int(hour) in HOURS):
            raise HourAtNight
        if not set(days) <= set(WEEKDAYS):
            raise Refusal(field="days")
        chosen = frozenset(map(int, days))
        return Wanted(int(hour), chosen, bool(self.workshops.data), bool(self.keepsake.data), bool(self.news.data))


class DeviceForm(Form):
    endpoint = StringField()
    p256dh = StringField()
    auth = StringField()

    def browser(self) -> Browser:
        return Browser(self.endpoint.data or "", self.p256dh.data or "", self.auth.data or "")
