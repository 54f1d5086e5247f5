"""The sample list of the city's programmes, with the measures that they belong to."""

from __future__ import annotations

from django.conf import settings

from projects.models import ProjectPage
from sdgs.models import Mark, Measure, Programme

from .files import read

OWN, ENGLISH = settings.LANGUAGE_CODE, "en"


def load(loader) -> None:
    """Measures and programmes of programmes.yml.

    loader: has the plan and the divisions.
    """
    content = read("programmes")
    plan = loader.snippet("plans", content["plan"])
    measures = {
        item["number"]: Measure.objects.create(plan=plan, number=item["number"], **_name(item))
        for item in content["measures"]
    }
    marks = {mark.code: mark for mark in Mark.objects.all()}
    pages = {page.slug: page for page in ProjectPage.objects.filter(locale=loader.source)}
    for item in content["programmes"]:
        programme = Programme.objects.create(
            number=item["number"],
            division=loader.snippet("divisions", item["division"]),
            measure=measures.get(item["measure"]),
            **_name(item),
        )
        programme.marks.set(marks[code] for code in item["marks"])
        programme.pages.set(pages[slug] for slug in item.get("pages", []) if slug in pages)


def _name(item: dict) -> dict[str, str]:
    return {"name": item["name"][OWN], "name_en": item["name"][ENGLISH]}
