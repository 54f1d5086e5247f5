"""A language that is taken away while pages exist in it: nothing breaks, nothing is lost."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import override_settings
from django.urls import reverse
from wagtail.models import Locale, Page

from kiyose.translation.factories import translate
from tests.editor import text_of
from tests.page_types import PAGE_TYPES, label
from tests.shared_rows import rolled_back
from tests.world import publish

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def translated_to_french(world, django_db_blocker):
    """
    A third language with a page of every type, whose line in the settings is then removed.

    Made once: each test works in a savepoint of its own inside.
    """
    languages = [*settings.LANGUAGES, ("fr", "Français")]
    with django_db_blocker.unblock(), rolled_back():
        cache.clear()  # of what the file before this one has left there
        with override_settings(LANGUAGES=languages, WAGTAIL_CONTENT_LANGUAGES=languages):
            locale = Locale.objects.create(language_code="fr")
            translate(Page.objects.get(pk=world.site.home.pk).specific, "fr")
            for section in world.site.sections:
                translate(Page.objects.get(pk=section.pk).specific, "fr")
            for model in PAGE_TYPES:
                if not world.page(model).has_translation(locale):
                    translate(world.page(model), "fr")
        yield locale.pk


@pytest.fixture
def french(translated_to_french):
    """That language, read anew; ``Locale.objects`` has it no more."""
    return Locale.all_objects.get(pk=translated_to_french)


def test_the_public_pages_stay_and_those_of_the_language_are_not_found(world, french, client):
    for model in PAGE_TYPES:
        for page in (world.page(model), world.translation(model)):
            if page.url:
                answer = client.get(page.url)
                assert answer.status_code == 200
                assert "/fr/" not in text_of(answer)
                assert 'hreflang="fr"' not in text_of(answer)
    for path in ("/fr/", "/fr/projects/", "/fr/a-standardpage/"):
        assert client.get(path).status_code == 404
    for path in ("/sitemap.xml", "/opendata/projects.json", "/ja/events/feed/", "/ja/news/feed/"):
        answer = client.get(path)
        assert answer.status_code in (200, 404)
        content = b"".join(answer) if answer.streaming else answer.content
        assert b"/fr/" not in content


def test_its_short_addresses_lead_to_a_language_that_there_is(world, french, client):
    model = next(m for m in PAGE_TYPES if m.__name__ == "StandardPage")
    page = Page.objects.get(translation_key=world.page(model).translation_key, locale=french)
    answer = client.get(f"/p/{page.pk}/", headers={"accept-language": "fr"})
    assert answer.status_code == 302
    assert "/ja/" in answer.url


@pytest.mark.parametrize("model", PAGE_TYPES, ids=label)
def test_facts_and_lives_still_reach_it_so_that_it_can_come_back(world, french, model):
    page = world.page(model)
    publish(page)
    copy = Page.objects.get(translation_key=page.translation_key, locale=french)
    assert copy.live
    page.unpublish()
    assert not Page.objects.get(pk=copy.pk).live


def test_the_admin_shows_what_is_left_of_it(world, french, admin_client):
    model = next(m for m in PAGE_TYPES if m.__name__ == "StandardPage")
    page = Page.objects.get(translation_key=world.page(model).translation_key, locale=french)
    for address in (
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore_root"),
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
        reverse("wagtailadmin_pages:edit", args=[world.page(model).pk]),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:history", args=[page.pk]),
        reverse("wagtaillocales:index"),
        reverse("wagtaillocales:edit", args=[french.pk]),
        reverse("wagtail_localize:translations_report"),
        reverse("wagtail_localize:submit_page_translation", args=[world.page(model).pk]),
    ):
        answer = admin_client.get(address)
        assert answer.status_code in (200, 302), address


def test_a_locale_with_pages_is_not_deleted_and_the_admin_says_why(world, french, admin_client):
    for locale in (french, Locale.objects.get(language_code="en")):
        address = reverse("wagtaillocales:delete", args=[locale.pk])
        said = text_of(admin_client.get(address, follow=True))
        assert re.search("削除できません|cannot be deleted because there are pages", said)
        admin_client.post(address, follow=True)
        assert Locale.all_objects.filter(pk=locale.pk).exists()
    assert Page.objects.filter(locale=french).count() > len(PAGE_TYPES)
