"""A push service of this machine, in a process of its own: it takes whatever comes, and counts it for each browser."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.request import urlopen

from bench.installation import ROOT

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class PushService:
    """`origin` is where it takes messages."""

    origin: str

    def got(self) -> dict[str, int]:
        """How many messages each browser got since this was last asked."""
        with urlopen(f"{self.origin}/got") as answer:
            counted: dict[str, int] = json.load(answer)
        return counted


def written(raw: bytes) -> str:
    """As browsers write their keys."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@contextmanager
def pushed() -> Iterator[PushService]:
    """Run it."""
    command = [sys.executable, "-m", "bench.push_service"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield PushService(process.stdout.readline().strip())
        finally:
            process.terminate()


async def serve() -> None:
    counted: Counter[str] = Counter()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        if length := LENGTH.search(head):
            await reader.readexactly(int(length[1]))
        path = head.split(b" ", 2)[1].decode()
        body = b""
        if path == "/got":
            body = json.dumps(counted).encode()
            counted.clear()
        else:
            counted[path] += 1
        writer.write(b"HTTP/1.1 201 Created\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=256)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
