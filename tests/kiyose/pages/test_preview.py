"""Editors see what they write before anybody else does: previews and drafts of every type."""

from __future__ import annotations

import pytest
from wagtail.models import Page

from tests.page_types import PAGE_TYPES, label, parent_for
from tests.world import fresh

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", PAGE_TYPES, ids=label)
def test_a_page_that_was_never_saved_can_be_previewed(world, model):
    """It has no number, no address and no translations yet."""
    parent = parent_for(model)
    page = model(title="まだ保存していないページ", slug="new", locale=world.site.home.locale)
    # As Wagtail's editor places a page that is being created.
    page.depth = parent.depth + 1
    page.path = Page._get_children_path_interval(parent.path)[1]
    page.set_url_path(parent)
    response = page.make_preview_request()
    assert response.status_code == 200
    assert "まだ保存していないページ" in response.render().content.decode()
    assert "/p/None" not in response.content.decode()


@pytest.mark.parametrize("model", PAGE_TYPES, ids=label)
def test_a_draft_is_seen_by_editors_and_by_nobody_else(world, client, admin_client, model):
    page = fresh(world.page(model))
    address = page.get_url()
    # The name of a holder comes from the register, so there the summary must tell.
    page.title = page.summary = "まだ公開していない言葉"
    page.save_revision()
    draft = f"/admin/pages/{page.pk}/view_draft/"
    assert "まだ公開していない言葉" in admin_client.get(draft).content.decode()
    assert "まだ公開していない言葉" not in client.get(address).content.decode()
    assert client.get(draft).status_code == 302, "who is not signed in is asked to"
