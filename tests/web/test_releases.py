"""A page that was open before an update goes on working: its files are served for two releases more."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.databases import built, close, settings
from wellbeing.web import assets

OLDER = [f"{n:016x}" for n in range(1, 4)]  # from the oldest to the last one before this


def test_the_files_of_the_last_three_releases_are_served_and_no_others(tmp_path: Path, shelf: Path) -> None:
    place = tmp_path / "static"
    assets.build(assets.SOURCE, shelf / "static")
    shutil.copytree(shelf / "static", place)
    for n, version in enumerate(OLDER):
        (place / version / "js").mkdir(parents=True)
        (place / version / "js" / "copy.js").write_text("export {};\n")
        os.utime(place / version, (n, n))
    (place / ".making-x").mkdir()
    app = built(settings(tmp_path, secrets_path=shelf / "secrets.json"))
    client = app.test_client()
    try:
        found = {version: client.get(f"/static/{version}/js/copy.js").status_code for version in OLDER}
        ours = client.get(f"/static/{app.config['ASSETS_VERSION']}/js/app.js")
    finally:
        close(app)
    assert found == {OLDER[0]: 404, OLDER[1]: 200, OLDER[2]: 200}
    assert ours.status_code == 200
    assert "immutable" in ours.headers["Cache-Control"]


def test_a_release_that_is_put_back_is_the_last_one_again(tmp_path: Path, shelf: Path) -> None:
    place = tmp_path / "static"
    assets.build(assets.SOURCE, shelf / "static")
    shutil.copytree(shelf / "static", place)
    config = settings(tmp_path, secrets_path=shelf / "secrets.json")
    close(first := built(config))
    ours = first.config["ASSETS_VERSION"]
    os.utime(place / ours, (0, 0))
    close(built(config))
    assert (place / ours).stat().st_mtime > 1_000_000
