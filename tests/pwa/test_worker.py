"""The service worker as it is served: it keeps the public shell, in one place and in one way."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

SPACE = re.compile(r"\s")  # which is not sent where it says nothing
KINDS = ["lang=fr", "lang=en", "lang=fr&sync=1", "lang=fr&sync=1&push=1"]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_enters_a_cache_but_the_shell_at_install(client: FlaskClient, kind: str) -> None:
    answer = client.get(f"/sw.js?{kind}")
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    script = SPACE.sub("", answer.text)
    assert script.count(".addAll(") == 1
    assert not re.search(r"\.(put|add)\(", script)
    assert 'credentials:"omit"' in script
    assert re.findall(r"caches\.delete\([^)]*\)", script) == ["caches.delete(name)"]
    assert 'name.startsWith("shell-")' in script
    assert not re.search("localStorage|indexedDB.deleteDatabase", script)


@pytest.mark.parametrize("kind", KINDS)
def test_only_readings_of_this_site_are_ever_answered_by_it(client: FlaskClient, kind: str) -> None:
    """A browser may itself send again a POST that went through a worker."""
    script = SPACE.sub("", client.get(f"/sw.js?{kind}").text)
    taken = script[script.index('addEventListener("fetch"') :]
    first = 'if(request.method!=="GET"||address.origin!==self.location.origin)return;'
    assert taken.index(first) < taken.index("respondWith")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_it_keeps_are_the_same_for_everyone(client: FlaskClient, inside: object, language: str) -> None:
    for page in ("offline", "help"):
        answer = client.get(f"/{page}/{language}")
        assert (answer.status_code, "data-person" in answer.text) == (200, False)
        assert f'"/{page}/{language}"' in client.get(f"/sw.js?lang={language}").text
