"""
Another valid value for any field, by the kind of the field.

So that the rules of facts are tested on fields that nobody has thought of yet. A kind of
field that is not known here fails the test, with what to add.
"""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.core.validators import MaxValueValidator, MinValueValidator, validate_slug
from django.db import models
from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.strings import INLINE_TAGS

from certified_orgs.models.fields import PhoneField, PostalCodeField, ReadingField
from events.models.fields import CodesField
from kiyose.pages.fields import PeriodField
from kiyose.pages.models import PageReading

from .page_types import FACTORIES, factory_of, parent_for

# A word of kanji, and how it is read.
READINGS = {"surface": "見本", "reading": "みほん"}


def numbered_value(field: models.Field, number: int):
    """A valid value for the field; another number gives another value where there is one."""
    if isinstance(field, models.ForeignKey):
        return _numbered_row(field.related_model, number)
    if field.model is PageReading and field.name in READINGS:
        return READINGS[field.name] * (number + 1)
    if field.choices:
        codes = [code for code, _label in field.flatchoices]
        return codes[number % len(codes)]
    if isinstance(field, models.BooleanField):
        return bool(number % 2)
    if isinstance(field, models.DateTimeField):
        return timezone.now().replace(microsecond=0) + datetime.timedelta(days=number)
    if isinstance(field, models.DateField):
        return datetime.date(2026, 4, 1) + datetime.timedelta(days=number)
    if isinstance(field, models.TimeField):
        return datetime.time(hour=number % 24)
    if isinstance(field, models.DecimalField):
        return Decimal(number)
    if isinstance(field, models.IntegerField):
        return _numbered_integer(field, number)
    if isinstance(field, models.EmailField):
        return f"mihon{number}@example.jp"
    if isinstance(field, models.URLField):
        return f"https://example.jp/mihon/{number}/"
    if isinstance(field, PeriodField):
        return f"FY{2000 + number}"
    if isinstance(field, ReadingField):
        return "みほん" * (number + 1)
    if isinstance(field, PhoneField):
        return f"042-000-{number:04}"
    if isinstance(field, PostalCodeField):
        return f"204-{number:04}"
    if isinstance(field, CodesField):
        return field.codes.values[number % len(field.codes.values)]
    if isinstance(field, models.SlugField) or validate_slug in field.validators:
        return f"mihon-{number}"
    if isinstance(field, models.CharField | models.TextField):
        return f"見本{number}"[: field.max_length]
    pytest.fail(
        f"{field} is a {type(field).__name__}: add to numbered_value() in tests/values.py how a "
        "valid value of such a field is made."
    )


def _numbered_row(model, number: int):
    rows = model._default_manager.order_by("pk")
    if issubclass(model, Page) and model in FACTORIES:
        while rows.count() <= number:
            factory_of(model)(parent=parent_for(model))
        return rows[number]
    if model not in FACTORIES:
        row = rows[number : number + 1].first()
        return row if row is not None else factory_of(model)
    while rows.count() <= number:
        factory_of(model)(**_key_of_another(model, rows.count()))
    return rows[number]


def _key_of_another(model, number: int) -> dict:
    """Where the factory gives the row that is there already: by what it would be another."""
    names = factory_of(model)._meta.django_get_or_create
    return {name: numbered_value(model._meta.get_field(name), number) for name in names}


def _numbered_integer(field, number: int) -> int:
    limits = {type(v): v.limit_value for v in field.validators}
    lowest, highest = limits.get(MinValueValidator, 0), limits.get(MaxValueValidator, 30_000)
    lowest = max(lowest, 1)
    return lowest + number % (highest - lowest + 1)


def row_of(relation: models.ManyToOneRel, number: int):
    """An unsaved row for a child relation, with a valid value in every field."""
    skipped = {relation.field.name, "id", "sort_order"}
    values = {
        field.name: numbered_value(field, number)
        for field in relation.related_model._meta.concrete_fields
        if field.name not in skipped
    }
    return relation.related_model(sort_order=number, **values)


def seen(instance, name: str):
    """What a reader sees of one field of the instance: a plain value, or rows in order."""
    field = instance._meta.get_field(name)
    if not isinstance(field, models.ManyToOneRel):
        return getattr(instance, field.attname)
    skipped = {field.field.name, "id", "sort_order"}
    return [
        {
            child.name: getattr(row, child.attname)
            for child in field.related_model._meta.concrete_fields
            if child.name not in skipped
        }
        for row in getattr(instance, name).all()
    ]


def form_of_words(instance) -> dict:
    """What of the words of an instance is the same in every language: which fields are filled,
    and of each body the blocks, their keys, pictures and figures."""
    return {name: _form_of(getattr(instance, name)) for name in type(instance).words}


def _form_of(value):
    if isinstance(value, StreamValue):
        return [_form_of(dict(block)) for block in value.raw_data]
    if isinstance(value, dict):
        return {
            key: item if key in SAME_EVERYWHERE else _form_of(item) for key, item in value.items()
        }
    if isinstance(value, list):
        return [_form_of(item) for item in value]
    if not isinstance(value, str):
        return value
    if not any(character.isalpha() for character in value):
        return value
    return [(tag.name, tag.get("id"), tag.get("data-block-key")) for tag in _elements(value)]


# Of a raw block.
SAME_EVERYWHERE = {"type", "id", "key", "decorative"}


def _elements(text: str):
    """The elements around sentences; those within belong to the sentence."""
    soup = BeautifulSoup(text, "html.parser")
    return [tag for tag in soup.find_all(True) if tag.name not in INLINE_TAGS]


def fill_words(instance, name: str, image) -> None:
    """Words into a field, naming the field: a body gets a block of every kind, a picture in each
    of the two ways."""
    field = instance._meta.get_field(name)
    if isinstance(field, StreamField):
        setattr(instance, name, every_block(field.stream_block, name, image))
    else:
        setattr(instance, name, f"見本の{name}"[: field.max_length])


def every_block(stream_block, name: str, image) -> list[dict]:
    """A raw body with a block of every kind that it may have. A kind that is not known here
    fails the test, with what to add."""
    picture = {"image": image.pk, "alt_text": f"{name}の絵", "decorative": False}
    embed = f'<embed embedtype="image" id="{image.pk}" format="fullwidth" alt="{name}の文中の絵"/>'
    rich = (
        f'<p data-block-key="aaaaa">{name}の<b>段落</b>と<a href="https://example.jp/">外</a></p>'
        f'{embed}<ul><li data-block-key="bbbbb">{name}の項目</li></ul>'
    )
    values = {
        "heading": f"{name}の見出し",
        "paragraph": rich,
        "steps": [
            {
                "type": "item",
                "value": {"title": f"{name}の手順", "text": f"{name}の説明"},
                "id": f"{name}-step",
            }
        ],
        "table": {
            "caption": f"{name}の表",
            "columns": [
                {"type": "row_name", "heading": f"{name}の行", "key": "ka"},
                {"type": "figures", "heading": "2030", "key": "kb"},
                {"type": "words", "heading": f"{name}の列", "key": "kc"},
            ],
            "rows": [{"key": "kr", "values": [f"{name}の行名", "36%", f"{name}のセル"]}],
        },
        "picture": {"image": picture, "caption": f"{name}の絵の題"},
    }
    unknown = stream_block.child_blocks.keys() ^ values.keys()
    if unknown:
        pytest.fail(f"Add to every_block() in tests/values.py how {unknown} look filled in.")
    return [
        {"type": kind, "value": value, "id": f"{name}-{kind}"} for kind, value in values.items()
    ]


def fill(instance, name: str) -> None:
    """Give a field its first value: three rows for a child relation. A row that the factory
    has chosen stays: it may be one that no other page can have."""
    field = instance._meta.get_field(name)
    if isinstance(field, models.ManyToOneRel):
        setattr(instance, name, [row_of(field, number) for number in range(3)])
    elif not (isinstance(field, models.ForeignKey) and getattr(instance, field.attname)):
        setattr(instance, name, numbered_value(field, 0))


def _reordered(rows, field):
    return rows[::-1]


def _one_removed(rows, field):
    return rows[:1] + rows[2:]


def _one_added(rows, field):
    return [*rows, row_of(field, 7)]


def _all_removed(rows, field):
    return []


def _one_corrected(rows, field):
    """The same row, another value in one field of it."""
    child_fields = [
        child
        for child in field.related_model._meta.concrete_fields
        if child.name not in {field.field.name, "id", "sort_order"}
    ]
    child = child_fields[-1]
    # Beyond the numbers in use, so that no two rows become the same.
    setattr(rows[0], child.name, numbered_value(child, len(rows) + 1))
    return rows


ROW_CHANGES = {
    "reordered": _reordered,
    "removed": _one_removed,
    "added": _one_added,
    "corrected": _one_corrected,
    "emptied": _all_removed,
}


def ways_to_change(model, name: str) -> list[str]:
    """The kinds of change a field can undergo."""
    field = model._meta.get_field(name)
    return list(ROW_CHANGES) if isinstance(field, models.ManyToOneRel) else ["changed"]


def set_another_value(instance, name: str, way: str = "changed") -> None:
    """Change a field of the instance (unsaved) to another valid value."""
    field = instance._meta.get_field(name)
    before = seen(instance, name)
    if isinstance(field, models.ManyToOneRel):
        way = "reordered" if way == "changed" else way
        rows = ROW_CHANGES[way](list(getattr(instance, name).all()), field)
        for order, row in enumerate(rows):
            row.sort_order = order
        setattr(instance, name, rows)
    else:
        for number in range(1, 4):
            setattr(instance, name, numbered_value(field, number))
            if seen(instance, name) != before:
                break
    assert seen(instance, name) != before, f"{field} has only one valid value: nothing to test"
