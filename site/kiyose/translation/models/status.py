"""What wagtail-localize does not keep about a translation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation

from kiyose.pages.models import Division


class TranslationStatus(models.Model):
    """How trustworthy one translation is. Every ``Translation`` has one, as ``status``.

    Two versions of the words are told apart: the *public* ones, which readers see, and the
    *working* ones, which translators have entered since. ``made_of``, ``outdated_since``,
    ``machine_since`` and ``published_digest`` speak of the public words; ``ready_*`` of the
    working ones; a review (``reviewed_*``) belongs to the words whose digest it keeps.
    """

    translation = models.OneToOneField(
        Translation, on_delete=models.CASCADE, related_name="status", verbose_name=_("translation")
    )

    # [[path, text], …]: the source's words that the public translation was made of. Null: it
    # has never been public.
    made_of = models.JSONField(null=True, editable=False)
    outdated_since = models.DateTimeField(_("out of date since"), null=True, editable=False)
    machine_since = models.DateTimeField(_("machine translation since"), null=True, editable=False)
    published_digest = models.CharField(max_length=64, blank=True, editable=False)

    ready_at = models.DateTimeField(_("ready for review since"), null=True, editable=False)
    ready_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ready for review, says"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    reviewed_at = models.DateTimeField(_("reviewed on"), null=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("review entered by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    # Whoever read it need not have an account: volunteers, native speakers, a teacher.
    reviewer_name = models.CharField(_("name of the reviewer"), max_length=100, blank=True)
    reviewing_division = models.ForeignKey(
        Division,
        verbose_name=_("reviewing division"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reviewed_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("state of a translation")
        verbose_name_plural = _("states of translations")

    def __str__(self):
        return str(self.translation)

    @property
    def is_outdated(self) -> bool:
        """Whether the source's words have changed since the public translation was made."""
        return self.outdated_since is not None

    @property
    def is_machine(self) -> bool:
        """Whether the public words are a machine's that nobody has confirmed."""
        return self.machine_since is not None

    @property
    def is_ready(self) -> bool:
        return self.ready_at is not None

    @property
    def is_reviewed(self) -> bool:
        """Whether the public words are the very words that somebody reviewed."""
        return bool(self.published_digest) and self.published_digest == self.reviewed_digest
