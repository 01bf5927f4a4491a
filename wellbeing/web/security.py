"""The headers of every response, errors, redirects and static files included."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response

from wellbeing.config import Config

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'"
)
PERMISSIONS = (
    "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "hid=(), microphone=(), midi=(), payment=(), publickey-credentials-create=(self), "
    "publickey-credentials-get=(self), serial=(), usb=()"
)


POLICY_OF_PARTS = "default-src 'none'; frame-ancestors 'none'"
OF_PAGES_ALONE = {"Permissions-Policy", "Cross-Origin-Opener-Policy", "X-Frame-Options"}
PARTS = ("application/json", "application/manifest+json")  # read by a page of ours, and never one themselves


def headers(config: Config) -> list[tuple[str, str]]:
    """The fixed headers; those that only make sense over https stay out of a plain http installation."""
    fixed = [
        ("Content-Security-Policy", POLICY + ("; upgrade-insecure-requests" if config.https else "")),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", PERMISSIONS),
    ]
    if config.https:
        fixed.append(("Strict-Transport-Security", "max-age=63072000; includeSubDomains"))
    return fixed


def init_app(app: Flask) -> None:
    @app.after_request
    def never_kept(response: Response) -> Response:
        """A page belongs to who asked: kept by no cache, unless the view said otherwise."""
        response.headers.setdefault("Cache-Control", "no-store")
        if response.mimetype == "text/html":
            response.vary.update(("Cookie", "Accept-Language"))
        return response


class SecureHeaders:
    """Puts the fixed headers on whatever leaves, whoever answered: Flask, the static files, or a failure of either.

    A static file is a part of a page and not a page, and so are JSON and the manifest: they carry those that mean
    something for a part, and a policy that lets them do nothing if somebody opens them; so do the pieces that answer a
    write of htmx, since no browser can be led to an address with its header. A GET has the same headers whoever asks.
    The worker is no page either, but the policy of its script is its own. « Not modified » says nothing: what is kept
    holds, with the headers that it came with (docs/decisions/0007).
    """

    def __init__(self, application: WSGIApplication, config: Config) -> None:
        self.application = application
        self.of_pages = headers(config)
        self.of_workers = [(name, value) for name, value in self.of_pages if name not in OF_PAGES_ALONE]
        self.of_parts = [
            (name, POLICY_OF_PARTS if name == "Content-Security-Policy" else value) for name, value in self.of_workers
        ]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def started(status: str, given: list[tuple[str, str]], exc_info: Any = None) -> Any:
            kind = next((value for name, value in given if name == "Content-Type"), "")
            fixed = self.of_pages
            if status.startswith("304"):
                fixed = []
            elif status.startswith("2"):
                if is_part or kind.startswith(PARTS):
                    fixed = self.of_parts
                elif kind.startswith("text/javascript"):
                    fixed = self.of_workers
            return start_response(status, [*given, *fixed], exc_info)

        is_part = environ["PATH_INFO"].startswith("/static/") or (
            environ.get("HTTP_HX_REQUEST") == "true" and environ["REQUEST_METHOD"] not in ("GET", "HEAD")
        )
        return self.application(environ, started)
