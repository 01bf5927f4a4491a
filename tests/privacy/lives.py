"""A day on which one person does all there is to do: every form of every page of theirs, sent as a browser would.

A feature that is added to the application is in that day of itself.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from tests.crowd import CANARY, FIRST
from tests.privacy.worlds import HOUR, World
from tests.web.filling import CLOSES, LEFT_ALONE
from tests.web.reading import Form, Page

# What others are told on purpose: that a group has one person less, that a number is in doubt (games.py).
TOLD = ("/membership/end", "/flags")
NAMED = re.compile("[0-9a-f]{32}")
# So that a walk that found next to nothing is no proof.
AMONG = {
    "/journal", "/journal/search", "/workshops/…/attendance", "/workshops/…/after", "/workshops/calendar", "/streak",
    "/streak/pause", "/check-ups/lien3", "/check-ups/ons_lonely/wish", "/settings", "/settings/choices",
    "/settings/contribution", "/settings/reminders", "/settings/keys/phrase", "/journal/entries/…/date",
    "/journal/entries/…/deletion", "/install", "/display",
}  # fmt: skip


def does_everything(world: World, day: date, name: str = "Ana") -> None:
    """On the fourth day of the first block."""
    if (day - FIRST).days != 3:
        return
    world.notes(name, 1, [day])
    world.at(datetime.combine(day, time(19), UTC))
    sent: set[str] = set()
    for purpose in ("checkups", "reminders"):
        world.send(name, "/settings/choices", purpose=purpose, given="1")
    for _ in range(2):  # some pages have forms only once others were sent
        for form in _forms(world, name):
            world.at(world.clock.now + HOUR / 60)
            if _sent(world, name, form):
                sent.add(NAMED.sub("…", form.action).partition("?")[0])
    if missing := AMONG - sent:
        raise AssertionError(f"these forms were not sent: {', '.join(sorted(missing))}")


def _sent(world: World, name: str, form: Form) -> bool:
    """Whether it was taken, with words wherever somebody writes, or else as it stood on the page."""
    for words in (CANARY, None):
        answer = world.browser(name).post(form.action, data=form.sent(words))
        if answer.status_code >= 500 or answer.status_code == 404:
            raise AssertionError(f"{form.action} answered {answer.status_code}")
        if answer.status_code < 400:
            return True
    return False


def _forms(world: World, name: str) -> list[Form]:
    """Each form of this person's pages once; those that close something come last."""
    found: dict[tuple[str, str], Form] = {}
    for address, (_, _, body) in world.observe(name).items():
        page = world.browser(name).get(address.partition(" ")[2]).text if "<form" in body else ""
        for form in Page(page).forms:
            if form.method == "post" and not form.action.endswith((*LEFT_ALONE, *TOLD)):
                found.setdefault((form.action, " ".join(sorted(each.name for each in form.fields))), form)
    return sorted(found.values(), key=lambda form: form.action.endswith(CLOSES))
