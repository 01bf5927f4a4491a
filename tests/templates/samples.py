"""Every fragment with inputs it may meet: each is rendered alone by a test, and shown on `/patterns` in development.

`SAMPLES[template][what it shows]` holds the inputs, by name. Words a person typed are made up, as everything here.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.templates import (
    samples_check_ups,
    samples_groups,
    samples_insights,
    samples_journal,
    samples_reflections,
    samples_report,
    samples_thread,
    samples_trends,
    samples_workshops,
)
from wellbeing.web.qr import qr

MADE = datetime(2026, 11, 27, 10, tzinfo=UTC)

SAMPLES: dict[str, dict[str, dict[str, Any]]] = {
    "shared/_refusal.html": {"a wrong code": {"sentence": "Ce code n’ouvre rien."}},
    "shared/_link.html": {
        "shown once": {
            "address": "http://localhost/invitations/abcd",
            "drawing": qr("http://localhost/invitations/abcd"),
            "what": "Ce lien fait animer le groupe Saule.",
        },
    },
    "shared/_invitations.html": {
        "one waits": {
            "invitations": [{"uid": "1" * 32, "made_at": MADE, "expires_at": MADE + timedelta(days=7)}],
            "zone": "Europe/Paris",
            "place": "/organisation",
        },
    },
    "shared/_closed_groups.html": {
        "one ran, and its trends stay": {"groups": [{"uid": "2" * 32, "name": "Saule"}], "page": "/trends"},
        "two were taken part in": {
            "groups": [{"uid": "2" * 32, "name": "Saule"}, {"uid": "3" * 32, "name": "Chêne"}],
            "page": "",
        },
    },
    "accounts/_choice.html": {
        "given": {
            "purpose": "trends",
            "text": "J’accepte que mes réponses comptent.",
            "more": "Cela commence à la prochaine période.",
            "given": True,
            "onward": "/settings",
        },
        "not given": {
            "purpose": "reminders",
            "text": "Je veux recevoir des rappels discrets.",
            "more": "",
            "given": False,
            "onward": "/settings",
        },
    },
    "home/_outbox.html": {"the pieces": {}},
    **samples_check_ups.SAMPLES,
    **samples_groups.SAMPLES,
    **samples_insights.SAMPLES,
    **samples_journal.SAMPLES,
    **samples_reflections.SAMPLES,
    **samples_report.SAMPLES,
    **samples_thread.SAMPLES,
    **samples_trends.SAMPLES,
    **samples_workshops.SAMPLES,
}
