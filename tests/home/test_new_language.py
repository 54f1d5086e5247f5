"""A language that is added in the admin: who may work on it."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from kiyose.translation.factories import start_translation
from tests import staff
from tests.world import fresh

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("account", "edits", "publishes"),
    [("pr", True, True), ("translator", True, True), ("department", False, False)],
)
def test_roles_reach_the_tree_as_soon_as_it_is_begun(world, account, edits, publishes):
    staff.employ()
    record = start_translation(fresh(world.site.home), "ja-easy")
    user = get_user_model().objects.get(username=account)
    may = record.get_target_instance().permissions_for_user(user)
    assert (may.can_edit(), may.can_publish()) == (edits, publishes)


def test_where_no_roles_are_set_up_nobody_gets_any(world):
    home = start_translation(fresh(world.site.home), "ja-easy").get_target_instance()
    assert not home.group_permissions.exists()
