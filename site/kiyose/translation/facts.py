"""Facts are true in every language the moment they are published.

wagtail-localize copies a synchronized field only when somebody re-syncs, and from a
stored copy: an event cancelled in Japanese stays "on" in English. So, when a page is
published:

* an original **pushes** its facts to every translation: the live row, the latest draft
  and a revision waiting for its hour;
* a translation **pulls** from the live row of its original, which also mends an old
  revision that a schedule or an approval brings to life.

Copied is exactly what the model declares in ``facts`` (kiyose/pages/facts.py): no slug,
no ``show_in_menus``, no words. Saved with ``clean=False``: no words change, so the
publishing rules have nothing to say.
"""

from __future__ import annotations

from django.db import models, transaction
from django.db.models.signals import post_save, pre_save
from modelcluster.models import get_serializable_data_for_fields
from wagtail.models import Page, TranslatableMixin
from wagtail.signals import page_published

from kiyose.pages.facts import SharedFacts
from kiyose.pages.models import TranslatedSnippet

from .sources import source_of, translations_of, waiting_revisions
from .words import untranslated_strings


def fact_values(instance) -> dict:
    """The facts of an instance as plain values, comparable between translations.

    Rows of a child relation are compared by content and order; their keys differ.
    """
    values = {}
    for name in type(instance).facts:
        field = instance._meta.get_field(name)
        if isinstance(field, models.ManyToOneRel):
            values[name] = [_row_values(row, field) for row in getattr(instance, name).all()]
        else:
            values[name] = getattr(instance, field.attname)
    return values


def _row_values(row, relation) -> dict:
    values = get_serializable_data_for_fields(row)
    for key in (row._meta.pk.name, "pk", relation.field.name, "sort_order"):
        values.pop(key, None)
    return values


def copy_facts(source, target) -> bool:
    """Give the target the source's facts, unsaved. True if anything differed."""
    theirs, ours = fact_values(source), fact_values(target)
    different = [name for name, value in theirs.items() if ours.get(name) != value]
    for name in different:
        field = source._meta.get_field(name)
        if isinstance(field, models.ManyToOneRel):
            source.copy_child_relation(name, target)
        else:
            # By the key of a foreign key: Django forgets the old related object with it.
            setattr(target, field.attname, getattr(source, field.attname))
    return bool(different)


def share_with(source, target) -> None:
    """Bring the source's facts into the target's live row and its waiting revisions."""
    if copy_facts(source, target):
        if isinstance(target, Page):
            target.save(clean=False)
        else:
            target.save()
    if not isinstance(target, Page):
        return
    for revision in waiting_revisions(target):
        draft = revision.as_object()
        if copy_facts(source, draft):
            # In place: the facts changed, the author's words and place in history did not.
            revision.content = draft.serializable_data()
            revision.save(update_fields=["content"])


@transaction.atomic
def push(source) -> None:
    """Share an original's published facts with everything translated from it."""
    for target in translations_of(source):
        share_with(source, target)


@transaction.atomic
def pull(target) -> None:
    """Let a translation take the facts of its original's live row."""
    source = source_of(target)
    if source is not None and source.live:
        share_with(source, target)


def share_published_facts(sender, instance, **kwargs):
    if not isinstance(instance, SharedFacts):
        return
    # The instance came from a revision; what counts is the row that is now public.
    page = instance.specific_class._default_manager.get(pk=instance.pk)
    if page.live:  # Wagtail sends the signal also when a first publication is scheduled
        push(page)
    pull(page)


def share_saved_facts(sender, instance, raw=False, **kwargs):
    """Snippets have no drafts: saving one is publishing it."""
    if raw or isinstance(instance, Page):
        return
    if isinstance(instance, SharedFacts) and isinstance(instance, TranslatableMixin):
        push(instance)


def note_words_ready(sender, instance, raw=False, **kwargs):
    """A snippet's translation counts only when none of its words are the source's."""
    if isinstance(instance, TranslatedSnippet) and not raw:
        instance.words_ready = not untranslated_strings(instance)


def connect() -> None:
    pre_save.connect(note_words_ready, dispatch_uid="translation.note_words_ready")
    page_published.connect(share_published_facts, dispatch_uid="translation.share_published_facts")
    post_save.connect(share_saved_facts, dispatch_uid="translation.share_saved_facts")
