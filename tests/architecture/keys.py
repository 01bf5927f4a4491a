"""What stands between the tables and a database that is spread over machines by their owner (docs/scaling.md).

A distributed PostgreSQL puts all rows of one person, or of one group, on one machine. It can do so when the owner
stands in every primary key, in everything that is there once, and in every foreign key between tables of one owner.
A new table keeps to this. Where an older one does not, it is named here with what mending it asks for; a mended one has
to be struck out. Each line reads `table: what is not led by its owner`.
"""

from __future__ import annotations

BY_A_NUMBER = """
    A number of its own is the primary key. Each has a uid, or an instant, which together with its owner would do; the
    number is dropped in two releases, for the one that runs meanwhile still reads it.
"""
BY_A_LINK = """
    Led by the row it hangs on. The owner's own column stands beside; the key will be (owner, that row, …). Where that
    column came later (`EXPANDED`) it may still be empty, and the next release asks for it in every row first.
"""
BY_A_SECRET = """
    Found before anybody is known, by a hash: of a token, a code, a phrase, a passkey, an address of a push service.
    One table of hashes, spread by themselves, would say whose each is; the rows would then be led by their owner.
"""
BY_A_UID = """
    A random name is there once over the whole place, which chance alone holds as well. Once with its owner is enough,
    and comes with the new primary key.
"""
BETWEEN = """
    Between two owners: who doubts a number of a group, and the doubt. It would be (person, flag) and no foreign key.
"""

STANDING: dict[str, str] = {
    BY_A_NUMBER: """
        check_up: id | consent: id | entry: id | entry_past: id | key_change: id | membership: id | passkey: id
        pause: id | push_subscription: id | reflection_past: id | sign_in: id | stewardship: id | invitation: id
        flag: id | report: id | workshop: id | headcount: id
    """,
    BY_A_LINK: """
        entry_emotion: entry_id emotion | entry_emotion: entry_id position | entry_emotion: entry_id to entry
        note: entry_id | note: entry_id to entry
        cancellation: workshop_id | cancellation: workshop_id to workshop | headcount: workshop_id to workshop
        slot: workshop_id starts_at | slot: workshop_id to workshop
        date_seen: workshop_id | date_seen: workshop_id to workshop
        flag: workshop_id to workshop | sign_in: passkey_id to passkey
        push_subscription: sign_in_id | push_subscription: sign_in_id to sign_in
    """,
    BY_A_SECRET: """
        sign_in: token_hash | calendar_feed: token_hash | invitation: token_hash | passkey: credential_id
        push_subscription: endpoint_hash | person: phrase_selector | person: passkey_handle | person: arrival
        group: join_code_hash | workshop: check_in_code_hash
    """,
    BY_A_UID: """
        person: uid | consent: uid | invitation: uid | membership: uid | passkey: uid
        push_subscription: uid | sign_in: uid | group: uid | flag: uid | report: uid | workshop: uid
    """,
    BETWEEN: """
        flag_raiser: flag_id | flag_raiser: flag_id to flag
    """,
}
# The owner's column that the release before does not write: empty until the worker has filled what that one wrote. In
# the next release it is NOT NULL and leads the key, whose old form is dropped, and it is struck out here.
EXPANDED = {
    "note.person_id", "entry_emotion.person_id",
    "slot.group_id", "cancellation.group_id", "headcount.group_id", "date_seen.group_id",
}  # fmt: skip
# Under another name: whoever made an invitation, whose group it may lead to.
OTHERWISE_NAMED = {"invitation"}
# Without an owner: a copy of it stands on every machine, or it is spread by its own key.
OF_THE_PLACE = {
    "challenge": "names nobody, and means nothing after five minutes",
    "reinforced": "one row for each time a steward asked for stricter figures",
    "retention": "one row",
    "server_epoch": "one row",
    "setup_code": "one row until the place has a steward",
    "throttle": "counts by hashes, each by itself",
}
# What people's rows may point at though another owner has it: a copy of it stands on every machine, for it stays small.
POINTED_AT = {"group", "workshop"}


def standing() -> set[str]:
    lines = (line for found in STANDING.values() for line in found.strip().splitlines())
    return {offence.strip() for line in lines for offence in line.split("|")}


# Foreign keys without an index, since what they point at seldom ends: a group is closed and not deleted; invitations go
# after a week, but for those by which somebody may create groups.
SELDOM_ENDED = {"contribution.group_id", "invitation.group_id", "invitation.used_by"}
