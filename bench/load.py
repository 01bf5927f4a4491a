"""Asks a server under load, and reads what it cost: requests a second, the slowest of twenty, CPU a request."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.installation import ROOT
from bench.servers import Server


@dataclass(frozen=True)
class Load:
    """What one run of the client cost. Seconds of the server's CPU are of its whole process group."""

    asked: int
    seconds: float
    p95: float
    failures: int
    server_cpu: float
    client_cpu: float

    @property
    def each(self) -> float:
        """Seconds for one request, over one connection."""
        return self.seconds / self.asked

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.asked / self.seconds

    @property
    def cpu(self) -> float:
        """Seconds of the server's CPU for one request."""
        return self.server_cpu / self.asked

    @property
    def client_core(self) -> float:
        """How much of a core the client took while it ran."""
        return self.client_cpu / self.seconds


def under_load(server: Server, requests: Sequence[str], connections: int) -> Load:
    """Send these requests over so many connections, by a client in a process of its own."""
    order = json.dumps({"port": server.port, "connections": connections, "requests": requests})
    before = server.cpu()
    command = [sys.executable, "-m", "bench.client"]
    done = subprocess.run(command, input=order, text=True, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    spent, told = server.cpu() - before, json.loads(done.stdout)
    took = sorted(told["took"]) or [0.0]
    p95 = took[int(0.95 * (len(took) - 1))]
    return Load(len(requests), told["seconds"], p95, told["failures"], spent, told["cpu"])


def get(path: str, cookie: str) -> str:
    """The bytes of a page asked for by a browser that is signed in."""
    return _request("GET", path, cookie, "", "Sec-Fetch-Mode: navigate")


def post(path: str, cookie: str, **fields: str) -> str:
    """The bytes of a form that htmx sends."""
    return _request("POST", path, cookie, urlencode(fields), "HX-Request: true")


def post_json(path: str, cookie: str, said: object) -> str:
    """The bytes of what a phone sends by itself; of letters that are one byte each."""
    return _request("POST", path, cookie, json.dumps(said), "Sec-Fetch-Mode: cors", "application/json")


FORM = "application/x-www-form-urlencoded"


def _request(method: str, path: str, cookie: str, body: str, also: str, kind: str = FORM) -> str:
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: localhost",
        f"Cookie: {cookie}",
        "Accept-Encoding: gzip, deflate, br",
        "Accept-Language: fr-FR,fr;q=0.9",
        "Sec-Fetch-Site: same-origin",
        also,
    ]
    if method == "POST":
        lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join(lines) + "\r\n\r\n" + body
