"""What a comparison of two versions of a page says of its marks: names, and what happened."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags

from sdgs import vocabulary
from sdgs.panels import MarksComparison
from tests.editor import text_of
from tests.page_types import MARKED_PAGE_TYPES, factory_of, label, parent_for
from tests.world import fresh

pytestmark = pytest.mark.django_db

every_marked_type = pytest.mark.parametrize("model", MARKED_PAGE_TYPES, ids=label)


class Version:
    def __init__(self, *codes):
        self.mark_codes = list(codes)


def changes(before, after) -> list[tuple]:
    lines = MarksComparison(None, Version(*before), Version(*after)).lines()
    return [(line["label"].code, line["change"]) for line in lines]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (["8"], ["8"], [("8", "")]),
        ([], ["8"], [("8", "added")]),
        (["8"], [], [("8", "removed")]),
        (["8", "17"], ["8", "4.7", "17"], [("8", ""), ("4.7", "added"), ("17", "")]),
        (["8", "17", "4"], ["4", "8", "17"], [("4", "moved"), ("8", ""), ("17", "")]),
        (["8", "17"], ["13"], [("13", "added"), ("8", "removed"), ("17", "removed")]),
    ],
)
def test_what_happened_to_each_mark(before, after, said):
    assert changes(before, after) == said


def test_the_same_marks_in_another_order_are_a_change():
    assert MarksComparison(None, Version("8", "17"), Version("17", "8")).has_changed()
    assert not MarksComparison(None, Version("8", "17"), Version("8", "17")).has_changed()


@every_marked_type
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_of_comparison_speaks_names_in_the_readers_language(
    world, admin_client, admin_user, model, language
):
    from wagtail.users.models import UserProfile

    UserProfile.objects.update_or_create(user=admin_user, defaults={"preferred_language": language})
    page = factory_of(model)(parent=parent_for(model), marks=("8.1", "17"), slug="compared")
    first = page.save_revision()
    page = fresh(page)
    page.set_marks(["17", "8.3"])
    second = page.save_revision()

    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk])
    text = re.sub(r"\s+", " ", strip_tags(text_of(admin_client.get(url))))
    with translation.override(language):
        names = {code: f"{code} {vocabulary.label(code).text}" for code in ("17", "8.3", "8.1")}
        words = [translation.gettext("Main goal"), translation.gettext("Newly added")]
    for name in names.values():
        assert name in text
    for word in words:
        assert word in text
    places = [text.index(name) for name in names.values()]
    assert places == sorted(places), "the marks of the newer version in order, then the removed"


@every_marked_type
def test_versions_with_the_same_marks_say_nothing_of_them(world, admin_client, model):
    page = factory_of(model)(parent=parent_for(model), marks=("8.1", "17"), slug="compared")
    first = page.save_revision()
    page = fresh(page)
    page.title = "別の題"
    second = page.save_revision()
    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk])
    fields = [
        comparison.field_label() for comparison in admin_client.get(url).context["comparison"]
    ]
    assert fields
    assert MarksComparison(None, Version(), Version()).field_label() not in fields
