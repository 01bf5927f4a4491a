"""Names can be read and cannot trick; private words are kept as they were written, or refused with a sentence."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.domain.names import name, words
from wellbeing.domain.refusals import NameMissing, NameTooLong, NoteTooLong, Refusal, UnreadableText


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Saule", "Saule"),
        ("  Le   Saule\tpleureur\r\n", "Le Saule pleureur"),
        ("L’Œuvre d’été", "L’Œuvre d’été"),
        ("Cafe\u0301", "Café"),
        ("\u202eelbuort", "elbuort"),
        ("a\u2066b\u2069c\u200fd", "abcd"),
        ("bell\x07 \x1b[31mred\x7f", "bell [31mred"),
        ("=1+1", "=1+1"),
        ("<b>gras</b>", "<b>gras</b>"),
        ("سالم", "سالم"),
        ("👩‍🎨 peinture", "👩‍🎨 peinture"),
        ("x" * 120 + "  ", "x" * 120),
    ],
)
def test_a_name_is_kept_readable_and_on_one_line(typed: str, kept: str) -> None:
    assert name(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "   ", "\t\n", "\u200b\u200b", "\u202e\u202c", "\x07", "\ufeff", "\u00a0", "\u0301"]
)
def test_a_name_that_cannot_be_seen_is_no_name(typed: str) -> None:
    with pytest.raises(NameMissing) as refused:
        name(typed, field="pseudonym")
    assert refused.value.field == "pseudonym"


def test_a_name_has_a_length() -> None:
    with pytest.raises(NameTooLong) as refused:
        name("x" * 121)
    assert (refused.value.field, refused.value.values) == ("name", {"n": 120})


@pytest.mark.parametrize("typed", ["a\x00b", "\x00", "half \ud83d a pair"])
def test_what_no_database_can_keep_is_refused_and_never_cut(typed: str) -> None:
    with pytest.raises(UnreadableText) as in_a_name:
        name(typed)
    with pytest.raises(UnreadableText) as in_a_note:
        words(typed)
    assert (in_a_name.value.field, in_a_note.value.field) == ("name", "note")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        (" \r\n\t ", ""),
        ("Une ligne.\r\nUne autre.\rEncore.\n", "Une ligne.\nUne autre.\nEncore."),
        ("  retrait\n\ttabulé  double", "retrait\n\ttabulé  double"),
        ("e\u0301te\u0301", "été"),
        ("sonnerie\x07\x9b", "sonnerie"),
        ("\u202bשלום\u202c", "\u202bשלום\u202c"),
    ],
)
def test_private_words_are_kept_as_they_were_written(typed: str, kept: str) -> None:
    assert words(typed) == kept


def test_private_words_have_a_length_in_which_a_line_break_is_one_sign() -> None:
    assert len(words("x\r\n" * 1999 + "xx")) == 4000
    assert len(words("é" * 4000)) == 4000
    with pytest.raises(NoteTooLong) as refused:
        words("x" * 4001, field="keepsake")
    assert refused.value.field == "keepsake"


@given(st.text(max_size=200))
def test_what_is_kept_once_is_kept_the_same_again(text: str) -> None:
    for kept_as in (name, words):
        with suppress(Refusal):
            kept = kept_as(text)
            assert kept_as(kept) == kept == unicodedata.normalize("NFC", kept)
            kept.encode()
