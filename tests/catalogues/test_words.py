"""The word list behind every phrase: if one word moved, phrases already given would stop opening their journal."""

import hashlib
import unicodedata
from importlib import resources
from pathlib import Path

DATA = Path(__file__).parents[2] / "wellbeing" / "data"
LIST = DATA / "words_fr.txt"
LICENCE = DATA / "words_fr.LICENSE"

SHA_256 = "431c1d074225d2b7e82db857d7c3ea58051df546e7c8b74c1f6dcab36351fd56"


def words() -> list[str]:
    return LIST.read_text("utf-8").splitlines()


def without_accents(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))


def test_the_list_never_changes_under_a_phrase_already_given() -> None:
    assert hashlib.sha256(LIST.read_bytes()).hexdigest() == SHA_256


def test_its_licence_stands_beside_it_and_names_the_same_bytes() -> None:
    licence = LICENCE.read_text("utf-8")
    assert "MIT License" in licence
    assert SHA_256 in licence


def test_there_are_two_to_the_eleventh_different_words() -> None:
    assert len(words()) == len(set(words())) == 2**11


def test_every_word_is_five_to_eight_letters_in_one_unicode_form() -> None:
    for word in words():
        assert word == unicodedata.normalize("NFC", word).lower(), word
        assert word.isalpha(), word
        assert 5 <= len(word) <= 8, word


def test_accents_forgotten_at_the_keyboard_never_make_two_words_one() -> None:
    assert len({without_accents(word) for word in words()}) == 2048


def test_four_letters_are_enough_to_tell_a_word() -> None:
    assert len({without_accents(word)[:4] for word in words()}) == 2048


def test_it_is_the_published_list_word_for_word() -> None:
    published = resources.files("mnemonic").joinpath("wordlist/french.txt").read_text("utf-8")
    assert words() == unicodedata.normalize("NFC", published).split()
