"""Reads back a QR code that a page draws: its strokes are painted as on paper, and another library reads them."""

from __future__ import annotations

import re

import zxingcpp
from PIL import Image, ImageDraw

PIXELS = 6  # a module


def qr_of(page: str) -> str:
    """What the only QR code of a page says."""
    (drawing,) = re.findall(r'<svg[^>]*class="qr-code".*?</svg>', page, flags=re.DOTALL)
    return text_of(drawing)


def text_of(drawing: str) -> str:
    size = int(re.search(r'viewBox="0 0 (\d+) ', drawing)[1])  # type: ignore[index]
    strokes = re.search(r'stroke="#000" d="([^"]+)"', drawing)[1]  # type: ignore[index]
    image = Image.new("L", (size * PIXELS, size * PIXELS), 255)
    pen = ImageDraw.Draw(image)
    x = y = 0.0
    for sign, numbers in re.findall(r"([Mmh])([^Mmh]+)", strokes):
        given = [float(number) for number in numbers.split()]
        if sign == "h":
            pen.rectangle((x * PIXELS, (y - 0.5) * PIXELS, (x + given[0]) * PIXELS - 1, (y + 0.5) * PIXELS - 1), fill=0)
            x += given[0]
        else:
            x, y = (given[0], given[1]) if sign == "M" else (x + given[0], y + given[1])
    (found,) = zxingcpp.read_barcodes(image)
    return str(found.text)
