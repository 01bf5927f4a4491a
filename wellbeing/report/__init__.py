"""The impact report: what a team counted, what was published of the group, and what the team wants to say of it.

It reads frozen levels and headcounts, which are lent to it, and can reach nothing they were made from.
"""

from __future__ import annotations

from flask import Flask

from wellbeing.report.routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
