"""The bare floor: the least that Flask and SQLite can do for a page and for a note, with nothing that a product needs.

A page: a signed cookie, one read, a small template. A note: a signed cookie, a form, an INSERT that a power cut spares.
"""

from __future__ import annotations

import os
import sqlite3
import threading

from flask import Flask, request
from flask import session as cookie

app = Flask(__name__)
app.secret_key = "floor"
kept = threading.local()
PAGE = app.jinja_env.from_string(
    """<!doctype html><html lang="en"><title>Floor</title><h1>{{ person }}</h1>
    <form method="post" action="/journal">{% for mood in range(1, 6) %}
    <button name="mood" value="{{ mood }}">{{ mood }}</button>{% endfor %}</form>
    <ul>{% for mood, at in noted %}<li>{{ at }}: {{ mood }}</li>{% endfor %}</ul></html>"""
)


def opened() -> sqlite3.Connection:
    connection = sqlite3.connect(os.environ["FLOOR_DATABASE"], isolation_level=None, timeout=5)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def database() -> sqlite3.Connection:
    """One connection a thread, which is the fastest there is."""
    if not hasattr(kept, "connection"):
        kept.connection = opened()
    connection: sqlite3.Connection = kept.connection
    return connection


@app.get("/cookie")
def enter() -> str:
    cookie["person"] = "Ana"
    return "here"


@app.get("/")
def home() -> str:
    last = "SELECT mood, at FROM noted WHERE person = ? ORDER BY id LIMIT 10"
    return PAGE.render(person=cookie["person"], noted=database().execute(last, (cookie["person"],)).fetchall())


@app.post("/journal")
def log() -> str:
    new = "INSERT INTO noted (person, mood, at) VALUES (?, ?, datetime('now'))"
    database().execute(new, (cookie["person"], int(request.form["mood"])))
    return "<p>Noted</p>"
