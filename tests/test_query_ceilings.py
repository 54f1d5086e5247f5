"""Every public page answers with at most fifteen queries, nothing cached, in both languages."""

from __future__ import annotations

import pytest
from django.db import transaction

from kiyose.translation.factories import translate
from tests.page_types import MARKED_PAGE_TYPES, PAGE_TYPES, label
from tests.queries import LANGUAGES, assert_few, default_division
from tests.world import World, make_page

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_goal_with_a_page_of_every_type(small, language):
    pages = [small.page(model) for model in MARKED_PAGE_TYPES]
    goal = pages[0].mark_codes[0].split(".")[0]
    assert all(any(code.split(".")[0] == goal for code in page.mark_codes) for page in pages)
    assert_few(f"/{language}/sdgs/{goal}/")


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
    assert_few(path, status=404)
