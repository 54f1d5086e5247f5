"""What people do with one translation: the changed sentences, ready for review, the review.

Every view asks the translated page (or the kind of snippet) itself. "Ready" may say who edits
it; a review enters, and publishes, who may publish it.
"""

from __future__ import annotations

import datetime

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views import View
from django.views.generic import TemplateView
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page
from wagtail_localize.models import Translation

from kiyose.pages.languages import source_language
from kiyose.pages.models import Division

from .. import reviews
from ..currency import status_of
from ..glossary.warning import warn_of_ignored_terms
from ..permissions import may_edit, may_publish
from ..publishing import publish_translation
from ..state import State, state_of
from ..views import publish_or_explain, say_published
from ..words import missing_translations
from . import mail
from .actions import actions_for, changes_url, edit_url
from .changed import Sentences, typed_texts
from .rows import default_division_id


class OfOneTranslation:
    """A view of one translation that the user may edit; of any other, refused."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.record = get_object_or_404(
            Translation.objects.select_related(
                "source__locale", "source__specific_content_type", "target_locale"
            ),
            pk=kwargs["pk"],
        )
        model = self.record.source.specific_content_type.model_class()
        try:
            self.target = self.record.get_target_instance()
            self.original = self.record.source.get_source_instance()
        except model.DoesNotExist as error:  # deleted, in one language or the other
            raise Http404 from error

    def dispatch(self, request, *args, **kwargs):
        if not self.is_permitted():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def is_permitted(self) -> bool:
        return may_edit(self.request.user, self.target)

    @cached_property
    def publishes(self) -> bool:
        return may_publish(self.request.user, self.target)

    @property
    def back(self) -> str:
        return get_valid_next_url_from_request(self.request) or changes_url(self.record.pk)

    def mark_ready(self) -> None:
        """Say that it is ready, and tell those who review; or say what is missing."""
        try:
            reviews.mark_ready(self.record, self.request.user)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return
        mail.tell_reviewers(self.record, self.request.user)
        messages.success(self.request, _("It is ready for review."))
        warn_of_ignored_terms(self.request, self.record)


class PageOfOneTranslation(OfOneTranslation, WagtailAdminTemplateMixin):
    """With the head that all of them share."""

    header_icon = "wagtail-localize-language"

    def get_page_subtitle(self):
        return str(self.original)

    def get_breadcrumbs_items(self):
        language = self.record.target_locale.language_code
        desk = f"{reverse('translation_desk:pages')}?language={language}"
        if not isinstance(self.target, Page):
            names = self.target._meta.app_label, self.target._meta.model_name
            desk = f"{reverse('translation_desk:snippets', args=names)}?language={language}"
        return [
            *self.breadcrumbs_items,
            {"url": desk, "label": _("Translation desk")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs):
        state = state_of(self.record)
        return super().get_context_data(**kwargs) | {
            "record": self.record,
            "status": status_of(self.record),
            "state": state,
            "is_ready": state == State.READY,
            "target": self.target,
            "original": self.original,
            "publishes": self.publishes,
            "is_page": isinstance(self.target, Page),
            "is_public": self.target.live if isinstance(self.target, Page) else None,
            "needs_review": reviews.needs_review_before_publication(
                self.record.target_locale.language_code
            ),
        }


class ChangesView(PageOfOneTranslation, TemplateView):
    """The changed sentences, each with its old translation and a field for the new one."""

    template_name = "translation/desk/changes.html"
    page_title = pgettext_lazy("translation", "Changes")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.sentences = None
        self.orphans: list[str] = []

    def get_context_data(self, **kwargs):
        sentences = self.sentences or Sentences(self.record)
        context = super().get_context_data(**kwargs)
        return context | {
            "sentences": sentences,
            "orphans": self.orphans or sentences.orphans(),
            "missing": len(missing_translations(self.record)),
            "edit_url": edit_url(self.target),
            "original_edit_url": (
                edit_url(self.original) if may_edit(self.request.user, self.original) else ""
            ),
            "actions": actions_for(self.record, self.request.user, context["state"]),
        }

    def post(self, request, *args, **kwargs):
        if not self.record.enabled:
            # Stopped while the form was open. Nowhere else is kept what was typed.
            self.orphans = [text for _key, text in typed_texts(request.POST)]
            return self.render_to_response(self.get_context_data(), status=409)
        self.sentences = Sentences(self.record, request.POST)
        faulty = self.sentences.faulty
        if faulty:
            messages.error(
                request,
                ngettext(
                    "%(number)d entry cannot be saved. The reason stands beside it. "
                    "Nothing has been saved yet.",
                    "%(number)d entries cannot be saved. The reason stands beside each. "
                    "Nothing has been saved yet.",
                    len(faulty),
                )
                % {"number": len(faulty)},
            )
            return self.render_to_response(self.get_context_data(), status=422)
        saved = self.sentences.save(request.user)
        if saved:
            messages.success(
                request,
                ngettext("%(number)d entry saved.", "%(number)d entries saved.", saved)
                % {"number": saved},
            )
        self.orphans = self.sentences.orphans()
        if self.orphans:
            # Shown once more, since nowhere else are they kept.
            self.sentences = Sentences(self.record)
            return self.render_to_response(self.get_context_data(), status=409)
        self.go_on(request.POST.get("action"))
        return redirect(changes_url(self.record.pk))

    def go_on(self, action: str | None) -> None:
        """What the button says beside saving."""
        if action == "ready":
            self.mark_ready()
        elif action == "publish":
            if not self.publishes:
                raise PermissionDenied
            publish_or_explain(self.request, self.record)


class ReadyView(OfOneTranslation, View):
    """ "Ready for review"."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        self.mark_ready()
        return redirect(self.back)


class NotReadyView(OfOneTranslation, View):
    """ "Not ready after all"."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        reviews.withdraw_ready(self.record, request.user)
        messages.success(request, _("It is not ready for review any more."))
        return redirect(self.back)


class ReviewForm(forms.Form):
    """Who has read it. The reviewer need not have an account."""

    reviewer_name = forms.CharField(
        label=gettext_lazy("name of the reviewer"),
        max_length=100,
        help_text=gettext_lazy("Who has read it: a person, with or without an account here."),
    )
    division = forms.ModelChoiceField(
        label=gettext_lazy("reviewing division"),
        queryset=Division.objects.none(),
        help_text=gettext_lazy("Readers see it at the foot of the page, with the day."),
    )
    reviewed_at = forms.DateField(label=gettext_lazy("day of the review"), widget=AdminDateInput)
    publish = forms.BooleanField(
        label=gettext_lazy("Publish it at once, if it is complete"), required=False
    )
    # A fingerprint of the words that were there when the page was opened: those were read.
    words = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["division"].queryset = Division.objects.filter(
            locale__language_code=source_language()
        )

    def clean_reviewed_at(self):
        day = self.cleaned_data["reviewed_at"]
        if day > timezone.localdate():
            raise ValidationError(_("The day of the review is in the future."))
        return day


class ConfirmView(PageOfOneTranslation, FormView):
    """A person has read it: name, division, day."""

    template_name = "translation/desk/confirm.html"
    page_title = pgettext_lazy("translation", "Review")
    form_class = ReviewForm

    def is_permitted(self):
        return self.publishes

    def get_initial(self):
        division = getattr(self.original, "division_id", None) or default_division_id() or None
        return {
            "reviewed_at": timezone.localdate(),
            "division": division,
            "publish": self.record.enabled,
            "words": reviews.working_digest(self.record),
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "missing": len(missing_translations(self.record)),
            "machine": reviews.machine_strings(self.record).count(),
            "changes_url": changes_url(self.record.pk),
        }

    def form_valid(self, form):
        publishes = form.cleaned_data["publish"] and self.record.enabled
        try:
            with transaction.atomic():  # both, or neither
                self.confirm(form.cleaned_data)
                if publishes:
                    publish_translation(self.record, user=self.request.user)
        except ValidationError as error:
            for field, reasons in _by_field(error).items():
                form.add_error(field if field in form.fields else None, reasons)
            # What is read from here on are the words of now.
            form.data = form.data.copy()
            form.data["words"] = reviews.working_digest(self.record)
            return self.form_invalid(form)
        messages.success(self.request, _("The review is entered."))
        if publishes:
            say_published(self.request, self.record)
        return redirect(self.back)

    def confirm(self, said) -> None:
        reviews.confirm(
            self.record,
            self.request.user,
            said["reviewer_name"],
            said["division"],
            on=_moment(said["reviewed_at"]),
            read=said["words"],
        )


def _moment(day: datetime.date) -> datetime.datetime | None:
    """Of today, now; of an earlier day, its noon."""
    if day == timezone.localdate():
        return None
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))


def _by_field(error: ValidationError) -> dict:
    return (
        error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    )
