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


class ImpossibleLength(Refusal):
    """A workshop lasts from 5 minutes to 4 days: a week-end stage is one workshop."""

    key = "err.minutes"
    field = "minutes"


class WorkshopHeld(Refusal):
    """A workshop that took place is not cancelled any more."""

    key = "err.held"


class WorkshopBegun(Refusal):
    """A cancellation is taken back until the hour of the start."""

    key = "err.restore"


class WorkshopCancelled(Refusal):
    """Nobody is counted at a workshop that was cancelled."""

    key = "err.count_cancelled"
