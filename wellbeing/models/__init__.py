"""Tables. One noun, one file; import the noun from its own file.

Whose a row is stands first in its key: a person, or a group. So a PostgreSQL that is spread over machines keeps what is
one owner's on one of them (docs/scaling.md, `tests/architecture/test_keys.py`). A number counts rows over all owners.
SQLite, which is one file and is never spread, has the number alone as key, for there it fills itself.
"""
