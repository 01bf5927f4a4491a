"""`make sbom`: the list of what Le fil runs on, in CycloneDX 1.6: each package of the lock with its version, hashes,
licence and condition, and each vendored file. Written to build/sbom.json, the same bytes each time.

Licences are read from what is installed. The lock also holds what another system or Python would need: those are said
below, as their own packages say them.
"""

from __future__ import annotations

import hashlib
import json
import re
from importlib import metadata
from typing import Any

from wellbeing.config import ROOT

OUT = ROOT / "build" / "sbom.json"
VENDOR = ROOT / "static" / "vendor"
NOT_HERE = {"brotlicffi": "MIT", "colorama": "BSD-3-Clause"}  # of PyPy, of Windows
# Where a package says its licence in words of its own, or by a class that leaves the number of clauses open.
SAID_OTHERWISE = {
    "flask-sqlalchemy": "BSD-3-Clause", "itsdangerous": "BSD-3-Clause", "jinja2": "BSD-3-Clause",
    "pyasn1-modules": "BSD-2-Clause", "pyopenssl": "Apache-2.0", "segno": "BSD-3-Clause", "wtforms": "BSD-3-Clause",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
}  # fmt: skip
MIT = "License :: OSI Approved :: MIT License"
PACKAGE = re.compile(
    r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)(?: ; ([^\\\n]+?))?(?: \\)?\n((?:    --hash=\S+(?: \\)?\n)+)", re.MULTILINE
)
ROW = re.compile(
    r"^\| `([^`]+)` \| (\S+) ([0-9.]+), package `([^`]+)`[^|]* \| (\S+)[^|]* \| `([0-9a-f]{64})` \|$", re.MULTILINE
)


def parts() -> dict[str, Any]:
    found = [*_packages(), *_vendored()]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "le-fil", "name": "Le fil"}},
        "components": found,
        "dependencies": [{"ref": "le-fil", "dependsOn": [part["bom-ref"] for part in found]}],
    }


def _packages() -> list[dict[str, Any]]:
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    return [
        _part(f"pkg:pypi/{name}@{version}", name, version, _licence_of(name), re.findall(r"sha256:(\w+)", hashes), when)
        for name, version, when, hashes in PACKAGE.findall(lock)
    ]


def _vendored() -> list[dict[str, Any]]:
    made = []
    for file, name, version, package, licence, said in ROW.findall((VENDOR / "README.md").read_text(encoding="utf-8")):
        found = hashlib.sha256((VENDOR / file).read_bytes()).hexdigest()
        if found != said:
            raise ValueError(f"{file} is not what was published")
        made.append(_part(f"pkg:npm/{package}@{version}", name, version, licence, [found], ""))
    return made


def _part(ref: str, name: str, version: str, licence: str, hashes: list[str], when: str) -> dict[str, Any]:
    """A lock names one hash for each file a package may come as: each is one way to get it (a reference of its own)."""
    files = [
        {"type": "distribution", "url": f"urn:sha256:{one}", "hashes": [{"alg": "SHA-256", "content": one}]}
        for one in hashes
    ]
    part: dict[str, Any] = {
        "type": "library", "bom-ref": ref, "name": name, "version": version, "purl": ref,
        "licenses": [{"expression": licence}], "externalReferences": files,
    }  # fmt: skip
    return part | ({"properties": [{"name": "le-fil:only-if", "value": when}]} if when else {})


def _licence_of(name: str) -> str:
    """Raises ValueError for a package whose licence nobody has said yet."""
    if known := NOT_HERE.get(name) or SAID_OTHERWISE.get(name):
        return known
    said = metadata.metadata(name)
    classes = said.get_all("Classifier") or []
    licence = said.get("License-Expression") or said.get("License") or ("MIT" if MIT in classes else "")
    if not re.fullmatch(r"[A-Za-z0-9.-]+(?: OR [A-Za-z0-9.-]+)*", licence):
        raise ValueError(f"{name}: its licence is not said in a form a machine reads; read it and add it here")
    return licence


def main() -> None:
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(parts(), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(parts()['components'])} parts are listed in {OUT.relative_to(ROOT)}")  # noqa: T201


if __name__ == "__main__":
    main()
