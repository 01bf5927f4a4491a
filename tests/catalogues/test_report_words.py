"""No sentence of the report claims more than its figures can say: the wording bank over every string it is made of."""

from __future__ import annotations

import pytest

from tests.catalogues.reading import LANGUAGES, catalogue
from wellbeing.domain.reports import FUNDERS
from wellbeing.domain.wording import AVOIDED, avoided_in

READ_BY_FUNDERS = ("rep.", "level.", "item.", "trend.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_string_of_the_report_holds_a_word_of_the_bank(language: str) -> None:
    texts = {key: text for key, text in catalogue(language).items() if key.startswith(READ_BY_FUNDERS)}
    assert len([key for key in texts if key.startswith("rep.")]) > 100
    found = {key: [one.word for one in avoided_in(text)] for key, text in texts.items()}
    assert {key: words for key, words in found.items() if words} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_funder_has_its_guidance_and_every_word_its_reason(language: str) -> None:
    keys = set(catalogue(language))
    guided = {f"rep.guide_{funder}_{field}" for funder in FUNDERS for field in ("need", "public", "learning", "next")}
    named = {f"rep.{kind}_{funder}" for funder in FUNDERS for kind in ("funder", "forward")}
    reasons = {f"rep.why_{reason}" for reason in AVOIDED}
    assert guided | named | reasons <= keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_method_never_becomes_shorter(language: str) -> None:
    method = [catalogue(language)[f"rep.method_{n}"] for n in range(1, 9)]
    assert f"rep.method_{len(method) + 1}" not in catalogue(language)
    assert sum(map(len, method)) == {"fr": 1037, "en": 904}[language]
