"""A QR code drawn by the server: SVG with attributes only, black on its own white, as the content policy needs."""

from __future__ import annotations

import io

import segno
from markupsafe import Markup

QUIET = 4  # modules of white around it, which readers count on


def qr(address: str) -> Markup:
    """The drawing of an address, silent to screen readers: the page says the address or the code in words beside it.

    Level M survives a creased poster. It holds nothing but geometry, so it may stand in any page.
    """
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn,
        kind="svg",
        border=QUIET,
        dark="#000",
        light="#fff",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        nl=False,
        svgclass="qr-code",
        lineclass=None,
    )
    text = drawn.getvalue().decode().replace("<svg ", '<svg aria-hidden="true" shape-rendering="crispEdges" ', 1)
    return Markup(text)  # noqa: S704 - made here, out of modules
