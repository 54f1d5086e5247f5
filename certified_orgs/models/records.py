"""What is kept about every case: moves, decisions, files, and the keys to a case."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kiyose.pages.fields import DayField

from ..states import WHO_LABELS, Who


class OfACase(models.Model):
    """Belongs to an application, a certificate, a report, a change or a proposal."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["content_type", "object_id"])]


class Move(OfACase):
    """Who moved a case from one state to another, when, in which capacity, and why."""

    step = models.CharField(max_length=30)
    source = models.CharField(max_length=12)
    target = models.CharField(max_length=12)
    who = models.CharField(max_length=9, choices=[(who.value, WHO_LABELS[who]) for who in Who])
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta(OfACase.Meta):
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.source} → {self.target}"


class Decision(OfACase):
    """A decision of the city (決裁) about a case."""

    step = models.CharField(_("decision"), max_length=30)
    reason = models.TextField(_("reason"))
    drafted_on = DayField(_("drafted on (起案日)"))
    approved_on = DayField(_("approved on (決裁日)"))
    document_number = models.CharField(_("document number (文書番号)"), max_length=60)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(OfACase.Meta):
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["recorded_at", "pk"]

    def __str__(self):
        return f"{self.document_number} ({self.approved_on})"


def private_storage():
    """Outside every folder that a web server may serve."""
    return storages["private"]


def attachment_path(attachment, filename: str) -> str:
    """A name that says nothing and that nobody can guess; the real one is in the row."""
    return f"{datetime.date.today():%Y}/{uuid.uuid4().hex}"


class Attachment(OfACase):
    """A file that belongs to a case. Leaves the storage only through a view that asks who
    may see the case (``certified_orgs.attachments``)."""

    file = models.FileField(_("file"), storage=private_storage, upload_to=attachment_path)
    name = models.CharField(_("file name"), max_length=200)
    content_type_name = models.CharField(max_length=50)
    size = models.PositiveIntegerField()
    note = models.CharField(_("what it shows"), max_length=200, blank=True)
    is_scan = models.BooleanField(default=False)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(OfACase.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["uploaded_at", "pk"]

    def __str__(self):
        return self.name


class PrivateLink(OfACase):
    """A key to one case for one purpose. The key itself is kept nowhere, only its hash."""

    class Purpose(models.TextChoices):
        DRAFT = "draft", _("to go on with an application")
        APPLICATION = "application", _("to follow an application")
        REPORT = "report", _("to write the yearly report")
        CHANGE = "change", _("to tell about changes")
        STATEMENT = "statement", _("to make a statement")

    purpose = models.CharField(max_length=11, choices=Purpose)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # Used up, or replaced by a newer one.
    closed_at = models.DateTimeField(null=True)

    # Files of a form that has something wrong: held until it is sent, seen by nobody else.
    attachments = GenericRelation(Attachment)

    class Meta(OfACase.Meta):
        verbose_name = _("private link")
        verbose_name_plural = _("private links")

    def __str__(self):
        return f"{self.get_purpose_display()} ({self.expires_at:%Y-%m-%d})"
