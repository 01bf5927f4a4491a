"""Why the host's command did nothing: one plain sentence each, and the installation is as it was."""

from __future__ import annotations


class HostRefused(Exception):
    """The message says what is wrong and what to do."""
