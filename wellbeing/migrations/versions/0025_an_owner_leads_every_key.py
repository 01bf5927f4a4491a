"""Every row says whose it is, and on PostgreSQL its owner stands first in its key (docs/scaling.md).

Notes and emotions hung on the number of an entry, what belongs to a date on that of a workshop. They name their owner
now. On PostgreSQL the keys are then made anew, each beside the old one, while people are answered; a trigger names the
owner of what the release before writes meanwhile, and the next release drops it. What is found before anybody is
known, by a hash or a random name, is no longer there once by rule: chance keeps those apart, and `db.one_at_a_time`
those that could be sent twice. SQLite, which is never spread, keeps its keys. Started again after it was stopped, this
goes on.
"""

from __future__ import annotations

from wellbeing.migrations.keys import (
    Hung,
    belongs,
    belongs_no_more,
    key,
    named,
    on_postgresql,
    once,
    once_no_more,
    unnamed,
)
from wellbeing.migrations.online import create_index, drop_index

revision = "0025"
down_revision = "0024"

# What hangs on a row, by which column, and whose it is.
HANGING = (
    ("note", "entry_id", "entry", "person"),
    ("entry_emotion", "entry_id", "entry", "person"),
    ("slot", "workshop_id", "workshop", "group"),
    ("cancellation", "workshop_id", "workshop", "group"),
    ("headcount", "workshop_id", "workshop", "group"),
    ("date_seen", "workshop_id", "workshop", "group"),
)
# Keys, the old and the new. A number stays and comes second: it still counts rows over all owners.
NUMBERED = {
    "person": (
        "check_up", "consent", "entry", "entry_past", "key_change", "membership", "passkey", "pause",
        "push_subscription", "reflection_past", "sign_in", "stewardship",
    ),
    "group": ("headcount", "report"),
}  # fmt: skip
KEYS = (
    *((table, ["id"], [f"{owner}_id", "id"]) for owner, tables in NUMBERED.items() for table in tables),
    ("note", ["entry_id"], ["person_id", "entry_id"]),
    ("entry_emotion", ["entry_id", "emotion"], ["person_id", "entry_id", "emotion"]),
    ("slot", ["workshop_id", "starts_at"], ["group_id", "workshop_id", "starts_at"]),
    ("cancellation", ["workshop_id"], ["group_id", "workshop_id"]),
    ("date_seen", ["workshop_id"], ["group_id", "workshop_id"]),
    ("flag_raiser", ["flag_id", "person_id"], ["person_id", "flag_id"]),
)
# Rows of one owner that point at each other.
HUNG = (
    Hung("note", "entry_id", "entry"),
    Hung("entry_emotion", "entry_id", "entry"),
    Hung("sign_in", "passkey_id", "passkey"),
    Hung("push_subscription", "sign_in_id", "sign_in"),
)
# What was there once over the whole place, and is now once with its owner.
ONCE = (
    ("consent", ["uid"], ["person_id", "uid"]),
    ("passkey", ["uid"], ["person_id", "uid"]),
    ("push_subscription", ["uid"], ["person_id", "uid"]),
    ("push_subscription", ["sign_in_id"], ["person_id", "sign_in_id"]),
    ("sign_in", ["uid"], ["person_id", "uid"]),
    ("report", ["uid"], ["group_id", "uid"]),
    ("entry_emotion", ["entry_id", "position"], ["person_id", "entry_id", "position"]),
)
# The same, found by it alone: an index remains.
FOUND = (
    ("person", "uid"), ("person", "phrase_selector"), ("person", "arrival"), ("membership", "uid"),
    ("calendar_feed", "token_hash"), ("passkey", "credential_id"), ("push_subscription", "endpoint_hash"),
    ("sign_in", "token_hash"),
)  # fmt: skip
POINTING = (
    ("slot", "workshop_id"), ("cancellation", "workshop_id"), ("date_seen", "workshop_id"), ("flag_raiser", "flag_id"),
)  # fmt: skip
# Indexes that the new keys begin with.
SPARED = (
    ("membership", "person_id"), ("passkey", "person_id"), ("push_subscription", "person_id"), ("sign_in", "person_id"),
    ("sign_in", "passkey_id"), ("stewardship", "person_id"), ("flag_raiser", "person_id"),
)  # fmt: skip


def upgrade() -> None:
    for table, link, above, owner in HANGING:
        named(table, link, above, owner)
    if not on_postgresql():
        return
    for table, column in POINTING:
        create_index(f"{table}_{column}", table, [column])
    for table, old, new in ONCE:
        once(table, old, new)
    for table, column in FOUND:
        create_index(f"{table}_{column}", table, [column])
        once_no_more(table, [column])
    drop_index("person_passkey_handle_once", "person")
    for table, _, columns in KEYS:
        key(table, columns, [one for one in HUNG if one.above == table])
    for column in ("made_by", "used_by"):
        belongs_no_more("invitation", column, "person")
    for table, column in SPARED:
        drop_index(f"{table}_{column}", table)


def downgrade() -> None:
    if on_postgresql():
        for table, column in SPARED:
            create_index(f"{table}_{column}", table, [column])
        for column in ("made_by", "used_by"):
            belongs("invitation", column, "person", "SET NULL")
        for table, columns, _ in reversed(KEYS):
            key(table, columns, [one.alone() for one in HUNG if one.above == table])
        create_index("person_passkey_handle_once", "person", ["passkey_handle"], unique=True)
        for table, column in FOUND:
            once(table, [], [column])
            drop_index(f"{table}_{column}", table)
        for table, old, new in ONCE:
            once(table, new, old)
        for table, column in POINTING:
            drop_index(f"{table}_{column}", table)
    for table, _, _, owner in reversed(HANGING):
        unnamed(table, owner)
