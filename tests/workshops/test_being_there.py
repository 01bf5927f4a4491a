"""« J’y étais »: said within fourteen days, once, taken back when one likes, and nobody is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.clock import Clock
from tests.workshops.presences import cancel, presences

HOUR = timedelta(hours=1)


def test_saying_it_twice_is_saying_it_once(cast: Cast) -> None:
    workshop = cast.workshop("Willow", cast.now - 3 * HOUR)
    ana = cast.browser("Ana")
    for send in (ana.put, ana.post, ana.put):
        answer = send(f"/workshops/{workshop.uid}/attendance")
        assert answer.status_code == 303
        assert answer.location == f"/workshops/{workshop.uid}?said=ws.was_done"
    assert presences(cast) == {("Ana", workshop.uid): "declared"}
    assert "C’est noté. Cela ne prévient personne." in ana.get(answer.location).get_data(as_text=True)


def test_a_device_may_name_its_gesture_and_say_where_to_go_on(cast: Cast) -> None:
    workshop = cast.workshop("Willow", cast.now - 3 * HOUR)
    sent = {"op_id": "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d", "next": "/workshops"}
    answer = cast.browser("Ana").post(f"/workshops/{workshop.uid}/attendance", data=sent)
    assert answer.location == "/workshops?said=ws.was_done"
    sent["next"] = "//elsewhere.example/"
    answer = cast.browser("Ana").post(f"/workshops/{workshop.uid}/attendance", data=sent)
    assert answer.location == f"/workshops/{workshop.uid}?said=ws.was_done"


def test_what_was_said_is_taken_back_whatever_the_way(cast: Cast) -> None:
    workshop = cast.workshop("Willow", cast.now - 3 * HOUR)
    ana = cast.browser("Ana")
    address = f"/workshops/{workshop.uid}/attendance"
    for take_back in (lambda: ana.delete(address), lambda: ana.post(f"{address}/end")):
        ana.put(address)
        assert presences(cast)
        for _ in range(2):
            assert take_back().status_code == 303
            assert presences(cast) == {}


def test_a_presence_by_code_is_the_persons_to_take_back_too(cast: Cast) -> None:
    workshop = cast.workshop("Willow", cast.now)
    ana = cast.browser("Ana")
    ana.post(f"/c/{cast.codes[workshop.uid]}")
    assert presences(cast) == {("Ana", workshop.uid): "code"}
    ana.delete(f"/workshops/{workshop.uid}/attendance")
    assert presences(cast) == {}


def test_a_word_never_replaces_a_code(cast: Cast) -> None:
    workshop = cast.workshop("Willow", cast.now)
    ana = cast.browser("Ana")
    ana.post(f"/c/{cast.codes[workshop.uid]}")
    ana.put(f"/workshops/{workshop.uid}/attendance")
    assert presences(cast) == {("Ana", workshop.uid): "code"}


@pytest.mark.parametrize(
    ("after_the_end", "sentence"),
    [
        (timedelta(days=-1), "Cette séance n’est pas encore là."),
        (-timedelta(minutes=90 + 61), "Cette séance n’est pas encore là."),
        (-timedelta(minutes=90 + 60), ""),
        (timedelta(), ""),
        (timedelta(days=14), ""),
        (timedelta(days=14, hours=15), ""),  # it is 19:00 where the group is: the end was at 04:00, two weeks ago
        (timedelta(days=14, hours=16), "Cette séance date de plus de 14 jours."),
        (timedelta(days=400), "Cette séance date de plus de 14 jours."),
    ],
)
def test_it_is_said_from_the_hour_before_to_fourteen_days_after(
    cast: Cast, after_the_end: timedelta, sentence: str
) -> None:
    workshop = cast.workshop("Willow", cast.now - timedelta(minutes=90) - after_the_end)
    answer = cast.browser("Ana").put(f"/workshops/{workshop.uid}/attendance")
    assert answer.status_code == (422 if sentence else 303)
    assert sentence in answer.get_data(as_text=True)
    assert presences(cast) == ({} if sentence else {("Ana", workshop.uid): "declared"})


def test_nobody_was_at_a_workshop_that_was_cancelled(cast: Cast) -> None:
    workshop = cast.workshop("Willow", cast.now - 3 * HOUR)
    cancel(cast, workshop, cast.now)
    answer = cast.browser("Ana").put(f"/workshops/{workshop.uid}/attendance")
    assert answer.status_code == 422
    assert "Séance annulée" in answer.get_data(as_text=True)
    assert presences(cast) == {}


@pytest.mark.parametrize("who", ["Cleo", "Fay", "Gus", "Sam"])
@pytest.mark.parametrize("method", ["get", "put", "post", "delete", "end"])
def test_a_workshop_of_another_group_is_not_found(cast: Cast, who: str, method: str) -> None:
    workshop = cast.workshop("Willow", cast.now - 3 * HOUR)
    cast.browser("Ana").put(f"/workshops/{workshop.uid}/attendance")
    before = presences(cast)
    browser = cast.browser(who)

    def ask(uid: str) -> tuple[int, str]:
        address = {"get": f"/workshops/{uid}", "end": f"/workshops/{uid}/attendance/end"}
        send = {"get": browser.get, "put": browser.put, "delete": browser.delete}.get(method, browser.post)
        answer = send(address.get(method, f"/workshops/{uid}/attendance"))
        number = answer.get_data(as_text=True).replace(answer.headers.get("X-Request-Id", "—"), "")
        return answer.status_code, "Cette page n’existe pas." if "Cette page n’existe pas." in number else number

    assert ask(workshop.uid) == ask("0" * 32) == (404, "Cette page n’existe pas.")
    assert presences(cast) == before == {("Ana", workshop.uid): "declared"}


def test_someone_who_is_not_signed_in_is_told_to_sign_in(cast: Cast) -> None:
    workshop = cast.workshop("Willow", cast.now - 3 * HOUR)
    stranger = cast.stranger()
    for address in ("/workshops", f"/workshops/{workshop.uid}"):
        answer = stranger.get(address)
        assert answer.status_code == 303
        assert answer.location.startswith("/sign-in?next=/workshops")
    assert stranger.put(f"/workshops/{workshop.uid}/attendance").status_code == 401
    assert stranger.delete(f"/workshops/{workshop.uid}/attendance").status_code == 401
    assert presences(cast) == {}


def test_a_tap_in_the_page_changes_its_own_piece_only(cast: Cast) -> None:
    workshop = cast.workshop("Willow", cast.now - 3 * HOUR)
    ana = cast.browser("Ana", **{"HX-Request": "true"})
    noted = ana.post(f"/workshops/{workshop.uid}/attendance")
    assert noted.status_code == 200
    text = noted.get_data(as_text=True)
    assert text.lstrip().startswith(f'<div class="attendance" id="attendance-{workshop.uid}"')
    assert "Cela ne prévient personne." in text
    assert "Retirer ma présence" in text
    taken_back = ana.post(f"/workshops/{workshop.uid}/attendance/end").get_data(as_text=True)
    assert "J’y étais" in taken_back
    assert "<html" not in text + taken_back


def test_only_a_form_is_read(cast: Cast) -> None:
    workshop = cast.workshop("Willow", cast.now - 3 * HOUR)
    answer = cast.browser("Ana").put(f"/workshops/{workshop.uid}/attendance", json={"how": "code"})
    assert answer.status_code == 415
    assert presences(cast) == {}


def test_a_presence_stays_ones_own_after_leaving_the_group(cast: Cast, clock: Clock) -> None:
    from wellbeing.db import db, transaction
    from wellbeing.models.membership import Membership

    mine = cast.workshop("Willow", cast.now - 3 * HOUR, title="Danse du soir")
    not_mine = cast.workshop("Willow", cast.now - 5 * HOUR)
    ana = cast.browser("Ana")
    ana.put(f"/workshops/{mine.uid}/attendance")
    with cast.app.app_context(), transaction():
        db.session.query(Membership).filter_by(person_id=cast.person("Ana").id).update({"ended_at": cast.now})
    assert "Danse du soir" in ana.get("/workshops").get_data(as_text=True)
    assert ana.get(f"/workshops/{mine.uid}").status_code == 200
    assert ana.get(f"/workshops/{not_mine.uid}").status_code == 404
    assert ana.post(f"/workshops/{mine.uid}/attendance/end").location == "/workshops?said=saved.deleted"
    assert ana.get(f"/workshops/{mine.uid}").status_code == 404
