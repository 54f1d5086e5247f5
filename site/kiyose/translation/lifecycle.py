"""What happens to an original happens to its translations.

Unpublishing and expiry, view restrictions, moves, a new address, deletion: each is
one signal of Wagtail or Django, so it holds for every route, scripts included. The
other way round nothing travels: a translation may be withdrawn on its own.

Publishing an original again does not bring its translations back: their words may
be old by then, and until somebody publishes them readers get the original, marked.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.log_actions import log
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move

from .sources import translations_of, waiting_revisions

HOME_DEPTH = 2
SLUG_TAKEN = "translation.slug_taken"


@transaction.atomic
def unpublish_translations(sender, instance, **kwargs):
    """An original that is withdrawn or expires takes its translations along, those
    that only wait for their hour included."""
    for target in translations_of(instance):
        _withdraw(target, set_expired=instance.expired)


def _withdraw(page, set_expired: bool = False) -> None:
    """Take the page from the public, and from the schedule."""
    page.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)
    if page.live:
        page.unpublish(set_expired=set_expired)


def _restriction_values(page) -> list:
    return [
        (row.restriction_type, row.password, sorted(row.groups.values_list("pk", flat=True)))
        for row in page.view_restrictions.order_by("pk")
    ]


@transaction.atomic
def share_restrictions(page) -> None:
    """Who may see an original may see its translations, and nobody else."""
    wanted = _restriction_values(page)
    for target in translations_of(page):
        if _restriction_values(target) == wanted:
            continue
        target.view_restrictions.all().delete()
        for restriction_type, password, groups in wanted:
            row = target.view_restrictions.create(
                restriction_type=restriction_type, password=password
            )
            row.groups.set(groups)


def restriction_changed(sender, instance, **kwargs):
    if kwargs.get("raw"):
        return
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        share_restrictions(page)


def restriction_groups_changed(sender, instance, action, reverse, **kwargs):
    if action.startswith("post_") and not reverse:
        share_restrictions(instance.page)


@transaction.atomic
def move_translations(sender, instance, parent_page_before, parent_page_after, **kwargs):
    """A translation follows to the translation of the new parent. Where there is none, or
    another page has its address there, it would stay behind at an address of the past, so
    it is withdrawn."""
    if parent_page_before.pk == parent_page_after.pk:
        return
    for target in translations_of(instance):
        parent = parent_page_after.get_translation_or_none(target.locale)
        is_free = parent is not None and Page._slug_is_available(target.slug, parent, target)
        if is_free:
            Page.objects.get(pk=target.pk).move(Page.objects.get(pk=parent.pk), pos="last-child")
            continue
        if parent is not None:
            log(instance=target, action=SLUG_TAKEN, data={"slug": target.slug})
        _withdraw(target)


@transaction.atomic
def share_slug(sender, instance, instance_before, **kwargs):
    """The address of a page differs between languages only in its prefix."""
    if instance.depth <= HOME_DEPTH:
        return
    for target in translations_of(instance):
        if not Page._slug_is_available(instance.slug, target.get_parent(), target):
            log(instance=target, action=SLUG_TAKEN, data={"slug": instance.slug})
            continue
        target.slug = instance.slug
        target.save(clean=False)
        for revision in waiting_revisions(target):
            revision.content["slug"] = instance.slug
            revision.save(update_fields=["content"])


def delete_translations(sender, instance, **kwargs):
    """Before an original is deleted, so are its translations."""
    for target in translations_of(instance):
        target.delete()


def connect() -> None:
    page_unpublished.connect(unpublish_translations, dispatch_uid="translation.unpublish")
    post_page_move.connect(move_translations, dispatch_uid="translation.move")
    page_slug_changed.connect(share_slug, dispatch_uid="translation.slug")
    pre_delete.connect(delete_translations, sender=Page, dispatch_uid="translation.delete")
    for signal in (post_save, post_delete):
        signal.connect(
            restriction_changed, sender=PageViewRestriction, dispatch_uid="translation.restrict"
        )
    m2m_changed.connect(
        restriction_groups_changed,
        sender=PageViewRestriction.groups.through,
        dispatch_uid="translation.restriction_groups",
    )
