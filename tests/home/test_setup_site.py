"""``manage.py setup_site``: what every site starts from, the table of roles included."""

from __future__ import annotations

import io

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.core.management import call_command
from wagtail.models import (
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from home.demonstration import loader
from home.factories import StandardPageFactory
from home.models import HomePage, StandardPage
from home.roles import EVERYWHERE, ROLES, SOURCE
from projects.models import (
    IndicatorIndexPage,
    IndicatorPage,
    PlanIndexPage,
    PlannedCost,
    ProjectIndexPage,
    Source,
)
from sdgs.models import MarkLabel
from tests.shared_rows import rolled_back

pytestmark = pytest.mark.django_db

SECTIONS = (
    *("", "projects/", "indicators/", "sdgs/", "sdgs/8/"),
    *("certified/", "certified/scheme/", "events/", "news/", "plans/"),
    *("trainees/", "trainees/handout/"),
)


def setup_site() -> None:
    call_command("setup_site", stdout=io.StringIO())


def everything() -> dict:
    """What the command makes, countable and comparable."""
    return {
        "pages": list(Page.objects.order_by("path").values_list("pk", "url_path", "live")),
        "groups": list(Group.objects.order_by("pk").values_list("pk", "name")),
        "permissions": sorted(Group.permissions.through.objects.values_list()),
        "page permissions": sorted(
            GroupPagePermission.objects.values_list("group", "page", "permission")
        ),
        "workflows": list(Workflow.objects.values_list("pk", "name")),
        "tasks": list(WorkflowTask.objects.values_list("workflow", "task")),
        "workflow pages": sorted(WorkflowPage.objects.values_list("page", "workflow")),
        "sites": list(Site.objects.values_list("pk", "hostname", "port", "root_page")),
        "labels": MarkLabel.objects.count(),
        "locales": sorted(Locale.objects.values_list("language_code", flat=True)),
    }


def test_it_takes_away_what_wagtail_brings():
    assert Group.objects.filter(name="Moderators").exists(), "Wagtail brings it"
    setup_site()
    assert set(Group.objects.values_list("name", flat=True)) == {role.group for role in ROLES}
    assert Workflow.objects.count() == 1


def test_the_site_follows_its_address(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://sdgs.example.jp"
    setup_site()
    site = Site.objects.get()
    assert (site.hostname, site.port) == ("sdgs.example.jp", 443)


@pytest.fixture(scope="class")
def site(django_db_setup, django_db_blocker):
    """A site that is set up, once: each test works in a savepoint of its own inside."""
    with django_db_blocker.unblock(), rolled_back():
        cache.clear()  # of another site's addresses, which Wagtail keeps there
        setup_site()
        yield


class TestASiteThatIsSetUp:
    """What it is, and what becomes of it when the command runs again."""

    def test_running_it_again_changes_nothing(self, site):
        once = everything()
        setup_site()
        assert everything() == once

    def test_a_new_site_has_its_sections_public_in_both_languages(self, site, client):
        for language in ("ja", "en"):
            for section in SECTIONS:
                response = client.get(f"/{language}/{section}")
                assert response.status_code == 200, response.request["PATH_INFO"]
                assert not response.context["furniture"].is_fallback
        assert not PlannedCost.objects.exists(), "What Kiyose planned belongs to the demonstration."
        assert not Source.objects.exists()

    def test_an_update_brings_its_sections_to_a_site_that_exists(self, site, client):
        for section in (IndicatorIndexPage, PlanIndexPage):
            section.objects.get(locale__language_code="ja").delete()
        projects = ProjectIndexPage.objects.get(locale__language_code="ja")
        projects.title = "職員が変えた題"
        projects.save_revision().publish()
        before = everything()["pages"]
        setup_site()
        added = [page for page in everything()["pages"] if page not in before]
        names = [path.rstrip("/").rpartition("/")[-1] for _pk, path, _live in added]
        assert sorted(names) == ["indicators", "indicators", "plans", "plans"], "in two languages"
        assert all(live for _pk, _path, live in added)
        assert set(before) <= set(everything()["pages"])
        projects.refresh_from_db()
        assert projects.title == "職員が変えた題"
        department = Group.objects.get(name="各課")
        may = GroupPagePermission.objects.filter(group=department, page__slug="indicators")
        assert may.exists(), "and who may write there"

    def test_a_section_is_recognised_wherever_somebody_has_moved_it(self, site):
        plans = PlanIndexPage.objects.get(locale__language_code="ja")
        plans.slug = "money"
        plans.save_revision().publish()
        pages = Page.objects.count()
        setup_site()
        assert Page.objects.count() == pages

    def test_a_page_of_the_staffs_own_keeps_the_address_that_a_new_section_wants(
        self, site, monkeypatch
    ):
        home = HomePage.objects.get(locale__language_code="ja")
        for section in (IndicatorIndexPage, PlanIndexPage):
            slug = section.objects.get(locale__language_code="ja").slug
            section.objects.get(locale__language_code="ja").delete()
            StandardPageFactory(parent=home, slug=slug)
        setup_site()
        for section, slug in ((IndicatorIndexPage, "indicators"), (PlanIndexPage, "plans")):
            assert Page.objects.get(slug=slug).specific_class is StandardPage
            assert section.objects.get(locale__language_code="ja").slug == f"{slug}-2"
        department = GroupPagePermission.objects.filter(group__name="各課")
        assert set(department.values_list("page__slug", flat=True)) == {
            "projects",
            "indicators-2",
            "news",
            "events",
        }
        # Of the demonstration, what goes into these sections: one indicator stands for all.
        monkeypatch.setattr(loader, "names", lambda folder: [f"{folder}/co2"])
        loader.Loader().progress(home)
        loader.Loader().easy_japanese(home)
        indicators = IndicatorIndexPage.objects.get(locale__language_code="ja")
        indicator = IndicatorPage.objects.get(slug="co2", locale__language_code="ja")
        assert indicator.get_parent().specific == indicators
        assert indicators.has_translation(Locale.objects.get(language_code="ja-easy"))
        assert PlanIndexPage.objects.get(locale__language_code="ja").costs.exists()

    def test_a_department_keeps_its_rights_when_a_section_gets_another_slug(self, site):
        projects = ProjectIndexPage.objects.get(locale__language_code="ja")
        projects.slug = "what-we-do"
        projects.save_revision().publish()
        before = everything()["page permissions"]
        setup_site()
        assert everything()["page permissions"] == before

    def test_below_a_home_page_without_translation_none_is_made(self, site):
        HomePage.objects.get(locale__language_code="en").delete()
        PlanIndexPage.objects.get(locale__language_code="ja").delete()
        setup_site()
        assert PlanIndexPage.objects.get().locale.language_code == "ja"

    def test_groups_of_others_are_left_alone(self, site):
        other = Group.objects.create(name="Editors")
        setup_site()
        assert Group.objects.filter(pk=other.pk).exists()

    def test_what_was_given_by_hand_to_a_role_is_taken_back(self, site):
        before = everything()
        department = Group.objects.get(name="各課")
        department.permissions.add(Permission.objects.get(codename="add_user"))
        GroupPagePermission.objects.create(
            group=department,
            page=HomePage.objects.get(locale__language_code="ja"),
            permission=Permission.objects.get(codename="publish_page"),
        )
        setup_site()
        assert everything() == before

    def test_what_a_role_lost_comes_back(self, site):
        before = everything()
        GroupPagePermission.objects.filter(group__name="広報").first().delete()
        Group.objects.get(name="翻訳").permissions.clear()
        setup_site()
        after = everything()
        for name in ("permissions", "page permissions"):  # new rows with other keys
            assert len(after[name]) == len(before[name])

    @pytest.mark.parametrize("role", ROLES, ids=lambda role: role.account)
    def test_the_database_says_what_the_table_says(self, site, role):
        """Asked as Wagtail asks: may a member of the group do this at this page?"""
        user = get_user_model().objects.create_user("member", password="x")
        user.groups.add(Group.objects.get(name=role.group))
        allowed = {(tree, section): set(verbs) for tree, section, verbs in role.pages}
        for code, tree in (("ja", SOURCE), ("en", "translations")):
            home = HomePage.objects.get(locale__language_code=code)
            for section in ("projects", "news"):
                page = home.get_children().get(slug=section)
                may = page.permissions_for_user(user)
                verbs = allowed.get((tree, section), set()) | allowed.get((tree, EVERYWHERE), set())
                assert may.can_edit() == bool(verbs & {"change", "add"} and "change" in verbs)
                assert may.can_publish() == ("publish" in verbs)
                assert may.can_add_subpage() == ("add" in verbs)
                assert may.can_lock() == ("lock" in verbs)
        assert user.has_perm("wagtailadmin.access_admin")
        for model in role.snippets:
            app, name = model.split(".")
            assert user.has_perm(f"{app}.change_{name}")
        assert user.has_perm("pages.change_division") == ("pages.division" in role.snippets)
        assert not user.has_perm("auth.change_user")
