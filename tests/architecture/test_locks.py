"""What is installed is exactly what was locked, from wherever the host gets its packages."""

from __future__ import annotations

import re

from tests.architecture.source import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt", ".ci/postgresql.txt", ".ci/audit.txt")


def pins(lock: str) -> set[tuple[str, str]]:
    """Every package of a lock, with its version and its condition."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9._-]+(?:\[[a-z,]+\])?==\S+)((?: ; [^\\\n]+)?)", text, flags=re.MULTILINE))


def test_no_lock_names_a_host() -> None:
    assert [lock for lock in LOCKS if "://" in (ROOT / lock).read_text(encoding="utf-8")] == []


def test_every_locked_package_has_its_hashes() -> None:
    for lock in LOCKS:
        text = (ROOT / lock).read_text(encoding="utf-8")
        packages = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
        assert packages
        assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_what_is_checked_is_what_runs() -> None:
    """The lock for checking holds the lock for running, version by version."""
    running, checking = ({name for name, _ in pins(lock)} for lock in LOCKS[:2])
    assert len(running) > 20
    assert running - checking == set()


def test_every_package_asked_for_is_locked() -> None:
    for asked, lock in (("requirements.in", LOCKS[0]), ("requirements-dev.in", LOCKS[1]), (".ci/audit.in", LOCKS[3])):
        wanted = re.findall(r"^([a-z][a-z0-9-]+)", (ROOT / asked).read_text(encoding="utf-8"), flags=re.MULTILINE)
        locked = {name.split("==")[0].split("[")[0] for name, _ in pins(lock)}
        assert wanted
        assert set(wanted) - locked == set()
