"""`make soak`: Wapiti crawls the demonstration as each of its people, and sends every form what breaks forms.
Ends with 1 if it found anything, or was shown less than somebody of that kind sees. MINUTES=2 is how long each kind of
attack may last, and half as long as each crawl; what time cut short is said.
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
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.scans.front import Front
from tests.scans.misled import Stay, misled
from tests.scans.product import BUILT, running
from wellbeing.config import ROOT

MINUTES = float(os.environ.get("MINUTES") or 2)
# Left out: what asks another machine whether it was reached, and what looks for the products of others.
# `csrf` looks for tokens in forms: there are none, on purpose (docs/decisions/0002).
ATTACKS = (
    "cookieflags", "csp", "http_headers", "https_redirect", "crlf", "exec", "file", "htaccess", "ldap", "methods",
    "permanentxss", "redirect", "sql", "upload", "xss", "xxe",
)  # fmt: skip
# Right under one another lie all of a person's notes, and of an association's groups: some of each are enough.
MOST = "60"
# What each is shown at least: else it was not they who were attacked.
ONES_OWN = {"/journal", "/streak", "/insights", "/workshops", "/settings", "/check-ups", "/data"}
SEEN = {
    "participant": ONES_OWN,
    "facilitator": {*ONES_OWN, "/groups", "/groups/new"},
    "steward": {*ONES_OWN, "/groups", "/organisation"},
    "a visitor": {"/", "/sign-in", "/who-sees-what", "/accessibility"},
}
# After these there is nobody to be.
ENDS = ("sign-out", "settings/erasure", "settings/keys", "membership/end", "team/end")


def cookie(front: Front, phrase: str) -> str:
    trusted = ssl.create_default_context(cafile=str(front.authority))
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=trusted), Stay)
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
            "-dr", "1",
            "--store-session", folder, "--store-config", folder, "--no-bugreport", "--flush-session", "-v", "1",
            "--endpoint", "http://127.0.0.1:9", "--max-scan-time", str(120 * MINUTES),
            "--max-attack-time", str(60 * MINUTES), "--max-files-per-dir", MOST, "--tasks", "4",
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
    seen = {urllib.parse.urlsplit(one["request"]["url"]).path for one in read["infos"]["crawled_pages"]}
    cut = re.findall(r"Max (?:scan|attack) time was reached(?: for module (\w+))?", done.stdout)
    print(f"Wapiti, {who}: {len(seen)} addresses", flush=True)  # noqa: T201
    if cut:
        print(f"    cut short by time: {', '.join(name or 'the crawl' for name in cut)}", flush=True)  # noqa: T201
    few = [f"{who}: {address} was not seen" for address in sorted(SEEN[who] - seen)]
    kinds = {**read["vulnerabilities"], **read["anomalies"]}
    return few + [
        f"{who}: {kind}: {one['method']} {one['path']}: {one['info']}"
        for kind, all_ in kinds.items()
        for one in all_
        if not misled(front, held, one)
    ]


def main() -> int:
    if subprocess.call(["sh", ".ci/scanners", "wapiti"], cwd=ROOT):
        return 1
    # No hour passes for it: a key that was shown stays fresh, and the pages that ask for one stay open to attacks.
    still = {"WELLBEING_TESTING": "1", "WELLBEING_NOW": datetime.now(UTC).isoformat()}
    with running(demo=True, WELLBEING_LIMITS="1000000", **still) as (front, said):
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
