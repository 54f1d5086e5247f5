"""Who has handled a case is not deleted, and whoever tries is told what to do instead."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from certified_orgs import moves
from certified_orgs.factories import ApplicationFactory
from certified_orgs.moves import Actor
from certified_orgs.states import Who
from tests.certified_orgs.desk import account
from tests.staff import client_of, employ

pytestmark = pytest.mark.django_db

SAID = "手続に関わった記録があるため、削除できません"


@pytest.fixture
def clerk(world):
    employ()
    clerk = account("shokokai")
    moves.make(ApplicationFactory(state="submitted"), "receive", Actor(Who.WINDOW, clerk))
    return clerk


@pytest.fixture
def newcomer(clerk):
    return get_user_model().objects.create(username="newcomer")


def exists(user) -> bool:
    return get_user_model().objects.filter(pk=user.pk).exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_has_handled_a_case_stays(clerk, method):
    url = reverse("wagtailusers_users:delete", args=[clerk.pk])
    answer = getattr(client_of("admin"), method)(url, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("wagtailusers_users:edit", args=[clerk.pk])
    assert SAID in answer.content.decode()
    assert exists(clerk)


def test_and_so_do_all_who_were_chosen_with_them(clerk, newcomer):
    url = reverse("wagtail_bulk_action", args=["auth", "user", "delete"])
    query = f"?id={clerk.pk}&id={newcomer.pk}"
    answer = client_of("admin").post(url + query, follow=True)
    assert SAID in answer.content.decode()
    assert "shokokai" in answer.content.decode()
    assert exists(clerk)
    assert exists(newcomer)


def test_others_are_deleted_as_ever(newcomer):
    client_of("admin").post(reverse("wagtailusers_users:delete", args=[newcomer.pk]))
    assert not exists(newcomer)
    other = get_user_model().objects.create(username="other")
    url = reverse("wagtail_bulk_action", args=["auth", "user", "delete"])
    client_of("admin").post(f"{url}?id={other.pk}")
    assert not exists(other)
