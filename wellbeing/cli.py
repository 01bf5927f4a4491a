"""`flask --app app …`: thin commands that call operations."""

from __future__ import annotations

import sys

import click
from flask import Flask, current_app
from flask.cli import ScriptInfo, with_appcontext
from flask_migrate import upgrade
from gunicorn.app.wsgiapp import WSGIApplication
from sqlalchemy.exc import OperationalError

from wellbeing import access, checking, clock, worker
from wellbeing.accounts.operations import arriving
from wellbeing.db import db
from wellbeing.demo import filling


def init_app(app: Flask) -> None:
    for command in (prepare, serve, demo, check, create_steward, tick, work):
        app.cli.add_command(command)


@click.command("prepare")
@with_appcontext
def prepare() -> None:
    """Make or bring up to date all that serving needs, and print where to go."""
    click.echo(_prepared())


@click.command("serve")
@click.pass_context
def serve(context: click.Context) -> None:
    """Prepare, serve the pages as gunicorn.conf.py says, and print where to go. The application is read once."""
    with context.ensure_object(ScriptInfo).load_app().app_context():
        where = _prepared()
        db.engine.dispose()  # no connection is carried over a fork
    sys.argv = ["gunicorn", "app:app"]
    server = WSGIApplication("%(prog)s", prog="gunicorn")
    server.cfg.set("when_ready", lambda _: click.echo(where))
    server.run()


def _prepared() -> str:
    """Bring all up to date; the line that says where to go, with a new setup code while nobody is steward."""
    bring_up_to_date()
    config = current_app.config["LE_FIL"]
    if access.any_steward():
        return f"{config.name}: {config.public_url}"
    code = arriving.renew_setup_code(now=clock.now())
    return f"{config.name}: {config.public_url}/setup — setup code for the first steward, good for 24 hours: {code}"


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Fill an empty database with a made-up association, and print how to sign in to it; a second time, only that."""
    bring_up_to_date()
    config, keyring = current_app.config["LE_FIL"], current_app.config["KEYRING"]
    try:
        keys = filling.known(config, keyring)
    except filling.DemoRefused as refusal:
        raise click.ClickException(str(refusal)) from None
    if keys is None:
        click.echo("Half a year of a made-up association is being written, once (about a minute)…")
        keys = filling.fill(config, keyring, clock.now())
    click.echo(f"{config.name}, with made-up people. Sign in at {config.public_url}/sign-in as one of them:")
    for line in keys.lines(config.public_url):
        click.echo(f"  {line}")


@click.command("check")
@with_appcontext
def check() -> None:
    """Say what is to be mended before people come: settings, secrets, database, help numbers; exit with 1 then."""
    found = checking.findings(current_app._get_current_object(), clock.now().date())  # type: ignore[attr-defined]
    for finding in found:
        click.echo(f"- {finding}")
    if found:
        raise SystemExit(1)
    click.echo("Nothing to mend.")


@click.command("create-steward")
@with_appcontext
def create_steward() -> None:
    """Make a steward without the setup code; the last line printed is their phrase, shown once."""
    bring_up_to_date()
    phrase = arriving.create_steward(now=clock.now())
    click.echo("A steward was made. These seven words sign them in and are shown only now:")
    click.echo(phrase)


@click.command("tick")
@with_appcontext
def tick() -> None:
    """Make one pass of what the worker does: freeze what is due, let go of what has served its time."""
    if not worker.tick(clock.now()):
        raise SystemExit(1)


@click.command("worker")
@with_appcontext
def work() -> None:
    """Make such a pass each minute, until stopped."""
    worker.work_for_ever(current_app._get_current_object())  # type: ignore[attr-defined]


def bring_up_to_date() -> None:
    """Bring the database to the newest schema; changes nothing when it is there already."""
    try:
        upgrade()
    except OperationalError as failure:
        where = db.engine.url.render_as_string(hide_password=True)
        raise click.ClickException(f"The database does not answer: {where} ({failure.orig})") from None
