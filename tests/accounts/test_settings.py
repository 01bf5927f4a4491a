"""Settings: the person's own language, zone and choices, one tap each; nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.cast import CANARY, Cast
from wellbeing.db import db
from wellbeing.models.consent import Consent
from wellbeing.models.person import Person


def consents(cast: Cast, name: str, purpose: str) -> list[Consent]:
    with cast.app.app_context():
        return list(db.session.scalars(select(Consent).filter_by(person_id=cast.person(name).id, purpose=purpose)))


def test_a_pseudonym_shows_to_its_owner_only(cast: Cast) -> None:
    assert f"Ana {CANARY}" in cast.browser("Ana").get("/settings").text
    assert "Ana" not in cast.browser("Ben").get("/settings").text


def test_a_pseudonym_can_be_changed_and_is_kept_encrypted(cast: Cast) -> None:
    ana = cast.browser("Ana")
    assert ana.post("/settings", data={"pseudonym": f"  Galet\u202e {CANARY} ", "locale": "fr"}).status_code == 303
    assert f'value="Galet {CANARY}"' in ana.get("/settings").text
    with cast.app.app_context():
        kept = [bytes(box) for box in db.session.scalars(select(Person.pseudonym))]
    assert not [box for box in kept if CANARY.encode() in box]
    assert "Galet" not in cast.browser("Ben").get("/settings").text
    ana.post("/settings", data={"locale": "fr", "timezone": "Europe/Paris"})
    assert f'value="Galet {CANARY}"' in ana.get("/settings").text, "a form without the field leaves it alone"


@pytest.mark.parametrize("typed", ["", "   ", "x" * 121, "a\x00b"])
def test_a_pseudonym_that_cannot_be_kept_is_refused_and_nothing_changes(cast: Cast, typed: str) -> None:
    ana = cast.browser("Ana")
    answer = ana.post("/settings", data={"pseudonym": typed, "locale": "en", "timezone": "Pacific/Noumea"})
    assert answer.status_code == 422
    assert 'id="pseudonym-error"' in answer.text
    assert 'id="zone-error"' not in answer.text
    assert 'value="Pacific/Noumea"' in answer.text
    assert f"Ana {CANARY}" in ana.get("/settings").text
    assert cast.person("Ana").locale == "fr"


def test_language_and_zone_are_the_persons_own(cast: Cast) -> None:
    ana = cast.browser("Ana")
    assert ana.post("/settings", data={"locale": "en", "timezone": "Pacific/Noumea"}).status_code == 303
    assert '<html lang="en">' in ana.get("/settings").text
    assert '<html lang="fr">' in cast.browser("Ben").get("/settings").text
    with cast.app.app_context():
        assert db.session.scalar(select(Person.timezone).filter_by(id=cast.person("Ana").id)) == "Pacific/Noumea"


def test_an_unknown_zone_is_refused_and_stays_in_the_field(cast: Cast) -> None:
    answer = cast.browser("Ana").post("/settings", data={"locale": "fr", "timezone": "Europe/Pariss"})
    assert answer.status_code == 422
    assert 'value="Europe/Pariss"' in answer.text
    assert "zone-error" in answer.text
    with cast.app.app_context():
        assert db.session.scalar(select(Person.timezone).filter_by(id=cast.person("Ana").id)) == "Europe/Paris"


def test_a_consent_is_taken_back_as_easily_as_it_is_given_and_its_dates_are_kept(cast: Cast, clock: Any) -> None:
    ana = cast.browser("Ana")
    ana.post("/settings/choices", data={"purpose": "trends"})
    ana.post("/settings/choices", data={"purpose": "trends"})
    (first,) = consents(cast, "Ana", "trends")
    assert first.withdrawn_at == clock.now
    clock.advance(days=1)
    ana.post("/settings/choices", data={"purpose": "trends", "given": "1"})
    ana.post("/settings/choices", data={"purpose": "trends", "given": "1"})
    rows = consents(cast, "Ana", "trends")
    assert len(rows) == 2
    assert rows[-1].given_at == clock.now
    assert rows[-1].withdrawn_at is None
    assert len(rows[-1].text_hash) == 64
    assert rows[-1].given_in == "settings"
    assert [row.withdrawn_at for row in consents(cast, "Ben", "trends")] == [None]


def test_an_unknown_choice_changes_nothing(cast: Cast) -> None:
    ana = cast.browser("Ana")
    for purpose in ("age_ok", "everything", "", "journal"):
        assert ana.post("/settings/choices", data={"purpose": purpose}).status_code == 422
    assert [row.withdrawn_at for row in consents(cast, "Ana", "journal")] == [None]


def test_a_visitor_chooses_a_language_for_this_device(cast: Cast) -> None:
    visitor = cast.stranger()
    assert visitor.post("/locale", data={"locale": "en", "next": "/help"}).location == "/help"
    assert '<html lang="en">' in visitor.get("/sign-in").text
    assert visitor.post("/locale", data={"locale": "de"}).status_code == 422


def test_settings_need_a_sign_in(cast: Cast) -> None:
    stranger = cast.stranger()
    assert stranger.get("/settings").location == "/sign-in?next=/settings"
    assert stranger.post("/settings", data={"locale": "en"}).status_code == 401
    assert stranger.post("/settings/choices", data={"purpose": "trends"}).status_code == 401
