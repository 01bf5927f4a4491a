"""What the thread says, where, and what it never says."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.streak.lives import WEEK, Life, attributes, words
from wellbeing.domain.streaks import State
from wellbeing.streak import queries
from wellbeing.web.fragments import fragment

SIX = "K" * 6
# what blames, counts failures, or praises
NEVER = re.compile(
    r"perdu(?!\.)|cassé|brisé|raté|zéro|manqué|dommage|bravo|félicit|retard|échec|objectif|score|série|flamme|trophée"
    r"|broken|missed|fail|zero|shame|well done|congrat|streak|goal|late\b",
    re.IGNORECASE,
)


def line(life: Life, *, quiet: bool = False) -> str:
    """The thread in one line, as Today shows it."""
    with life.cast.app.test_request_context("/", headers={"Accept-Language": "fr"}):
        person = life.cast.person("Ana")
        return fragment("streak/_line.html", line=queries.line_for(person, life.clock.now, quiet=quiet))


# --- J2: coming back --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("since", "state", "number", "said", "silent"),
    [
        ("MM", "resting", "6", ["Votre fil\u00a0: 6 semaines"], ["attend", "Rien"]),
        ("MMNNMM", "waiting", "6", ["Votre fil vous attend.", "Votre fil\u00a0: 6 semaines"], []),
        ("MMMMM", "archived", None, ["Votre dernier fil est gardé."], ["6"]),
        ("N" * 9, "held", "6", ["Votre fil\u00a0: 6 semaines"], ["attend", "Vacances"]),
    ],
)
def test_coming_back_finds_what_was_left(
    life: Life, since: str, state: str, number: str | None, said: list[str], silent: list[str]
) -> None:
    shown = line(life.live(SIX + since))
    assert attributes(shown) == {"streak-state": state} | ({"streak": number} if number else {})
    positions = [words(shown).index(sentence) for sentence in said]
    assert positions == sorted(positions)
    assert not [word for word in silent if word in words(shown)]


@pytest.mark.parametrize(
    ("since", "said", "thread"),
    [
        ("MM", "Vous reprenez le fil\u00a0: 7 semaines.", "7"),
        ("MMNNMM", "Bon retour. Votre fil reprend où vous l’aviez laissé\u00a0: 7 semaines.", "7"),
        ("MMMMM", "Un nouveau fil commence. Le précédent reste dans vos fils\u00a0: 6 semaines.", "1"),
        ("N" * 9, "Votre fil\u00a0: 7 semaines", "7"),
    ],
)
def test_the_return_is_said_the_week_it_happens_and_never_again(life: Life, since: str, said: str, thread: str) -> None:
    life.live(SIX + since)
    assert life.check_in().status_code == 303
    assert words(line(life)).strip().startswith(said)
    page = life.page()
    assert said in words(page)
    found = attributes(page)
    assert (found["streak"], found["longest"]) == (thread, "6" if thread == "1" else "7")
    assert found["streak-state"] == "held"
    if thread == "1":
        assert "Vos fils" in words(page)
        assert "Du 12 janvier 2026 au 22 février 2026\u00a0: 6 semaines" in words(page)
    if since.startswith("N"):
        assert words(line(life)).strip() == said
    life.clock.set(life.monday + WEEK)
    if "reprend" in said or "nouveau" in said:
        assert said not in words(line(life)) + words(life.page())


def test_nothing_read_on_the_way_blames_or_counts_absences(life: Life) -> None:
    for weeks in ("", "K", "KMMMMM", "MMM"):
        life.live(weeks)
        for page in (life.page(), line(life)):
            assert not NEVER.search(words(page).replace("Rien n’est perdu", ""))
            assert not re.search(r"\b0\b", words(page))


def test_weeks_away_are_never_listed(life: Life) -> None:
    life.live("KKMMNK")
    table = words(life.page().split("<table")[1].split("</table>")[0])
    listed = re.findall(r"(\d+ (?:janvier|février|mars))", table)
    assert listed == [
        "23 février", "16 février", "9 février", "19 janvier", "12 janvier", "5 janvier",
    ]  # fmt: skip
    assert "26 janvier" not in table
    assert "sans séance" in table
    assert not re.search(r"\b0\b", table)


def test_the_first_week_and_the_first_session_have_their_own_words(life: Life) -> None:
    life.clock.set(life.monday - WEEK + timedelta(days=1))
    assert "Première semaine\u00a0: si elle est tenue, elle compte." in words(life.page())
    life.live("")
    assert "Votre fil commence avec une séance, ou 3 jours notés dans la semaine." in words(life.page())
    assert "streak" not in attributes(life.page())
    life.check_in()
    page = words(life.page())
    assert "Première séance notée. Votre fil commence ici." in page
    assert "Votre fil\u00a0: 1 semaine " in page


def test_a_week_of_moods_starts_a_thread_as_well(life: Life) -> None:
    life.live("")
    life.note_days(life.monday, 2)
    assert attributes(life.page())["streak-state"] == "new"
    life.note(life.monday + timedelta(days=2), mood=1)
    assert "Première semaine tenue. Votre fil commence ici." in words(life.page())


def test_after_a_hard_mood_nothing_counts(life: Life) -> None:
    life.live(SIX)
    assert attributes(line(life))["streak"] == "6"
    silent = line(life, quiet=True)
    assert attributes(silent) == {}
    assert words(silent).strip() == ""
    assert 'id="line-thread"' in silent


def test_a_week_without_a_session_says_so_until_it_is_kept(life: Life) -> None:
    life.live("KK")
    life.monday += WEEK
    life.clock.set(life.monday)
    assert "Pas de séance cette semaine. Elle ne compte ni pour ni contre." in words(line(life))
    assert attributes(line(life))["streak"] == "2"
    life.note_days(life.monday, 3)
    assert "Pas de séance" not in words(line(life))
    assert attributes(line(life))["streak"] == "3"


def test_sessions_and_a_year_are_marked_quietly_on_the_page_only(life: Life) -> None:
    life.live("KKKK")
    life.check_in()
    assert "5 séances." in words(life.page())
    assert "5 séances." not in words(line(life))
    life.clock.set(life.monday + WEEK)
    assert "5 séances." not in words(life.page())


def test_an_unbroken_thread_says_so_and_stops_without_a_word(life: Life) -> None:
    assert "D’un seul tenant" in words(life.live("KKNK").page())
    assert "D’un seul tenant" not in words(life.live("MK").page())


def test_the_drawing_is_silent_and_goes_away_with_the_thread(life: Life) -> None:
    page = life.live("KKM").page()
    assert '<span class="strand" aria-hidden="true">' in page
    assert page.index("Votre fil\u00a0: 2 semaines") < page.index('class="strand"') < page.index("<table")
    archived = life.live("MMMM").page()
    assert attributes(archived)["streak-state"] == State.ARCHIVED
    assert "strand" not in archived
    assert "<table" not in archived


def test_english_says_the_same(life: Life) -> None:
    life.live("KK")
    life.ana.post("/locale", data={"locale": "en"})
    page = words(life.page())
    assert "Your thread: 2 weeks" in page
    assert "Nobody else sees your thread." in page
