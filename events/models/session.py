"""When and where an event takes place: one line for each, or one for many days."""

from __future__ import annotations

import secrets
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from kiyose.pages.facts import source_rows
from kiyose.pages.fields import DayField

from ..choices import Repeats
from ..patterns import Pattern
from ..rules import session_problems
from .fields import ClockField
from .snippets import Venue


def new_key() -> str:
    """Tells a session from the others of its event, for ever: the rows of a page get new
    numbers each time that facts are copied, and calendars and plans must not notice."""
    return secrets.token_hex(3)


class Session(Orderable):
    """One session (日程), or a series of them. The rule of what fits is in ``events.rules``."""

    page = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="sessions")
    key = models.CharField(max_length=8, default=new_key, blank=True)
    repeats = models.CharField(_("repeats"), max_length=6, choices=Repeats, default=Repeats.ONCE)
    starts_on = DayField(_("first day"))
    until = DayField(
        _("last day"), null=True, blank=True, help_text=_("Empty: the first day alone.")
    )
    starts_at = ClockField(
        _("begins at"), null=True, blank=True, help_text=_("Empty: the whole day.")
    )
    ends_at = ClockField(_("ends at"), null=True, blank=True, help_text=_("Empty: open end."))
    except_holidays = models.BooleanField(_("not on public holidays"), default=False)
    venue = models.ForeignKey(
        Venue,
        verbose_name=_("venue"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="sessions",
    )

    panels = [
        FieldPanel("key", widget=forms.HiddenInput),
        FieldPanel("repeats"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("until")]),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("except_holidays"),
        FieldPanel("venue", widget=forms.Select),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        indexes = [models.Index(fields=["starts_on"]), models.Index(fields=["until"])]

    def __str__(self):
        return f"{self.starts_on}"

    def clean(self):
        super().clean()
        errors: dict[str, list[str]] = {}
        for problem in session_problems(self):
            errors.setdefault(problem.field, []).append(problem.message)
        if errors:
            raise ValidationError(errors)

    @property
    def pattern(self) -> Pattern:
        return Pattern(
            self.starts_on,
            self.until,
            self.starts_at,
            self.ends_at,
            Repeats(self.repeats),
            self.except_holidays,
        )

    def uid(self, event_key: uuid.UUID) -> uuid.UUID:
        """The UID of its calendar entry (RFC 7986: a UUID says nothing of where it was made).

        event_key: the page's translation key. The same in every language and after every
        change; a copy of the page is another event and has others.
        """
        return uuid.uuid5(event_key, self.key)
