"""wagtail-localize's views, asking the page (or the snippet) before they act.

As they come they check one global permission: whoever may translate anything could
read the title of any draft, translate it and publish it. Each class here stands in
for the one it extends, under the same address (``wagtail_hooks.py``).
"""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, TranslatableMixin
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.permissions import user_can_edit_snippet_type
from wagtail_localize.models import Translation
from wagtail_localize.views import report, snippets_api, submit_translations, update_translations

from .glossary.warning import warn_of_ignored_terms
from .jobs.views import put_or_explain
from .machine.drafting import is_offered
from .models import TranslationJob
from .permissions import may_edit, may_publish
from .publishing import publish_translation


class SubmitPageTranslationView(submit_translations.SubmitPageTranslationView):
    """Starts translations of a page that the user may edit, below translated parents only."""

    def get_object(self):
        page = super().get_object()
        if not may_edit(self.request.user, page):
            raise PermissionDenied
        return page

    def get_form(self):
        form = super().get_form()
        form.clean_locales = lambda: self.translatable_locales(form.cleaned_data["locales"])
        return form

    def translatable_locales(self, locales):
        """The locales, if the page's parent exists in each of them."""
        parent = self.object.get_parent()
        for locale in locales:
            if not parent.is_root() and not parent.has_translation(locale):
                raise submit_translations.forms.ValidationError(
                    _("Translate “%(title)s” into %(language)s first: this page stands below it.")
                    % {
                        "title": parent.get_admin_display_title(),
                        "language": locale.get_display_name(),
                    }
                )
        return locales

    @transaction.atomic
    def form_valid(self, form):
        with_subtree = form.cleaned_data["include_subtree"]
        # The library's own walk would rewrite translations that exist, live ones
        # included, and asks nobody for permission.
        form.cleaned_data["include_subtree"] = False
        response = super().form_valid(form)
        if with_subtree:
            return self.translate_subtree(form.cleaned_data["locales"])
        return response

    def translate_subtree(self, locales):
        """Have what is missing below the page started, by a job for each language."""
        answers = [
            put_or_explain(self.request, TranslationJob.Kind.START, self.object, locale, True)
            for locale in locales
        ]
        return answers[0] if len(answers) == 1 else redirect("translation_jobs")


class SubmitSnippetTranslationView(submit_translations.SubmitSnippetTranslationView):
    """Starts translations of a snippet of a kind that the user may edit."""

    def get_object(self):
        snippet = super().get_object()
        if not may_edit(self.request.user, snippet):
            raise PermissionDenied
        return snippet


class UpdateTranslationsView(update_translations.UpdateTranslationsView):
    """Brings new source strings to translators; publishes only what is complete, only
    where the user may publish, and says what it did not publish."""

    def get_object(self):
        source = super().get_object()
        if not may_edit(self.request.user, source.get_source_instance()):
            raise PermissionDenied
        return source

    @transaction.atomic
    def form_valid(self, form):
        wants_publishing = form.cleaned_data["publish_translations"]
        wants_machine = form.cleaned_data.get("use_machine_translation", False)
        form.cleaned_data["publish_translations"] = False
        form.cleaned_data["use_machine_translation"] = False
        response = super().form_valid(form)
        if wants_machine:
            return self.draft(wants_publishing) or response
        if wants_publishing:
            for record in self.object.translations.filter(enabled=True):
                self.publish(record)
        return response

    def draft(self, wants_publishing: bool):
        """Have the machine draft what is new, by a job for each language. Published is a
        draft by somebody who has seen it."""
        source = self.object.get_source_instance()
        if wants_publishing:
            messages.warning(self.request, _("Nothing is published: read the draft first."))
        if not isinstance(source, Page):
            messages.warning(self.request, _("Machine drafts of it are made in its editor."))
            return None
        for record in self.object.translations.filter(enabled=True):
            if is_offered(self.object.locale, record.target_locale):
                put_or_explain(
                    self.request, TranslationJob.Kind.DRAFT, source, record.target_locale, False
                )
        return redirect("translation_jobs")

    def publish(self, record):
        instance = record.get_target_instance()
        if not may_publish(self.request.user, instance):
            messages.error(
                self.request,
                _("You may not publish “%(title)s”.") % {"title": instance},
            )
        else:
            publish_or_explain(self.request, record)


def publish_or_explain(request, record: Translation) -> None:
    """Publish the translation of a page or a snippet and say so, or say why not."""
    target = record.get_target_instance()
    title = target.get_admin_display_title() if isinstance(target, Page) else target
    try:
        publish_translation(record, user=request.user)
    except ValidationError as error:
        messages.error(
            request,
            _("“%(title)s” has not been published: %(reasons)s")
            % {"title": title, "reasons": " ".join(error.messages)},
        )
    else:
        say_published(request, record)


def say_published(request, record: Translation) -> None:
    """Say that a translation is public now, and where it ignores the glossary."""
    messages.success(
        request,
        _("“%(title)s” is published in %(language)s.")
        % {
            "title": record.get_target_instance(),
            "language": record.target_locale.get_display_name(),
        },
    )
    warn_of_ignored_terms(request, record)


def publish_from_editor(request, instance):
    """The publish button of wagtail-localize's editor, of pages and of snippets: the library
    would fill what nobody has translated with the source's words, and save a snippet so. None
    if it was not pressed."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    if not isinstance(instance, TranslatableMixin):
        return None
    record = Translation.objects.filter(
        source__object_id=instance.translation_key,
        target_locale_id=instance.locale_id,
        enabled=True,
    ).first()
    if record is None:
        return None
    if not may_publish(request.user, instance):
        raise PermissionDenied
    publish_or_explain(request, record)
    return redirect(request.path)


def no_alias(request, page_id):
    """Aliases across languages do not exist here (design principle 7)."""
    raise Http404


class TranslationsReportFilters(report.TranslationsReportFilterSet):
    """With labels that have words in every language; wagtail-localize leaves two to Django."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["source_locale"].label = _("Source language")
        self.filters["target_locale"].label = _("Target language")


class TranslationsReportView(report.TranslationsReportView):
    """The translations of what the user may edit."""

    filterset_class = TranslationsReportFilters
    verbose_name = gettext_lazy("translation")
    verbose_name_plural = gettext_lazy("translations")

    def get_queryset(self):
        user = self.request.user
        pages = page_permission_policy.instances_user_has_permission_for(user, "change")
        kinds = [m for m in get_snippet_models() if user_can_edit_snippet_type(user, m)]
        return (
            super()
            .get_queryset()
            .filter(
                Q(source__object_id__in=pages.values("translation_key"))
                | Q(source__specific_content_type__in=self._content_types(kinds))
            )
            .order_by("-pk")
        )

    @staticmethod
    def _content_types(models):
        from django.contrib.contenttypes.models import ContentType

        return [kind.pk for kind in ContentType.objects.get_for_models(*models).values()]


class SnippetViewSet(snippets_api.SnippetViewSet):
    """The snippets of a kind, for those who may edit it."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not user_can_edit_snippet_type(request.user, self.get_model()):
            raise PermissionDenied
