"""The register: every certificate that was ever given, its state, its place under the cap."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _

from kiyose.pages.fields import DayField

from ..kinds import OrgKind
from ..states import CertificateState
from .application import Application
from .details import PrivateDetails, PublicDetails
from .records import Attachment, Decision, Move, PrivateLink


class Pool(models.TextChoices):
    """What a place is counted among."""

    COMPANY = OrgKind.COMPANY.value, OrgKind.COMPANY.label
    GROUP = OrgKind.GROUP.value, OrgKind.GROUP.label
    SHARED = "shared", _("Both together")


class Place(models.Model):
    """One of the places that the cap allows (proposal 2.1(4): 取得数に制限をかける).

    A place is a row, and a certificate in force holds one. So the database itself keeps
    two officers from giving away the last one, and nobody can certify beyond the cap.
    """

    pool = models.CharField(max_length=7, choices=Pool)
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["pool", "number"]
        constraints = [
            models.UniqueConstraint(fields=["pool", "number"], name="one_place_per_number")
        ]

    def __str__(self):
        return f"{self.pool} {self.number}"


class NumberSeries(models.Model):
    """The last number given in a series. It only ever goes up, so no number is used twice."""

    name = models.CharField(max_length=20)
    fiscal_year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "fiscal_year"], name="one_series_per_year")
        ]

    def __str__(self):
        return f"{self.name}-{self.fiscal_year}: {self.last}"


class Certificate(PublicDetails):
    """認定証. Its number and what became of it stay public for ever; it is never deleted."""

    number = models.CharField(_("certificate number"), max_length=20, unique=True)
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    serial = models.PositiveIntegerField()
    state = models.CharField(
        _("state"), max_length=9, choices=CertificateState, default=CertificateState.VALID
    )
    place = models.OneToOneField(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="certificate"
    )
    # The first application; erased in its time, while the certificate stays.
    application = models.OneToOneField(
        Application,
        verbose_name=_("application"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="certificate",
    )
    # As in the newest application that was certified: whether the window may handle the case.
    consents_to_window = models.BooleanField(default=True, editable=False)
    certified_on = DayField(_("certified on"))
    valid_until = DayField(_("valid until"))
    ended_on = DayField(_("ended on"), null=True, blank=True)
    # It was certified or renewed, or a reissue or a new name was accepted: it waits to be
    # printed (printing.py).
    to_print_since = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    moves = GenericRelation(Move)
    decisions = GenericRelation(Decision)
    attachments = GenericRelation(Attachment)
    links = GenericRelation(PrivateLink)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-fiscal_year", "-serial"]
        default_permissions = ("view", "change")
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "serial"], name="one_certificate_per_serial"
            ),
            models.CheckConstraint(
                name="who_is_in_force_holds_a_place",
                condition=models.Q(state__in=["valid", "suspended"], place__isnull=False)
                | models.Q(state__in=["expired", "revoked", "returned"], place__isnull=True),
            ),
            models.CheckConstraint(
                name="what_has_ended_has_a_day",
                condition=models.Q(state__in=["valid", "suspended"], ended_on__isnull=True)
                | models.Q(state__in=["expired", "revoked", "returned"], ended_on__isnull=False),
            ),
            models.CheckConstraint(
                name="valid_for_a_day_at_least",
                condition=models.Q(valid_until__gte=models.F("certified_on")),
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.name}"

    @property
    def is_in_force(self) -> bool:
        return self.state in {CertificateState.VALID, CertificateState.SUSPENDED}


class Printing(models.Model):
    """An original that 未来創造課 has printed. Whatever else is printed says 写し."""

    class Occasion(models.TextChoices):
        FIRST = "first", _("For the first time")
        REISSUE = "reissue", _("Reissue")

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="printings")
    occasion = models.CharField(
        _("occasion"), max_length=7, choices=Occasion, default=Occasion.FIRST
    )
    at = models.DateTimeField(editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("printed original")
        verbose_name_plural = _("printed originals")
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.certificate.number} {self.at:%Y-%m-%d}"


class HolderContact(PrivateDetails):
    """Whom the office writes to about a certificate. Erased some years after its end."""

    certificate = models.OneToOneField(
        Certificate, on_delete=models.CASCADE, related_name="contact"
    )

    class Meta:
        verbose_name = _("contact of a holder")
        verbose_name_plural = _("contacts of holders")

    def __str__(self):
        return str(self.certificate)


class Term(models.Model):
    """A time for which a certificate was given: the first one, then one for each renewal."""

    # With a term, and every certificate has one, the row of the register stays.
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="terms")
    starts_on = DayField(_("from"))
    ends_on = DayField(_("until"))
    application = models.ForeignKey(
        Application, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["starts_on", "pk"]

    def __str__(self):
        return f"{self.starts_on}–{self.ends_on}"
