"""The page of components: for staff only, as strict as a public page, and made of nothing saved."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certified_orgs.standing import Standing
from events.decisions import Standing as EventStanding
from home.components import SECTIONS
from home.components_samples import EVENTS, EXHIBITORS

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/components/"


@pytest.fixture
def staff(client, django_user_model):
    user = django_user_model.objects.create_user("staff", password="x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    return client


def test_not_for_visitors(client, world):
    answer = client.get(ADDRESS)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("wagtailadmin_login"))


def test_not_for_people_without_the_right(client, django_user_model, world):
    client.force_login(django_user_model.objects.create_user("anyone", password="x"))
    assert client.get(ADDRESS).status_code == 302


def test_staff_find_it_under_help(staff, world):
    assert ADDRESS in staff.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_section_in_both_languages(staff, world, language):
    answer = staff.get(ADDRESS, {"language": language})
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.html["lang"] == language
    for name, _title in SECTIONS:
        assert page.find(id=name), name
    numbers = {tile.text for tile in page.select(".mark__tile")}
    assert numbers >= {str(number) for number in range(1, 18)}
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids)), sorted(one for one in ids if ids.count(one) > 1)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_certificates_in_every_state(staff, world, language):
    page = BeautifulSoup(staff.get(ADDRESS, {"language": language}).content, "html.parser")
    section = page.find(id="certificates")
    chips = section.find(class_="chips")
    for standing in Standing:
        assert chips.select(f".holder-state--{standing.value}")
        assert section.select(f".answer--{standing.value}")
    shown = [card.select_one(".holder-state")["class"][1] for card in section.select(".card")]
    assert shown == [f"holder-state--{each.value}" for each in Standing if each != "unknown"]
    # All but what is simply valid has a banner; the last notice is for all.
    assert len(section.select(".notice")) == len(Standing) - 2 + 1


def test_an_unknown_language_is_the_admins(staff, world):
    assert staff.get(ADDRESS, {"language": "xx"}).status_code == 200


def test_it_is_as_strict_as_a_public_page(staff, world):
    policy = staff.get(ADDRESS)["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy


def test_nothing_of_it_is_saved(staff, world):
    staff.get(ADDRESS)
    with CaptureQueriesContext(connection) as queries:
        staff.get(ADDRESS)
    written = [query["sql"] for query in queries if not query["sql"].startswith("SELECT")]
    assert [sql for sql in written if "SAVEPOINT" not in sql] == []


def test_it_stands_on_a_site_that_is_not_set_up(staff):
    assert staff.get(ADDRESS).status_code == 200


@pytest.mark.parametrize("language", ["ja", "en"])
def test_events_in_every_state(staff, world, language):
    page = BeautifulSoup(staff.get(ADDRESS, {"language": language}).content, "html.parser")
    section = page.find(id="events")
    for standing in EventStanding:
        if standing != EventStanding.ON:
            assert len(section.select(f".event-state--{standing.value}")) >= 2, standing
    assert len(section.select(".card--event")) == len(EVENTS)
    assert section.select(".card--festival")
    assert len(section.select(".notice--ended")) == 2
    assert len(section.select(".exhibitors li")) == len(EXHIBITORS)
