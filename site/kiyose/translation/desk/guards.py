"""What wagtail-localize's editor sends, string by string and link by link, looked at first.

Its views ask the translated page who may edit it, but take whatever comes: a request without
a value, and any address as the target of a link.
"""

from __future__ import annotations

from django.db import transaction
from django.http import JsonResponse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from wagtail.whitelist import check_url
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation
from wagtail_localize.views import edit_translation

from .changed import is_address


def edit_string(request, translation_id: int, string_segment_id: int):
    """Save or delete the translation of one string. 400 for a request without a value."""
    try:
        return edit_translation.edit_string_translation(request, translation_id, string_segment_id)
    except MultiValueDictKeyError:
        return _refused(_("No text was sent."))


@transaction.atomic
def edit_link(request, translation_id: int, overridable_segment_id: int):
    """Save or delete the target of one link. 400, and nothing saved, for what a link must not
    lead to: a script, say, would run in the readers' browsers."""
    try:
        answer = edit_translation.edit_override(request, translation_id, overridable_segment_id)
    except MultiValueDictKeyError:
        return _refused(_("No text was sent."))
    if answer.status_code < 300 and not _leads_somewhere(translation_id, overridable_segment_id):
        transaction.set_rollback(True)
        return _refused(_("A link may lead to a page, a mail address or a telephone number."))
    return answer


def _leads_somewhere(translation_id: int, segment_id: int) -> bool:
    record = Translation.objects.get(pk=translation_id)
    segment = OverridableSegment.objects.select_related("context").get(pk=segment_id)
    override = SegmentOverride.objects.filter(
        locale_id=record.target_locale_id, context_id=segment.context_id
    ).first()
    if override is None or not is_address(segment.context.path):
        return True
    return isinstance(override.data, str) and check_url(override.data) is not None


def _refused(reason: str) -> JsonResponse:
    return JsonResponse({"detail": reason}, status=400)
