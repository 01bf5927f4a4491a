"""The class of every column of the database (ASVS 14.1.1): what it holds decides who reads it and how it
is kept.

* words: what somebody wrote or answered for themselves. Encrypted with their key; read by their pages alone.
* numbers: what is known about one person. Readable to SQL, behind the wall; erased with the account.
* figures: what a group's team, its members or the steward read about the group. Names no person.
* public: what whoever holds the address or the code of a group may read, and what runs the installation.
* keys: what opens something, or checks it. A hash, a box under a key that is not in the database, the public half of
  a passkey; never what opens it itself.

A table is named with the class of its columns, then those of another class.
"""

from __future__ import annotations

CLASSES = ("words", "numbers", "figures", "public", "keys")
TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "attendance": ("numbers", {}),
    "book_page": ("numbers", {"words": "intention worked adapt"}),
    "calendar_feed": ("numbers", {"keys": "token_hash"}),
    "cancellation": ("public", {}),
    "challenge": ("public", {"keys": "challenge browser handle"}),  # names nobody; means nothing after five minutes
    "check_up": ("numbers", {"words": "answers"}),
    "check_up_wish": ("numbers", {}),
    "consent": ("numbers", {}),
    "contribution": ("numbers", {}),
    "date_news": ("numbers", {}),
    "date_seen": ("public", {}),
    "early_note": ("numbers", {"words": "text"}),
    "entity_state": ("numbers", {}),
    "entry": ("numbers", {}),
    "entry_emotion": ("numbers", {}),
    "entry_past": ("numbers", {}),
    "flag": ("figures", {}),
    "flag_raiser": ("numbers", {}),
    "group": ("public", {"keys": "join_code_hash join_code_box"}),
    "headcount": ("figures", {}),
    "holiday_range": ("public", {}),
    "import_draft": ("numbers", {"words": "content"}),
    "invitation": ("numbers", {"keys": "token_hash"}),
    "key_change": ("numbers", {}),
    "keepsake": ("numbers", {"words": "text"}),
    "keepsake_copy": ("numbers", {"words": "text"}),
    "logged_year": ("numbers", {}),
    "membership": ("numbers", {}),
    "note": ("numbers", {"words": "text"}),
    "note_copy": ("numbers", {"words": "text"}),
    "operation": ("numbers", {"keys": "hash"}),
    "pace": ("numbers", {}),
    "passkey": ("numbers", {"words": "name", "keys": "credential_id public_key"}),
    "pause": ("numbers", {}),
    "person": ("numbers", {"words": "pseudonym", "keys": "phrase_selector phrase_verifier passkey_handle arrival"}),
    "person_key": ("numbers", {"keys": "box"}),
    "push_subscription": ("numbers", {"words": "endpoint p256dh auth", "keys": "endpoint_hash"}),
    "reflection": ("numbers", {}),
    "reflection_past": ("numbers", {}),
    "reinforced": ("public", {}),
    "release": ("figures", {}),
    "report": ("figures", {}),
    "reminder": ("numbers", {}),
    "reminder_sent": ("numbers", {}),
    "retention": ("public", {}),
    "server_epoch": ("public", {}),
    "setup_code": ("public", {"keys": "verifier"}),
    "sign_in": ("numbers", {"words": "label", "keys": "token_hash"}),
    "silence": ("numbers", {"words": "until"}),  # a date that says something only to its person
    "slot": ("public", {}),
    "stewardship": ("numbers", {}),
    "throttle": ("public", {"keys": "key"}),  # keyed hashes of addresses and people
    "workshop": ("public", {"keys": "check_in_code_hash check_in_code_box"}),
}
# Keys that are text: an Argon2id hash says its cost in letters, and a counter's name ends with a keyed hash.
KEYS_IN_LETTERS = {"person.phrase_verifier", "setup_code.verifier", "throttle.key"}


def class_of(table: str, column: str) -> str | None:
    """Its class, or None where nobody said."""
    if table not in TABLES:
        return None
    rest, apart = TABLES[table]
    return next((name for name, columns in apart.items() if column in columns.split()), rest)
