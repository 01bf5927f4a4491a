"""A script is served with what it imports, in one file that a browser can read."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.js.test_thinking import NODE
from wellbeing.config import ROOT
from wellbeing.web.scripts import served

SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))
EXPORTED = re.compile(r"export (?:async )?(?:function|const|let|class) ?\*?(\w+)")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_every_script_is_one_file_that_exports_what_it_did(script: Path, tmp_path: Path) -> None:
    joined = served(script)
    (tmp_path / "joined.mjs").write_text(joined, encoding="utf-8")
    ran = subprocess.run([NODE, "--check", tmp_path / "joined.mjs"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"two of its modules may give one name to two things:\n{ran.stderr}"
    assert not re.search(r"^import|\bfrom ?\"\.", joined, re.MULTILINE)
    assert sorted(EXPORTED.findall(joined)) == sorted(EXPORTED.findall(script.read_text(encoding="utf-8")))


def test_each_module_stands_once_and_before_what_needs_it(tmp_path: Path) -> None:
    (tmp_path / "last.js").write_text('export const LAST = "ä";\n', encoding="utf-8")
    (tmp_path / "left.js").write_text('import { LAST } from "./last.js";\nexport const left = () => LAST;\n')
    (tmp_path / "right.js").write_text('import { LAST } from "./last.js";\nexport const right = () => LAST;\n')
    (tmp_path / "first.js").write_text(
        '// Said to whoever reads this.\nimport { left } from "./left.js";\nimport { right } from "./right.js";\n'
        'export { right } from "./right.js";\nexport const first = async () => [left(), await import("./x.js")];\n'
    )
    joined = served(tmp_path / "first.js")
    assert joined.count("const LAST") == 1
    assert joined.index("const LAST") < joined.index("const left") < joined.index("const right")
    assert joined.count("export const") == 1
    assert "export{right}" in joined.replace(" ", "")
    assert 'import("./x.js")' in joined
    assert "Said to" not in joined


def test_what_others_wrote_travels_unchanged_and_runs_where_somebody_is_signed_in(tmp_path: Path) -> None:
    theirs = "var htmx=(()=>{/* as published */ return 4})();"
    (tmp_path / "htmx-9.9.min.js").write_text(theirs)
    (tmp_path / "app.js").write_text('import "./htmx-9.9.min.js";\nexport const ours = 1;\n')
    (tmp_path / "joined.mjs").write_text(joined := served(tmp_path / "app.js"))
    assert theirs in joined
    shown = """
      const found = [];
      for (const person of [undefined, null, {}]) {
        globalThis.document = person === undefined ? undefined : { querySelector: () => person };
        await import(`./joined.mjs?${found.length}`);
        found.push(globalThis.htmx);
      }
      console.log(JSON.stringify(found));
    """
    (tmp_path / "shown.mjs").write_text(shown)
    ran = subprocess.run([NODE, tmp_path / "shown.mjs"], capture_output=True, text=True, check=True)
    assert ran.stdout == "[null,null,4]\n"


def test_a_name_changed_on_import_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one.js").write_text("export const a = 1;\n")
    (tmp_path / "two.js").write_text('import { a as b } from "./one.js";\n')
    with pytest.raises(ValueError, match=r"two\.js"):
        served(tmp_path / "two.js")
