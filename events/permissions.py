"""Who decides on the day, and about what. ``home/roles.py`` gives the permissions; every view of
the duty desk asks here, and again for the very thing that is decided about."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from kiyose.pages.languages import source_language

# Models ask their own permissions, so they are looked up when they are asked.
from . import models

DECIDE_ALL = "events.add_decision"
DECIDE_OWN = "events.decide_own_edition"
SEE_LOG = "events.view_decision"


def may_decide_all(user) -> bool:
    """Duty officers, 広報 and 未来創造課: about everything in the city."""
    return user.is_active and user.has_perm(DECIDE_ALL)


def festivals_decided_by(user) -> QuerySet[models.FestivalPage]:
    """The festivals, as they were first written, about which the user may decide; of a
    committee those of its own editions only."""
    found = models.FestivalPage.objects.filter(locale__language_code=source_language())
    if may_decide_all(user):
        return found
    if user.is_active and user.has_perm(DECIDE_OWN):
        return found.filter(committee__user=user.pk)
    return found.none()


def may_decide(user) -> bool:
    """Whether there is anything that the user may decide about."""
    return may_decide_all(user) or festivals_decided_by(user).exists()


def events_decided_by(user) -> QuerySet[models.EventPage]:
    """Likewise the events, drafts included."""
    found = models.EventPage.objects.filter(locale__language_code=source_language())
    if may_decide_all(user):
        return found
    below = Q(pk__in=())
    for path in festivals_decided_by(user).values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return found.filter(below)


def decisions_seen_by(user) -> QuerySet[models.Decision]:
    """The log: all of it, or what was decided about the own editions and their events."""
    if not (user.is_active and user.has_perm(SEE_LOG)):
        return models.Decision.objects.none()
    if may_decide_all(user):
        return models.Decision.objects.all()
    return models.Decision.objects.filter(
        Q(festival__in=festivals_decided_by(user)) | Q(event__in=events_decided_by(user))
    )
