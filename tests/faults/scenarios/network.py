"""Faults between the phone and the server: nothing arrives, nothing comes back, everything comes twice, or a stranger
answers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.faults.client import Phone
from tests.faults.proxy import answer_cut, answer_lost, answers, lost_on_the_way, too_large_above
from tests.faults.site import Site, Tally

LONGEST = 20  # ops of a batch that is sent as nobody should
BUSY = {"Retry_After": "7"}
STOPS = {400: "update", 415: "update", 401: "sign_in", 409: "other"}
STATUSES = (400, 401, 403, 404, 409, 413, 415, 429, 500, 502, 503, 504)
HOTEL = "<!doctype html><title>Bienvenue</title><form action=https://hotel.example/>"


def f2(site: Site, times: int) -> Tally:
    """Connection lost before the server has it."""
    phone = site.phone()
    for _ in range(times):
        phone.lives(5, site.chance, [])
        before = phone.waiting()
        site.proxy.then(lost_on_the_way)
        site.expect(phone.flush() == "wait" and phone.waiting() == before, "a lost connection changed the queue")
        site.all_sent(phone)
    return site.tally("F2 connection lost", times)


def f3(site: Site, times: int) -> Tally:
    """Answer lost after commit, whole or by half: every op that is sent again is a duplicate."""
    phone = site.phone()
    for n in range(times):
        phone.lives(3, site.chance, [])
        phone.results.clear()
        site.proxy.then(answer_lost if n % 2 else answer_cut)
        site.expect(phone.flush() == "wait" and not phone.results, "half an answer was taken for one")
        site.all_sent(phone)
        site.expect({one["status"] for one in phone.results} == {"duplicate"}, f"sent again: {phone.results[:3]}")
    return site.tally("F3 answer lost after commit", times)


def f4(site: Site, ops: int) -> Tally:
    """Doubled and reordered: each batch two to five times, shuffled inside and between, by four senders at once.

    One device first, whose state must be that of the order in which it spoke, without a conflict; then two.
    """
    one, two = site.phone(), site.phone()
    one.lives(ops, site.chance, site.workshops("Ana"))
    for entity in one.alive[::3]:
        one.delete(entity)
        one.alive.remove(entity)
    _delivered(site, one)
    one.offered_again()
    site.all_sent(one)
    told = {result.get("reason") for result in one.results if result["status"] == "conflict"}
    site.expect(not told, f"one device was told of conflicts: {told}")
    shared = one.alive[: ops // 20]
    for phone in (one, two):
        for entity in shared:
            phone.update(entity, site.chance.randint(1, 5), note=f"{phone.device_id} {entity}")
    _delivered(site, one, two)
    for phone in (one, two):
        phone.offered_again()
        phone.chosen()
        phone.flush()
        phone.chosen()
    site.all_sent(one, two)
    return site.tally("F4 doubled, reordered", ops)


def _delivered(site: Site, *phones: Phone) -> None:
    """What waits is sent as nobody should: cut anywhere, in any order, again and again, at the same time."""
    deliveries: list[tuple[Phone, list[dict[str, Any]]]] = []
    for phone in phones:
        ops = phone.waiting()
        site.chance.shuffle(ops)
        while ops:
            size = site.chance.randint(1, LONGEST)
            batch, ops = ops[:size], ops[size:]
            deliveries += [(phone, site.chance.sample(batch, len(batch))) for _ in range(site.chance.randint(2, 5))]
    site.chance.shuffle(deliveries)
    for phone, batch in deliveries:
        phone.sent += len(batch)

    def deliver(delivery: tuple[Phone, list[dict[str, Any]]]) -> int:
        phone, batch = delivery
        return phone.line.post("/sync", phone.envelope(batch)).status

    with ThreadPoolExecutor(4) as senders:
        statuses = set(senders.map(deliver, deliveries))
    site.expect(statuses <= {200, 503}, f"answers to what comes twice: {statuses}")


def f7(site: Site, ops: int) -> Tally:
    """Every other status, on a full queue: it changes by listed ids only, and each has its reaction."""
    phone = site.phone()
    phone.lives(ops, site.chance, site.workshops("Ana"))
    before = dict(phone.outbox)
    for status in STATUSES:
        if status == 413:
            continue
        site.proxy.then(answers(status, {"error": "x"}, **(BUSY if status in (429, 503) else {})))
        ended = phone.flush()
        site.expect(ended == STOPS.get(status, "wait"), f"{status} made the phone do: {ended}")
        site.expect(phone.wait == (7 if status in (429, 503) else None), f"{status}: wait {phone.wait}")
        site.expect(phone.outbox == before, f"{status} changed the queue")
    site.proxy.always(too_large_above(0))
    phone.flush(1)
    site.expect({row.reason for row in phone.outbox.values()} == {"too_large"}, "one that is too large is to be mended")
    site.expect(len(phone.outbox) == ops, "413 changed the queue")
    phone.offered_again()
    site.proxy.always(too_large_above(7))
    site.all_sent(phone)
    return site.tally("F7 every other status", len(STATUSES))


def f15(site: Site, ops: int) -> Tally:
    """A very full queue, under the real limits: batches of fifty at most, and a 429 is obeyed."""
    site.server.restart(limits_factor=1)
    phone = site.phone()
    for start in range(0, ops, 500):
        phone.lives(min(500, ops - start), site.chance, [])
    waited, most = 0, 50
    while (ended := phone.flush(most)) == "wait" and phone.wait and waited < 100:
        waited += 1
        site.pass_time(seconds=phone.wait)
        most = 50
    site.expect(ended == "rest", f"{len(phone.outbox)} of {ops} are still there: {ended}")
    small = site.phone("Ben")
    small.lives(130, site.chance, [])
    ended = small.flush(1)
    site.expect(ended == "wait" and 1 <= (small.wait or 0) <= 60, f"121 batches in a minute: {ended}, {small.wait}")
    site.expect(small.flush(1) == "wait", "too early, and taken")
    site.pass_time(seconds=small.wait or 60)
    site.all_sent(phone, small)
    return site.tally("F15 a very full queue", ops + 130)


def f25(site: Site, times: int) -> Tally:
    """A captive portal: 200 and a page, 200 and other JSON, somebody else's answer, a redirect: no network."""
    phone = site.phone()
    theirs = {"schema": 1, "person_uid": site.phone("Cleo").person_uid, "server_epoch": "x", "results": []}
    strangers = [
        answers(200, HOTEL, "text/html"), answers(200, HOTEL, "application/json"), answers(200, {"ok": True}),
        answers(200, []), answers(200, theirs), answers(200, theirs | {"schema": 2}), answers(200, "null"),
        answers(302, HOTEL, "text/html", Location="https://hotel.example/"), answers(511, HOTEL, "text/html"),
    ]  # fmt: skip
    for _ in range(times):
        phone.lives(10, site.chance, [])
        before = phone.waiting()
        for stranger in strangers:
            site.proxy.then(stranger)
            site.expect(phone.flush() == "wait", "a stranger's answer was taken for the server's")
            site.expect(phone.waiting() == before, "a stranger's answer changed the queue")
        site.all_sent(phone)
    return site.tally("F25 captive portal", times * len(strangers))
