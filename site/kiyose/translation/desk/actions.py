"""The links beside a translation.

Other modules add theirs by the hook ``translation_action``: it is called with the ``Translation``
and the user, who may edit it, and gives Wagtail's ``Button``s. They are plain links: what
changes something shows a form first. Those of a whole language come by
``translation_desk_action``, called with the ``Locale`` and the user.
"""

from __future__ import annotations

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail_localize.models import Translation

from ..permissions import may_publish
from ..state import State

CHANGES = "translation_desk:changes"


def edit_url(instance) -> str:
    """Where the thing is edited: for a translation, wagtail-localize's editor."""
    return AdminURLFinder().get_edit_url(instance) or ""


def changes_url(record_id: int) -> str:
    return reverse(CHANGES, args=[record_id])


def start_url(row) -> str:
    """Where the translation of a row that has none is started."""
    if isinstance(row, Page):
        return reverse("wagtail_localize:submit_page_translation", args=[row.pk])
    return reverse(
        "wagtail_localize:submit_snippet_translation",
        args=[row._meta.app_label, row._meta.model_name, quote(row.pk)],
    )


def actions_for(record: Translation, user, state: State) -> list[Button]:
    """The links of one translation for who may edit it, in order."""
    target = record.get_target_instance()
    buttons = [
        Button(_("Whole text"), edit_url(target), icon_name="edit", priority=10),
    ]
    if isinstance(target, Page):
        preview = reverse("wagtail_localize:preview_translation", args=[record.pk])
        if record.enabled:
            new_window = {"target": "_blank", "rel": "noopener"}
            buttons.append(
                Button(_("Preview"), preview, icon_name="view", priority=20, attrs=new_window)
            )
    if may_publish(user, target):
        label = _("Confirm the review") if state == State.READY else _("Enter a review")
        url = reverse("translation_desk:confirm", args=[record.pk])
        buttons.append(Button(label, url, icon_name="success", priority=30))
    for hook in hooks.get_hooks("translation_action"):
        buttons.extend(hook(record, user))
    return sorted(buttons)


def desk_actions(locale, user) -> list[Button]:
    """What other modules offer for a whole language."""
    return [
        button
        for hook in hooks.get_hooks("translation_desk_action")
        for button in hook(locale, user)
    ]
