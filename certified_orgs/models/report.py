"""The yearly report, which is a duty (proposal 2.1(8))."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _

from kiyose.pages.fields import DayField, NumberField
from sdgs.models import Mark

from ..kinds import Route
from ..states import ReportState
from .certificate import Certificate, Term
from .records import Attachment, Move, PrivateLink


class YearlyReport(models.Model):
    """What a holder did in one fiscal year. Exists from the day on which it can be written."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="reports")
    fiscal_year = models.PositiveSmallIntegerField(
        _("fiscal year"), help_text=_("The year of the activities.")
    )
    due_on = DayField(_("due on"))
    # With the days of grace, as they were when the report was asked for.
    overdue_after = DayField(_("overdue in public after"))
    state = models.CharField(
        _("state"), max_length=9, choices=ReportState, default=ReportState.DUE, editable=False
    )
    route = models.CharField(_("received"), max_length=9, choices=Route, default=Route.ONLINE)
    received_on = DayField(_("received on"), null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # The summary is public once the report is accepted.
    summary = models.TextField(_("summary (public)"), max_length=600, blank=True)
    summary_en = models.TextField(_("summary in English (public)"), max_length=900, blank=True)
    # "Not received on paper either": only then may the public see that it is overdue.
    not_on_paper_at = models.DateTimeField(null=True, editable=False)
    not_on_paper_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    moves = GenericRelation(Move)
    attachments = GenericRelation(Attachment)
    links = GenericRelation(PrivateLink)

    class Meta:
        verbose_name = _("yearly report")
        verbose_name_plural = _("yearly reports")
        ordering = ["-fiscal_year", "certificate"]
        default_permissions = ("view", "change")
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "fiscal_year"], name="one_report_per_year"
            )
        ]

    def __str__(self):
        return f"{self.certificate.number} {self.fiscal_year}"


class ReportActivity(models.Model):
    """What was done for one mark, with a figure where there is one."""

    report = models.ForeignKey(YearlyReport, on_delete=models.CASCADE, related_name="activities")
    mark = models.ForeignKey(
        Mark, verbose_name=_("SDGs mark"), on_delete=models.PROTECT, related_name="+"
    )
    activity = models.TextField(_("what we did"), max_length=500)
    figure = NumberField(_("figure"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("activity of a report")
        verbose_name_plural = _("activities of a report")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "mark"], name="one_reported_activity_each")
        ]

    def __str__(self):
        return str(self.mark)


class Reminder(models.Model):
    """A reminder that went out: of a report, once for each of the days in the settings; of
    the end of a term, once."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("Mail")
        LETTER = "letter", _("Letter to print")

    report = models.ForeignKey(
        YearlyReport, null=True, on_delete=models.CASCADE, related_name="reminders"
    )
    days = models.SmallIntegerField(
        null=True, help_text="Before the due date; after it the number is negative."
    )
    term = models.OneToOneField(
        Term, null=True, on_delete=models.CASCADE, related_name="renewal_reminder"
    )
    channel = models.CharField(_("channel"), max_length=6, choices=Channel)
    on = models.DateField(_("day"))
    printed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("reminder that was sent")
        verbose_name_plural = _("reminders that were sent")
        ordering = ["on", "pk"]
        default_permissions = ("view", "change")
        constraints = [
            models.UniqueConstraint(fields=["report", "days"], name="one_reminder_per_day"),
            models.CheckConstraint(
                name="a_reminder_is_of_one_thing",
                condition=models.Q(report__isnull=False, days__isnull=False, term__isnull=True)
                | models.Q(report__isnull=True, days__isnull=True, term__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.report or self.term} {self.certificate.name}"

    @property
    def certificate(self) -> Certificate:
        return (self.report or self.term).certificate
