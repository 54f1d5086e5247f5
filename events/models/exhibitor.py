"""Who shows or sells something at an event or a festival."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from certified_orgs.models import Certificate


class Exhibitor(Orderable):
    """A certified holder, by its certificate, or somebody else by name. A name is a fact:
    it is the same in every language, unless there is one in English."""

    certificate = models.ForeignKey(
        Certificate,
        verbose_name=_("certificate"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
    )
    name = models.CharField(
        _("name"), max_length=100, blank=True, help_text=_("Of who is not certified.")
    )
    english_name = models.CharField(_("name in English"), max_length=100, blank=True)
    booth = models.CharField(_("booth"), max_length=20, blank=True)

    panels = [
        FieldPanel("certificate", widget=forms.Select),
        FieldRowPanel([FieldPanel("name"), FieldPanel("english_name")]),
        FieldPanel("booth"),
    ]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self):
        return str(self.certificate) if self.certificate_id else self.name

    def clean(self):
        super().clean()
        if bool(self.certificate_id) == bool(self.name.strip()):
            raise ValidationError({"name": _("Choose a certificate or write a name, not both.")})
