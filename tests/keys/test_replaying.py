"""A backup that is put back gives no key and no device back that was given up since."""

from __future__ import annotations

import re

from sqlalchemy import select, text

from tests.cast import Cast
from tests.keys.authenticator import given, signed_in
from wellbeing.db import db, transaction
from wellbeing.hosting.operations.replaying import replay
from wellbeing.models.passkey import Passkey
from wellbeing.models.person import Person
from wellbeing.models.sign_in import SignIn
from wellbeing.withdrawals import Line, read


def lines(cast: Cast) -> list[Line]:
    return read(cast.app.config["LE_FIL"].instance / "withdrawals.jsonl")


def kept(cast: Cast) -> dict[str, list[dict[str, object]]]:
    """The rows of keys and devices, as a backup holds them."""
    with cast.app.app_context():
        tables = {"passkey": Passkey.__table__, "sign_in": SignIn.__table__}
        found = {
            name: [dict(row) for row in db.session.execute(select(table)).mappings()] for name, table in tables.items()
        }
        phrases = select(Person.id, Person.phrase_selector, Person.phrase_verifier)
        return {**found, "person": [dict(row) for row in db.session.execute(phrases).mappings()]}


def put_back(cast: Cast, backup: dict[str, list[dict[str, object]]]) -> None:
    with cast.app.app_context(), transaction():
        for name in ("sign_in", "passkey"):
            db.session.execute(text(f"DELETE FROM {name}"))
        db.session.query(Person).update({"phrase_selector": None})
        for row in backup["person"]:
            db.session.query(Person).filter_by(id=row["id"]).update(row)
        for name, model in (("passkey", Passkey), ("sign_in", SignIn)):
            db.session.add_all(model(**row) for row in backup[name])
            db.session.flush()


def test_keys_and_devices_given_up_stay_given_up(cast: Cast) -> None:
    ana, ben, other, by_passkey = cast.browser("Ana"), cast.browser("Ben"), cast.fresh("Ana"), cast.stranger()
    lost, staying = given(ana), given(ana)
    assert signed_in(by_passkey, lost).status_code == 303
    old, backup = cast.people["Ana"].phrase, kept(cast)
    keys = re.findall(r"/passkeys/([0-9a-f]{32})/end", ana.get("/settings/keys").text)
    ana.post(f"/settings/keys/passkeys/{keys[0]}/end")
    ana.post("/settings/keys/phrase")
    new = re.search(r'data-phrase="([^"]+)"', ana.post("/settings/keys/phrase").text)
    assert new
    other.post("/sign-out")

    put_back(cast, backup)
    assert cast.stranger().post("/sign-in", data={"phrase": old}).status_code == 303  # what replaying is for
    with cast.app.app_context():
        assert db.session.query(Passkey).count() == 2
    for _ in range(2):
        with cast.app.app_context(), transaction():
            assert replay(lines(cast), []) == 5
    assert cast.stranger().post("/sign-in", data={"phrase": old}).status_code == 422
    assert cast.stranger().post("/sign-in", data={"phrase": new[1]}).status_code == 303
    assert signed_in(cast.stranger(), lost).status_code == 422
    assert signed_in(cast.stranger(), staying).status_code == 303
    assert by_passkey.get("/settings").status_code == 303
    assert [client.get("/settings").status_code for client in (ana, ben)] == [200, 200]
    with cast.app.app_context():
        working = set(db.session.scalars(select(SignIn.uid).where(SignIn.revoked_at.is_(None))))
        closed = {line.uid for line in lines(cast) if line.kind == "sign_in"}
        assert len(closed) == 2
        assert not working & closed
