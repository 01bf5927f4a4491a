"""The harness keeps its own promises: a clock that stands still, and no way out of this machine."""

import socket
from datetime import datetime

import pytest

from tests.conftest import Clock
from wellbeing import clock as application


def test_the_application_reads_the_clock_that_the_test_moves(clock: Clock) -> None:
    clock.set("2026-03-29T03:30+02:00")
    clock.advance(days=1)
    assert application.now() == datetime.fromisoformat("2026-03-30T01:30+00:00")


def test_a_clock_without_an_offset_is_refused(clock: Clock) -> None:
    with pytest.raises(ValueError, match="offset"):
        clock.set("2026-03-29T03:30")


def test_no_test_can_reach_another_machine() -> None:
    with pytest.raises(RuntimeError, match="tried to reach"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(RuntimeError, match="tried to reach"):
        socket.getaddrinfo("example.org", 443)
