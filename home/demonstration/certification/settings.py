"""The scheme's settings of last year and of this one, the districts, the criteria."""

from __future__ import annotations

import datetime

from certified_orgs.models import Criterion, SchemeYear
from certified_orgs.new_year import copy_criteria, one_year_later
from certified_orgs.places import arrange

from ..files import read
from .office import WINDOW_CLOSES, WINDOW_OPENED, Office


def load(office: Office) -> None:
    content = read("certification/settings")
    for district in read("snippets")["districts"]:
        office.loader.snippet("districts", district["key"])
    opens_on = _one_year_earlier(office.ago(WINDOW_OPENED))
    closes_on = _one_year_earlier(office.ago(-WINDOW_CLOSES))
    office.last_year = _year(
        office, office.fiscal_year - 1, opens_on, closes_on, content["last_year"]
    )
    office.this_year = _year(
        office,
        office.fiscal_year,
        office.ago(WINDOW_OPENED),
        office.ago(-WINDOW_CLOSES),
        content["this_year"],
    )
    _criteria(office, content["criteria"])
    copy_criteria(office.last_year, office.this_year)
    arrange(office.last_year)


def _one_year_earlier(day: datetime.date) -> datetime.date:
    earlier = day - datetime.timedelta(days=366)
    return earlier if one_year_later(earlier) == day else day - datetime.timedelta(days=365)


def _year(office, fiscal_year, opens_on, closes_on, values) -> SchemeYear:
    windows = read("certification/settings")["windows"]
    return SchemeYear.objects.create(
        fiscal_year=fiscal_year,
        opens_on=opens_on,
        closes_on=closes_on,
        report_due_on=office.report_due_in(fiscal_year),
        company_window=office.loader.snippet("divisions", windows["company"]),
        group_window=office.loader.snippet("divisions", windows["group"]),
        **values,
    )


def _criteria(office: Office, items: list[dict]) -> None:
    for position, item in enumerate(items):
        pairs = office.loader.pairs()
        words = {name: pairs.text(item[name]) for name in Criterion.words}
        criterion = Criterion.objects.create(
            locale=office.loader.source,
            scheme=office.last_year,
            weight=item["weight"],
            position=position,
            **words,
        )
        office.loader.translate(criterion, pairs)
