"""Being let in by the bare floor."""

from __future__ import annotations

from contextlib import closing
from http.client import HTTPConnection

from bench.servers import Server


def floor_cookie(bare: Server) -> str:
    """The cookie that the floor gives to whoever asks."""
    with closing(HTTPConnection("127.0.0.1", bare.port)) as connection:
        connection.request("GET", "/cookie")
        given = connection.getresponse().getheader("Set-Cookie") or ""
    return given.partition(";")[0]
