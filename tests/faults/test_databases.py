"""What the matrix asks of the databases alone: races on PostgreSQL, the disk waited for, a start from nothing."""

from __future__ import annotations

import os
import resource
import signal

from tests.faults.conftest import NewSite
from tests.faults.scenarios import nodes, servers
from tests.faults.server import cold_start
from tests.faults.site import Site
from wellbeing.db import db


def test_races_lost_on_postgresql_are_run_again_or_leave_the_queue_as_it_is(postgresql_site: Site) -> None:
    """F22: three errors of the database in a row are more than three further tries can meet, and fewer are not."""
    tally = servers.f22(postgresql_site, 40)
    assert (tally.lost, tally.doubled, tally.integrity, tally.wrong) == ([], [], "ok", [])


def test_two_machines_killed_by_turns_lose_nothing_and_know_the_same(postgresql_site: Site) -> None:
    """Behind one proxy, on one PostgreSQL; both workers freeze at once."""
    tally = nodes.two_nodes(postgresql_site, 4)
    assert tally.sent > 100
    assert (tally.lost, tally.doubled, tally.integrity, tally.wrong) == ([], [], "ok", [])


def test_every_connection_waits_for_the_disk(new_site: NewSite) -> None:
    """F23, on SQLite: of a pool that was emptied, and of one that was not."""
    with new_site() as site, site.app.app_context():
        for _ in range(2):
            held = [db.engine.connect() for _ in range(5)]
            said = {
                tuple(one.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous"))
                for one in held
            }
            assert said == {("wal", 2)}
            for one in held:
                one.close()


def test_postgresql_is_told_to_wait_for_the_disk(postgresql_site: Site) -> None:
    """F23: whatever its host has set, an answer means that the write is there after a power cut."""
    assert postgresql_site.asked("SHOW synchronous_commit") == [("on",)]


def test_a_server_that_was_killed_starts_from_nothing_in_five_seconds(new_site: NewSite) -> None:
    """F1: with all that a host's own start does, and what was not sent leaves then. Counted in a core's own seconds,
    for the tests beside this one take theirs."""
    with new_site() as site:
        phone = site.phone()
        phone.create(4, note="avant")
        site.server.kill()
        assert phone.flush() == "wait"
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        program = cold_start(site.server.place, site.server.port, site.server.clock, site.server.settings)
        try:
            site.all_sent(phone)
            assert site.tally("cold", 1).clean
        finally:
            os.killpg(program.pid, signal.SIGKILL)
            program.communicate()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert 0 < after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < servers.SOON
