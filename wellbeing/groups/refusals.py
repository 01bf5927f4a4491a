"""What a facilitator may not do, by name. The sentences are in the catalogue."""

from __future__ import annotations

from wellbeing.domain.refusals import Refusal


class ContactNotConfirmed(Refusal):
    """The person to talk to is somebody who does not run the group, and the form asked to say so."""

    key = "err.contact_ok"
    field = "contact_ok"


class UnknownAnswer(Refusal):
    """Not one of the answers that the form offers."""

    key = "err.choice"


class NotANumber(Refusal):
    """A count is a whole number from 0 to 500."""

    key = "err.count"


class WorkshopHeld(Refusal):
    """A workshop that took place is not cancelled any more."""

    key = "err.held"


class WorkshopBegun(Refusal):
    """A cancellation is taken back until the hour of the start."""

    key = "err.restore"


class NothingTicked(Refusal):
    """A preview was sent without a single date."""

    key = "err.none_ticked"
    field = "ticked"


class HalfARange(Refusal):
    """Holidays have two days, the second after the first, and last four months at most."""

    key = "err.holiday_range"
    field = "ranges"


class UnderWay(Refusal):
    """A date is moved until the hour of its start."""

    key = "err.move_begun"


class CodeIsOpen(Refusal):
    """From the opening of its code on, somebody may have said that they are there: the day stays."""

    key = "err.move_open"
    field = "starts_on"


class AlreadyPast(Refusal):
    """A date is moved to a time that is still to come."""

    key = "err.move_past"
    field = "starts_on"


class TimeTaken(Refusal):
    """The group has another date at that very time."""

    key = "err.move_taken"
    field = "starts_at"


class RestoreFirst(Refusal):
    """A cancelled date is restored before it is moved."""

    key = "err.move_cancelled"


class WorkshopCancelled(Refusal):
    """Nobody is counted at a workshop that was cancelled."""

    key = "err.count_cancelled"
