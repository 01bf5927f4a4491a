"""Seven words open a journal, whatever the accents, the capitals and what lies between them."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wellbeing.domain.phrases
from wellbeing.domain.phrases import PREFIX, canonical, plain

LIST = Path(wellbeing.domain.phrases.__file__).resolve().parents[1] / "data" / "words_fr.txt"
WORDS = tuple(LIST.read_text("utf-8").split())
SEVEN = "abaisser académie éprouver moelleux zoologie étoile jaguar"
PLAIN = "abaisser academie eprouver moelleux zoologie etoile jaguar"

phrases = st.lists(st.sampled_from(WORDS), min_size=7, max_size=7)


def test_the_words_of_the_list_are_told_apart_by_four_plain_letters() -> None:
    assert len({plain(word)[:PREFIX] for word in WORDS}) == len(WORDS) == 2048
    assert all(plain(word).isascii() and plain(word).isalpha() and 5 <= len(word) <= 8 for word in WORDS)


@pytest.mark.parametrize(
    "typed",
    [
        SEVEN,
        SEVEN.upper(),
        PLAIN,
        unicodedata.normalize("NFD", SEVEN),
        SEVEN.replace(" ", ", ").replace("jaguar", "jaguar."),
        "  " + SEVEN.replace(" ", "\u00a0\n"),
        "1. abaisser 2. académie 3. éprouver 4. moelleux 5. zoologie 6. étoile 7. jaguar",
        SEVEN.replace("moelleux", "mœlleux"),
        "abai acad épro moel zool etoi jagu",
        "abaissé académies éprouvé moelleuse zoo-logie étoilée jaguars".replace("-", ""),
    ],
)
def test_seven_words_are_known_however_they_were_typed(typed: str) -> None:
    assert canonical(typed, WORDS) == PLAIN


@pytest.mark.parametrize(
    "typed",
    ["", "abaisser", SEVEN + " jaguar", SEVEN[:-7], SEVEN.replace("jaguar", "jag"), SEVEN.replace("jaguar", "xxxx"),
     SEVEN.replace("jaguar", "jag uar"), SEVEN.replace(" ", ""), "яблоко " * 7, "\x00" * 7, " ".join([SEVEN] * 200)],
)  # fmt: skip
def test_anything_but_seven_known_words_is_nothing(typed: str) -> None:
    assert canonical(typed, WORDS) is None


def test_the_order_of_the_words_matters() -> None:
    assert canonical(" ".join(reversed(SEVEN.split())), WORDS) != canonical(SEVEN, WORDS)


@given(phrases)
def test_a_phrase_as_it_is_shown_is_itself(words: list[str]) -> None:
    found = canonical(" ".join(words), WORDS)
    assert found == " ".join(plain(word) for word in words)
    assert canonical(found, WORDS) == found


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert canonical(text, WORDS) is None
