"""What the committee of an edition may do: draft what stands below it, and no more.

Wagtail's permissions hold at a page and below it. Editing the drafts of colleagues below an
edition needs ``change`` at the edition; that would also open the edition itself, which is PR's.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db.models.signals import post_save
from wagtail.models import GroupPagePermission, PagePermissionTester

from kiyose.pages.languages import source_language

DRAFT = ("add", "change")


def editions_of(group: Group):
    """The festivals of which the group is the committee, as they were first written."""
    from .models import FestivalPage

    rows = FestivalPage.objects.filter(committee=group)
    return rows.filter(locale__language_code=source_language())


def share_edition(sender, instance, **kwargs) -> None:
    """A new committee may begin at once, and the former one no longer may."""
    if instance.locale.language_code != source_language():
        return
    given = GroupPagePermission.objects.filter(page_id=instance.pk)
    wanted = Permission.objects.filter(
        content_type__app_label="wagtailcore",
        codename__in=[f"{verb}_page" for verb in DRAFT],
    )
    given.exclude(group=instance.committee_id).filter(permission__in=wanted).delete()
    if instance.committee_id:
        for permission in wanted:
            GroupPagePermission.objects.get_or_create(
                group_id=instance.committee_id, page_id=instance.pk, permission=permission
            )


class EditionPermissions(PagePermissionTester):
    """Permissions at an edition itself: what was given only there counts below, not for it."""

    def can_edit(self):
        return super().can_edit() and not self._is_only_committee()

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) and not self._is_only_committee()

    def can_move(self):
        return super().can_move() and not self._is_only_committee()

    def can_copy(self):
        return super().can_copy() and not self._is_only_committee()

    def _is_only_committee(self) -> bool:
        """Whether whatever the user may do here was given at this very page."""
        if self.user.is_superuser or not self.user.is_active:
            return False
        above = self.page.get_ancestors()
        given = GroupPagePermission.objects.filter(
            group__user=self.user,
            page__in=above,
            permission__codename__in=["change_page", "publish_page"],
        )
        return not given.exists()


def connect() -> None:
    from .models import FestivalPage

    post_save.connect(share_edition, sender=FestivalPage, dispatch_uid="events.share_edition")
