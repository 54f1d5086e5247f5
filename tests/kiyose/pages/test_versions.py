"""A version that names what has been deleted since can still be opened.

The table is made of what there is: every protecting foreign key of every page type and its rows.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import PROTECT, ForeignKey
from django.test.utils import CaptureQueriesContext
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

from certified_orgs.models import Certificate
from tests.editor import edit_url
from tests.page_types import FACTORIES, PAGE_TYPES
from tests.values import numbered_value

pytestmark = pytest.mark.django_db


def protecting(model) -> list[ForeignKey]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey)
        and not isinstance(field, ParentalKey)
        and field.remote_field.on_delete is PROTECT
        and field.related_model in FACTORIES
        and not issubclass(field.related_model, Page)
    ]


NAMED_BY_PAGES = [
    pytest.param(model, field, id=f"{model.__name__}-{field.name}")
    for model in PAGE_TYPES
    for field in protecting(model)
    # Of what every page has, one type is enough.
    if field.name != "division" or model is PAGE_TYPES[0]
]
NAMED_BY_ROWS = [
    pytest.param(model, relation, field, id=f"{model.__name__}-{relation.name}-{field.name}")
    for model in PAGE_TYPES
    for relation in get_all_child_relations(model)
    for field in protecting(relation.related_model)
]


def row_of_its_own(field):
    """One that nothing names."""
    row = numbered_value(field, field.related_model._default_manager.count())
    assert row is not None, f"{field.related_model} has no row to spare"
    return row


def delete(row) -> None:
    """As an update or the removal of samples does it: a certificate goes with its terms."""
    if isinstance(row, Certificate):
        row.terms.all().delete()
    row.delete()


def test_there_are_such_keys():
    assert len(NAMED_BY_PAGES) >= 5
    assert len(NAMED_BY_ROWS) >= 5


@pytest.mark.parametrize(("model", "field"), NAMED_BY_PAGES)
def test_a_field_of_a_draft_is_empty(world, admin_client, model, field):
    page = world.page(model)
    page.title = "下書きの題"
    other = row_of_its_own(field)
    setattr(page, field.name, other)
    page.save_revision(clean=False)
    delete(other)
    assert admin_client.get(edit_url(page)).status_code == 200
    draft = world.page(model).get_latest_revision_as_object()
    assert getattr(draft, field.attname) is None
    assert draft.title == "下書きの題"


@pytest.mark.parametrize(("model", "relation", "field"), NAMED_BY_ROWS)
def test_of_a_row_the_field_is_empty_or_the_row_is_left_out(
    world, admin_client, model, relation, field
):
    page = world.page(model)
    name = relation.get_accessor_name()
    rows = list(getattr(page, name).all())
    other = row_of_its_own(field)
    setattr(rows[0], field.name, other)
    setattr(page, name, rows)
    page.save_revision(clean=False)
    delete(other)
    assert admin_client.get(edit_url(page)).status_code == 200
    draft = world.page(model).get_latest_revision_as_object()
    left = [row.pk for row in getattr(draft, name).all()]
    if field.null:
        assert left == [row.pk for row in rows]
        assert getattr(getattr(draft, name).first(), field.attname) is None
    else:
        assert left == [row.pk for row in rows[1:]]


def test_many_rows_ask_no_more_often_than_few(world):
    """Once for every kind of thing that is named, and not for each row."""
    model = next(model for model in PAGE_TYPES if model.__name__ == "ProjectPage")
    page = world.page(model)
    figures = list(page.figures.all())
    counts = []
    for times in (1, 10):
        page.figures = [figure for figure in figures for _time in range(times)]
        revision = page.save_revision(clean=False)
        with CaptureQueriesContext(connection) as queries:
            revision.as_object()
        counts.append(len(queries))
    assert counts[1] <= counts[0]
