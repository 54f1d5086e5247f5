"""Accounts that have handled cases stay: the records name them. They can be deactivated."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages


def is_kept_by_others(row) -> bool:
    """Whether a record that is kept names the row, so that the database would not delete it."""
    try:
        Collector(using=row._state.db, origin=row).collect([row])
    except ProtectedError:
        return True
    return False


def who_handled_cases_stays(request, user):
    """For ``before_delete_user``."""
    if is_kept_by_others(user):
        _say(request, [user])
        return redirect("wagtailusers_users:edit", user.pk)
    return None


def all_who_handled_cases_stay(request, action_type, objects, action):
    """For ``before_bulk_action``: one of them, and nobody is deleted."""
    if action_type != "delete" or action.model is not get_user_model():
        return None
    kept = [user for user in objects if is_kept_by_others(user)]
    if kept:
        _say(request, kept)
        return redirect("wagtailusers_users:index")
    return None


def _say(request, kept) -> None:
    names = " ".join(user.get_username() for user in kept)
    messages.error(
        request,
        _("%(names)s: has handled cases, so the account stays. Deactivate it instead.")
        % {"names": names},
    )
