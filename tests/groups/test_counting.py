"""How many came, as the team counted: four taps, corrected in the open, and the same number for everyone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.conftest import Clock
from tests.groups.record import counts_of, workshops_of
from wellbeing.models.workshop import Workshop


@pytest.fixture
def held(cast: Cast, clock: Clock) -> Workshop:
    """Tomorrow's workshop of Willow, half an hour after its start."""
    workshop = workshops_of(cast, cast.groups["Willow"])[1]
    clock.set(workshop.starts_at + timedelta(minutes=30))
    return workshop


def address(cast: Cast, workshop: Workshop) -> str:
    return f"/groups/{cast.groups['Willow'].uid}/workshops/{workshop.uid}/headcount"


def test_four_taps_count_a_workshop_and_everyone_sees_it(cast: Cast, held: Workshop) -> None:
    fay, group = cast.browser("Fay"), f"/groups/{cast.groups['Willow'].uid}"
    page = fay.get(group).text
    assert f'action="{address(cast, held)}"' in page
    for tap in ('name="present" value="9"', 'name="without_phone" value="2"', 'name="newcomers" value="1"'):
        assert f'<input type="radio" {tap}' in page
    answer = fay.post(address(cast, held), data={"present": "9", "without_phone": "2", "newcomers": "1"})
    assert (answer.status_code, answer.location) == (303, f"{group}#pad-{held.uid}")
    assert counts_of(cast, held) == [(9, 2, 1)]
    assert "Enregistré à 19\u00a0h\u00a030." in fay.get(group).text
    assert "Séance du 12 mars\u00a0: 9 personnes présentes, selon l’équipe." in cast.browser("Ana").get(group).text


def test_htmx_gets_the_pieces_that_changed_and_nothing_else(cast: Cast, held: Workshop) -> None:
    fay = cast.browser("Fay", hx_request="true")
    answer = fay.post(address(cast, held), data={"present": "9", "without_phone": "2", "newcomers": "1"})
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith(f'<section class="card" id="pad-{held.uid}"')
    assert "<html" not in answer.text
    assert 'hx-target="#circle"' in answer.text  # the card that everyone sees follows at once
    refused = fay.post(address(cast, held), data={"present": "2", "without_phone": "3"})
    assert refused.status_code == 422
    assert "Ce nombre dépasse celui des personnes présentes." in refused.text


def test_a_correction_is_shown_to_the_team_alone(cast: Cast, held: Workshop, clock: Clock) -> None:
    fay, group = cast.browser("Fay"), f"/groups/{cast.groups['Willow'].uid}"
    fay.post(address(cast, held), data={"present": "9"})
    clock.advance(minutes=10)
    fay.post(address(cast, held), data={"present": "10"})
    assert counts_of(cast, held) == [(9, 0, 0), (10, 0, 0)]
    assert "Corrigé\u00a0: 9, puis 10." in fay.get(group).text
    seen = cast.browser("Ana").get(group).text
    assert "10 personnes présentes" in seen
    assert "Corrigé" not in seen
    assert " 9 personnes" not in seen


def test_every_correction_is_kept_and_said_with_its_hour(cast: Cast, held: Workshop, clock: Clock) -> None:
    fay, group = cast.browser("Fay"), f"/groups/{cast.groups['Willow'].uid}"
    for present, without_phone in (("9", "2"), ("10", "2"), ("10", "3"), ("8", "3")):
        fay.post(address(cast, held), data={"present": present, "without_phone": without_phone})
        clock.advance(minutes=10)
    date = address(cast, held).removesuffix("/headcount")
    for page in (fay.get(group).text, fay.get(date).text):
        assert "Corrigé\u00a0: 9, 10, puis 8." in page
        assert "Les 4 comptes de cette séance" in page
        for at in ("19\u00a0h\u00a030", "19\u00a0h\u00a040", "19\u00a0h\u00a050", "20\u00a0h\u00a000"):
            assert f"<strong>12 mars, {at}</strong>" in page
    assert "comptes de cette séance" not in cast.browser("Ana").get(group).text


def test_a_correction_that_leaves_the_number_present_alone_says_no_other(cast: Cast, held: Workshop) -> None:
    fay, group = cast.browser("Fay"), f"/groups/{cast.groups['Willow'].uid}"
    for newcomers in ("0", "1"):
        fay.post(address(cast, held), data={"present": "9", "newcomers": newcomers})
    page = fay.get(group).text
    assert "Corrigé" not in page
    assert "Les 2 comptes de cette séance" in page


@pytest.mark.parametrize("_", range(3))
def test_counts_sent_at_the_same_instant_are_all_kept_and_the_last_holds(cast: Cast, held: Workshop, _: int) -> None:
    cast.facilitates("Hugo", "Willow")
    browsers = [cast.browser(name) for name in ("Fay", "Hugo")] * 3
    start = Barrier(len(browsers))

    def send(n: int) -> int:
        start.wait()
        return browsers[n].post(address(cast, held), data={"present": str(9 + n)}).status_code

    with ThreadPoolExecutor(len(browsers)) as everybody:
        assert set(everybody.map(send, range(len(browsers)))) == {303}
    kept = [present for present, _, _ in counts_of(cast, held)]
    assert sorted(kept) == [9, 10, 11, 12, 13, 14]
    said = ", ".join(map(str, kept[:-1]))
    page = cast.browser("Hugo").get(f"/groups/{cast.groups['Willow'].uid}").text
    assert f"Corrigé\u00a0: {said}, puis {kept[-1]}." in page
    assert (
        f"{kept[-1]} personnes présentes, selon l’équipe."
        in cast.browser("Ana").get(f"/groups/{cast.groups['Willow'].uid}").text
    )


@pytest.mark.parametrize("_", range(3))
def test_the_same_count_sent_at_the_same_instant_is_one(cast: Cast, held: Workshop, _: int) -> None:
    browsers = [cast.browser("Fay") for _ in range(4)]
    start = Barrier(len(browsers))

    def send(browser: FlaskClient) -> int:
        start.wait()
        return browser.post(address(cast, held), data={"present": "9"}).status_code

    with ThreadPoolExecutor(len(browsers)) as everybody:
        assert set(everybody.map(send, browsers)) == {303}
    assert counts_of(cast, held) == [(9, 0, 0)]


def test_the_same_numbers_again_add_nothing(cast: Cast, held: Workshop) -> None:
    fay = cast.browser("Fay")
    for _ in range(2):
        assert fay.post(address(cast, held), data={"present": "9", "newcomers": "1"}).status_code == 303
    assert counts_of(cast, held) == [(9, 0, 1)]


def test_a_number_beyond_the_pad_is_typed(cast: Cast, held: Workshop) -> None:
    cast.browser("Fay").post(
        address(cast, held), data={"present": "9", "present_typed": "31", "without_phone_typed": "12"}
    )
    assert counts_of(cast, held) == [(31, 12, 0)]
    page = cast.browser("Fay").get(f"/groups/{cast.groups['Willow'].uid}").text
    assert 'name="present_typed" value="31"' in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"present": "2", "without_phone": "3"}, "Ce nombre dépasse celui des personnes présentes."),
        ({"present": "2", "newcomers": "3"}, "Ce nombre dépasse celui des personnes présentes."),
        ({}, "Écrivez un nombre entier, de 0 à 500."),
        ({"present": "-1"}, "Écrivez un nombre entier, de 0 à 500."),
        ({"present": "501"}, "Écrivez un nombre entier, de 0 à 500."),
        ({"present": "neuf"}, "Écrivez un nombre entier, de 0 à 500."),
        ({"present": "9", "newcomers": "1,5"}, "Écrivez un nombre entier, de 0 à 500."),
        ({"present": "\u0663"}, "Écrivez un nombre entier, de 0 à 500."),
    ],
)
def test_an_impossible_number_is_said_and_nothing_is_saved(
    cast: Cast, held: Workshop, typed: dict[str, str], sentence: str
) -> None:
    answer = cast.browser("Fay").post(address(cast, held), data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    if typed.get("present") == "2":
        assert '<input type="radio" name="present" value="2" checked' in answer.text
    assert counts_of(cast, held) == []


def test_nobody_is_counted_before_the_hour_nor_at_a_cancelled_workshop(cast: Cast) -> None:
    workshop = workshops_of(cast, cast.groups["Willow"])[2]
    fay = cast.browser("Fay")
    early = fay.post(address(cast, workshop), data={"present": "9"})
    assert early.status_code == 422
    assert "Cette séance n’est pas encore là." in early.text
    fay.post(address(cast, workshop).replace("headcount", "cancellation"))
    called_off = fay.post(address(cast, workshop), data={"present": "9"})
    assert called_off.status_code == 422
    assert "Cette séance est annulée" in called_off.text
    assert counts_of(cast, workshop) == []


@pytest.mark.parametrize("name", ["Ana", "Gus", "Sam"])
def test_whoever_does_not_run_the_group_counts_nobody(cast: Cast, held: Workshop, name: str) -> None:
    assert cast.browser(name).post(address(cast, held), data={"present": "9"}).status_code == 404
    assert cast.stranger().post(address(cast, held), data={"present": "9"}).status_code == 401
    assert counts_of(cast, held) == []
