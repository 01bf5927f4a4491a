"""Faults that take longer than a test may: a lock of half a minute, a disk that is really full, PostgreSQL killed."""

from __future__ import annotations

import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from tests.faults.pauses import Gate
from tests.faults.scenarios.servers import REACH, written_to
from tests.faults.site import Site, Tally
from tests.postgresql import Cluster

PLACES = ("statement", "before_commit", "after_commit", "answer")


def f5_long(site: Site, seconds: int) -> Tally:
    """Another writer holds the database for so long, under the product's own patience; the phone goes on trying."""
    phone = site.phone()
    phone.lives(60, site.chance, [])
    over, tries = Event(), 0
    with ThreadPoolExecutor(1) as writing:

        def write() -> None:
            with written_to(site):
                locked.set()
                over.wait(seconds)

        locked = Event()
        writer = writing.submit(write)
        locked.wait()
        while not writer.done():
            phone.flush()
            tries += 1
    site.expect(tries > 1, "it was not locked for long enough to try again")
    site.all_sent(phone)
    return site.tally(f"F5 locked for {seconds} s", tries)


def f6_disk(site: Site, times: int) -> Tally:
    """The disk of the database is really full; then it is made larger."""
    phone = site.phone()
    for n in range(times):
        _resize(site.disk, _used(site.disk) + 512 * 1024)
        for _ in range(200):
            phone.create(site.chance.randint(1, 5), note=f"{n} " + "x" * 3900)
        ends = {phone.flush() for _ in range(3)}
        site.expect("wait" in ends and bool(phone.waiting()), f"the disk was not full: {ends}")
        site.expect(phone.look() is not None, "with a full disk nothing can be read")
        _resize(site.disk, _used(site.disk) + 64 * 1024 * 1024)
        site.all_sent(phone)
    return site.tally("F6 disk really full", times)


def may_mount(place: Path) -> bool:
    """Whether this user may make a disk."""
    made = small_disk(place)
    if made:
        gone(place)
    return made


def small_disk(place: Path) -> bool:
    """Make the folder a disk of its own, in memory. False where this user may not."""
    place.mkdir(exist_ok=True)
    said = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", place], capture_output=True, check=False)
    return said.returncode == 0


def gone(place: Path) -> None:
    subprocess.run(["umount", "-l", place], check=True)


def _resize(disk: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", disk], check=True)


def _used(disk: Path) -> int:
    return sum(file.stat().st_blocks * 512 for file in disk.rglob("*") if file.is_file())


def f22_killed(site: Site, kills: int, cluster: Cluster) -> Tally:
    """PostgreSQL killed in the middle of a batch, wherever the server is; the server itself goes on."""
    phone = site.phone()
    workshops = site.workshops("Ana")
    for n in range(kills):
        phone.lives(30, site.chance, workshops)
        gate, where = Gate(), PLACES[n % len(PLACES)]
        site.server.restart(pause=(where, site.chance.randint(1, REACH[where]), gate.port))
        with ThreadPoolExecutor(1) as flushing:
            ended = flushing.submit(phone.flush)
            gate.reached()
            cluster.kill()
            gate.open()
            ended.result()
        cluster.run()
    site.all_sent(phone)
    return site.tally("F22 PostgreSQL killed", kills)
