"""F24: an import that is killed in the middle leaves all of it or nothing, and can be sent again."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from tests.cast import Cast
from tests.portability.record import entries, sent
from wellbeing.config import ROOT

HEADER = "id,felt_at,zone,mood,energy,calm,emotions,imported\r\n"
MOODS = 5000


def test_a_killed_import_leaves_all_or_nothing_and_the_same_file_again_is_whole(
    cast: Cast, database: str, tmp_path: Path
) -> None:
    moments = [(cast.now - timedelta(hours=9 * n)).isoformat() for n in range(MOODS)]
    file = HEADER + "".join(f",{moment},Europe/Paris,{1 + n % 5},,,joy,0\r\n" for n, moment in enumerate(moments))
    place = tmp_path / "journal.csv"
    place.write_text(file, encoding="utf-8", newline="")
    config, person = cast.app.config["LE_FIL"], str(cast.people["Ana"].person.id)
    asked = [database, str(config.instance), str(config.secrets_path), person, str(place), cast.now.isoformat(), "7"]
    killing = [sys.executable, "-m", "tests.portability.kills", *asked]
    done = subprocess.run(killing, cwd=ROOT, capture_output=True, text=True, check=False, timeout=200)
    assert (done.returncode, done.stderr) == (0, "")
    ends = [tuple(map(int, line.split())) for line in done.stdout.splitlines() if not line.startswith("{")]
    killed = [count for end, count in ends if end < 0]
    assert len(killed) >= 3
    assert set(killed) <= {0, MOODS}
    assert 0 in killed
    assert sent(cast.browser("Ana"), file).location in (f"/data?added={MOODS}", "/data?added=0")
    assert len(entries(cast, "Ana")) == MOODS
    assert sent(cast.browser("Ana"), file).location == "/data?added=0"
    assert len(entries(cast, "Ana")) == MOODS
