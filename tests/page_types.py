"""
Every page type and snippet of the site, and the factory of each, found by themselves.

A test that runs over `PAGE_TYPES` picks up tomorrow's page types too. All that a new one
needs is a factory beside its models; a test says so where it is missing.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from factory.django import DjangoModelFactory
from wagtail.models import Page, get_page_models

from kiyose.pages.models import BasePage, TranslatedSnippet
from sdgs.models import MarkedPage


def _import_factories() -> None:
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.factories"):
            import_module(f"{config.name}.factories")


def _all_subclasses(cls):
    for subclass in cls.__subclasses__():
        yield subclass
        yield from _all_subclasses(subclass)


_import_factories()

PAGE_TYPES = sorted(
    (model for model in get_page_models() if issubclass(model, BasePage)),
    key=lambda model: model._meta.label,
)
MARKED_PAGE_TYPES = [model for model in PAGE_TYPES if issubclass(model, MarkedPage)]
SNIPPETS = sorted(
    (model for model in apps.get_models() if issubclass(model, TranslatedSnippet)),
    key=lambda model: model._meta.label,
)
FACTORIES = {
    factory._meta.model: factory
    for factory in _all_subclasses(DjangoModelFactory)
    if factory._meta.model is not None and not factory._meta.abstract
}


def label(value) -> str:
    """The name of a test's parameter."""
    return value.__name__ if isinstance(value, type) else str(value)


def factory_of(model):
    """The factory of a model; a test without one fails and says what to do."""
    if model not in FACTORIES:
        app = model._meta.app_config.name
        pytest.fail(
            f"{model._meta.label} has no factory. Write {model.__name__}Factory (with `class Meta: "
            f"model = {model.__name__}`) in {app}/factories.py; a page's extends BasePageFactory "
            "or MarkedPageFactory. Then every rule of pages is tested on it by itself."
        )
    return FACTORIES[model]


def parent_for(model) -> Page:
    """A page that may have pages of this type below it: the root, else the first one there is."""
    for parent_type in model.allowed_parent_page_models():
        if parent_type is Page:
            return Page.get_first_root_node()
    for parent_type in model.allowed_parent_page_models():
        parent = parent_type.objects.filter(locale__language_code="ja").order_by("path").first()
        if parent is not None:
            return parent
    pytest.fail(
        f"SmallSite (home/factories.py) has no page that a {model._meta.label} may stand below; "
        f"it needs one of: {', '.join(m.__name__ for m in model.allowed_parent_page_models())}."
    )
