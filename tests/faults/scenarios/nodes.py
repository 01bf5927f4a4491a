"""Two machines behind one proxy on one PostgreSQL: each has a folder of its own, and both have the one they share.

The proxy goes round; what one machine has answered, the other knows. Killed by turns in the middle of anything, they
lose nothing together and double nothing; and their two workers, killed while they freeze, draw no figure twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.cast import PARIS
from tests.faults.client import Phone
from tests.faults.line import Line
from tests.faults.pauses import Gate
from tests.faults.scenarios.killed import frozen_by_two
from tests.faults.server import Server
from tests.faults.site import Site, Tally, free_port
from tests.reminders.push_service import PushService, serving
from wellbeing import withdrawals, worker
from wellbeing.publishing import ledger
from wellbeing.web.restoring import alone

OWNERS = ("Ana", "Ana", "Ben", "Cleo")  # of the phones: two of one person meet on two machines
OPS_A_KILL = 8
# What that many ops come to in a process that has a fourth of them.
REACH = {"statement": 40, "before_commit": 5, "after_commit": 5, "answer": 1}
WRONG = "abaisser abandon abdiquer abeille abolir aborder aboutir"
TRIES = 10  # wrong phrases from one address in a minute
LEDGERS = (ledger.NAME, withdrawals.NAME)


def two_nodes(site: Site, kills: int) -> Tally:
    """A machine of two is killed, by turns and at any step, while four phones send through the proxy."""
    with _two(site) as (nodes, shared):
        phones, places = [site.phone(name) for name in OWNERS], list(REACH)
        workshops = {name: site.workshops(name) for name in set(OWNERS)}
        for n in range(kills):
            for phone in phones:
                phone.lives(OPS_A_KILL, site.chance, workshops[phone.person])
            where = places[n % len(places)]
            _one_killed(site, nodes[n % 2], phones, where, site.chance.randint(1, REACH[where]))
        site.all_sent(*phones)
        _one_place(site, nodes)
        _reminded_once(site, nodes)
        with alone(shared):
            said = {Line(node.port).get("/help").status for node in nodes}
        site.expect(said == {503}, f"while one machine puts a backup back, they answer {said}")
        _ledgers_apart(site, nodes, shared)
        tally = site.tally("two nodes", kills)
        for node in nodes:
            node.kill()
        frozen = frozen_by_two(site, max(2, kills // 4), "two nodes", nodes[1].place)
        _ledgers_apart(site, nodes, shared)
    tally.repetitions += frozen.repetitions
    tally.lost += frozen.lost
    tally.doubled += frozen.doubled
    tally.integrity = tally.integrity if tally.integrity != "ok" else frozen.integrity
    return tally


@contextmanager
def _two(site: Site) -> Iterator[tuple[tuple[Server, Server], Path]]:
    """The site's own server and another one, started anew with a folder between them."""
    shared = site.server.place / "shared"
    shared.mkdir()
    site.app.config["LE_FIL"] = replace(site.app.config["LE_FIL"], shared=shared)
    site.server.settings["shared"] = str(shared)
    other = site.server.beside(site.server.place / "other", free_port())
    site.proxy.also(other.port)
    try:
        site.server.restart()
        other.start()
        yield (site.server, other), shared
    finally:
        other.kill()


def _one_killed(site: Site, node: Server, phones: list[Phone], where: str, nth: int) -> None:
    """Where it comes there; where it does not, because the other one had the work, once all is sent."""
    gate = Gate()
    node.restart(pause=(where, nth, gate.port))
    with ThreadPoolExecutor(len(phones) + 1) as pool:
        reached = pool.submit(gate.reached)
        flushing = [pool.submit(phone.flush) for phone in phones]
        left = {reached, *flushing}
        while reached in left and len(left) > 1:
            left = wait(left, return_when=FIRST_COMPLETED).not_done
        node.kill()
        site.expect(phones[0].look() is not None, "one machine was killed, and nobody answers")
        gate.open()
        ends = {flushed.result() for flushed in flushing}
    site.expect(ends <= {"wait", "rest"}, f"killed at {where} {nth}, and the phones took it for {ends}")
    node.start()


def _one_place(site: Site, nodes: tuple[Server, Server]) -> None:
    """Who signs in on one machine is known on the other, fresh there too; what is counted is counted once."""
    for node in nodes:
        node.restart(limits_factor=1)
    here, there = (Line(node.port) for node in nodes)
    here.sign_in(site.cast.people["Fay"].phrase)
    there.cookie = here.cookie
    team = f"/groups/{site.cast.groups['Willow'].uid}/team"
    site.expect([line.get(team).status for line in (here, there)] == [200, 200], "a sign-in is known on one alone")
    before = site.now
    site.pass_time(minutes=11)
    site.expect([line.get(team).status for line in (here, there)] == [303, 303], "a power stayed open on one alone")
    stepped = there.send("/step-up", phrase=site.cast.people["Fay"].phrase)
    site.expect(here.get("/sync").status == 401, "the cookie from before a step up still opens on the other")
    here.cookie = there.cookie = stepped.cookie
    site.expect([line.get(team).status for line in (here, there)] == [200, 200], "a step up is known on one alone")
    site.expect(here.send("/sign-out").status == 303, "no sign-out")
    site.expect(there.get("/sync").status == 401, "signed out on one machine, signed in on the other")
    lines = [Line(node.port) for node in nodes]
    tried = [lines[n % 2].send("/sign-in", phrase=WRONG).status for n in range(TRIES + 2)]
    site.expect(tried.count(429) == 2 and set(tried[-2:]) == {429}, f"wrong phrases by turns: {tried}")
    site.set_time(before)


def _reminded_once(site: Site, nodes: tuple[Server, Server]) -> None:
    """A browser that one machine was told of, and hours that the other was: any worker tells it, and one alone."""
    with serving(PushService()) as service:
        site.app.config["LE_FIL"] = replace(site.app.config["LE_FIL"], push_hosts=(service.origin,))
        service.signed_with = site.app.config["KEYRING"].vapid_public
        for node in nodes:
            node.restart(push_hosts=[service.origin])
        cookie = site.phone("Ana").line.cookie
        here, there = (Line(node.port, cookie) for node in nodes)
        said = [
            here.send("/settings/reminders/device", **service.receiver()).status,
            there.send("/settings/reminders", hour="18", days=list("1234567"), news="1").status,
        ]
        tomorrow = (site.now + timedelta(days=1)).astimezone(ZoneInfo(PARIS)).replace(hour=18, minute=0, second=0)
        for _ in range(2):
            with site.app.app_context():
                worker.remind(tomorrow)
        site.expect(said == [303, 303] and len(service.got) == 1, f"reminded {len(service.got)} times: {said}")
        site.expect(service.wrong == [], f"{service.wrong}")


def _ledgers_apart(site: Site, nodes: tuple[Server, Server], shared: Path) -> None:
    """What was taken back on either machine stands in the one ledger, and neither has one of its own."""
    own = [node.place / name for node in nodes for name in LEDGERS if (node.place / name).exists()]
    site.expect(own == [], f"a machine has a ledger of its own: {own}")
    deleted = {one.op["entity"] for one in site.intents if one.op["kind"] == "entry.delete" and one.version}
    said = {line.uid for line in withdrawals.read(shared / withdrawals.NAME) if line.kind == "entry"}
    missing = {uid for uid in deleted if uid.replace("-", "") not in said}
    site.expect(bool(deleted) and not missing, f"{len(missing)} of {len(deleted)} deletions have no line")
