"""Which life of the database this is: a backup that is restored begins another, so that phones offer again what they
had been told was kept."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Model


class ServerEpoch(Model):
    __tablename__ = "server_epoch"

    id: Mapped[int] = mapped_column(primary_key=True)  # always 1
    uid: Mapped[str] = mapped_column(String(36))
