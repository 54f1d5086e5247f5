"""Every component of the public pages in every state, for staff (``/admin/components/``).

What is shown stands in ``components_samples``; nothing of it is in the database.
"""

from __future__ import annotations

from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kiyose.pages.languages import language_names, visitor_language

from . import components_samples as samples

# The parts of the page: each a template in home/components/.
SECTIONS = (
    ("marks", _("Marks")),
    ("headings", _("Headings and running text")),
    ("cards", _("Cards")),
    ("facts", _("Facts and figures")),
    ("indicators", _("Indicators")),
    ("certificates", _("Certificates")),
    ("events", _("Events")),
    ("trainees", _("Trainees’ door")),
    ("controls", _("Links, buttons and conditions")),
    ("forms", _("Forms")),
    ("notices", _("Notices and empty places")),
    ("ways", _("Ways through the site")),
    ("contact", _("Contact and foot of a page")),
)

# Those of single rooms; what every page has, this one has too.
STYLE_SHEETS = [
    f"css/{name}.css"
    for name in (
        *("home", "list", "goal", "project", "indicator", "register", "verify", "event"),
        "trainees",
        "components",
    )
]


def components(request):
    """The page, in any language of the site (``?language=en``) and with the public style."""
    language = request.GET.get("language")
    if language not in language_names():
        language = visitor_language()
    with translation.override(language):
        context = {
            "language": language,
            "languages": language_names(),
            "style_sheets": STYLE_SHEETS,
            "sections": [
                {"name": name, "title": title, "template": f"home/components/{name}.html"}
                for name, title in SECTIONS
            ],
            **samples.everything(),
        }
        return render(request, "home/components.html", context)
