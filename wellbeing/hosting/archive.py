"""The two files of a backup. Neither holds a secret of the installation.

`FILE` is a compressed tar: `manifest.json` first, then the database without `person_key` and the two ledgers.
`FILE.keys` is JSON: the data keys alone, still wrapped by the master key. Both are for their owner alone, and appear
whole or not at all. Hashes are of what is inside: a file that was damaged is refused before anything is touched.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from wellbeing.hosting.refusals import HostRefused

FORMAT = 1
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """When it was made, of what; how many rows; what each member's content hashes to. `columns` are PostgreSQL's."""

    made_at: str
    engine: str
    revision: str
    rows: dict[str, int]
    sha256: dict[str, str]
    columns: dict[str, list[str]] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


def write(file: Path, manifest: Manifest, folder: Path) -> None:
    """Put the members that the manifest names, from a folder, into the file."""
    said = json.dumps(asdict(manifest), indent=1).encode()
    fresh = _fresh(file)
    with _owned(fresh) as raw:
        with tarfile.open(fileobj=raw, mode="w:gz") as tar:
            head = tarfile.TarInfo(MANIFEST)
            head.size, head.mode = len(said), 0o600
            tar.addfile(head, io.BytesIO(said))
            for name in manifest.sha256:
                member = tarfile.TarInfo(name)
                member.size, member.mode = (folder / name).stat().st_size, 0o600
                with (folder / name).open("rb") as content:
                    tar.addfile(member, content)
        raw.flush()
        os.fsync(raw.fileno())
    fresh.replace(file)


def unpack(file: Path, folder: Path) -> Manifest:
    """Check everything and put the members into an empty folder. Raises HostRefused."""
    try:
        with tarfile.open(file, mode="r:gz") as tar:
            head = tar.next()
            content = tar.extractfile(head) if head is not None and head.name == MANIFEST else None
            if content is None:
                raise HostRefused(f"{file} is not a backup of Le fil.")
            manifest = _manifest(json.load(content), file)
            while (member := tar.next()) is not None:
                if member.name not in manifest.sha256 or not member.isfile() or "/" in member.name:
                    raise HostRefused(f"{file} holds something that its manifest does not name.")
                inside = tar.extractfile(member)
                with _owned(folder / member.name) as out:
                    while inside is not None and (part := inside.read(1024 * 1024)):
                        out.write(part)
    except FileNotFoundError:
        raise HostRefused(f"There is no file {file}.") from None
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, TypeError) as failure:
        raise HostRefused(f"{file} cannot be read whole ({type(failure).__name__}): it is damaged.") from None
    for name, expected in manifest.sha256.items():
        if not (folder / name).exists() or hash_of(folder / name) != expected:
            raise HostRefused(f"{file} is damaged: {name} is not what was written.")
    return manifest


def _manifest(said: Mapping[str, object], file: Path) -> Manifest:
    if said.get("format") != FORMAT:
        raise HostRefused(f"{file} was written by a newer Le fil: install that one, then put it back.")
    return Manifest(**said)  # type: ignore[arg-type]


def hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# --- the keys ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Keys:
    """The wrapped data key of each person, by the person's uid."""

    made_at: datetime
    boxes: dict[str, bytes] = field(repr=False)


def write_keys(file: Path, keys: Keys) -> None:
    boxes = {uid: box.hex() for uid, box in sorted(keys.boxes.items())}
    said = {"format": FORMAT, "made_at": keys.made_at.isoformat(), "sha256": _digest(boxes), "keys": boxes}
    fresh = _fresh(file)
    with _owned(fresh) as raw:
        raw.write(json.dumps(said, indent=1).encode())
        raw.flush()
        os.fsync(raw.fileno())
    fresh.replace(file)


def read_keys(file: Path) -> Keys:
    """Raises HostRefused."""
    try:
        said = json.loads(file.read_bytes())
        boxes: dict[str, str] = said["keys"]
        if said["format"] != FORMAT or said["sha256"] != _digest(boxes):
            raise HostRefused(f"{file} is damaged.")
        return Keys(datetime.fromisoformat(said["made_at"]), {uid: bytes.fromhex(box) for uid, box in boxes.items()})
    except FileNotFoundError:
        raise HostRefused(
            f"There is no file {file}: without it nobody’s words can be read. Name the newest one with --keys, or "
            "accept to lose all words with --lose-words."
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise HostRefused(f"{file} is damaged.") from None


def _digest(boxes: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(boxes, sort_keys=True).encode()).hexdigest()


def _fresh(file: Path) -> Path:
    fresh = file.with_name(f".{file.name}.new")
    fresh.unlink(missing_ok=True)
    return fresh


def _owned(path: Path) -> io.BufferedWriter:
    """A new file that its owner alone can read."""
    return io.open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")  # noqa: UP020 - a descriptor
