"""Counting the queries of a visit, and what makes a visit as costly as it can be."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from kiyose.pages.factories import DivisionFactory
from kiyose.pages.models import SiteIdentity
from kiyose.translation.factories import enter_words, start_translation

CEILING = 15
LANGUAGES = ["ja", "en"]


def queries_of(url: str, status: int = 200, has_files: bool = False) -> list[str]:
    """The queries of one visit, as the first one after a restart. has_files: those of the
    page's pictures are there already."""
    # They are made when a page is published; tests do not wait for that.
    if not has_files:
        Client().get(url)
    cache.clear()
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get(url)
    assert answer.status_code == status, url
    return [query["sql"] for query in queries.captured_queries]


def assert_few(url: str, status: int = 200, has_files: bool = False) -> int:
    queries = queries_of(url, status, has_files)
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
