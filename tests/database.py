"""The content of the whole database, kept in a folder and put back: seconds where loading it
anew takes a minute. Any worker of the same run may put it back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

SQLITE_FILE = "content.sqlite3"


def keep(folder: Path) -> None:
    """All rows of all tables into a folder, which is made."""
    folder.mkdir(parents=True)
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / SQLITE_FILE)) as content:
            connection.connection.backup(content)
    else:
        _keep_postgres(folder)


def put_back(folder: Path) -> None:
    """The rows as they were kept; all others are gone. Not within a transaction.

    Content types have the same keys in every worker's database, and what Django remembers of them
    stays true: the migrations make them in one order.
    """
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / SQLITE_FILE)) as content:
            content.backup(connection.connection)
    else:
        _put_back_postgres(folder)


def _keep_postgres(folder: Path) -> None:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            with cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
                (folder / table).write_bytes(b"".join(rows))


@transaction.atomic
def _put_back_postgres(folder: Path) -> None:
    """In one transaction: Django's foreign keys are looked at when it ends."""
    kept = sorted(folder.iterdir())
    with connection.cursor() as cursor:
        tables = ", ".join(f'"{file.name}"' for file in kept)
        cursor.execute(f"TRUNCATE {tables}")
        for file in kept:
            with cursor.copy(f'COPY "{file.name}" FROM STDIN') as copy:
                copy.write(file.read_bytes())
        models = apps.get_models(include_auto_created=True)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
