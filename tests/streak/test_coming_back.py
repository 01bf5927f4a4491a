"""J2 on real weeks: what Today says on coming back, next session first, and what it says, once, after that."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.streak.lives import WEEK, Life, attributes, words
from wellbeing.accounts.operations.entering import join_also
from wellbeing.db import db
from wellbeing.models.group import Group

SIX = "K" * 6
GAP = re.compile(r"absen|manqu|semaines? sans|depuis \d|missed|away for", re.IGNORECASE)


def strip(page: str) -> str:
    """The thread's line on Today, as a piece of the page."""
    found = re.search(r'(?s)<a class="card strip".*?</a>|<div id="line-thread" hidden></div>', page)
    assert found
    return found[0]


@pytest.mark.parametrize(
    ("since", "state", "before", "after", "number"),
    [
        ("MM", "resting", ["Votre fil\u00a0: 6 semaines"], ["Vous reprenez le fil\u00a0: 7 semaines."], "7"),
        (
            *("MMNNMM", "waiting", ["Votre fil vous attend.", "Votre fil\u00a0: 6 semaines"]),
            *(["Bon retour. Votre fil reprend où vous l’aviez laissé\u00a0: 7 semaines."], "7"),
        ),
        (
            *("MMMMM", "archived", ["Votre dernier fil est gardé. Le prochain commence quand vous voulez."]),
            [
                "Un nouveau fil commence. Le précédent reste dans vos fils\u00a0: 6 semaines.",
                "Votre fil\u00a0: 1 semaine",
            ],
            "1",
        ),
        ("N" * 9, "held", ["Votre fil\u00a0: 6 semaines"], ["Votre fil\u00a0: 7 semaines"], "7"),
    ],
    ids="ABCD",
)
def test_two_gestures_and_one_is_back(
    life: Life, since: str, state: str, before: list[str], after: list[str], number: str
) -> None:
    page = life.live(SIX + since).page("/")
    line = strip(page)
    assert words(line).strip() == " ".join(before)
    assert attributes(line)["streak-state"] == state
    assert attributes(line).get("streak") == (None if state == "archived" else "6")
    assert page.index('id="next"') < page.index('id="line-thread"')
    assert "Prochaine séance" in words(page)
    assert not GAP.search(words(page))
    if state == "archived":
        assert not re.search(r"\d", words(line))
    was = attributes(life.page())

    life.check_in()
    line = strip(life.page("/"))
    assert words(line).strip() == " ".join(after)
    assert attributes(line) == {"streak-state": "held", "streak": number}
    workshop = life.held[life.monday.date()]
    life.clock.set(workshop.starts_at + timedelta(hours=3))
    told = life.ana.put(f"/workshops/{workshop.uid}/after", data={"return": "5"})
    assert "Merci. C’est dans votre journal." in life.page(told.location)
    now = attributes(life.page())
    for never_falls in ("longest", "total-workshops", "total-days"):
        assert int(now[never_falls]) >= int(was[never_falls])

    life.clock.set(life.monday + WEEK)
    assert words(strip(life.page("/"))).strip().startswith(f"Votre fil\u00a0: {number} semaine")


def test_the_thread_that_rests_is_among_ones_threads_and_the_longest_stays(life: Life) -> None:
    life.live(SIX + "MMMMM")
    life.check_in()
    page = life.page()
    said = words(page)
    assert "Vos fils" in said
    assert re.search(r"Du \d.* \d{4} au \d.* \d{4}\u00a0: 6 semaines", said)
    assert attributes(page)["longest"] == "6"
    assert "Votre fil le plus long\u00a0: 6 semaines" in said


# --- holidays ---------------------------------------------------------------------------------------------------------
def in_zone(life: Life, zone: str, group: str = "Willow") -> None:
    with life.cast.app.app_context():
        db.session.execute(update(Group).where(Group.id == life.cast.groups[group].id).values(holiday_zone=zone))
        db.session.commit()


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("C", "Vacances\u00a0: le fil ne bouge pas jusqu’au 8 mars."),
        ("A", "Pas de séance cette semaine. Elle ne compte ni pour ni contre."),
        ("none", "Pas de séance cette semaine. Elle ne compte ni pour ni contre."),
    ],
)
def test_a_week_of_holidays_says_until_when_nothing_moves(life: Life, zone: str, said: str) -> None:
    """In 2026 zone C is on holiday from Saturday 21 February to Sunday 8 March, zone A until 22 February."""
    in_zone(life, zone)
    life.live(SIX)
    life.monday += WEEK
    life.clock.set(life.monday)  # Monday 2 March, without a workshop
    assert words(strip(life.page("/"))).strip() == f"Votre fil\u00a0: 6 semaines {said}"
    assert said in words(life.page())
    life.note_days(life.monday, 3)
    assert said not in words(life.page("/")), "a week that is kept has nothing to explain"


def test_whoever_has_a_group_that_only_pauses_is_not_told_of_holidays(life: Life) -> None:
    in_zone(life, "C")
    life.live(SIX)
    with life.cast.app.app_context():
        join_also(life.cast.person("Ana"), life.cast.groups["Oak"], life.clock.now)
    life.monday += WEEK
    life.clock.set(life.monday)
    line = words(strip(life.page("/")))
    assert "Vacances" not in line
    assert "Pas de séance cette semaine." in line


# --- after a hard mood, and hidden ------------------------------------------------------------------------------------
@pytest.mark.parametrize("mood", [1, 2])
@pytest.mark.parametrize("weeks", ["", "K", "KKMM", "KKMMM", "KKMMMMM", "KKKKK"])
def test_no_screen_that_follows_a_hard_mood_counts_anything(life: Life, weeks: str, mood: int) -> None:
    """Without script the page that the answer leads to, with script the pieces of the answer."""
    life.live(weeks)
    answer = life.note(life.monday, mood)
    page = life.page(answer.location)
    assert "Merci de l’avoir posé ici." in words(page)
    assert strip(page) == '<div id="line-thread" hidden></div>'
    assert attributes(page) == {}
    completed = life.ana.post(f"/journal/entries/{answer.location.split('=')[1]}", data={"mood": mood, "energy": "2"})
    assert attributes(life.page(completed.location)) == {}
    pieces = life.cast.browser("Ana", **{"HX-Request": "true"}).post("/journal", data={"mood": mood}).text
    assert '<div id="line-thread" hidden></div>' in pieces
    for sentence in ("fil", "séance", "semaine"):
        assert sentence not in words(pieces).replace("fil de", "")
    late = life.note(life.monday, mood, felt_at=(life.monday - 3 * WEEK).isoformat())
    assert "sans effet sur le fil" not in words(life.page(late.location))


def test_a_hidden_thread_is_named_by_no_page_no_piece_and_no_phone(life: Life) -> None:
    life.live("KKKKK")
    assert life.ana.get("/sync").json["thread"]["number"] == 5
    late = {"felt_at": (life.monday - 3 * WEEK).isoformat()}
    shown = life.page(life.note(life.monday, 4, **late).location)
    assert "sans effet sur le fil" in words(shown)
    life.ana.post("/streak", data={"hidden": "yes"})
    answer = life.note(life.monday, 4, **late)
    pieces = life.cast.browser("Ana", **{"HX-Request": "true"}).post("/journal", data={"mood": "4", **late}).text
    workshop = life.held[life.monday.date()]
    addresses = ("/", answer.location, "/journal", f"/workshops/{workshop.uid}", "/workshops", "/insights", "/settings")
    for page in [*map(life.page, addresses), pieces]:
        assert attributes(page) == {}
        assert not re.search(r"votre fil|le fil\b(?! : )|vos fils|strand", words(without_frame(page)), re.IGNORECASE)
    phone = life.ana.get("/sync").json
    assert phone["thread"] is None
    assert phone["settings"]["hide_streak"] is True


def without_frame(page: str) -> str:
    """What stands in the page, without the name of the application and the names of its places."""
    main = page[page.index("<main") : page.index("</main>")] if "<main" in page else page
    return main.replace("Mon fil", "")
