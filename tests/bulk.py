"""Hundreds of pages in a moment, by copying one page's rows in the database."""

from __future__ import annotations

import uuid

from django.db import connection
from wagtail.models import Page

from events.models import Session
from projects.models import IndicatorGoal, Measurement
from sdgs.models import PageMark


def clone(template, count: int) -> list[int]:
    """Sisters of the page, alike in all but title, slug and translation key; their numbers.

    Written straight into the tables: no signal is sent, nothing is indexed.
    """
    parent = Page.objects.get(pk=template.get_parent().pk)
    first = parent.get_last_child()._get_lastpos_in_path() + 1
    model = type(template)
    rows = []
    for number in range(count):
        page = Page.objects.get(pk=template.pk) if number == 0 else _copied(rows[0])
        page.pk = page.id = None
        page._state.adding = True
        page.path = Page._get_path(parent.path, template.depth, first + number)
        page.slug = f"{template.slug}-{number}"
        page.title = page.draft_title = f"{template.title} {number}"
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.translation_key = uuid.uuid4()
        page.latest_revision = page.live_revision = None
        rows.append(page)
    Page.objects.bulk_create(rows)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + count)
    _copy_specific_rows(model, template.pk, rows)
    marks = list(PageMark.objects.filter(content_object=template.pk))
    PageMark.objects.bulk_create(
        PageMark(tag_id=mark.tag_id, sort_order=mark.sort_order, content_object_id=page.pk)
        for page in rows
        for mark in marks
    )
    return [page.pk for page in rows]


def translate_clones(template, numbers: list[int]) -> None:
    """Sisters of a translation, for the clones of its original."""
    keys = list(
        Page.objects.filter(pk__in=numbers)
        .order_by("path")
        .values_list("translation_key", flat=True)
    )
    english = Page.objects.filter(pk__in=clone(template, len(numbers))).order_by("path")
    for page, key in zip(english, keys, strict=True):
        page.translation_key = key
    Page.objects.bulk_update(english, ["translation_key"])


def update_statistics() -> None:
    """Statistics of all tables, for PostgreSQL's planner.

    A database makes them by itself on a site that grows by and by. Where hundreds of rows came
    at once, and in a transaction, it would take the tables for empty and join them for minutes.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def copy_figures(indicator, numbers: list[int]) -> None:
    """The indicator's goals and measurements, for its clones too."""
    goals = list(IndicatorGoal.objects.filter(page=indicator))
    IndicatorGoal.objects.bulk_create(
        _with(row, page_id=number) for number in numbers for row in goals
    )
    measurements = list(Measurement.objects.filter(indicator=indicator))
    Measurement.objects.bulk_create(
        _with(row, indicator_id=number) for number in numbers for row in measurements
    )


def copy_sessions(event, numbers: list[int]) -> None:
    """The event's sessions, for its clones too."""
    sessions = list(Session.objects.filter(page=event))
    Session.objects.bulk_create(
        _with(row, page_id=number) for number in numbers for row in sessions
    )


def _with(row, **values):
    """A new row like this one, but for these values."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**fields | {"id": None} | values)


def _copied(page):
    copy = Page()
    for field in Page._meta.concrete_fields:
        setattr(copy, field.attname, getattr(page, field.attname))
    return copy


def _copy_specific_rows(model, template_pk: int, rows) -> None:
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = [field.column for field in model._meta.local_concrete_fields]
    own = [quote(column) for column in columns if column != "page_ptr_id"]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (page_ptr_id, {', '.join(own)}) "  # noqa: S608  our own names
            f"SELECT p.id, {', '.join(f't.{column}' for column in own)} "
            f"FROM wagtailcore_page p, {table} t "
            "WHERE t.page_ptr_id = %s AND p.id BETWEEN %s AND %s",
            [template_pk, rows[0].pk, rows[-1].pk],
        )
