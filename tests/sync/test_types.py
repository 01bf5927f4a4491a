"""A phone says numbers as numbers and words as words: anything else is refused, is nowhere kept, and breaks nothing."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.cast import Cast
from tests.journal.record import entries, rows
from tests.sync.phone import HERE, Phone, operations

OTHERWISE: list[Any] = [True, False, 1.0, 4.5, "4", "", "\x00", [4], {"mood": 4}, None, -1, 2**63, 10**400, "🙂" * 3000]
Make = Callable[[Phone, str, str], dict[str, Any]]
KINDS: dict[str, Make] = {
    "entry.create": lambda phone, _entry, _workshop: phone.create(4, note="a", energy=3, calm=3, emotions=["joy"]),
    "entry.update": lambda phone, entry, _workshop: phone.update(entry, 5),
    "note.put": lambda phone, entry, _workshop: phone.put_note(entry, "b"),
    "attendance.put": lambda phone, _entry, workshop: phone.was_there(workshop),
}


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a batch, inner ones included."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from leaves(each, (*path, key))


def with_another(batch: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(batch)
    holder: Any = changed
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return changed


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_of_another_type_is_refused_and_breaks_nothing(cast: Cast, kind: str) -> None:
    phone = Phone(cast)
    entry = phone.create(3)
    phone.send(entry)
    [workshop] = rows(cast.app, "SELECT uid FROM workshop WHERE group_id = 1 ORDER BY starts_at LIMIT 1")
    batch = phone.batch(KINDS[kind](phone, entry["op_id"], workshop.uid))
    tried = 0
    for path in leaves(batch):
        for value in OTHERWISE:
            answer = phone.client.post("/sync", json=with_another(batch, path, value), headers=HERE)
            assert answer.status_code in (200, 400, 409, 413), f"{path} = {value!r:.40}: {answer.status_code}"
            tried += 1
    assert tried > 100
    for row in entries(cast, "Ana"):
        assert type(row.mood) is int
        assert row.mood in (3, 4, 5)
        assert row.energy in (None, 3)
        assert type(row.energy) is not bool
    assert all(type(row.seq) is int for row in operations(cast))


@pytest.mark.parametrize("mood", [True, 4.0, "4", [4]])
def test_a_mood_is_a_whole_number_and_nothing_that_looks_like_one(cast: Cast, mood: Any) -> None:
    phone = Phone(cast)
    assert phone.first(phone.create(mood))["status"] == "invalid"
    assert entries(cast, "Ana") == []


@pytest.mark.parametrize("field", ["person_id", "role", "group_id", "imported", "id"])
def test_a_field_that_nobody_asked_for_refuses_the_op(cast: Cast, field: str) -> None:
    phone = Phone(cast)
    ben = cast.people["Ben"].person.id
    assert phone.first(phone.create(4, **{field: ben}))["status"] == "invalid"
    assert entries(cast, "Ana") == entries(cast, "Ben") == []
