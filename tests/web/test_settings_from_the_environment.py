"""Mistakes in the settings stop the start, all of them listed, in plain words; no secret has a default."""

from __future__ import annotations

from pathlib import Path

import pytest

from wellbeing.config import Config, ConfigurationMistakes

WRONG = {
    "PORT": "eighty",
    "PUBLIC_URL": "fil.example.org",
    "DATABASE_URL": "mysql://x",
    "DEFAULT_LOCALE": "de",
    "DEFAULT_TIMEZONE": "Europe/Pariss",
    "HELP_COUNTRY": "France",
    "FLASK_DEBUG": "perhaps",
    "BACKUP_DAYS": "0",
    "WELLBEING_PROXIES": "-1",
}


def test_every_mistake_is_told_at_once_and_by_name() -> None:
    with pytest.raises(ConfigurationMistakes) as told:
        Config.from_env(WRONG)
    assert len(told.value.mistakes) == len(WRONG)
    for name in WRONG:
        assert name in str(told.value)


def test_nothing_set_is_a_local_installation_without_debugging(tmp_path: Path) -> None:
    config = Config.from_env({"WELLBEING_INSTANCE": str(tmp_path)})
    assert (config.host, config.port, config.debug, config.testing) == ("127.0.0.1", 8000, False, False)
    assert config.database_url == f"sqlite:///{tmp_path / 'wellbeing.sqlite3'}"
    assert config.secrets_path == tmp_path / "secrets.json"
    assert not any(word in field for field in Config.__dataclass_fields__ for word in ("secret_key", "password"))


def test_debugging_under_a_public_address_is_refused() -> None:
    with pytest.raises(ConfigurationMistakes, match="FLASK_DEBUG"):
        Config.from_env({"FLASK_DEBUG": "1", "PUBLIC_URL": "https://fil.example.org"})
    assert Config.from_env({"FLASK_DEBUG": "1"}).debug


def test_a_shared_folder_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    """An empty place where it should be mounted would begin ledgers of its own."""
    with pytest.raises(ConfigurationMistakes, match="WELLBEING_SHARED"):
        Config.from_env({"WELLBEING_SHARED": str(tmp_path / "away")})
    alone = Config.from_env({"WELLBEING_INSTANCE": str(tmp_path)})
    together = Config.from_env({"WELLBEING_INSTANCE": "elsewhere", "WELLBEING_SHARED": str(tmp_path)})
    assert alone.promises == together.promises == tmp_path


def test_raised_limits_are_for_tests_only() -> None:
    with pytest.raises(ConfigurationMistakes, match="WELLBEING_LIMITS"):
        Config.from_env({"WELLBEING_LIMITS": "1000"})
    assert Config.from_env({"WELLBEING_LIMITS": "1000", "WELLBEING_TESTING": "1"}).limits_factor == 1000


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_reached_through_psycopg(scheme: str) -> None:
    assert Config.from_env({"DATABASE_URL": f"{scheme}://fil@db/fil"}).database_url == "postgresql+psycopg://fil@db/fil"


def test_a_password_in_an_address_is_never_repeated() -> None:
    with pytest.raises(ConfigurationMistakes) as told:
        Config.from_env({"DATABASE_URL": "mysql://fil:hunter2@db/fil"})
    assert "hunter2" not in str(told.value)
