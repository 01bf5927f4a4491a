"""A word is found whatever its accents, capitals and ligatures, from its beginning, and shown in its place."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wellbeing.domain.finding import AFTER, BEFORE, excerpt_of, folded, terms_of

TEXTS = some.text(max_size=300)
FRENCH = some.text("aàâäbcçdeéèêëœæiîïoôuùûüyÿßÀÉŒÆ'’ -.\n", max_size=200)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ete", "L’Été dernier"),
        ("ÉTÉ", "un bel ete"),
        ("coeur", "le cœur léger"),
        ("cœur", "le coeur léger"),
        ("OEuvre", "Une œuvre"),
        ("ex aequo", "ex æquo"),
        ("danse", "nous avons dansé, puis danser"),
        ("noel", "Noe\u0308l, décomposé"),
        ("strasse", "Straße"),
        ("groupe dehors", "Dehors, avec le groupe"),
        ("l'atelier", "l’atelier du jeudi"),
        ("efface", "tout s’eﬀace"),
        ("31", "le 31 mars"),
    ],
)
def test_a_hurried_hand_finds_its_word(typed: str, text: str) -> None:
    assert terms_of(typed).are_in(text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [("art", "je voudrais partir"), ("danser", "la danse"), ("groupe seul", "le groupe"), ("joie", "j’ai soie")],
)
def test_what_is_not_there_is_not_found(typed: str, text: str) -> None:
    assert not terms_of(typed).are_in(text)


@pytest.mark.parametrize("typed", ["", "  ", "?!…", "’"])
def test_signs_without_a_letter_look_for_nothing(typed: str) -> None:
    assert not terms_of(typed)


@given(TEXTS | FRENCH)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(TEXTS | FRENCH)
def test_accents_and_capitals_never_matter(text: str) -> None:
    for form in ("NFC", "NFD", "NFKC"):
        assert folded(unicodedata.normalize(form, text)) == folded(text)
    assert terms_of(text) == terms_of(folded(text))


@given(TEXTS | FRENCH, some.data())
def test_any_word_of_a_text_is_found_by_its_beginning(text: str, chosen: some.DataObject) -> None:
    words = terms_of(text).words
    if not words:
        return
    word = chosen.draw(some.sampled_from(words))
    start = word[: chosen.draw(some.integers(1, len(word)))]
    assert terms_of(start).are_in(text)
    assert terms_of(text).are_in(text)


@given(TEXTS | FRENCH, some.text(max_size=20) | FRENCH)
def test_an_excerpt_is_short_and_says_nothing_that_was_not_written(text: str, typed: str) -> None:
    found = excerpt_of(text, terms_of(typed))
    assert len(found.before) <= BEFORE + 1
    assert len(found.after) <= BEFORE + AFTER + 1
    said = unicodedata.normalize("NFC", " ".join(text.split()))
    assert found.before.removeprefix("…") + found.found + found.after.removesuffix("…") in said
    if found.found:
        assert folded(found.found).startswith(terms_of(typed).words)


@given(FRENCH)
def test_a_word_of_plain_letters_that_is_found_is_shown(text: str) -> None:
    for word in re.findall(r"\w+", text)[:3]:
        assert excerpt_of(text, terms_of(word)).found
