"""On the admin's home page: how far each language is, and what waits for a review."""

from __future__ import annotations

from django import forms
from django.db.models import Exists, OuterRef
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail_localize.models import Translation

from kiyose.pages.languages import html_language, source_language

from ..state import State, with_state
from .progress import progress_of
from .scope import languages_for, pages_of

SHOWN = 10
STYLES = forms.Media(css={"all": ["translation/desk.css"]})


class ProgressPanel(Component):
    """For everybody who translates: pages up to date, and what is left, by language."""

    name = "translation_progress"
    template_name = "translation/desk/progress_panel.html"
    order = 160
    media = STYLES

    def __init__(self, locales):
        self.locales = locales

    def get_context_data(self, parent_context):
        desk = reverse("translation_desk:pages")
        return {
            "lines": [
                {
                    "progress": progress_of(locale),
                    "lang": html_language(locale.language_code),
                    "url": f"{desk}?language={locale.language_code}",
                }
                for locale in self.locales
            ],
        }


class WaitingPanel(Component):
    """For who may publish translations: those that their translators call ready."""

    name = "translation_waiting"
    template_name = "translation/desk/waiting_panel.html"
    order = 155
    media = STYLES

    def get_context_data(self, parent_context):
        rows = list(waiting_for(parent_context["request"].user)[: SHOWN + 1])
        return {
            "rows": rows[:SHOWN],
            "has_more": len(rows) > SHOWN,
            "more_url": f"{reverse('translation_desk:pages')}?state={State.READY.value}",
            "source_lang": html_language(source_language()),
        }


def waiting_for(user):
    """Translations of pages that are ready and that the user may publish, the oldest first."""
    mine = pages_of(user, "publish").filter(
        translation_key=OuterRef("source__object_id"), locale_id=OuterRef("target_locale_id")
    )
    return (
        with_state(Translation.objects.filter(Exists(mine)))
        .filter(state=State.READY.value)
        .select_related("source", "target_locale", "status__ready_by")
        .order_by("status__ready_at")
    )


def panels_for(user) -> list[Component]:
    locales = languages_for(user)
    if not locales:
        return []
    return [WaitingPanel(), ProgressPanel(locales)]
