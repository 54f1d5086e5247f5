"""The picker in the page editor, and what a comparison of two versions says of marks."""

from __future__ import annotations

from difflib import SequenceMatcher

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison
from wagtail.admin.panels import FieldPanel

from . import vocabulary


class MarksComparison(FieldComparison):
    """The marks of two versions of a page as one list: names, places, and what changed."""

    def __init__(self, field, page_a, page_b):
        self.field = field
        self.val_a, self.val_b = page_a.mark_codes, page_b.mark_codes

    def field_label(self):
        return _("SDGs marks")

    def htmldiff(self):
        return render_to_string("sdgs/admin/marks_comparison.html", {"lines": self.lines()})

    def lines(self) -> list[dict]:
        """The marks of the newer version in their order, then those that it no longer has."""
        stayed = self._codes_that_stayed_in_order()
        before = {code: place for place, code in enumerate(self.val_a, 1)}
        lines = [
            {
                "label": vocabulary.label(code),
                "place": place,
                "was": before.get(code),
                "change": "added" if code not in before else "" if code in stayed else "moved",
            }
            for place, code in enumerate(self.val_b, 1)
        ]
        removed = [
            {"label": vocabulary.label(code), "was": place, "change": "removed"}
            for place, code in enumerate(self.val_a, 1)
            if code not in self.val_b
        ]
        return lines + removed

    def _codes_that_stayed_in_order(self) -> set[str]:
        """Moving one mark up pushes others down; only the one that was moved has moved."""
        matcher = SequenceMatcher(None, self.val_a, self.val_b, autojunk=False)
        return {
            code
            for block in matcher.get_matching_blocks()
            for code in self.val_a[block.a : block.a + block.size]
        }


class MarksPanel(FieldPanel):
    """The marks of a page: a form field that stands for a child relation."""

    def get_comparison_class(self):
        return MarksComparison
