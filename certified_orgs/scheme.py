"""Which settings hold on a day, and which of them the proposal leaves open."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

from django.db.models import Case, F, QuerySet, When
from django.db.models.functions import Abs
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kiyose.japanese.dates import is_japanese
from kiyose.japanese.periods import fiscal_year_of, months_after
from kiyose.pages.languages import visitor_language

from . import places
from .models import Criterion, SchemeYear


class NoScheme(LookupError):  # noqa: N818  what is the case, not an error of the program
    """No year of the scheme has been set up."""


def scheme_on(day: datetime.date) -> SchemeYear:
    """The settings of the day's fiscal year, or of the latest year before it that has some,
    or else of the first year there is. Raises NoScheme where there is none."""
    found = years_for(day).first()
    if found is None:
        raise NoScheme
    return found


def years_for(day: datetime.date) -> QuerySet[SchemeYear]:
    """All years, first the one whose settings hold on the day: to ask for single settings
    within another query."""
    year = fiscal_year_of(day)
    is_to_come = Case(When(fiscal_year__gt=year, then=1), default=0)
    return SchemeYear.objects.order_by(is_to_come, Abs(F("fiscal_year") - year))


def last_day(start: datetime.date, years: int) -> datetime.date:
    """The last day of a time that begins on a day and takes whole years: the day before the
    day of the same date (民法143条2項: where that date does not exist, the month's last)."""
    year = start.year + years
    if start.month == 2 and start.day == 29 and not calendar.isleap(year):
        return datetime.date(year, 2, 28)
    return start.replace(year=year) - datetime.timedelta(days=1)


def report_due_on(fiscal_year: int, scheme: SchemeYear) -> datetime.date:
    """The due day in a fiscal year, by settings that may be those of another one."""
    day = scheme.report_due_on
    return same_day_in(day.year + fiscal_year - scheme.fiscal_year, day)


def renewal_from(valid_until: datetime.date, scheme: SchemeYear) -> datetime.date:
    """The first day on which a certificate may be applied for again: so many months before
    its last day, or the last day of that month where it has no such date."""
    return months_after(valid_until, -scheme.renewal_months)


def same_day_in(year: int, day: datetime.date) -> datetime.date:
    """The same date in a year; 28 February where it has no 29th."""
    if day.month == 2 and day.day == 29 and not calendar.isleap(year):
        return datetime.date(year, 2, 28)
    return day.replace(year=year)


def certificate_name(scheme: SchemeYear, language: str = "") -> str:
    """What the certificate is called; in the visitor's language unless another one is named."""
    japanese = is_japanese(language or visitor_language())
    return scheme.certificate_name if japanese else scheme.certificate_name_en


def mark_name(scheme: SchemeYear, language: str = "") -> str:
    """What the mark is called, likewise."""
    japanese = is_japanese(language or visitor_language())
    return scheme.mark_name if japanese else scheme.mark_name_en


@dataclass(frozen=True)
class OpenPoint:
    """A point that the proposal does not settle, and today's setting in public words."""

    key: str
    label: str
    setting: str


def open_points(scheme: SchemeYear) -> list[OpenPoint]:
    """All of them, in the visitor's language. Shown with ``parts/open_point.html``, which marks
    them as 案（要綱制定前） until the rules are adopted."""
    return [
        OpenPoint("validity", _("Validity and renewal"), _validity(scheme)),
        OpenPoint("points", _("Points of the screening"), _points(scheme)),
        OpenPoint("deciding", _("How it is decided"), scheme.get_deciding_display()),
        OpenPoint("places", _("Number of places"), _places(scheme)),
        OpenPoint("report", _("When the yearly report is late"), _late_reports(scheme)),
        OpenPoint("measures", _("Suspension and revocation"), _measures(scheme)),
        OpenPoint("names", _("Name of the certificate and of the mark"), _names(scheme)),
        OpenPoint("events", _("Preference at events"), _preference(scheme)),
    ]


def _validity(scheme: SchemeYear) -> str:
    years = ngettext("%(n)d year", "%(n)d years", scheme.validity_years)
    months = ngettext("%(n)d month", "%(n)d months", scheme.renewal_months)
    return _(
        "%(years)s from the day of certification. A renewal can be applied for in the last "
        "%(months)s; whoever has applied in time stays certified until it is decided."
    ) % {
        "years": years % {"n": scheme.validity_years},
        "months": months % {"n": scheme.renewal_months},
    }


def _points(scheme: SchemeYear) -> str:
    return _(
        "Reviewers give 0 to %(most)d points for each criterion. Weighted, that makes up to 100; "
        "the pass mark is %(mark)d."
    ) % {"most": Criterion.MOST_POINTS, "mark": scheme.pass_mark}


def _places(scheme: SchemeYear) -> str:
    of = _("%(pool)s: %(cap)d")
    caps = [of % {"pool": count.label, "cap": count.cap} for count in places.counts(scheme)]
    return _(
        "%(caps)s. Counted are the certificates in force: a renewal takes no new place, a "
        "suspension frees none."
    ) % {"caps": _(", ").join(caps)}


def _late_reports(scheme: SchemeYear) -> str:
    return _(
        "%(days)d days after the due date the register says so, once the window has made sure "
        "that the report has not come on paper either."
    ) % {"days": scheme.report_grace_days}


def _measures(scheme: SchemeYear) -> str:
    return _(
        "A suspension is proposed when a report is still missing %(suspend)d days after that, a "
        "revocation %(revoke)d days after a suspension. The holder is told first and has "
        "%(statement)d days for a statement; then people decide, never a program."
    ) % {
        "suspend": scheme.suspend_after_days,
        "revoke": scheme.revoke_after_days,
        "statement": scheme.statement_days,
    }


def _names(scheme: SchemeYear) -> str:
    return _("“%(certificate)s” and “%(mark)s”.") % {
        "certificate": certificate_name(scheme),
        "mark": mark_name(scheme),
    }


def _preference(scheme: SchemeYear) -> str:
    if scheme.event_preference:
        return _("Holders are preferred at events of the city and of related bodies.")
    return _("None. The city only considers it.")
