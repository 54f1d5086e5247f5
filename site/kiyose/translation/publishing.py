"""How a finished translation goes public: a page as a revision, the rules asked first.

wagtail-localize's ``Translation.save_target`` writes the page's row before (or even
without) publishing. Here the translated page is built in memory, saved as a
revision, and published like any other page. A snippet has no drafts: saved is public.
"""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationLog

from kiyose.pages.publishing import PublishingRuleError

from .currency import translation_published, words_of_source
from .facts import copy_facts
from .sources import source_of
from .words import missing_problem, missing_translations


def publish_translation(record: Translation, user=None) -> None:
    """Publish the translation of a page or a snippet as the translator has finished it.

    Raises PublishingRuleError, with nothing written, when strings are missing or a
    publishing rule objects; any other ValidationError when a field does not hold its words
    (too many of them). The caller checks the user's permission.
    """
    target = record.get_target_instance()
    missing = missing_translations(record)
    if missing:
        raise PublishingRuleError(target, [missing_problem(missing)])
    if isinstance(target, Page):
        _publish_page(record, target, user)
    else:
        record.save_target(user=user)


@transaction.atomic
def _publish_page(record: Translation, page: Page, user) -> None:
    translated = record.source.get_ephemeral_translated_instance(record.target_locale)
    # The source's stored copy may be old; its live row has today's facts.
    source = source_of(page)
    if source is not None:
        copy_facts(source, translated)
    translated.slug = page.slug
    # Said here, before PostgreSQL meets a title that its column does not hold.
    translated.full_clean()
    revision = translated.save_revision(user=user, clean=False)
    revision.publish(user=user, skip_permission_checks=True)
    translation_published(record.get_target_instance(), made_of=words_of_source(record))
    TranslationLog.objects.create(
        source=record.source, locale=record.target_locale, revision=revision
    )
