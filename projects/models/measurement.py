"""What was measured: figures with a history, in tables of their own."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin

from kiyose.japanese.periods import Period
from kiyose.pages.facts import source_rows
from kiyose.pages.fields import NumberField, PeriodField

from .indicator_page import IndicatorPage
from .snippets import Source


class Measurement(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """One figure of an indicator: drafted by the division, public on approval.

    It belongs to the indicator's source page and is true in every language. Correcting a
    public one leaves its old value in ``FormerMeasurement``. While it waits for approval it
    is locked (``LockableMixin``): what is approved is what was looked at.
    """

    class Status(models.TextChoices):
        PROVISIONAL = "provisional", _("provisional")  # 速報
        FINAL = "final", _("final")  # 確定

    indicator = models.ForeignKey(
        IndicatorPage,
        verbose_name=_("indicator"),
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="measurements",
    )
    period = PeriodField(_("date or fiscal year"))
    # The last day of the period, to sort by.
    period_end = models.DateField(_("end of the period"), editable=False)
    value = NumberField(_("value"))
    status = models.CharField(_("status"), max_length=11, choices=Status, default=Status.FINAL)
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="+",
    )
    section = models.CharField(_("section"), max_length=30, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    note_en = models.CharField(_("note in English"), max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    entered_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="measurement",
        for_concrete_model=False,
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="measurement",
        for_concrete_model=False,
    )

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["-period_end"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period"],
                name="one_measurement_per_period",
                violation_error_message=_("There is a figure for this period already."),
            )
        ]

    def __str__(self):
        return f"{self.indicator} {self.when.label(settings.LANGUAGE_CODE)}"

    def save(self, *args, **kwargs):
        """Save, and keep the value that was public until now where it changes or goes."""
        self.period_end = self.when.end
        # Wagtail notes on the live row that there is a draft while the draft's value stands
        # in memory: then no value is written, so none has changed.
        writes_values = kwargs.get("update_fields") is None
        before = type(self).objects.filter(pk=self.pk).first() if writes_values else None
        super().save(*args, **kwargs)
        if before:
            self._keep_former_value(before)

    def _keep_former_value(self, before: Measurement) -> None:
        is_same = (before.value, before.status) == (self.value, self.status)
        if before.live and not (self.live and is_same):
            self.former.create(
                value=before.value,
                status=before.status,
                published_at=before.last_published_at or before.entered_at,
            )
        elif self.live and not before.live:
            # What was withdrawn and comes back unchanged has not been corrected.
            withdrawn = self.former.first()
            if withdrawn and (withdrawn.value, withdrawn.status) == (self.value, self.status):
                withdrawn.delete()

    def with_content_json(self, content):
        """The figure as it was in a version. Once it has been public, that is for the same
        indicator and period in every one: for another period it would be another figure."""
        version = super().with_content_json(content)
        if self.first_published_at:
            version.indicator_id, version.period = self.indicator_id, self.period
        return version

    @property
    def revisions(self):
        return self._revisions

    @property
    def when(self) -> Period:
        return Period.from_code(self.period)


class FormerMeasurement(models.Model):
    """A value that was public until it was corrected, or until the final one came."""

    measurement = models.ForeignKey(Measurement, on_delete=models.CASCADE, related_name="former")
    value = NumberField(_("value"))
    status = models.CharField(_("status"), max_length=11, choices=Measurement.Status)
    published_at = models.DateTimeField(_("published"))
    replaced_at = models.DateTimeField(_("replaced"), default=timezone.now)

    class Meta:
        verbose_name = _("former value")
        verbose_name_plural = _("former values")
        ordering = ["-replaced_at"]

    def __str__(self):
        return f"{self.measurement}: {self.value}"
