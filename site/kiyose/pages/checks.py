"""System check: every field of ours is declared a fact or a word."""

from __future__ import annotations

from django.apps import apps
from django.core import checks
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, TranslatableMixin

from .facts import SharedFacts

# What belongs to neither: Wagtail's machinery and links to parents. And whatever nobody
# edits, because it is worked out of the facts when a row is saved.
MACHINERY = {"id", "locale", "translation_key", "page_ptr"}


def undeclared_fields(model) -> list[str]:
    """The names of the fields of the model that are declared neither fact nor word."""
    inherited = (
        {field.name for field in Page._meta.get_fields()} if issubclass(model, Page) else set()
    )
    own = {field.name for field in model._meta.concrete_fields if field.editable}
    own -= inherited | MACHINERY
    children = {
        relation.get_accessor_name()
        for relation in get_all_child_relations(model)
        # Rows that any page may have (comments, marks) are declared where they are used.
        if relation.model is not Page
    }
    return sorted((own | children) - set(model.facts) - set(model.words))


@checks.register(checks.Tags.models)
def facts_and_words_are_declared(app_configs, **kwargs):
    errors = []
    for model in apps.get_models():
        if issubclass(model, SharedFacts) and issubclass(model, TranslatableMixin):
            for name in undeclared_fields(model):
                errors.append(
                    checks.Error(
                        f"{model._meta.label}.{name} is declared neither a fact nor a word.",
                        hint="Name it in `facts` or `words`: see kiyose/pages/facts.py.",
                        obj=model,
                        id="pages.E001",
                    )
                )
    return errors
