"""The library of components is for those who build: it shows every state, and no installation has the page."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask

from tests.templates.samples import SAMPLES
from wellbeing import create_app


def test_an_installation_has_no_page_of_patterns(app: Flask) -> None:
    assert app.test_client().get("/patterns").status_code == 404


def test_development_shows_every_fragment_in_every_state(app: Flask) -> None:
    building = create_app(replace(app.config["LE_FIL"], debug=True))
    shown = building.test_client().get("/patterns")
    assert shown.status_code == 200
    for template, states in SAMPLES.items():
        assert template in shown.text
        assert all(f">{state}<" in shown.text for state in states)
