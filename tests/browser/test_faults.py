"""The faults of docs/reliability.md that are the browser's own: what test_offline_* does not try already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Live, Watch
from tests.browser.offline import Phone, entries, phone
from tests.cast import Cast
from tests.clock import Clock
from tests.faults.proxy import Exchange, Proxy, answer_lost, passes
from tests.journal.record import rows
from wellbeing.db import db, transaction

ONE = "1 note attend le réseau, sur cet appareil."
# What a person's own browser keeps, filled as the page would fill it: so many moods, each in its box.
FILL = """async ([version, many, at]) => {
  const of = (name) => import(`/static/${version}/js/outbox/${name}.js`);
  const [{ Outbox }, { keptTables }] = await Promise.all([of("outbox"), of("tables")]);
  const outbox = await new Outbox(document.body.dataset.person, await keptTables(document.body.dataset.person)).open();
  const made = [];
  for (let n = 0; n < many; n++) {
    const op_id = crypto.randomUUID();
    const felt_at = `2026-03-10T${String(8 + (n % 12)).padStart(2, "0")}:00:${String(n % 60).padStart(2, "0")}+01:00`;
    const data = { mood: 1 + (n % 5), felt_at, zone: "Europe/Paris", local_date: "2026-03-10" };
    const op = { op_id, kind: "entry.create", entity: op_id, base_version: 0, recorded_at: at, data };
    made.push({ op_id, state: "waiting", attempts: 0, reason: "", created_at: 0, box: await outbox.sealed(op) });
  }
  await outbox.tables(async ({ outbox, meta }) => {
    const next = (await meta.get("next_seq")) ?? 1;
    for (const [n, row] of made.entries()) await outbox.put({ ...row, seq: next + n });
    await meta.put(next + many, "next_seq");
  });
  outbox.tables.close();
}"""
TASKS = """() => {
  window.tasks = [];
  new PerformanceObserver((seen) => window.tasks.push(...seen.getEntries().map((task) => task.duration)))
    .observe({ type: "longtask" });
}"""


@pytest.fixture
def ana(context: BrowserContext, cast: Cast, live: Live, watch: Watch) -> Phone:
    return phone(watch.over(context), cast, live, "Ana")


def test_what_the_browser_itself_sends_again_is_done_once(
    new_context: Callable[..., BrowserContext], cast: Cast, live: Live, app: Flask
) -> None:
    """F3: the connection closes after the commit and before the answer; a browser may then ask again by itself."""
    proxy = Proxy(live.port, keeps=True)
    met: list[str] = []

    def loses_what_was_posted(exchange: Exchange) -> None:
        posted = exchange.request.startswith(b"POST /sync")
        met.append("lost" if posted and met.count("lost") < 2 else "")
        (answer_lost if met[-1] else passes)(exchange)

    near = Live(app, proxy.port)
    ana = phone(new_context(base_url=near.url), cast, near, "Ana")
    ana.away()
    ana.mood("bien")
    ana.waiting(ONE)
    proxy.always(loses_what_was_posted)
    ana.back()
    ana.waiting("Envoyé")
    ana.quiet()
    proxy.close()
    assert met.count("lost") == 2
    assert entries(app, "Ana", cast) == [(4, None, "2026-03-11")]


def test_a_sign_in_that_ended_keeps_what_waits_until_the_next(ana: Phone, app: Flask, cast: Cast) -> None:
    """F8: with a full queue, and saving goes on."""
    fill(ana, app, cast, 30)
    ana.away()
    ana.page.reload()
    ana.waiting("30 notes attendent le réseau")
    changed(app, "UPDATE sign_in SET revoked_at = expires_at WHERE person_id = :id", cast)
    ana.back()
    ana.page.evaluate("dispatchEvent(new Event('online'))")
    ana.waiting("Reconnectez-vous pour envoyer vos 30 notes.")
    ana.mood("bien")
    ana.waiting("Reconnectez-vous pour envoyer vos 31 notes.")
    ana.page.goto("/sign-in")
    ana.page.locator("[name=phrase]").fill(cast.people["Ana"].phrase)
    ana.page.get_by_role("button", name="Ouvrir mon journal").tap()
    ana.waiting("Envoyé")
    ana.quiet()
    assert len(entries(app, "Ana", cast)) == 31


def fill(ana: Phone, app: Flask, cast: Cast, many: int) -> None:
    at = cast.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    ana.page.evaluate(FILL, [app.config["ASSETS_VERSION"], many, at])


def changed(app: Flask, statement: str, cast: Cast) -> None:
    with app.app_context(), transaction():
        db.session.execute(db.text(statement), {"id": cast.people["Ana"].person.id})


def test_a_thousand_notes_leave_by_fifties_and_the_page_stays_at_hand(ana: Phone, app: Flask, cast: Cast) -> None:
    """F15: no task of the page lasts longer than a finger waits."""
    fill(ana, app, cast, 1000)
    ana.page.goto("/help")
    ana.sent.clear()
    ana.page.goto("/", wait_until="commit")
    ana.page.evaluate(TASKS)
    expect(ana.page.locator("#waiting")).to_contain_text("Envoyé", timeout=90_000)
    expect(ana.page.locator("#waiting .outbox-count")).to_be_hidden(timeout=90_000)
    ana.quiet()
    assert len(entries(app, "Ana", cast)) == len({op["op_id"] for op in ana.sent}) == 1000
    tasks = ana.page.evaluate("window.tasks")
    assert sum(tasks) / (len(tasks) or 1) < 200, "a machine that is busy may hold one of them up, not most"


@pytest.mark.parametrize("days", [365, -365])
def test_a_clock_that_is_a_year_off_is_said_and_nothing_is_refused(
    ana: Phone, app: Flask, cast: Cast, days: int
) -> None:
    """F12: and when the clock is right again, nothing has gone by age."""
    ana.context.clock.set_system_time(cast.now + timedelta(days=days))
    ana.away()
    ana.mood("bien")
    ana.waiting(ONE)
    ana.back()
    ana.waiting("L’heure de cet appareil semble fausse.")
    assert [(row["state"], row["reason"]) for row in ana.rows()] == [("conflict", "clock")]
    ana.context.clock.set_system_time(cast.now)
    ana.page.goto("/")
    ana.mood("moyen")
    expect(ana.page.locator("#said")).to_contain_text("Noté\u00a0: moyen.")
    ana.waiting("L’heure de cet appareil semble fausse.")
    there = (cast.now + timedelta(days=days)).date().isoformat()
    assert sorted(entries(app, "Ana", cast)) == [(3, None, "2026-03-11"), (4, None, there)]


NIGHTS = {
    "2026-03-28T23:59+01:00": "2026-03-28", "2026-03-29T00:30+01:00": "2026-03-28",
    "2026-03-29T03:59+02:00": "2026-03-28", "2026-03-29T04:00+02:00": "2026-03-29",
    "2026-10-24T23:59+02:00": "2026-10-24", "2026-10-25T00:30+02:00": "2026-10-24",
    "2026-10-25T03:59+01:00": "2026-10-24", "2026-10-25T04:00+01:00": "2026-10-25",
}  # fmt: skip


def test_the_nights_when_clocks_change_have_the_dates_of_the_wall(
    ana: Phone, app: Flask, cast: Cast, clock: Clock
) -> None:
    """F13: in Paris, a day begins at four by the wall, and counts once."""
    changed(app, "UPDATE sign_in SET expires_at = '2027-12-31 00:00:00' WHERE person_id = :id", cast)
    ana.away()
    for n, instant in enumerate(NIGHTS, start=1):
        ana.context.clock.set_system_time(datetime.fromisoformat(instant))
        ana.mood(("bien", "moyen")[n % 2])  # two taps so near on one button would be one: a hand that trembles
        ana.waiting(ONE if n == 1 else f"{n} notes attendent le réseau")
    clock.set(instant)
    ana.back()
    ana.waiting("Envoyé")
    ana.quiet()
    assert [day for *_, day in entries(app, "Ana", cast)] == list(NIGHTS.values())
    counted = rows(app, "SELECT days FROM logged_year WHERE person_id = :id", id=cast.people["Ana"].person.id)
    assert sum(int(day) for row in counted for day in row.days) == len(set(NIGHTS.values()))


def test_yesterdays_backup_is_offered_again_what_it_had_not(ana: Phone, app: Flask, cast: Cast, tmp_path: Path) -> None:
    """F21: a backup is put back under the server that goes on; the phone follows that other life by itself."""
    yesterday = tmp_path / "yesterday"
    assert app.test_cli_runner().invoke(args=["backup", str(yesterday)]).exit_code == 0
    ana.away()
    ana.mood("bien")
    ana.waiting(ONE)
    ana.back()
    ana.waiting("Envoyé")
    ana.quiet()
    assert app.test_cli_runner().invoke(args=["restore", str(yesterday)]).exit_code == 0
    assert entries(app, "Ana", cast) == []
    ana.away()
    ana.mood("moyen")
    ana.waiting(ONE)
    ana.back()
    ana.waiting("Envoyé")
    ana.page.evaluate("dispatchEvent(new Event('online'))")
    ana.quiet()
    assert sorted(mood for mood, *_ in entries(app, "Ana", cast)) == [3, 4]


def test_what_went_by_itself_is_offered_again_to_yesterdays_backup_too(
    ana: Phone, app: Flask, cast: Cast, tmp_path: Path
) -> None:
    """F21: what was noted with a network never waited, and the backup has it no more than the rest."""
    yesterday = tmp_path / "yesterday"
    assert app.test_cli_runner().invoke(args=["backup", str(yesterday)]).exit_code == 0
    ana.mood("bien")
    expect(ana.page.locator("#said")).to_contain_text("Noté\u00a0: bien.")
    ana.page.get_by_label("Une note pour vous (facultatif)").fill("ornithorynque")
    ana.page.locator("#details").get_by_role("button", name="C’est bon").tap()
    expect(ana.page.locator("#said")).to_contain_text("C’est noté.")
    ana.mood("moyen")
    expect(ana.page.locator("#said")).to_contain_text("Noté\u00a0: moyen.")
    ana.page.get_by_role("button", name="Annuler").tap()
    expect(ana.page.locator("#said")).to_contain_text("C’est effacé.")
    assert ana.rows() == []
    assert app.test_cli_runner().invoke(args=["restore", str(yesterday)]).exit_code == 0
    assert entries(app, "Ana", cast) == []
    ana.page.clock.run_for(6 * 3600_000)
    ana.page.goto("/")
    ana.waiting("Envoyé")
    ana.quiet()
    assert [mood for mood, *_ in entries(app, "Ana", cast)] == [4]
    words = "SELECT 1 FROM note JOIN entry ON entry.id = note.entry_id WHERE entry.person_id = :id"
    assert len(rows(app, words, id=cast.people["Ana"].person.id)) == 1
