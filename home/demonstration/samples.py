"""What the demonstration made up, found by its own words and taken away.

The rule, in one sentence: **what begins with 見本 or Sample is a sample.**

* A page whose title begins so goes, with its translations and what was decided about it. One
  below which something real stands is kept and named.
* In other pages a heading that begins so goes, with all that follows until the next one.
* Measurements from a source whose title begins so go, with their former values, and so does
  a beginning that such a source confirms; in the end the source itself.
* An indicator's reason and what comes next (理由と今後の対応) goes where it begins so.
* Programmes and measures whose names begin so go.
* Certificates and applications of organisations whose names begin so go, with all that
  belongs to them (``sample_certificates.py``).
* A division whose hours or window begin so loses them and its telephone, FAX and mail.
* Lines of help with words that begin so go; 119 and the like stay.
* Venues whose names begin so go, with decisions of the day about them alone. Fields and parts of
  the festival are vocabulary and stay.
* A review of a translation by somebody whose name begins so is taken back. A page that was public
  because of it waits as a draft for a person who reads it.
* The demonstration's accounts can no longer sign in; what they did stays in the history.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import ProtectedError, Q
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from events.models import Decision, Venue
from kiyose.pages.facts import source_rows
from kiyose.pages.models import BasePage, Division
from kiyose.translation.models import TranslationStatus
from kiyose.translation.reviews import needs_review_before_publication
from projects.models import BaselineKind, IndicatorPage, Measurement, Source
from sdgs.models import Measure, Programme

from ..models import HelpLine
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
    """Pages of the source tree that are samples as a whole, in the order of the tree."""
    return Page.objects.filter(
        begins_so("title"), locale__language_code=settings.LANGUAGE_CODE, depth__gt=1
    ).order_by("path")


def remove_page(page: Page) -> bool:
    """Whether it could go: its sample pages have gone before it, so what is left is real."""
    page = page.specific
    if page.get_children().exists():
        return False
    page.delete()
    return True


def sample_venues():
    return Venue.objects.filter(begins_so("name"), **source_rows())


def remove_venue(venue: Venue) -> bool:
    """Whether it could go, in every language: it stays where something real takes place."""
    try:
        with transaction.atomic():
            Decision.objects.filter(venue=venue, event=None, festival=None).delete()
            venue.delete()
    except ProtectedError:
        return False
    Venue.objects.filter(translation_key=venue.translation_key).delete()
    return True


def sample_sources():
    """Sources that are made up, in every language."""
    keys = Source.objects.filter(begins_so("title")).values("translation_key")
    return Source.objects.filter(translation_key__in=keys)


def sample_measurements():
    return Measurement.objects.filter(source__in=sample_sources()).select_related("indicator")


def sample_programmes():
    return Programme.objects.filter(begins_so("name") | begins_so("name_en"))


def sample_measures():
    return Measure.objects.filter(begins_so("name") | begins_so("name_en"))


def pages_with_samples() -> Iterator[BasePage]:
    """Pages of every language in whose public words and facts, or draft, something is a sample."""
    sources = _keys_of_sources()
    for page in Page.objects.exclude(pk__in=sample_pages()).specific():
        versions = (page, page.get_latest_revision_as_object())
        if any(without_samples(one, sources) for one in versions):
            yield page


def _keys_of_sources() -> set[int]:
    return set(sample_sources().values_list("pk", flat=True))


def without_samples(page, sources: set[int]) -> dict[str, Any]:
    """What its fields must become so that the page holds no sample; empty if it holds none.

    sources: the keys of the sample sources.
    """
    fields: dict[str, Any] = {}
    if body := getattr(page, "body", None):
        kept = _blocks_without_samples(body)
        if len(kept) < len(body.raw_data):
            fields["body"] = kept
    if isinstance(page, IndicatorPage):
        if page.response.startswith(SAMPLE):
            fields |= {"response": "", "response_on": None}
        if page.baseline_source_id in sources:
            fields |= {
                "baseline_kind": BaselineKind.NONE,
                "baseline_value": None,
                "baseline_source": None,
            }
    return fields


def _blocks_without_samples(body) -> list[dict]:
    """The raw blocks of a body that belong to no sample section."""
    kept, in_sample = [], False
    for block in body.raw_data:
        if block["type"] == "heading":
            in_sample = block["value"].startswith(SAMPLE)
        if not in_sample:
            kept.append(block)
    return kept


def remove_from(page: BasePage) -> None:
    """Take the samples out of what is public and out of a waiting draft."""
    sources = _keys_of_sources()
    draft = page.get_latest_revision_as_object() if page.has_unpublished_changes else None
    _set_fields(page, without_samples(page, sources))
    if page.live:
        page.save_revision(clean=False).publish(skip_permission_checks=True)
    else:
        page.save(clean=False)
    if draft is not None:
        _set_fields(draft, without_samples(draft, sources))
        draft.save_revision(clean=False)
    # Else the next publication of a translation would bring the section back.
    for source in TranslationSource.objects.filter(
        object_id=page.translation_key, locale=page.locale
    ):
        source.update_from_db()


def _set_fields(page: BasePage, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(page, name, value)


def remove_measures(measures: list[Measure]) -> None:
    """Real programmes stay, without a measure."""
    Programme.objects.filter(measure__in=measures).update(measure=None)
    Measure.objects.filter(pk__in=[measure.pk for measure in measures]).delete()


def remove_source(source: Source) -> bool:
    """Whether it could go: what somebody else's goals or figures rest on stays."""
    try:
        source.delete()
    except ProtectedError:
        return False
    return True


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


def sample_help_lines():
    """Lines of help, in every language, where something is made up."""
    condition = Q()
    for name in HelpLine.words:
        condition |= begins_so(name)
    keys = HelpLine.objects.filter(condition).values("translation_key")
    return HelpLine.objects.filter(translation_key__in=keys)


def sample_reviews():
    """Translations that nobody has read but a made-up reviewer."""
    return (
        TranslationStatus.objects.filter(begins_so("reviewer_name"))
        .select_related("translation__source", "translation__target_locale")
        .order_by("pk")
    )


def take_back_review(status: TranslationStatus) -> None:
    """No word is lost: where its language needs a review, the page is a draft again."""
    status.reviewed_at = status.reviewed_by = status.reviewing_division = None
    status.reviewer_name = status.reviewed_digest = ""
    status.save()
    record = status.translation
    if needs_review_before_publication(record.target_locale.language_code):
        page = Page.objects.filter(
            translation_key=record.source.object_id, locale=record.target_locale, live=True
        ).first()
        if page is not None:
            page.specific.unpublish()


def sample_accounts():
    """The accounts that ``load_demonstration`` made and that still bear its addresses."""
    names = ["admin", *(role.account for role in ROLES)]
    return get_user_model().objects.filter(
        username__in=names, email__endswith="@example.jp", is_active=True
    )
