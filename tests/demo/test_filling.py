"""Whoever tries the demo finds an association that hangs together, and finds the same one the next time."""

from __future__ import annotations

import re
import stat
from collections import Counter
from datetime import timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from tests.databases import settings
from tests.demo.conftest import SMALL, Told
from tests.keeping.owned import counted, not_named
from wellbeing.db import db
from wellbeing.demo import filling
from wellbeing.demo.happenings import Feels
from wellbeing.demo.story import story
from wellbeing.domain.streaks import State
from wellbeing.groups import school_holidays
from wellbeing.models.attendance import Attendance
from wellbeing.models.book import BookPage
from wellbeing.models.check_up import CheckUp
from wellbeing.models.entry import Entry
from wellbeing.models.group import Group
from wellbeing.models.headcount import Headcount
from wellbeing.models.keepsake import Keepsake
from wellbeing.models.note import Note
from wellbeing.models.person import Person
from wellbeing.models.reflection import Reflection
from wellbeing.models.release import Release
from wellbeing.models.workshop import Cancellation, Slot, Workshop
from wellbeing.streak.queries import thread_of


def signed_in(told: Told, role: str) -> FlaskClient:
    client = told.app.test_client()
    phrase = told.keys.phrases[filling.ROLES.index(role)]
    answer = client.post("/sign-in", data={"phrase": phrase}, headers={"Origin": "http://localhost"})
    assert answer.status_code == 303
    return client


@pytest.mark.parametrize(
    ("role", "address"), [("participant", "/streak"), ("facilitator", "/groups"), ("steward", "/organisation")]
)
def test_the_printed_phrase_opens_the_page_of_its_role(told: Told, role: str, address: str) -> None:
    client = signed_in(told, role)
    assert client.get(address).status_code == 200
    assert client.get("/").status_code == 200


def test_the_printed_address_is_a_calendar_of_the_dates_to_come(told: Told) -> None:
    printed = list(told.keys.lines("http://localhost"))[-1].split()[-1]
    assert printed.startswith("http://localhost/calendar/")
    answer = told.app.test_client().get(printed.removeprefix("http://localhost"))
    assert answer.content_type.startswith("text/calendar")
    starts = [event["DTSTART"].dt for event in Calendar.from_ical(answer.text).walk("VEVENT")]
    assert max(starts) > told.now


def test_there_are_people_dates_counts_and_figures(told: Told) -> None:
    with told.app.app_context():
        rows = {
            table: db.session.query(table).count()
            for table in (Person, Group, Workshop, Headcount, Cancellation, Note, Attendance, Reflection, Keepsake)
        }
        states = Counter(db.session.scalars(db.select(Release.state)))
        items = set(db.session.scalars(db.select(Release.item).filter_by(state="published")))
    assert rows[Group] == 3
    assert rows[Person] >= SMALL["people"] + 4
    assert all(rows.values()), rows
    assert states["published"] >= 1
    assert items >= {"mood", "experience"}  # the season is longer than this story


def test_the_facilitator_sees_a_published_level(told: Told) -> None:
    client = signed_in(told, "facilitator")
    with told.app.app_context():
        group = db.session.scalar(db.select(Group).order_by(Group.id))
    assert group is not None
    table = client.get(f"/groups/{group.uid}/trends.csv").text
    assert ",3" in table or ",2.5" in table, table
    assert "data-roster-size" in client.get(f"/groups/{group.uid}").text


def test_two_people_lead_a_group_a_count_was_corrected_and_each_keeps_a_book(told: Told) -> None:
    client = signed_in(told, "facilitator")
    with told.app.app_context():
        group = db.session.scalar(db.select(Group).order_by(Group.id))
        pages = Counter(db.session.scalars(db.select(BookPage.person_id)))
    assert group is not None
    page = client.get(f"/groups/{group.uid}").text
    assert "Nadia, Samir" in page
    assert "Corrigé\u00a0: " in page
    assert "2 personnes animent ce groupe" in client.get(f"/groups/{group.uid}/team").text
    assert sorted(pages.values()) == [1, 3]
    assert client.get("/book").text.count('/book">') >= 3


def test_threads_are_in_more_than_one_state(told: Told) -> None:
    with told.app.app_context():
        states = Counter(thread_of(person, told.now).streak.state for person in db.session.query(Person))
    assert states[State.HELD] >= 3
    assert states.keys() & {State.WAITING, State.ARCHIVED}
    assert len(states) >= 3, states


def test_the_participant_finds_what_sessions_do_for_them(told: Told) -> None:
    page = signed_in(told, "participant").get("/insights").text
    assert "séances notées avant et après." in page
    assert all(f'id="card-{key}"' in page for key in ("words", "lately"))


def test_the_participant_finds_a_curve_of_their_own_check_ups(told: Told) -> None:
    client = signed_in(told, "participant")
    listed = unescape(client.get("/check-ups").text)
    assert "Solitude" in listed
    assert "Ma courbe" in listed
    assert "curve-dot" in client.get("/check-ups/reperes5").text
    with told.app.app_context():
        assert len(set(db.session.scalars(db.select(CheckUp.person_id)))) == 1


def test_nothing_has_happened_after_now_but_dates_to_come(told: Told) -> None:
    with told.app.app_context():
        latest = db.session.scalar(db.select(db.func.max(Entry.felt_at)))
        counted = db.session.scalar(db.select(db.func.max(Headcount.counted_at)))
        last_date = db.session.scalar(db.select(db.func.max(Workshop.starts_at)))
    assert latest is not None
    assert counted is not None
    assert last_date is not None
    assert max(latest, counted) <= told.now < last_date <= told.now + timedelta(weeks=9)


def test_no_date_of_a_season_is_in_the_holidays_and_a_stage_has_two_parts(told: Told) -> None:
    with told.app.app_context():
        stages = set(db.session.scalars(db.select(Slot.workshop_id)))
        planned = set(db.session.scalars(db.select(Workshop.local_date).where(Workshop.id.not_in(stages))))
        parts = db.session.query(Slot).count()
        spoken = db.session.query(Attendance).filter(Attendance.workshop_id.in_(stages)).count()
        ahead = db.session.query(Workshop).filter(Workshop.id.in_(stages), Workshop.starts_at > told.now).count()
    days = [min(planned) + timedelta(n) for n in range((max(planned) - min(planned)).days)]
    off = school_holidays.of_zone("B").off
    assert off & set(days)  # the season goes on over holidays
    assert not off & planned
    assert parts == 2 * len(stages) == 4
    assert spoken == ahead == 1


def test_whatever_hangs_on_a_mood_or_a_date_says_whose_it_is(told: Told) -> None:
    """But for the news of dates, which nobody has spread yet."""
    assert {table for table, many in counted(told.app).items() if not many} == {"date_seen"}
    assert not_named(told.app) == {}


def test_the_same_seed_tells_the_same_moods(told: Told) -> None:
    again = story(told.now, seed=filling.SEED, **SMALL)
    felt = sorted((h.op_id, h.mood) for h in again.happenings if isinstance(h, Feels))
    with told.app.app_context():
        kept = sorted((uid, mood) for uid, mood in db.session.execute(db.select(Entry.uid, Entry.mood)))
    assert len(kept) > 50
    assert kept == felt
    assert again != story(told.now, seed=filling.SEED + 1, **SMALL)


def test_a_second_time_changes_nothing_and_prints_the_same_phrases(told: Told) -> None:
    with told.app.app_context():
        before = db.session.query(Entry).count(), db.session.query(Person).count()
        assert filling.known(told.config, told.app.config["KEYRING"]) == told.keys
        assert (db.session.query(Entry).count(), db.session.query(Person).count()) == before
    place = told.config.instance / filling.NAME
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_what_people_wrote_is_never_mixed_with_made_up_people(
    told: Told, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = settings(tmp_path_factory.mktemp("real"), database_url=told.config.database_url)
    with told.app.app_context(), pytest.raises(filling.DemoRefused, match="already holds people"):
        filling.known(elsewhere, told.app.config["KEYRING"])


def test_a_demo_that_was_interrupted_is_not_taken_for_one(told: Told, tmp_path_factory: pytest.TempPathFactory) -> None:
    half = settings(tmp_path_factory.mktemp("half"), database_url=told.config.database_url)
    (half.instance / filling.NAME).write_text("")
    with told.app.app_context(), pytest.raises(filling.DemoRefused, match="was not finished"):
        filling.known(half, told.app.config["KEYRING"])


def test_the_facilitator_finds_a_report_that_was_written(told: Told) -> None:
    client = signed_in(told, "facilitator")
    with told.app.app_context():
        group = db.session.scalar(db.select(Group).order_by(Group.id))
    assert group is not None
    page = client.get(f"/groups/{group.uid}/report").text
    saved = re.search(r"Bilans enregistrés\u00a0: <a href=\"([^\"]+)\"", page)
    assert saved
    written = client.get(unescape(saved[1])).text
    assert "Les Tisseuses" in written
    assert 'id="words"' not in written  # no word of it claims too much
