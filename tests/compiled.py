"""Compiled templates, kept from test to test."""

from __future__ import annotations

from typing import Any

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from wellbeing.web.templates import Templates


class Compiled(FileSystemBytecodeCache):
    """Those for one kind of reader are not those for another."""

    def get_bucket(self, environment: Any, name: str, filename: str | None, source: str) -> Bucket:
        reader = environment.reader if isinstance(environment, Templates) else None
        return super().get_bucket(environment, f"{name} for {reader}", filename, source)
