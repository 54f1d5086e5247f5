"""Pictures of pages: the sizes that are made of them, and how lists load them.

One shape (16:9, around the focal point), three widths, two formats: every use takes
from the same six files, so that a picture seen on a card is already there on its page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Picture
from wagtail.images.rich_text import ImageEmbedHandler
from wagtail.images.shortcuts import get_rendition_or_not_found, get_renditions_or_not_found
from wagtail.rich_text import RichText, expand_db_html
from wagtail.rich_text.rewriters import FIND_EMBED_TAG, EmbedRewriter, extract_attrs
from wagtail.signals import page_published

from .publishing import Problem

SHAPES = "fill-{400x225,800x450,1200x675}"
FORMATS = "format-{avif,webp}"
# A plan or a map is shown whole, whatever its shape.
WHOLE_SPEC = "max-1600x1600|format-webp"
# In running text a picture keeps its shape. The largest first: its width is what the browser
# keeps room for.
TEXT_SHAPES = "max-{1440x2880,800x1600,480x960}"
# What messengers and social networks can show.
SHARED_SPEC = "fill-1200x630|format-jpeg"

# How wide a picture stands, by the place where it stands: see static/css/parts.css.
PLACES = {
    "card": "(min-width: 64rem) 24rem, (min-width: 40rem) 50vw, 100vw",
    "lead": "(min-width: 60rem) 36rem, 100vw",
    "text": "(min-width: 48rem) 43rem, 100vw",
}

PAGE_SPECS = tuple(Filter.expand_spec([SHAPES, FORMATS]))
TEXT_SPECS = tuple(Filter.expand_spec([TEXT_SHAPES, FORMATS]))
ALL_SPECS = (*PAGE_SPECS, SHARED_SPEC)


def picture_problems(picture, description: str) -> Iterator[Problem]:
    """A picture goes public with a description, or not at all (WCAG 2.2, 1.1.1)."""
    if picture and not description.strip():
        yield Problem(_("Describe the picture for people who do not see it."), "picture_alt")


def picture_html(page, place: str, eager: bool = False) -> str:
    """``<picture>`` of a page in AVIF and WebP, with its size, so that nothing jumps.

    place: a key of ``PLACES``; eager: it stands in the first screen. Empty without a
    picture. A file that was lost leaves its description.
    """
    if not getattr(page, "picture_id", None):
        return ""
    load_pictures([page])
    filters = [Filter(spec=spec) for spec in PAGE_SPECS]
    renditions = get_renditions_or_not_found(page.picture, filters)
    attributes = {"alt": page.picture_alt, "sizes": PLACES[place], "decoding": "async"}
    attributes |= {"fetchpriority": "high"} if eager else {"loading": "lazy"}
    return Picture(renditions, attributes).__html__()


def shared_picture(page) -> AbstractRendition | None:
    """The rendition of a page's picture for messengers and social networks."""
    if not getattr(page, "picture_id", None):
        return None
    load_pictures([page])
    return get_rendition_or_not_found(page.picture, Filter(spec=SHARED_SPEC))


def load_pictures(pages: Iterable) -> None:
    """Load pictures and their files, by one query for all pages that have none loaded.

    A picture whose files are not made yet is loaded when it is shown.
    """
    waiting = [
        page
        for page in pages
        if getattr(page, "picture_id", None) and "picture" not in cached(page)
    ]
    if not waiting:
        return
    images = with_files(page.picture_id for page in waiting)
    for page in waiting:
        if page.picture_id in images:
            page.picture = images[page.picture_id]


def with_files(keys: Iterable[int]) -> dict[int, AbstractImage]:
    """Images by their keys with the files that are made of them already. One query."""
    images: dict[int, AbstractImage] = {}
    renditions = (
        get_image_model()
        .get_rendition_model()
        .objects.filter(image__in=set(keys), filter_spec__in=(*ALL_SPECS, *TEXT_SPECS, WHOLE_SPEC))
    )
    for rendition in renditions.select_related("image"):
        image = images.setdefault(rendition.image_id, rendition.image)
        rendition.image = image
        # Where Wagtail looks before it asks the database.
        image.__dict__.setdefault("prefetched_renditions", []).append(rendition)
    return images


def pictures_in(body: StreamValue | None) -> dict[int, AbstractImage]:
    """The images of a body by their keys, with their files; those whose files are not made yet
    are missing. One query for all of them, none without pictures."""
    keys = set(image_keys(body))
    return with_files(keys) if keys else {}


def image_keys(body: StreamValue | None) -> Iterator[int]:
    """The keys of the images that stand in a body, read from what is stored, without a query."""
    for block in body.raw_data if body else ():
        if block["type"] == "picture" and (block["value"].get("image") or {}).get("image"):
            yield block["value"]["image"]["image"]
        elif block["type"] == "paragraph":
            for embed in FIND_EMBED_TAG.finditer(block["value"]):
                attributes = extract_attrs(embed.group(1))
                if attributes.get("embedtype") == "image" and attributes.get("id", "").isdigit():
                    yield int(attributes["id"])


def text_picture_html(image: AbstractImage, description: str) -> str:
    """``<picture>`` of an image in running text. A file that was lost leaves its description."""
    filters = [Filter(spec=spec) for spec in TEXT_SPECS]
    renditions = get_renditions_or_not_found(image, filters)
    attributes = {"alt": description, "sizes": PLACES["text"], "decoding": "async"}
    return Picture(renditions, attributes | {"loading": "lazy"}).__html__()


def rich_text_html(text: RichText, pictures: dict[int, AbstractImage]) -> str:
    """Rich text as the public gets it: links as Wagtail writes them, pictures as ours.

    pictures: as ``pictures_in`` gives them; one that is missing there is asked for.
    """

    def shown(attributes: dict[str, str]) -> str:
        key = attributes.get("id", "")
        image = pictures.get(int(key)) if key.isdigit() else None
        image = image or ImageEmbedHandler.get_many([attributes])[0]
        if image is None:
            return ""
        return text_picture_html(image, attributes.get("alt", ""))

    return expand_db_html(EmbedRewriter({"image": shown})(text.source))


def whole_picture(image: AbstractImage | None) -> AbstractRendition | None:
    """The rendition of a picture that is not cut to a shape."""
    return get_rendition_or_not_found(image, Filter(spec=WHOLE_SPEC)) if image else None


def cached(page) -> dict:
    """The related rows that the page has loaded already."""
    return page._state.fields_cache


@task()
def make_renditions(image_id: int, specs: list[str] = ALL_SPECS) -> None:
    """Make all files of a picture, so that no visitor waits for them."""
    image = get_image_model().objects.filter(pk=image_id).first()
    if image is not None:
        image.get_renditions(*specs)


def bodies_of(page) -> Iterator[StreamValue]:
    """The bodies of a page: most have one, some none."""
    for field in page._meta.concrete_fields:
        if isinstance(field, StreamField):
            yield field.value_from_object(page)


def prepare_on_publishing() -> None:
    """Make the files when a page goes public, in the background where there is one."""

    def prepare(sender, instance, **kwargs):
        if getattr(instance, "picture_id", None):
            transaction.on_commit(partial(make_renditions.enqueue, instance.picture_id))
        for key in {key for body in bodies_of(instance) for key in image_keys(body)}:
            transaction.on_commit(partial(make_renditions.enqueue, key, list(TEXT_SPECS)))

    page_published.connect(prepare, weak=False, dispatch_uid="pages.prepare_pictures")
