"""Who may edit, publish and start translations of a page or a snippet."""

from __future__ import annotations

from django.conf import settings
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.snippets.permissions import user_can_edit_snippet_type

SUBMIT = "wagtail_localize.submit_translation"


def may_edit(user, instance) -> bool:
    """Whether the user may edit this page, or snippets of this kind."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    return user_can_edit_snippet_type(user, type(instance))


def may_publish(user, instance) -> bool:
    """Whether the user may publish this page; a snippet is public once it is saved."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_publish()
    return user_can_edit_snippet_type(user, type(instance))


def may_start(user, instance) -> bool:
    """Whether the user may start translations of this page or snippet."""
    return user.has_perm(SUBMIT) and may_edit(user, instance)


def may_edit_translations(user) -> bool:
    """Whether there are pages in other languages that the user may edit. One query at most."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    return pages.exclude(locale__language_code=settings.LANGUAGE_CODE).exists()
