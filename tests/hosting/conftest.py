"""A host at the command line, with secrets of their own, and where they keep what they copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.cast import Cast
from tests.conftest import close
from tests.databases import built

Command = Callable[..., Any]


@pytest.fixture
def place(cast: Cast, tmp_path: Path) -> Iterator[Cast]:
    """The cast in an installation whose secrets this test may change."""
    config = cast.app.config["LE_FIL"]
    secrets = tmp_path / "secrets.json"
    shutil.copy(config.secrets_path, secrets)
    app = built(replace(config, secrets_path=secrets))
    yield cast.in_app(app)
    close(app)


@pytest.fixture
def command(place: Cast) -> Command:
    """Run one of the host's commands: `command("backup", file)`; its result."""
    return commanded(place.app)


def commanded(app: Flask) -> Command:
    def run(*words: object) -> Any:
        close(app)
        try:
            return app.test_cli_runner().invoke(args=[str(word) for word in words])
        finally:
            close(app)

    return run


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Where the backup goes."""
    return tmp_path / "yesterday"
