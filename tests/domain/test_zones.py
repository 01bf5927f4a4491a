"""A zone is looked up by name; nothing that was typed is opened as a file."""

import pytest

from wellbeing.domain.refusals import UnknownZone
from wellbeing.domain.zones import zone_named, zone_of


@pytest.mark.parametrize("name", ["Europe/Paris", "Pacific/Kiritimati", "Asia/Calcutta", "UTC"])
def test_a_zone_is_found_by_its_name(name: str) -> None:
    assert zone_named(name).key == name


@pytest.mark.parametrize(
    "name", ["", "Europe", "europe/paris", "../../etc/passwd", "/etc/passwd", "Paris", "UTC\x00", "+02:00"]
)
def test_what_is_not_a_zone_is_refused(name: str) -> None:
    with pytest.raises(UnknownZone):
        zone_named(name)


def test_a_zone_that_a_table_holds_is_found_again() -> None:
    paris = zone_named("Europe/Paris")
    assert zone_of("Europe/Paris") is zone_of(paris) is paris
