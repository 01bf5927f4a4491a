"""`flask --app app …`: thin commands that call operations."""

from __future__ import annotations

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from wellbeing import access, clock, worker
from wellbeing.accounts.operations import arriving


def init_app(app: Flask) -> None:
    for command in (prepare, create_steward, tick, work):
        app.cli.add_command(command)


@click.command("prepare")
@with_appcontext
def prepare() -> None:
    """Make or bring up to date all that serving needs, and print where to go."""
    bring_up_to_date()
    config = current_app.config["LE_FIL"]
    if access.any_steward():
        click.echo(f"{config.name}: {config.public_url}")
    else:
        code = arriving.renew_setup_code(now=clock.now())
        click.echo(
            f"{config.name}: {config.public_url}/setup — setup code for the first steward, good for 24 hours: {code}"
        )


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
    upgrade()
