"""The gentle card: an offer on one's own Today, in its own words, told to nobody and kept nowhere."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from tests.cast import Cast
from tests.clock import Clock
from tests.journal.record import note_mood, rows
from tests.privacy.test_every_door import bare, content
from tests.streak.lives import words
from wellbeing import worker
from wellbeing.db import db
from wellbeing.gentle import queries
from wellbeing.models.person import Person

SAYS = "Ces deux dernières semaines ont l’air lourdes. Parler à quelqu’un peut aider, même sans urgence."
SAYS_IN_ENGLISH = "The last two weeks look heavy. Talking to someone can help, even when it is not urgent."


def main_of(cast: Cast, name: str, address: str = "/") -> str:
    page = cast.browser(name).get(address)
    assert page.status_code == 200
    return page.text[page.text.index("<main") : page.text.index("</main>")]


def heavy(cast: Cast, name: str = "Ana") -> str:
    """Three moods, the lowest each; the uid of the last."""
    return [note_mood(cast, name, 1) for _ in range(3)][-1]


def silent_until(cast: Cast, name: str) -> date:
    with cast.app.app_context():
        person = db.session.get_one(Person, cast.people[name].person.id)
        return queries.silent_until(person, cast.app.config["KEYRING"])


def test_it_stands_under_the_buttons_at_the_next_opening_in_its_own_words(cast: Cast) -> None:
    assert SAYS not in main_of(cast, "Ana")
    heavy(cast)
    page = main_of(cast, "Ana")
    said = words(page)
    for sentence in (
        *(SAYS, "Voir à qui parler", "Pas maintenant", "Ne plus me le proposer"),
        "Cette carte ne s’affiche que pour vous. Personne n’est prévenu.",
    ):
        assert sentence in said
    assert page.index('id="picker"') < page.index('id="card"') < page.index('id="next"')
    assert '<a class="button is-wide" href="/help/fr" rel="noreferrer">Voir à qui parler</a>' in page


def test_it_speaks_english_to_whoever_does(cast: Cast) -> None:
    cast.takes_part("Edith", "Willow", locale="en")
    heavy(cast, "Edith")
    assert SAYS_IN_ENGLISH in words(main_of(cast, "Edith"))


def test_the_page_that_answers_a_mood_never_carries_it(cast: Cast) -> None:
    uid = heavy(cast)
    for state in ("saved", "kept"):
        assert SAYS not in main_of(cast, "Ana", f"/?{state}={uid}")
    pieces = cast.browser("Ana", **{"HX-Request": "true"}).post("/journal", data={"mood": "1"})
    assert pieces.status_code == 200
    assert SAYS not in pieces.text


def test_low_days_of_two_weeks_show_it_and_days_before_do_not(cast: Cast) -> None:
    for ago in range(9, 14):
        note_mood(cast, "Ana", 2, felt_at=(cast.now - timedelta(days=ago)).isoformat())
        note_mood(cast, "Ben", 2, felt_at=(cast.now - timedelta(days=ago + 1)).isoformat())
    assert SAYS in main_of(cast, "Ana")
    assert SAYS not in main_of(cast, "Ben")


def test_it_goes_by_itself_when_the_rule_no_longer_holds(cast: Cast, clock: Clock) -> None:
    heavy(cast)
    clock.advance(days=13)
    assert SAYS in main_of(cast, "Ana")
    clock.advance(days=1)
    assert SAYS not in main_of(cast, "Ana")


def test_not_now_is_silence_for_fourteen_days(cast: Cast, clock: Clock) -> None:
    heavy(cast)
    answer = cast.browser("Ana").post("/silence", data={"until": "later"})
    assert (answer.status_code, answer.location) == (303, "/?said=saved.ok")
    assert SAYS not in main_of(cast, "Ana")
    clock.advance(days=13)
    heavy(cast)
    assert SAYS not in main_of(cast, "Ana")
    clock.advance(days=1)
    assert SAYS in main_of(cast, "Ana")


def test_never_again_is_for_ever(cast: Cast, clock: Clock) -> None:
    heavy(cast)
    heavy(cast, "Ben")
    cast.browser("Ana").post("/silence", data={"until": "never"})
    for _ in range(4):
        clock.advance(days=60)  # a sign-in lasts as long as it is used
        heavy(cast)
        heavy(cast, "Ben")
        assert SAYS not in main_of(cast, "Ana")
        assert SAYS in main_of(cast, "Ben"), "what one person asked for silences nobody else's"


def test_whoever_silenced_it_lets_it_come_back_from_the_settings(cast: Cast) -> None:
    heavy(cast)
    ana = cast.browser("Ana")
    offered = main_of(cast, "Ana", "/settings")
    ana.post("/silence", data={"until": "never"})
    assert main_of(cast, "Ana", "/settings") == offered, "the settings do not say who was silent"
    assert "Une carte qui propose de l’aide" in offered
    assert "Me la proposer à nouveau" in offered
    answer = ana.post("/silence", data={"until": "over"})
    assert (answer.status_code, answer.location) == (303, "/settings?said=saved.ok")
    assert SAYS in main_of(cast, "Ana")
    assert silent_until(cast, "Ana") == date.min


@pytest.mark.parametrize("said", [{}, {"until": ""}, {"until": "tomorrow"}, {"until": ["later", "never"]}])
def test_any_other_answer_is_refused_and_changes_nothing(cast: Cast, said: dict[str, object]) -> None:
    heavy(cast)
    before = content(cast)
    assert cast.browser("Ana").post("/silence", data=said).status_code == 422
    assert content(cast) == before
    assert cast.stranger().post("/silence", data={"until": "never"}).status_code == 401
    assert content(cast) == before


# --- kept nowhere -----------------------------------------------------------------------------------------------------
def test_showing_it_writes_nothing_and_changes_no_other_page(cast: Cast) -> None:
    """Ben's weeks hold as many entries as Ana's and the same but for the last one: no card for him."""
    for ago in (3, 2, 1):
        for name in ("Ana", "Ben"):
            note_mood(cast, name, 1 if name == "Ana" or ago > 1 else 3, felt_at=_ago(cast, ago))
    before = content(cast)
    seen = {who: everywhere(cast, who) for who in ("Fay", "Sam")}
    assert SAYS in main_of(cast, "Ana")
    assert SAYS not in main_of(cast, "Ben")
    assert content(cast) == before
    assert {who: everywhere(cast, who) for who in ("Fay", "Sam")} == seen
    cast.browser("Ana").post("/silence", data={"until": "never"})
    changed = {name for name, rows in content(cast).items() if rows != before[name]}
    assert changed <= {"silence", "person"}
    assert {who: everywhere(cast, who) for who in ("Fay", "Sam")} == seen
    assert not any(SAYS in page for pages in seen.values() for page in pages)


def everywhere(cast: Cast, who: str) -> list[str]:
    """Every page of a facilitator or a steward that names no thing of its own."""
    walled = ("/groups", "/organisation", f"/groups/{cast.groups['Willow'].uid}")
    trends = [f"/groups/{cast.groups['Willow'].uid}/trends", f"/groups/{cast.groups['Willow'].uid}/team"]
    found = [cast.browser(who).get(address) for address in (*walled, *trends)]
    return [re.sub(r'value="[0-9a-f-]{36}"', "", bare(page.text)) for page in found]


def test_no_line_of_the_log_differs(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    heavy(cast)
    capsys.readouterr()
    lines = {}
    for name in ("Ana", "Ben"):
        main_of(cast, name)
        lines[name] = re.sub(r'"(request_id|ms)": [^,}]+', "", capsys.readouterr().out)
    assert lines["Ana"] == lines["Ben"] != ""
    for until in ("later", "never"):
        cast.browser("Ana").post("/silence", data={"until": until})
    assert capsys.readouterr() == ("", "")


def test_a_stolen_database_does_not_say_who_met_the_card(cast: Cast) -> None:
    """Everybody has a silence of the same length, whether they asked for one or never met a card."""
    with cast.app.app_context():
        worker.tick(cast.now)
        worker.tick(cast.now)
    people = rows(cast.app, "SELECT id FROM person")
    kept = rows(cast.app, "SELECT * FROM silence")
    assert {row.person_id for row in kept} == {row.id for row in people}
    heavy(cast)
    assert SAYS in main_of(cast, "Ana"), "the silence that everybody has silences nothing"
    cast.browser("Ana").post("/silence", data={"until": "never"})
    after = rows(cast.app, "SELECT * FROM silence")
    assert {row.person_id for row in after} == {row.person_id for row in kept}
    assert len(after) == len(kept)
    assert len({len(row.until) for row in after}) == 1
    assert silent_until(cast, "Ana") == date.max
    assert silent_until(cast, "Ben") == date.min


def test_a_silence_that_cannot_be_read_stays_a_silence(cast: Cast) -> None:
    heavy(cast)
    for name in ("Ana", "Ben"):
        cast.browser(name).post("/silence", data={"until": "later"})
    theirs = "(SELECT b.until FROM silence b WHERE b.person_id = :ben)"
    with cast.app.app_context():
        db.session.execute(text(f"UPDATE silence SET until = {theirs}"), {"ben": cast.people["Ben"].person.id})
        db.session.commit()
    assert SAYS not in main_of(cast, "Ana")


def _ago(cast: Cast, days: int) -> str:
    return (cast.now - timedelta(days=days)).isoformat()
