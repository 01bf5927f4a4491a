"""Faults of time: a clock that is a year off, nights when clocks change, a journey around the world."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.faults.site import Site, Tally

PARIS = ZoneInfo("Europe/Paris")
DATED = "SELECT uid, CAST(local_date AS TEXT) FROM entry WHERE person_id = :id"
# A day begins at four: the date of the wall clock, or the day before if its hour is below four.
NIGHTS = [
    ("2026-03-28T23:59", "2026-03-28"), ("2026-03-29T00:30", "2026-03-28"), ("2026-03-29T03:59", "2026-03-28"),
    ("2026-03-29T04:00", "2026-03-29"), ("2026-10-24T23:59", "2026-10-24"), ("2026-10-25T00:30", "2026-10-24"),
    ("2026-10-25T02:30", "2026-10-24"), ("2026-10-25T03:59", "2026-10-24"), ("2026-10-25T04:00", "2026-10-25"),
]  # fmt: skip
JOURNEY = [  # one instant after another; the date is the wall's, wherever the phone is
    ("2026-03-10T20:00+14:00", "Pacific/Kiritimati", "2026-03-10"),
    ("2026-03-10T20:30-11:00", "Pacific/Pago_Pago", "2026-03-10"),
    ("2026-03-11T03:30-11:00", "Pacific/Pago_Pago", "2026-03-10"),
    ("2026-03-11T08:00-11:00", "Pacific/Pago_Pago", "2026-03-11"),
    ("2026-03-12T10:00+14:00", "Pacific/Kiritimati", "2026-03-12"),
]


def dates(site: Site) -> dict[str, str]:
    """Entry → date, as the server holds them."""
    return {uid: str(day)[:10] for uid, day in site.asked(DATED, id=site.cast.people["Ana"].person.id)}


def days_counted(site: Site) -> int:
    """How many days of Ana's the summaries of weeks count."""
    found = site.asked("SELECT days FROM logged_year WHERE person_id = :id", id=site.cast.people["Ana"].person.id)
    return sum(int(day) for (days,) in found for day in days)


def f12(site: Site, times: int) -> Tally:
    """The device's clock a year ahead, a year behind, then right again: nothing is refused, the wrong hour is said."""
    truth = site.now
    for _ in range(times):
        phone = site.phone()
        for off, words in ((365, ["clock", "future"]), (-365, ["clock"]), (0, [])):
            phone.now = lambda off=off: truth + timedelta(days=off)
            phone.lives(5, site.chance, [])
            made = phone.create(3)
            kept = [row.op["op_id"] for row in phone.outbox.values()]
            phone.flush()
            site.expect(all(op_id in phone.acked or op_id in phone.outbox for op_id in kept), f"{off} days: purged")
            site.expect(not phone.outbox, f"{off} days: {[row.reason for row in phone.outbox.values()]}")
            told = sorted(word for op_id, word in phone.told if op_id == made)
            site.expect(told == words, f"{off} days: told {told}")
    return site.tally("F12 clock a year off", times * 3)


def f13(site: Site, times: int) -> Tally:
    """The two nights of Paris: dates are the wall's, from four to four, and a day counts once."""
    site.set_time(datetime(2026, 10, 25, 12, tzinfo=UTC))
    phone, expected = site.browser().sign_in("Ana"), {}  # her sign-in of March has ended
    for _ in range(times):
        for wall, day in NIGHTS:
            for fold in (0, 1) if wall == "2026-10-25T02:30" else (0,):  # an hour that comes twice
                at = datetime.fromisoformat(wall).replace(tzinfo=PARIS, fold=fold)
                expected[phone.create(4, at).replace("-", "")] = day
        site.all_sent(phone)
    held = dates(site)
    site.expect(held == expected, f"dates: {sorted(set(held.items()) ^ set(expected.items()))[:4]}")
    counted, days = days_counted(site), len(set(expected.values()))
    site.expect(counted == days, f"{counted} days count, of {days}")
    return site.tally("F13 nights when clocks change", times * len(expected))


def f14(site: Site, times: int) -> Tally:
    """From UTC+14 to UTC−11 with a queue, and back: the same date comes twice, none changes, none is gained."""
    phone, expected = site.phone(), {}
    for _ in range(times):
        for wall, zone, day in JOURNEY:
            phone.zone = zone
            expected[phone.create(4, datetime.fromisoformat(wall)).replace("-", "")] = day
    phone.zone = "Europe/Paris"
    site.all_sent(phone)
    held = dates(site)
    site.expect(held == expected, f"dates: {sorted(set(held.items()) ^ set(expected.items()))[:4]}")
    site.expect(days_counted(site) == len(set(expected.values())), f"{days_counted(site)} days count")
    zones = {zone for (zone,) in site.asked("SELECT zone FROM entry WHERE person_id = :id", id=_ana(site))}
    site.expect(zones == {zone for _, zone, _ in JOURNEY}, f"zones: {zones}")
    return site.tally("F14 around the world", times * len(JOURNEY))


def _ana(site: Site) -> Any:
    return site.cast.people["Ana"].person.id
