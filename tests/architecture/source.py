"""The source as the architecture tests read it: every module of ours, parsed once, with its place in the house."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "wellbeing"


@dataclass(frozen=True)
class Module:
    """One Python file; `place` is its path from the top of the repository."""

    place: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def name(self) -> str:
        parts = self.place.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def among(self, *names: str) -> bool:
        """Whether the file, or a folder it lies in, has one of these names."""
        return not set(names).isdisjoint(self.place.parts)

    def imported(self) -> Iterator[tuple[int, str]]:
        """Every name imported, in full, with its line: `from a import b` gives `a` and `a.b`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                here = self.place.parent.parts[: len(self.place.parent.parts) - node.level + 1] if node.level else ()
                source = ".".join((*here, *([node.module] if node.module else [])))
                yield node.lineno, source
                yield from ((node.lineno, f"{source}.{alias.name}") for alias in node.names)

    def calls(self) -> Iterator[tuple[int, str, ast.Call]]:
        """Every call, as it is written: `db.session.commit`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node.lineno, ast.unparse(node.func), node

    def spoken(self) -> Iterator[tuple[int, str]]:
        """Every dotted expression, as it is written."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute | ast.Name):
                yield node.lineno, ast.unparse(node)

    def coined(self) -> Iterator[tuple[int, str]]:
        """Every name that this file makes up: functions, classes, arguments, variables, attributes it sets."""
        for node in ast.walk(self.tree):
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                    yield node.lineno, node.name
                case ast.arg():
                    yield node.lineno, node.arg
                case ast.Name(ctx=ast.Store()):
                    yield node.lineno, node.id
                case ast.Attribute(value=ast.Name(id="self"), ctx=ast.Store()):
                    yield node.lineno, node.attr
                case ast.alias(asname=str(name)):
                    yield node.lineno, name


def modules(*folders: str) -> list[Module]:
    """Every Python file under these folders of the repository, or of the whole package."""
    found = [path for folder in folders or ("wellbeing",) for path in sorted((ROOT / folder).rglob("*.py"))]
    return [Module(path.relative_to(ROOT), path.read_text(encoding="utf-8")) for path in found]


def planted(place: str, text: str) -> Module:
    """A module that does not exist, to show that a rule sees what it forbids."""
    return Module(Path(place), text)
