"""Which addresses are a push service's. A browser names one, so it is never believed.

https, no other port, nobody's name in it, and a host of the list; the host of the installation may add names to it. In
tests alone it may be a service of this machine, named with its port by `WELLBEING_PUSH_HOSTS`.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from wellbeing.config import Config

HOSTS = ("fcm.googleapis.com", "android.googleapis.com", "updates.push.services.mozilla.com")
FAMILIES = (".push.apple.com", ".notify.windows.com")
LONGEST = 2000
_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_PLAIN = re.compile(r"[!-~]+")  # no space, no control character, no letter that looks like another
# IPv6 addresses that stand for an IPv4 one: what is refused as the one is not reached as the other.
_CARRIERS = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_allowed(endpoint: str, config: Config) -> bool:
    """Whether messages may be sent to this address, as far as its letters tell."""
    if not _PLAIN.fullmatch(endpoint) or len(endpoint) > LONGEST or "\\" in endpoint:
        return False
    if is_of_this_machine(endpoint, config):
        return True
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    if parts.scheme != "https" or port not in (None, 443) or "@" in parts.netloc or not _NAME.fullmatch(host):
        return False
    added = {name for name in config.push_hosts if "://" not in name}
    return host in {*HOSTS, *added} or any(_is_in(host, family) for family in FAMILIES)


def is_of_this_machine(endpoint: str, config: Config) -> bool:
    """Whether it is the service that a test runs here. Never, unless the application is being tested."""
    origins = {name for name in config.push_hosts if "://" in name} if config.testing else set()
    origin, _, path = endpoint.partition("//")[2].partition("/")
    return f"http://{origin}" in origins and endpoint == f"http://{origin}/{path}"


def is_global(address: str) -> bool:
    """Whether an address lies on the open internet, and is not a private one in disguise."""
    found = ipaddress.ip_address(address.partition("%")[0])
    return _reaches_outside(found) and all(_reaches_outside(inner) for inner in _carried(found))


def _is_in(host: str, family: str) -> bool:
    return host.endswith(family) and ".." not in host and len(host) > len(family)


def _reaches_outside(address: Address) -> bool:
    return address.is_global and not address.is_multicast and not address.is_reserved


def _carried(address: Address) -> list[Address]:
    if address.version == 4:
        return []
    carried = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in carrier for carrier in _CARRIERS):
        carried.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [inner for inner in carried if inner is not None]
