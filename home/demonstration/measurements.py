"""Enters the sample measurements as a division would, and makes them public as PR would."""

from __future__ import annotations

import datetime

from django.contrib.auth import get_user_model
from django.utils import timezone

from projects.models import IndicatorPage, Measurement

from .files import read

ENTERED_BY = "department"
SAMPLE_SOURCE = "sample-data"
DAYS_TO_PUBLISH = 60
MORNING = datetime.time(10)


def load(loader) -> None:
    """Every figure of measurements.yml, for the indicators that exist.

    loader: says which day it is, and has the sources.
    """
    user = get_user_model().objects.filter(username=ENTERED_BY).first()
    indicators = {page.slug: page for page in IndicatorPage.objects.filter(locale=loader.source)}
    for slug, sample in read("measurements").items():
        for row in sample["figures"]:
            if slug in indicators:
                _enter(indicators[slug], row, loader, user)


def _enter(indicator, row: dict, loader, user) -> None:
    former = row.get("former")
    note = row.get("note", {})
    source = loader.snippet("sources", row.get("source", SAMPLE_SOURCE))
    measurement = Measurement(
        indicator=indicator,
        period=row["period"],
        value=(former or row)["value"],
        status=(former or row).get("status", Measurement.Status.FINAL),
        source=source,
        section=row.get("section", ""),
        entered_by=user,
        live=False,
    )
    end = measurement.when.end
    first = last = end + datetime.timedelta(days=DAYS_TO_PUBLISH)
    if source.key != SAMPLE_SOURCE:
        first = last = source.published_on
    if "days_ago" in row:
        last = max(end, loader.today - datetime.timedelta(days=row["days_ago"]))
        first = min(first, last) if former else last
    measurement.entered_at = morning_of(first)
    measurement.note, measurement.note_en = note.get("ja", ""), note.get("en", "")
    measurement.save()
    _publish(measurement, measurement.entered_at)
    if former:
        measurement.value = row["value"]
        measurement.status = row.get("status", Measurement.Status.FINAL)
        corrected_at = morning_of(last)
        _publish(measurement, corrected_at)
        measurement.former.update(replaced_at=corrected_at)


def _publish(measurement: Measurement, moment: datetime.datetime) -> None:
    """Publish through a revision, as every approval does; then say that it was earlier."""
    measurement.save_revision().publish()
    row = Measurement.objects.filter(pk=measurement.pk)
    row.update(last_published_at=moment)
    row.filter(first_published_at__gt=moment).update(first_published_at=moment)
    measurement.refresh_from_db()


def morning_of(day: datetime.date) -> datetime.datetime:
    """The morning of a day; nothing was published later than now."""
    moment = timezone.make_aware(datetime.datetime.combine(day, MORNING))
    return min(moment, timezone.now())
