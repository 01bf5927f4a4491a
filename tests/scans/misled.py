"""Wapiti asks with a condition that holds and with one that does not, and takes other answers for a database that read
them. Its false ones are mostly a character longer: in a field that is nearly full, they alone are refused.
"""

from __future__ import annotations

import re
import ssl
import urllib.request
from typing import Any

from tests.scans.front import Front

HOLDS = re.compile(r"(AND(?:%20|\+| ))([1-9]\d)(%3D|=)\2(?!\d)")


def misled(front: Front, held: str, finding: dict[str, Any]) -> bool:
    """Whether conditions that hold and that do not, all of one length, get one and the same answer."""
    head, _, body = finding["http_request"].replace("\r\n", "\n").partition("\n\n")
    asked = f"{head.split(' ')[1]}\n{body}"
    if not HOLDS.search(asked):
        return False
    answers = set()
    for condition in (r"\1\2\g<3>\2", r"\1\g<2>\g<3>10", r"\1\2\g<3>\2", r"\1\g<2>\g<3>99"):
        address, _, said = HOLDS.sub(condition, asked, count=1).partition("\n")
        answers.add(_answer(front, held, finding["method"], address, said))
    return len(answers) == 1


def _answer(front: Front, held: str, method: str, address: str, body: str) -> tuple[int, str, int]:
    """Its status, where it leads, and how long it is."""
    trusted = ssl.create_default_context(cafile=str(front.authority))
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=trusted), Stay)
    request = urllib.request.Request(
        f"https://localhost:{front.port}{address}", body.encode() or None, {"Cookie": held}, method=method
    )
    try:
        answer = opener.open(request)
    except urllib.error.HTTPError as led:
        answer = led
    with answer:
        return answer.status, answer.headers.get("Location", ""), len(answer.read())


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """What an answer says comes with the redirect itself."""
