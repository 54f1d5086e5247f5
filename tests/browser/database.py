"""The content of the whole database, kept and put back: seconds where loading it anew takes a
minute."""

from __future__ import annotations

import sqlite3

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction


def keep():
    """All rows of all tables, to be given to ``put_back``."""
    return _keep_sqlite() if connection.vendor == "sqlite" else _keep_postgres()


def put_back(content) -> None:
    """The rows as they were kept; all others are gone."""
    if connection.vendor == "sqlite":
        content.backup(connection.connection)
    else:
        _put_back_postgres(content)


def _keep_sqlite() -> sqlite3.Connection:
    # A connection is used by whoever needs it, one after the other.
    content = sqlite3.connect(":memory:", check_same_thread=False)
    connection.ensure_connection()
    connection.connection.backup(content)
    return content


def _keep_postgres() -> dict[str, bytes]:
    with connection.cursor() as cursor:
        content = {}
        for table in connection.introspection.table_names(cursor):
            with cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
                content[table] = b"".join(rows)
        return content


@transaction.atomic
def _put_back_postgres(content: dict[str, bytes]) -> None:
    """In one transaction: Django's foreign keys are looked at when it ends."""
    with connection.cursor() as cursor:
        tables = ", ".join(f'"{table}"' for table in content)
        cursor.execute(f"TRUNCATE {tables}")
        for table, rows in content.items():
            with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                copy.write(rows)
        models = apps.get_models(include_auto_created=True)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
