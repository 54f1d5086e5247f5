"""What is known about an organisation: one half public, the other never."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kiyose.japanese.names import search_key
from kiyose.pages.facts import source_rows

from ..kinds import OrgKind
from .fields import (
    MailAddressField,
    NameField,
    PhoneField,
    PostalCodeField,
    ReadingField,
    WebAddressField,
)
from .scheme import District


class PublicDetails(models.Model):
    """Shown in the register and in open data."""

    kind = models.CharField(_("kind"), max_length=7, choices=OrgKind)
    name = NameField(_("name of the organisation"))
    reading = ReadingField(_("reading"), blank=True)
    english_name = NameField(_("English name"), blank=True)
    district = models.ForeignKey(
        District,
        verbose_name=_("district"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="+",
    )
    website = WebAddressField(_("web site"), blank=True)
    # Width, kana and variants of characters make no difference when somebody searches.
    search_key = models.CharField(max_length=700, editable=False, db_index=True)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.search_key = search_key(self.name, self.reading, self.english_name)[:700]
        super().save(*args, **kwargs)


class PrivateDetails(models.Model):
    """For the window and the deciding division only: in no page, feed, file or log."""

    representative = NameField(_("representative"), blank=True)
    representative_title = NameField(_("title of the representative"), blank=True, max_length=60)
    contact_name = NameField(_("contact person"), blank=True)
    postal_code = PostalCodeField(_("postal code"), blank=True)
    address = NameField(pgettext_lazy("postal", "address"), blank=True)
    phone = PhoneField(_("telephone"), blank=True)
    fax = PhoneField(_("fax"), blank=True)
    email = MailAddressField(
        _("email"), blank=True, help_text=_("Not needed: notices can come by letter.")
    )
    language = models.CharField(_("language of notices"), max_length=10, default="ja")

    class Meta:
        abstract = True


PUBLIC_DETAILS = ("kind", "name", "reading", "english_name", "district", "website")
PRIVATE_DETAILS = (
    "representative",
    "representative_title",
    "contact_name",
    "postal_code",
    "address",
    "phone",
    "fax",
    "email",
    "language",
)


def copy_details(source, target, names) -> None:
    """Give the target the source's values of these fields, unsaved."""
    for name in names:
        setattr(target, name, getattr(source, name))
