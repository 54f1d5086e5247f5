"""All goals, and each goal with everything that carries it."""

from __future__ import annotations

from django.db import models
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.contrib.routable_page.models import path as subpage
from wagtail.fields import StreamField

from kiyose.pages.blocks import BodyBlock
from kiyose.pages.furniture import Furniture
from kiyose.pages.models import BasePage

from .. import vocabulary


class GoalIndexPage(RoutablePageMixin, BasePage):
    """``/sdgs/`` with the 17 goals, and ``/sdgs/8/`` below it, one page for each goal."""

    facts = (*BasePage.facts, "coverage_due")
    words = (*BasePage.words, "body", "coverage_goal")

    coverage_goal = models.CharField(
        _("goal of mark coverage"),
        max_length=200,
        blank=True,
        help_text=_("What the city has set itself, and where that is written."),
    )
    coverage_due = models.DateField(_("due date"), null=True, blank=True)
    body = StreamField(BodyBlock(required=False), verbose_name=_("body"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("coverage_goal"), FieldPanel("coverage_due")], heading=_("Mark coverage")
        ),
    ]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "sdgs/goal_index_page.html"

    class Meta:
        verbose_name = _("SDGs goals page")

    @subpage("")
    def all_goals(self, request):
        """The 17 goals with the number of pages that carry each."""
        from ..goals import goals_with_counts

        return self.render(request, context_overrides={"goals": goals_with_counts()})

    @subpage("coverage/")
    def coverage(self, request):
        """How much of the city's work carries the mark."""
        from ..coverage import ProgrammeCoverage, page_coverage

        return self.render(
            request,
            template="sdgs/coverage.html",
            context_overrides={
                "programmes": ProgrammeCoverage(request),
                "pages": page_coverage(),
                "is_due": bool(self.coverage_due) and self.coverage_due < timezone.localdate(),
                "furniture": Furniture(
                    self, request, title=gettext("Mark coverage"), subpath="coverage/"
                ),
            },
        )

    @subpage("<int:number>/")
    def one_goal(self, request, number: int):
        """One goal: its targets, and the pages under the goal itself and each target."""
        from ..goals import GoalListing, summaries_of_goal

        if number not in vocabulary.goal_numbers():
            raise Http404
        listing = GoalListing(number, request)
        label = vocabulary.label(str(number))
        return self.render(
            request,
            template="sdgs/goal_page.html",
            context_overrides={
                "listing": listing,
                "summaries": summaries_of_goal(number, request),
                "goal": label,
                "number": number,
                "furniture": Furniture(
                    self, request, title=f"{number} {label.text}", subpath=f"{number}/"
                ),
            },
        )
