"""The shell is sent in the fewest bytes, to whoever reads Brotli; it is the same page for everyone else."""

from __future__ import annotations

import brotli
import pytest

from tests.cast import Cast


@pytest.mark.parametrize("address", ["/offline/fr", "/help/en", "/shell/fr", "/sw.js?lang=fr"])
def test_the_shell_is_the_same_however_it_is_sent(cast: Cast, address: str) -> None:
    plain = cast.stranger().get(address, headers={"Accept-Encoding": "identity"})
    small = cast.stranger().get(address, headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert brotli.decompress(small.data) == plain.data
    assert len(small.data) == small.content_length <= len(brotli.compress(plain.data, quality=5))
    none = cast.stranger().get(address, headers={"Accept-Encoding": "br;q=0, identity"})
    assert none.data == plain.data


def test_a_worker_that_has_not_changed_is_not_sent_again(cast: Cast) -> None:
    for accepted in ("br", "gzip", "identity"):
        ours = {"Accept-Encoding": accepted}
        known = cast.stranger().get("/sw.js", headers=ours).headers["ETag"]
        assert cast.stranger().get("/sw.js", headers={**ours, "If-None-Match": known}).status_code == 304


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_device_keeps_the_pages_that_anybody_sees(cast: Cast, language: str) -> None:
    both = cast.stranger().get(f"/shell/{language}")
    pages = [cast.stranger().get(f"/{name}/{language}") for name in ("offline", "help")]
    assert both.text.split("\f") == [page.text for page in pages]
    assert cast.browser("Ana").get(f"/shell/{language}").data == both.data
    for name in ("Content-Security-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "X-Frame-Options"):
        assert both.headers[name] == pages[0].headers[name]
    assert both.mimetype == "text/plain"
