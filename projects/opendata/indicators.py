"""Open data: the indicators and all their figures, a row for each figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kiyose.japanese.periods import Period
from kiyose.opendata.dataset import Column, Dataset, Extent, Kind, Record
from kiyose.opendata.versions import pages_in_every_language, words
from kiyose.opendata.withdrawals import last_withdrawal
from kiyose.pages.addresses import short_url
from kiyose.pages.languages import language_tags, source_language
from kiyose.pages.visibility import public

from ..models import (
    BaselineKind,
    FormerMeasurement,
    IndicatorGoal,
    IndicatorPage,
    IndicatorProject,
    Measurement,
    ProjectPage,
)
from ..progress import Figure, Series
from ..series import load_series, public_indicators, public_measurements
from .vocabulary import BELONGING, IDENTITY, Vocabulary, flat

FORMULA = "expected = baseline + (goal - baseline) * days_passed / days_in_all"
# The line is a division; more places than a figure itself can have say nothing.
PLACES = Decimal("0.0001")


def records(request) -> list[Record]:
    """Every public indicator with its goals, its public figures and its state today."""
    vocabulary = Vocabulary(request)
    pages = pages_in_every_language(IndicatorPage.objects.all())
    series = load_series(public_indicators())
    goals = _goals(vocabulary)
    measurements = _measurements(vocabulary)
    projects = _projects()
    return [
        {name: value for name, value in common.items() if name != "title"}
        | {
            "name": common["title"],
            "unit": words(page.versions, "unit"),
            "explanation": words(page.versions, "explanation"),
            "method": words(page.versions, "method"),
            "limits": words(page.versions, "limits"),
            "projects": projects[page.pk],
            "better": page.better,
            "path": page.path_kind,
            "cumulative": page.cumulative,
            "rhythm_months": page.rhythm_months,
            "source": vocabulary.source(page.source_id),
            "section": page.section,
            "baseline": _baseline(page, series.get(page.translation_key), vocabulary),
            "goals": goals[page.pk],
            "measurements": measurements[page.pk],
            "state": _state(series.get(page.translation_key)),
            "response": words(page.versions, "response"),
            "response_on": page.response_on,
        }
        for page, common in zip(pages, vocabulary.pages(pages), strict=True)
    ]


def _projects() -> dict[int, list[Record]]:
    """The public projects that each indicator measures."""
    links = IndicatorProject.objects.filter(
        page__in=public_indicators(), project__in=public(ProjectPage.objects)
    )
    found = defaultdict(list)
    for page, project, slug in links.values_list("page_id", "project_id", "project__slug"):
        found[page].append({"id": short_url(project), "slug": slug})
    return found


def _baseline(page, series: Series | None, vocabulary: Vocabulary) -> Record | None:
    if series is None or series.baseline is None:
        return None
    return {
        "kind": page.baseline_kind,
        **_figure(series.baseline),
        "source": vocabulary.source(page.baseline_source_id),
        "section": page.baseline_section,
    }


def _goals(vocabulary: Vocabulary) -> dict[int, list[Record]]:
    """The goals of each indicator in the order in which they are due, replaced ones too."""
    found = defaultdict(list)
    rows = IndicatorGoal.objects.filter(page__in=public_indicators())
    for row in sorted(rows, key=lambda row: row.due_date):
        found[row.page_id].append(
            _figure(Figure(Period.from_code(row.period), row.value))
            | {
                "due": row.due_date,
                "replaced_on": row.replaced_on,
                "source": vocabulary.source(row.source_id),
                "section": row.section,
            }
        )
    return found


def _measurements(vocabulary: Vocabulary) -> dict[int, list[Record]]:
    """The public figures of each indicator, the oldest first, with their former values."""
    former = defaultdict(list)
    public_ones = public_measurements().filter(indicator__in=public_indicators())
    for row in FormerMeasurement.objects.filter(measurement__in=public_ones):
        former[row.measurement_id].append(
            {
                "value": row.value,
                "status": row.status,
                "published_at": row.published_at,
                "replaced_at": row.replaced_at,
            }
        )
    found = defaultdict(list)
    for row in public_ones.order_by("period_end", "pk"):
        found[row.indicator_id].append(
            _figure(Figure(Period.from_code(row.period), row.value))
            | {
                "status": row.status,
                "source": vocabulary.source(row.source_id),
                "section": row.section,
                "note": _note(row),
                "published_at": row.last_published_at,
                "former": former[row.pk],
            }
        )
    return found


def _figure(figure: Figure) -> Record:
    return {"period": figure.period.code, "period_end": figure.day, "value": figure.value}


def _note(measurement) -> dict[str, str | None]:
    """The note in the languages that it is entered in."""
    written = {source_language(): measurement.note, "en": measurement.note_en}
    return {code: written.get(code) or None for code in language_tags()}


def _state(series: Series | None) -> Record | None:
    """How it stands today with the goal that it is counted by, and what that follows from."""
    today = timezone.localdate()
    progress = series.main_progress(today) if series else None
    if progress is None:
        return None
    expected = progress.expected
    return {
        "key": str(progress.state.value),
        "computed_on": today,
        "goal": {
            "period": progress.goal.period.code,
            "due": progress.goal.due,
            "value": progress.goal.value,
        },
        "figure": _figure(progress.figure) if progress.figure else None,
        "formula": FORMULA if expected is not None else None,
        "expected": expected.quantize(PLACES) if expected is not None else None,
        "days_passed": progress.days_passed,
        "days_in_all": progress.days_in_all,
        "newest_figure_is_old": series.is_old(today),
    }


def rows(record: Record) -> Iterator[Record]:
    """A row for the baseline, for every goal, every measurement and every former value."""
    common = flat(record)
    if record["baseline"]:
        yield common | _row("baseline", record["baseline"])
    for goal in record["goals"]:
        yield common | _row("goal", goal)
    for measurement in record["measurements"]:
        for former in measurement["former"]:
            replaced = {"replaced_on": former["replaced_at"]}
            # The note is about the value that stands now.
            yield common | _row("former", measurement | former | replaced | {"note": None})
        yield common | _row("measurement", measurement)


def _row(kind: str, figure: Record) -> Record:
    source = figure["source"] or {}
    # Of the indicator itself only what every figure has in common may stay.
    empty = dict.fromkeys(("due", "status", "replaced_on", "note", "published_at"))
    return empty | figure | {"kind": kind, "source": source.get("title")}


def extent() -> Extent:
    of_source = Q(locale__language_code=source_language())
    has_value = Q(baseline_kind=BaselineKind.ZERO) | Q(
        baseline_kind=BaselineKind.MEASURED, baseline_value__isnull=False
    )
    pages = public(IndicatorPage.objects.order_by()).aggregate(
        baselines=Count("pk", filter=of_source & has_value & ~Q(baseline_period=""), distinct=True),
        goals=Count("goals", filter=of_source, distinct=True),
        updated=Max("last_published_at"),
    )
    measurements = public_measurements().filter(indicator__in=public_indicators())
    figures = measurements.order_by().aggregate(
        count=Count("pk", distinct=True), former=Count("former"), updated=Max("last_published_at")
    )
    withdrawn = last_withdrawal(IndicatorPage, Measurement)
    times = [time for time in (pages["updated"], figures["updated"], withdrawn) if time]
    return Extent(
        rows=pages["baselines"] + pages["goals"] + figures["count"] + figures["former"],
        updated=max(times, default=None),
    )


INDICATORS = Dataset(
    name="indicators",
    title=_("Indicators"),
    description=_(
        "What the city measures: baselines, goals, measurements and the values that stood"
        " before a correction, a row for each. The JSON file also has the state of each"
        " indicator today, and the numbers that it follows from."
    ),
    columns=(
        *IDENTITY,
        Column("name", _("Name of the indicator"), in_languages=True),
        Column("unit", _("Unit"), in_languages=True),
        *BELONGING,
        Column("better", _("Which way is good: higher or lower"), Kind.CODE),
        Column(
            "path",
            _("What the goals ask for: target (to reach it) or floor (not to get worse than it)"),
            Kind.CODE,
        ),
        Column("cumulative", _("Whether it is a running total"), Kind.YES_NO),
        Column(
            "kind",
            _("What the row is: baseline, goal, measurement or former (until its correction)"),
            Kind.CODE,
        ),
        Column(
            "period",
            _("What it is about: FY2025 is the fiscal year from 1 April 2025, 2019-08 a month"),
            Kind.CODE,
        ),
        Column("period_end", _("Last day of the period"), Kind.DATE),
        Column("due", _("Of a goal: the day by which it is to be reached"), Kind.DATE),
        Column("value", _("Value, in the unit of the indicator"), Kind.NUMBER),
        Column("status", _("Of a measurement: provisional or final"), Kind.CODE),
        Column(
            "replaced_on",
            _("Of a former value or goal: the day on which another took its place"),
            Kind.DATE,
        ),
        Column("source", _("Source of the value"), in_languages=True),
        Column("section", _("Where in the source")),
        Column("note", _("Note on the value"), in_languages=True),
        Column("published_at", _("Day on which the value became public here"), Kind.DATE),
    ),
    records=records,
    rows=rows,
    extent=extent,
)
