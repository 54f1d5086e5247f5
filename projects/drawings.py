"""Charts of indicators as SVG: what is drawn, in which words, and only once.

``projects.charts`` says where everything stands. A drawing is kept by what it shows, so a
new figure makes a new one by itself and nobody has to forget the old one.
"""

from __future__ import annotations

import datetime
import hashlib

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from kiyose.japanese.dates import format_date, is_japanese
from kiyose.japanese.numbers import plain_number
from kiyose.pages.languages import visitor_language
from kiyose.pages.templatetags.site_pages import language_of

from . import charts
from .charts import NARROW, SMALL, WIDE, Mark
from .models import PathKind
from .progress import Figure, Goal, Series

# Old enough for a day's visitors, young enough that a new version of the site shows soon.
KEPT_FOR = 24 * 60 * 60
# With more figures than this only the newest says its value; the table says them all.
LABELLED_FIGURES = 6

# What a mark is, by its kind: its outline, and the word in the legend. The shapes differ,
# so that nothing is told by colour alone.
KINDS = {
    "baseline": (charts.SQUARE, pgettext_lazy("in a chart", "Baseline")),
    "final": (charts.CIRCLE, gettext_lazy("Figure (final)")),
    "provisional": (charts.CIRCLE, gettext_lazy("Figure (provisional)")),
    "goal": (charts.DIAMOND, pgettext_lazy("in a chart", "Goal")),
    "former-goal": (charts.CROSSED_DIAMOND, gettext_lazy("Goal that was replaced")),
}


def has_something_to_show(series: Series | None) -> bool:
    return series is not None and bool(series.baseline or series.goals or series.figures)


def draw(page, series: Series, today: datetime.date) -> SafeString:
    """The chart in the form for wide screens and the one for phones, with its legend.

    page: gives title and unit, which may be in another language than the visitor's.
    """
    marks = marks_of(series, today)
    shown = {
        "page_title": page.title,
        "page_unit": page.unit,
        "page_language": language_of(page),
        "marks": marks,
        "trail": _trail(series),
        "ways": _ways(series, today),
        "description": describe(series, today),
        "is_floor": series.path_kind == PathKind.FLOOR,
    }
    return _kept("projects/chart.html", shown, forms=(WIDE, NARROW))


def draw_small(series: Series, today: datetime.date) -> SafeString:
    """The chart for a card: without words, for words beside it say the same."""
    newest = series.newest
    marks = [
        mark
        for mark in marks_of(series, today, with_labels=False)
        if mark.kind in ("baseline", "goal") or (newest and mark.day == newest.day)
    ]
    shown = {"marks": marks, "trail": _trail(series), "ways": _ways(series, today)}
    return _kept("projects/chart_small.html", shown, forms=(SMALL,)) if marks else SafeString()


def marks_of(series: Series, today: datetime.date, *, with_labels: bool = True) -> list[Mark]:
    """Goals, baseline and figures; those drawn last lie on top."""
    marks = [
        Mark("goal", goal.due, goal.value, _("Goal %s") % plain_number(goal.value), rank=1)
        if goal.is_in_force(today)
        else Mark(
            "former-goal",
            goal.due,
            goal.value,
            _("former goal %s") % plain_number(goal.value),
            rank=3,
        )
        for goal in series.goals
    ]
    if series.baseline:
        text = _("Baseline %s") % plain_number(series.baseline.value)
        marks.append(Mark("baseline", series.baseline.day, series.baseline.value, text, rank=2))
    are_few = len(series.figures) <= LABELLED_FIGURES
    for figure in series.figures:
        kind = "provisional" if figure.is_provisional else "final"
        is_newest = figure is series.newest
        text = _figure_label(figure) if is_newest or are_few else ""
        marks.append(Mark(kind, figure.day, figure.value, text, rank=0 if is_newest else 4))
    if not with_labels:
        marks = [Mark(mark.kind, mark.day, mark.value) for mark in marks]
    return marks


def _figure_label(figure: Figure) -> str:
    value = plain_number(figure.value)
    return _("%s provisional") % value if figure.is_provisional else value


def _at(kind: str, fact: Figure | Goal) -> Mark:
    return Mark(kind, fact.due if isinstance(fact, Goal) else fact.day, fact.value)


def _trail(series: Series) -> list[Mark]:
    """What was measured, in the order of time: the baseline among the figures."""
    known = {figure.day for figure in series.figures}
    begin = [series.baseline] if series.baseline and series.baseline.day not in known else []
    measured = sorted([*begin, *series.figures], key=lambda figure: figure.day)
    return [_at("trail", figure) for figure in measured] if len(measured) > 1 else []


def _ways(series: Series, today: datetime.date) -> list[charts.Way]:
    """The straight line to each goal in force, where there is a beginning."""
    begin = series.baseline
    if begin is None:
        return []
    return [
        (_at("way", begin), _at("way", goal))
        for goal in series.goals_in_force(today)
        if goal.due > begin.day
    ]


def describe(series: Series, today: datetime.date) -> str:
    """The chart in whole sentences, for whom a screen reader reads them."""
    language = visitor_language()
    sentences = []
    if series.baseline:
        sentences.append(
            _("The baseline is %(value)s for %(period)s.") % _said(series.baseline, language)
        )
    count = len(series.figures)
    if count:
        sentences.append(
            ngettext("There is %(n)d figure.", "There are %(n)d figures.", count) % {"n": count}
        )
        newest = series.figures[-1]
        text = (
            _("The newest is %(value)s for %(period)s, provisional.")
            if newest.is_provisional
            else _("The newest is %(value)s for %(period)s.")
        )
        sentences.append(text % _said(newest, language))
    else:
        sentences.append(_("There is no figure yet."))
    for goal in series.goals:
        text = (
            _("The goal is %(value)s by %(day)s.")
            if goal.is_in_force(today)
            else _("A goal of %(value)s by %(day)s was replaced.")
        )
        words = {"value": plain_number(goal.value), "day": format_date(goal.due, language)}
        sentences.append(text % words)
    sentences.append(_("All of them stand in the tables below."))
    return ("" if is_japanese(language) else " ").join(sentences)


def _said(figure: Figure, language: str) -> dict:
    return {"value": plain_number(figure.value), "period": figure.period.label(language)}


def _year_text(year: int) -> str:
    return pgettext("short, on an axis", "FY%s") % year


def _kept(template: str, shown: dict, forms) -> SafeString:
    """The drawing of what is shown, from the cache if it has been drawn before."""
    language, is_mirrored = visitor_language(), translation.get_language_bidi()
    content = repr((template, shown, forms, language, is_mirrored))
    digest = hashlib.sha256(content.encode()).hexdigest()
    key = f"chart:{digest}"
    svg = cache.get(key)
    if svg is None:
        laid_out = [
            charts.lay_out(
                shown["marks"],
                trail=shown["trail"],
                ways=shown["ways"],
                year_text=_year_text,
                unit=shown.get("page_unit", ""),
                form=form,
                is_mirrored=is_mirrored,
            )
            for form in forms
        ]
        context = {
            **shown,
            "charts": laid_out,
            "legend": _legend(shown["marks"]),
            "id": f"chart-{digest[:8]}",
        }
        svg = render_to_string(template, context)
        cache.set(key, svg, KEPT_FOR)
    return mark_safe(svg)  # noqa: S308 - from a template, which escapes


def _legend(marks: list[Mark]) -> list[dict]:
    """The kinds that the chart shows, each with its outline and its word."""
    kinds = {mark.kind for mark in marks}
    return [
        {"kind": kind, "outline": outline, "word": word}
        for kind, (outline, word) in KINDS.items()
        if kind in kinds
    ]
