"""Words are kept in boxes that open for one person, one row, one column; a stolen database opens none."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from wellbeing import keyring
from wellbeing.keyring import Keyring, SecretsRefused, Unreadable
from wellbeing.vault import boxes
from wellbeing.vault.boxes import DataKey

PERSON = "3f0c9a5e7b1d4c2e8a6f0b9d1c2e3f4a"
ROW = "9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d"
KEK, DEK = bytes(range(0x20)), bytes(range(0x20, 0x40))
WRAPPED = (
    "0100000001404142434445464748494a4bc2988c000219a124e5ed3d1db7493d7449f7606f830039144f7e74deab2ed3e4a92d29122962c7"
    "feb2aa55d980e4c289"
)
BOXED = "01505152535455565758595a5bfbc5887f540f04685a7c2a77046cf6d7f22a54a38db30a359d9a3f3bb14e5e189a"


def ring(kek: bytes = KEK) -> Keyring:
    return Keyring(cookie=("x",), kek_current=1, keks={1: kek}, lookup=b"l" * 32)


def test_the_published_test_vector_is_reproduced_to_the_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "urandom", lambda n: bytes(range(0x40, 0x40 + n)))
    assert ring().seal("dek", PERSON, DEK).hex() == WRAPPED
    monkeypatch.setattr(boxes.os, "urandom", lambda n: bytes(range(0x50, 0x50 + n)))
    assert DataKey(PERSON, DEK).encrypted("note.text", ROW, "Je me sens mieux.").hex() == BOXED


def test_the_published_test_vector_is_read() -> None:
    assert ring().unseal("dek", PERSON, bytes.fromhex(WRAPPED)) == DEK
    assert DataKey(PERSON, DEK).decrypted("note.text", ROW, bytes.fromhex(BOXED)) == "Je me sens mieux."


@pytest.mark.parametrize("at", range(len(bytes.fromhex(BOXED))))
def test_a_box_with_any_byte_changed_is_not_read(at: int) -> None:
    box = bytearray.fromhex(BOXED)
    box[at] ^= 1
    with pytest.raises(Unreadable):
        DataKey(PERSON, DEK).decrypted("note.text", ROW, bytes(box))


@pytest.mark.parametrize(
    ("person", "column", "row"),
    [("0" * 32, "note.text", ROW), (PERSON, "reflection.keepsake", ROW), (PERSON, "note.text", "0" * 32)],
)
def test_a_box_moved_to_another_person_column_or_row_is_not_read(person: str, column: str, row: str) -> None:
    with pytest.raises(Unreadable):
        DataKey(person, DEK).decrypted(column, row, bytes.fromhex(BOXED))


@pytest.mark.parametrize("box", [b"", b"\x01", b"\x02" * 80, bytes.fromhex(BOXED)[:28]])
def test_what_is_not_a_box_is_not_read(box: bytes) -> None:
    with pytest.raises(Unreadable):
        DataKey(PERSON, DEK).decrypted("note.text", ROW, box)
    with pytest.raises(Unreadable):
        ring().unseal("dek", PERSON, box)


def test_another_master_key_opens_no_data_key() -> None:
    with pytest.raises(Unreadable):
        ring(bytes(32)).unseal("dek", PERSON, bytes.fromhex(WRAPPED))


def test_a_hundred_thousand_boxes_share_no_nonce() -> None:
    key = DataKey(PERSON, DEK)
    assert len({key.encrypted("note.text", ROW, "")[1:13] for _ in range(100_000)}) == 100_000


def test_keys_show_themselves_in_no_message() -> None:
    assert "KEK" not in repr(ring())
    assert repr(DataKey(PERSON, DEK)) == "DataKey(…)"
    assert repr(ring()) == "Keyring(…)"


def test_secrets_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "instance" / "secrets.json"
    assert keyring.make(path)
    first = path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not keyring.make(path)
    assert path.read_bytes() == first
    assert keyring.load(path).keks[1] != keyring.load(path).lookup


def test_secrets_that_others_can_read_stop_the_start(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    keyring.make(path)
    path.chmod(0o640)
    with pytest.raises(SecretsRefused, match="chmod 600"):
        keyring.load(path)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"version": 1, "cookie": []}', "not json"])
def test_a_file_that_is_not_ours_stops_the_start(tmp_path: Path, content: str) -> None:
    path = tmp_path / "secrets.json"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(SecretsRefused, match="not one that Le fil wrote"):
        keyring.load(path)
