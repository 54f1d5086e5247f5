"""The city's own list of its programmes (事務事業): what mark coverage is counted of."""

from __future__ import annotations

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultipleChooserPanel
from wagtail.search import index

from kiyose.pages.facts import source_rows
from kiyose.pages.models import Division

from ..forms import ProgrammeForm
from .mark import Mark
from .plan import Measure


class Programme(index.Indexed, ClusterableModel):
    """One programme of the city: who runs it, under which measure, with which marks.

    The list is the city's, imported by 未来創造課; what is not on it does not count, so
    that nobody can raise the coverage by publishing less (proposal 1.2(2)).
    """

    number = models.CharField(
        _("number"), max_length=20, unique=True, help_text=_("The city's own number of it.")
    )
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    division = models.ForeignKey(
        Division,
        verbose_name=_("division"),
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="+",
    )
    measure = models.ForeignKey(
        Measure,
        verbose_name=_("measure of the long-term plan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="programmes",
    )
    marks = models.ManyToManyField(
        Mark, verbose_name=_("SDGs marks"), blank=True, related_name="programmes"
    )
    pages = models.ManyToManyField(
        "wagtailcore.Page",
        verbose_name=_("pages about it"),
        blank=True,
        through="sdgs.ProgrammePage",
        related_name="programmes",
    )
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    base_form_class = ProgrammeForm
    panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("division", widget=forms.Select)]),
        FieldPanel("name"),
        FieldPanel("name_en"),
        FieldPanel("measure", widget=forms.Select),
        FieldPanel("marks"),
        MultipleChooserPanel(
            "page_links",
            chooser_field_name="page",
            label=_("page"),
            heading=_("Pages about it"),
        ),
    ]

    search_fields = [
        index.SearchField("name"),
        index.SearchField("number"),
        index.FilterField("division"),
    ]

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["number"]

    def __str__(self):
        return f"{self.number} {self.name}"

    @property
    def mark_codes(self) -> list[str]:
        """The codes of its marks, in the order of the goals."""
        return [mark.code for mark in self.marks.all()]

    @property
    def page_numbers(self) -> list[str]:
        """The numbers of the pages about it, as the import takes them."""
        return sorted((str(page.pk) for page in self.pages.all()), key=int)


class ProgrammePage(models.Model):
    """A page of this site that is about a programme."""

    programme = ParentalKey(Programme, on_delete=models.CASCADE, related_name="page_links")
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        limit_choices_to=source_rows,
        related_name="+",
    )

    class Meta:
        verbose_name = _("page about a programme")
        verbose_name_plural = _("pages about programmes")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "page"],
                name="one_link_per_programme_and_page",
                violation_error_message=_("This page is linked already."),
            )
        ]

    def __str__(self):
        return str(self.page)
