"""What the committee of an edition may do: draft what stands below it, and no more.

Wagtail's permissions hold at a page and below it. Editing the drafts of colleagues below an
edition needs ``change`` at the edition; that would also open the edition itself, which is PR's.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db.models.signals import post_save, pre_save
from wagtail.models import GroupPagePermission, PagePermissionTester

from kiyose.pages.languages import source_language

DRAFT = ("add", "change")


def editions_of(group: Group):
    """The festivals of which the group is the committee, as they were first written."""
    from .models import FestivalPage

    rows = FestivalPage.objects.filter(committee=group)
    return rows.filter(locale__language_code=source_language())


def remember_former_committee(sender, instance, **kwargs) -> None:
    """Who had the edition until now: what was given to them is taken back after saving."""
    rows = sender.objects.filter(pk=instance.pk)
    instance.former_committee_id = rows.values_list("committee", flat=True).first()


def share_edition(sender, instance, **kwargs) -> None:
    """A new committee may begin at once, and the former one no longer may. What other groups
    were given at the page is none of this one's business."""
    if instance.locale.language_code != source_language():
        return
    former, committee = instance.former_committee_id, instance.committee_id
    wanted = Permission.objects.filter(
        content_type__app_label="wagtailcore",
        codename__in=[f"{verb}_page" for verb in DRAFT],
    )
    if former and former != committee:
        given = GroupPagePermission.objects.filter(page_id=instance.pk, group_id=former)
        given.filter(permission__in=wanted).delete()
    if committee:
        for permission in wanted:
            GroupPagePermission.objects.get_or_create(
                group_id=committee, page_id=instance.pk, permission=permission
            )


class EditionPermissions(PagePermissionTester):
    """Permissions at an edition: what its committee was given there counts below it, and for
    adding to it; not for the edition itself."""

    def __init__(self, user, page):
        super().__init__(user, page)
        # The same questions, asked as if the committee had been given nothing.
        self.edition = PagePermissionTester(user, page)
        if user.is_active and not user.is_superuser:
            self.edition.permissions = self._given_otherwise()

    def can_edit(self):
        return self.edition.can_edit()

    def can_delete(self, ignore_bulk=False):
        return self.edition.can_delete(ignore_bulk)

    def _given_otherwise(self) -> set[str]:
        """The permissions that hold here and are not the committee's at this very page."""
        page = self.page
        # A draft may name another committee than the one that is in office.
        committee = type(page).objects.filter(pk=page.pk).values_list("committee", flat=True)
        in_office = committee.first()
        return {
            given.permission.codename.rsplit("_", maxsplit=1)[0]
            for given in self.permission_policy.get_cached_permissions_for_user(self.user)
            if page.path.startswith(given.page.path)
            and not (given.page_id == page.pk and given.group_id == in_office)
        }


def connect() -> None:
    from .models import FestivalPage

    names = {"sender": FestivalPage}
    pre_save.connect(remember_former_committee, dispatch_uid="events.former_committee", **names)
    post_save.connect(share_edition, dispatch_uid="events.share_edition", **names)
