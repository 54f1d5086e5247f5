"""What projects and indicators have in common: the columns and the words of every page."""

from __future__ import annotations

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kiyose.opendata.dataset import Column, Kind, Record
from kiyose.opendata.publisher import publisher_for
from kiyose.opendata.versions import addresses, snippets_in_every_language, updated, words
from kiyose.pages.addresses import short_url
from sdgs.listing import load_marks

from ..models import Pillar, Source

IDENTITY = (
    Column(
        "id",
        _("Identifier: the short address of the page. It never changes."),
        Kind.ADDRESS,
    ),
    Column("slug", _("Name of the page in its web address. It may change."), Kind.CODE),
)
BELONGING = (
    Column("pillar", _("Pillar of the city's vision for 2030 that it belongs to"), Kind.CODE),
    Column("pillar_name", _("Name of the pillar"), in_languages=True),
    Column("division", _("Division in charge"), in_languages=True),
    Column(
        "marks",
        _(
            "SDGs marks, the main goal first. SDG stands before each code, because a"
            " spreadsheet would read target 8.10 as the number 8.1."
        ),
        Kind.CODES,
    ),
)


class Vocabulary:
    """Pillars, sources and divisions in every language, each asked for once."""

    def __init__(self, request):
        self.request = request
        self.publisher = publisher_for(request)

    @cached_property
    def _pillars(self):
        return snippets_in_every_language(Pillar)

    @cached_property
    def _sources(self):
        return snippets_in_every_language(Source)

    def pages(self, pages: list) -> list[Record]:
        """What a record of any marked page begins with. One query for the marks of all.

        pages: with ``versions`` (``kiyose.opendata.versions``).
        """
        load_marks(pages)
        return [
            {
                "id": short_url(page.pk),
                "slug": page.slug,
                "url": addresses(page.versions, self.request),
                "title": words(page.versions, "title"),
                "summary": words(page.versions, "summary"),
                "pillar": keyed(self._pillars.get(page.pillar_id), "name"),
                "division": self.publisher.division(page.division_id),
                "marks": [mark.code for mark in page.card_marks],
                "why": words(page.versions, "why"),
                "updated": updated(page.versions),
            }
            for page in pages
        ]

    def source(self, number: int | None) -> Record | None:
        """A source by the number of its row."""
        return keyed(self._sources.get(number), "title")


def keyed(versions, name: str) -> Record | None:
    """The key of a snippet, and one of its words in every language."""
    if not versions:
        return None
    source = next(iter(versions.values()))  # the key is a fact: the same in every row
    return {"key": source.key, name: words(versions, name)}


def flat(record: Record) -> Record:
    """The record of a page as the columns above want it."""
    pillar = record["pillar"] or {}
    return record | {
        "pillar": pillar.get("key"),
        "pillar_name": pillar.get("name"),
        "marks": [f"SDG{code}" for code in record["marks"]],
    }
