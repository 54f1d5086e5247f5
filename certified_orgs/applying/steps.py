"""The steps of an application, in their order."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from . import forms


@dataclass(frozen=True)
class Step:
    """A page of the application: its address, its title, what it asks."""

    slug: str
    title: str
    form: type


STEPS = (
    Step("organisation", _("The organisation"), forms.OrganisationForm),
    Step("people", _("People and contact"), forms.PeopleForm),
    Step("activities", _("Activities for the SDGs"), forms.ActivitiesForm),
    Step("self-check", _("Self-check"), forms.SelfCheckForm),
    Step("pledges", _("Pledges"), forms.PledgesForm),
    Step("attachments", _("Attachments"), forms.AttachmentsForm),
    Step("consents", _("What happens with it"), forms.ConsentsForm),
)
BY_SLUG = {step.slug: step for step in STEPS}
# The last page: everything at a glance, and the button that sends it.
CHECK = "check"


def after(step: Step) -> str:
    """The slug of the page that follows."""
    number = STEPS.index(step) + 1
    return STEPS[number].slug if number < len(STEPS) else CHECK
