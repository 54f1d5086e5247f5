"""
The demonstration, loaded once a day for all workers of a run.

The first worker that wants it loads it and keeps rows, uploads and what the command said; the
others wait for that and take it from there. What is loaded depends on the day, and tests have
several.
"""

from __future__ import annotations

import fcntl
import io
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from . import database
from .bulk import update_statistics


def load(run: Path) -> str:
    """Put today's demonstration into the database, which holds what migrations make.

    run: the folder that the workers of the run share (fixture ``run_folder``). Returns what
    ``load_demonstration`` said.
    """
    folder = run / f"demonstration-{timezone.localdate()}"
    with _one_at_a_time(run):
        if folder.exists():
            database.put_back(folder / "rows")
            shutil.copytree(folder / "uploads", _uploads(), dirs_exist_ok=True)
        else:
            _load_and_keep(folder)
    # PostgreSQL takes tables that were filled a moment ago for empty, and joins them for minutes.
    update_statistics()
    return (folder / "said").read_text()


def _load_and_keep(folder: Path) -> None:
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DEMO_PASSWORD", raising=False)
        call_command("load_demonstration", stdout=said)
    # Under its name when it is whole: a loading that failed is not taken for one.
    unfinished = folder.with_name(f"{folder.name}-unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    database.keep(unfinished / "rows")
    shutil.copytree(_uploads(), unfinished / "uploads")
    (unfinished / "said").write_text(said.getvalue())
    unfinished.rename(folder)


def _uploads() -> Path:
    """Public and private ones (tests/conftest.py)."""
    return Path(settings.MEDIA_ROOT).parent


@contextmanager
def _one_at_a_time(run: Path):
    with (run / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
