"""A project's facts as the visitor reads them: labels and sources in their language."""

from __future__ import annotations

from decimal import Decimal

from django.utils import translation
from django.utils.functional import cached_property
from kiyose.japanese.dates import format_fiscal_year, format_month
from kiyose.pages.languages import in_visitors_language

from .models import Pillar


class ProjectFacts:
    """The facts of one project page, loaded in a fixed number of queries."""

    def __init__(self, page):
        self.page = page

    @cached_property
    def pillar(self) -> Pillar | None:
        if self.page.pillar_id is None:
            return None
        return in_visitors_language([self.page.pillar])[0]

    @property
    def period(self) -> str:
        """The fiscal years, as far as they are known; empty when neither is."""
        language = translation.get_language()
        years = (self.page.start_fiscal_year, self.page.end_fiscal_year)
        start, end = (format_fiscal_year(year, language) if year else "" for year in years)
        if start == end:
            return start
        return f"{start} – {end}" if start or end else ""

    @cached_property
    def figures(self) -> list[dict]:
        """Each figure with its label, date and source in the visitor's language."""
        manager = self.page.figures
        # In a preview the rows live in memory only and their queryset cannot join.
        rows = manager.all()
        if hasattr(rows, "select_related") and not self._is_preview(rows):
            rows = rows.select_related("label", "source")
        rows = list(rows)
        labels = in_visitors_language([row.label for row in rows])
        sources = in_visitors_language([row.source for row in rows])
        language = translation.get_language()
        return [
            {
                "row": row,
                "label": label,
                "source": source,
                "value": plain_number(row.value),
                "date": format_month(row.year, row.month, language),
            }
            for row, label, source in zip(rows, labels, sources, strict=True)
        ]

    @staticmethod
    def _is_preview(rows) -> bool:
        from modelcluster.queryset import FakeQuerySet

        return isinstance(rows, FakeQuerySet)


def plain_number(value: Decimal) -> str:
    """A number as people write it: ``432,000``, ``80``, ``−28.6`` with a true minus."""
    text = f"{value.normalize():,f}"
    return text.replace("-", "−")
