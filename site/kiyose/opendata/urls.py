from __future__ import annotations

from django.urls import path

from .views import catalogue, dataset_file

urlpatterns = [
    path("", catalogue, name="open_data"),
    path("<slug:name>.<slug:extension>", dataset_file, name="open_data_file"),
]
