"""Yesterday's workshop of Willow, which Fay ran and Hugo runs with her, and the book that each keeps of it."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.groups.record import workshops_of
from wellbeing.models.workshop import Workshop


@pytest.fixture
def held(cast: Cast) -> Workshop:
    cast.facilitates("Hugo", "Willow")
    return workshops_of(cast, cast.groups["Willow"])[0]


@pytest.fixture
def book(cast: Cast, held: Workshop) -> str:
    """The address of the page of that workshop."""
    return f"/groups/{cast.groups['Willow'].uid}/workshops/{held.uid}/book"
