"""The file that was sent, and the levels that somebody's own names of moods were matched to."""

from __future__ import annotations

from collections.abc import Mapping

from werkzeug.datastructures import FileStorage, MultiDict

from wellbeing.domain.moods import LEVELS
from wellbeing.portability.brought import Held
from wellbeing.portability.reading.daylio import USUAL
from wellbeing.portability.refusals import MoodsNotMatched, NoFile


def content_of(files: MultiDict[str, FileStorage], body: bytes) -> bytes:
    """The bytes of the file, whatever its field and its name; of a script the body itself. Raises NoFile."""
    content = next((file.read() for file in files.values()), b"") or body
    if not content:
        raise NoFile
    return content


def levels_of(held: Held, typed: Mapping[str, str]) -> dict[str, int | None]:
    """The level chosen for each name, in the order of the page: `level_0`, `level_1`, …; None for none."""
    chosen = (typed.get(f"level_{place}", "") for place in range(len(held.names)))
    return {
        name: int(level) if level in map(str, LEVELS) else None for name, level in zip(held.names, chosen, strict=True)
    }


def first_ideas(held: Held) -> dict[str, int | None]:
    """A level for names that everybody's Daylio begins with; none for those of the person's own making."""
    return {name: USUAL.get(name.casefold()) for name in held.names}


def matched(held: Held, levels: Mapping[str, int | None]) -> Held:
    """The file with a level for each mood. Raises MoodsNotMatched when a name has none."""
    known = {name: level for name, level in levels.items() if level is not None}
    if len(known) < len(levels):
        raise MoodsNotMatched
    return held.matched(known)
