"""Wagtail's page editor as a person uses it: open the form, change something, press a button."""

from __future__ import annotations

import html

from django.http import QueryDict
from django.urls import reverse
from wagtail.blocks.base import BlockField
from wagtail.test.utils.form_data import querydict_from_html


def open_form(client, url: str) -> QueryDict:
    """What the browser would send back from this form if nothing were changed (no body)."""
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    data = querydict_from_html(answer.content.decode(), form_id="page-edit-form")
    for name, field in answer.context["form"].fields.items():
        if isinstance(field, BlockField):  # drawn by the browser, so not in the HTML
            data[f"{name}-count"] = "0"
    return data


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def add_url(model, parent) -> str:
    return reverse(
        "wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk]
    )


def press(client, url: str, button: str | None = None, accept: str | None = None, **changes):
    """Open the form, change these fields, press the button (none: save draft)."""
    data = open_form(client, url)
    for name, value in changes.items():
        data[name] = value
    if button:
        data[button] = "1"
    headers = {"accept": accept} if accept else {}
    return client.post(url, data.dict(), headers=headers)


def text_of(answer) -> str:
    """The text of an answer, entities resolved, headings in one piece."""
    return html.unescape(answer.content.decode().replace("<wbr>", ""))


def messages_of(client, answer) -> str:
    """What the next page of the admin tells the user."""
    return text_of(client.get(answer.url if answer.status_code == 302 else "/admin/"))
