"""What may stand for a name in an address: signs that can be read. PostgreSQL takes no NUL, and no name holds one."""

from __future__ import annotations

from werkzeug.routing import BaseConverter


class Readable(BaseConverter):
    """One part of an address without control characters; anything else is the same 404 as an unknown name."""

    regex = r"[^/\x00-\x1f\x7f]{1,200}"


class Year(BaseConverter):
    """A year in four plain digits, which no other page of the journal is named by."""

    regex = r"[0-9]{4}"
    part_isolating = True
    weight = 50  # asked before names, which four digits may be as well

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04d}"
