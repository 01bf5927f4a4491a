"""Files of every kind, read or refused by their content alone: no request, no database."""

from __future__ import annotations

import json
import tracemalloc
import uuid
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellbeing.domain.days import local_date_of
from wellbeing.domain.emotions import EMOTIONS
from wellbeing.portability.brought import MOST, Held
from wellbeing.portability.reading.files import MOST_BYTES, read
from wellbeing.portability.refusals import FileTooBig, NotAnExport, TooManyMoods, WrongLine
from wellbeing.portability.writing import as_csv, as_json

NOW = datetime(2026, 3, 11, 18, tzinfo=UTC)


def reading(content: str | bytes, locale: str = "fr") -> Held:
    return read(content.encode() if isinstance(content, str) else content, "Europe/Paris", locale, NOW)


def mood(**other: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()), "mood": 4, "energy": None, "calm": None, "emotions": [], "zone": "Europe/Paris",
        "felt_at": "2026-03-01T18:30:00+01:00", "first_recorded_at": "2026-03-01T17:30:00Z", "note": None, **other,
    }  # fmt: skip


def export(*entries: Any, **other: Any) -> str:
    return as_json({"format": "le-fil", "version": 1, "person": {}, "entries": list(entries), **other})


# --- what we wrote, we read ------------------------------------------------------------------------------------------
levels = st.integers(1, 5)
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)
moments = st.builds(
    lambda wall, offset: wall.replace(tzinfo=timezone(timedelta(minutes=offset))),
    st.datetimes(datetime(1901, 1, 1), datetime(2026, 3, 1)),  # noqa: DTZ001 - walls, to which an offset is given
    st.integers(-840, 840),
)
bare = st.none() | st.booleans() | st.integers() | st.text()
odd = st.recursive(bare, lambda one: st.lists(one) | st.dictionaries(st.text(), one))
moods = st.builds(
    lambda **said: mood(**said),
    id=st.uuids().map(str), mood=levels, energy=st.none() | levels, calm=st.none() | levels, note=st.none() | words,
    emotions=st.lists(st.sampled_from(EMOTIONS), max_size=3, unique=True), felt_at=moments.map(datetime.isoformat),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(moods, max_size=8))
def test_what_an_export_says_is_what_is_read(written: list[dict[str, Any]]) -> None:
    held = reading(export(*written))
    assert held.whole
    assert [
        (str(uuid.UUID(one.uid)), one.mood, one.energy, one.calm, list(one.emotions), one.felt_at, one.note)
        for one in held.entries
    ] == [
        (said["id"], said["mood"], said["energy"], said["calm"], said["emotions"],
         datetime.fromisoformat(said["felt_at"]),
         said["note"].replace("\r\n", "\n") if said["note"] and said["note"].strip() else None)
        for said in written
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(moods, max_size=8), st.sampled_from([",", ";", "\t"]))
def test_what_a_table_says_is_what_is_read_whatever_parts_its_cells(written: list[dict[str, Any]], sign: str) -> None:
    held = reading(as_csv([{**one, "imported": False} for one in written]).replace(",", sign))
    assert [
        (str(uuid.UUID(one.uid)), one.mood, one.energy, list(one.emotions), one.felt_at) for one in held.entries
    ] == [
        (said["id"], said["mood"], said["energy"], said["emotions"], datetime.fromisoformat(said["felt_at"]))
        for said in written
    ]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode) | words.map(lambda w: export(w).encode()))
def test_whatever_a_file_is_it_is_read_or_refused_by_name(content: bytes) -> None:
    with suppress(NotAnExport, WrongLine):
        assert reading(content).entries is not None


@settings(max_examples=100, deadline=None)
@given(odd)
def test_whatever_stands_in_the_place_of_a_mood_is_refused_with_its_line(said: Any) -> None:
    with pytest.raises(WrongLine) as refused:
        reading(export(mood(), said))
    assert refused.value.line == 7


# --- what is refused, and where --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"mood": 6}, "data.bad_mood"), ({"mood": True}, "data.bad_mood"), ({"mood": 4.0}, "data.bad_mood"),
        ({"mood": "4"}, "data.bad_mood"), ({"mood": None}, "data.bad_mood"), ({"energy": 0}, "data.bad_mood"),
        ({"felt_at": "2026-03-01"}, "data.bad_date"), ({"felt_at": "2026-03-01T18:30"}, "data.bad_date"),
        ({"felt_at": "2030-03-01T18:30Z"}, "data.bad_date"), ({"felt_at": 7}, "data.bad_date"),
        ({"first_recorded_at": "hier"}, "data.bad_date"), ({"first_recorded_at": "0001-01-01T00:00Z"}, "data.bad_date"),
        ({"note": "a" * 4001}, "data.bad_note"),
        ({"note": "\ud83d"}, "data.bad_text"), ({"note": 7}, "data.bad_text"),
        ({"zone": "a" * 65}, "data.bad_text"),
        ({"emotions": ["joy", "joy"]}, "data.bad_emotion"), ({"emotions": ["glee"]}, "data.bad_emotion"),
        ({"emotions": [*EMOTIONS[:4]]}, "data.bad_emotion"), ({"emotions": "joy"}, "data.bad_emotion"),
        ({"id": "1"}, "data.bad_id"), ({"id": None}, "data.bad_id"), ({"other_notes": [7]}, "data.bad_shape"),
        ({"other_numbers": [{"id": "x"}]}, "data.bad_id"),
    ],
)  # fmt: skip
def test_a_wrong_mood_is_refused_with_its_line_and_why(wrong: dict[str, Any], reason: str) -> None:
    text = json.dumps(mood(**wrong)) if "\ud83d" in str(wrong.get("note")) else ""
    content = export(mood(), mood(**wrong)) if not text else export(mood(), "here").replace('"here"', text)
    with pytest.raises(WrongLine) as refused:
        reading(content)
    assert (refused.value.line, refused.value.reason) == (7, reason)


def test_the_line_is_that_of_the_file_however_it_is_laid_out() -> None:
    said = {"format": "le-fil", "version": 1, "entries": [mood(note="une\nligne"), mood(mood=9)]}
    laid_out = json.dumps(said, indent=2)
    line = next(n for n, text in enumerate(laid_out.splitlines(), 1) if '"mood": 9' in text) - 2
    with pytest.raises(WrongLine) as refused:
        reading(laid_out)
    assert refused.value.line == line


HEADER = "id,felt_at,zone,mood,energy,calm,emotions,imported\r\n"
ROW = ",2026-03-01T18:30:00+01:00,Europe/Paris,4,,,joy,0\r\n"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",hier,,4,,,,", "data.bad_date"), (",2026-03-01T18:30,,6,,,,", "data.bad_mood"),
        (",2026-03-01T18:30,,4,6,,,", "data.bad_mood"), (",2026-03-01T18:30,,4,,,glee,", "data.bad_emotion"),
        ("7,2026-03-01T18:30,,4,,,,", "data.bad_id"), (",2026-03-01T18:30,,4,,,,,,", "data.bad_columns"),
        (',2026-03-01T18:30,,4,,,"joy,', "data.bad_columns"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_refused_with_its_line_and_why(row: str, reason: str) -> None:
    with pytest.raises(WrongLine) as refused:
        reading(HEADER + ROW + row)
    assert (refused.value.line, refused.value.reason) == (3, reason)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"   \n", b"PK\x03\x04" + b"\x00" * 40, "é".encode("latin-1"), "{}".encode("utf-16"), b"{", b"{}", b"[]",
        b'{"format": "le-fil", "version": 2, "entries": []}', b'{"format": "le-fil", "version": 1}',
        b'{"format": "le-fil", "version": 1, "entries": {"a": NaN}}', b'{"schema": 1, "ops": 7}', b"a,b\r\n1,2\r\n",
        b"<html><body>mood</body></html>", b'"felt_at,mood",x\n2026-03-01T10:00,3\n',
        b'{"entries": "', b'{"format": "le-fil\\"', b'{"a": ' + b"9" * 5000 + b"}",
    ],
)  # fmt: skip
def test_what_is_no_export_is_refused_whatever_its_name(content: bytes) -> None:
    with pytest.raises(NotAnExport):
        reading(content)


def test_a_sign_inside_a_quoted_name_parts_nothing() -> None:
    assert len(reading('felt_at,mood,"tags; more"\r\n2026-03-01T10:00,3,a\r\n').entries) == 1


def test_words_that_could_not_be_read_when_the_file_was_made_hold_up_nothing() -> None:
    other = {"id": str(uuid.uuid4()), "device": "form", "kept_at": "2026-03-01T10:00:00Z", "note": None}
    (one,) = reading(export(mood(note=None, unreadable=True, other_notes=[other]))).entries
    assert (one.note, one.other_words) == (None, ())


def test_a_mark_that_some_programs_put_first_is_nothing() -> None:
    assert len(reading(b"\xef\xbb\xbf" + export(mood()).encode()).entries) == 1
    assert len(reading(b"\xef\xbb\xbf" + (HEADER + ROW).encode()).entries) == 1


# --- how much --------------------------------------------------------------------------------------------------------
def test_a_file_over_ten_mebibytes_is_refused() -> None:
    with pytest.raises(FileTooBig):
        reading(b" " * (MOST_BYTES + 1))


def test_twenty_thousand_moods_are_read_and_one_more_is_refused() -> None:
    assert len(reading(HEADER + ROW * MOST).entries) == MOST
    with pytest.raises(TooManyMoods):
        reading(HEADER + ROW * (MOST + 1))
    with pytest.raises(TooManyMoods):
        reading('{"format":"le-fil","version":1,"entries":[' + ",".join(["{}"] * (MOST + 1)) + "]}")


@pytest.mark.parametrize(
    "content",
    [
        '{"entries":' + "[" * 10_000 + "]" * 10_000 + "}",
        '{"entries":' + '{"a":' * 21 + "1" + "}" * 21 + "}",
        '{"entries":[' + ",".join(["[]"] * 3_000_000) + "]}",
        '{"entries":[' + ",".join(["0.5"] * 2_500_000) + "]}",
        '{"a":"' + '\\"' * 5_000_000,
        '"' * 9_999_999,
        "{" + '"a":{' * 2_000_000,
    ],
    ids=["deep", "a little deep", "boxes", "numbers", "no end", "quotes", "open"],
)
def test_a_file_made_to_take_all_the_memory_or_the_time_is_refused_at_once(content: str) -> None:
    body = content[:MOST_BYTES].encode()
    tracemalloc.start()
    began = perf_counter()
    with pytest.raises((NotAnExport, WrongLine)):
        reading(body)
    took, (_, most) = perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 120 * 1024 * 1024
    assert took < 15  # counting memory makes everything slower


def test_a_mood_of_the_small_hours_keeps_its_day() -> None:
    (one,) = reading(export(mood(felt_at="2026-03-02T03:30:00+01:00"))).entries
    assert str(local_date_of(one.felt_at)) == "2026-03-01"
