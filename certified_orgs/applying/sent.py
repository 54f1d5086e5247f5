"""What was written into an application, as its writer reads it again."""

from __future__ import annotations

from django.utils.functional import cached_property
from django.utils.text import capfirst

from kiyose.pages.languages import snippets_in_visitors_language

from ..attachments import own_files
from ..models import (
    CONSENTS,
    PLEDGES,
    PRIVATE_DETAILS,
    PUBLIC_DETAILS,
    Application,
    Attachment,
    Criterion,
    District,
)
from .completeness import marks_of

# Of each step, the fields of the application itself.
FIELDS = {
    "organisation": (*PUBLIC_DETAILS, "what_we_do", "hopes"),
    "people": tuple(name for name in PRIVATE_DETAILS if name != "language"),
    "pledges": PLEDGES,
    "consents": CONSENTS,
}


class Sent:
    """The application step by step. Templates read its properties.

    criteria: those of its year (``completeness.criteria_of``).
    """

    def __init__(self, application: Application, criteria: list[Criterion]):
        self.application, self.criteria = application, criteria

    def _lines(self, step: str) -> list[dict]:
        """Fields with their labels and values as words."""
        fields = [self.application._meta.get_field(name) for name in FIELDS[step]]
        return [
            {"label": capfirst(field.verbose_name), "value": self._value(field.name)}
            for field in fields
        ]

    def _value(self, name: str):
        if name == "district" and self.application.district_id:
            rows = snippets_in_visitors_language(District)
            names = {row.pk: row.words.name for row in rows}
            return names.get(self.application.district_id, "")
        in_words = getattr(self.application, f"get_{name}_display", None)
        return in_words() if in_words else getattr(self.application, name)

    @property
    def organisation(self) -> list[dict]:
        return self._lines("organisation")

    @property
    def people(self) -> list[dict]:
        return self._lines("people")

    @property
    def pledges(self) -> list[dict]:
        return self._lines("pledges")

    @property
    def consents(self) -> list[dict]:
        return self._lines("consents")

    @property
    def marks(self):
        return marks_of(self.application)

    @property
    def checks(self) -> list[dict]:
        """The questions in the visitor's words, each with its answer."""
        return [{"question": row.words, "answer": row.answer} for row in self.criteria]

    @cached_property
    def attachments(self) -> list[Attachment]:
        return own_files(self.application)
