"""The city's dictionary of readings in the admin."""

from wagtail.snippets.models import register_snippet

from .viewsets import ReadingViewSet

register_snippet(ReadingViewSet)
