"""One check-up deleted; the consent taken back hides all at once, and thirty days later they are gone, unless given."""

from __future__ import annotations

import json

from sqlalchemy import text

from tests.cast import Cast
from tests.check_ups.record import agrees, kept, lonely, main_of, reperes, wants
from tests.clock import Clock
from tests.streak.lives import words
from wellbeing import worker
from wellbeing.check_ups.queries import check_ups_for_export
from wellbeing.db import db
from wellbeing.withdrawals import NAME

STOP = "Vos points d’étape sont masqués, puis effacés dans 30 jours. D’ici là, vous pouvez changer d’avis."


def ledger(cast: Cast) -> list[dict[str, str]]:
    """What it says of check-ups; a consent taken back has a line of its own."""
    path = cast.app.config["LE_FIL"].instance / NAME
    lines = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    return [line for line in lines if line["kind"] == "checkup"]


def tick(cast: Cast, clock: Clock) -> None:
    with cast.app.app_context():
        assert worker.tick(clock.now)


def exported(cast: Cast, name: str = "Ana") -> list[tuple[str, str, object]]:
    with cast.app.app_context():
        found = check_ups_for_export(cast.person(name), cast.app.config["KEYRING"])
        return [(one.instrument, str(one.taken_on), one.answers) for one in found]


def test_one_is_deleted_after_a_question_and_a_line_in_the_ledger_comes_first(cast: Cast) -> None:
    uid = lonely(cast)
    lonely(cast, "Ben")
    ana, address = cast.browser("Ana"), f"/check-ups/answers/{uid}/deletion"
    assert address in main_of(cast, "/check-ups/ons_lonely")
    asked = words(main_of(cast, address))
    assert "Effacer ce point d’étape\u202f?" in asked
    assert "mercredi 11 mars 2026" in asked
    assert len(kept(cast)) == 2
    assert ana.post(address).location == "/check-ups?said=saved.deleted"
    assert [row.person_id for row in kept(cast)] == [cast.people["Ben"].person.id]
    (line,) = ledger(cast)
    assert (line["kind"], line["person"], line["uid"]) == ("checkup", cast.people["Ana"].person.uid, uid)
    assert set(line) == {"at", "kind", "person", "uid"}
    assert ana.post(address).status_code == 404
    assert "Un point d’étape est prêt" in words(main_of(cast, "/check-ups"))


def test_a_consent_taken_back_hides_everything_at_once(cast: Cast) -> None:
    uid = lonely(cast)
    answer = cast.browser("Ana").post("/settings/choices", data={"purpose": "checkups"})
    assert answer.location == "/settings?said=consent.checkups_stop"
    assert STOP in words(main_of(cast, answer.location))
    page = words(main_of(cast, "/check-ups"))
    assert STOP in page
    assert "presque jamais" not in page
    assert "point d’étape est prêt" not in words(main_of(cast, "/"))
    ana = cast.browser("Ana")
    assert ana.get("/check-ups/ons_lonely").location == "/check-ups"
    assert ana.get(f"/check-ups/answers/{uid}/deletion").status_code == 404
    assert len(kept(cast)) == 1


def test_given_back_within_thirty_days_it_is_all_there(cast: Cast, clock: Clock) -> None:
    lonely(cast)
    agrees(cast, "")
    clock.advance(days=30, seconds=-1)
    tick(cast, clock)
    agrees(cast, "1")
    clock.advance(days=10)
    tick(cast, clock)
    assert "Le 11 mars 2026\u00a0: presque jamais." in words(main_of(cast, "/check-ups/ons_lonely"))
    assert ledger(cast) == []


def test_after_thirty_days_they_are_gone_and_nobody_elses(cast: Cast, clock: Clock) -> None:
    wants(cast, "reperes5")
    uids = {lonely(cast), reperes(cast, 1, 1, 1, 1, 1)}
    lonely(cast, "Ben")
    wants(cast, "lien3", "Ben")
    agrees(cast, "")
    clock.advance(days=30)
    tick(cast, clock)
    tick(cast, clock)
    ben = cast.people["Ben"].person.id
    assert [row.person_id for row in kept(cast)] == [ben]
    assert [row.person_id for row in kept(cast, "check_up_wish")] == [ben]
    assert {line["uid"] for line in ledger(cast)} == uids
    assert len(ledger(cast)) == 2
    agrees(cast, "1")
    assert "Ma courbe" not in words(main_of(cast, "/check-ups"))
    assert STOP not in words(main_of(cast, "/check-ups"))


def test_the_export_holds_every_answer_even_while_they_are_hidden(cast: Cast, clock: Clock) -> None:
    lonely(cast)
    wants(cast, "reperes5")
    reperes(cast, 0, 1, 2, 3, 4)
    lonely(cast, "Ben", "1")
    agrees(cast, "")
    found = exported(cast)
    assert found == [
        ("ons_lonely", "2026-03-11", {"lonely": 4}),
        ("reperes5", "2026-03-11", {"1": 0, "2": 1, "3": 2, "4": 3, "5": 4}),
    ]


def test_erasing_the_account_takes_them_too(cast: Cast) -> None:
    lonely(cast)
    wants(cast, "lien3")
    lonely(cast, "Ben")
    assert cast.browser("Ana").post("/settings/erasure", data={}).status_code == 303
    assert len(kept(cast)) == 1
    assert kept(cast, "check_up_wish") == []


def test_words_that_cannot_be_read_are_said_so_and_stay(cast: Cast) -> None:
    """A box of Ben's, moved to Ana's row, is not hers: it opens nothing."""
    lonely(cast)
    lonely(cast, "Ben")
    theirs = "(SELECT b.answers FROM check_up b WHERE b.person_id = :ben)"
    with cast.app.app_context():
        db.session.execute(text(f"UPDATE check_up SET answers = {theirs}"), {"ben": cast.people["Ben"].person.id})
        db.session.commit()
    assert "Ces réponses ne peuvent pas être lues." in words(main_of(cast, "/check-ups/ons_lonely"))


def test_nothing_of_them_is_on_any_page_of_who_runs_the_group(cast: Cast) -> None:
    pages = [f"/groups/{cast.groups['Willow'].uid}{part}" for part in ("", "/trends", "/team")]
    fay = cast.browser("Fay")

    def seen() -> list[list[str]]:
        return [[line for line in fay.get(page).text.splitlines() if "citer" not in line] for page in pages]

    before = seen()
    wants(cast, "reperes5")
    reperes(cast, 0, 0, 0, 0, 0)
    lonely(cast)
    assert seen() == before
