"""Addresses that programs ask and people never see: they answer JSON, errors included, and lead nobody anywhere."""

from __future__ import annotations

from flask import Flask, Response, current_app, jsonify, request

WORDS = {400: "envelope", 401: "sign_in", 403: "cross_site", 409: "person_mismatch", 413: "too_large", 415: "json_only"}


def serves(app: Flask, path: str) -> None:
    """Declare that this path is asked by programs alone."""
    app.extensions.setdefault("programs", set()).add(path)


def asked() -> bool:
    """Whether this request is one of theirs, whatever its method and whether it is served at all."""
    return request.path in current_app.extensions.get("programs", ())


def refusal(code: int) -> Response:
    """A refusal in one word of ours; nothing of what was asked is said back."""
    response = jsonify(error=WORDS.get(code, "failed"))
    response.status_code = code
    return response
