"""Which group one counts for is one's own choice: from the next boundary on, and for nobody else to see."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from tests.cast import Cast
from tests.conftest import Clock
from tests.groups.record import content
from wellbeing.accounts.operations.entering import join_also
from wellbeing.db import db, transaction
from wellbeing.models.group import Group
from wellbeing.models.membership import Contribution
from wellbeing.models.stewardship import Stewardship

NEXT = date(2026, 3, 23)  # the first 14-day boundary after the evening of these tests
AFTER_THAT = date(2026, 4, 6)


@pytest.fixture
def in_both(cast: Cast) -> Cast:
    """Ana takes part in Oak too."""
    with cast.app.app_context():
        join_also(cast.person("Ana"), cast.groups["Oak"], cast.now)
    return cast


def chosen(cast: Cast, name: str = "Ana") -> list[tuple[date, int | None]]:
    with cast.app.app_context():
        rows = select(Contribution.from_atom, Contribution.group_id).filter_by(person_id=cast.people[name].person.id)
        return [(since, group) for since, group in db.session.execute(rows.order_by(Contribution.from_atom))]


def choose(cast: Cast, group: str, name: str = "Ana") -> int:
    uid = cast.groups[group].uid if group else ""
    return cast.browser(name).post("/settings/contribution", data={"group": uid}).status_code


def test_a_choice_holds_from_the_next_period_and_past_ones_are_never_rewritten(in_both: Cast, clock: Clock) -> None:
    willow, oak = (in_both.groups[name].id for name in ("Willow", "Oak"))
    assert chosen(in_both) == [(NEXT, willow)]
    clock.set("2026-03-25T12:00+01:00")
    assert choose(in_both, "Oak") == 303
    assert chosen(in_both) == [(NEXT, willow), (AFTER_THAT, oak)]
    page = in_both.browser("Ana").get("/settings").text
    assert "Vous contribuez aux tendances d’un seul groupe\u00a0: Willow. À partir du 6 avril\u00a0: Oak." in page
    assert choose(in_both, "") == 303
    assert "À partir du 6 avril\u00a0: aucun groupe." in in_both.browser("Ana").get("/settings").text
    assert chosen(in_both) == [(NEXT, willow), (AFTER_THAT, None)]
    clock.set("2026-04-06T12:00+02:00")
    assert "Vous ne contribuez à aucun groupe." in in_both.browser("Ana").get("/settings").text


def test_choosing_the_same_again_changes_nothing(in_both: Cast, clock: Clock) -> None:
    clock.set("2026-03-25T12:00+01:00")
    choose(in_both, "Oak")
    before = content(in_both)
    choose(in_both, "Oak")
    assert chosen(in_both)[-1] == (AFTER_THAT, in_both.groups["Oak"].id)
    assert len(before["contribution"]) == len(content(in_both)["contribution"])


def test_a_group_of_others_is_no_choice(cast: Cast) -> None:
    before = content(cast)
    assert choose(cast, "Oak") == 404
    assert cast.browser("Ana").post("/settings/contribution", data={"group": "0" * 32}).status_code == 404
    assert cast.browser("Ana").post("/settings/contribution", data={}).status_code == 422
    assert cast.stranger().post("/settings/contribution", data={"group": ""}).status_code == 401
    assert content(cast) == before


def test_it_is_asked_of_those_who_agreed_and_said_to_those_who_never_count(cast: Cast) -> None:
    title = "Votre groupe pour les tendances"
    assert title in cast.browser("Ana").get("/settings").text
    cast.browser("Ana").post("/settings/choices", data={"purpose": "trends"})
    assert title not in cast.browser("Ana").get("/settings").text
    with cast.app.app_context(), transaction():
        db.session.add(Stewardship(person_id=cast.people["Ben"].person.id, since=cast.now))
    for name in ("Ben", "Fay"):
        assert "Vos propres notes ne comptent dans aucune tendance." in cast.browser(name).get("/settings").text


def test_nobody_in_the_team_sees_a_choice_change(in_both: Cast) -> None:
    pages = ("/groups", f"/groups/{in_both.groups['Willow'].uid}", f"/groups/{in_both.groups['Willow'].uid}/trends")

    def seen() -> list[Any]:
        return [in_both.browser("Fay").get(page).text for page in pages]

    before = seen()
    choose(in_both, "Oak")
    assert seen() == before


# --- when the group one counts for has closed -------------------------------------------------------------------------
ASKED = "Le groupe Willow a fermé. Pour quel groupe comptent vos réponses maintenant\u202f?"
SAID = "Le groupe Willow a fermé\u00a0: vos réponses n’y comptent plus."


def today(cast: Cast, name: str = "Ana") -> str:
    """Today as it is looked at again after a note."""
    cast.browser(name).post("/journal", data={"op_id": str(uuid4()), "mood": "4"})
    return cast.browser(name).get("/").text


def close(cast: Cast, *groups: str) -> None:
    with cast.app.app_context(), transaction():
        ids = [cast.groups[name].id for name in groups]
        db.session.execute(update(Group).where(Group.id.in_(ids)).values(closed_at=cast.now))


def test_whoever_counted_for_a_group_that_closed_is_asked_and_moved_by_nobody(in_both: Cast, clock: Clock) -> None:
    clock.set("2026-03-25T12:00+01:00")
    assert "a fermé" not in today(in_both)
    before = chosen(in_both)
    close(in_both, "Willow")
    assert ASKED in today(in_both)
    page = in_both.browser("Ana").get("/settings").text
    assert SAID in page
    section = page.split('id="home"')[1].split("</details>")[0]
    assert "checked" not in section, "nothing is chosen for them"
    assert "Vous ne contribuez à aucun groupe." in section
    assert in_both.groups["Oak"].uid in section
    assert in_both.groups["Willow"].uid not in section
    clock.advance(days=60)
    today(in_both)
    assert chosen(in_both) == before, "neither time nor looking moves them"


def test_their_answer_is_the_next_choice_and_ends_the_question(in_both: Cast, clock: Clock) -> None:
    clock.set("2026-03-25T12:00+01:00")
    close(in_both, "Willow")
    assert choose(in_both, "Willow") == 404
    assert choose(in_both, "Oak") == 303
    assert chosen(in_both)[-1] == (AFTER_THAT, in_both.groups["Oak"].id)
    assert "a fermé" not in today(in_both)
    assert "a fermé" not in in_both.browser("Ana").get("/settings").text


def test_nowhere_is_an_answer_too(in_both: Cast, clock: Clock) -> None:
    clock.set("2026-03-25T12:00+01:00")
    close(in_both, "Willow")
    assert choose(in_both, "") == 303
    assert chosen(in_both)[-1] == (AFTER_THAT, None)
    assert "a fermé" not in today(in_both)


def test_nobody_is_asked_who_does_not_count(in_both: Cast) -> None:
    in_both.browser("Ana").post("/settings/choices", data={"purpose": "trends"})
    with in_both.app.app_context(), transaction():
        db.session.add(Stewardship(person_id=in_both.people["Ben"].person.id, since=in_both.now))
    close(in_both, "Willow")
    for name in ("Ana", "Ben", "Cleo"):
        assert "Le groupe Willow a fermé" not in today(in_both, name), name
        assert "Le groupe Willow a fermé" not in in_both.browser(name).get("/settings").text, name


def test_whoever_is_in_no_other_group_is_told_and_asked_nothing_until_they_are(cast: Cast, clock: Clock) -> None:
    clock.set("2026-03-25T12:00+01:00")
    close(cast, "Willow")
    assert "a fermé" not in today(cast), "there would be nothing to answer"
    assert SAID in cast.browser("Ana").get("/settings").text
    with cast.app.app_context():
        join_also(cast.person("Ana"), cast.groups["Oak"], cast.now)
    assert ASKED in today(cast)
    assert choose(cast, "Oak") == 303
    assert "a fermé" not in today(cast)


def test_leaving_never_counts_somebody_for_a_group_that_closed(in_both: Cast, clock: Clock) -> None:
    clock.set("2026-03-25T12:00+01:00")
    close(in_both, "Oak")
    in_both.browser("Ana").post(f"/groups/{in_both.groups['Willow'].uid}/membership/end")
    assert chosen(in_both)[-1] == (AFTER_THAT, None)


def test_it_is_asked_in_english_too(in_both: Cast) -> None:
    in_both.browser("Ana").post("/settings", data={"locale": "en"})
    close(in_both, "Willow")
    assert "Which group do your answers count for now?" in today(in_both)
