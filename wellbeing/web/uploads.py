"""Files that people send. They may hold private words, so none is ever laid down on the disk as it came."""

from __future__ import annotations

import io
from typing import IO

from flask import Request


class KeptInMemory(Request):
    """Werkzeug would put a file of more than half a megabyte in a temporary one; here a request holds all of it.

    How much that may be is bounded before anything is read: 1 MiB, or what the view that takes a file allows.
    """

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002 - all four are Werkzeug's
        content_type: str | None,  # noqa: ARG002
        filename: str | None = None,  # noqa: ARG002
        content_length: int | None = None,  # noqa: ARG002
    ) -> IO[bytes]:
        return io.BytesIO()
