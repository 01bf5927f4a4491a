"""The page of reminders: nothing comes unless it is asked for, and it ends with one tap."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.cast import Cast
from tests.clock import Clock
from tests.reminders.conftest import Told
from tests.reminders.push_service import PushService
from wellbeing.db import db
from wellbeing.keeping.operations import let_go
from wellbeing.models.push_subscription import PushSubscription
from wellbeing.models.reminder import DateNews, Reminder, Sent

Passes = Callable[[str], None]
PAGE, DEVICE = "/settings/reminders", "/settings/reminders/device"
WISHES = {"hour": "10", "days": ["2", "5"], "keepsake": "1"}


def count(cast: Cast, table: Any) -> int:
    with cast.app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def ledger(cast: Cast) -> list[dict[str, str]]:
    """What it says of browsers: whatever else was taken back has lines of its own."""
    path = cast.app.config["LE_FIL"].instance / "withdrawals.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    return [line for line in lines if line["kind"] == "push"]


def test_wishes_are_kept_as_they_were_made(cast: Cast) -> None:
    ana = cast.browser("Ana")
    done = ana.post(PAGE, data=WISHES)
    assert (done.status_code, done.location) == (303, f"{PAGE}?said=consent.changed")
    with cast.app.app_context():
        kept = db.session.scalars(select(Reminder)).one()
        assert (kept.hour, kept.days, kept.workshops, kept.keepsake, kept.news) == (10, "25", False, True, False)
    shown = ana.get(PAGE).text
    assert '<option value="10" selected>' in shown
    assert shown.count(" checked>") == 3
    assert ana.post(PAGE, data={"hour": "20"}).status_code == 303
    assert ana.get(PAGE).text.count(" checked>") == 0


@pytest.mark.parametrize("hour", ["8", "21", "0", "-1", "", "midi", "1e1", "９", "10.5"])
def test_an_hour_of_the_night_is_refused_and_what_was_chosen_stays_chosen(cast: Cast, hour: str) -> None:
    refused = cast.browser("Ana").post(PAGE, data={**WISHES, "hour": hour})
    assert refused.status_code == 422
    assert "Choisissez une heure entre 9 h et 20 h." in refused.text
    assert refused.text.count(" checked>") == 3
    assert count(cast, Reminder) == 0


def test_the_page_can_be_read_in_the_other_language_like_any_other(cast: Cast, service: PushService) -> None:
    ana = cast.browser("Ana")
    for _ in ("before a browser of hers receives any", "and after"):
        assert f'<input type="hidden" name="next" value="{PAGE}">' in ana.get(PAGE).text
        ana.post(DEVICE, data=service.receiver())
    assert count(cast, PushSubscription) == 1


def test_a_day_that_no_week_has_is_refused(cast: Cast) -> None:
    assert cast.browser("Ana").post(PAGE, data={"hour": "9", "days": ["8"]}).status_code == 422
    assert count(cast, Reminder) == 0


def test_without_consent_nothing_is_kept_and_the_page_says_what_comes_first(cast: Cast, service: PushService) -> None:
    cast.takes_part("Dan", "Willow", agreed=("age_ok", "journal"))
    dan = cast.browser("Dan")
    page = dan.get(PAGE).text
    assert "data-reminders" not in page
    assert 'name="hour"' not in page
    assert "js/reminders.js" not in page
    for address, data in ((PAGE, WISHES), (DEVICE, service.receiver())):
        refused = dan.post(address, data=data)
        assert refused.status_code == 422
        assert "Dites d’abord que vous voulez recevoir des rappels." in refused.text
    assert (count(cast, Reminder), count(cast, PushSubscription)) == (0, 0)
    chosen = dan.post("/settings/choices", data={"purpose": "reminders", "given": "1", "next": PAGE})
    assert (chosen.status_code, chosen.location) == (303, PAGE)
    assert "data-reminders" in dan.get(PAGE).text


def test_taking_the_consent_back_ends_everything_and_leaves_a_line_for_each_device(
    cast: Cast, told: Told, passes: Passes, service: PushService
) -> None:
    ana, ben = told("Ana"), told("Ben")
    passes("2026-03-12T18:00+01:00")
    assert cast.browser("Ana").post("/settings/choices", data={"purpose": "reminders"}).status_code == 303
    assert (count(cast, PushSubscription), count(cast, Reminder), count(cast, DateNews)) == (1, 1, 0)
    [line] = ledger(cast)
    assert (line["kind"], line["person"]) == ("push", cast.people["Ana"].person.uid)
    assert set(line) == {"at", "kind", "person", "uid"}
    cast.browser("Ana").post("/settings/choices", data={"purpose": "reminders", "given": "1"})
    assert cast.browser("Ana").post(DEVICE, data=service.receiver("again")).status_code == 303
    passes("2026-03-12T18:30+01:00")
    assert (len(ana.got), len(ben.got), service.receivers["again"].got) == (1, 1, [])  # one a day all the same


def test_a_device_stops_with_one_tap_and_again_is_nothing(cast: Cast, told: Told) -> None:
    told("Ana"), told("Ben")
    ana = cast.browser("Ana")
    assert "Les rappels arrivent sur cet appareil." in ana.get(PAGE).text
    for _ in range(2):
        assert ana.post(f"{DEVICE}/end").status_code == 303
    assert "Les rappels arrivent sur cet appareil." not in ana.get(PAGE).text
    assert (count(cast, PushSubscription), count(cast, Reminder), len(ledger(cast))) == (1, 2, 1)


def test_signing_out_ends_the_reminders_of_that_device_and_of_no_other(
    cast: Cast, told: Told, passes: Passes, service: PushService
) -> None:
    phone = told("Ana")
    other = cast.stranger()
    assert other.post("/sign-in", data={"phrase": cast.people["Ana"].phrase}).status_code == 303
    tablet = service.receiver("tablet")
    assert other.post(DEVICE, data=tablet).status_code == 303
    assert "Ils arrivent aussi sur 1 autre appareil." in other.get(PAGE).text
    assert cast.browser("Ana").post("/sign-out").status_code == 303
    assert len(ledger(cast)) == 1
    passes("2026-03-12T18:00+01:00")
    assert (phone.got, len(service.receivers["tablet"].got)) == ([], 1)


def test_a_shared_device_is_told_why_and_refuses(cast: Cast, service: PushService) -> None:
    shared = cast.stranger()
    shared.post("/sign-in", data={"phrase": cast.people["Ana"].phrase, "shared": "1"})
    page = shared.get(PAGE)
    assert "Pas de rappels sur un appareil partagé." in page.text
    assert "data-reminders" not in page.text
    assert "js/reminders.js" not in page.text
    refused = shared.post(DEVICE, data=service.receiver())
    assert refused.status_code == 422
    assert "Pas de rappels sur un appareil partagé." in refused.text
    assert count(cast, PushSubscription) == 0


def test_one_browser_is_one_persons_and_one_device_has_one_browser(
    cast: Cast, told: Told, passes: Passes, service: PushService
) -> None:
    """Ben signs in where Ana was: what was hers is hers no more. A browser that moved replaces the old one."""
    told("Ana")
    theirs = service.receiver("theirs")
    for _ in range(2):
        assert cast.browser("Ana").post(DEVICE, data=theirs).status_code == 303
    assert count(cast, PushSubscription) == 1
    assert cast.browser("Ben").post(DEVICE, data=theirs).status_code == 303
    with cast.app.app_context():
        assert db.session.scalars(select(PushSubscription.person_id)).one() == cast.people["Ben"].person.id


def test_a_browser_that_is_asked_for_by_many_at_once_is_one_persons(
    cast: Cast, told: Told, service: PushService
) -> None:
    """No rule of a table says so, for it would have to look at everybody's rows."""
    for name in ("Ana", "Ben"):
        told(name)
    theirs, devices = service.receiver("theirs"), [cast.fresh(name) for name in ("Ana", "Ben") * 6]
    threads = [Thread(target=device.post, args=(DEVICE,), kwargs={"data": theirs}) for device in devices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    known = cast.app.config["KEYRING"].keyed_hash("push", theirs["endpoint"])
    with cast.app.app_context():
        chosen = select(func.count()).where(PushSubscription.endpoint_hash == known)
        assert db.session.scalar(chosen) == 1


def test_erasing_takes_wishes_browsers_and_the_days_along(cast: Cast, told: Told, passes: Passes) -> None:
    told("Ana"), told("Ben")
    passes("2026-03-11T19:05+01:00")
    passes("2026-03-12T18:00+01:00")
    assert [count(cast, table) for table in (Reminder, PushSubscription, Sent)] == [2, 2, 2]
    assert cast.browser("Ben").get(PAGE).status_code == 200
    gone = cast.fresh("Ana").post("/settings/erasure")
    assert gone.status_code == 303
    assert [count(cast, table) for table in (Reminder, PushSubscription, Sent)] == [1, 1, 1]


def test_a_visitor_is_sent_to_sign_in_and_changes_nothing(cast: Cast, service: PushService) -> None:
    nobody = cast.stranger()
    assert nobody.get(PAGE).location == "/sign-in?next=/settings/reminders"
    for address, data in ((PAGE, WISHES), (DEVICE, service.receiver()), (f"{DEVICE}/end", {})):
        assert nobody.post(address, data=data).status_code == 401
    assert (count(cast, Reminder), count(cast, PushSubscription)) == (0, 0)


def test_the_settings_lead_there_and_the_page_says_who_carries_the_messages(cast: Cast) -> None:
    ana = cast.browser("Ana")
    assert 'href="/settings/reminders"' in ana.get("/settings").text
    assert "Apple, Google, Mozilla ou Microsoft les acheminent" in ana.get(PAGE).text


def test_the_words_of_reminders_are_only_in_the_worker_that_shows_them(cast: Cast) -> None:
    plain, showing = (cast.stranger().get(f"/sw.js?lang=fr{more}").text for more in ("", "&push=1"))
    assert "Quand vous voulez." not in plain
    assert '"Quand vous voulez."' in showing
    assert "Whenever you like." in cast.stranger().get("/sw.js?lang=en&push=1&sync=1").text
    assert cast.app.config["KEYRING"].vapid_public in showing


def test_a_browser_that_asks_too_often_waits(cast: Cast, service: PushService) -> None:
    generous = cast.app.config["LE_FIL"]
    cast.app.config["LE_FIL"] = replace(generous, limits_factor=1)
    ana, theirs = cast.browser("Ana"), service.receiver()
    answers = [ana.post(DEVICE, data=theirs).status_code for _ in range(61)]
    assert (set(answers[:60]), answers[60]) == ({303}, 429)


def test_the_days_of_reminders_are_forgotten_after_a_month(
    cast: Cast, told: Told, passes: Passes, clock: Clock
) -> None:
    told("Ana")
    passes("2026-03-12T18:00+01:00")
    for instant, left in (("2026-04-10T12:00+02:00", 1), ("2026-04-12T12:00+02:00", 0)):
        with cast.app.app_context():
            let_go(clock.set(instant))
        assert count(cast, Sent) == left
