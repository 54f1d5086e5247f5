"""For whom there is a desk, of which languages, and of which kinds of things."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q, QuerySet
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.permissions import user_can_edit_snippet_type

from kiyose.pages.languages import source_language
from kiyose.pages.models import TranslatedSnippet

from ..permissions import SUBMIT


def pages_of(user, action: str = "change") -> QuerySet:
    """The pages of all trees on which the user may do this."""
    return page_permission_policy.instances_user_has_permission_for(user, action)


def target_locales() -> list[Locale]:
    """All languages that are translated into, in the order of the settings."""
    codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    # A language that the settings do not name any more may still have a row.
    locales = Locale.objects.filter(language_code__in=codes).exclude(
        language_code=source_language()
    )
    return sorted(locales, key=lambda locale: codes.index(locale.language_code))


def may_start_any(user) -> bool:
    """Whether the user may start translations of pages of the source's tree at all."""
    return (
        user.has_perm(SUBMIT)
        and pages_of(user).filter(locale__language_code=source_language()).exists()
    )


def languages_for(user) -> list[Locale]:
    """The languages into which the user translates: where there is a page that the user may
    edit; all of them for who may start translations."""
    if not page_permission_policy.user_has_permission(user, "change"):
        return []
    locales = target_locales()
    if may_start_any(user):
        return locales
    known = set(pages_of(user).order_by().values_list("locale_id", flat=True).distinct())
    return [locale for locale in locales if locale.pk in known]


def kinds_for(user) -> list[type]:
    """What the desk lists: pages, and the translated snippets that the user may edit."""
    snippets = [
        model
        for model in get_snippet_models()
        if issubclass(model, TranslatedSnippet) and user_can_edit_snippet_type(user, model)
    ]
    return [Page, *sorted(snippets, key=lambda model: str(model._meta.verbose_name_plural))]


def own_pages(user, locale: Locale) -> Q:
    """Of rows of the desk (``rows.py``) those that are the user's business: whose translation
    the user may edit, or may start."""
    mine = pages_of(user).order_by()
    condition = Q(translation_key__in=mine.filter(locale=locale).values("translation_key"))
    if user.has_perm(SUBMIT):
        condition |= Q(target_id=None, pk__in=mine.values("pk"))
    return condition
