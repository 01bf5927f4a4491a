"""In the simple version a thread is weeks, and how regular they are is not counted out."""

from __future__ import annotations

from tests.streak.lives import Life, words


def test_weeks_are_called_weeks_and_regularity_is_not_counted_out(life: Life) -> None:
    life.live("KKMK")
    assert "Votre fil\u00a0: 3 semaines" in words(life.page("/"))
    assert "Régularité" in words(life.page())
    life.ana.post("/display", data={"simple": "1"})
    assert "Vos semaines\u00a0: 3" in words(life.page("/"))
    assert "Votre fil\u00a0:" not in words(life.page("/"))
    assert "Régularité" not in words(life.page())
    assert "Séances en tout\u00a0: 3" in words(life.page())


def test_one_week_is_said_as_plainly(life: Life) -> None:
    life.live("K")
    life.ana.post("/display", data={"simple": "1"})
    assert "Vos semaines\u00a0: 1" in words(life.page("/"))
