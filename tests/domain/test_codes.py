"""A code is forgiving of the hand that typed it, and of nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.domain.codes import ALPHABET, grouped, normalised

codes = st.text(alphabet=ALPHABET, min_size=8, max_size=8)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ABCD-EFGH", "ABCDEFGH"),
        ("abcd efgh", "ABCDEFGH"),
        (" a-b-c-d–e—f‑g\u00a0h\n", "ABCDEFGH"),
        ("OoIiLl01", "00111101"),
        ("7Z3M-K8QT", "7Z3MK8QT"),
    ],
)
def test_capitals_hyphens_spaces_and_look_alikes_do_not_matter(typed: str, code: str) -> None:
    assert normalised(typed) == code


@pytest.mark.parametrize(
    "typed",
    ["", "ABCDEFG", "ABCDEFGHJ", "ABCDEFGU", "ABCD_EFGH", "ABCDEFG\x00",
     "АBCDEFGH", "ABCDEFGı", "ABCDEFG１", "ABCDEFß", "%00%00%0", "A" * 10_000],
)  # fmt: skip
def test_anything_else_opens_nothing(typed: str) -> None:
    assert normalised(typed) is None


def test_longer_codes_have_their_own_length() -> None:
    assert normalised("abcd-efgh-jkmn", 12) == "ABCDEFGHJKMN"
    assert normalised("abcd-efgh", 12) is None


@given(codes)
def test_a_code_typed_as_it_is_shown_is_that_code(code: str) -> None:
    assert normalised(grouped(code)) == normalised(grouped(code).lower()) == code
    assert grouped(code) == f"{code[:4]}-{code[4:]}"


def test_the_alphabet_holds_no_sign_that_is_taken_for_another() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)
