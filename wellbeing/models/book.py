"""A page of the book that somebody who runs a group keeps of one workshop: their own words, encrypted like a note."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Model

TEXTS = ("intention", "worked", "adapt")


class BookPage(Model):
    """Each text is a box of the vault, bound to the workshop's uid; a page holds at least one."""

    __tablename__ = "book_page"
    __table_args__ = (
        CheckConstraint(
            "intention IS NOT NULL OR worked IS NOT NULL OR adapt IS NOT NULL", name="something_written"
        ),
    )  # fmt: skip

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    workshop_id: Mapped[int] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    intention: Mapped[bytes | None] = mapped_column(LargeBinary)
    worked: Mapped[bytes | None] = mapped_column(LargeBinary)
    adapt: Mapped[bytes | None] = mapped_column(LargeBinary)
    edition: Mapped[str] = mapped_column(String(16))  # drawn with each writing: by it a form says what it has seen
