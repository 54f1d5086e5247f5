"""Builds pages and snippets from the content files, in the source language and translated."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings
from django.core.files.images import ImageFile
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.models import Locale
from wagtail_localize.models import Translation
from wagtail_localize.operations import TranslationCreator

from kiyose.pages.models import BasePage, Division
from kiyose.translation.publishing import publish_translation
from projects.models import (
    FigureLabel,
    IndicatorIndexPage,
    Pillar,
    PlanIndexPage,
    ProjectFigure,
    ProjectIndexPage,
    ProjectPage,
    Source,
)
from sdgs.models import GoalIndexPage, Mark, PageMark

from ..models import ArticleIndexPage, ArticlePage, HomePage, StandardPage
from .words import Pairs, body, enter_translations

CONTENT = Path(__file__).with_name("content")
PICTURES = Path(__file__).with_name("pictures")
TARGET_LANGUAGE = "en"

# What a new site starts with: (file, page type, slug). The home page comes first.
SECTIONS = (
    ("projects", ProjectIndexPage, "projects"),
    ("indicators", IndicatorIndexPage, "indicators"),
    ("sdgs", GoalIndexPage, "sdgs"),
    ("news", ArticleIndexPage, "news"),
    ("plans", PlanIndexPage, "plans"),
)
# These are reached from the foot of every page instead of the menu.
NOT_IN_MENU = {"plans"}

SNIPPETS = {
    "pillars": (Pillar, ("name", "short_name")),
    "sources": (Source, ("title", "short_title", "publisher")),
    "figure_labels": (FigureLabel, ("name", "unit")),
    "divisions": (Division, ("name", "department", "opening_hours", "floor_and_window")),
}


def centre_of(frame: dict[str, int]) -> dict[str, int]:
    """Wagtail's focal point (its middle and its size) of a frame given by its corner."""
    return {
        "x": frame["x"] + frame["width"] // 2,
        "y": frame["y"] + frame["height"] // 2,
        "width": frame["width"],
        "height": frame["height"],
    }


@lru_cache
def read(name: str) -> dict:
    """A content file by its name below ``content/``, without the ending."""
    return yaml.safe_load((CONTENT / f"{name}.yml").read_text(encoding="utf-8"))


def names(folder: str) -> list[str]:
    """The content files of a folder."""
    return [f"{folder}/{path.stem}" for path in sorted((CONTENT / folder).glob("*.yml"))]


@dataclass
class Loader:
    """Loads content once; what is loaded already is found again by its key or slug."""

    today: datetime.date = field(default_factory=timezone.localdate)

    def __post_init__(self):
        self.source = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
        self.target = Locale.objects.filter(language_code=TARGET_LANGUAGE).first()
        self._snippets: dict[str, dict] = {}

    def pairs(self) -> Pairs:
        return Pairs(settings.LANGUAGE_CODE, TARGET_LANGUAGE)

    # Snippets

    def snippets(self, kind: str) -> dict:
        """All snippets of a kind by their key, loading those that are missing."""
        if kind not in self._snippets:
            self._snippets[kind] = self._load_snippets(kind)
        return self._snippets[kind]

    def _load_snippets(self, kind: str) -> dict:
        model, word_fields = SNIPPETS[kind]
        found = {}
        for position, item in enumerate(read("snippets")[kind]):
            pairs = self.pairs()
            values = {name: pairs.text(item.get(name)) for name in word_fields}
            for name, value in item.items():
                if name not in word_fields and name != "key":
                    values[name] = value
            # A division has no key of its own; its name is as good as one here.
            known_by = {"name": values["name"]} if model is Division else {"key": item["key"]}
            if model is Pillar:
                values["position"] = position
            row, created = model.objects.get_or_create(
                locale=self.source, **known_by, defaults=values
            )
            if created:
                self.translate(row, pairs)
            found[item["key"]] = row
        return found

    # Pages

    def page(self, model: type[BasePage], parent, name: str, slug: str = "", **facts) -> BasePage:
        """The page of a content file below its parent, published and translated."""
        content = read(f"pages/{name}")
        slug = slug or content["slug"]
        known = parent.get_children().filter(slug=slug, locale=self.source).first()
        if known:
            return known.specific
        pairs = self.pairs()
        page = model(
            locale=self.source,
            slug=slug,
            live=False,
            title=pairs.text(content["title"]),
            summary=pairs.text(content.get("summary")),
            **facts,
        )
        if hasattr(page, "body"):
            page.body = body(content.get("body") or [], pairs, name)
        if hasattr(page, "why"):
            page.why = pairs.text(content.get("why"))
        if hasattr(page, "picture"):
            self.set_picture(page, content.get("picture") or Path(name).name, pairs)
        self.set_facts(page, content.get("facts") or {})
        page = parent.add_child(instance=page)
        page.save_revision().publish()
        page.refresh_from_db()
        self.translate(page, pairs)
        return page

    def set_facts(self, page, facts: dict) -> None:
        """Facts of any page type, from the names in the content file."""
        for name, value in facts.items():
            if name == "marks":
                marks = {mark.code: mark for mark in Mark.objects.filter(name__in=value)}
                page.page_marks = [
                    PageMark(tag=marks[code], sort_order=order) for order, code in enumerate(value)
                ]
            elif name == "figures":
                page.figures = [self.figure(row, order) for order, row in enumerate(value)]
            elif name == "division":
                page.division = self.snippets("divisions")[value] if value else None
            elif name == "pillar":
                page.pillar = self.snippets("pillars")[value]
            elif name == "date_offset_days":
                page.date = self.today + datetime.timedelta(days=value)
            elif name == "no_mark":
                page.no_mark_applies = value
            else:
                setattr(page, name, value)

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

    def figure(self, row: dict, order: int) -> ProjectFigure:
        values = {name: value for name, value in row.items() if name not in ("label", "source")}
        return ProjectFigure(
            label=self.snippets("figure_labels")[row["label"]],
            source=self.snippets("sources")[row["source"]],
            sort_order=order,
            **values,
        )

    def translate(self, instance, pairs: Pairs) -> None:
        """Translate through wagtail-localize and publish, as PR and a translator would."""
        if self.target is None:
            return
        TranslationCreator(None, [self.target]).create_translations(instance)
        record = Translation.objects.get(
            source__object_id=instance.translation_key, target_locale=self.target
        )
        enter_translations(record, pairs)
        if isinstance(instance, BasePage):
            publish_translation(record)
        else:
            record.save_target()

    # What there is to load

    def sections(self, root) -> HomePage:
        """The home page and its sections: what a new site starts with."""
        home = self.page(HomePage, root, "home", "home")
        for name, model, slug in SECTIONS:
            self.page(model, home, name, slug, show_in_menus=slug not in NOT_IN_MENU)
        return home

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
