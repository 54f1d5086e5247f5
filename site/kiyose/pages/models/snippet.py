"""What translated snippets share."""

from __future__ import annotations

from django.core.validators import validate_slug
from django.db import models
from django.utils.translation import gettext_lazy as _
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


class KeyedSnippet(TranslatedSnippet):
    """A translated snippet with a key that is the same in every language."""

    facts = ("key",)

    key = models.CharField(
        _("key"),
        max_length=50,
        validators=[validate_slug],
        help_text=_("Used in addresses and open data: a–z, 0–9 and hyphens."),
    )

    class Meta(TranslatedSnippet.Meta):
        abstract = True
