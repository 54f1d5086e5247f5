"""What a body holds reaches the translator whole, and comes back whole: tables, pictures, text."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import translation
from wagtail.images.tests.utils import get_test_image_file
from wagtail.rich_text.rewriters import FIND_EMBED_TAG, extract_attrs
from wagtail_localize.models import StringTranslation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

from kiyose.pages.blocks import BodyBlock, TableBlock
from kiyose.pages.publishing import PublishingRuleError
from kiyose.translation.currency import words_of
from kiyose.translation.factories import enter_words, start_translation
from kiyose.translation.publishing import publish_translation
from tests.page_types import PAGE_TYPES
from tests.queries import assert_few, queries_of
from tests.world import make_page, publish

STANDARD_PAGE = next(model for model in PAGE_TYPES if model.__name__ == "StandardPage")

TABLE = {
    "caption": "表の題",
    "columns": [
        {"type": "row_name", "heading": "年"},
        {"type": "figures", "heading": "2030"},
        {"type": "words", "heading": "内容"},
    ],
    "rows": [
        {"values": ["現在", "319.93", "公園"]},
        {"values": ["目標", "36%", "公園"]},
        {"values": ["2030", "−28.6", "12"]},
        {"values": ["", "", "○"]},
    ],
}


def table(**changes):
    return TableBlock().to_python({**TABLE, **changes})


def strings(block, value) -> dict[str, str]:
    """What a translator gets of a block, by its path."""
    segments = StreamFieldSegmentExtractor(None).handle_block(block, value)
    return {s.path: s.render_text() for s in segments if isinstance(s, StringSegmentValue)}


def translated(block, value):
    """The block as it comes back, every string with “en: ” before it."""
    segments = [
        StringSegmentValue(s.path, f"en: {s.render_text()}", order=place)
        if isinstance(s, StringSegmentValue) and not s.attrs and "<" not in s.string.data
        else s.with_order(place)
        for place, s in enumerate(StreamFieldSegmentExtractor(None).handle_block(block, value))
    ]
    return StreamFieldSegmentsWriter(None, None, None).handle_block(block, value, segments)


# Tables


def test_a_translator_gets_every_word_of_a_table_and_no_figure():
    assert strings(TableBlock(), table()) == {
        "caption": "表の題",
        "heading.c0": "年",
        "heading.c2": "内容",
        "r0.c0": "現在",
        "r0.c2": "公園",
        "r1.c0": "目標",
        "r1.c2": "公園",
    }


def test_a_translated_table_has_the_same_form_and_figures():
    block = TableBlock()
    english = block.get_prep_value(translated(block, table()))
    assert english["caption"] == "en: 表の題"
    assert [column["heading"] for column in english["columns"]] == ["en: 年", "2030", "en: 内容"]
    assert [row["values"] for row in english["rows"]] == [
        ["en: 現在", "319.93", "en: 公園"],
        ["en: 目標", "36%", "en: 公園"],
        ["2030", "−28.6", "12"],
        ["", "", "○"],
    ]


def saved() -> dict:
    return TableBlock().get_prep_value(table())


def row_before(raw):
    raw["rows"].insert(0, {"key": "knew", "values": ["新しい行", "1", ""]})


def row_removed(raw):
    del raw["rows"][0]


def rows_turned(raw):
    raw["rows"].reverse()


def columns_turned(raw):
    raw["columns"].reverse()
    for row in raw["rows"]:
        row["values"].reverse()


def figure_changed(raw):
    raw["rows"][0]["values"][1] = "320"


@pytest.mark.parametrize(
    "change", [row_before, row_removed, rows_turned, columns_turned, figure_changed]
)
def test_a_change_of_a_table_leaves_the_paths_of_all_other_cells(change):
    raw = saved()
    change(raw)
    before, after = strings(TableBlock(), table()), strings(TableBlock(), table(**raw))
    kept = {path: text for path, text in after.items() if path in before}
    assert all(before[path] == text for path, text in kept.items())
    gone = {"row_removed": {"r0.c0", "r0.c2"}}.get(change.__name__, set())
    assert before.keys() - after.keys() == gone
    assert len(after.keys() - before.keys()) == (change is row_before)


@pytest.mark.parametrize("change", [row_removed, rows_turned, figure_changed])
def test_what_is_no_word_makes_a_translation_out_of_date_as_well(change):
    """Else a figure that was corrected in Japanese would stay wrong in English, unnoticed."""
    page = STANDARD_PAGE(title="見本")
    raw = saved()
    page.body = [{"type": "table", "value": raw, "id": "x"}]
    before = words_of(page)
    change(raw)
    page.body = [{"type": "table", "value": raw, "id": "x"}]
    assert words_of(page) != before


def test_keys_that_are_missing_double_or_mad_are_replaced_and_the_others_kept():
    rows = [{"key": key, "values": ["", "", ""]} for key in ("kone", "kone", "a.b", None, "r1")]
    keys = [row["key"] for row in table(rows=rows).row_data]
    assert keys[0] == "kone"
    assert keys[4] == "r1"
    assert len(set(keys)) == 5
    assert all(key.isalnum() for key in keys)
    assert [row["key"] for row in table(rows=rows).row_data] == keys, "the same on every reading"


def posted(**changes) -> QueryDict:
    """A table of two columns and two rows as the editor's form sends it; the second row was put
    before the first, and a column between was thrown away."""
    data = {"t-caption": "題", "t-column-count": "3", "t-row-count": "2"}
    for number, (kind, order, deleted) in enumerate(
        (("row_name", 0, ""), ("words", 1, "1"), ("figures", 1, ""))
    ):
        data |= {
            f"t-column-{number}-type": kind,
            f"t-column-{number}-order": str(order),
            f"t-column-{number}-deleted": deleted,
            f"t-column-{number}-heading": f"見出し{number}",
            f"t-column-{number}-key": f"kcol{number}",
        }
    for number, order in ((0, 1), (1, 0)):
        data |= {
            f"t-row-{number}-order": str(order),
            f"t-row-{number}-deleted": "",
            f"t-row-{number}-key": f"krow{number}",
            f"t-cell-{number}-0": f"行{number}",
            f"t-cell-{number}-2": f"{number}",
        }
    query = QueryDict(mutable=True)
    query.update(data | changes)
    return query


def test_the_form_keeps_the_keys_of_rows_and_columns_that_move():
    read = TableBlock().value_from_datadict(posted(), {}, "t")
    kept = TableBlock().get_prep_value(TableBlock().clean(read))
    assert [column["key"] for column in kept["columns"]] == ["kcol0", "kcol2"]
    assert [(row["key"], row["values"]) for row in kept["rows"]] == [
        ("krow1", ["行1", "1"]),
        ("krow0", ["行0", "0"]),
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"t-caption": " "}, "caption"),
        ({"t-column-0-heading": ""}, "heading"),
        ({"t-row-count": "0"}, "rows"),
        ({"t-cell-0-2": "約三割"}, "figures"),
        ({"t-cell-0-2": "<script>"}, "figures"),
    ],
)
def test_a_table_that_cannot_be_heard_is_refused_and_a_draft_of_it_is_not(changes, words):
    block = TableBlock()
    read = block.value_from_datadict(posted(**changes), {}, "t")
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        block.clean(read)
    with translation.override("en"):
        assert words in str(refused.value.as_json_data()).lower()
    if "t-cell-0-2" not in changes:
        block.defer_required_validation()
        assert block.clean(read).caption == changes.get("t-caption", "題")


# Pictures, with the database


@pytest.fixture
def image(db):
    from wagtail.images import get_image_model

    return get_image_model().objects.create(title="見本", file=get_test_image_file())


def rich(image, alt: str) -> str:
    return (
        '<p data-block-key="aaaaa">前の文 <a href="https://example.jp/">外</a></p>'
        f'<embed embedtype="image" id="{image.pk}" format="fullwidth" alt="{alt}"/>'
        f'<embed embedtype="image" id="{image.pk}" format="fullwidth" alt=""/>'
        f'<embed embedtype="image" id="{image.pk}" format="fullwidth" alt="二度目"/>'
        '<p data-block-key="bbbbb">後の文</p>'
    )


def body_of(image) -> list[dict]:
    picture = {"image": {"image": image.pk, "alt_text": "川", "decorative": False}}
    decoration = {"image": {"image": image.pk, "alt_text": "", "decorative": True}}
    values = (
        ("paragraph", rich(image, "木 &quot;大&quot; &lt;b&gt;")),
        ("picture", picture | {"caption": "川の絵"}),
        ("picture", decoration | {"caption": ""}),
        ("table", TABLE),
    )
    return [
        {"type": kind, "value": value, "id": f"block-{place}"}
        for place, (kind, value) in enumerate(values)
    ]


def test_descriptions_of_pictures_are_words_and_pictures_are_none(image):
    body = BodyBlock().to_python(body_of(image))
    found = [strings(block.block, block.value) for block in body]
    key = f"image-{image.pk}"
    assert found[0] == {"": "後の文", key: '木 "大" <b>', f"{key}-3": "二度目"}
    assert found[1] == {"image.alt_text": "川", "caption": "川の絵"}
    assert found[2] == {}


def test_rich_text_comes_back_with_its_pictures_links_and_keys(image):
    (paragraph, *_rest) = BodyBlock().to_python(body_of(image))
    source = translated(paragraph.block, paragraph.value).source
    assert extract_attrs(FIND_EMBED_TAG.search(source)[1])["alt"] == 'en: 木 "大" <b>'
    assert source.count(f'id="{image.pk}"') == 3
    assert 'alt=""' in source
    assert 'alt="en: 二度目"' in source
    assert '<a href="https://example.jp/">' in source
    assert source.index("aaaaa") < source.index("embed") < source.index("bbbbb")
    assert source.count("/>") == 3, "as Wagtail looks for them"


@pytest.fixture
def page(image, world):
    page = make_page(STANDARD_PAGE, slug="blocks")
    page.body = body_of(image)
    publish(page)
    return STANDARD_PAGE.objects.get(pk=page.pk)


@pytest.mark.django_db
def test_the_public_gets_the_pictures_in_small_files_and_a_table_that_can_be_heard(page, client):
    assert_few(page.url)
    html = client.get(page.url).content.decode()
    assert html.count("image/avif") >= 5
    assert 'alt="川"' in html
    assert 'alt="木 &quot;大&quot; &lt;b&gt;"' in html
    assert '<th scope="row">現在</th>' in html
    assert html.count('<th scope="col"') == 3
    assert 'role="region" aria-labelledby="table-block-3"' in html
    assert "embedtype" not in html
    assert "style=" not in html


@pytest.mark.django_db
def test_many_pictures_cost_as_many_queries_as_one(world, image):
    counts = []
    for number in (1, 6):
        page = make_page(STANDARD_PAGE, slug=f"with-{number}")
        page.body = body_of(image)[:2] * number
        publish(page)
        counts.append(len(queries_of(page.url)))
    assert counts[0] == counts[1] <= 15


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mangled", "complaint"),
    [
        ("<script>alert(1)</script>", "script"),
        ("words <div>in a block</div>", "div"),
        ('<a href="javascript:alert(1)">x</a>', "属性"),
        ('<a id="a9">x</a>', "a9"),
        ('<b onclick="x()">x</b>', "属性"),
    ],
)
def test_mangled_tags_are_refused_with_a_reason_and_nothing_is_lost(page, mangled, complaint):
    record = start_translation(page)
    enter_words(record)
    segment = StringTranslation.objects.filter(
        translation_of__data__contains="<a id", locale=record.target_locale
    ).get()
    segment.data = mangled
    segment.save()
    segment.refresh_from_db()
    assert segment.has_error
    assert complaint in segment.get_error()
    with pytest.raises(PublishingRuleError, match="訳していない"):
        publish_translation(record)
    segment.refresh_from_db()
    assert segment.data == mangled
    assert not page.get_translation(record.target_locale).live


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("picture", {"image": {"decorative": False, "alt_text": " "}, "caption": ""}, "Describe"),
        ("table", TABLE | {"caption": ""}, "caption"),
    ],
)
def test_no_route_publishes_what_cannot_be_heard(page, image, kind, value, words):
    if kind == "picture":
        value = value | {"image": value["image"] | {"image": image.pk}}
    page.body = [{"type": kind, "value": value, "id": "x"}]
    revision = page.save_revision()
    with translation.override("en"), pytest.raises(PublishingRuleError, match=words):
        revision.publish()
