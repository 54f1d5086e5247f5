"""A mail to those who review, when a translation is ready.

Told are those who may publish the translation *and* its source: the desk that answers for the
page, not every translator. Wagtail's own switch ("submitted notifications") turns it off.
"""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.admin.mail import send_mail
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

from kiyose.pages.addresses import absolute


def reviewers_of(record: Translation, besides=None) -> list:
    """The people to be told about a page; nobody about a snippet."""
    target, source = record.get_target_instance(), record.source.get_source_instance()
    if not isinstance(target, Page):
        return []
    who = page_permission_policy.users_with_permission_for_instance
    people = who("publish", target).filter(pk__in=who("publish", source).values("pk"))
    return [
        person
        for person in people.exclude(pk=getattr(besides, "pk", None)).exclude(email="")
        if UserProfile.get_for_user(person).submitted_notifications
    ]


def tell_reviewers(record: Translation, user) -> None:
    """Send the mails when the transaction is committed; a mail server that fails stops nothing."""
    people = reviewers_of(record, besides=user)
    transaction.on_commit(lambda: _write(record, user, people))


def _write(record: Translation, user, people) -> None:
    address = absolute(reverse("translation_desk:changes", args=[record.pk]))
    for person in people:
        with translation.override(person.wagtail_userprofile.get_preferred_language()):
            words = {
                "title": str(record.source.object_repr),
                "language": record.target_locale.get_display_name(),
                "who": user.get_full_name() or user.get_username(),
                "address": address,
            }
            subject = _("Ready for review in %(language)s: %(title)s") % words
            text = _(
                "%(who)s has finished the translation of “%(title)s” into %(language)s. "
                "Please read it and confirm the review: %(address)s"
            )
            send_mail(subject, text % words, [person.email], fail_silently=True)
