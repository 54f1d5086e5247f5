"""
The registry of demonstration pages: for every type of page one that stands for it.

A test translates each of them (tests/home/test_demonstration.py). Whoever adds a page type
adds a page of it to the demonstration, with as many of its fields and blocks filled in as
make sense, and a line here.
"""

from __future__ import annotations

from wagtail.models import Page

DEMONSTRATION_PAGES = {
    "home.HomePage": "",
    "home.ArticleIndexPage": "news/",
    "home.ArticlePage": "news/plans-and-goals/",
    "home.StandardPage": "about-kiyose/",
    "home.TraineesPage": "trainees/",
    "projects.ProjectIndexPage": "projects/",
    "projects.ProjectPage": "projects/greening/",
    "projects.IndicatorIndexPage": "indicators/",
    "projects.IndicatorPage": "indicators/green-area/",
    "projects.PlanIndexPage": "plans/",
    "sdgs.GoalIndexPage": "sdgs/",
    "certified_orgs.CertifiedIndexPage": "certified/",
    "certified_orgs.CertifiedOrgPage": "certified/sample-bookshop/",
    "events.EventIndexPage": "events/",
    "events.FestivalPage": "events/sample-festival-3/",
    "events.EventPage": "events/sample-festival-3/river-life/",
}


def demonstration_page(model) -> Page | None:
    """The Japanese page that stands for a type; None where the registry has none."""
    way = DEMONSTRATION_PAGES.get(model._meta.label)
    if way is None:
        return None
    page = Page.objects.get(url_path__endswith=f"/home/{way}", locale__language_code="ja")
    assert page.specific_class is model, f"{way} is a {page.specific_class.__name__}"
    return page.specific


def forgotten(models) -> list[str]:
    """The types that the registry has no page of, and what it has of types that are gone."""
    wanted = {model._meta.label for model in models}
    return sorted(wanted ^ DEMONSTRATION_PAGES.keys())
