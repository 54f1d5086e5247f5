"""The glossary in templates of the admin."""

from __future__ import annotations

from django import template

from ..glossary.offered import terms_of
from ..glossary.removal import goes_with

register = template.Library()


@register.inclusion_tag("translation/glossary/offered.html")
def offered_terms(translation):
    """The terms that stand in the source of a translation (wagtail-localize's record)."""
    terms = terms_of(translation)
    return {
        "terms": terms,
        "language": translation.target_locale,
        "missing": sum(not term.translation for term in terms),
    }


@register.inclusion_tag("translation/glossary/goes_with_locale.html")
def glossary_goes_with(locale):
    """What is removed from the glossary together with a language."""
    return goes_with(locale)
