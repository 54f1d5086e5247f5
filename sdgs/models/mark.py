"""The closed vocabulary of SDGs marks: 17 goals and their targets."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from .. import vocabulary


class Mark(TagBase):
    """One goal (``8``) or one target (``8.3``) of the SDGs.

    A taggit tag whose ``name`` and ``slug`` are its code, so that nobody's wording
    is part of an address or of a query. What it is called stands in ``MarkLabel``.
    """

    goal_number = models.PositiveSmallIntegerField(_("goal"), editable=False)
    position = models.PositiveSmallIntegerField(
        _("position"), editable=False, help_text=_("Within its goal; 0 is the goal itself.")
    )

    # Wagtail's tag field: choose, never type.
    free_tagging = False

    class Meta:
        verbose_name = _("SDGs mark")
        verbose_name_plural = _("SDGs marks")
        ordering = ["goal_number", "position"]

    def __str__(self):
        return f"{self.code} {vocabulary.label(self.code).text}"

    @property
    def code(self) -> str:
        return self.name

    @property
    def is_goal(self) -> bool:
        return self.position == 0

    def save(self, *args, **kwargs):
        """Refuse what the vocabulary does not know: ``page.marks.add("77.7")`` would
        otherwise create a seventy-seventh goal without anybody noticing."""
        entry = vocabulary.entries().get(self.name)
        if entry is None:
            raise ValidationError(f"“{self.name}” is neither a goal nor a target of the SDGs.")
        self.slug = entry.code
        self.goal_number, self.position = entry.goal_number, entry.position
        super().save(*args, **kwargs)


class MarkLabel(models.Model):
    """What a mark is called in one language. Staff correct it or add a language."""

    mark = models.ForeignKey(
        Mark, verbose_name=_("mark"), on_delete=models.CASCADE, related_name="labels"
    )
    language = models.CharField(_("language"), max_length=20, default=settings.LANGUAGE_CODE)
    text = models.CharField(_("label"), max_length=120)
    search_words = models.CharField(
        _("search words"),
        max_length=300,
        blank=True,
        help_text=_("Other words by which editors look for it, readings included (雇用 こよう)."),
    )
    # The name is part of the picture, so the United Nations give one out per language.
    # Uploaded by ``OfficialArtwork``, all 17 at once.
    artwork = models.ImageField(
        _("official artwork"), upload_to="official_artwork", blank=True, editable=False
    )

    class Meta:
        verbose_name = _("label of a mark")
        verbose_name_plural = _("labels of marks")
        ordering = ["mark", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["mark", "language"], name="one_label_per_mark_and_language"
            )
        ]

    def __str__(self):
        return f"{self.mark.code} ({self.language}) {self.text}"
