"""
Lists answer with at most fifteen queries, nothing cached, and with no more for six hundred
pages than for thirty, in Japanese and in English.
"""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from wagtail.models import Page

from home.factories import SmallSite
from kiyose.pages.models import SiteIdentity
from kiyose.translation.factories import start_translation, translate
from projects.factories import PillarFactory
from tests.bulk import clone, translate_clones
from tests.page_types import PAGE_TYPES
from tests.queries import LANGUAGES, assert_few, default_division
from tests.world import fresh, make_page, publish

pytestmark = pytest.mark.django_db


class Crowd:
    """A site with thirty projects and articles, and how it grows to six hundred."""

    def __init__(self):
        self.site = SmallSite()
        default_division()
        for _number in range(4):
            start_translation(PillarFactory())
        for page in (self.site.home, *self.site.sections):
            publish(fresh(page))
            translate(fresh(page))
        model = {m.__name__: m for m in PAGE_TYPES}
        self.project = make_page(model["ProjectPage"], slug="project")
        self.article = make_page(model["ArticlePage"], slug="article")
        self.english_project = fresh(translate(self.project))
        self.english_article = fresh(translate(self.article))
        self.grow(29)

    def grow(self, count: int) -> None:
        """As many projects and articles more; two thirds of them are translated."""
        for page, english in (
            (self.project, self.english_project),
            (self.article, self.english_article),
        ):
            numbers = clone(fresh(page), count)
            translate_clones(fresh(english), numbers[: count * 2 // 3])


@pytest.fixture(scope="module")
def counts(django_db_setup, django_db_blocker):
    """How many queries each list makes: {address: (with thirty, with six hundred)}."""
    with django_db_blocker.unblock(), transaction.atomic():
        crowd = Crowd()
        goal = crowd.project.mark_codes[0].split(".")[0]
        division = SiteIdentity.objects.get().default_division_id
        addresses = [
            f"/{language}/{path}"
            for language in LANGUAGES
            for path in (
                "",
                "projects/",
                "projects/?page=2",
                f"projects/?goal={goal}&stage=running&division={division}&pillar=a&q=見本",
                "news/",
                "news/?page=2",
                "sdgs/",
                f"sdgs/{goal}/",
                f"sdgs/{goal}/?page=2",
                f"sdgs/{goal}/?target={crowd.project.mark_codes[-1]}",
            )
        ]
        with_thirty = {url: assert_few(url) for url in addresses}
        crowd.grow(570)
        assert Page.objects.filter(slug__startswith="project-").count() >= 599
        with connection.cursor() as cursor:
            # As a database does by itself on a site that grows by and by. Here all came at
            # once, and PostgreSQL would take the tables for empty and plan for minutes.
            cursor.execute("ANALYZE")
        yield {url: (with_thirty[url], assert_few(url)) for url in addresses}
        transaction.set_rollback(True)


def test_lists_ask_as_often_for_600_pages_as_for_30(counts):
    assert {url: pair for url, pair in counts.items() if pair[1] > pair[0]} == {}
