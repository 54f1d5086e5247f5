"""What duty officers decide: whether something takes place today."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kiyose.pages.facts import source_rows

from ..choices import Status
from .event_page import EventPage
from .festival_page import FestivalPage
from .snippets import Venue


class Decision(models.Model):
    """One decision (当日の決定). It is about everything that meets all of its conditions:
    a festival, an event, a venue, a day. Never changed and never deleted: the next one
    counts, and together they are the log. What it means: ``events.decisions``.

    It belongs to source pages and is true in every language the moment it is saved.
    """

    festival = models.ForeignKey(
        FestivalPage,
        verbose_name=_("festival"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="decisions",
    )
    event = models.ForeignKey(
        EventPage,
        verbose_name=_("event"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="decisions",
    )
    venue = models.ForeignKey(
        Venue,
        verbose_name=_("venue"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="decisions",
    )
    day = models.DateField(_("day"), null=True, blank=True)

    status = models.CharField(_("status"), max_length=9, choices=Status)
    postponed_to = models.DateField(_("new day"), null=True, blank=True)
    moved_to = models.ForeignKey(
        Venue,
        verbose_name=_("new venue"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="+",
    )
    next_decision_at = models.DateTimeField(_("next decision at"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    note_en = models.CharField(_("note in English"), max_length=200, blank=True)

    made_at = models.DateTimeField(_("decided"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("decision of the day")
        verbose_name_plural = _("decisions of the day")
        ordering = ["-made_at", "-pk"]
        default_permissions = ("add", "view")
        permissions = [("decide_own_edition", _("Can decide about the committee’s own edition"))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(festival__isnull=False)
                | models.Q(event__isnull=False)
                | models.Q(venue__isnull=False)
                | models.Q(day__isnull=False),
                name="a_decision_is_about_something",
            )
        ]

    def __str__(self):
        about = (self.festival, self.event, self.venue, self.day)
        return f"{self.get_status_display()}: {', '.join(str(each) for each in about if each)}"
