"""Which translations go into one file, and who may have them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy
from wagtail.snippets.permissions import user_can_edit_snippet_type
from wagtail_localize.models import Translation

from kiyose.translation.state import State, with_state


@dataclass
class Member:
    """One translation that a person may edit. target, source: the two rows, as ``Page`` or of
    the snippet's own model; source None: it is gone, and only its copy is left."""

    record: Translation
    target: object
    source: object | None

    @property
    def title(self) -> str:
        """What translators see of the original: its stored copy."""
        return self.record.source.object_repr

    @property
    def is_page(self) -> bool:
        return isinstance(self.target, Page)

    @property
    def kind(self) -> str:
        model = self.record.source.specific_content_type.model_class()
        return capfirst(str(model._meta.verbose_name))

    @property
    def state(self) -> State:
        return State(self.record.state)

    def is_locked_for(self, user) -> bool:
        return self.is_page and self.target.locked and self.target.locked_by_id != user.pk


def running(locale: Locale | None = None) -> QuerySet:
    """Translations at work (those that were stopped are edited by hand)."""
    records = Translation.objects.filter(enabled=True)
    if locale is not None:
        records = records.filter(target_locale=locale)
    return with_state(
        records.select_related(
            "source__specific_content_type", "source__locale", "target_locale", "status"
        )
    )


def members_of(user, records: Iterable[Translation]) -> list[Member]:
    """Of these translations the ones whose target the user may edit: pages in the order of
    their tree, then vocabulary by kind. A number of queries that grows with the kinds of
    vocabulary alone."""
    by_model = defaultdict(list)
    for record in records:
        by_model[record.source.specific_content_type.model_class()].append(record)
    pages, others = [], []
    page_records = []
    for model, of_model in by_model.items():
        if model is None:  # its app has been taken out
            continue
        if issubclass(model, Page):
            page_records += of_model
        elif user_can_edit_snippet_type(user, model):
            rows = model._default_manager.all()
            found = _members(of_model, rows, rows)
            others += sorted(found, key=lambda member: (member.kind, member.title))
    if page_records:
        editable = page_permission_policy.instances_user_has_permission_for(user, "change")
        pages = _members(
            page_records,
            editable.select_related("locale").distinct(),
            Page.objects.select_related("locale"),
        )
        pages.sort(key=lambda member: member.target.path)
    return pages + others


def _members(records: list[Translation], editable: QuerySet, rows: QuerySet) -> list[Member]:
    keys = {record.source.object_id for record in records}
    targets = {
        (row.translation_key, row.locale_id): row
        for row in editable.filter(
            translation_key__in=keys, locale__in={record.target_locale_id for record in records}
        )
    }
    sources = {
        (row.translation_key, row.locale_id): row
        for row in rows.filter(
            translation_key__in=keys, locale__in={record.source.locale_id for record in records}
        )
    }
    return [
        Member(record, target, sources.get((record.source.object_id, record.source.locale_id)))
        for record in records
        if (target := targets.get((record.source.object_id, record.target_locale_id))) is not None
    ]


class BatchForm(forms.Form):
    """Which of the translations of one language. ``record`` (their numbers) chooses single ones."""

    below = forms.ChoiceField(label=gettext_lazy("part of the site"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("type"), required=False)
    state = forms.MultipleChoiceField(
        label=pgettext_lazy("translation", "state"),
        required=False,
        choices=[choice for choice in State.choices if choice[0] != State.MISSING],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data, members: list[Member]):
        super().__init__(data)
        self._members = members
        self.fields["below"].choices = [("", gettext_lazy("everything")), *self._sections()]
        self.fields["kind"].choices = [("", gettext_lazy("all types")), *self._kinds()]

    def _sections(self) -> list[tuple[str, str]]:
        """Two levels of the tree of pages that are there, and whatever page was asked for."""
        pages = [member for member in self._members if member.is_page]
        if not pages:
            return []
        top = min(member.target.depth for member in pages)
        asked = self.data.get("below", "")
        return [
            (str(member.target.pk), f"{'　' * (member.target.depth - top)}{member.title}")
            for member in pages
            if member.target.depth <= top + 1 or str(member.target.pk) == asked
        ]

    def _kinds(self) -> list[tuple[str, str]]:
        kinds = {
            str(member.record.source.specific_content_type_id): member.kind
            for member in self._members
        }
        return sorted(kinds.items(), key=lambda kind: kind[1])

    def chosen(self) -> list[Member]:
        """The translations that fit; all of them where what was chosen makes no sense."""
        if not self.is_valid():
            return self._members
        below, kind = self.cleaned_data["below"], self.cleaned_data["kind"]
        states = self.cleaned_data["state"]
        path = next(
            (m.target.path for m in self._members if m.is_page and str(m.target.pk) == below), ""
        )
        return [
            member
            for member in self._members
            if (not below or (member.is_page and member.target.path.startswith(path)))
            and (not kind or str(member.record.source.specific_content_type_id) == kind)
            and (not states or member.record.state in states)
        ]


def is_in_use(locale: Locale) -> bool:
    """Whether the settings still know the language; its pages outlive it."""
    return locale.language_code in get_content_languages()


def languages_of(user) -> list[Locale]:
    """The languages into which something is being translated that the user may edit."""
    locales = Locale.objects.filter(
        translations__enabled=True, language_code__in=get_content_languages()
    ).distinct()
    return [locale for locale in locales if may_edit_some(user, locale)]


def may_edit_some(user, locale: Locale) -> bool:
    """Whether there is any translation into the language that the user may edit."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    records = Translation.objects.filter(enabled=True, target_locale=locale)
    if records.filter(
        source__object_id__in=pages.filter(locale=locale).values("translation_key")
    ).exists():
        return True
    kinds = ContentType.objects.filter(pk__in=records.values("source__specific_content_type"))
    models = (kind.model_class() for kind in kinds)
    return any(
        model is not None
        and not issubclass(model, Page)
        and user_can_edit_snippet_type(user, model)
        for model in models
    )
