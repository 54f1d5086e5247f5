"""Said when a translation is published or called ready: where it ignores the glossary.

A warning and no refusal: a sentence may have good reasons to say it otherwise.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail_localize.models import Translation

from kiyose.tables.problems import listed

from .ignored import ignored_in_translation
from .report import may_see_report

MOST_NAMED = 5


def warn_of_ignored_terms(request, record: Translation) -> None:
    """Name the terms that this translation says otherwise, with the way to the report."""
    if not record.enabled:
        return
    found = {term.pk: term for row in ignored_in_translation(record) for term in row.terms}
    if not found:
        return
    named = [
        _("%(term)s (“%(translation)s”)") % {"term": term.term, "translation": term.translation}
        for term in found.values()
    ]
    if len(named) > MOST_NAMED:
        named[MOST_NAMED:] = ["…"]
    buttons = []
    if may_see_report(request.user):
        query = urlencode({"locale": record.target_locale_id})
        address = f"{reverse('glossary_report')}?{query}"
        buttons = [messages.button(address, _("See the sentences"))]
    messages.warning(
        request,
        _("“%(title)s” does not say these as the glossary does: %(terms)s")
        % {"title": record.source.object_repr, "terms": listed(named)},
        buttons=buttons,
    )
