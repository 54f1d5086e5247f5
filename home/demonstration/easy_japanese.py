"""The pages that the demonstration has in easy Japanese.

Their words stand in the content files beside the others (``ja-easy:``). They are entered as a
translator's would be, and confirmed by a reviewer who says by the name to be a sample: when the
site goes live, ``remove_samples`` takes these reviews back, and the pages wait for a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from kiyose.pages.models import BasePage
from kiyose.translation import reviews
from kiyose.translation.easy.strings import EASY_JAPANESE

from ..models import HelpLine
from .files import read
from .words import MissingWordsError

REVIEWER = "見本：やさしい日本語を確かめた人"
DIVISION = "mirai"

# Content files, a page always after the one above it.
PAGES = (
    "home",
    *("projects", "events", "indicators", "sdgs", "certified", "news", "trainees"),
    *("projects/sunflower-festival", "projects/trainee-outreach"),
    "events/festivals/sample-festival-3",
    *("standing/certificate", "standing/how-to-read-the-marks"),
)


def load(loader, home, sections: dict[str, type[BasePage]]) -> None:
    """Translate those that are not translated yet. sections: page types by content file."""
    locale = Locale.objects.filter(language_code=EASY_JAPANESE).first()
    if locale is None:
        return
    for name, page in pages_of(home, sections):
        if page.has_translation(locale):
            continue
        content = read(f"pages/{name}") | {"facts": {}}
        # Its words once more, in another pair of languages, on a page that nobody keeps.
        pairs = loader.write(type(page)(), name, content, loader.pairs(EASY_JAPANESE))
        try:
            with transaction.atomic():
                loader.translate(page, pairs, confirm=lambda record: confirm(loader, record))
        except MissingWordsError:
            continue  # staff have written it anew: translators do the rest
    help_lines(loader, locale)


def pages_of(home, sections: dict[str, type[BasePage]]) -> Iterator[tuple[str, BasePage]]:
    """The content file and the page of each that exists; a section may have another slug."""
    for name in PAGES:
        if name == "home":
            yield name, home
            continue
        pages = Page.objects.filter(locale_id=home.locale_id).descendant_of(home)
        if name in sections:
            pages = pages.type(sections[name])
        else:
            pages = pages.filter(slug=read(f"pages/{name}")["slug"])
        page = pages.first()
        if page is not None:
            yield name, page.specific


def help_lines(loader, locale: Locale) -> None:
    """Whom to call, known by kind and number."""
    for item in read("help_lines"):
        row = HelpLine.objects.filter(
            locale=loader.source, kind=item["kind"], number=item.get("number", "")
        ).first()
        if row is not None and not row.has_translation(locale):
            pairs = loader.pairs(EASY_JAPANESE)
            for name in HelpLine.words:
                pairs.text(item.get(name))
            loader.translate(row, pairs, confirm=lambda record: confirm(loader, record))


def confirm(loader, record: Translation) -> None:
    reviews.confirm(record, None, REVIEWER, loader.snippet("divisions", DIVISION))
