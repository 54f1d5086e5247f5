"""
Every public page answers with at most fifteen queries, nothing cached, and the lists with
the same number for thirty pages and for six hundred, in Japanese and in English.
"""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from home.factories import SmallSite
from kiyose.pages.factories import DivisionFactory
from kiyose.pages.models import SiteIdentity
from kiyose.translation.factories import enter_words, start_translation, translate
from projects.factories import PillarFactory
from tests.bulk import clone, translate_clones
from tests.page_types import PAGE_TYPES, label
from tests.world import World, fresh, make_page, publish
from wagtail.models import Page, Site

pytestmark = pytest.mark.django_db

CEILING = 15
LANGUAGES = ["ja", "en"]


def queries_of(url: str) -> list[str]:
    """The queries of one visit, as the first one after a restart."""
    cache.clear()
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get(url)
    assert answer.status_code == 200, url
    return [query["sql"] for query in queries.captured_queries]


def assert_few(url: str) -> int:
    queries = queries_of(url)
    listing = "\n".join(f"{number}: {sql[:300]}" for number, sql in enumerate(queries, 1))
    assert len(queries) <= CEILING, f"{url} asks {len(queries)} times:\n{listing}"
    return len(queries)


def default_division() -> None:
    division = DivisionFactory()
    record = start_translation(division)
    enter_words(record)
    record.save_target()
    identity = SiteIdentity.for_site(Site.objects.get(is_default_site=True))
    identity.default_division = division
    identity.save()


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
        yield {url: (with_thirty[url], assert_few(url)) for url in addresses}
        transaction.set_rollback(True)


def test_lists_ask_as_often_for_600_pages_as_for_30(counts):
    assert {url: pair for url, pair in counts.items() if pair[0] != pair[1]} == {}


def test_the_lists_were_full(counts):
    assert any("page=2" in url for url in counts)


@pytest.fixture(scope="module")
def small(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        world = World()
        default_division()
        yield world
        transaction.set_rollback(True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", PAGE_TYPES, ids=label)
def test_every_page_type_in_both_languages(small, model, language):
    if model.__name__ == "HomePage":
        assert_few(f"/{language}/")
        return
    page = small.page(model) if language == "ja" else small.translation(model)
    assert_few(page.url)


@pytest.mark.parametrize("model", PAGE_TYPES, ids=label)
def test_every_page_type_shown_for_want_of_a_translation(small, model):
    if model.__name__ == "HomePage":
        return
    small.translation(model).unpublish()
    assert_few(small.page(model).url.replace("/ja/", "/en/", 1))


def test_a_deep_page(small):
    model = next(m for m in PAGE_TYPES if m.__name__ == "StandardPage")
    parent = small.page(model)
    for number in range(3):
        parent = make_page(model, parent=parent, slug=f"deeper-{number}")
        translate(parent)
    assert_few(parent.url)
    assert_few(parent.url.replace("/ja/", "/en/", 1))


@pytest.mark.parametrize("path", ["/ja/nothing/", "/en/nothing/", "/nothing/"])
def test_what_is_not_there(small, path):
    cache.clear()
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(path).status_code == 404
    assert len(queries) <= CEILING
