"""What happens to a certificate in its life: changes that its holder tells of, and
measures that the clock proposes and people decide."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _

from kiyose.pages.fields import DayField

from ..kinds import Route
from ..states import ChangeState, ProposalState
from .certificate import Certificate
from .records import Attachment, Decision, Move, PrivateLink
from .report import YearlyReport


class ChangeRequest(models.Model):
    """変更届, 再交付, 承継 or 返納, as a short form. A renewal is an application."""

    class Kind(models.TextChoices):
        CHANGE = "change", _("Notification of a change")
        REISSUE = "reissue", _("Reissue")
        SUCCESSION = "succession", _("Succession")
        RETURN = "return", _("Return")

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    state = models.CharField(
        _("state"),
        max_length=9,
        choices=ChangeState,
        default=ChangeState.SUBMITTED,
        editable=False,
    )
    route = models.CharField(_("received"), max_length=9, choices=Route, default=Route.ONLINE)
    received_on = DayField(_("received on"), null=True, blank=True)
    submitted_at = models.DateTimeField(editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    effective_on = DayField(_("from which day"), null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=500, blank=True)
    # The new values by the names of the fields of PublicDetails and PrivateDetails.
    values = models.JSONField(_("new values"), default=dict, editable=False)
    # What the register said before, when it was accepted.
    former_values = models.JSONField(_("former values"), default=dict, editable=False)

    moves = GenericRelation(Move)
    attachments = GenericRelation(Attachment)
    links = GenericRelation(PrivateLink)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-submitted_at", "-pk"]
        default_permissions = ("view", "change")

    def __str__(self):
        return f"{self.get_kind_display()} {self.certificate.number}"


class Proposal(models.Model):
    """A suspension or revocation that is being considered, with notice and 弁明の機会."""

    class Measure(models.TextChoices):
        SUSPEND = "suspend", _("Suspension")
        REVOKE = "revoke", _("Revocation")

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="proposals")
    measure = models.CharField(_("measure considered"), max_length=7, choices=Measure)
    # The report that is missing, where the clock proposed it.
    report = models.ForeignKey(
        YearlyReport, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals"
    )
    state = models.CharField(
        _("state"),
        max_length=9,
        choices=ProposalState,
        default=ProposalState.PROPOSED,
        editable=False,
    )
    reason = models.TextField(_("reason"), max_length=1000)
    proposed_at = models.DateTimeField(editable=False)
    notified_on = DayField(_("notified on"), null=True, blank=True)
    statement_due_on = DayField(_("statement until"), null=True, blank=True)
    statement = models.TextField(_("statement of the holder"), max_length=4000, blank=True)
    statement_on = DayField(_("statement received on"), null=True, blank=True)

    moves = GenericRelation(Move)
    decisions = GenericRelation(Decision)
    attachments = GenericRelation(Attachment)
    links = GenericRelation(PrivateLink)

    class Meta:
        verbose_name = _("proposal of a measure")
        verbose_name_plural = _("proposals of measures")
        ordering = ["-proposed_at", "-pk"]
        default_permissions = ("view", "change")
        constraints = [
            models.UniqueConstraint(
                name="one_open_proposal_each",
                fields=["certificate", "measure"],
                condition=models.Q(state__in=["proposed", "notified", "heard"]),
            )
        ]

    def __str__(self):
        return f"{self.get_measure_display()} {self.certificate.number}"
