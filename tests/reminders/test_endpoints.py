"""Where messages may go. A browser says where, so nothing it says is believed: neither at first, nor each time."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.cast import Cast
from tests.clock import Clock
from tests.reminders.push_service import PushService
from wellbeing.config import Config, ConfigurationMistakes
from wellbeing.db import db
from wellbeing.models.push_subscription import PushSubscription
from wellbeing.reminders import delivery
from wellbeing.reminders.delivery import Browser
from wellbeing.reminders.endpoints import is_allowed, is_global

ALLOWED = (
    "https://fcm.googleapis.com/fcm/send/abc:def",
    "https://fcm.googleapis.com:443/fcm/send/abc",
    "https://android.googleapis.com/gcm/send/x",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
    "https://web.push.apple.com/QGf",
    "https://wns2-par02p.notify.windows.com/w/?token=BQYA",
)
REFUSED = (
    "http://fcm.googleapis.com/fcm/send/abc",
    "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com:99999/x",
    "https://ana@fcm.googleapis.com/x",
    "https://fcm.googleapis.com@evil.example/x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evilfcm.googleapis.com/x",
    "https://push.apple.com/x",
    "https://evilpush.apple.com/x",
    "https://.push.apple.com/x",
    "https://a..push.apple.com/x",
    "https://web.push.apple.com.evil.example/x",
    "https://127.0.0.1/x",
    "https://127.1/x",
    "https://2130706433/x",
    "https://0x7f000001/x",
    "https://[::1]/x",
    "https://[::ffff:127.0.0.1]/x",
    "https://localhost/x",
    "https://169.254.169.254/latest/meta-data",
    "https://fcm.googleapis.com\\@evil.example/x",
    "https://fcm.googleapis.com\r\nHost: evil.example/x",
    "https://fcm.googleapis.com /x",
    "https://fcm.googleapis.com。/x",
    "https://ｆcm.googleapis.com/x",
    "https:fcm.googleapis.com/x",
    "//fcm.googleapis.com/x",
    "ftp://fcm.googleapis.com/x",
    "javascript:alert(1)",
    "https://",
    "https://[",
    "",
    "https://fcm.googleapis.com/" + "a" * 2000,
)
INSIDE = (
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
    "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2001:db8::1",
)  # fmt: skip


@pytest.fixture
def never(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every name that is looked up and every connection that is made."""
    tried: list[Any] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **_: tried.append(args) or [])
    monkeypatch.setattr(socket, "create_connection", lambda *args, **_: tried.append(args))
    return tried


@pytest.mark.parametrize("endpoint", REFUSED)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_address_that_is_no_push_services_is_refused_in_one_sentence(
    cast: Cast, endpoint: str, service: PushService, never: list[Any]
) -> None:
    theirs = {**service.receiver(), "endpoint": endpoint}
    refused = cast.browser("Ana").post("/settings/reminders/device", data=theirs)
    assert refused.status_code == 422
    assert "Cette adresse n’est pas celle d’un service de notifications connu." in refused.text
    assert never == []
    with cast.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(PushSubscription)) == 0


@pytest.mark.parametrize("endpoint", ALLOWED)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_push_services_that_browsers_use_are_known(
    cast: Cast, endpoint: str, service: PushService, never: list[Any]
) -> None:
    theirs = {**service.receiver(), "endpoint": endpoint}
    assert cast.browser("Ana").post("/settings/reminders/device", data=theirs).status_code == 303
    assert never == []


@pytest.mark.parametrize("wrong", ["", "AAAA", "!", "B" * 87, "é"])
def test_keys_that_nothing_can_be_encrypted_for_are_refused(cast: Cast, service: PushService, wrong: str) -> None:
    for name in ("p256dh", "auth"):
        theirs = {**service.receiver(), name: wrong}
        assert cast.browser("Ana").post("/settings/reminders/device", data=theirs).status_code == 422


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_never_global(address: str) -> None:
    assert not is_global(address)


def test_addresses_of_the_open_internet_are() -> None:
    assert all(map(is_global, ("142.250.74.234", "2a00:1450:4007:80e::200a")))


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["142.250.74.234", "10.0.0.1"], ["64:ff9b::7f00:1"], []])
def test_a_known_name_that_leads_inside_is_not_followed(
    app: Any, inside: None, service: PushService, monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    """Rebinding: the name was right when it was registered, and means something else when it is used."""
    browser = Browser(**{**service.receiver(), "endpoint": ALLOWED[0]})
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]
    connected: list[Any] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(socket, "create_connection", lambda *args, **_: connected.append(args))
    assert delivery.deliver(0, browser) == "unreachable"
    assert connected == []


def test_the_connection_goes_to_the_address_that_was_checked_whatever_proxy_is_set(
    app: Any, inside: None, service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser(**{**service.receiver(), "endpoint": ALLOWED[0]})
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("142.250.74.234", 443))]
    connected: list[Any] = []

    def refuse(address: Any, **_: Any) -> None:
        connected.append(address)
        raise ConnectionRefusedError

    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(socket, "create_connection", refuse)
    assert delivery.deliver(0, browser) == "unreachable"
    assert connected == [("142.250.74.234", 443)]


def test_a_redirect_is_a_refusal(app: Any, inside: None, service: PushService) -> None:
    service.status = 307
    assert delivery.deliver(0, Browser(**service.receiver())) == "refused"
    assert len(service.asked) == 1


def test_a_service_of_this_machine_is_for_tests_alone(config: Config, service: PushService) -> None:
    endpoint = service.receiver()["endpoint"]
    named = replace(config, push_hosts=(service.origin,))
    assert is_allowed(endpoint, named)
    assert not is_allowed(endpoint, replace(named, testing=False))
    assert not is_allowed(endpoint, replace(named, push_hosts=()))
    assert not is_allowed(endpoint.replace("://", "://x@"), named)
    assert not is_allowed(endpoint.replace("127.0.0.1", "127.0.0.2"), named)


def test_a_host_may_add_names_and_nothing_else() -> None:
    added = Config.from_env({"WELLBEING_PUSH_HOSTS": "push.example.org, up.example.net"})
    assert added.push_hosts == ("push.example.org", "up.example.net")
    assert is_allowed("https://push.example.org/x", added)
    assert not is_allowed("https://a.push.example.org/x", added)
    for wrong in (
        "http://127.0.0.1:9000",
        "localhost",
        "10.0.0.1",
        "*.example.org",
        "https://push.example.org",
        "a b/c",
    ):
        with pytest.raises(ConfigurationMistakes, match="WELLBEING_PUSH_HOSTS"):
            Config.from_env({"WELLBEING_PUSH_HOSTS": wrong})
    here = {"WELLBEING_PUSH_HOSTS": "http://127.0.0.1:9000", "WELLBEING_TESTING": "1"}
    assert Config.from_env(here).push_hosts == ("http://127.0.0.1:9000",)
    with pytest.raises(ConfigurationMistakes):
        Config.from_env({**here, "WELLBEING_PUSH_HOSTS": "http://10.0.0.1:9000"})


def test_nothing_of_a_browser_can_be_read_in_a_stolen_database(cast: Cast, service: PushService, clock: Clock) -> None:
    theirs = service.receiver()
    cast.browser("Ana").post("/settings/reminders/device", data=theirs)
    with cast.app.app_context():
        row = db.session.execute(select(PushSubscription.__table__)).one()
    kept = b" ".join(value for value in row if isinstance(value, bytes))
    for secret in theirs.values():
        assert secret[-16:].encode() not in kept
    assert not any(isinstance(value, str) and value in theirs.values() for value in row)
