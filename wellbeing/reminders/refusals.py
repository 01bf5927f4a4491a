"""What cannot be asked of reminders, and why."""

from __future__ import annotations

from wellbeing.domain.refusals import Refusal


class HourAtNight(Refusal, key="rem.night", field="hour"):
    """Reminders come between nine in the morning and nine in the evening."""


class RemindersOff(Refusal, key="rem.first"):
    """Nothing is sent to anybody who did not ask for it."""


class SharedDevice(Refusal, key="rem.shared", field="device"):
    """What others may read is no place for reminders."""


class AddressRefused(Refusal, key="rem.refused", field="device"):
    """Messages are taken to push services that browsers use, and to no other address."""
