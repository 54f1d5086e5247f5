"""Pictures: modern formats with their size, the focal point, one query, no metadata."""

from __future__ import annotations

import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import ExifTags, Image, PngImagePlugin
from wagtail.images.models import Image as WagtailImage
from wagtail_localize.models import Translation

from kiyose.pages.pictures import ALL_SPECS, load_pictures, make_renditions
from kiyose.pages.publishing import PublishingRuleError
from projects.models import ProjectPage

pytestmark = pytest.mark.django_db

SECRET = "見本の住所"


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photograph(fmt="JPEG", size=(900, 900)) -> bytes:
    """A picture that tells where it was taken, in every way that its format knows."""
    image = Image.new("RGB", size, "#1a6e3c")
    image.paste("#ffd23f", (700, 0, 900, 150))
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = SECRET
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    written = io.BytesIO()
    more = {"comment": SECRET.encode()} if fmt == "JPEG" else {}
    if fmt == "PNG":
        more["pnginfo"] = PngImagePlugin.PngInfo()
        more["pnginfo"].add_itxt("Comment", SECRET)
    image.save(written, fmt, exif=exif, xmp=f"<x>{SECRET}</x>".encode(), **more)
    return written.getvalue()


def uploaded(fmt="JPEG", **facts) -> WagtailImage:
    file = ContentFile(photograph(fmt), name=f"mihon.{fmt.lower()}")
    return WagtailImage.objects.create(title="見本", file=file, **facts)


@pytest.fixture
def page(world):
    page = world.page(ProjectPage)
    page.picture, page.picture_alt = uploaded(), "見本の絵"
    page.save_revision().publish()
    return ProjectPage.objects.get(pk=page.pk)


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("wanted", ["format-avif", "format-webp", "format-jpeg", "format-png"])
def test_nothing_public_tells_where_it_was_taken(fmt, wanted):
    original = uploaded(fmt)
    original.file.open()
    assert b"Exif" in original.file.read() or fmt != "JPEG", "The photograph must tell something."
    rendition = original.get_rendition(f"fill-400x225|{wanted}")
    written = rendition.file.read()
    for trace in (SECRET.encode(), b"Exif", b"GPS", b"eXIf", b"<x>", b"http://ns.adobe.com"):
        assert trace not in written
    assert not Image.open(io.BytesIO(written)).getexif()


def test_the_original_is_kept_as_it_was():
    given = photograph()
    image = WagtailImage.objects.create(title="見本", file=ContentFile(given, name="mihon.jpg"))
    image.get_rendition("fill-400x225|format-webp")
    image.file.open()
    assert image.file.read() == given


def test_the_focal_point_stays_in_the_picture():
    """The yellow corner is cut away around the middle, and kept around the focal point."""
    corner = {"focal_point_x": 800, "focal_point_y": 100}
    spec = "fill-400x225|format-png"
    middle = uploaded().get_rendition(spec)
    around = uploaded(**corner, focal_point_width=200, focal_point_height=200).get_rendition(spec)

    def has_yellow(rendition):
        colours = Image.open(rendition.file).convert("RGB").getcolors(100_000)
        return any(
            red > 200 and green > 150 and blue < 120 for _count, (red, green, blue) in colours
        )

    assert has_yellow(around)
    assert not has_yellow(middle)


def soup(client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def test_a_page_shows_avif_and_webp_with_sizes(client, page):
    shown = soup(client, page.get_url())
    picture = shown.select_one(".lead-picture picture")
    source, img = picture.source, picture.img
    assert source["type"] == "image/avif"
    assert source["sizes"] == img["sizes"]
    # The upload is 900 wide, so there is no file of 1,200.
    assert len(source["srcset"].split(", ")) == 3
    assert ".webp" in img["src"]
    assert img["width"]
    assert img["height"]
    assert img["alt"] == "見本の絵"
    assert "loading" not in img.attrs, "What stands in the first screen is not loaded late."
    shared = shown.select_one("meta[property='og:image']")["content"]
    assert shared.startswith("http")
    assert shared.endswith(".jpg")


def test_a_description_in_another_language_says_so(client, page):
    Translation.objects.filter(source__object_id=page.translation_key).delete()
    page.get_translations().delete()
    shown = soup(client, f"/en/projects/{page.slug}/")
    assert shown.select_one(".lead-picture[lang=ja] img")["alt"] == "見本の絵"


def test_a_picture_without_words_does_not_go_public(world):
    page = world.page(ProjectPage)
    page.picture, page.picture_alt = uploaded(), " "
    with pytest.raises(PublishingRuleError) as refused:
        page.save_revision().publish()
    assert "picture_alt" in refused.value.error_dict


def test_all_pictures_of_a_list_come_by_one_query(world, page):
    images = [uploaded() for _ in range(4)]
    for image in images:
        image.get_renditions(*ALL_SPECS)
    pages = [ProjectPage(picture_id=image.pk) for image in images]
    with CaptureQueriesContext(connection) as counted:
        load_pictures(pages)
        for one in pages:
            one.picture.get_renditions(*ALL_SPECS)
    assert len(counted) == 1


def test_files_are_made_before_a_visitor_asks(page, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert page.picture.renditions.filter(filter_spec__in=ALL_SPECS).count() == len(ALL_SPECS)


def test_a_picture_that_is_gone_by_then_stops_nothing():
    make_renditions.func(0)


def test_a_lost_file_leaves_its_words(client, page):
    page.picture.file.storage.delete(page.picture.file.name)
    response = client.get(page.get_url())
    assert response.status_code == 200
    assert "見本の絵" in response.content.decode()
