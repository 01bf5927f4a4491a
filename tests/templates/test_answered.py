"""Templates are compiled for who reads them: they say the same as if they asked for each word while they are shown."""

from __future__ import annotations

import pytest
from flask import Flask, g

from tests.templates.samples import SAMPLES
from wellbeing.config import LOCALES
from wellbeing.web.fragments import fragment
from wellbeing.web.locale import speaking


@pytest.mark.parametrize("simple", [False, True], ids=["ordinary", "simple"])
@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_compiled_for_a_reader_says_what_is_written(locale: str, simple: bool, app: Flask) -> None:
    with app.test_request_context("/"), speaking(locale):
        g.simple = simple
        for template, samples in SAMPLES.items():
            for inputs in samples.values():
                assert fragment(template, **inputs) == app.jinja_env.get_template(template).render(inputs)


def test_nobody_reads_the_words_of_the_reader_before_them(app: Flask) -> None:
    with app.test_request_context("/"):
        said = []
        for locale in ("fr", "en", "fr"):
            with speaking(locale):
                said.append(fragment("journal/_picker.html", op_id="", day=""))
        g.simple = True
        with speaking("fr"):
            said.append(fragment("journal/_picker.html", op_id="", day=""))
    french, english, again, simply = said
    assert french == again
    assert len({french, english, simply}) == 3
    assert "Comment" in french
    assert "Comment" not in english
