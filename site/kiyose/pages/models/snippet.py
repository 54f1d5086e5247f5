"""What translated snippets share."""

from __future__ import annotations

from django.db import models
from modelcluster.models import ClusterableModel
from wagtail.models import TranslatableMixin

from ..facts import SharedFacts


class TranslatedSnippet(SharedFacts, TranslatableMixin, ClusterableModel):
    """A snippet with facts and words in several languages.

    A snippet has no drafts: its translation is a public row from the first moment,
    filled with the source's words. ``words_ready`` says when these have all been
    translated (kept by ``kiyose.translation``); until then readers get the source
    row, marked as being in another language.
    """

    words_ready = models.BooleanField(default=True, editable=False)

    class Meta(TranslatableMixin.Meta):
        abstract = True
