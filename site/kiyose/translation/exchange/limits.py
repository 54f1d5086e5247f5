"""What the field takes into which a translated string goes: one line or several, how long.

wagtail-localize finds out when it publishes. A volunteer should be told by row, before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField


@dataclass(frozen=True)
class Limits:
    """validators: Django's, for the plain text; is_one_line: no line breaks."""

    validators: Sequence[Callable[[str], None]] = ()
    is_one_line: bool = False

    def faults_in(self, text: str) -> Iterator[str]:
        """Why the field does not take this plain text."""
        if self.is_one_line and "\n" in text:
            yield _("This must be one line, without a line break.")
        for validator in self.validators:
            try:
                validator(text)
            except ValidationError as error:
                yield from error.messages


NO_LIMITS = Limits()


@lru_cache(maxsize=4096)
def limits_of(model: type[models.Model], field_path: str) -> Limits:
    """Of the field that wagtail-localize calls ``field_path`` (names of fields and blocks,
    joined by dots). There are no limits where a block keeps its words in a way of its own (a
    table)."""
    try:
        field = _field_at(model, field_path.split("."))
    except (AttributeError, FieldDoesNotExist, IndexError, KeyError):
        return NO_LIMITS
    if isinstance(field, blocks.CharBlock | blocks.TextBlock):
        return Limits(tuple(field.field.validators), isinstance(field, blocks.CharBlock))
    # Several strings may share a field of rich text: no single one has its length.
    if isinstance(field, RichTextField) or not isinstance(
        field, models.CharField | models.TextField
    ):
        return NO_LIMITS
    validators = list(field.validators)
    if isinstance(field, models.TextField) and field.max_length:
        validators.append(MaxLengthValidator(field.max_length))
    return Limits(tuple(validators), isinstance(field, models.CharField))


def _field_at(model: type[models.Model], names: list[str]):
    field = model._meta.get_field(names[0])
    if isinstance(field, StreamField):
        return _block_at(field.stream_block, names[1:])
    if field.one_to_many:
        return _field_at(field.related_model, names[1:])
    return field


def _block_at(block: blocks.Block, names: list[str]) -> blocks.Block:
    for name in names:
        is_list = isinstance(block, blocks.ListBlock)
        block = block.child_block if is_list else block.child_blocks[name]
    return block
