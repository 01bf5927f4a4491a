"""The catalogues hold what is said, and nothing else: no key is asked for in vain, none is kept for nobody."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.catalogues.reading import ROOT, catalogue

# t("mood.q") · tn('grp.size', n): a key asked for by its whole name, in a template.
_ASKED = re.compile(r"\btn?\(\s*[\"']([a-z0-9_.]+)[\"']\s*[,)]")
# "mood." ~ n · f"level.mood.{n}" · "who.sees_" ~ n: a whole family asked for by how it starts.
_QUOTED = re.compile(r"f?([\"'])(?P<start>[a-z0-9_.]+)(?:\1|\{)")


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def modules() -> list[Path]:
    return sorted((ROOT / "wellbeing").rglob("*.py"))


def scripts() -> list[Path]:
    return sorted((ROOT / "static").rglob("*.js"))


def keys_asked_for() -> Iterator[tuple[str, str]]:
    """(place, key) for every key named in full: in templates and in code, `t(…)`, `tn(…)`, `key=…` and `key = …`."""
    for path in templates():
        for key in _ASKED.findall(path.read_text("utf-8")):
            yield path.name, key
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for key in _keys_of(node):
                yield f"{path.parent.name}/{path.name}", key


def _keys_of(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Name(id="t" | "tn"), args=[ast.Constant(value=str(key)), *_]):
            yield key
        case ast.Call(func=ast.Attribute(attr="t" | "tn"), args=[ast.Constant(value=str(key)), *_]):
            yield key
        case ast.keyword(arg="key", value=ast.Constant(value=str(key))) if "." in key:
            yield key
        case ast.Assign(targets=[ast.Name(id="key")], value=ast.Constant(value=str(key))) if "." in key:
            yield key
        case ast.AnnAssign(target=ast.Name(id="key"), value=ast.Constant(value=str(key))) if "." in key:
            yield key
        case _:
            return


def keys_in_use() -> set[str]:
    """Every key of the French catalogue that something says, alone, as a plural's singular, or with its family."""
    written = "\n".join(path.read_text("utf-8") for path in [*templates(), *modules(), *scripts()])
    starts = {found["start"] for found in _QUOTED.finditer(written)}
    families = tuple(start for start in starts if start.endswith((".", "_")) and "." in start)
    keys = catalogue("fr").keys()
    return {key for key in keys if key in starts or key.removesuffix("_one") in starts or key.startswith(families)}


def test_every_key_asked_for_has_its_words() -> None:
    asked = list(keys_asked_for())
    assert asked
    unknown = sorted({f"{place}: {key}" for place, key in asked if key not in catalogue("fr")})
    assert not unknown, "\n".join(unknown)


def test_no_words_are_kept_for_nobody() -> None:
    unused = sorted(catalogue("fr").keys() - keys_in_use())
    assert not unused, "\n".join(unused)
