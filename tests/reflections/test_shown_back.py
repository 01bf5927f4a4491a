"""What was said and taken away is shown back to its person alone, in its time, and goes with them."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import product

import pytest

from tests.cast import CANARY, Cast
from tests.clock import Clock
from tests.home.test_today import statements
from tests.journal.record import rows
from tests.reflections.around import AFTER_CARD, DAY, HOUR, MINUTE, after
from tests.reflections.told import keepsakes, told
from tests.sync.phone import Phone
from tests.workshops.presences import cancel
from wellbeing.db import db, transaction
from wellbeing.models.keepsake import Keepsake
from wellbeing.models.workshop import Workshop


def test_the_page_of_the_workshop_shows_it_to_its_person_and_it_can_be_changed(
    cast: Cast, over: Workshop, clock: Clock
) -> None:
    ana, ben = cast.browser("Ana"), cast.browser("Ben")
    ana.post(after(over), data={"mood": "4", "size": "2", "keepsake": f"Le rythme {CANARY}"})
    clock.advance(days=20)
    shown = ana.get(f"/workshops/{over.uid}").text
    assert all(words in shown for words in ("Avant et après", "Le groupe était…", f"Le rythme {CANARY}"))
    assert 'name="mood" value="4" checked' in ana.get(after(over)).text
    assert CANARY not in ben.get(f"/workshops/{over.uid}").text
    ana.post(after(over), data={"mood": "2", "keepsake": ""})
    assert (told(cast), keepsakes(cast)) == ([{"after_mood": 2}], [])
    assert f"Le rythme {CANARY}" not in ana.get(f"/workshops/{over.uid}").text


def test_words_that_cannot_be_read_are_said_so_and_left_alone(cast: Cast, over: Workshop) -> None:
    ana = cast.browser("Ana")
    ana.post(after(over), data={"keepsake": "mots"})
    with cast.app.app_context(), transaction():
        db.session.execute(db.text("UPDATE keepsake SET text = :box"), {"box": b"\x01" + b"x" * 40})
    for address in (f"/workshops/{over.uid}", after(over)):
        assert "ne peut pas être lue" in ana.get(address).text
    assert ana.post(after(over), data={"mood": "3"}).status_code == 303
    assert len(keepsakes(cast)) == 1


@pytest.mark.parametrize(
    ("ahead", "shown"), [(2 * DAY, False), (DAY, True), (3 * HOUR, True), (-MINUTE, False)], ids=str
)  # fmt: skip
def test_what_was_taken_away_comes_back_the_day_before_the_next_one(
    cast: Cast, over: Workshop, clock: Clock, ahead: timedelta, shown: bool
) -> None:
    ana, ben, cleo = (cast.browser(who) for who in ("Ana", "Ben", "Cleo"))
    ana.post(after(over), data={"keepsake": f"Le rythme {CANARY}"})
    start = cast.now + 14 * DAY
    cast.workshop("Willow", start)
    clock.set(start - ahead)
    assert (f"Le rythme {CANARY}" in ana.get("/").text) is shown
    assert "Le rythme" not in ben.get("/").text + cleo.get("/").text


def test_whoever_joined_since_is_not_asked_of_what_went_before(cast: Cast) -> None:
    assert AFTER_CARD not in cast.browser("Ana").get("/").text


def test_a_cancelled_date_is_not_the_next_one(cast: Cast, over: Workshop, clock: Clock) -> None:
    ana = cast.browser("Ana")
    ana.post(after(over), data={"keepsake": "Le rythme"})
    next_one = cast.workshop("Willow", cast.now + 14 * DAY)
    cancel(cast, next_one, cast.now)
    clock.set(cast.now + 13 * DAY)
    assert "Le rythme" not in ana.get("/").text


@pytest.fixture
def both(cast: Cast, over: Workshop) -> str:
    """The address of a workshop of which two phones said something else."""
    for mood, words in ((1, "un"), (5, f"deux {CANARY}")):
        phone = Phone(cast)
        phone.send(phone.op("reflection.after", over.uid, {"mood": mood, "keepsake": words}))
    return f"/workshops/{over.uid}"


def versions(cast: Cast) -> dict[str, str]:
    (copy,), (past,) = (
        rows(cast.app, "SELECT uid FROM keepsake_copy"),
        rows(cast.app, "SELECT uid FROM reflection_past"),
    )
    return {"copies": copy.uid, "past": past.uid}


def test_the_workshops_page_offers_to_keep_each_other_version(cast: Cast, both: str) -> None:
    ana = cast.browser("Ana")
    assert ana.get(both).text.count("Garder celle-ci") == 2
    for kind, uid in versions(cast).items():
        assert ana.post(f"{both}/{kind}/{uid}").location == f"{both}?said=saved.ok"
        assert ana.post(f"{both}/{kind}/{uid}").status_code == 404
    assert (told(cast), keepsakes(cast)) == ([{"after_mood": 1}], [f"deux {CANARY}"])
    assert "Garder celle-ci" not in ana.get(both).text


def test_or_to_let_it_go(cast: Cast, both: str) -> None:
    ana = cast.browser("Ana")
    for kind, uid in versions(cast).items():
        assert ana.post(f"{both}/{kind}/{uid}/end").location == f"{both}?said=saved.deleted"
    assert (told(cast), keepsakes(cast)) == ([{"after_mood": 5}], ["un"])


@pytest.mark.parametrize("who", ["Ben", "Cleo", "Fay"])
def test_another_version_is_its_persons_alone(cast: Cast, both: str, who: str) -> None:
    somebody, kept = cast.browser(who), versions(cast)
    for kind, uid in kept.items():
        for send in (somebody.post, somebody.put, somebody.delete):
            assert send(f"{both}/{kind}/{uid}").status_code == 404
    assert versions(cast) == kept


def test_today_asks_one_statement_more_and_no_more_as_years_pile_up(cast: Cast, clock: Clock) -> None:
    ana = cast.browser("Ana")
    ana.get("/")
    with statements(cast) as first:
        ana.get("/")
    for week in range(1, 30):
        workshop = cast.workshop("Willow", cast.now - week * 7 * DAY)
        with cast.app.app_context(), transaction():
            db.session.add(Keepsake(person_id=cast.person("Ana").id, workshop_id=workshop.id, text=b""))
    with statements(cast) as later:
        ana.get("/")
    about = [one for one in first if "reflection" in one]
    assert len(about) == 1
    assert len(first) <= 12, "\n\n".join(first)
    assert len(later) <= len(first) + 1  # the key of the words that are shown


def test_erasing_an_account_takes_all_of_it(cast: Cast, both: str, clock: Clock) -> None:
    cast.browser("Ben").post(f"{both}/after", data={"mood": "3", "keepsake": "à moi"})
    assert cast.browser("Ana").post("/settings/erasure", data={}).status_code == 303
    ben = cast.people["Ben"].person.id
    for table in ("reflection", "keepsake"):
        assert [row.person_id for row in rows(cast.app, f"SELECT person_id FROM {table}")] == [ben]
    for table in ("reflection_past", "keepsake_copy"):
        assert rows(cast.app, f"SELECT 1 FROM {table}") == []


# --- nobody else ------------------------------------------------------------------------------------------------------
def test_nobody_else_meets_a_word_of_it_on_any_page_and_no_log_holds_one(
    cast: Cast, over: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    cast.browser("Ana").post(after(over), data={"safety": "1", "keepsake": f"Le rythme {CANARY}"})
    values = {"uid": "", "wid": over.uid, "day": cast.now.date().isoformat(), "locale": "fr", "token": "x"}
    values |= {"code": cast.codes[over.uid], "number": cast.now.year, "name": "ons_lonely"}
    opened = 0
    for who, rule in product(("Ben", "Cleo", "Fay", "Gus", "Sam"), cast.app.url_map.iter_rules()):
        if "GET" not in (rule.methods or set()) or "path" in rule.arguments:
            continue
        values["uid"] = cast.groups["Willow"].uid if rule.rule.startswith("/groups") else over.uid
        asked = {name: values.get(name, "x") for name in rule.arguments}
        address = cast.app.url_map.bind("localhost").build(rule.endpoint, asked, method="GET")
        answer = cast.browser(who).get(address)
        opened += answer.status_code == 200
        assert "Le rythme" not in answer.text
        # Where the questions are asked the sentence waits for whoever answers; without network its name is a blank.
        asks = address.endswith("/after") or (address.startswith("/offline/") and "parler à {contact}," in answer.text)
        assert "Merci de l’avoir dit. Personne n’est prévenu." not in answer.text or asks
        answer.close()
    assert opened > 60
    assert not re.search(f"rythme|{CANARY}", capsys.readouterr().out)
