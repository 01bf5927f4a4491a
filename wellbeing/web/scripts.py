"""How our scripts are served: each with all that it imports at its head, in one file, without comments.

We write small modules; a phone on a slow network would pay for each with a request. What a script imports on demand
(`import("…")`) stays a file of its own. What others wrote travels with them unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rjsmin import jsmin

# `import { a, b } from "./c.js";` and `export { a } from "./c.js";`, each on one line
_IMPORT = re.compile(r'^(import|export) (\{[^}]*\}) from "(\.{1,2}/[^"]+)";\n', re.MULTILINE)
# `import "../vendor/d.js";`: a classic script, as it was published, for pages of somebody who is signed in
_VENDORED = re.compile(r'^import "(\.{1,2}/[^"]+)";\n', re.MULTILINE)
_WHERE_SIGNED_IN = 'if(globalThis.document?.querySelector("[data-person]")){%s;globalThis.%s=%s}\n'
_EXPORT = re.compile(r"^export (?=(async )?function|const|let|class)", re.MULTILINE)


def served(script: Path) -> str:
    """The module at `script`, preceded by those it imports, each once. It exports what it exported.

    All of them share one scope: two that give the same name to different things cannot be joined, and a test says so.
    Raises ValueError for a name that is changed on import, and FileNotFoundError for a module that is not there.
    """
    parts: dict[Path, str] = {}
    _gather(script.resolve(), parts)
    *before, itself = parts.values()
    ours = "".join([*(_EXPORT.sub("", part) for part in before), _VENDORED.sub("", itself)])
    return "\n".join([str(jsmin(ours)), *_vendored(script, itself)])


def _vendored(script: Path, text: str) -> Iterator[str]:
    """Each classic script that this one names, run where somebody is signed in, and its one name given to everybody."""
    for address in _VENDORED.findall(text):
        file = (script.parent / address).resolve()
        name = file.name.partition("-")[0]
        yield _WHERE_SIGNED_IN % (file.read_text(encoding="utf-8"), name, name)


def _gather(script: Path, parts: dict[Path, str]) -> None:
    """Put a module after all that it imports, and before whatever asked for it."""
    text = script.read_text(encoding="utf-8")
    for _, names, address in _IMPORT.findall(text):
        if " as " in names:
            raise ValueError(f"{script.name} changes a name on import: {names}")
        if (imported := (script.parent / address).resolve()) not in parts:
            _gather(imported, parts)
    parts[script] = _IMPORT.sub(lambda found: f"export {found[2]};\n" if found[1] == "export" else "", text)
