"""Where an imported event came from."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .event_page import EventPage


class ImportedEvent(models.Model):
    """The line of a file that an event was made of, so that the same line never makes two.

    NO alone is no key: the city's own file mixes two series of numbers, and every year begins
    anew. So it is source + fiscal year + NO.
    """

    source = models.SlugField(_("source"))
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    number = models.CharField("NO", max_length=30)
    page = models.ForeignKey(EventPage, on_delete=models.CASCADE, related_name="imported_from")
    session_key = models.CharField(max_length=8)
    imported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("imported event")
        verbose_name_plural = _("imported events")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "fiscal_year", "number"], name="one_event_per_imported_line"
            )
        ]

    def __str__(self):
        return f"{self.source} {self.fiscal_year} {self.number}"
