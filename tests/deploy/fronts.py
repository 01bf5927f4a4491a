"""nginx and Caddy, started with the very files of docs/deploy. What differs from a host's machine is substituted, and
nothing else: ports, the place of the certificate, who signed it, and folders to write to.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.deploy.front import PATIENCE, Front
from tests.deploy.house import NAME
from tests.deploy.units import DEPLOY
from tests.scans.front import certificate

PROGRAMS = ("nginx", "caddy")
ROUND_NGINX = """
daemon off;
pid {place}/pid;
{user}
error_log stderr crit;
events {{}}
http {{
    client_body_temp_path {place}/bodies;
    proxy_temp_path {place}/answers;
    fastcgi_temp_path {place}/f; uwsgi_temp_path {place}/u; scgi_temp_path {place}/s;
    include {place}/nginx.conf;
}}
"""


@contextmanager
def started(program: str, place: Path, behind: int) -> Iterator[Front]:
    place.mkdir()
    front = Front(program, place, behind)
    command = _nginx(front) if program == "nginx" else _caddy(front)
    environment = {"PATH": os.environ["PATH"], "HOME": str(place)}
    with front.said.open("wb") as said:
        running = subprocess.Popen(command, env=environment, stdout=said, stderr=subprocess.STDOUT, process_group=0)
    try:
        _wait_for(front, running)
        yield front
    finally:
        running.terminate()
        running.wait(timeout=PATIENCE)


def _wait_for(front: Front, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    for port in (front.secure, front.plain):
        while True:
            assert running.poll() is None, front.said.read_text()
            assert time.monotonic() < until, front.said.read_text()
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            with suppress(subprocess.TimeoutExpired):
                running.wait(timeout=0.05)
    while not front.authority.exists():
        assert time.monotonic() < until, front.said.read_text()
        with suppress(subprocess.TimeoutExpired):
            running.wait(timeout=0.05)


def _nginx(front: Front) -> list[str]:
    signed, key = certificate(front.place, front.authority, NAME)
    letsencrypt = f"/etc/letsencrypt/live/{NAME}"
    said = (DEPLOY / "nginx.conf").read_text("utf-8")
    for text, here in {
        "listen 443 ssl;": f"listen 127.0.0.1:{front.secure} ssl;",
        "listen [::]:443 ssl;": f"listen [::1]:{front.secure} ssl;" if socket.has_ipv6 else "",
        "listen 80;": f"listen 127.0.0.1:{front.plain};",
        "listen [::]:80;": f"listen [::1]:{front.plain};" if socket.has_ipv6 else "",
        f"{letsencrypt}/fullchain.pem": str(signed),
        f"{letsencrypt}/privkey.pem": str(key),
        "http://127.0.0.1:8000;": f"http://127.0.0.1:{front.behind};",
    }.items():
        said = replaced(said, text, here)
    (front.place / "nginx.conf").write_text(said, "utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (front.place / "main.conf").write_text(ROUND_NGINX.format(place=front.place, user=user), "utf-8")
    return [str(found("nginx")), "-e", "stderr", "-p", str(front.place), "-c", str(front.place / "main.conf")]


def _caddy(front: Front) -> list[str]:
    """Adapted by Caddy itself; then the name's certificate comes from an authority of its own, asked of nobody."""
    adapted = subprocess.run(
        [str(found("caddy")), "adapt", "--config", str(DEPLOY / "Caddyfile")],
        capture_output=True,
        text=True,
        check=True,
    )
    said = replaced(adapted.stdout, '"127.0.0.1:8000"', f'"127.0.0.1:{front.behind}"')
    said = replaced(said, '":443"', f'"127.0.0.1:{front.secure}"')
    said = replaced(said, '":80"', f'"127.0.0.1:{front.plain}"')
    whole: dict[str, Any] = json.loads(said)
    whole["apps"]["http"] |= {"http_port": front.plain, "https_port": front.secure}
    whole["apps"]["tls"] = {"automation": {"policies": [{"issuers": [{"module": "internal"}]}]}}
    whole["apps"]["pki"] = {"certificate_authorities": {"local": {"install_trust": False}}}
    whole |= {"admin": {"disabled": True, "config": {"persist": False}}}
    whole["storage"] = {"module": "file_system", "root": str(front.place)}
    (front.place / "caddy.json").write_text(json.dumps(whole), "utf-8")
    return [str(found("caddy")), "run", "--config", str(front.place / "caddy.json")]


def replaced(said: str, text: str, here: str) -> str:
    """A file that changed is looked at again, and not started as something else."""
    assert said.count(text) == 1, f"{text} is {said.count(text)} times in what is deployed"
    return said.replace(text, here)


def found(program: str) -> str | None:
    """Where it is: Debian puts servers where not everybody looks."""
    return shutil.which(program, path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
