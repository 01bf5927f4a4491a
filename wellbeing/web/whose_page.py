"""A page says whose it is when it asks for something by itself, and is refused if somebody else has signed in since.

In another tab, or on a device that several people use, the cookie may have changed under a page that is still there:
what is typed in it belongs to whoever it was shown to, and must never be written into another journal. `/sync` says the
same of its batches; a plain form, without script, is sent from a page that is then left.
"""

from __future__ import annotations

import uuid

from flask import Flask, abort, request
from flask_login import current_user

HEADER = "Fil-Person"


def init_app(app: Flask) -> None:
    app.before_request(_refuse_for_another)


def _refuse_for_another() -> None:
    said = request.headers.get(HEADER)
    if said and current_user.is_authenticated and said != str(uuid.UUID(current_user.person.uid)):
        abort(409)
