"""
What happens to an original happens to its translations, on every page type, and never the
other way round.
"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, PageViewRestriction

from kiyose.translation.factories import start_translation, translate
from tests.page_types import PAGE_TYPES, factory_of, label
from tests.world import PAST, fresh, make_page, publish, schedule, words_of

pytestmark = pytest.mark.django_db

every_page_type = pytest.mark.parametrize("model", PAGE_TYPES, ids=label)
# Home pages stand below the root, where nothing is moved and addresses do not matter.
BELOW_HOME = [model for model in PAGE_TYPES if Page not in model.allowed_parent_page_models()]
every_page_type_below_home = pytest.mark.parametrize("model", BELOW_HOME, ids=label)
STANDARD_PAGE = next(model for model in PAGE_TYPES if model.__name__ == "StandardPage")


# Unpublishing and expiry


@every_page_type
def test_unpublishing_takes_the_translation_along(world, model):
    world.page(model).unpublish()
    english = world.translation(model)
    assert not english.live
    assert not english.expired


@every_page_type
def test_unpublishing_by_the_button_takes_the_translation_along(world, model, admin_client):
    url = reverse("wagtailadmin_pages:unpublish", args=[world.page(model).pk])
    assert admin_client.post(url).status_code == 302
    assert not world.page(model).live
    assert not world.translation(model).live


@every_page_type
def test_bulk_unpublishing_takes_the_translation_along(world, model, admin_client):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    admin_client.post(f"{url}?id={world.page(model).pk}", {"include_descendants": ""})
    assert not world.page(model).live
    assert not world.translation(model).live


@every_page_type
def test_expiry_takes_the_translation_along(world, model):
    page = world.page(model)
    page.expire_at = PAST
    page.save()
    call_command("publish_scheduled")
    assert world.page(model).expired
    assert not world.page(model).live
    english = world.translation(model)
    assert not english.live
    assert english.expired


@every_page_type
def test_unpublishing_cancels_what_the_translation_had_scheduled(world, model):
    record = world.record(model)
    record.enabled = False
    record.save(update_fields=["enabled"])
    revision = schedule(world.translation(model))
    world.page(model).unpublish()
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None


@every_page_type
def test_a_scheduled_translation_that_is_not_live_is_cancelled_too(world, model):
    record = world.record(model)
    record.enabled = False
    record.save(update_fields=["enabled"])
    world.translation(model).unpublish()
    revision = schedule(world.translation(model))
    assert not world.translation(model).live
    world.page(model).unpublish()
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None


@every_page_type
def test_withdrawing_a_translation_leaves_the_original(world, model):
    world.translation(model).unpublish()
    assert not world.translation(model).live
    assert world.page(model).live


@every_page_type
def test_publishing_the_original_again_does_not_bring_old_words_back(world, model):
    world.page(model).unpublish()
    publish(world.page(model))
    assert world.page(model).live
    assert not world.translation(model).live


@every_page_type
def test_the_translations_words_survive_unpublishing(world, model):
    before = words_of(world.translation(model))
    world.page(model).unpublish()
    assert words_of(world.translation(model)) == before | {"live": False}


# Who may see


def restrictions_of(page) -> list:
    return [
        (row.restriction_type, [group.name for group in row.groups.order_by("name")])
        for row in page.view_restrictions.all()
    ]


@every_page_type
def test_a_restriction_reaches_the_translation_in_every_state(world, model):
    page = world.page(model)
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )
    assert restrictions_of(world.translation(model)) == [("login", [])]

    restriction.restriction_type = PageViewRestriction.GROUPS
    restriction.save()
    readers, editors = (Group.objects.create(name=name) for name in ("a", "b"))
    restriction.groups.set([readers])
    assert restrictions_of(world.translation(model)) == [("groups", ["a"])]

    restriction.groups.set([editors, readers])
    assert restrictions_of(world.translation(model)) == [("groups", ["a", "b"])]
    restriction.groups.remove(readers)
    assert restrictions_of(world.translation(model)) == [("groups", ["b"])]
    restriction.groups.clear()
    assert restrictions_of(world.translation(model)) == [("groups", [])]

    restriction.delete()
    assert restrictions_of(world.translation(model)) == []
    assert Page.objects.public().filter(pk=world.translation(model).pk).exists()


@every_page_type
def test_privacy_set_in_the_admin_reaches_the_translation(world, model, admin_client):
    page = world.page(model)
    url = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    readers = Group.objects.create(name="readers")
    answer = admin_client.post(
        url, {"restriction_type": "groups", "password": "", "groups": [readers.pk]}
    )
    assert answer.status_code == 200
    assert restrictions_of(page) == [("groups", ["readers"])]
    assert restrictions_of(world.translation(model)) == [("groups", ["readers"])]
    admin_client.post(url, {"restriction_type": "none", "password": "", "groups": []})
    assert restrictions_of(page) == []
    assert restrictions_of(world.translation(model)) == []


@every_page_type
def test_restricting_a_translation_leaves_the_original(world, model):
    PageViewRestriction.objects.create(
        page=world.translation(model), restriction_type=PageViewRestriction.LOGIN
    )
    assert restrictions_of(world.page(model)) == []


@every_page_type_below_home
def test_a_translation_started_later_is_as_private_as_its_original(world, model):
    page = make_page(model, slug="private")
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.set([Group.objects.create(name="readers")])
    english = start_translation(page).get_target_instance()
    assert restrictions_of(english) == [("groups", ["readers"])]


# Moves and addresses


@pytest.fixture
def two_parents(world):
    """Standing pages: one translated, one not."""
    translated = make_page(STANDARD_PAGE, slug="translated-parent")
    translate(translated)
    return fresh(translated), make_page(STANDARD_PAGE, slug="untranslated-parent")


def test_a_moved_page_takes_its_translation_to_the_translated_parent(world, two_parents):
    parent, _other = two_parents
    world.page(STANDARD_PAGE).move(parent, pos="last-child")
    english = world.translation(STANDARD_PAGE)
    assert english.get_parent().get_translation(parent.locale).pk == parent.pk
    assert english.get_parent().locale.language_code == "en"
    assert english.live
    assert english.url_path.endswith("/translated-parent/a-standardpage/")


def test_below_an_untranslated_parent_a_translation_is_withdrawn(world, two_parents):
    _parent, other = two_parents
    world.page(STANDARD_PAGE).move(other, pos="last-child")
    assert world.page(STANDARD_PAGE).live
    assert not world.translation(STANDARD_PAGE).live


def test_where_its_address_is_taken_a_translation_is_withdrawn(world, two_parents, client):
    """Two pages with one address would be an error of the server to every reader."""
    parent, _other = two_parents
    english = world.translation(STANDARD_PAGE)
    sibling = factory_of(STANDARD_PAGE)(
        parent=parent.get_translation(english.locale), slug=english.slug, locale=english.locale
    )
    before = english.path
    world.page(STANDARD_PAGE).move(parent, pos="last-child")
    assert world.page(STANDARD_PAGE).live
    english = world.translation(STANDARD_PAGE)
    assert not english.live
    assert english.path == before
    assert client.get(sibling.get_url()).status_code == 200
    assert PageLogEntry.objects.filter(page=english.pk, action="translation.slug_taken").exists()


def test_a_translation_that_waits_for_its_hour_is_withdrawn_as_well(world, two_parents):
    _parent, other = two_parents
    record = world.record(STANDARD_PAGE)
    record.enabled = False
    record.save(update_fields=["enabled"])
    world.translation(STANDARD_PAGE).unpublish()
    revision = schedule(world.translation(STANDARD_PAGE))
    world.page(STANDARD_PAGE).move(other, pos="last-child")
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None


def test_moving_with_children_moves_the_childrens_translations(world, two_parents):
    parent, _other = two_parents
    child = make_page(STANDARD_PAGE, parent=world.page(STANDARD_PAGE), slug="child")
    english_child = translate(child)
    world.page(STANDARD_PAGE).move(parent, pos="last-child")
    english_child = fresh(english_child)
    assert english_child.live
    assert english_child.url_path.endswith("/translated-parent/a-standardpage/child/")


def test_reordering_moves_nothing(world):
    page = world.page(STANDARD_PAGE)
    before = world.translation(STANDARD_PAGE).path
    page.move(page.get_parent(), pos="first-child")
    assert world.translation(STANDARD_PAGE).path == before
    assert world.translation(STANDARD_PAGE).live


def test_moving_a_translation_leaves_the_original(world, two_parents):
    parent, _other = two_parents
    english_parent = parent.get_translation(world.translation(STANDARD_PAGE).locale)
    path = world.page(STANDARD_PAGE).path
    world.translation(STANDARD_PAGE).move(english_parent, pos="last-child")
    assert world.page(STANDARD_PAGE).path == path


@every_page_type_below_home
def test_a_new_address_reaches_the_translation_and_leaves_a_redirect(
    world, model, django_capture_on_commit_callbacks
):
    page = world.page(model)
    old_url = world.translation(model).get_url()
    page.slug = "new-address"
    with django_capture_on_commit_callbacks(execute=True):
        publish(page)
    english = world.translation(model)
    assert english.slug == "new-address"
    assert english.live
    assert english.url_path.endswith("/new-address/")
    assert english.get_latest_revision().as_object().slug == "new-address"
    redirect = Redirect.objects.get(old_path=old_url.rstrip("/"))
    assert redirect.redirect_page_id == english.pk


@every_page_type_below_home
def test_a_new_address_reaches_what_the_translation_has_scheduled(
    world, model, django_capture_on_commit_callbacks
):
    record = world.record(model)
    record.enabled = False
    record.save(update_fields=["enabled"])
    revision = schedule(world.translation(model))
    world.translation(model).save_revision()
    page = world.page(model)
    page.slug = "new-address"
    with django_capture_on_commit_callbacks(execute=True):
        publish(page)
    revision.refresh_from_db()
    assert revision.content["slug"] == "new-address"


@every_page_type_below_home
def test_an_address_taken_by_a_sibling_is_left_alone(
    world, model, django_capture_on_commit_callbacks
):
    english = world.translation(model)
    sibling = factory_of(STANDARD_PAGE)(
        parent=english.get_parent().specific, slug="taken", locale=english.locale
    )
    before = words_of(english)
    page = world.page(model)
    page.slug = "taken"
    with django_capture_on_commit_callbacks(execute=True):
        publish(page)
    assert world.page(model).slug == "taken"
    assert words_of(world.translation(model)) == before
    assert fresh(sibling).slug == "taken"
    assert PageLogEntry.objects.filter(page=english.pk, action="translation.slug_taken").exists()


@every_page_type_below_home
def test_an_unpublished_new_address_changes_nothing(
    world, model, django_capture_on_commit_callbacks
):
    page = world.page(model)
    old = page.slug
    page.slug = "only-in-the-draft"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision()
    assert world.translation(model).slug == old


# Deletion


@every_page_type
def test_deleting_takes_the_translation_along(world, model):
    english = world.translation(model)
    world.page(model).delete()
    assert not Page.objects.filter(translation_key=english.translation_key).exists()
    assert Page.find_problems() == ([], [], [], [], [])


@every_page_type
def test_deleting_by_the_button_takes_the_translation_along(world, model, admin_client):
    english = world.translation(model)
    url = reverse("wagtailadmin_pages:delete", args=[world.page(model).pk])
    assert admin_client.post(url).status_code == 302
    assert not Page.objects.filter(translation_key=english.translation_key).exists()


@every_page_type
def test_deleting_a_translation_leaves_the_original(world, model):
    world.translation(model).delete()
    assert world.page(model).live


def test_deleting_a_subtree_deletes_the_translated_subtree(world):
    parent = world.page(STANDARD_PAGE)
    child = make_page(STANDARD_PAGE, parent=parent, slug="child")
    translate(child)
    grandchild = make_page(STANDARD_PAGE, parent=child, slug="grandchild")
    translate(grandchild)
    keys = [page.translation_key for page in (parent, child, grandchild)]
    assert Page.objects.filter(translation_key__in=keys).count() == 6
    Page.objects.get(pk=parent.pk).delete()
    assert not Page.objects.filter(translation_key__in=keys).exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_child_written_in_english_alone_is_not_lost_silently(world):
    """It stands below the translation, so it goes with it, as in any tree of pages."""
    english = world.translation(STANDARD_PAGE)
    child = factory_of(STANDARD_PAGE)(parent=english, slug="own", locale=english.locale)
    world.page(STANDARD_PAGE).delete()
    assert not Page.objects.filter(pk=child.pk).exists()


def test_everything_is_still_in_order(world):
    """The shared site of this module is what the tests above believe it to be."""
    for model in PAGE_TYPES:
        assert world.page(model).live
        assert world.translation(model).live
        assert world.translation(model).first_published_at < timezone.now()
