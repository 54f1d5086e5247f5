"""Where things lie on disk."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

# All that a running site writes by itself; git ignores it.
VAR = ROOT / "var"

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = VAR / "static"

# Our own words first, then those that packages lack (kiyose/words/packages.py).
LOCALE_PATHS = [ROOT / "locale", ROOT / "locale" / "packages"]
