"""The line between a phone and the server: one request, one connection, nothing kept and nothing tried again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urlencode

PATIENCE = 60


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 when nothing did. `json` is None unless it is JSON."""

    status: int
    json: Any = None
    retry_after: int | None = None
    cookie: str = ""


class Line:
    """Where a phone's requests go, and the cookie that they carry."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.port, self.cookie = port, cookie
        self.patience: float = PATIENCE

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, {})

    def post(self, path: str, said: dict[str, Any]) -> Answer:
        return self._ask("POST", path, json.dumps(said), {"Content-Type": "application/json"})

    def send(self, path: str, **said: str | list[str]) -> Answer:
        """A form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(said, doseq=True), kind)

    def sign_in(self, phrase: str) -> None:
        """Open the journal with seven words, as the page's form does."""
        answer = self.send("/sign-in", phrase=phrase)
        assert answer.status == 303, answer
        self.cookie = answer.cookie

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        ours = {"Cookie": self.cookie, "Sec-Fetch-Site": "same-origin", "Connection": "close"}
        try:
            connection.request(method, path, body, {**ours, **headers})
            return _read(connection.getresponse())
        except (OSError, HTTPException):
            return Answer(0)
        finally:
            connection.close()


def _read(response: HTTPResponse) -> Answer:
    body = response.read()
    said = None
    if response.headers.get_content_type() == "application/json":
        try:
            said = json.loads(body)
        except ValueError:
            return Answer(0)
    wait = response.headers.get("Retry-After", "")
    cookie = response.headers.get("Set-Cookie", "").partition(";")[0]
    return Answer(response.status, said, int(wait) if wait.isdigit() else None, cookie)
