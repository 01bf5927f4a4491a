"""The dates of a calendar, read by libraries that are not ours: zones, changes of the clocks, stages, cancellations."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.cast import Cast
from tests.clock import Clock
from tests.workshops.calendars import between, events, fetched, made, told_zone, wall
from tests.workshops.presences import cancel
from wellbeing.db import db, transaction
from wellbeing.models.group import Group
from wellbeing.models.workshop import Slot, Workshop


def season(cast: Cast, group: str, zone: str, first: date, weeks: int) -> list[datetime]:
    """A year at half past six in the evening, on the clock of the group."""
    cast.group(group, timezone=zone)
    starts = []
    for week in range(weeks):
        day = first + timedelta(weeks=week)
        starts.append(datetime(day.year, day.month, day.day, 18, 30, tzinfo=ZoneInfo(zone)).astimezone(UTC))
        cast.workshop(group, starts[-1], minutes=120)
    return starts


@pytest.mark.parametrize(
    ("zone", "changes"),
    [
        ("Europe/Paris", 2),
        ("America/New_York", 2),
        ("Pacific/Auckland", 2),
        ("Africa/Casablanca", 2),
        ("America/Guadeloupe", 0),
        ("Asia/Kolkata", 0),
    ],
)
def test_half_past_six_stays_half_past_six_through_every_change_of_the_clocks(
    cast: Cast, zone: str, changes: int
) -> None:
    starts = season(cast, "Elm", zone, date(2026, 3, 12), 52)
    cast.takes_part("Dora", "Elm")
    body = fetched(cast, made(cast, "Dora")).data
    assert len({start.astimezone(ZoneInfo(zone)).utcoffset() for start in starts}) == (2 if changes else 1)
    assert {written[9:] for written in wall(body, "DTSTART")} == {"183000"}
    assert {written[9:] for written in wall(body, "DTEND")} == {"203000"}
    # by the zone that the calendar tells, and by that zone as another library knows it
    told = told_zone(body, zone)
    read = [datetime.strptime(written, "%Y%m%dT%H%M%S").replace(tzinfo=told) for written in wall(body, "DTSTART")]
    assert [instant.astimezone(UTC) for instant in read] == starts
    shown = between(body, starts[0] - timedelta(days=1), starts[-1] + timedelta(days=1))
    assert [event.start.astimezone(UTC) for event in shown] == starts
    assert {event.end - event.start for event in shown} == {timedelta(hours=2)}


def test_a_night_on_which_an_hour_comes_twice_keeps_its_length(cast: Cast) -> None:
    cast.group("Elm")
    begins = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)  # 22:00 in Paris, until the second half past two
    cast.workshop("Elm", begins, minutes=330)
    cast.takes_part("Dora", "Elm")
    (night,) = events(fetched(cast, made(cast, "Dora")).data)
    assert night.end.astimezone(UTC) - night.start.astimezone(UTC) == timedelta(minutes=330)
    assert night.end.astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_date_that_is_off_says_so_and_keeps_its_name(cast: Cast) -> None:
    workshop = cast.workshop("Willow", cast.now + timedelta(days=3))
    token = made(cast, "Ana")
    before = {str(event["UID"]): event for event in events(fetched(cast, token).data)}
    cancel(cast, workshop, cast.now)
    with cast.app.app_context(), transaction():
        db.session.get_one(Workshop, workshop.id).revision = 1
    after = {str(event["UID"]): event for event in events(fetched(cast, token).data)}
    assert before.keys() == after.keys()
    was, now = before[workshop.uid], after[workshop.uid]
    assert (was["STATUS"], now["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert (was["SEQUENCE"], now["SEQUENCE"]) == (0, 1)
    assert str(now["SUMMARY"]) == "Séance annulée – Willow"
    assert now["TRANSP"] == "TRANSPARENT"
    assert now["DTSTAMP"].dt > was["DTSTAMP"].dt
    assert now["LAST-MODIFIED"].dt == now["DTSTAMP"].dt
    for uid in before.keys() - {workshop.uid}:
        assert before[uid] == after[uid]


def test_a_date_that_moves_is_the_same_date(cast: Cast) -> None:
    workshop = cast.workshop("Willow", cast.now + timedelta(days=3))
    token = made(cast, "Ana")
    with cast.app.app_context(), transaction():
        moved = db.session.get_one(Workshop, workshop.id)
        moved.starts_at += timedelta(hours=2)
        moved.revision += 1
    (found,) = [event for event in events(fetched(cast, token).data) if event["UID"] == workshop.uid]
    assert found.start == cast.now + timedelta(days=3, hours=2)
    assert found["SEQUENCE"] == 1


def test_a_stage_is_told_part_by_part(cast: Cast) -> None:
    begins = cast.now + timedelta(days=10)
    stage = cast.workshop("Willow", begins, minutes=60 * 30)
    parts = [(begins + timedelta(hours=hours), 150) for hours in (0, 18, 24)]
    with cast.app.app_context(), transaction():
        whose = {"workshop_id": stage.id, "group_id": stage.group_id}
        db.session.add_all(Slot(starts_at=at, minutes=minutes, **whose) for at, minutes in parts)
    token = made(cast, "Ana")

    def told() -> dict[str, datetime]:
        return {
            str(event["UID"]): event.start for event in events(fetched(cast, token).data) if stage.uid in event["UID"]
        }

    before = told()
    assert before == {f"{stage.uid}-{n}": at for n, (at, _) in enumerate(parts, 1)}
    with cast.app.app_context(), transaction():
        slot = db.session.get_one(Slot, (stage.group_id, stage.id, parts[1][0]))
        slot.starts_at += timedelta(hours=1)
    assert told() == {**before, f"{stage.uid}-2": parts[1][0] + timedelta(hours=1)}
    cancel(cast, stage, cast.now)
    off = [event for event in events(fetched(cast, token).data) if event["STATUS"] == "CANCELLED"]
    assert len(off) == 3


def test_names_and_places_are_read_back_as_they_were_typed(cast: Cast) -> None:
    name = "Danse, « libre » ; mouvement \\ pour toutes et tous, les jeudis d’hiver à l’étage – Été 2026 🌿"
    place = "Salle des fêtes; 3, rue des Tilleuls:\\ bâtiment B\nBEGIN:VALARM"
    cast.group(name, place=place)
    cast.workshop(name, cast.now + timedelta(days=1))
    cast.takes_part("Dora", name)
    body = fetched(cast, made(cast, "Dora")).data
    (event,) = events(body)
    assert str(event["SUMMARY"]) == name
    assert str(event["LOCATION"]) == place
    assert b"\r\nBEGIN:VALARM" not in body
    lines = body.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    for line in lines:
        line.decode()  # no sign is cut in two


def test_it_holds_thirty_days_behind_and_four_hundred_ahead(cast: Cast) -> None:
    cast.group("Elm")
    days = {days: cast.workshop("Elm", cast.now + timedelta(days=days)).uid for days in (-31, -30, 0, 400, 401)}
    cast.takes_part("Dora", "Elm")
    assert [str(event["UID"]) for event in events(fetched(cast, made(cast, "Dora")).data)] == [
        days[-30],
        days[0],
        days[400],
    ]


def test_two_zones_are_both_told(cast: Cast) -> None:
    for group, zone in (("Elm", "Europe/Paris"), ("Ash", "Indian/Reunion")):
        cast.group(group, timezone=zone)
        cast.workshop(group, cast.now + timedelta(days=1))
    cast.takes_part("Dora", "Elm")
    assert cast.browser("Dora").post("/join", data={"code": cast.codes["Ash"]}).status_code == 303
    body = fetched(cast, made(cast, "Dora")).data
    for zone in ("Europe/Paris", "Indian/Reunion"):
        assert body.count(f"\r\nTZID:{zone}\r\n".encode()) == 1
        told_zone(body, zone)


def test_the_same_dates_give_the_same_bytes(cast: Cast, clock: Clock) -> None:
    token = made(cast, "Ana")
    first = fetched(cast, token).data
    for _ in range(3):
        clock.advance(hours=7, minutes=secrets.randbelow(60))
        assert fetched(cast, token).data == first


def test_a_calendar_that_is_read_shows_what_the_list_shows(cast: Cast) -> None:
    body = fetched(cast, made(cast, "Ana")).data
    page = cast.browser("Ana").get("/workshops").text
    ahead = between(body, cast.now, cast.now + timedelta(days=30))
    assert len(ahead) == 2
    for event in ahead:
        assert f'href="/workshops/{event["UID"]}"' in page
    with cast.app.app_context():
        assert db.session.get_one(Group, cast.groups["Willow"].id).place in page
