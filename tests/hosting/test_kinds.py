"""Whatever kind of thing a person can take back, restoring a backup takes it back again."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.source import modules
from wellbeing.hosting.operations.replaying import KINDS
from wellbeing.models.book import TEXTS

WRITERS = ("withdrawn", "withdrawals.withdrawn", "Line", "withdrawals.Line")


def written() -> Iterator[str]:
    for module in modules():
        for _, called, call in module.calls():
            if called not in WRITERS or "wellbeing.withdrawals import" not in module.text or not call.args:
                continue
            kind = call.args[0]
            if isinstance(kind, ast.Constant):
                yield str(kind.value)
            elif isinstance(kind, ast.JoinedStr):
                assert ast.unparse(kind) == "f'book.{name}'"
                yield from (f"book.{name}" for name in TEXTS)
            else:
                raise AssertionError(f"{module.place}: a kind that cannot be read here")


def test_every_kind_that_is_written_is_done_again_after_a_restore() -> None:
    kinds = set(written())
    assert {"account", "entry", "calendar", "sign_in", "book.adapt"} <= kinds
    assert kinds - KINDS == set()
    assert KINDS - kinds == set()
