"""What wagtail-localize's editor sends, string by string and link by link, looked at first.

Its views ask the translated page who may edit it, but take whatever comes: a request without
a value, a title that no field holds, and any address as the target of a link. So they do their
work, and what they have saved is looked at before it is kept.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import JsonResponse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from wagtail.whitelist import check_url
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
)
from wagtail_localize.strings import StringValue
from wagtail_localize.views import edit_translation

from ..exchange.limits import limits_of
from ..mangled import told_as_value_error
from ..reviews import withdraw_ready
from .changed import is_address


def edit_string(request, translation_id: int, string_segment_id: int):
    """Save or delete the translation of one string. 400, and nothing saved, for a request
    without a value, and for words that cannot stand in the field of the page."""
    return _kept_if_sound(
        edit_translation.edit_string_translation,
        _faults_of_string,
        request,
        translation_id,
        string_segment_id,
    )


def edit_link(request, translation_id: int, overridable_segment_id: int):
    """Save or delete the target of one link. 400, and nothing saved, for what a link must not
    lead to: a script, say, would run in the readers' browsers."""
    return _kept_if_sound(
        edit_translation.edit_override,
        _faults_of_link,
        request,
        translation_id,
        overridable_segment_id,
    )


@transaction.atomic
def _kept_if_sound(
    view: Callable, faults_of: Callable, request, translation_id: int, segment_id: int
):
    """The library's answer; what was ready for review is not any more, for nobody has seen the
    change. faults_of: what is wrong with what has been saved (record, number of the segment)."""
    try:
        with told_as_value_error():
            answer = view(request, translation_id, segment_id)
    except MultiValueDictKeyError:
        return _refused(_("No text was sent."))
    except ValueError as error:
        return _refused(str(error))
    if answer.status_code >= 300:
        return answer
    record = Translation.objects.select_related("source").get(pk=translation_id)
    faults = faults_of(record, segment_id)
    if faults:
        return _refused(" ".join(faults))
    withdraw_ready(record, request.user)
    return answer


def _faults_of_string(record: Translation, segment_id: int) -> list[str]:
    segment = StringSegment.objects.select_related("context").get(pk=segment_id)
    saved = StringTranslation.objects.filter(
        translation_of_id=segment.string_id,
        context_id=segment.context_id,
        locale_id=record.target_locale_id,
    ).first()
    # Markup that is wrong is kept: the library's editor says so below the string.
    if saved is None or saved.has_error or not saved.data.strip():
        return []
    model = record.source.specific_content_type.model_class()
    limits = limits_of(model, segment.context.field_path)
    return list(limits.faults_in(StringValue(saved.data).render_text()))


def _faults_of_link(record: Translation, segment_id: int) -> list[str]:
    segment = OverridableSegment.objects.select_related("context").get(pk=segment_id)
    saved = SegmentOverride.objects.filter(
        locale_id=record.target_locale_id, context_id=segment.context_id
    ).first()
    if saved is None or not is_address(segment.context.path):
        return []
    if isinstance(saved.data, str) and check_url(saved.data) is not None:
        return []
    return [_("A link may lead to a page, a mail address or a telephone number.")]


def _refused(reason: str) -> JsonResponse:
    transaction.set_rollback(True)
    return JsonResponse({"detail": reason}, status=400)
