"""Check-ups made through the pages, and what the database holds of them."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import Row

from tests.cast import Cast
from tests.journal.record import rows

REPERES = {f"item_{item}": "3" for item in range(1, 6)}


def lonely(cast: Cast, name: str = "Ana", answer: str = "4") -> str:
    """Somebody answers the one question; the uid of their check-up."""
    return check_up(cast, "ons_lonely", {"item_lonely": answer}, name)


def reperes(cast: Cast, *answers: object, name: str = "Ana") -> str:
    return check_up(cast, "reperes5", {f"item_{n}": str(answer) for n, answer in enumerate(answers, 1)}, name)


def check_up(cast: Cast, pack: str, said: dict[str, str], name: str = "Ana") -> str:
    op_id = str(uuid.uuid4())
    answer = cast.browser(name).post(f"/check-ups/{pack}", data={"op_id": op_id, **said})
    assert (answer.status_code, answer.location) == (303, f"/check-ups/{pack}"), answer.text
    return op_id.replace("-", "")


def wants(cast: Cast, pack: str, name: str = "Ana", wanted: str = "1") -> None:
    assert cast.browser(name).post(f"/check-ups/{pack}/wish", data={"wanted": wanted}).status_code == 303


def agrees(cast: Cast, given: str, name: str = "Ana") -> None:
    said = {"purpose": "checkups"} | ({"given": given} if given else {})
    assert cast.browser(name).post("/settings/choices", data=said).status_code == 303


def kept(cast: Cast, table: str = "check_up") -> list[Row[Any]]:
    return rows(cast.app, f"SELECT * FROM {table} ORDER BY person_id, instrument")


def main_of(cast: Cast, address: str, name: str = "Ana") -> str:
    page = cast.browser(name).get(address)
    assert page.status_code == 200, page.status_code
    main = page.text[page.text.index("<main") : page.text.index("</main>")]
    return main.split("<template")[0]
