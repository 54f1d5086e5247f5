"""What an application must have when it is sent, or entered from paper.

Nothing here is asked of a draft: it may be as unfinished as its writer likes.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Prefetch, Q, TextField, Value, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kiyose.pages.languages import snippets_in_visitors_language
from sdgs import vocabulary

from ..models import PLEDGES, Application, ApplicationMark, Criterion, SelfCheck

# Step of the application, and the fields of ``Application`` that must be filled in there.
# Consent to the window is a choice: without it the city handles the application itself.
NEEDED = {
    "organisation": ("kind", "name", "reading", "what_we_do"),
    "people": ("representative", "contact_name", "postal_code", "address"),
    "pledges": PLEDGES,
    "consents": ("consents_to_use", "consents_to_publication"),
}
NEEDED_FIELDS = frozenset(name for names in NEEDED.values() for name in names)
# One of them, whichever people can use.
WAYS_TO_ASK = ("phone", "fax", "email")


@dataclass(frozen=True)
class Missing:
    """Something that is not there yet: in which step, the id of its control, and what to say."""

    step: str
    control: str
    message: str


def missing(application: Application, criteria=None) -> list[Missing]:
    """All that is missing, in the order of the steps. Empty: it may be sent.

    criteria: what ``criteria_of`` gave, where the caller has it already.
    """
    criteria = criteria_of(application) if criteria is None else criteria
    found = [*_fields(application), *_ways(application)]
    found += [*_activities(application), *_answers(criteria)]
    order = ("organisation", "people", "activities", "self-check", "pledges", "consents")
    return sorted(found, key=lambda one: order.index(one.step))


def _fields(application):
    for step, names in NEEDED.items():
        for name in names:
            if not getattr(application, name):
                label = capfirst(application._meta.get_field(name).verbose_name)
                yield Missing(step, f"id_{name}", _message(step, label))


def _message(step: str, label: str) -> str:
    if step == "pledges":
        return _("Not pledged yet: %(pledge)s") % {"pledge": label}
    if step == "consents":
        return _("Not agreed to yet: %(consent)s") % {"consent": label}
    return _("Not filled in: %(field)s") % {"field": label}


def _ways(application):
    if not any(getattr(application, name) for name in WAYS_TO_ASK):
        message = _("A telephone number, a FAX number or a mail address, one of them is needed.")
        yield Missing("people", "id_phone", message)


def _activities(application):
    marks = list(marks_of(application))
    if not marks:
        yield Missing("activities", "goals", _("Choose at least one goal or target."))
    for row in marks:
        if not row.activity.strip():
            label = vocabulary.label(row.mark.code)
            message = _("What you do for “%(mark)s” is not written yet.") % {
                "mark": f"{label.code} {label.text}"
            }
            yield Missing("activities", f"id_text-{row.mark.code}", message)


def marks_of(application: Application) -> list[ApplicationMark]:
    """The activities, each with its mark; asked for once."""
    marks = Prefetch("marks", ApplicationMark.objects.select_related("mark"))
    prefetch_related_objects([application], marks)
    return list(application.marks.all())


def criteria_of(application: Application) -> list[Criterion]:
    """The criteria of the application's year, each with ``words`` for the visitor and the
    applicant's ``answer``. One query."""
    given = SelfCheck.objects.filter(application=application.pk, criterion=OuterRef("pk"))
    return snippets_in_visitors_language(
        Criterion,
        Q(scheme=application.scheme_id),
        answer=Coalesce(given.values("answer")[:1], Value(""), output_field=TextField()),
    )


def _answers(criteria):
    for criterion in criteria:
        if not criterion.answer.strip():
            message = _("Not answered: %(question)s") % {"question": criterion.words.question}
            yield Missing("self-check", f"id_answer-{criterion.pk}", message)
