"""``/verify/``: the check of a certificate, and the files that only a valid one has."""

from __future__ import annotations

from django.urls import path

from .mark_files import mark_file
from .verify import ask, verify

urlpatterns = [
    path("", ask, name="verify_any"),
    path("<str:number>/", verify, name="verify"),
    path("<str:number>/<slug:name>.<slug:extension>", mark_file, name="mark_file"),
]
