"""Choices have dates, and the very words under which they were made; withdrawing is one tap and holds at once."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.cast import Cast
from tests.catalogues.reading import catalogue
from wellbeing.accounts.history.wordings import KEPT, digest, wording
from wellbeing.db import db
from wellbeing.models.consent import Consent

ASKED = ("consent.age", "consent.journal", "consent.trends", "consent.checkups", "consent.reminders", "simple.journal",
         "simple.trends")  # fmt: skip


@pytest.mark.parametrize("locale", ["fr", "en"])
@pytest.mark.parametrize("key", ASKED)
def test_every_text_by_which_people_are_asked_is_kept_by_its_hash(locale: str, key: str) -> None:
    """A wording that changes is added to wellbeing/data/consents.json; those before it stay: consents name them."""
    text = catalogue(locale)[key]
    kept = json.loads(KEPT.read_text("utf-8"))["texts"]
    assert {"key": key, "locale": locale, "text": text, "sha256": digest(text)}.items() <= next(
        one for one in kept if one["sha256"] == digest(text)
    ).items()
    assert wording(digest(text), "l’association") == text.replace("{controller}", "l’association")


def test_every_text_that_is_kept_has_the_hash_it_stands_under() -> None:
    kept = json.loads(KEPT.read_text("utf-8"))["texts"]
    assert len(kept) >= 2 * len(ASKED)
    assert [one["key"] for one in kept if digest(one["text"]) != one["sha256"]] == []
    assert len({one["sha256"] for one in kept}) == len(kept)
    assert wording("0" * 64, "") is None


def test_the_page_of_choices_says_what_was_agreed_to_when_where_and_by_which_text(cast: Cast, clock: Any) -> None:
    ana = cast.browser("Ana")
    clock.advance(days=1)
    assert ana.post("/settings/choices", data={"purpose": "trends"}).status_code == 303
    clock.advance(days=1)
    ana.post("/settings/choices", data={"purpose": "trends", "given": "1", "next": "/settings/choices"})
    page = ana.get("/settings/choices").text
    trends = page[page.index('aria-labelledby="choice-trends-text"') :]
    trends = trends[: trends.index("</section>")]
    first = "Donné le mercredi 11 mars 2026, 19\u00a0h\u00a000, en rejoignant un groupe, en français."
    assert first in trends
    assert "Retiré le jeudi 12 mars 2026, 19\u00a0h\u00a000." in trends
    second = "Donné le vendredi 13 mars 2026, 19\u00a0h\u00a000, dans Réglages, en français."
    assert trends.index(second) < trends.index(first)
    assert "Le texte qui était affiché" in trends
    assert trends.count("comptent dans les tendances de groupe") == 2  # the choice, and the text of the second consent
    assert trends.count("Retirer mon accord") == 1


def test_what_was_shown_stays_readable_in_the_language_it_was_shown_in(cast: Cast) -> None:
    ana = cast.browser("Ana")
    ana.post("/settings", data={"locale": "en"})
    ana.post("/settings/choices", data={"purpose": "trends"})
    ana.post("/settings/choices", data={"purpose": "trends", "given": "1"})
    ana.post("/settings", data={"locale": "fr"})
    page = ana.get("/settings/choices").text
    assert '<p lang="en">I agree that my moods and my answers before and after sessions count' in page
    assert "dans Réglages, en anglais." in page


def test_a_text_is_whole_in_its_language_even_where_the_host_has_given_no_name(cast: Cast) -> None:
    cast.takes_part("Dora", "Willow", agreed=("age_ok",))
    dora = cast.browser("Dora")
    dora.post("/settings/choices", data={"purpose": "journal", "given": "1"})
    dora.post("/settings", data={"locale": "en"})
    page = dora.get("/settings/choices").text
    assert "on the server of the organisation that welcomes you, for my own use" in page  # what is asked now
    shown = re.findall(r'<p lang="fr">(.+)</p>', page)
    assert any("sur le serveur de l’association qui vous accueille" in text for text in shown)
    assert not any("organisation that" in text for text in shown)


def test_nobody_elses_choices_are_on_the_page_and_a_visitor_sees_none(cast: Cast) -> None:
    cast.takes_part("Dora", "Willow", agreed=("age_ok",))
    page = cast.browser("Dora").get("/settings/choices").text
    assert page.count("Aucun accord donné jusqu’ici.") == 4
    assert page.count("Donné le") == 1  # that they are old enough
    assert page.count("Donner mon accord") == 4
    assert "checked" not in page
    assert cast.stranger().get("/settings/choices").location == "/sign-in?next=/settings/choices"


def test_the_journal_is_taken_back_by_erasing_and_the_page_says_so(cast: Cast) -> None:
    page = cast.browser("Ana").get("/settings/choices").text
    assert "Retirer cet accord revient à tout effacer." in page
    assert page.count("Retirer mon accord") == 3


def test_looking_at_ones_choices_changes_nothing(cast: Cast) -> None:
    cast.browser("Ana").get("/settings/choices")
    with cast.app.app_context():
        assert (
            db.session.query(Consent).filter_by(withdrawn_at=None, person_id=cast.people["Ana"].person.id).count() == 5
        )
