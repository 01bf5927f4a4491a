"""How often something was tried, counted where every worker process sees it. Keys are hashes, never addresses."""

from __future__ import annotations

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Model


class Throttle(Model):
    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    count: Mapped[int]
    expires: Mapped[int] = mapped_column(BigInteger, index=True)  # Unix second after which the row means nothing
