"""
Every word that a model declares reaches the translator, and no fact does; and what comes back
is the whole page, with nothing of the source's words left in it.

The tables are made of what there is: a new page type, field or kind of block joins by itself.
"""

from __future__ import annotations

import pytest
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail_localize.segments.extract import extract_segments

from kiyose.japanese.script import has_japanese
from kiyose.translation.currency import words_of
from kiyose.translation.factories import enter_words, start_translation, translate
from tests.page_types import PAGE_TYPES, SNIPPETS, factory_of, label
from tests.values import fill_words, form_of_words, numbered_value
from tests.world import facts_of, make_page, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def image():
    return get_image_model().objects.create(title="見本", file=get_test_image_file())


def full_page(model, image):
    """A page of the type with every fact, and with words in every field and kind of block."""
    page = make_page(model, slug="full")
    for name in model.words:
        fill_words(page, name, image)
    publish(page)
    return model.objects.get(pk=page.pk)


def full_snippet(model):
    row = factory_of(model)()
    for name in model.words:
        fill_words(row, name, None)
    for name in model.facts:
        if not getattr(row, row._meta.get_field(name).attname):
            setattr(row, name, numbered_value(row._meta.get_field(name), 0))
    row.save()
    return row


def full(model, image):
    return full_page(model, image) if model in PAGE_TYPES else full_snippet(model)


@pytest.mark.parametrize("model", [*PAGE_TYPES, *SNIPPETS], ids=label)
def test_every_word_reaches_the_translator_and_no_fact(world, image, model):
    instance = full(model, image)
    fields = {segment.path.partition(".")[0] for segment in extract_segments(instance)}
    assert fields == set(model.words)
    text = " ".join(text for _path, text in words_of(instance))
    for part in parts_of_bodies(model):
        assert part in text, f"{part} is not extracted"


def parts_of_bodies(model) -> list[str]:
    """What fill_words writes into each body, part by part."""
    bodies = [name for name in model.words if isinstance(model._meta.get_field(name), StreamField)]
    parts = (
        *("見出し", "項目", "手順", "説明", "文中の絵"),
        *("表", "行", "列", "行名", "セル", "絵", "絵の題"),
    )
    return [f"{name}の{part}" for name in bodies for part in parts]


@pytest.mark.parametrize("model", PAGE_TYPES, ids=label)
def test_a_translated_page_keeps_every_fact_and_its_form_and_no_word_of_the_source(
    world, image, client, model
):
    page = full_page(model, image)
    english = translate(page)
    assert english.live
    assert [text for _path, text in words_of(english) if has_japanese(text)] == []
    assert facts_of(english) == facts_of(page)
    assert form_of_words(english) == form_of_words(page)
    # A second home page has no address.
    assert english.url is None or client.get(english.url).status_code == 200


@pytest.mark.parametrize("model", SNIPPETS, ids=label)
def test_a_translated_snippet_keeps_every_fact_and_no_word_of_the_source(world, model):
    row = full_snippet(model)
    record = start_translation(row)
    enter_words(record)
    record.save_target()
    english = record.get_target_instance()
    assert english.words_ready
    assert [text for _path, text in words_of(english) if has_japanese(text)] == []
    assert facts_of(english) == facts_of(row)
