"""A network that fails: a relay between a phone and the server, which does with each request as it was told."""

from __future__ import annotations

import json
import socket
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from http import HTTPStatus
from threading import Lock
from typing import Any

PATIENCE = 60


class Exchange:
    """One request on its way. A fault decides what becomes of it."""

    def __init__(self, phone: socket.socket, request: bytes, to: Sequence[int], keeps: bool = False) -> None:
        self.phone, self.request, self._to, self.keeps = phone, request, to, keeps
        self.kept = False

    def forwarded(self) -> bytes:
        """The whole answer of the first server that is there. Raises OSError when there is none."""
        with self._server() as server:
            head, _, body = self.request.partition(b"\r\n\r\n")
            lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
            server.sendall(b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body)
            parts = []
            while part := server.recv(1 << 16):
                parts.append(part)
        return b"".join(parts)

    def _server(self) -> socket.socket:
        *others, last = self._to
        for port in others:
            with suppress(ConnectionRefusedError):
                return socket.create_connection(("127.0.0.1", port), PATIENCE)
        return socket.create_connection(("127.0.0.1", last), PATIENCE)

    def answer(self, whole: bytes) -> None:
        """Hand over an answer of the server, and keep the connection if its end is known without closing it."""
        head, _, body = whole.partition(b"\r\n\r\n")
        if self.keeps and b"content-length:" in head.lower():
            lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
            whole = b"\r\n".join([b"HTTP/1.1" + lines[0][8:], *lines[1:]]) + b"\r\n\r\n" + body
            self.kept = True
        self.phone.sendall(whole)

    def ops(self) -> int:
        """How many ops it holds."""
        return len(json.loads(self.request.partition(b"\r\n\r\n")[2])["ops"])


Fault = Callable[[Exchange], None]


def passes(exchange: Exchange) -> None:
    exchange.answer(exchange.forwarded())


def lost_on_the_way(exchange: Exchange) -> None:
    """The connection closes before the server has anything."""


def answer_lost(exchange: Exchange) -> None:
    """The server has done all, and nothing of its answer comes back."""
    exchange.forwarded()


def answer_cut(exchange: Exchange) -> None:
    """Half of the answer comes back."""
    answer = exchange.forwarded()
    exchange.phone.sendall(answer[: len(answer) // 2])


def answers(status: int, said: Any = None, kind: str = "", **headers: str) -> Fault:
    """Somebody else answers, with JSON, or with text of the kind named; the server hears nothing."""
    body = said.encode() if isinstance(said, str) else json.dumps(said).encode()
    head = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: {kind or 'application/json'}\r\n"
    for name, value in headers.items():
        head += f"{name.replace('_', '-')}: {value}\r\n"
    return lambda exchange: exchange.phone.sendall(
        f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body
    )


def too_large_above(most: int) -> Fault:
    """Refuses batches of more than so many ops, as a smaller server than ours would."""
    refused = answers(413, {"error": "too_large"})
    return lambda exchange: (refused if exchange.ops() > most else passes)(exchange)


class Proxy:
    """Listens on `port`. Requests meet the faults of `then` in turn, and afterwards that of `always`.

    If it `keeps` connections, one that gave a good answer is used again, as browsers like it.
    """

    def __init__(self, to: int, keeps: bool = False) -> None:
        self._servers, self._keeps, self._turns = deque([to]), keeps, Lock()
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listening.getsockname()[1]
        self._planned: deque[Fault] = deque()
        self._always: Fault = passes
        threading.Thread(target=self._accept, daemon=True).start()

    def also(self, port: int) -> None:
        """Another server: each request goes to the next, or to the one after where nobody listens."""
        self._servers.append(port)

    def then(self, *faults: Fault) -> None:
        self._planned.extend(faults)

    def always(self, fault: Fault) -> None:
        self._always = fault

    def close(self) -> None:
        # a thread that waits for a connection is only woken by one, or by this
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                phone, _ = self._listening.accept()
                threading.Thread(target=self._meet, args=(phone,), daemon=True).start()

    def _meet(self, phone: socket.socket) -> None:
        with suppress(OSError), phone:
            while request := _read(phone):
                fault = self._planned.popleft() if self._planned else self._always
                with self._turns:
                    self._servers.rotate()
                    exchange = Exchange(phone, request, tuple(self._servers), self._keeps)
                fault(exchange)
                if not exchange.kept:
                    return


def _read(phone: socket.socket) -> bytes:
    """A whole request, or nothing if it broke off."""
    phone.settimeout(PATIENCE)
    came = b""
    while b"\r\n\r\n" not in came:
        if not (part := phone.recv(1 << 16)):
            return b""
        came += part
    head, _, body = came.partition(b"\r\n\r\n")
    lengths = [line.partition(b":")[2] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    while len(body) < int(lengths[0] if lengths else 0):
        if not (part := phone.recv(1 << 16)):
            return b""
        body += part
    return head + b"\r\n\r\n" + body
