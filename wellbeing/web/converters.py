"""What may stand for a name in an address: signs that can be read. PostgreSQL takes no NUL, and no name holds one."""

from __future__ import annotations

from werkzeug.routing import BaseConverter


class Readable(BaseConverter):
    """One part of an address without control characters; anything else is the same 404 as an unknown name."""

    regex = r"[^/\x00-\x1f\x7f]{1,200}"
