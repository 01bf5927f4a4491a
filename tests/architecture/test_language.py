"""One way to speak another language than the reader's: words are looked up once a request, and `speaking` knows it."""

from __future__ import annotations

import re

from wellbeing.config import ROOT


def test_only_the_locale_module_forces_a_language() -> None:
    forcing = re.compile(r"\bforce_locale\b")
    files = [*ROOT.glob("wellbeing/**/*.py"), *ROOT.glob("tests/**/*.py")]
    ours = {ROOT / "wellbeing/web/locale.py", ROOT / "tests/architecture/test_language.py"}
    assert [
        str(file.relative_to(ROOT)) for file in files if file not in ours and forcing.search(file.read_text())
    ] == []
