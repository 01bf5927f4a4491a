"""Every setting, read from the environment and checked before the first request; all mistakes are told at once."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ("fr", "en")


class ConfigurationMistakes(Exception):
    """The settings cannot be used; `mistakes` holds one plain sentence for each."""

    def __init__(self, mistakes: list[str]) -> None:
        self.mistakes = mistakes
        lines = "\n".join(f"  - {mistake}" for mistake in mistakes)
        super().__init__(f"These settings need mending before Le fil can start:\n{lines}")


@dataclass(frozen=True)
class Config:
    """What the host chose. Build it with `Config.from_env`; a test may replace fields with `dataclasses.replace`."""

    host: str
    port: int
    database_url: str
    database_seconds: int
    secrets_path: Path
    public_url: str
    name: str
    default_locale: str
    default_timezone: str
    help_country: str
    data_controller: str
    data_contact: str
    hosting: str
    retention_months: int
    backup_days: int
    proxies: int
    push_hosts: tuple[str, ...]
    debug: bool
    testing: bool
    limits_factor: int
    instance: Path = field(default=ROOT / "instance")
    assets_built: Path = field(default=ROOT / "instance" / "static")
    shared: Path | None = None

    @property
    def promises(self) -> Path:
        """Where that lies on which all machines must agree: both ledgers, the lock of a restore, the last backup."""
        return self.shared or self.instance

    @property
    def https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def local(self) -> bool:
        """Whether the address is this very machine, where an unencrypted connection harms nobody."""
        return urlsplit(self.public_url).hostname in ("localhost", "127.0.0.1")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Config:
        """Read and check every setting.

        Raises ConfigurationMistakes with all that is wrong, never only the first.
        """
        reading = _Reading(os.environ if environ is None else environ)
        port = reading.number("PORT", 8000, 1, 65535)
        instance = Path(reading.text("WELLBEING_INSTANCE", str(ROOT / "instance"))).absolute()
        config = cls(
            host=reading.text("HOST", "127.0.0.1"),
            port=port,
            database_url=reading.database(f"sqlite:///{instance / 'wellbeing.sqlite3'}"),
            database_seconds=reading.number("DATABASE_SECONDS", 15, 1, 600),
            secrets_path=Path(reading.text("WELLBEING_SECRETS", str(instance / "secrets.json"))).absolute(),
            public_url=reading.address("PUBLIC_URL", f"http://localhost:{port}"),
            name=reading.text("WELLBEING_NAME", "Le fil"),
            default_locale=reading.one_of("DEFAULT_LOCALE", "fr", LOCALES),
            default_timezone=reading.zone("DEFAULT_TIMEZONE", "Europe/Paris"),
            help_country=reading.country("HELP_COUNTRY", "FR"),
            data_controller=reading.text("DATA_CONTROLLER", ""),
            data_contact=reading.text("DATA_CONTACT", ""),
            hosting=reading.text("HOSTING", ""),
            retention_months=reading.number("RETENTION_MONTHS", 24, 12, 36),
            backup_days=reading.number("BACKUP_DAYS", 30, 1, 365),
            proxies=reading.number("WELLBEING_PROXIES", 0, 0, 10),
            push_hosts=reading.push_hosts("WELLBEING_PUSH_HOSTS", testing := reading.switch("WELLBEING_TESTING")),
            debug=reading.switch("FLASK_DEBUG"),
            testing=testing,
            limits_factor=reading.number("WELLBEING_LIMITS", 1, 1, 1_000_000),
            instance=instance,
            assets_built=instance / "static",
            shared=reading.folder("WELLBEING_SHARED"),
        )
        if config.debug and not config.local:
            reading.mistakes.append(
                "FLASK_DEBUG is on under a public address (PUBLIC_URL): debugging shows secrets, turn it off."
            )
        if config.limits_factor != 1 and not config.testing:
            reading.mistakes.append("WELLBEING_LIMITS raises the rate limits, which only WELLBEING_TESTING=1 may do.")
        if reading.mistakes:
            raise ConfigurationMistakes(reading.mistakes)
        return config


class _Reading:
    """One pass over the environment, which notes mistakes instead of stopping at the first."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.mistakes: list[str] = []

    def text(self, name: str, default: str) -> str:
        return self.environ.get(name, "").strip() or default

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        given = self.text(name, str(default))
        if given.isascii() and given.isdigit() and lowest <= int(given) <= highest:
            return int(given)
        self.mistakes.append(f"{name} must be a whole number from {lowest} to {highest}; it is “{given}”.")
        return default

    def switch(self, name: str) -> bool:
        given = self.text(name, "0")
        if given.lower() not in ("0", "1", "true", "false"):
            self.mistakes.append(f"{name} must be 1 or 0; it is “{given}”.")
        return given.lower() in ("1", "true")

    def one_of(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        given = self.text(name, default)
        if given in choices:
            return given
        self.mistakes.append(f"{name} must be one of {', '.join(choices)}; it is “{given}”.")
        return default

    def zone(self, name: str, default: str) -> str:
        given = self.text(name, default)
        if given in available_timezones():
            return given
        self.mistakes.append(f"{name} must be a time zone such as Europe/Paris; “{given}” is unknown.")
        return default

    def country(self, name: str, default: str) -> str:
        given = self.text(name, default).upper()
        if re.fullmatch(r"[A-Z]{2}", given):
            return given
        self.mistakes.append(f"{name} must be a country’s two letters, such as FR; it is “{given}”.")
        return default

    def address(self, name: str, default: str) -> str:
        given = self.text(name, default).rstrip("/")
        parts = urlsplit(given)
        if parts.scheme in ("http", "https") and parts.hostname and not parts.path and not parts.query:
            return given
        self.mistakes.append(
            f"{name} must be an address such as https://fil.example.org, without a path; it is “{given}”."
        )
        return default

    def push_hosts(self, name: str, testing: bool) -> tuple[str, ...]:
        """Hosts of push services besides those that browsers use; in tests, `http://127.0.0.1:9999` of this machine."""
        given = [host.lower() for host in re.split(r"[,\s]+", self.text(name, "")) if host]
        for host in given:
            if testing and re.fullmatch(r"http://(127\.0\.0\.1|localhost):[0-9]{1,5}", host):
                continue
            if not re.fullmatch(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", host):
                self.mistakes.append(
                    f"{name} holds names of hosts such as push.example.org, parted by commas, each meant "
                    f"exactly; “{host}” is none. Only WELLBEING_TESTING=1 may name a service of this machine."
                )
                break
        return tuple(given)

    def folder(self, name: str) -> Path | None:
        """One that is there: a machine whose shared folder is not mounted would begin ledgers of its own."""
        given = Path(self.text(name, "."))
        if given.is_dir():
            return given.absolute() if self.text(name, "") else None
        self.mistakes.append(f"{name} must be a folder that is there and that all machines share; “{given}” is none.")
        return None

    def database(self, default: str) -> str:
        given = self.text("DATABASE_URL", default)
        scheme = given.split(":", 1)[0]
        if scheme in ("postgres", "postgresql"):
            return "postgresql+psycopg:" + given.split(":", 1)[1]
        if scheme == "postgresql+psycopg" or re.match(r"sqlite:///.+", given):
            return given
        self.mistakes.append(
            f"DATABASE_URL must start with sqlite:/// (and name a file) or postgresql://; it starts with “{scheme}:”."
        )
        return default
