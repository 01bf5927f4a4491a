"""My keys and devices: added, named, removed, replaced, closed; told on all devices; and never the last one."""

from __future__ import annotations

import json
import re
from threading import Thread

import pytest
from sqlalchemy import select, update

from tests.cast import CANARY, Cast
from tests.conftest import Clock
from tests.keys.authenticator import Authenticator, asked, given, signed_in
from wellbeing.accounts.keys.operations import passkeys as operations
from wellbeing.accounts.keys.refusals import LastKey
from wellbeing.db import db, transaction
from wellbeing.models.passkey import KeyChange, Passkey
from wellbeing.models.person import Person
from wellbeing.models.sign_in import SignIn
from wellbeing.worker import tick

ANDROID = "Mozilla/5.0 (Linux; Android 15; Pixel 7) AppleWebKit/537.36 Chrome/156.0.0.0 Mobile Safari/537.36"
CHANGED = "Vos clés ont changé le 11 mars."


def of(cast: Cast, name: str) -> list[Passkey]:
    with cast.app.app_context():
        mine = select(Passkey).where(Passkey.person_id == cast.person(name).id).order_by(Passkey.id)
        return list(db.session.scalars(mine))


def devices_of(page: str) -> list[str]:
    return re.findall(r"/settings/keys/devices/([0-9a-f]{32})/end", page)


def ledger(cast: Cast) -> list[dict[str, str]]:
    path = cast.app.config["LE_FIL"].instance / "withdrawals.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def without_phrase(cast: Cast, name: str) -> None:
    """As after the look-up key had to be replaced: every phrase ended, and passkeys remain."""
    with cast.app.app_context(), transaction():
        db.session.execute(update(Person).where(Person.id == cast.person(name).id).values(phrase_selector=None))


def test_a_passkey_is_added_named_and_removed(cast: Cast) -> None:
    given(cast.browser("Ben"))
    ana = cast.browser("Ana")
    assert "Une clé d’accès ouvre votre journal" in ana.get("/settings/keys").text
    device = given(ana, Authenticator())
    (key,) = of(cast, "Ana")
    page = ana.get("/settings/keys?said=keys.made").text
    assert "Ajoutée\u00a0: mercredi 11 mars, 19\u00a0h\u00a000." in page
    assert CHANGED in page
    named = ana.post(f"/settings/keys/passkeys/{key.uid}", data={"name": f"Téléphone {CANARY}"})
    assert named.location == "/settings/keys?said=saved.ok"
    assert f"Téléphone {CANARY}" in ana.get("/settings/keys").text
    (kept,) = of(cast, "Ana")
    assert CANARY.encode() not in (kept.name or b"")
    gone = ana.post(f"/settings/keys/passkeys/{key.uid}/end")
    assert gone.location == "/settings/keys?said=keys.removed"
    assert of(cast, "Ana") == []
    assert len(of(cast, "Ben")) == 1
    assert signed_in(cast.stranger(), device).status_code == 422
    assert [(line["kind"], line["uid"]) for line in ledger(cast)] == [("passkey", key.uid)]


@pytest.mark.parametrize("name", ["", " ", "\u200f", "x" * 121])
def test_a_name_that_is_none_is_refused_and_what_was_typed_stays(cast: Cast, name: str) -> None:
    ana = cast.browser("Ana")
    given(ana)
    (key,) = of(cast, "Ana")
    refused = ana.post(f"/settings/keys/passkeys/{key.uid}", data={"name": name})
    assert refused.status_code == 422
    assert f'id="error-{key.uid}"' in refused.text
    assert f'value="{name}"' in refused.text
    assert of(cast, "Ana")[0].name == key.name


def test_keys_of_somebody_else_are_not_found(cast: Cast) -> None:
    given(cast.browser("Ben"))
    (key,), ana = of(cast, "Ben"), cast.browser("Ana")
    (theirs,) = devices_of(cast.fresh("Ben").get("/settings/keys").text)
    for address, data in (
        (f"/settings/keys/passkeys/{key.uid}", {"name": "À moi"}),
        (f"/settings/keys/passkeys/{key.uid}/end", {}),
        (f"/settings/keys/devices/{theirs}/end", {}),
    ):
        answer, never = ana.post(address, data=data), ana.post(re.sub("[0-9a-f]{32}", "0" * 32, address), data=data)
        assert answer.status_code == never.status_code == 404
    assert of(cast, "Ben")[0].name == key.name
    assert cast.browser("Ben").get("/settings").status_code == 200


def test_ten_passkeys_are_the_most(cast: Cast) -> None:
    ana = cast.browser("Ana")
    for _ in range(operations.MOST):
        given(ana)
    page = ana.get("/settings/keys").text
    assert "10 clés d’accès au plus. Retirez-en une d’abord." in page
    assert "data-passkey=" not in page
    made = Authenticator().makes(asked(ana, "/settings/keys/passkey"))
    refused = ana.post("/settings/keys/passkeys", data={"passkey": made})
    assert (refused.status_code, "10 clés d’accès au plus." in refused.text) == (422, True)
    assert len(of(cast, "Ana")) == operations.MOST


def test_a_device_that_holds_a_key_is_not_asked_for_another(cast: Cast) -> None:
    ana = cast.browser("Ana")
    given(ana)
    given(ana)
    options = asked(ana, "/settings/keys/passkey")
    assert len({known["id"] for known in options["excludeCredentials"]}) == 2
    assert options["user"]["id"] == asked(ana, "/settings/keys/passkey")["user"]["id"]
    assert len(asked(ana, "/step-up/passkey")["allowCredentials"]) == 2


def test_the_last_key_cannot_be_removed(cast: Cast) -> None:
    ana = cast.browser("Ana")
    device = given(ana)
    without_phrase(cast, "Ana")
    (key,) = of(cast, "Ana")
    refused = ana.post(f"/settings/keys/passkeys/{key.uid}/end")
    assert refused.status_code == 422
    assert "La dernière clé ne peut pas être retirée." in refused.text
    assert signed_in(cast.stranger(), device).status_code == 303


def test_fifty_removals_at_once_never_leave_nobody_a_key(cast: Cast) -> None:
    ana = cast.browser("Ana")
    for _ in range(5):
        given(ana)
    without_phrase(cast, "Ana")
    uids, said = [key.uid for key in of(cast, "Ana")] * 10, list[str]()

    def attempt(uid: str) -> None:
        with cast.app.app_context():
            here = db.session.scalars(select(SignIn).where(SignIn.person_id == cast.person("Ana").id)).first()
            assert here is not None
            try:
                operations.remove(cast.person("Ana"), uid, here, cast.now)
                said.append("removed")
            except LastKey:
                said.append("refused")

    threads = [Thread(target=attempt, args=(uid,)) for uid in uids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said) == 50
    assert "refused" in said
    assert len(of(cast, "Ana")) == 1


def test_removing_a_key_closes_what_it_opened_but_not_where_one_is(cast: Cast) -> None:
    ana, elsewhere, here = cast.browser("Ana"), cast.stranger(), cast.stranger()
    device = given(ana)
    for client in (elsewhere, here):
        assert signed_in(client, device).status_code == 303
    (key,) = of(cast, "Ana")
    assert here.post(f"/settings/keys/passkeys/{key.uid}/end").status_code == 303
    assert here.get("/settings").status_code == ana.get("/settings").status_code == 200
    assert elsewhere.get("/settings").status_code == 303
    assert elsewhere.post("/settings", data={"locale": "en"}).status_code == 401
    assert sorted(line["kind"] for line in ledger(cast)) == ["passkey", "sign_in"]


def test_a_new_phrase_ends_the_old_one_at_once_and_is_shown_once(cast: Cast) -> None:
    ana, before = cast.browser("Ana"), cast.people["Ana"].phrase
    shown = ana.post("/settings/keys/phrase")
    words = re.search(r'data-phrase="([^"]+)"', shown.text)
    assert words
    assert words[1] != before
    assert 'href="/settings/keys"' in shown.text
    assert cast.stranger().post("/sign-in", data={"phrase": before}).status_code == 422
    assert cast.stranger().post("/sign-in", data={"phrase": words[1]}).status_code == 303
    page = ana.get("/settings/keys").text
    assert words[1] not in page
    assert CHANGED in page
    (line,) = ledger(cast)
    assert (line["kind"], line["person"]) == ("phrase", cast.person("Ana").uid)
    assert line["verifier"].startswith("$argon2id$")
    assert not any(word in json.dumps(line) for word in words[1].split())


def test_a_changed_key_is_told_on_every_device_for_thirty_days(cast: Cast, clock: Clock) -> None:
    ana, other = cast.browser("Ana"), cast.fresh("Ana")
    assert CHANGED not in other.get("/settings").text
    given(ana)
    for client in (ana, other):
        page = client.get("/settings").text
        assert f"{CHANGED} Si ce n’est pas vous, fermez les autres appareils." in page
        assert '<a href="/settings/keys">' in page
    assert CHANGED not in cast.browser("Ben").get("/settings").text
    clock.advance(days=29)
    assert CHANGED in other.get("/settings").text
    later = clock.advance(days=1)
    assert CHANGED not in other.get("/settings").text
    with cast.app.app_context():
        assert db.session.query(KeyChange).count() == 1
        tick(later)
        assert db.session.query(KeyChange).count() == 0


def test_devices_are_listed_in_a_few_known_words_and_closed(cast: Cast) -> None:
    ana = cast.browser("Ana")
    phone = cast.stranger()
    phone.post("/sign-in", data={"phrase": cast.people["Ana"].phrase}, headers={"User-Agent": ANDROID})
    page = ana.get("/settings/keys").text
    assert "Android · Chrome" in page
    assert "Pixel" not in page
    assert page.count("Cet appareil</span>") == 1
    (uid,) = devices_of(page)
    with cast.app.app_context():
        label = db.session.scalar(select(SignIn.label).where(SignIn.uid == uid))
        assert label
        assert b"Android" not in label
    assert ana.post(f"/settings/keys/devices/{uid}/end").location == "/settings/keys?said=keys.closed"
    assert phone.get("/settings").status_code == 303
    assert devices_of(ana.get("/settings/keys").text) == []
    assert ana.post(f"/settings/keys/devices/{uid}/end").status_code == 404
    assert [(line["kind"], line["uid"]) for line in ledger(cast)] == [("sign_in", uid)]


def test_all_other_devices_are_closed_in_one_tap_and_this_one_stays(cast: Cast) -> None:
    ana, others, ben = cast.browser("Ana"), [cast.fresh("Ana") for _ in range(3)], cast.browser("Ben")
    assert len(devices_of(ana.get("/settings/keys").text)) == 3
    assert ana.post("/settings/keys/devices/end").location == "/settings/keys?said=keys.closed_all"
    assert [client.get("/settings").status_code for client in (ana, ben, *others)] == [200, 200, 303, 303, 303]
    assert len(ledger(cast)) == 3


def test_this_device_is_closed_by_signing_out_and_not_from_the_list(cast: Cast) -> None:
    ana = cast.browser("Ana")
    (here,) = devices_of(cast.fresh("Ana").get("/settings/keys").text)
    assert ana.post(f"/settings/keys/devices/{here}/end").status_code == 404
    assert ana.get("/settings").status_code == 200


def test_signing_out_is_written_down_for_a_backup_that_is_put_back(cast: Cast) -> None:
    ana = cast.browser("Ana")
    ana.post("/sign-out")
    (line,) = ledger(cast)
    assert (line["kind"], line["person"]) == ("sign_in", cast.person("Ana").uid)
    assert set(line) == {"at", "kind", "person", "uid"}


def test_what_happens_to_keys_is_logged_without_a_name(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    ana = cast.browser("Ana")
    given(ana)
    (key,) = of(cast, "Ana")
    ana.post("/settings/keys/phrase")
    ana.post(f"/settings/keys/passkeys/{key.uid}/end")
    ana.post("/settings/keys/devices/end")
    written = capsys.readouterr().out
    events = [json.loads(line) for line in written.splitlines()]
    told = [{name: line[name] for name in line if name not in ("at", "request_id", "level", "who")} for line in events]
    assert [line for line in told if line["event"] != "request"] == [
        {"event": "key", "result": "added", "key": "passkey"},
        {"event": "key", "result": "renewed", "key": "phrase"},
        {"event": "key", "result": "removed", "key": "passkey"},
        {"event": "device", "result": "closed_others"},
    ]
    assert key.uid not in written
    assert CANARY not in written
