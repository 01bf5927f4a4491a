"""How our scripts are served: each with all that it imports at its head, in one file, without comments.

We write small modules; a phone on a slow network would pay for each with a request. What a script imports on demand
(`import("…")`) stays a file of its own.
"""

from __future__ import annotations

import re
from pathlib import Path

from rjsmin import jsmin

# `import { a, b } from "./c.js";` and `export { a } from "./c.js";`, each on one line
_IMPORT = re.compile(r'^(import|export) (\{[^}]*\}) from "(\.{1,2}/[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(async )?function|const|let|class)", re.MULTILINE)


def served(script: Path) -> str:
    """The module at `script`, preceded by those it imports, each once. It exports what it exported.

    All of them share one scope: two that give the same name to different things cannot be joined, and a test says so.
    Raises ValueError for a name that is changed on import, and FileNotFoundError for a module that is not there.
    """
    parts: dict[Path, str] = {}
    _gather(script.resolve(), parts)
    *before, itself = parts.values()
    return str(jsmin("".join([*(_EXPORT.sub("", part) for part in before), itself])))


def _gather(script: Path, parts: dict[Path, str]) -> None:
    """Put a module after all that it imports, and before whatever asked for it."""
    text = script.read_text(encoding="utf-8")
    for _, names, address in _IMPORT.findall(text):
        if " as " in names:
            raise ValueError(f"{script.name} changes a name on import: {names}")
        if (imported := (script.parent / address).resolve()) not in parts:
            _gather(imported, parts)
    parts[script] = _IMPORT.sub(lambda found: f"export {found[2]};\n" if found[1] == "export" else "", text)
