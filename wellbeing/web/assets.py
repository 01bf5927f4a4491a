"""Static files, built once: one style sheet out of its components, those that one page alone needs, each script with
what it imports, compressed copies, one version for the whole folder.

Addresses are `/static/<version>/…`, where the version is a hash of everything under `static/`: relative imports and
`url()` simply work, and a file may be kept for ever. Styles are joined in the order that `_layers.css` lists.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import brotli
from flask import Flask, current_app
from markupsafe import Markup
from rcssmin import cssmin
from whitenoise import WhiteNoise
from whitenoise.responders import StaticFile

from wellbeing.config import ROOT
from wellbeing.web import scripts

SOURCE = ROOT / "static"
STYLES = "css/_layers.css"
STYLE_SHEET = "css/app.css"
FORM = "5"  # of what is built from these files; the next number when that changes
RELEASES = 3  # a page that was open before an update still asks for its own files
COMPRESSED = {".css", ".js", ".svg", ".json", ".html", ".txt"}


def init_app(app: Flask) -> None:
    built = app.config["LE_FIL"].assets_built
    version = build(SOURCE, built)
    app.config["ASSETS_VERSION"] = version
    app.config["ASSETS_FOLDER"] = built / version
    app.config["ASSETS_KNOWN"] = {}  # addresses given before: a page asks for the sprite thirty times
    app.config["DRAWINGS"] = {}
    app.add_template_global(asset)
    app.add_template_global(drawing)
    files = _Files(app.wsgi_app, immutable_file_test=lambda _path, _url: True, allow_all_origins=False)
    for release in releases(built, version):
        files.add_files(str(built / release), prefix=f"static/{release}")
    app.wsgi_app = files  # type: ignore[method-assign]


class _Files(WhiteNoise):
    FOREVER = 31_536_000  # a year is what "for ever" means to a cache

    def get_static_file(self, *given: Any, **known: Any) -> StaticFile:
        """One that does not say when it was last modified: its address changes when it does."""
        file = super().get_static_file(*given, **known)
        file.alternatives = [
            (asked, path, [header for header in headers if header[0] != "Last-Modified"])
            for asked, path, headers in file.alternatives
        ]
        return file


def asset(path: str) -> str:
    """The address of a file of `static/`, such as `icons/sprite.svg`; the joined style sheet is `css/app.css`.

    Raises FileNotFoundError for a file that is not there, so that a page never asks for nothing.
    """
    config = current_app.config
    known: dict[str, str] = config["ASSETS_KNOWN"]
    if path not in known:
        if not (config["ASSETS_FOLDER"] / path).is_file():
            raise FileNotFoundError(path)
        known[path] = f"/static/{config['ASSETS_VERSION']}/{path}"
    return known[path]


def drawing(name: str, kind: str) -> Markup:
    """A drawing of the sprite, shown as a `kind` of the style sheet; silent, since the word beside it is what is read.

    Only templates/shared/marks.html asks for it, with names that are written there or in a template.
    """
    drawn: dict[tuple[str, str], Markup] = current_app.config["DRAWINGS"]
    if (name, kind) not in drawn:
        drawn[name, kind] = Markup('<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>').format(
            kind, asset("icons/sprite.svg"), name
        )
    return drawn[name, kind]


def build(source: Path, into: Path) -> str:
    """Build `into/<version>/` unless it is there; returns the version. Safe when several processes start at once."""
    version = version_of(source)
    if (into / version).is_dir():
        return version
    into.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=".making-", dir=into))
    (making / STYLE_SHEET).parent.mkdir(parents=True)
    for path, styles in style_sheets(source).items():
        (making / path).write_text(styles, encoding="utf-8")
    for file in _files(source):
        if file.suffix != ".css":
            target = making / file.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(as_served(file))
    for file in [file for file in _files(making) if file.suffix in COMPRESSED]:
        raw = file.read_bytes()
        file.with_name(file.name + ".br").write_bytes(brotli.compress(raw, quality=11))
        file.with_name(file.name + ".gz").write_bytes(gzip.compress(raw, 9, mtime=0))
    making.chmod(0o755)
    try:
        making.rename(into / version)
    except OSError:  # another process was first, with the same bytes
        shutil.rmtree(making)
    return version


def releases(built: Path, version: str) -> list[str]:
    """The versions whose files are still served, this one first, then those that were in use before it."""
    with suppress(OSError):  # somebody else's folder: it stays where it stood in the order
        os.utime(built / version)
    others = [folder for folder in built.iterdir() if re.fullmatch("[0-9a-f]{16}", folder.name) and folder.is_dir()]
    before = sorted(others, key=lambda folder: (folder.stat().st_mtime_ns, folder.name), reverse=True)
    return [version, *(folder.name for folder in before if folder.name != version)][:RELEASES]


def style_sheets(source: Path) -> dict[str, str]:
    """The joined one, and each component that `_layers.css` does not name: a page that needs it asks for it."""
    joined = set(re.findall(r'@import "([\w-]+\.css)"', _layers(source)))
    alone = [file for file in _files(source / "css") if file.name not in {*joined, Path(STYLES).name}]
    own = {f"css/{file.name}": str(cssmin(file.read_text(encoding="utf-8"))) for file in alone}
    return {STYLE_SHEET: joined_styles(source), **own}


def joined_styles(source: Path) -> str:
    """The components in the order `_layers.css` names them, without comments: each `@import "name.css";` gives way to
    that file, and the name of each raw value to the value.
    """
    joined = re.sub(
        r'@import "([\w-]+\.css)"[^;]*;',
        lambda found: (source / "css" / found[1]).read_text(encoding="utf-8"),
        _layers(source),
    )
    styles = str(cssmin(joined))
    raw = dict(re.findall(r"(--raw-[\w-]+):([^;}]+)", styles))
    styles = re.sub(r"--raw-[\w-]+:[^;}]+;", "", styles)
    return re.sub(r"var\((--raw-[\w-]+)\)", lambda found: raw[found[1]], styles)


def as_served(file: Path) -> bytes:
    """One of our scripts with what it imports (`scripts.py`); any other file as it is."""
    if file.suffix != ".js" or "vendor" in file.parts:
        return file.read_bytes()
    return scripts.served(file).encode()


def version_of(source: Path) -> str:
    """Sixteen hex digits that change with any file of the folder, and with the way they are built."""
    digest = hashlib.sha256(FORM.encode())
    for file in _files(source):
        digest.update(str(file.relative_to(source)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _layers(source: Path) -> str:
    return (source / STYLES).read_text(encoding="utf-8")


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
