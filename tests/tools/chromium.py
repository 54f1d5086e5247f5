"""Debian's Chromium, and how everything here starts it."""

import shutil

# Nothing but the page that is looked at: no sandbox (CI is root), no calls home.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def program() -> str | None:
    """Where it is installed; None where it is not."""
    return shutil.which("chromium")
