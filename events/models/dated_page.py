"""Pages that take place: lists find them by their first and last day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..routes import RESERVED_SLUGS


class DatedPage(models.Model):
    """Keeps the first and the last day of what the page's rows say, in every language."""

    first_day = models.DateField(null=True, editable=False, db_index=True)
    last_day = models.DateField(null=True, editable=False, db_index=True)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        spans = list(self.spans())
        self.first_day = min((first for first, _last in spans), default=None)
        self.last_day = max((last for _first, last in spans), default=None)
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        if self.slug in RESERVED_SLUGS:
            message = _("“%(slug)s” is an address of the list of events. Choose another.")
            raise ValidationError({"slug": message % {"slug": self.slug}})

    @property
    def is_over(self) -> bool:
        """Whether the last day for which it was published has passed."""
        return self.last_day is not None and self.last_day < timezone.localdate()

    def spans(self) -> Iterable[tuple[datetime.date, datetime.date]]:
        """The first and the last day of every row that has any."""
        raise NotImplementedError
