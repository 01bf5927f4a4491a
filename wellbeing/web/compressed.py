"""What is the same for everyone is compressed once, as small as it goes; all else is compressed quickly, each time."""

from __future__ import annotations

from functools import lru_cache

import brotli
from flask import Response, request

KEPT = 16  # the pages of the shell and the worker, in each language


def same_for_everyone(response: Response) -> Response:
    """The same answer in the fewest bytes, where the browser reads Brotli. Not for what holds anything of a person."""
    if request.accept_encodings["br"] and not response.is_streamed:
        response.set_data(_smallest(response.get_data()))
        response.content_encoding = "br"
    return response


@lru_cache(KEPT)
def _smallest(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=11))
