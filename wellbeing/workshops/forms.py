"""What a browser sends about workshops."""

from __future__ import annotations

from wtforms import Form, HiddenField

from wellbeing.domain import codes
from wellbeing.keyring.current import current_keyring
from wellbeing.web.forms import operation_of


class AttendanceForm(Form):
    """Nothing has to be sent. `op_id` names the gesture, which is the same done twice; `next`, where to go on."""

    op_id = HiddenField()
    next = HiddenField()

    def operation(self) -> str | None:
        """The `op_id` as 32 hex digits; None if the form names none. Raises Refusal if it is not a UUID."""
        return operation_of(self.op_id.data)


def hashed(typed_code: str) -> bytes | None:
    """What a check-in code is looked up by; None when it is not shaped like one."""
    normalised = codes.normalised(typed_code)
    if normalised is None:
        return None
    return current_keyring().keyed_hash("check_in", normalised)
