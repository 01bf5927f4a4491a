"""A front that runs, and what it answers whoever asks it, from which address and by which encryption."""

from __future__ import annotations

import select
import socket
import ssl
import warnings
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path

from tests.deploy.house import NAME, free_port

PATIENCE = 30
PIECE = 16 * 1024


@dataclass
class Front:
    """One of them, in front of whatever listens on `behind`. `place` is all it may write to; `said`, what it said."""

    program: str
    place: Path
    behind: int
    secure: int = field(default_factory=free_port)
    plain: int = field(default_factory=free_port)

    @property
    def said(self) -> Path:
        return self.place / "said.txt"

    @property
    def authority(self) -> Path:
        return self.place / ("authority.pem" if self.program == "nginx" else "pki/authorities/local/root.crt")

    def tls(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.authority))

    def ask(self, method: str, path: str, *, near: str = "127.0.0.1", body: bytes = b"", **headers: str) -> Answer:
        """As a browser would that lives at the address `near` of this machine."""
        line = _Line(self, near)
        try:
            line.request(method, path, headers={"Host": NAME, "Content-Length": str(len(body)), **_named(headers)})
            for start in range(0, len(body), PIECE):
                if line.answered():
                    break  # what is too large is refused before all of it was sent
                line.send(body[start : start + PIECE])
            return Answer(line.getresponse())
        finally:
            line.close()

    def redirects(self, path: str) -> Answer:
        """What it answers where nothing is encrypted."""
        line = HTTPConnection("127.0.0.1", self.plain, timeout=PATIENCE)
        try:
            line.request("GET", path, headers={"Host": NAME})
            return Answer(line.getresponse())
        finally:
            line.close()

    def speaks(self, version: str) -> bool:
        """Whether it meets somebody who knows this version of TLS and no other."""
        trusted = self.tls()
        trusted.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # that is why it is asked
            trusted.minimum_version = trusted.maximum_version = ssl.TLSVersion[version]
        line = socket.create_connection(("127.0.0.1", self.secure), PATIENCE)
        with line, suppress(ssl.SSLError), trusted.wrap_socket(line, server_hostname=NAME):
            return True
        return False

    def written(self) -> bytes:
        """All that it left on the disk, and all that it said."""
        return b"".join(file.read_bytes() for file in self.place.rglob("*") if file.is_file())

    def last_file(self) -> int:
        """When a file last came or went in its folders, even one that is gone again."""
        return max(folder.stat().st_mtime_ns for folder in self.place.rglob("*") if folder.is_dir())


class Answer:
    def __init__(self, came: HTTPResponse) -> None:
        self.status, self.headers, self.body = came.status, came.headers, came.read()


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


class _Line(HTTPSConnection):
    """To this machine, from one of its addresses, asking for the name that people type."""

    def __init__(self, front: Front, near: str) -> None:
        super().__init__("127.0.0.1", front.secure, timeout=PATIENCE, context=front.tls(), source_address=(near, 0))
        self._trusted = front.tls()
        self._trusted.maximum_version = ssl.TLSVersion.TLSv1_2  # a later one says things before it is asked

    def connect(self) -> None:
        sock = socket.create_connection((self.host, self.port), PATIENCE, self.source_address)
        self.sock = self._trusted.wrap_socket(sock, server_hostname=NAME)

    def answered(self) -> bool:
        """Returns as soon as there is an answer, or room for a piece of what is sent."""
        return bool(select.select([self.sock], [self.sock], [], PATIENCE)[0])
