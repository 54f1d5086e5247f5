"""Pages that carry SDGs marks."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from kiyose.pages.forms import BasePageForm
from kiyose.pages.models import PicturedPage

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

    panels = [FieldPanel("tag")]

    class Meta(Orderable.Meta):
        verbose_name = _("SDGs mark")
        verbose_name_plural = _("SDGs marks")

    def __str__(self):
        return str(self.tag)


class MarkedPageForm(BasePageForm):
    """Asks for marks and *why* beside their fields when the page is to go public."""

    def publishing_problems(self, cleaned):
        yield from super().publishing_problems(cleaned)
        formset = self.formsets["page_marks"]
        formset.is_valid()  # cleans the rows; their own errors are shown with them
        chosen = [
            row.cleaned_data["tag"].code
            for row in formset.forms
            if row not in formset.deleted_forms and getattr(row, "cleaned_data", {}).get("tag")
        ]
        yield from mark_problems(
            self.instance.mark_policy,
            chosen,
            cleaned.get("why", ""),
            cleaned.get("no_mark_applies", False),
        )


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
        MultiFieldPanel(
            [
                InlinePanel(
                    "page_marks",
                    label=_("mark"),
                    heading=_("Marks, the main goal first"),
                    help_text=_(
                        "A target (8.3) implies its goal (8). Use the arrows to change the order."
                    ),
                ),
                FieldPanel("why"),
            ],
            heading=_("SDGs"),
        )
    ]

    class Meta:
        abstract = True

    @property
    def mark_codes(self) -> list[str]:
        """The codes of the marks in their order, unsaved changes included."""
        return [row.tag.code for row in self.page_marks.select_related("tag")]

    def mark_problems(self):
        """What keeps the page from going public, as far as marks are concerned."""
        declared_none = getattr(self, "no_mark_applies", False)
        return mark_problems(self.mark_policy, self.mark_codes, self.why, declared_none)
