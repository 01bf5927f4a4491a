"""Small plain tables, and the middle of several rounds with its lowest and highest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

Row = Sequence[str]


def spread(figures: Sequence[float], digits: int = 2) -> tuple[str, str]:
    """The median, and the lowest and highest."""
    middle = f"{median(figures):.{digits}f}"
    return middle, f"{min(figures):.{digits}f}–{max(figures):.{digits}f}"


def table(title: str, heads: Row, rows: Iterable[Row]) -> None:
    """Print it: the first column to the left, the others to the right."""
    lines = [heads, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    print(f"\n{title}\n", flush=True)
    for number, line in enumerate(lines):
        cells = [
            text.rjust(width) if column else text.ljust(width)
            for column, (text, width) in enumerate(zip(line, widths, strict=True))
        ]
        print("  " + "   ".join(cells).rstrip())
        if number == 0:
            print("  " + "   ".join("─" * width for width in widths))
