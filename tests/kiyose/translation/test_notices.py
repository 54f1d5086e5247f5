"""What readers are told about a translation, where, and what it costs."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kiyose.pages.factories import DivisionFactory
from kiyose.translation.factories import enter_words, start_translation, translate
from kiyose.translation.models import TranslationStatus
from kiyose.translation.publishing import publish_translation
from tests.editor import text_of
from tests.page_types import PAGE_TYPES, label
from tests.queries import LANGUAGES, queries_of
from tests.world import make_page, publish

pytestmark = pytest.mark.django_db

OUTDATED = "This translation is out of date"
MACHINE = "Machine translation, not reviewed"
REVIEWED = "were reviewed on"
TOLD = (OUTDATED, MACHINE, REVIEWED)
SINCE = datetime.datetime(2026, 11, 2, 15, 30, tzinfo=datetime.UTC)  # 3 November in Tokyo

every_page_type = pytest.mark.parametrize("model", PAGE_TYPES, ids=label)
STANDARD_PAGE = next(model for model in PAGE_TYPES if model.__name__ == "StandardPage")


def set_status(world, model, **values) -> None:
    TranslationStatus.objects.filter(translation=world.record(model)).update(**values)


def visit(url: str) -> str:
    # A client of its own: nobody's language, nobody's cache.
    return " ".join(text_of(Client().get(url)).split())


def told(html: str) -> list[str]:
    return [words for words in TOLD if words in html]


@every_page_type
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"outdated_since": SINCE}, [OUTDATED]),
        ({"machine_since": SINCE}, [MACHINE]),
        ({"outdated_since": SINCE, "machine_since": SINCE}, [OUTDATED, MACHINE]),
        (
            {"reviewed_at": SINCE, "published_digest": "x", "reviewed_digest": "x"},
            [REVIEWED],
        ),
        # The words were changed after the review.
        ({"reviewed_at": SINCE, "published_digest": "y", "reviewed_digest": "x"}, []),
    ],
    ids=["current", "outdated", "machine", "both", "reviewed", "changed since"],
)
def test_every_page_type_says_how_its_translation_stands(world, model, values, expected):
    set_status(world, model, **values)
    japanese, english = world.page(model), world.translation(model)
    if english.url is None:  # a second home page has no address
        japanese, english = world.site.home, world.english_home
        record = TranslationStatus.objects.filter(
            translation__source__object_id=english.translation_key
        )
        record.update(**values)
    html = visit(english.url)
    assert told(html) == expected
    assert told(visit(japanese.url)) == []
    if OUTDATED in expected or MACHINE in expected:
        assert "The figures and dates are the same in every language." in html
        assert f'<a href="{japanese.url}" hreflang="ja">Read this page in Japanese</a>' in html
    if OUTDATED in expected:
        assert re.search(r"The page in Japanese changed on 3 November 2026", html)


def test_the_foot_names_the_day_and_the_division_and_never_the_reviewer(world):
    division = DivisionFactory(name="見本翻訳課")
    record = start_translation(division)
    enter_words(record, {"見本翻訳課": "Sample Translation Division"})
    record.save_target()
    set_status(
        world,
        STANDARD_PAGE,
        reviewed_at=SINCE,
        reviewer_name="Nobody Inparticular",
        reviewing_division=division,
        published_digest="x",
        reviewed_digest="x",
    )
    html = visit(world.translation(STANDARD_PAGE).url)
    assert re.search(
        r"reviewed on 3 November 2026 \([^)]*\)\. In charge of the review: Sample Translation",
        html,
    )
    assert "Inparticular" not in html


def test_a_change_in_japanese_is_told_until_it_is_translated(world):
    """The whole way: published in Japanese, told in English, translated, told no more."""
    page = world.page(STANDARD_PAGE)
    page.summary = "見本：新しい要約"
    publish(page)
    english = world.translation(STANDARD_PAGE)
    assert told(visit(english.url)) == [OUTDATED]
    record = world.record(STANDARD_PAGE)
    enter_words(record)
    publish_translation(record)
    assert told(visit(english.url)) == []


def test_a_page_in_a_foreign_frame_speaks_of_no_translation(world):
    """Without an English page the Japanese one is shown, which is nobody's translation."""
    set_status(world, STANDARD_PAGE, outdated_since=SINCE)
    world.translation(STANDARD_PAGE).unpublish()
    html = visit(world.page(STANDARD_PAGE).url.replace("/ja/", "/en/"))
    assert told(html) == []
    assert "This page has not been translated yet" in html


def test_an_original_that_nobody_may_see_is_not_linked(world):
    english = world.translation(STANDARD_PAGE)
    page = world.page(STANDARD_PAGE)
    type(page).objects.filter(pk=page.pk).update(live=False)
    set_status(world, STANDARD_PAGE, outdated_since=SINCE)
    html = visit(english.url)
    assert told(html) == [OUTDATED]
    assert "Read this page in Japanese" not in html


def test_a_goal_is_not_old_because_the_page_of_all_goals_is(world):
    model = next(model for model in PAGE_TYPES if model.__name__ == "GoalIndexPage")
    set_status(world, model, outdated_since=timezone.now())
    assert told(visit("/en/sdgs/8/")) == []


@pytest.mark.parametrize("values", [{}, {"outdated_since": SINCE}, {"machine_since": SINCE}])
def test_it_comes_with_the_page_in_english_and_is_not_asked_for_in_japanese(world, values):
    set_status(world, STANDARD_PAGE, **values)
    japanese = queries_of(world.page(STANDARD_PAGE).url)
    english = queries_of(world.translation(STANDARD_PAGE).url)
    assert not [query for query in japanese if "translationstatus" in query]
    (asked,) = [query for query in english if "translationstatus" in query]
    assert STANDARD_PAGE._meta.db_table in asked, "the query that loads the page"


def test_a_preview_tells_it_as_well(world, admin_client):
    set_status(world, STANDARD_PAGE, machine_since=SINCE)
    english = world.translation(STANDARD_PAGE)
    address = reverse("wagtailadmin_pages:view_draft", args=[english.pk])
    assert MACHINE in text_of(admin_client.get(address))


LISTS = {"ArticlePage": "news/", "ProjectPage": "projects/", "EventPage": "events/"}


@pytest.mark.parametrize("name", LISTS)
def test_another_language_costs_no_query_for_each_item_of_a_list(world, name):
    """As many queries for 3 items as for 30, in each language, translated or not."""
    model = next(model for model in PAGE_TYPES if model.__name__ == name)
    counts: dict[str, list[int]] = {language: [] for language in LANGUAGES}
    made = 0
    for size in (3, 20):
        for number in range(made, size):
            page = make_page(model, slug=f"item-{number}")
            if number % 2:
                translate(page)
        made = size
        for language in LANGUAGES:
            counts[language].append(len(queries_of(f"/{language}/{LISTS[name]}")))
    for language, (few, many) in counts.items():
        assert few == many, f"{language}: {few} queries for 3 items, {many} for 20"
