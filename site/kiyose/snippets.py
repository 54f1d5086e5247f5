"""Wagtail's views of snippets, in the language of whoever looks at them."""

from __future__ import annotations

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views import snippets


class SnippetViewSet(snippets.SnippetViewSet):
    """For every snippet of ours that has a place in the menu.

    Wagtail translates the first step of the way ("Home") when addresses are read, which is at
    the first request: in the language of whoever made it, and for everybody from then on.
    """

    breadcrumbs_items = [{"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")}]
