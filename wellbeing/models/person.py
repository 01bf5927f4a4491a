"""Someone with an account: a pseudonym, a locale, a time zone, keys to sign in. No name, no e-mail, no birth date."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


class Person(Model):
    __tablename__ = "person"
    __table_args__ = (CheckConstraint("locale IN ('fr', 'en')", name="locale_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), index=True)
    pseudonym: Mapped[bytes] = mapped_column(LargeBinary)  # a box of the vault
    locale: Mapped[str] = mapped_column(String(2))
    timezone: Mapped[str] = mapped_column(String(64))
    signed_up_at: Mapped[datetime] = mapped_column(Instant)
    signed_up_on: Mapped[date]  # the person's own date then, for the first week of the thread
    thread_hidden: Mapped[bool] = mapped_column(default=False)
    simple: Mapped[bool] = mapped_column(default=False)  # whether they read the simple version
    badge: Mapped[bool] = mapped_column(default=False)  # whether the icon says how many notes wait
    phrase_selector: Mapped[bytes | None] = mapped_column(LargeBinary, index=True)
    phrase_verifier: Mapped[str | None] = mapped_column(String(200))
    passkey_handle: Mapped[bytes | None] = mapped_column(LargeBinary)  # 64 random bytes, kept by passkeys
    # names the form that made the account, so that sending it twice makes one person
    arrival: Mapped[bytes | None] = mapped_column(LargeBinary, index=True)
    arrival_until: Mapped[datetime | None] = mapped_column(Instant)  # empty once its answer is known to have come
    # of the latest sign-in or write: accounts that nobody uses are erased by it
    last_seen_day: Mapped[date] = mapped_column(index=True)


class PersonKey(Model):
    """The person's data key, wrapped by the master key. Deleting this row makes all their words unreadable."""

    __tablename__ = "person_key"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)
