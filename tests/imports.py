"""An import in the admin as a person uses it: choose a file, look at the preview, confirm."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import GroupPagePermission


def someone(name: str, *permissions: str, edits=None) -> Client:
    """Signed in, with these permissions (``projects.add_measurement``), who may edit the
    pages below ``edits``."""
    group = Group.objects.create(name=name)
    for permission in ("wagtailadmin.access_admin", *permissions):
        app, codename = permission.split(".")
        group.permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    if edits is not None:
        GroupPagePermission.objects.create(
            group=group,
            page_id=edits.pk,
            permission=Permission.objects.get(
                content_type__app_label="wagtailcore", codename="change_page"
            ),
        )
    user = get_user_model().objects.create_user(name, f"{name}@example.jp", "x")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def upload(client, url: str, table: str | bytes, name: str = "table.csv", **options):
    """The answer to a chosen file."""
    data = table.encode() if isinstance(table, str) else table
    return client.post(url, {"file": SimpleUploadedFile(name, data), **options})


def confirm(client, url: str, preview):
    """The answer to pressing the button of a preview."""
    return client.post(url, {"previewed": preview.context["previewed"]})


def problems_of(answer) -> list[tuple]:
    """Line, column, what was typed, and the message."""
    return [(p.line, p.column, p.typed, p.message) for p in answer.context["problems"]]


def steps_of(answer) -> list[tuple]:
    """Line, what happens, and the values from → to."""
    return [
        (step.line, step.kind.value, [(c.before, c.after) for c in step.changes])
        for step in answer.context["plan"].steps
    ]
