"""
Versions of a page that name something which has been deleted since.

The database protects what a page names, but not what only a draft or an earlier version does:
a venue of which a draft says that something takes place there can be deleted. modelcluster, which
makes a page of a version, knows no answer to ``PROTECT`` and raises; the draft could not be opened
any more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_all_child_relations

# The rows that are there, by their model.
Rows = dict[type[models.Model], set]


class OpenableVersions(ClusterableModel):
    """A page of which every version can be opened.

    Where a version names something that is gone, the field is empty, and the form asks for it
    anew; a row that cannot be without it is left out.
    """

    class Meta:
        abstract = True

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        if check_fks:
            data = without_what_is_gone(cls, data)
        return super().from_serializable_data(data, check_fks=False, strict_fks=strict_fks)


def without_what_is_gone(model: type[models.Model], data: dict[str, Any]) -> dict[str, Any]:
    """A version's data (modelcluster's serializable data), naming only what there is.

    Asks once for each model that is named, however many rows name it.
    """
    named: dict[type[models.Model], set] = defaultdict(set)
    for field, key in _names(model, data):
        named[field.related_model].add(key)
    there = {
        other: set(other._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
        for other, keys in named.items()
    }
    return _emptied(model, data, there)


def _foreign_keys(model: type[models.Model]) -> Iterator[models.ForeignKey]:
    """But those to the page itself and to the table of its parent model."""
    for field in model._meta.concrete_fields:
        is_parent = isinstance(field, ParentalKey) or (
            field.remote_field and field.remote_field.parent_link
        )
        if isinstance(field, models.ForeignKey) and not is_parent:
            yield field


def _names(model: type[models.Model], data: dict[str, Any]) -> Iterator[tuple]:
    """Foreign keys with what they hold, of the page and of its rows."""
    for field in _foreign_keys(model):
        if data.get(field.name) is not None:
            yield field, field.target_field.to_python(data[field.name])
    for relation in get_all_child_relations(model):
        for row in data.get(relation.get_accessor_name()) or []:
            yield from _names(relation.related_model, row)


def _is_gone(field: models.ForeignKey, value, there: Rows) -> bool:
    return value is not None and field.target_field.to_python(value) not in there.get(
        field.related_model, ()
    )


def _emptied(model: type[models.Model], data: dict[str, Any], there: Rows) -> dict[str, Any]:
    kept = data | {
        field.name: None
        for field in _foreign_keys(model)
        if _is_gone(field, data.get(field.name), there)
    }
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if name in data:
            kept[name] = [
                _emptied(relation.related_model, row, there)
                for row in data[name]
                if not _needs_what_is_gone(relation.related_model, row, there)
            ]
    return kept


def _needs_what_is_gone(model: type[models.Model], row: dict[str, Any], there: Rows) -> bool:
    return any(
        not field.null and _is_gone(field, row.get(field.name), there)
        for field in _foreign_keys(model)
    )
