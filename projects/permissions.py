"""Who may do what with indicators and their figures, in Wagtail's own terms.

Pages have permissions of the page tree, figures those of a snippet (``home/roles.py``).
"""

from __future__ import annotations

from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import page_permission_policy

from kiyose.pages.languages import source_language

# Forms of the models ask these questions, so the models are looked up when they are asked.
from . import models


def editable_indicators(user) -> QuerySet:
    """The indicators whose original page the user may edit."""
    return models.IndicatorPage.objects.filter(
        locale__language_code=source_language(),
        pk__in=page_permission_policy.instances_user_has_permission_for(user, "change").values(
            "pk"
        ),
    )


def may_edit_indicators(user) -> bool:
    """Whether the user may edit indicators, even if there are none yet."""
    sections = page_permission_policy.instances_user_has_permission_for(user, "change")
    return models.IndicatorIndexPage.objects.filter(
        locale__language_code=source_language(), pk__in=sections.values("pk")
    ).exists()


def may(user, action: str) -> bool:
    """Whether the user may add, change, view, delete or publish figures."""
    return ModelPermissionPolicy(models.Measurement).user_has_permission(user, action)


def figures_in_charge_of(user) -> QuerySet:
    """The figures, drafts included, that are the user's business: those of indicators that
    the user may edit, for who has anything to do with figures."""
    policy = ModelPermissionPolicy(models.Measurement)
    if not policy.user_has_any_permission(user, {"add", "change", "delete", "view", "publish"}):
        return models.Measurement.objects.none()
    return models.Measurement.objects.filter(indicator__in=editable_indicators(user))
