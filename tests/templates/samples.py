"""Every fragment with inputs it may meet: each is rendered alone by a test, and shown on `/patterns` in development.

`SAMPLES[template][what it shows]` holds the inputs, by name. Words a person typed are made up, as everything here.
"""

from __future__ import annotations

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

SAMPLES: dict[str, dict[str, dict[str, Any]]] = {
    "shared/_refusal.html": {"a wrong code": {"sentence": "Ce code n’ouvre rien."}},
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
