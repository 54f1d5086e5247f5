"""Open data: the projects, a row each."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from kiyose.opendata.dataset import Column, Dataset, Extent, Kind, Record
from kiyose.opendata.versions import pages_in_every_language, snippets_in_every_language, words
from kiyose.opendata.withdrawals import last_withdrawal
from kiyose.pages.languages import source_language
from kiyose.pages.visibility import public
from sdgs.models import Plan

from ..models import FigureLabel, ProjectFigure, ProjectPage, ProjectPlan
from .vocabulary import BELONGING, IDENTITY, Vocabulary, flat, keyed


def records(request) -> list[Record]:
    """Every public project, with its plans and figures."""
    vocabulary = Vocabulary(request)
    pages = pages_in_every_language(ProjectPage.objects.all())
    plans = _plans(pages)
    figures = _figures(pages, vocabulary)
    return [
        common
        | {
            "stage": page.stage,
            "first_fiscal_year": page.start_fiscal_year,
            "last_fiscal_year": page.end_fiscal_year,
            "plans": plans[page.pk],
            "figures": figures[page.pk],
        }
        for page, common in zip(pages, vocabulary.pages(pages), strict=True)
    ]


def _plans(pages) -> dict[int, list[Record]]:
    known = snippets_in_every_language(Plan)
    found = defaultdict(list)
    for row in ProjectPlan.objects.filter(page__in=[page.pk for page in pages]):
        found[row.page_id].append(keyed(known.get(row.plan_id), "name"))
    return found


def _figures(pages, vocabulary: Vocabulary) -> dict[int, list[Record]]:
    labels = snippets_in_every_language(FigureLabel)
    found = defaultdict(list)
    for row in ProjectFigure.objects.filter(page__in=[page.pk for page in pages]):
        found[row.page_id].append(
            keyed(labels.get(row.label_id), "name")
            | {
                "unit": words(labels.get(row.label_id), "unit"),
                "kind": row.kind,
                "qualifier": row.qualifier,
                "value": row.value,
                "year": row.year,
                "month": row.month,
                "source": vocabulary.source(row.source_id),
                "section": row.section,
            }
        )
    return found


def rows(record: Record) -> list[Record]:
    plans = [plan["key"] for plan in record["plans"]]
    return [flat(record) | {"plans": plans}]


def extent() -> Extent:
    of_source = Q(locale__language_code=source_language())
    pages = public(ProjectPage.objects.order_by()).aggregate(
        rows=Count("pk", filter=of_source), updated=Max("last_published_at")
    )
    times = [time for time in (pages["updated"], last_withdrawal(ProjectPage)) if time]
    return Extent(rows=pages["rows"], updated=max(times, default=None))


PROJECTS = Dataset(
    name="projects",
    title=_("Projects"),
    description=_(
        "What the city does for the SDGs: each project with its stage, its SDGs marks and the"
        " reason for them. The JSON file also has the figures of each project."
    ),
    columns=(
        *IDENTITY,
        Column("title", _("Title"), in_languages=True),
        Column("summary", _("Summary"), in_languages=True),
        Column("stage", _("How certain it is: running, planned or considered"), Kind.CODE),
        *BELONGING,
        Column("why", _("Why it carries these marks"), in_languages=True),
        Column(
            "first_fiscal_year",
            _("Fiscal year (from 1 April) in which it begins. Empty: not stated."),
            Kind.NUMBER,
        ),
        Column("last_fiscal_year", _("Fiscal year in which it ends"), Kind.NUMBER),
        Column("plans", _("Plans of the city that it belongs to"), Kind.CODES),
        Column("url", _("Address of the page"), Kind.ADDRESS, in_languages=True),
        Column("updated", _("Day of the last publication of the page"), Kind.DATE),
    ),
    records=records,
    rows=rows,
    extent=extent,
)
