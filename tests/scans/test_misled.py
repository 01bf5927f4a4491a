"""What the scanner finds is dismissed only where a condition that holds and one that does not get the same answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.scans.front import Front
from tests.scans.misled import misled


class Gullible(BaseHTTPRequestHandler):
    """At /reads it does as it is told, as a database would; at /keeps it refuses what is too long."""

    def do_POST(self) -> None:
        said = unquote(self.rfile.read(int(self.headers["Content-Length"])).decode())
        left, _, right = said.rpartition("AND ")[2].partition("=")
        told = left == right if self.path == "/reads" else len(said) < 30
        self.send_response(200 if told else 422)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """It says nothing."""


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    server = HTTPServer(("127.0.0.1", 0), Gullible)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made = Front(tmp_path, server.server_port)
    made.start()
    yield made
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("path", "body", "dismissed"), [
    ("/keeps", "name=some%20AND%2035=35", True),
    ("/keeps", "name=some%20AND%2035%3D35", True),
    ("/reads", "name=some%20AND%2035=35", False),
    ("/keeps", "name=some%27%22", False),
])  # fmt: skip
def test_only_what_is_the_same_either_way_is_dismissed(front: Front, path: str, body: str, dismissed: bool) -> None:
    asked = f"POST {path} HTTP/1.1\r\nhost: localhost\r\n\r\n{body}"
    assert misled(front, "", {"method": "POST", "http_request": asked}) is dismissed
