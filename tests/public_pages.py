"""
The public pages of the demonstration, found by themselves: every one, and one of every kind.

Addresses are given without the language, because they are the same in every tree:
`projects/zero-carbon/` stands for `/ja/projects/zero-carbon/` and `/en/projects/zero-carbon/`.
"""

from __future__ import annotations

import pytest
from wagtail.models import Page

from certified_orgs.applying.paper_forms import FORMS
from certified_orgs.models import Certificate
from certified_orgs.standing import Standing, standing_is, standing_of, with_standing
from events.models import Decision, EventPage, FestivalPage, Session
from events.picks import pick_of
from home.models import ArticlePage

from .page_types import PAGE_TYPES

# What has no row of its own: routes, filtered and empty lists, and what is not there at all.
BETWEEN_PAGES = (
    "sdgs/17/",
    "sdgs/coverage/",
    "certified/scheme/",
    "certified/apply/",
    "certified/apply/no-such-link/",
    "certified/forms/",
    "certified/forms/application/",
    "certified/?state=expired&state=revoked",
    "certified/?q=nobody-is-called-like-this",
    "events/calendar/",
    "events/calendar/?month=2026-11&field=farming",
    "events/timetable/",
    "events/timetable/?when=next-weekend",
    "events/?from=2026-11-23&to=2026-11-03&field=nothing&free=yes",
    "events/?goal=16&audience=seniors&language=th",
    "projects/?pillar=economy&goal=8&goal=99",
    "projects/?q=nothing-is-called-like-this",
    "events/plan/",
    "events/plan/?pick=1-a1b2c3&pick=x",
    "trainees/?from=next-week&until=2026-01-01",
    "trainees/?from=2100-01-01&until=2100-01-05",
    "trainees/handout/",
    "no-such-page/",
)
# What stands outside the tree has one address; there the language is a question in it.
OUTSIDE_THE_TREE = ("opendata/", "verify/")
GOALS = tuple(f"sdgs/{number}/" for number in range(1, 18))


def of_every_kind() -> list[str]:
    """One page of every type, and every kind of address that is no page."""
    pages = [_first(model) for model in PAGE_TYPES]
    between = [*BETWEEN_PAGES, *OUTSIDE_THE_TREE, *_of_a_holder(), *_of_a_festival()]
    return [*pages, *between]


def every_one() -> list[str]:
    """Every page, every goal, and every kind of address that is no page."""
    pages = Page.objects.live().filter(depth__gt=1, locale__language_code="ja")
    between = [*GOALS, *BETWEEN_PAGES, *OUTSIDE_THE_TREE, *_paper_forms(), *_of_a_holder()]
    between += _of_a_festival()
    return list(dict.fromkeys([*map(_without_language, pages), *between, *in_every_standing()]))


def in_every_standing() -> list[str]:
    """For every answer of the register: the check of such a certificate, and its profile."""
    found = {}
    for certificate in with_standing(Certificate.objects.order_by("pk")):
        found.setdefault(standing_of(certificate), certificate)
    missing = set(Standing) - {Standing.UNKNOWN} - found.keys()
    assert not missing, f"The demonstration has no certificate that is {missing}."
    checks = [f"verify/{certificate.number}/" for certificate in found.values()]
    profiles = [
        _without_language(certificate.pages.get(locale__language_code="ja"))
        for certificate in found.values()
    ]
    return [*checks, *profiles, "verify/KSC-1999-001/"]


def _paper_forms() -> list[str]:
    return [f"certified/forms/{form.name}/" for form in FORMS]


def _of_a_holder() -> list[str]:
    """What a holder shows."""
    valid = with_standing(Certificate.objects.order_by("pk")).filter(standing_is(Standing.VALID))
    number = valid.first().number
    return [f"certified/kit/{number}/", f"certified/copy/{number}/"]


def _of_a_festival() -> list[str]:
    """Timetable and posters of the coming edition, and a plan of all that is cancelled, moved
    or at the same time."""
    festival = FestivalPage.objects.filter(locale__language_code="ja").latest("last_day")
    programme = EventPage.objects.child_of(festival).live().order_by("path")
    decided = Decision.objects.filter(event__in=programme).values("event")
    changed = programme.filter(pk__in=decided)
    picks = Session.objects.filter(page__in=[*programme[:6], *changed]).order_by("pk")
    query = "&".join(f"pick={pick_of(session)}" for session in picks)
    return [
        f"{_without_language(festival)}timetable/",
        *(f"{_without_language(event)}poster/" for event in (programme[0], *changed)),
        *map(_without_language, changed),
        f"events/plan/?{query}",
    ]


def address(language: str, page: str) -> str:
    """Where one of these is found in a language."""
    if page.startswith(OUTSIDE_THE_TREE):
        return f"/{page}?lang={language}"
    return f"/{language}/{page}"


def untranslated() -> str:
    """A page that readers of English get in Japanese, marked: its translation is withdrawn."""
    page = ArticlePage.objects.live().filter(locale__language_code="en").first()
    page.unpublish()
    return _without_language(page)


def _first(model) -> str:
    page = model.objects.live().filter(locale__language_code="ja").order_by("path").first()
    if page is None:
        pytest.fail(f"The demonstration has no {model.__name__}, so nobody looks at one.")
    return _without_language(page)


def _without_language(page: Page) -> str:
    return page.get_url().split("/", 2)[2]
