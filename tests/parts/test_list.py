"""The list of parts names everything that Le fil runs on, and nothing that it does not."""

from __future__ import annotations

import json
import re
from importlib import metadata

import pytest

from tests.architecture.test_locks import pins
from tests.parts.list import SAID_OTHERWISE, parts
from wellbeing.config import ROOT


def test_every_locked_package_is_listed_with_its_version_its_hashes_and_its_licence() -> None:
    listed = {(part["name"], part["version"]): part for part in parts()["components"] if "pypi" in part["purl"]}
    locked = {(pin.split("==")[0].split("[")[0], pin.split("==")[1]) for pin, _ in pins("requirements.txt")}
    assert len(locked) > 20
    assert set(listed) == locked
    hashes = {one["hashes"][0]["content"] for part in listed.values() for one in part["externalReferences"]}
    assert hashes == set(re.findall(r"sha256:([0-9a-f]{64})", (ROOT / "requirements.txt").read_text("utf-8")))
    assert all(part["licenses"][0]["expression"] for part in listed.values())
    assert all(part["externalReferences"] for part in listed.values())


@pytest.mark.parametrize("name", SAID_OTHERWISE)
def test_a_licence_that_was_typed_by_hand_is_the_one_that_the_package_carries(name: str) -> None:
    files = [file for file in metadata.files(name) or [] if re.match(r"LICEN[CS]E", file.name, re.IGNORECASE)]
    [text] = [" ".join(file.locate().read_text("utf-8").split()) for file in files]
    carried = set()
    if "Redistribution and use in source and binary forms" in text:
        carried.add("BSD-3-Clause" if "Neither the name" in text else "BSD-2-Clause")
    if re.search(r"Apache License,? Version 2\.0", text):
        carried.add("Apache-2.0")
    assert set(SAID_OTHERWISE[name].split(" OR ")) == carried


def test_every_vendored_file_is_listed_as_it_is() -> None:
    listed = [part for part in parts()["components"] if "npm" in part["purl"]]
    files = [
        file for file in (ROOT / "static" / "vendor").iterdir() if file.name != "README.md" and file.suffix == ".js"
    ]
    assert files
    assert len(listed) == len(files)
    assert listed[0]["licenses"] == [{"expression": "0BSD"}]


def test_the_list_names_no_place_to_get_anything_from_and_is_the_same_each_time() -> None:
    text = json.dumps(parts())
    assert "://" not in text
    assert text == json.dumps(parts())
