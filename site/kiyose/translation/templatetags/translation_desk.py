"""What templates of the admin say about a translation."""

from __future__ import annotations

from django import template

from kiyose.pages.languages import html_language

from ..currency import status_of
from ..desk.actions import actions_for, changes_url
from ..desk.changed import Sentences
from ..desk.listing import ICONS
from ..permissions import may_publish
from ..state import State, state_of

register = template.Library()


@register.filter
def language_tag(code: str) -> str:
    """The ``lang`` of a language of the site: ja of ja-easy."""
    return html_language(code)


@register.simple_tag
def state_icon(state: State) -> str:
    """The name of the icon that stands beside a state's word."""
    return ICONS[state]


@register.inclusion_tag("translation/desk/editor_bar.html", takes_context=True)
def translation_bar(context, record):
    """Above wagtail-localize's editor: how it stands, what has changed, what comes next."""
    user = context["request"].user
    state = state_of(record)
    sentences = Sentences(record)
    return {
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
        "record": record,
        "status": status_of(record),
        "state": state,
        "is_ready": state == State.READY,
        "number": sentences.number,
        "left": sentences.left,
        "changes_url": changes_url(record.pk),
        "publishes": may_publish(user, record.get_target_instance()),
        "actions": actions_for(record, user, state),
    }
