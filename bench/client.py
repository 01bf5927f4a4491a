"""The load: a process of its own that keeps some connections busy, and says how long each answer took.

It reads its order from its input as JSON (`port`, `connections`, `requests`: the bytes of each as text), and answers
the same way. One thread over bare sockets: it takes a small part of a core, and says how much, since a load slower than
the server would measure itself.
"""

from __future__ import annotations

import json
import re
import socket
import sys
import time
from collections.abc import Iterator
from selectors import EVENT_READ, DefaultSelector

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
PATIENCE = 60


class Line:
    """One connection, kept open from request to request."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._open()

    def _open(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> None:
        self.came = b""
        self.began = time.perf_counter()
        self.socket.sendall(request)

    def answered(self) -> bool | None:
        """Reads what has come: whether the answer is a good one, or None while it is not whole."""
        part = self.socket.recv(1 << 16)
        self.came += part
        if not part:
            return False
        head, found, body = self.came.partition(b"\r\n\r\n")
        if not found:
            return None
        length = LENGTH.search(head)
        if length is None:
            return False
        return None if len(body) < int(length[1]) else head[9:12] == b"200"

    def again(self) -> None:
        self.socket.close()
        self._open()


def load(port: int, connections: int, requests: Iterator[bytes]) -> dict[str, object]:
    """Send every request; seconds each took, and how many failed (no answer, or another status than 200)."""
    lines = [Line(port) for _ in range(connections)]
    took: list[float] = []
    failures = busy = 0
    began, cpu = time.perf_counter(), time.process_time()
    with DefaultSelector() as watch:
        for line, request in zip(lines, requests, strict=False):
            line.ask(request)
            watch.register(line.socket, EVENT_READ, line)
            busy += 1
        while busy:
            ready = watch.select(PATIENCE)
            if not ready:
                failures += busy
                break
            for key, _ in ready:
                line = key.data
                good = line.answered()
                if good is None:
                    continue
                took.append(time.perf_counter() - line.began)
                if not good:
                    failures += 1
                    watch.unregister(line.socket)
                    line.again()
                    watch.register(line.socket, EVENT_READ, line)
                if (following := next(requests, None)) is None:
                    watch.unregister(line.socket)
                    busy -= 1
                else:
                    line.ask(following)
    return {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "took": took,
        "failures": failures,
    }


def main() -> None:
    order = json.load(sys.stdin)
    requests = (request.encode("latin-1") for request in order["requests"])
    json.dump(load(order["port"], order["connections"], requests), sys.stdout)


if __name__ == "__main__":
    main()
