"""Whose the tables are, for a database that is spread over machines by their owner (docs/scaling.md).

A distributed PostgreSQL puts all rows of one person, or of one group, on one machine. It can do so when the owner
stands in every primary key, in everything that is there once, and in every foreign key between tables of one owner.
"""

from __future__ import annotations

# A copy of it stands on every machine, for it stays small and much points at it: what is there once may be so over the
# whole place, and it may point only at others of these.
COPIED = {
    "group": "a row for each, which a group keeps after it is closed",
    "workshop": "a row for each date of a group",
    "flag": "a row for each number that somebody called wrong",
    "invitation": "gone after a week, but for those by which somebody may create groups",
}
# Without an owner: a copy of it stands on every machine, or it is spread by its own key.
OF_THE_PLACE = {
    "challenge": "names nobody, and means nothing after five minutes",
    "reinforced": "one row for each time a steward asked for stricter figures",
    "retention": "one row",
    "server_epoch": "one row",
    "setup_code": "one row until the place has a steward",
    "throttle": "counts by hashes, each by itself",
}
# Foreign keys without an index, since what they point at seldom ends: a group is closed and not deleted.
SELDOM_ENDED = {"contribution.group_id", "invitation.group_id"}
