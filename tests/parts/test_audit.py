"""An audit that could not be made never says that all is well."""

from __future__ import annotations

from tests.parts.audit import verdict

SOUND = {"name": "flask", "version": "3.1.3", "vulns": []}
WEAK = {"name": "jinja2", "version": "3.1.0", "vulns": [{"id": "CVE-1", "fix_versions": ["3.1.6"]}]}
UNKNOWN = {"name": "segno", "skip_reason": "not found"}


def test_what_was_not_looked_up_is_said_and_is_no_failure() -> None:
    code, said = verdict({"dependencies": [SOUND, UNKNOWN]})
    assert code == 0
    assert said[0] == "Audit: 1 packages looked up, 0 known weaknesses"
    assert said[1].startswith("Audit: not looked up: 1 packages")


def test_a_known_weakness_fails_and_is_named_with_its_remedy() -> None:
    code, said = verdict({"dependencies": [SOUND, WEAK, UNKNOWN]})
    assert code == 1
    assert "    jinja2 3.1.0: CVE-1, mended in 3.1.6" in said
