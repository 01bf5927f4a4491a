"""What a device is called in the list of its owner: « Android · Chrome ». A few known words, and nothing of the rest.

A browser's own description of itself is long and nearly unique; only the first system and the first browser that are
found in it are kept.
"""

from __future__ import annotations

SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
# Most say that they are Chrome or Safari as well: the more particular name comes first.
BROWSERS = (
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)


def label_of(description: str) -> str:
    """The system and the browser named in a `User-Agent`, whichever are known; empty when neither is."""
    known = [next((word for sign, word in words if sign in description), "") for words in (SYSTEMS, BROWSERS)]
    return " · ".join(word for word in known if word)
