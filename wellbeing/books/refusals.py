"""Why a page of the book is not written, by name."""

from __future__ import annotations

from wellbeing.domain.refusals import Refusal


class PageChanged(Refusal, key="book.changed"):
    """Another device of the same person wrote the page since this form was opened; nothing is overwritten unseen."""
