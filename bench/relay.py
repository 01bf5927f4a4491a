"""A relay between a browser and a server of this machine, which counts the bytes of every request and of its answer."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

ASKED = re.compile(rb"(?:GET|POST|PUT|DELETE|HEAD|OPTIONS) (\S+) HTTP/1\.1\r\n")
KINDS = (
    (r"/static/\w+/css/", "styles"),
    (r"/static/\w+/vendor/htmx", "htmx"),
    (r"/static/\w+/js/", "scripts"),
    (r"/static/|/favicon", "icons"),
    (r"/sw\.js", "worker"),
    (r"/offline/|/help/|/manifest", "shell"),
)


@dataclass
class Exchange:
    """One request and its answer, in bytes, headers included."""

    path: str
    up: int = 0
    down: int = 0

    @property
    def kind(self) -> str:
        return next((kind for pattern, kind in KINDS if re.match(pattern, self.path)), "page")


class Relay:
    """`url` is where the browser goes. On one connection an answer is that of the last request."""

    def __init__(self, to: int) -> None:
        self.to = to
        self.exchanges: list[Exchange] = []
        self._moved = time.monotonic()
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://localhost:{self.listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def forget(self) -> None:
        self.exchanges = []

    def silent_for(self) -> float:
        """Seconds since the last byte."""
        return time.monotonic() - self._moved

    def _accept(self) -> None:
        with suppress(OSError):  # closed: the bench is over
            while True:
                browser, _ = self.listening.accept()
                server = socket.create_connection(("127.0.0.1", self.to))
                running: list[Exchange] = []
                for pump, source, target in ((self._up, browser, server), (self._down, server, browser)):
                    threading.Thread(target=pump, args=(source, target, running), daemon=True).start()

    def _up(self, source: socket.socket, target: socket.socket, running: list[Exchange]) -> None:
        for part in self._passed_on(source, target):
            if asked := ASKED.match(part):
                running.append(Exchange(asked[1].decode()))
                self.exchanges.append(running[-1])
            running[-1].up += len(part)

    def _down(self, source: socket.socket, target: socket.socket, running: list[Exchange]) -> None:
        for part in self._passed_on(source, target):
            running[-1].down += len(part)

    def _passed_on(self, source: socket.socket, target: socket.socket) -> Iterator[bytes]:
        """Each part that came, counted before it goes on, until this side says no more."""
        with suppress(OSError):
            while part := source.recv(1 << 16):
                self._moved = time.monotonic()
                yield part
                target.sendall(part)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)


@contextmanager
def relayed(to: int) -> Iterator[Relay]:
    relay = Relay(to)
    try:
        yield relay
    finally:
        relay.listening.close()
