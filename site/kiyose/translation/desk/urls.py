"""The addresses of the desk, below the admin's."""

from __future__ import annotations

from django.urls import path

from . import listing, views

app_name = "translation_desk"

KIND = "<slug:app_label>/<slug:model_name>/"

urlpatterns = [
    path("", listing.PagesView.as_view(), name="pages"),
    path("results/", listing.PagesView.as_view(results_only=True), name="pages_results"),
    path(f"kinds/{KIND}", listing.SnippetsView.as_view(), name="snippets"),
    path(
        f"kinds/{KIND}results/",
        listing.SnippetsView.as_view(results_only=True),
        name="snippets_results",
    ),
    path("<int:pk>/changes/", views.ChangesView.as_view(), name="changes"),
    path("<int:pk>/ready/", views.ReadyView.as_view(), name="ready"),
    path("<int:pk>/not-ready/", views.NotReadyView.as_view(), name="not_ready"),
    path("<int:pk>/review/", views.ConfirmView.as_view(), name="confirm"),
]
