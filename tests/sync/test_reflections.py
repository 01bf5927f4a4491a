"""What is said before and after a workshop, in a basement: what is taken, two phones, any order, and repetition."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import CANARY, Cast
from tests.clock import Clock
from tests.journal.record import rows
from tests.reflections.told import FIVE, keepsakes, told
from tests.sync.phone import Phone, fresh, operations
from tests.workshops.presences import cancel, presences
from wellbeing.models.workshop import Workshop

HOUR = timedelta(hours=1)
APPLIED = {"status": "applied", "version": 1}


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return Phone(cast)


@pytest.fixture
def other(cast: Cast) -> Phone:
    return Phone(cast)


@pytest.fixture
def tonight(cast: Cast) -> Workshop:
    """Began an hour ago, for an hour and a half."""
    return cast.workshop("Willow", cast.now - HOUR)


def before(phone: Phone, workshop: Workshop, base: int = 0, **data: Any) -> dict[str, Any]:
    return phone.op("reflection.before", workshop.uid, data, base)


def after(phone: Phone, workshop: Workshop, base: int = 0, **data: Any) -> dict[str, Any]:
    return phone.op("reflection.after", workshop.uid, data, base)


def test_both_are_kept_and_answering_after_says_one_was_there(phone: Phone, cast: Cast, tonight: Workshop) -> None:
    ops = before(phone, tonight, mood=3, calm=2), after(phone, tonight, mood=4, **FIVE, belong=4, keepsake=CANARY)
    assert phone.send(ops[0]) == [APPLIED]
    assert presences(cast) == {}
    assert phone.send(*ops) == [APPLIED | {"status": "duplicate"}, APPLIED]
    assert told(cast) == [{"before_mood": 3, "before_calm": 2, "after_mood": 4, **FIVE, "belong": 4}]
    assert (keepsakes(cast), presences(cast)) == ([CANARY], {("Ana", tonight.uid): "declared"})
    (row,) = rows(cast.app, "SELECT * FROM reflection")
    assert row.before_first_told_at == row.before_told_at
    near = (phone.client.get("/sync").json or {})["workshops"]
    (said,) = [one for one in near if one["id"] == tonight.uid]
    assert (said["attendance"], said["before"], said["after"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("kind", "data", "fields"),
    [
        ("before", {"mood": 0}, ["mood"]), ("before", {"mood": True}, ["mood"]), ("before", {"calm": 3.0}, ["calm"]),
        ("before", {"calm": "3"}, ["calm"]), ("before", {"safety": 3}, ["safety"]),
        ("before", {"keepsake": "x"}, ["keepsake"]), ("after", {"size": 4}, ["size"]),
        ("after", {"belong": 3, "size": 2}, ["belong", "size"]),
        ("after", {"belong": None, "size": None}, ["belong", "size"]),
        ("after", {"return": 6}, ["return"]), ("after", {"keepsake": 4}, ["keepsake"]),
        ("after", {"keepsake": "\ud800"}, []), ("after", {"energy": 3}, ["energy"]),
    ],
    ids=str,
)  # fmt: skip
def test_answers_are_read_strictly(
    phone: Phone, cast: Cast, tonight: Workshop, kind: str, data: dict[str, Any], fields: list[str]
) -> None:
    refused = {"status": "invalid", "reason": "bad_data"} | ({"fields": fields} if fields else {})
    assert phone.first(phone.op(f"reflection.{kind}", tonight.uid, data)) == refused
    assert (told(cast), presences(cast), operations(cast)) == ([], {}, [])


def test_words_have_a_length(phone: Phone, cast: Cast, tonight: Workshop) -> None:
    too_large = {"status": "invalid", "reason": "too_large", "fields": ["keepsake"]}
    assert phone.first(after(phone, tonight, keepsake="x" * 4001)) == too_large
    assert phone.first(after(phone, tonight, keepsake="x" * 4000)) == APPLIED


@pytest.mark.parametrize(
    ("kind", "begins", "recorded", "answer"),
    [
        ("before", 61, 0, {"reason": "bad_data", "fields": ["recorded_at"]}),
        ("before", 60, 0, {}),
        ("before", -90, 0, {}),
        ("before", -91, 0, {"reason": "too_late"}),
        ("before", -300, -240, {}),  # told in time, and arrived afterwards
        ("before", -10, -6000, {}),  # a clock that runs behind
        ("after", 1, 0, {"reason": "bad_data", "fields": ["recorded_at"]}),
        ("after", 0, 0, {}),
        ("after", -90 - 48 * 60, 0, {}),
        ("after", -90 - 48 * 60 - 1, 0, {"reason": "too_late"}),
        ("after", -90 - 60 * 60, -15 * 60, {}),
        ("after", -10, 600, {}),  # a clock that runs ahead: told when it was received
    ],
)
def test_first_answers_have_their_hours_by_the_clock_they_were_told_at(
    phone: Phone, cast: Cast, kind: str, begins: int, recorded: int, answer: dict[str, Any]
) -> None:
    """`begins` and `recorded` are in minutes from now; the workshop lasts ninety."""
    workshop = cast.workshop("Willow", cast.now + timedelta(minutes=begins))
    at = (cast.now + timedelta(minutes=recorded)).strftime("%Y-%m-%dT%H:%M:%SZ")
    got = phone.first(phone.op(f"reflection.{kind}", workshop.uid, {"mood": 3}) | {"recorded_at": at})
    assert got == ({"status": "invalid"} | answer if answer else APPLIED)
    assert len(told(cast)) == (not answer)


def test_what_was_said_may_be_corrected_and_cleared_whenever(
    phone: Phone, cast: Cast, tonight: Workshop, clock: Clock
) -> None:
    phone.send(before(phone, tonight, mood=3), after(phone, tonight, mood=4, keepsake=CANARY))
    now = clock.advance(days=40).strftime("%Y-%m-%dT%H:%M:%SZ")
    late = {"recorded_at": now}
    assert phone.send(before(phone, tonight, calm=1) | late, after(phone, tonight, safety=1) | late, sent_at=now) == [
        {"status": "applied", "version": 2}, {"status": "applied", "version": 2},
    ]  # fmt: skip
    assert (told(cast), keepsakes(cast)) == ([{"before_calm": 1, "safety": 1}], [CANARY])
    nothing = dict.fromkeys(("mood", "calm", *FIVE, "size"))
    phone.send(before(phone, tonight, mood=None) | late, after(phone, tonight, **nothing) | late, sent_at=now)
    assert (told(cast), keepsakes(cast)) == ([], [CANARY])
    phone.send(after(phone, tonight, keepsake=None) | late, sent_at=now)
    assert (keepsakes(cast), rows(cast.app, "SELECT 1 FROM reflection")) == ([], [])
    ledger = (cast.app.config["LE_FIL"].instance / "withdrawals.jsonl").read_text()
    assert [line.count(tonight.uid) for line in ledger.splitlines()] == [1, 1, 1]
    assert CANARY not in ledger


def test_passing_every_question_clears_and_is_no_presence(phone: Phone, cast: Cast, tonight: Workshop) -> None:
    assert phone.first(after(phone, tonight, mood=None, size=None)) == APPLIED
    assert (told(cast), presences(cast)) == ([], {})


@pytest.mark.parametrize("who", ["Cleo", "Fay", "Gus", "Sam"])
def test_a_workshop_of_another_group_is_not_found(cast: Cast, tonight: Workshop, who: str) -> None:
    phone = Phone(cast, who)
    for uid in (tonight.uid, fresh()):
        ops = phone.op("reflection.before", uid, {"mood": 1}), phone.op("reflection.after", uid, {"mood": 1})
        assert phone.send(*ops) == [{"status": "invalid", "reason": "not_found"}] * 2
    assert (told(cast, who), presences(cast), operations(cast, who)) == ([], {}, [])


def test_what_did_not_take_place_is_not_spoken_of_and_what_was_said_can_be_cleared(
    phone: Phone, cast: Cast, tonight: Workshop
) -> None:
    phone.send(before(phone, tonight, mood=3))
    cancel(cast, tonight, cast.now)
    for op in (before(phone, tonight, mood=5), after(phone, tonight, mood=5)):
        assert phone.first(op) == {"status": "invalid", "reason": "not_found"}
    assert told(cast) == [{"before_mood": 3}]
    assert phone.first(before(phone, tonight))["status"] == "applied"
    assert told(cast) == []


def test_without_consent_to_a_journal_nothing_is_stored(cast: Cast, tonight: Workshop) -> None:
    cast.takes_part("Dora", "Willow", agreed=("age_ok",))
    phone = Phone(cast, "Dora")
    refused = {"status": "invalid", "reason": "journal_off"}
    assert phone.send(before(phone, tonight, mood=3), after(phone, tonight, keepsake="x")) == [refused] * 2
    assert (told(cast, "Dora"), presences(cast), operations(cast, "Dora")) == ([], {}, [])


# --- two phones -------------------------------------------------------------------------------------------------------
def test_answers_of_two_phones_the_last_received_stays_and_the_other_is_history(
    cast: Cast, phone: Phone, other: Phone, tonight: Workshop
) -> None:
    phone.send(before(phone, tonight, mood=1), after(phone, tonight, mood=2, return_=None) | {"data": {"mood": 2}})
    conflict = {"status": "conflict", "version": 2, "reason": "numbers"}
    late = before(other, tonight, mood=5), after(other, tonight, mood=4, safety=3)
    assert other.send(*late) == [conflict] * 2
    assert other.send(*late) == [conflict | {"status": "duplicate"}] * 2
    assert told(cast) == [{"before_mood": 5, "after_mood": 4, "safety": 3}]
    history = rows(cast.app, "SELECT part, answers FROM reflection_past ORDER BY id")
    assert [(row.part, row.answers) for row in history] == [("before", "mood=1"), ("after", "mood=2")]
    assert phone.first(after(phone, tonight, 1, mood=4, safety=3))["status"] == "applied"  # the same is no conflict


def test_words_of_two_phones_are_both_kept(cast: Cast, phone: Phone, other: Phone, tonight: Workshop) -> None:
    assert phone.first(after(phone, tonight, keepsake="un")) == APPLIED
    answer = other.first(after(other, tonight, keepsake="deux"))
    assert (answer["status"], answer["reason"], answer["version"]) == ("conflict", "words", 2)
    assert keepsakes(cast) == ["un", "deux"]
    assert other.first(after(other, tonight, keepsake=None)) == {
        "status": "conflict", "version": 3, "reason": "edited_elsewhere",
    }  # fmt: skip
    assert keepsakes(cast) == ["un"]


def test_a_form_told_the_same_gesture_already(cast: Cast, phone: Phone, tonight: Workshop) -> None:
    op = after(phone, tonight, mood=4)
    phone.client.post(f"/workshops/{tonight.uid}/after", data={"mood": 4, "op_id": op["op_id"]})
    assert phone.first(op) == APPLIED | {"status": "duplicate"}
    assert phone.first(after(phone, tonight, 1, mood=2)) == {"status": "applied", "version": 2}
    assert told(cast) == [{"after_mood": 2}]


# --- any order, through real requests ---------------------------------------------------------------------------------
gesture = st.one_of(
    st.tuples(st.just("before"), st.fixed_dictionaries({"mood": st.sampled_from([None, 1, 5])})),
    st.tuples(
        st.just("after"),
        st.fixed_dictionaries(
            {"mood": st.sampled_from([None, 2, 4])}, optional={"keepsake": st.sampled_from([None, "un", "deux"])}
        ),
    ),
    st.tuples(st.just("gone"), st.just({})),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lived=st.lists(gesture, min_size=1, max_size=6), data=st.data())
def test_one_phone_in_any_order_with_repetitions_is_that_phone_in_order(
    cast: Cast, lived: list[tuple[str, dict[str, Any]]], data: st.DataObject
) -> None:
    workshop, phone = cast.workshop("Willow", cast.now - HOUR), Phone(cast)
    kinds = {"before": "reflection.before", "after": "reflection.after", "gone": "attendance.delete"}
    ops = [phone.op(kinds[what], workshop.uid, said) for what, said in lived]
    order = data.draw(st.permutations(ops + data.draw(st.lists(st.sampled_from(ops), max_size=3))))
    answers = [phone.first(op) for op in order]
    assert {answer["status"] for answer in answers} <= {"applied", "duplicate"}
    moods: dict[str, int | None] = {"before": None, "after": None}
    words, there = None, False
    for what, said in lived:
        if what == "gone":
            there = False
            continue
        moods[what] = said["mood"]
        words = said.get("keepsake", words)
        there = there or (what == "after" and bool(said["mood"] or said.get("keepsake")))
    of = f"JOIN workshop ON workshop.id = workshop_id WHERE uid = '{workshop.uid}'"
    row = next(iter(rows(cast.app, f"SELECT before_mood, after_mood FROM reflection {of}")), (None, None))
    assert tuple(row) == (moods["before"], moods["after"])
    assert len(rows(cast.app, f"SELECT 1 FROM keepsake {of}")) == bool(words)
    assert (("Ana", workshop.uid) in presences(cast)) is there
