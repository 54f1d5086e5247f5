"""The decision to dispose of records whose time is over."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kiyose.pages.fields import DayField


class DisposalDecision(models.Model):
    """廃棄の決裁. Nothing is erased without one, and nothing that is not on its list."""

    approved_on = DayField(_("approved on (決裁日)"))
    document_number = models.CharField(_("document number (文書番号)"), max_length=60, unique=True)
    # What was listed when it was decided: [class, key] of each record. No names.
    items = models.JSONField(_("records"), default=list, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    carried_out_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("decision on disposal")
        verbose_name_plural = _("decisions on disposal")
        ordering = ["-approved_on", "-pk"]
        default_permissions = ("add", "view")

    def __str__(self):
        return f"{self.document_number} ({self.approved_on})"
