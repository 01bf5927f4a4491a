"""Whatever is typed, and whatever is added to a form: pages show it as words, no page breaks, nobody becomes somebody
else.
"""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.journal.record import rows
from tests.web.filling import forms, looked_at, send, sent_all
from tests.web.reading import Form, Page
from wellbeing.db import Base

MARK = "x-hostile"
# An element, an attribute, a line of a program, a template or an address that runs, depending on where it lands.
HOSTILE = f"javascript:'\"></title></textarea></script><{MARK} on{MARK}=1>{{{{7777*7777}}}}${{7777*7777}}<!--"
NASTY = [
    "\x00",
    "🙂" * 5000,
    "-1",
    "9" * 40,
    "1e309",
    "NaN",
    "' OR 1=1 --",
    "../../etc/passwd",
    "\r\nSet-Cookie: a=b",
    "٣",
]
GREED = {
    "role": "facilitator", "id": "1", "steward": "1", "is_steward": "1", "membership_id": "1", "invited_by": "1",
    "created_at": "2020-01-01", "ended_at": "", "used_by": "1", "approved": "1", "limits_factor": "1000",
}  # fmt: skip

on_one_engine = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def hostile_parts(text: str) -> list[str]:
    """What a browser would take for more than words."""
    page = Page(text)
    found = [tag for tag, given in page.elements if tag == MARK or f"on{MARK}" in given or MARK in " ".join(given)]
    found += [address for *_, address in page.links() if address.lower().lstrip().startswith("javascript:")]
    return found + (["the template was run"] if "60481729" in text else [])


def test_each_way_of_being_more_than_words_is_seen() -> None:
    for text in (f"<{MARK}>", f"<p on{MARK}=1>", '<a href="JavaScript:1">', "<p>60481729</p>"):
        assert hostile_parts(text)


@on_one_engine
def test_what_is_typed_anywhere_is_shown_as_words_everywhere(cast: Cast, database: str) -> None:
    answered, made = sent_all(cast, lambda form: form.sent(HOSTILE))
    typed = [each for each, _ in answered if any(field.typed for field in each.form.fields)]
    assert len(typed) > 10
    shown, kept = 0, 0
    for each, answer in answered:
        assert answer.status_code < 500, f"{each}: {answer.status_code}"
        if answer.mimetype == "text/html":
            assert hostile_parts(answer.text) == [], str(each)
            shown += MARK in answer.text
    for who, address, answer in looked_at(cast, made):
        assert hostile_parts(answer.text) == [], f"{who}: {address}"
        kept += MARK in answer.text
    assert shown > 3, "no refusal showed what was typed"
    assert kept > 3, "nothing of what was typed was kept and shown again"


@on_one_engine
def test_nothing_that_is_sent_breaks_a_page(cast: Cast, database: str) -> None:
    """Each field in turn holds each nasty thing, comes twice, or does not come."""
    found, _ = forms(cast)
    sent = 0
    for each in found:
        if each.form.action.endswith(("/end", "/deletion")):
            continue
        for field in {field.name for field in each.form.fields}:
            plain = each.form.sent("Saule")
            ways = [{**plain, field: [NASTY[sent % len(NASTY)]]}, {**plain, field: plain[field] * 2},
                    {name: value for name, value in plain.items() if name != field}]  # fmt: skip
            for data in ways:
                answer = send(cast, each, data)
                assert answer.status_code < 500, f"{each}: {field}={data.get(field)}: {answer.status_code}"
                sent += 1
    assert sent > 300


@on_one_engine
def test_a_field_that_was_not_asked_for_changes_nobodys_place(cast: Cast, database: str) -> None:
    """Ben and the group Oak are named in every form, by people who have nothing to do with either."""
    ben, oak = cast.people["Ben"].person, cast.groups["Oak"]
    named = {"person_id": str(ben.id), "person_uid": ben.uid, "group_id": str(oak.id), "group_uid": oak.uid}
    found, _ = forms(cast)
    before = of_one(cast, "person_id", ben.id), of_one(cast, "group_id", oak.id), roles(cast)

    def greedy(form: Form) -> dict[str, list[str]]:
        plain = form.sent("Saule")
        return {**{name: [value] for name, value in {**GREED, **named}.items() if name not in plain}, **plain}

    answered = [send(cast, each, greedy(each.form)).status_code for each in found]
    assert max(answered) < 500
    assert answered.count(303) > 10
    assert (of_one(cast, "person_id", ben.id), of_one(cast, "group_id", oak.id)) == before[:2]
    led = roles(cast)["facilitator"] - before[2]["facilitator"]
    assert led <= {(cast.people[name].person.id, group) for name in ("Fay", "Sam") for _, group in led}
    assert roles(cast)["steward"] == before[2]["steward"] == {(cast.people["Sam"].person.id, None)}


def of_one(cast: Cast, column: str, number: int) -> dict[str, list[object]]:
    """Whatever names this person, or this group, in every table."""
    tables = [table for table in Base.metadata.tables.values() if column in table.columns]
    assert len(tables) > 3
    return {
        table.name: rows(cast.app, f'SELECT * FROM "{table.name}" WHERE {column} = :n', n=number) for table in tables
    }


def roles(cast: Cast) -> dict[str, set[tuple[int, int | None]]]:
    held = rows(cast.app, "SELECT role, person_id, group_id FROM membership WHERE ended_at IS NULL")
    stewards = rows(cast.app, "SELECT person_id FROM stewardship WHERE until IS NULL")
    return {
        **{role: {(row.person_id, row.group_id) for row in held if row.role == role}
           for role in ("participant", "facilitator")},
        "steward": {(row.person_id, None) for row in stewards},
    }  # fmt: skip
