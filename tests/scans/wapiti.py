"""`make soak`: Wapiti crawls the demonstration as each of its people, and sends every form what breaks forms.
Ends with 1 if it found anything. MINUTES=2 is how long each kind of attack may last, and half as long as each crawl.
"""

from __future__ import annotations

import json
import os
import re
import ssl
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.scans.front import Front
from tests.scans.product import BUILT, running
from wellbeing.config import ROOT

MINUTES = float(os.environ.get("MINUTES") or 2)
# Left out: what asks another machine whether it was reached, and what looks for the products of others.
# `csrf` looks for tokens in forms: there are none, on purpose (docs/decisions/0002).
ATTACKS = (
    "cookieflags", "csp", "http_headers", "https_redirect", "crlf", "exec", "file", "htaccess", "ldap", "methods",
    "permanentxss", "redirect", "sql", "upload", "xss", "xxe",
)  # fmt: skip
# After these there is nobody to be.
ENDS = ("sign-out", "settings/erasure", "settings/keys", "membership/end", "team/end")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """The cookie comes with the redirect itself."""


def cookie(front: Front, phrase: str) -> str:
    trusted = ssl.create_default_context(cafile=str(front.authority))
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=trusted), _Stay)
    data = urllib.parse.urlencode({"phrase": phrase}).encode()
    try:
        answer = opener.open(f"https://localhost:{front.port}/sign-in", data)
    except urllib.error.HTTPError as led:
        answer = led
    with answer:
        return str(answer.headers["Set-Cookie"]).split(";")[0]


def scan(front: Front, who: str, held: str) -> list[str]:
    """What it found as one person, in a sentence each."""
    here = f"https://localhost:{front.port}/"
    with TemporaryDirectory(prefix="fil-wapiti-") as folder:
        report = Path(folder) / "report.json"
        command = [
            BUILT / "wapiti" / "bin" / "wapiti", "-u", here, "-m", ",".join(ATTACKS), "-f", "json", "-o", report,
            "--store-session", folder, "--store-config", folder, "--no-bugreport", "--flush-session", "-v", "0",
            "--endpoint", "http://127.0.0.1:9", "--max-scan-time", str(120 * MINUTES),
            "--max-attack-time", str(60 * MINUTES), "--max-files-per-dir", "12", "--tasks", "4",
            *(["-C", held] if held else []),
        ]  # fmt: skip
        for address in ENDS:
            command += ["-x", f"{here}{address}", "-x", f"{here}*{address}"]
        done = subprocess.run(
            [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        if not report.exists():
            return [f"{who}: Wapiti did not finish: {done.stdout[-2000:]}"]
        read = json.loads(report.read_text(encoding="utf-8"))
    seen = read["infos"].get("crawled_pages_nbr", 0)
    print(f"Wapiti, {who}: {seen} addresses", flush=True)  # noqa: T201
    few = [] if seen > 20 or not held else [f"{who}: only {seen} addresses were seen: was anybody signed in?"]
    kinds = {**read["vulnerabilities"], **read["anomalies"]}
    return few + [
        f"{who}: {kind}: {one['method']} {one['path']}: {one['info']}" for kind, all_ in kinds.items() for one in all_
    ]


def main() -> int:
    if subprocess.call(["sh", ".ci/scanners", "wapiti"], cwd=ROOT):
        return 1
    with running(demo=True, WELLBEING_TESTING="1", WELLBEING_LIMITS="1000000") as (front, said):
        phrases = dict(re.findall(r"^  (participant|facilitator|steward): +(.+)$", said, flags=re.MULTILINE))
        assert len(phrases) == 3, said
        people = {who: cookie(front, phrase) for who, phrase in phrases.items()} | {"a visitor": ""}
        found = [sentence for who, held in people.items() for sentence in scan(front, who, held)]
    for sentence in found:
        print(f"    {sentence}", file=sys.stderr)  # noqa: T201
    print(f"Wapiti: {len(found) or 'nothing'} found")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
