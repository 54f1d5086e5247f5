#!/usr/bin/env python3
"""Django's command line for the Kiyose SDGs site."""

import os
import sys
from pathlib import Path


def main() -> None:
    # `site/` is a folder on the path, not a package: Python has a module of that name.
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiyose.settings")

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
