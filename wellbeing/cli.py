"""`flask --app app …`: thin commands that call operations."""

from __future__ import annotations

import sys
from pathlib import Path

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
from wellbeing.hosting.operations import backing_up, moving, restoring, rotating
from wellbeing.hosting.refusals import HostRefused
from wellbeing.keyring import SecretsRefused
from wellbeing.keyring.current import current_keyring
from wellbeing.web import logs


def init_app(app: Flask) -> None:
    for command in (prepare, serve, demo, check, create_steward, tick, work, backup, restore, rotate_keys,
                    move_database):  # fmt: skip
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
    config, keyring = current_app.config["LE_FIL"], current_keyring()
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
    logs.write("role", result="steward")
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


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Copy everything as it is at one instant to FILE, and the keys of people's words to FILE.keys. Nobody waits."""
    try:
        manifest = backing_up.backup(file.absolute(), clock.now())
    except HostRefused as refusal:
        logs.write("backup", result="failed")
        raise click.ClickException(str(refusal)) from None
    logs.write("backup", result="made", rows=sum(manifest.rows.values()))
    click.echo(f"{file} holds {manifest.rows['person']} accounts; {file}.keys opens their words. Keep them apart.")


@click.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--keys", type=click.Path(path_type=Path), help="The newest file of keys, if it is not FILE.keys.")
@click.option("--ledger", type=click.Path(path_type=Path), multiple=True, help="Another machine's withdrawals.jsonl.")
@click.option("--lose-words", is_flag=True, help="Go on without keys: no note of this backup can be read again.")
@with_appcontext
def restore(file: Path, keys: Path | None, ledger: tuple[Path, ...], lose_words: bool) -> None:
    """Put a backup in the place of the database, and take back again whatever people took back since."""
    try:
        done = restoring.restore(restoring.Asked(file, keys, ledger, lose_words), clock.now())
    except HostRefused as refusal:
        logs.write("restore", result="refused")
        raise click.ClickException(str(refusal)) from None
    logs.write("restore", result="done", people=done.people)
    click.echo(f"The database is that of {done.made_at:%Y-%m-%d %H:%M} UTC again: {done.people} accounts.")


@click.command("rotate-keys")
@click.option("--now", "at_once", is_flag=True, help="Keep no old key of cookies: everybody signs in again.")
@click.option("--prune", is_flag=True, help="Make no new key; forget old master keys that nothing needs any more.")
@with_appcontext
def rotate_keys(at_once: bool, prune: bool) -> None:
    """New keys for cookies and for wrapping people's keys; what the old ones closed can still be opened."""
    now = clock.now()
    try:
        said = rotating.prune(now) if prune else rotating.rotate(now, everybody_out=at_once)
    except SecretsRefused as refused:
        logs.write("rotation", result="failed")
        raise click.ClickException(str(refused)) from None
    logs.write("rotation", result="pruned" if prune else "at_once" if at_once else "made")
    for line in said:
        click.echo(line)


@click.command("move-database")
@click.argument("address", envvar="MOVE_TO")
@with_appcontext
def move_database(address: str) -> None:
    """Copy the SQLite that serves into the empty PostgreSQL at ADDRESS, compare every row, and close the SQLite."""
    try:
        done = moving.move(address)
    except HostRefused as refusal:
        logs.write("move", result="refused")
        raise click.ClickException(str(refusal)) from None
    logs.write("move", result="done", people=done.people)
    click.echo(f"{done.rows} rows of {done.tables} tables were moved and compared: {done.people} accounts.")
    click.echo(f"Set DATABASE_URL to {moving.where(address)}, with its password, and start both services.")


def bring_up_to_date() -> None:
    """Bring the database to the newest schema; changes nothing when it is there already, or beyond."""
    try:
        if refusal := checking.of_a_newer_release():
            raise click.ClickException(refusal)
        upgrade()
    except OperationalError as failure:
        where = db.engine.url.render_as_string(hide_password=True)
        raise click.ClickException(f"The database does not answer: {where} ({failure.orig})") from None
