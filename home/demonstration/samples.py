"""What the demonstration made up, found by its own words and taken away.

The rule, in one sentence: **what begins with 見本 or Sample is a sample.**

* A page whose title begins so goes, with its translations.
* In other pages a heading that begins so goes, with all that follows until the next one.
* A division whose hours or window begin so loses them and its telephone, FAX and mail.
* The demonstration's accounts can no longer sign in; what they did stays in the history.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from kiyose.pages.models import BasePage, Division

from ..roles import ROLES

SAMPLE = ("見本", "Sample")

SAMPLE_WORDS = ("opening_hours", "floor_and_window")
SAMPLE_CONTACT = ("direct_phone", "main_phone", "extension", "fax", "email", "form_url")


def begins_so(field: str) -> Q:
    """A condition on rows whose field begins as a sample does."""
    condition = Q()
    for word in SAMPLE:
        condition |= Q(**{f"{field}__startswith": word})
    return condition


def sample_pages():
    """Pages of the source tree that are samples as a whole."""
    return Page.objects.filter(
        begins_so("title"), locale__language_code=settings.LANGUAGE_CODE, depth__gt=1
    )


def pages_with_sample_sections() -> Iterator[BasePage]:
    """Pages of every language in whose public words or draft a section is a sample."""
    for page in Page.objects.exclude(pk__in=sample_pages()).specific():
        body = getattr(page, "body", None)
        if body is None:
            continue
        versions = (page, page.get_latest_revision_as_object())
        if any(len(without_samples(one.body)) < len(one.body.raw_data) for one in versions):
            yield page


def without_samples(body) -> list[dict]:
    """The raw blocks of a body that belong to no sample section."""
    kept, in_sample = [], False
    for block in body.raw_data:
        if block["type"] == "heading":
            in_sample = block["value"].startswith(SAMPLE)
        if not in_sample:
            kept.append(block)
    return kept


def remove_sections(page: BasePage) -> None:
    """Take the sample sections out of what is public and out of a waiting draft."""
    draft = page.get_latest_revision_as_object() if page.has_unpublished_changes else None
    if page.live:
        page.body = without_samples(page.body)
        page.save_revision(clean=False).publish(skip_permission_checks=True)
    if draft is not None:
        draft.body = without_samples(draft.body)
        draft.save_revision(clean=False)
    # Else the next publication of a translation would bring the section back.
    for source in TranslationSource.objects.filter(
        object_id=page.translation_key, locale=page.locale
    ):
        source.update_from_db()


def sample_divisions():
    """Divisions, in every language, that are reached under made-up numbers."""
    keys = Division.objects.filter(
        begins_so("opening_hours") | begins_so("floor_and_window")
    ).values("translation_key")
    return Division.objects.filter(translation_key__in=keys)


def empty_contact(division: Division) -> None:
    """Better no number than one where nobody answers."""
    for name in SAMPLE_CONTACT:
        setattr(division, name, "")
    for name in SAMPLE_WORDS:
        if getattr(division, name).startswith(SAMPLE):
            setattr(division, name, "")
    division.save()


def sample_accounts():
    """The accounts that ``load_demonstration`` made and that still bear its addresses."""
    names = ["admin", *(role.account for role in ROLES)]
    return get_user_model().objects.filter(
        username__in=names, email__endswith="@example.jp", is_active=True
    )
