"""Sets of questions as data: those that are shipped can be trusted, and one that cannot is refused whole, by name."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from wellbeing.check_ups.packs import FOLDER, JUDGING, installed
from wellbeing.domain.questionnaires import Scoring

SHIPPED = {
    "ons_lonely": (84, 1, (1, 2, 3, 4, 5), Scoring.WORD, True, "OGL-UK-3.0"),
    "reperes5": (28, 5, (0, 1, 2, 3, 4), Scoring.SUM, False, "CC0-1.0"),
    "lien3": (84, 3, (1, 2, 3, 4, 5), Scoring.MEAN, False, "CC0-1.0"),
}
Change = Callable[[Any], object]


def test_what_is_shipped_is_what_was_decided() -> None:
    found = {
        pack.id: (
            pack.instrument.every.days, len(pack.instrument.items), pack.instrument.options, pack.instrument.scoring,
            pack.on_with_consent, pack.licence,
        )
        for pack in installed().packs
    }  # fmt: skip
    assert found == SHIPPED
    assert installed().refusals == ()
    assert all(set(pack.words) == {"fr", "en"} for pack in installed().packs)


@pytest.mark.parametrize("name", SHIPPED)
def test_each_says_where_it_comes_from_and_its_words_are_those_that_were_checked(name: str) -> None:
    place = FOLDER / name
    source = json.loads((place / "SOURCE.json").read_text("utf-8"))
    texts = (place / "fr.json").read_bytes() + (place / "en.json").read_bytes()
    assert hashlib.sha256(texts).hexdigest() == source["sha256"]
    assert date.fromisoformat(source["retrieved_on"])
    assert source["checked_by"]
    assert source["url"]


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_no_word_of_them_judges_or_screens(locale: str) -> None:
    never = ("score", "risque", "risk", "dépress", "depress", "suicid", "normal", "seuil", "diagnos")
    for pack in installed().packs:
        said = json.dumps(vars(pack.words[locale]), ensure_ascii=False).lower()
        assert not [word for word in never if word in said]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the packs, for a host to write in."""
    return Path(shutil.copytree(FOLDER, tmp_path / "questionnaires"))


def rewrite(path: Path, change: Change) -> None:
    held = json.loads(path.read_text("utf-8"))
    change(held)
    path.write_text(json.dumps(held), "utf-8")


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        ("SOURCE.json", lambda it: it.update(sha256=""), "sha256"),
        ("SOURCE.json", lambda it: it.update(checked_by=None), "checked_by"),
        ("SOURCE.json", lambda it: it.pop("retrieved_on"), "retrieved_on"),
        ("fr.json", lambda it: it["items"].pop("3"), "fr.json lacks 3"),
        ("en.json", lambda it: it["options"].pop("0"), "en.json lacks 0"),
        ("en.json", lambda it: it.pop("attribution"), "en.json lacks attribution"),
        ("instrument.json", lambda it: it.update(score="average"), "cannot be used"),
        ("instrument.json", lambda it: it.pop("version"), "cannot be used"),
        ("instrument.json", lambda it: it.update(id="other"), "name of its folder"),
        ("instrument.json", lambda it: it.update(every_days=1), "fourteen days"),
        ("instrument.json", lambda it: it.update(non_commercial=True), "LICENSE does not say so"),
        *(("instrument.json", lambda it, word=word: it.update({word: [28, 50]}), word) for word in sorted(JUDGING)),
        ("fr.json", lambda it: it.update(more={"deep": [{"bands": 1}]}), "bands"),
    ],
)
def test_a_pack_that_cannot_be_trusted_is_refused_by_name_and_the_others_go_on(
    file: str, change: Change, said: str, folder: Path
) -> None:
    rewrite(folder / "reperes5" / file, change)
    found = installed(folder)
    assert [pack.id for pack in found.packs] == ["lien3", "ons_lonely"]
    (refusal,) = found.refusals
    assert "“reperes5”" in refusal
    assert said in refusal


@pytest.mark.parametrize("file", ["LICENSE", "SOURCE.json", "instrument.json"])
def test_a_pack_that_lacks_a_file_is_refused(file: str, folder: Path) -> None:
    (folder / "lien3" / file).unlink()
    found = installed(folder)
    assert [pack.id for pack in found.packs] == ["ons_lonely", "reperes5"]
    assert file in found.refusals[0]


def test_a_language_without_its_file_is_not_offered(folder: Path) -> None:
    (folder / "lien3" / "en.json").unlink()
    (lien,) = [pack for pack in installed(folder).packs if pack.id == "lien3"]
    assert set(lien.words) == {"fr"}


def test_a_pack_of_the_hosts_own_is_taken(folder: Path) -> None:
    """As a host would install the WHO-5, from the official document: a sum times four, all or none."""
    place = Path(shutil.copytree(folder / "reperes5", folder / "who5"))
    rewrite(place / "instrument.json", lambda it: it.update(id="who5", times=4, non_commercial=True))
    (place / "LICENSE").write_text("Attribution-NonCommercial-ShareAlike 3.0 IGO", "utf-8")
    (who,) = [pack for pack in installed(folder).packs if pack.id == "who5"]
    assert who.instrument.every == timedelta(days=28)
    assert not who.on_with_consent
