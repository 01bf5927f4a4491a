"""What a phone writes in a basement arrives as it was meant, whatever the order, and overwrites nothing unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.naive_merge import BEGUN, Asked, Server, in_order
from wellbeing.domain.merging import LEDGER, EntryDeleted, Part, Thing, Verb, merged

NUMBERS_SAID = st.integers(1, 5)
WORDS_SAID = st.sampled_from(["", None, "un", "deux", "trois"])


@st.composite
def lives(draw: st.DrawFn, device: str = "A", longest: int = 6, may_delete: bool = True) -> list[Asked]:
    """What one device can ask for: a creation first; after a deletion, nothing but an update that takes it back."""
    said = [Asked(device, 1, Verb.CREATE, draw(NUMBERS_SAID), draw(st.sampled_from(["", "un", "deux"])))]
    for seq in range(2, 2 + draw(st.integers(0, longest - 1))):
        if said[-1].verb is Verb.DELETE:
            verb = Verb.UPDATE
        else:
            verb = draw(st.sampled_from([Verb.UPDATE, Verb.NOTE] + [Verb.DELETE] * may_delete))
        numbers = draw(NUMBERS_SAID) if verb is Verb.UPDATE else None
        words = draw(WORDS_SAID) if verb is Verb.UPDATE else draw(st.sampled_from([None, "un", "quatre"]))
        said.append(Asked(device, seq, verb, numbers, "" if verb is Verb.DELETE else words))
    return said


def delivered(draw: st.DrawFn, said: list[Asked]) -> list[Asked]:
    """Each at least once, some several times, in any order."""
    again = draw(st.lists(st.sampled_from(said), max_size=4))
    return draw(st.permutations(said + again))


@given(st.data())
def test_one_device_in_any_order_is_the_device_in_order_and_never_a_conflict(data: st.DataObject) -> None:
    said = data.draw(lives())
    server = Server()
    answers = {}
    for asked in delivered(data.draw, said):
        answer = server.take(asked)
        answers.setdefault(asked, answer)
        assert answer in ("applied", "duplicate", "invalid")
    # words that came between a deletion and what takes it back were refused, and are still on the device
    for asked in said:
        if answers[asked] == "invalid":
            assert server.take(asked) in ("applied", "duplicate")
    thing = server.thing
    assert (thing.numbers, thing.words, thing.deleted_at is not None) == in_order(said)
    assert (thing.version, thing.copies, server.history) == (len(said), {}, [])


@given(st.data())
def test_two_devices_lose_no_words_and_a_replay_changes_nothing(data: st.DataObject) -> None:
    """Both have seen the entry as it was created; then neither sees anything of the other's."""
    created, *mine = (replace(asked, base=int(asked.seq > 1)) for asked in data.draw(lives("A")))
    theirs = [replace(asked, base=1) for asked in data.draw(lives("B"))[1:]]
    server = Server()
    server.take(created)
    order = delivered(data.draw, mine + theirs) if mine + theirs else []
    refused = {asked for asked in order if server.take(asked) == "invalid"}
    thing, history = server.thing, list(server.history)
    for asked in [created, *order]:
        if asked not in refused:
            assert server.take(asked) == "duplicate"
    assert (server.thing, server.history) == (thing, history)
    if thing.deleted_at is not None:
        return
    for device, life in (("A", mine), ("B", theirs)):
        last = max((a for a in life if a.words != "" or a.verb is Verb.DELETE), key=lambda a: a.seq, default=None)
        if last is not None and last.words:
            assert last.words in (thing.words, thing.copies.get(device)) or last in refused


@given(st.data())
def test_numbers_that_lose_between_two_devices_are_in_the_history(data: st.DataObject) -> None:
    server, arrived = Server(), []
    for asked in delivered(data.draw, data.draw(lives("A", 4, False)) + data.draw(lives("B", 4, False))):
        before, answer = server.thing, server.take(asked)
        if answer != "duplicate" and server.thing.numbers != before.numbers and before.numbers is not None:
            arrived.append((before.numbers, before.numbers_part.device, asked.device))
    assert server.history == [numbers for numbers, device, winner in arrived if device != winner]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_an_undone_deletion_with_words_after_it_arrives_in_any_order(order: tuple[int, ...]) -> None:
    said = [
        Asked("A", 1, Verb.CREATE, 4, "un"), Asked("A", 2, Verb.DELETE),
        Asked("A", 3, Verb.UPDATE, 2), Asked("A", 4, Verb.UPDATE, 3, "deux"),
    ]  # fmt: skip
    server = Server()
    assert {server.take(said[n]) for n in order} == {"applied"}
    assert (server.thing.numbers, server.thing.words) == (3, "deux")


# --- two devices, row by row (F16) ------------------------------------------------------------------------------------
CREATED = Asked("A", 1, Verb.CREATE, 4, "un")


def after(*gestures: Asked) -> tuple[Server, list[str]]:
    server = Server()
    return server, [server.take(asked) for asked in gestures]


def test_different_numbers_the_last_received_wins_and_the_other_is_history() -> None:
    for first, second in ((("A", 2), ("B", 5)), (("B", 5), ("A", 2))):
        seqs = {"A": 2, "B": 1}
        one, two = (Asked(device, seqs[device], Verb.UPDATE, n, base=1) for device, n in (first, second))
        server, answers = after(CREATED, one, two)
        assert answers == ["applied", "applied", "numbers"]
        assert (server.thing.numbers, server.history) == (second[1], [first[1]])


def test_the_same_numbers_twice_are_no_conflict() -> None:
    server, answers = after(CREATED, Asked("B", 1, Verb.UPDATE, 4), Asked("A", 2, Verb.UPDATE, 4, base=1))
    assert (set(answers), server.history) == ({"applied"}, [])


def test_words_of_two_devices_are_both_kept_and_a_devices_next_words_replace_its_copy() -> None:
    server, answers = after(CREATED, Asked("B", 1, Verb.NOTE, None, "b1"), Asked("B", 2, Verb.NOTE, None, "b2"))
    assert answers == ["applied", "words", "words"]
    assert (server.thing.words, server.thing.copies) == ("un", {"B": "b2"})
    server.take(Asked("B", 3, Verb.NOTE, None, "b3", base=3))
    assert (server.thing.words, server.thing.copies) == ("b3", {})


def test_the_same_words_of_two_devices_are_no_conflict_and_one_of_them_removes_only_its_own() -> None:
    """Found by the properties: the words of the second were nowhere once the first had removed them."""
    server, answers = after(CREATED, Asked("B", 1, Verb.NOTE, None, "un"), Asked("A", 2, Verb.NOTE, None, None))
    assert answers == ["applied"] * 3
    assert (server.thing.words, server.thing.copies) == (None, {"B": "un"})
    server, answers = after(CREATED, Asked("B", 1, Verb.NOTE, None, "un"), Asked("B", 2, Verb.NOTE, None, None))
    assert (answers[-1], server.thing.words, server.thing.copies) == ("edited_elsewhere", "un", {})


def test_a_removal_that_has_not_seen_the_words_removes_nothing() -> None:
    server, answers = after(CREATED, Asked("B", 1, Verb.NOTE, None, None))
    assert (answers[-1], server.thing.words) == ("edited_elsewhere", "un")


def test_what_another_device_touched_meanwhile_is_not_deleted() -> None:
    edits = (Asked("B", 1, Verb.UPDATE, 2, base=1), Asked("B", 1, Verb.NOTE, None, "b"), Asked("B", 1, Verb.UPDATE, 4))
    for edit in edits:
        server, answers = after(CREATED, edit, Asked("A", 2, Verb.DELETE, base=1))
        assert answers[-1] == "edited_elsewhere"
        assert server.thing.deleted_at is None
        server.take(Asked("A", 3, Verb.DELETE, base=3))  # now it has seen
        assert server.thing.deleted_at is not None


def test_a_copy_beside_is_seen_before_it_is_deleted_too() -> None:
    mine = Asked("A", 2, Verb.NOTE, None, "a2")
    server, answers = after(CREATED, Asked("B", 1, Verb.NOTE, None, "b"), mine, Asked("A", 3, Verb.DELETE, base=1))
    assert answers[-1] == "edited_elsewhere"
    assert server.thing.copies == {"B": "b"}


@pytest.mark.parametrize(("device", "answer"), [("A", "applied"), ("B", "deleted_elsewhere")])
def test_an_update_brings_back_what_was_deleted(device: str, answer: str) -> None:
    server, answers = after(CREATED, Asked("A", 2, Verb.DELETE), Asked(device, 3, Verb.UPDATE, 2, "mots"))
    assert answers[-1] == answer
    assert (server.thing.deleted_at, server.thing.numbers, server.thing.words) == (None, 2, "mots")


def test_a_creation_does_not_bring_back_and_words_alone_are_refused() -> None:
    server, answers = after(Asked("A", 2, Verb.DELETE), CREATED, Asked("B", 1, Verb.NOTE, None, "b"))
    assert answers == ["applied", "applied", "invalid"]
    assert (server.thing.numbers, server.thing.words) == (None, None)


def test_a_deletion_is_deleted_twice() -> None:
    server, answers = after(CREATED, Asked("A", 2, Verb.DELETE), Asked("B", 1, Verb.DELETE))
    assert answers[-1] == "applied"
    assert server.thing.deleted_at is not None


# --- what is not there yet --------------------------------------------------------------------------------------------
def test_words_wait_for_their_mood_and_an_update_makes_what_was_never_created() -> None:
    server, _ = after(Asked("A", 2, Verb.NOTE, None, "tôt"))
    assert (server.thing.numbers, server.thing.words, server.thing.deleted_at) == (None, "tôt", None)
    server.take(CREATED)
    assert (server.thing.numbers, server.thing.words) == (4, "tôt")
    server, _ = after(Asked("A", 2, Verb.UPDATE, 5))
    assert server.thing.numbers == 5


def test_a_deletion_from_the_ledger_is_lifted_only_by_what_was_said_after_it() -> None:
    gone: Thing[int, str] = Thing(3, Part(3, LEDGER), Part(3, LEDGER), deleted_at=BEGUN + timedelta(minutes=5))
    for seq, back in ((4, False), (5, False), (6, True)):
        thing, outcome = merged(gone, Asked("A", seq, Verb.UPDATE, 2).gesture)
        assert (thing.deleted_at is None, outcome.superseded) == (back, not back)
    with pytest.raises(EntryDeleted):
        merged(gone, Asked("A", 6, Verb.NOTE, None, "b").gesture)


def test_a_form_has_just_seen_what_it_changes() -> None:
    server, _ = after(CREATED, Asked("B", 1, Verb.UPDATE, 2, "b"))
    by_form = replace(Asked("form", 0, Verb.UPDATE, 5, "f").gesture, base=None)
    thing, outcome = merged(server.thing, by_form, 0, 2)
    assert (thing.numbers, thing.words, outcome.reason) == (5, "f", "")


def test_without_the_stale_rule_the_same_properties_are_broken() -> None:
    """A server that lets the last words win loses some: the tests above can fail."""
    server = Server(stale=False)
    for asked in (CREATED, Asked("B", 1, Verb.NOTE, None, "b")):
        server.take(asked)
    assert "un" not in (server.thing.words, *server.thing.copies.values())


@given(st.data())
def test_words_disappear_only_when_their_own_device_or_one_that_had_seen_them_says_so(data: st.DataObject) -> None:
    """Three devices that look now and then, and send what they said in their own order, late or at once."""
    server = Server()
    seen, said, sent = dict.fromkeys("ABC", 0), dict.fromkeys("ABC", 0), {device: list[Asked]() for device in "ABC"}
    born: dict[str, tuple[str, int]] = {}  # words → the device that wrote them, and the version they made
    for turn in range(data.draw(st.integers(1, 16))):
        device = data.draw(st.sampled_from("ABC"))
        act = data.draw(st.sampled_from(["look", "say", "say", "send", "send"]))
        if act == "look" and not sent[device]:  # a phone reads once its queue has left
            seen[device] = server.thing.version
        elif act == "say":
            said[device] += 1
            verb = data.draw(st.sampled_from([Verb.UPDATE, Verb.NOTE, Verb.DELETE]))
            words = (
                "" if verb is Verb.DELETE else data.draw(st.sampled_from([f"{device}{turn}", f"{device}{turn}", None]))
            )
            numbers = 3 if verb is Verb.UPDATE else None
            sent[device].append(Asked(device, said[device], verb, numbers, words, seen[device]))
        elif act == "send" and sent[device]:
            asked, before = sent[device].pop(0), server.thing
            answer = server.take(asked)
            if answer != "invalid" and asked.words:
                born[asked.words] = device, server.thing.version
            there = {server.thing.words, *server.thing.copies.values()}
            for lost in {before.words, *before.copies.values()} - there - {None}:
                author, version = born[str(lost)]
                assert author == device or version <= asked.base, f"{asked} took {lost!r} away unseen"
