"""« Mes données »: taking everything away as a file, and bringing a journal back from one."""

from __future__ import annotations

from flask import Flask

from wellbeing.portability import routes
from wellbeing.web.uploads import KeptInMemory


def init_app(app: Flask) -> None:
    app.request_class = KeptInMemory
    app.register_blueprint(routes.bp)
