"""Pages that carry SDGs marks."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Orderable

from kiyose.pages.models import PicturedPage

from ..forms import MarkedPageForm
from ..panels import MarksPanel
from ..rules import MarkPolicy, mark_problems
from .mark import Mark


class PageMark(Orderable, ItemBase):
    """A mark on a page of any type. The order is the editor's: the main goal first.

    Keyed to Wagtail's own Page, so that one query finds the marked pages of every
    type, those of rooms that do not exist yet included.
    """

    tag = models.ForeignKey(
        Mark, verbose_name=_("mark"), on_delete=models.PROTECT, related_name="page_marks"
    )
    content_object = ParentalKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="page_marks"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("SDGs mark")
        verbose_name_plural = _("SDGs marks")

    def __str__(self):
        return str(self.tag)


class MarkedPage(PicturedPage):
    """A page with marks, and one sentence that says why it carries them."""

    facts = (*PicturedPage.facts, "page_marks")
    words = (*PicturedPage.words, "why")
    mark_policy = MarkPolicy.REQUIRED

    marks = ClusterTaggableManager(through=PageMark, blank=True, verbose_name=_("SDGs marks"))
    why = models.TextField(
        _("why"),
        blank=True,
        max_length=200,
        help_text=_("One sentence: what does this have to do with the goals chosen?"),
    )

    base_form_class = MarkedPageForm
    sdgs_panels = [
        MultiFieldPanel([MarksPanel("page_marks"), FieldPanel("why")], heading=_("SDGs"))
    ]

    class Meta:
        abstract = True

    @property
    def mark_codes(self) -> list[str]:
        """The codes of the marks in their order, unsaved changes included."""
        return [row.tag.code for row in self.page_marks.select_related("tag")]

    def set_marks(self, codes: Sequence[str]) -> None:
        """Give the page these marks in this order, unsaved. A mark that stays keeps its row,
        so that a version in which nothing changed is no different from the one before."""
        rows = {row.tag.code: row for row in self.page_marks.select_related("tag")}
        new = Mark.objects.in_bulk([code for code in codes if code not in rows], field_name="name")
        rows |= {code: PageMark(tag=mark) for code, mark in new.items()}
        for order, code in enumerate(codes):
            rows[code].sort_order = order
        self.page_marks = [rows[code] for code in codes]

    def mark_problems(self):
        """What keeps the page from going public, as far as marks are concerned."""
        declared_none = getattr(self, "no_mark_applies", False)
        return mark_problems(self.mark_policy, self.mark_codes, self.why, declared_none)
