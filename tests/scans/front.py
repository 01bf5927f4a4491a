"""What stands before the product on a real machine: https with a certificate, and a way from http to it.

One port answers both, so that a scan needs no right to the first thousand ports: what begins as TLS does is
passed on, anything else is told where to go. The certificate is made for one run.
"""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from select import select

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

TLS_HELLO = b"\x16"


class Front:
    """Listens on `port` and passes on to `behind`; `authority` is the file of who signed its certificate."""

    def __init__(self, place: Path, behind: int) -> None:
        self.behind = behind
        self.authority = place / "authority.pem"
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(*certificate(place, self.authority))
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]

    def start(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            with suppress(OSError, RuntimeError):  # too many at once for a moment: the next may find a place again
                connection, _ = self._listening.accept()
                threading.Thread(target=self._meet, args=(connection,), daemon=True).start()

    def _meet(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(30)
            if connection.recv(1, socket.MSG_PEEK) == TLS_HELLO:
                with self._context.wrap_socket(connection, server_side=True) as secret:
                    self._pass_on(secret)
            else:
                path = connection.recv(4096).split(b" ")[1:2]
                where = f"https://localhost:{self.port}{(path or [b'/'])[0].decode('ascii', 'replace')}"
                answer = f"HTTP/1.1 301 Moved Permanently\r\nLocation: {where}\r\nContent-Length: 0\r\n"
                connection.sendall(f"{answer}Connection: close\r\n\r\n".encode())

    def _pass_on(self, secret: ssl.SSLSocket) -> None:
        """Both ways in one thread: OpenSSL lets no two use a connection."""
        with socket.create_connection(("127.0.0.1", self.behind), timeout=30) as product:
            while ready := [secret] if secret.pending() else select([secret, product], [], [], 30)[0]:
                for source in ready:
                    if not (piece := source.recv(65536)):
                        return
                    (product if source is secret else secret).sendall(piece)


def certificate(place: Path, authority: Path, host: str = "localhost") -> tuple[Path, Path]:
    """A certificate of this host for a day, and its key; who signed it goes into `authority`."""
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in ("Scan of a day", host)]
    for number, (key, name) in enumerate(zip(keys, names, strict=True)):
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(names[0])
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(datetime.now(UTC) - timedelta(hours=1))
            .not_valid_after(datetime.now(UTC) + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=number == 0, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
            .sign(keys[0], hashes.SHA256())
        )
        file = authority if number == 0 else place / "certificate.pem"
        file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file = place / "key.pem"
    key_file.write_bytes(
        keys[1].private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return place / "certificate.pem", key_file
