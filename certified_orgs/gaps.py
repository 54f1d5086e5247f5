"""What an application leaves open. On paper people forget fields; the office sees them here,
and asks."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .models import CONSENTS, PLEDGES, Application

# What the office needs to know, whichever way an application came.
NEEDED = ("reading", "representative", "address", "phone", "what_we_do")


def gaps(application: Application) -> dict[str, str]:
    """What is missing, by the name of its field."""
    found = {name: _("Not filled in.") for name in NEEDED if not getattr(application, name)}
    found |= {name: _("Not pledged.") for name in PLEDGES if not getattr(application, name)}
    found |= {name: _("Not agreed.") for name in CONSENTS if not getattr(application, name)}
    return found


def gap_labels(application: Application) -> list[str]:
    """The same in words, for a list; the activities are looked up as well."""
    labels = [str(Application._meta.get_field(name).verbose_name) for name in gaps(application)]
    if not application.marks.exists():
        labels.append(_("At least one SDGs mark with what is done for it"))
    return labels
