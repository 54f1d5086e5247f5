"""Builds pages and snippets from the content files, in the source language and translated."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain, count

from django.conf import settings
from django.core.files.images import ImageFile
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import TranslationCreator

from certified_orgs.models import (
    CertifiedIndexPage,
    District,
    ProfileLink,
    ProfileProject,
)
from events.models import EventField, EventIndexPage, FestivalPart, Venue
from kiyose.pages.models import BasePage, Division
from kiyose.translation.publishing import publish_translation
from projects.models import (
    FigureLabel,
    IndicatorGoal,
    IndicatorIndexPage,
    IndicatorPage,
    IndicatorProject,
    Pillar,
    PlanIndexPage,
    PlannedCost,
    ProjectFigure,
    ProjectIndexPage,
    ProjectPage,
    ProjectPlan,
    Source,
)
from sdgs.models import GoalIndexPage, Mark, PageMark, Plan

from ..models import ArticleIndexPage, ArticlePage, HomePage, StandardPage, TraineesPage
from . import certification, easy_japanese, events, measurements, programmes, trainees
from .files import PICTURES, names, read
from .words import Pairs, body, enter_translations

TARGET_LANGUAGE = "en"

# What a site has below its home page: (file, page type, slug).
SECTIONS = (
    ("projects", ProjectIndexPage, "projects"),
    ("events", EventIndexPage, "events"),
    ("indicators", IndicatorIndexPage, "indicators"),
    ("sdgs", GoalIndexPage, "sdgs"),
    ("certified", CertifiedIndexPage, "certified"),
    ("news", ArticleIndexPage, "news"),
    ("trainees", TraineesPage, "trainees"),
    ("plans", PlanIndexPage, "plans"),
)
# These are reached from the foot of every page instead of the menu.
NOT_IN_MENU = {"plans"}

SNIPPETS = {
    "pillars": (Pillar, ("name", "short_name")),
    "sources": (Source, ("title", "short_title", "publisher")),
    "figure_labels": (FigureLabel, ("name", "unit")),
    "divisions": (Division, ("name", "department", "opening_hours", "floor_and_window")),
    "plans": (Plan, ("name",)),
    "districts": (District, ("name",)),
    "event_fields": (EventField, ("name",)),
    "festival_parts": (FestivalPart, ("name",)),
    "venues": (Venue, ("name", "address", "access", "parking", "bicycles")),
}

# Plain words of pages; not every type has all of them.
WORDS = (
    *("why", "unit", "explanation", "method", "limits", "response", "coverage_goal"),
    *("what_we_do", "hopes"),
    *("subtitle", "description", "dates_note", "place", "address", "access", "audience_note"),
    *("fee_note", "how_to_apply", "what_to_bring", "food_note", "organiser", "partners"),
    *("contact_name", "contact_hours", "remarks"),
    *("theme", "run_by", "access_by_bus", "access_on_foot", "venue_plan_text", "first_aid"),
    *("lost_children", "toilets", "baby_care", "rain_rule"),
    *("promise", "about_parties"),
)
# Facts that are snippets, named by their keys.
KEYS = {
    "division": "divisions",
    "pillar": "pillars",
    "source": "sources",
    "baseline_source": "sources",
    "label": "figure_labels",
    "field": "event_fields",
}
# Facts that are rows of a table of their own.
ROWS = {
    "figures": ProjectFigure,
    "goals": IndicatorGoal,
    "costs": PlannedCost,
    "links": ProfileLink,
}
# Facts that are days, counted from the day of loading.
OFFSETS = {"date_offset_days": "date", "response_offset_days": "response_on"}


def centre_of(frame: dict[str, int]) -> dict[str, int]:
    """Wagtail's focal point (its middle and its size) of a frame given by its corner."""
    return {
        "x": frame["x"] + frame["width"] // 2,
        "y": frame["y"] + frame["height"] // 2,
        "width": frame["width"],
        "height": frame["height"],
    }


@dataclass
class Loader:
    """Loads content once; what is loaded already is found again by its key or slug."""

    today: datetime.date = field(default_factory=timezone.localdate)

    def __post_init__(self):
        self.source = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
        self._locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self._snippets: dict[str, dict] = {}

    def pairs(self, language: str = TARGET_LANGUAGE) -> Pairs:
        return Pairs(settings.LANGUAGE_CODE, language)

    # Snippets

    def snippet(self, kind: str, key: str):
        """The snippet of a kind with that key, loaded if it is missing."""
        known = self._snippets.setdefault(kind, {})
        if key not in known:
            known[key] = self._load_snippet(kind, key)
        return known[key]

    def _load_snippet(self, kind: str, key: str):
        model, word_fields = SNIPPETS[kind]
        items = {item["key"]: item for item in read("snippets")[kind]}
        pairs = self.pairs()
        values = dict(items[key])
        values |= {name: pairs.text(values.get(name)) for name in word_fields}
        values |= {name: self.fact(name, values[name]) for name in KEYS if name in values}
        # A division has no key of its own; its name is as good as one here.
        known_by = {"name": values["name"]} if model is Division else {"key": key}
        del values["key"]
        if hasattr(model, "position"):
            values["position"] = list(items).index(key)
        row, created = model.objects.get_or_create(locale=self.source, **known_by, defaults=values)
        if created:
            self.translate(row, pairs)
        return row

    # Pages

    def page(self, model: type[BasePage], parent, name: str, slug: str = "", **facts) -> BasePage:
        """The page of a content file below its parent, published and translated."""
        content = read(f"pages/{name}")
        slug = slug or content["slug"]
        known = parent.get_children().filter(slug=slug, locale=self.source).first()
        if known:
            return known.specific
        page = model(locale=self.source, slug=slug, live=False, **facts)
        pairs = self.write(page, name, content)
        page = parent.add_child(instance=page)
        self.publish(page, pairs)
        return page

    def write(self, page: BasePage, name: str, content: dict, pairs: Pairs | None = None) -> Pairs:
        """Words and facts of a content file into an unsaved page; returns the words in pairs."""
        pairs = pairs or self.pairs()
        page.title = pairs.text(content["title"])
        page.summary = pairs.text(content.get("summary"))
        if hasattr(page, "body"):
            page.body = body(content.get("body") or [], pairs, name)
        if hasattr(page, "rules_of_use"):
            rules = content.get("rules_of_use") or []
            page.rules_of_use = body(rules, pairs, f"{name}/rules_of_use")
        for word in WORDS:
            if hasattr(page, word):
                setattr(page, word, pairs.text(content.get(word)))
        if hasattr(page, "picture"):
            self.set_picture(page, content.get("picture") or name.rpartition("/")[-1], pairs)
        self.set_facts(page, content.get("facts") or {})
        return pairs

    def publish(self, page: BasePage, pairs: Pairs) -> None:
        page.save_revision().publish()
        page.refresh_from_db()
        self.translate(page, pairs)

    def set_facts(self, page, facts: dict) -> None:
        """Facts of any page type, from the names in the content file."""
        for name, value in facts.items():
            if name == "marks":
                marks = {mark.code: mark for mark in Mark.objects.filter(name__in=value)}
                page.page_marks = [
                    PageMark(tag=marks[code], sort_order=order) for order, code in enumerate(value)
                ]
            elif name == "projects":
                known = ProjectPage.objects.filter(locale=self.source, slug__in=value)
                page.projects = [
                    IndicatorProject(project=project, sort_order=order)
                    for order, project in enumerate(known)
                ]
            elif name == "related_projects":
                known = ProjectPage.objects.filter(locale=self.source, slug__in=value)
                page.related_projects = [
                    ProfileProject(project=project, sort_order=order)
                    for order, project in enumerate(known)
                ]
            elif name == "plans":
                page.plans = [
                    ProjectPlan(plan=self.snippet("plans", key), sort_order=order)
                    for order, key in enumerate(value)
                ]
            elif name in ROWS:
                setattr(page, name, self.rows(ROWS[name], value))
            elif name in OFFSETS:
                setattr(page, OFFSETS[name], self.today + datetime.timedelta(days=value))
            elif name == "no_mark":
                page.no_mark_applies = value
            else:
                setattr(page, name, self.fact(name, value))

    def fact(self, name: str, value):
        """A plain fact, or the snippet that it names."""
        return self.snippet(KEYS[name], value) if name in KEYS and value else value

    def rows(self, model, items: list[dict]) -> list:
        """Unsaved rows in their order."""
        return [
            model(sort_order=order, **{name: self.fact(name, item[name]) for name in item})
            for order, item in enumerate(items)
        ]

    def set_picture(self, page, key: str, pairs: Pairs) -> None:
        """The drawing of that name, where there is one, and what is to be seen in it."""
        drawing = read("pictures").get(key)
        if drawing is None:
            return
        page.picture = self.image(key, drawing)
        page.picture_alt = pairs.text(drawing["alt"])

    def image(self, key: str, drawing: dict) -> Image:
        """The drawing in the image library; several pages may show the same one."""
        title = drawing["title"][settings.LANGUAGE_CODE]
        image = Image.objects.filter(title=title).first()
        if image is None:
            image = Image(title=title)
            for name, value in centre_of(drawing["focal_point"]).items():
                setattr(image, f"focal_point_{name}", value)
            with (PICTURES / f"{key}.png").open("rb") as file:
                image.file = ImageFile(file, name=f"{key}.png")
                image.save()
        return image

    def translate(
        self, instance, pairs: Pairs, confirm: Callable[[Translation], None] | None = None
    ) -> None:
        """Translate through wagtail-localize and publish, as PR and a translator would.

        Not below a page that has no translation itself. confirm: enters the review, where the
        language needs one.
        """
        target = self._locales.get(pairs.target)
        if target is None or not self._has_place_for_translation(instance, target):
            return
        TranslationSource.update_or_create_from_instance(instance)
        TranslationCreator(None, [target]).create_translations(instance)
        record = Translation.objects.get(
            source__object_id=instance.translation_key, target_locale=target
        )
        enter_translations(record, pairs)
        if confirm is not None:
            confirm(record)
        if isinstance(instance, BasePage):
            publish_translation(record)
        else:
            record.save_target()

    def _has_place_for_translation(self, instance, target: Locale) -> bool:
        if not isinstance(instance, BasePage):
            return True
        parent = instance.get_parent()
        return parent.is_root() or parent.has_translation(target)

    # What there is to load

    def home(self, root: Page) -> HomePage:
        return self.page(HomePage, root, "home", "home")

    def sections(self, home: HomePage) -> None:
        """The sections that no tree has yet: all of a new site, or what an update brings."""
        for name, model, slug in SECTIONS:
            if not model.objects.exists():
                in_menu = slug not in NOT_IN_MENU
                self.page(model, home, name, self.free(slug, home), show_in_menus=in_menu)

    def free(self, slug: str, home: HomePage) -> str:
        """The slug, or the next one with a number: staff of an older site may have given it to
        a page of their own, which keeps its address."""
        taken = set(home.get_children().values_list("slug", flat=True))
        numbered = (f"{slug}-{number}" for number in count(2))
        return next(each for each in chain([slug], numbered) if each not in taken)

    def demonstration(self, home: HomePage) -> None:
        """Projects, standing pages and sample articles."""
        projects = home.get_children().type(ProjectIndexPage).get()
        for name in names("pages/projects"):
            self.page(ProjectPage, projects, name.removeprefix("pages/"))
        for name in names("pages/standing"):
            in_menu = name.endswith("about-this-site")
            self.page(StandardPage, home, name.removeprefix("pages/"), show_in_menus=in_menu)
        news = home.get_children().type(ArticleIndexPage).get()
        for name in names("pages/news"):
            self.page(ArticlePage, news, name.removeprefix("pages/"))

    def progress(self, home: HomePage) -> None:
        """What the projects are measured by: indicators with their figures, the plans and
        their money, and the list of programmes."""
        indicators = home.get_children().type(IndicatorIndexPage).get()
        for name in names("pages/indicators"):
            self.page(IndicatorPage, indicators, name.removeprefix("pages/"))
        measurements.load(self)
        for plan in read("snippets")["plans"]:
            self.snippet("plans", plan["key"])
        self.plans_and_money(home.get_children().type(PlanIndexPage).get().specific)
        programmes.load(self)

    def certification(self, home: HomePage) -> None:
        """Certificates: settings, holders in every state, applications at every stage."""
        certification.load(self, home)

    def events(self, home: HomePage) -> None:
        """Events: the sample festival in three editions, other events, an archive of real ones."""
        events.load(self, home)

    def trainees(self, home: HomePage) -> None:
        """The trainees' door: sample parties, and whom to call."""
        trainees.load(self, home)

    def easy_japanese(self, home: HomePage) -> None:
        """The pages that have words in easy Japanese."""
        easy_japanese.load(self, home, {name: model for name, model, _slug in SECTIONS})

    def plans_and_money(self, page: PlanIndexPage) -> None:
        """Fills the page that every site starts with, unless somebody has edited it."""
        if page.revisions.filter(user__isnull=False).exists():
            return
        pairs = self.write(page, "plans", read("pages/plans") | read("plans"))
        self.publish(page, pairs)
