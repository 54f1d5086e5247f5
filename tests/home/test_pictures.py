"""The demonstration's own drawings: complete, light and described in both languages."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from PIL import Image

import home.demonstration
from kiyose.japanese.script import has_japanese

DEMONSTRATION = Path(home.demonstration.__file__).parent
PICTURES = DEMONSTRATION / "pictures"
WORDS = yaml.safe_load((DEMONSTRATION / "content/pictures.yml").read_text(encoding="utf-8"))
PROJECTS = {path.stem for path in (DEMONSTRATION / "content/pages/projects").glob("*.yml")}
EVENTS = {"farmers-market", "river-life", "stage", "workshop", "story-hour", "venue-plan"}
KEYS = PROJECTS | EVENTS | {"home", "news", "about-kiyose", "certificate"}


def test_every_picture_is_drawn_rastered_and_described():
    assert {path.stem for path in PICTURES.glob("*.svg")} == KEYS
    assert {path.stem for path in PICTURES.glob("*.png")} == KEYS
    assert set(WORDS) == KEYS


def test_every_project_that_is_loaded_has_its_picture():
    assert {path.stem for path in (DEMONSTRATION / "content/pages/projects").glob("*.yml")} <= KEYS


@pytest.mark.parametrize("key", sorted(KEYS))
def test_the_drawing_stands_alone(key):
    path = PICTURES / f"{key}.svg"
    drawing = ElementTree.parse(path).getroot()  # noqa: S314 - our own file

    assert path.stat().st_size < 60_000
    assert drawing.get("viewBox") == "0 0 1600 900"
    names = {element.tag.rpartition("}")[2] for element in drawing.iter()}
    assert not names & {"text", "image", "script", "style", "foreignObject"}
    ids = [element.get("id") for element in drawing.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    links = {element.get("href") for element in drawing.iter() if element.get("href")}
    assert links <= {f"#{name}" for name in ids}


@pytest.mark.parametrize("key", sorted(KEYS))
def test_the_raster_is_light_and_says_nothing_about_its_making(key):
    path = PICTURES / f"{key}.png"
    with Image.open(path) as image:
        image.load()
        assert image.size == (1600, 900)
        assert not image.getexif()
        assert not image.info
    assert path.stat().st_size < 150_000


@pytest.mark.parametrize("key", sorted(KEYS))
def test_words_are_given_in_both_languages(key):
    """Pictures of pages in easy Japanese are described in it as well."""
    title, alt = WORDS[key]["title"], WORDS[key]["alt"]

    assert set(title) == set(alt) - {"ja-easy"} == {"ja", "en"}
    for words in (title, alt):
        assert has_japanese(words["ja"])
        assert words["en"]
        assert not has_japanese(words["en"])
    assert len(alt["ja"]) <= 80
    assert len(alt["en"]) <= 140
    assert "画像" not in alt["ja"]
    assert "image" not in alt["en"].lower()


@pytest.mark.parametrize("key", sorted(KEYS))
def test_the_focal_point_lies_within_the_picture(key):
    point = WORDS[key]["focal_point"]

    assert set(point) == {"x", "y", "width", "height"}
    assert point["x"] >= 0
    assert point["y"] >= 0
    assert 0 < point["width"] <= 1600 - point["x"]
    assert 0 < point["height"] <= 900 - point["y"]
