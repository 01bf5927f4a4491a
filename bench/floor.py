"""The bare floor: the least that Flask and SQLite can do for a page and for a note, with nothing that a product needs.

A page: a signed cookie, one read, a small template. A note: a signed cookie, a form, an INSERT that a power cut spares.
For what a browser does with it there is the same page with htmx, and with a style sheet as heavy as a framework's: the
product's own, which is the only one at hand.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from functools import cache
from pathlib import Path

import brotli
from flask import Flask, Response, request
from flask import session as cookie

app = Flask(__name__)
app.secret_key = "floor"
kept = threading.local()
PAGE = app.jinja_env.from_string(
    """<!doctype html><html lang="en"><meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Floor</title>{% for file in files %}
    {% if file == "htmx" %}<script defer src="/files/htmx"></script>
    {% else %}<link rel="stylesheet" href="/files/styles">{% endif %}{% endfor %}<h1>{{ person }}</h1>
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
    noted = database().execute(last, (cookie["person"],)).fetchall()
    return PAGE.render(person=cookie["person"], noted=noted, files=request.args.getlist("with"))


@app.get("/files/<name>")
def file(name: str) -> Response:
    kind = {"htmx": "text/javascript", "styles": "text/css"}[name]
    return Response(small(name), mimetype=kind, headers={"Content-Encoding": "br", "Cache-Control": "max-age=86400"})


@cache
def small(name: str) -> bytes:
    static = Path(__file__).resolve().parent.parent / "static"
    chosen = {"htmx": static.glob("vendor/htmx-*.js"), "styles": sorted(static.glob("css/[a-z]*.css"))}[name]
    return bytes(brotli.compress(b"".join(one.read_bytes() for one in chosen), quality=11))


@app.post("/journal")
def log() -> str:
    new = "INSERT INTO noted (person, mood, at) VALUES (?, ?, datetime('now'))"
    database().execute(new, (cookie["person"], int(request.form["mood"])))
    return "<p>Noted</p>"
