"""A person's data key and the words kept under it."""

from __future__ import annotations

import os

from sqlalchemy import bindparam, select

from wellbeing.db import columns
from wellbeing.keyring import Keyring, Unreadable
from wellbeing.models.person import Person, PersonKey
from wellbeing.vault.boxes import DataKey

_BOX = select(PersonKey.box).where(PersonKey.person_id == bindparam("person"))


def new_data_key(keyring: Keyring, person_uid: str) -> tuple[DataKey, bytes]:
    """A fresh key for someone who is joining, and the box to store it in."""
    secret = os.urandom(32)
    return DataKey(person_uid, secret), keyring.seal("dek", person_uid, secret)


def data_key_of(keyring: Keyring, person: Person) -> DataKey:
    """The person's key. Raises Unreadable when it is gone (an erased account) or cannot be opened."""
    box = columns(_BOX, {"person": person.id}).scalar()
    return data_key_in(keyring, person.uid, box)


def data_key_in(keyring: Keyring, person_uid: str, box: bytes | None) -> DataKey:
    """The key that such a box holds, for who has read it together with other things. Raises Unreadable."""
    if box is None:
        raise Unreadable
    return DataKey(person_uid, keyring.unseal("dek", person_uid, box))


def pseudonym_of(keyring: Keyring, person: Person) -> str | None:
    """The pseudonym, for its owner's own pages only; None when it cannot be read."""
    try:
        return data_key_of(keyring, person).decrypted("person.pseudonym", person.uid, person.pseudonym)
    except Unreadable:
        return None
