"""A volunteer's spreadsheet goes out and comes back; a wrong one changes nothing."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from kiyose.tables.reading import MAX_BYTES, MAX_LINES
from kiyose.translation import reviews
from kiyose.translation.exchange import rows, views, workbooks
from kiyose.translation.factories import enter_words, start_translation, translate
from kiyose.translation.publishing import publish_translation
from projects.models import ProjectPage
from tests.editor import messages_of, text_of
from tests.imports import confirm, upload
from tests.world import fresh, publish

from .office import (
    BODY,
    ENGLISH,
    HEADING,
    LINKED,
    OTHER_TITLE,
    PLAIN,
    SHOWN,
    TITLE,
    WHY,
    Office,
    batch_url,
    download,
    english_speaker,
    say,
    shuffled,
    table,
    url_of,
    words_of,
)

pytestmark = pytest.mark.django_db
NAME = "back.xlsx"


@pytest.fixture(scope="module")
def office(world):
    return Office(world)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def preview(client, url, file):
    answer = upload(client, url, file, NAME)
    assert answer.status_code == 200
    return answer


def changes_of(answer) -> list[tuple]:
    assert "plan" in answer.context, [p.message for p in answer.context["problems"]]
    return [
        (step.kind.value, step.title, step.changes[0].before, step.changes[0].after)
        for step in answer.context["plan"].steps
    ]


def problems_of(answer) -> list[tuple]:
    """Row and message. Nothing of the file is offered for saving."""
    assert "previewed" not in answer.context
    return [(problem.line, problem.message) for problem in answer.context["problems"]]


# Out


def test_the_sheet_has_two_columns_in_the_order_of_the_page(office):
    sheet = download(office.translator, url_of(office.fields))
    cells = sheet.cells
    assert [row[0] for row in sheet.rows] == list(ENGLISH)
    assert (cells["A1"].value, cells["B1"].value) == ("日本語", "English（英語）")
    assert cells.freeze_panes == "A2"
    assert cells.column_dimensions["C"].hidden
    assert not cells.column_dimensions["A"].hidden
    assert cells.max_column == 3
    # How to fill it in, in both languages.
    assert "右の列" in cells["A2"].value
    assert "this column" in cells["B2"].value
    heading = next(row for row in cells.iter_rows() if row[0].value == f"■ {TITLE}")
    assert heading[1].value == "http://testserver/ja/projects/fields/"
    row = sheet.row_of(PLAIN)
    assert cells.protection.sheet
    assert cells.cell(row, 1).protection.locked
    assert not cells.cell(row, 2).protection.locked
    assert cells.cell(row, 2).number_format == "@"
    assert cells.cell(row, 2).alignment.wrap_text


def test_what_is_translated_is_filled_in_and_what_is_not_is_marked(office):
    say(office.fields, PLAIN, "Carrots.")
    say(office.fields, WHY, "Since.", translation_type="machine")
    sheet = download(office.translator, url_of(office.fields))
    colours = {
        japanese: sheet.cells.cell(sheet.row_of(japanese), 2).fill.fgColor.rgb
        for japanese in (PLAIN, WHY, TITLE)
    }
    assert dict(sheet.rows)[PLAIN] == "Carrots."
    assert len(set(colours.values())) == 3
    assert sheet.cells.cell(sheet.row_of(PLAIN), 2).comment is None
    assert "machine" in sheet.cells.cell(sheet.row_of(WHY), 2).comment.text
    only_open = download(office.translator, url_of(office.fields), only_open="1")
    assert PLAIN not in dict(only_open.rows)
    assert {TITLE, WHY} <= set(dict(only_open.rows))


def test_a_changed_sentence_says_what_it_was(office, world):
    page = world.page(ProjectPage)
    page.title = "前の題"
    publish(page)
    translate(fresh(page), words={"前の題": "Former title"})
    page = fresh(page)
    page.title = "新しい題"
    publish(page)
    record = world.record(ProjectPage)
    sheet = download(office.translator, url_of(record))
    cell = sheet.cells.cell(sheet.row_of("新しい題"), 2)
    assert cell.value is None
    assert "前の題" in cell.comment.text
    assert "Former title" in cell.comment.text


def test_nothing_in_a_sheet_is_calculated(office, world):
    page = fresh(office.fields.source.get_source_instance())
    page.why = '=HYPERLINK("http://example.com")'
    publish(page)
    sheet = download(office.translator, url_of(office.fields))
    cell = sheet.cells.cell(sheet.row_of(page.why), 1)
    assert cell.data_type == "s"
    sheet.write(page.why, "=cmd|' /C calc'!A0")
    answer = preview(office.translator, url_of(office.fields), sheet.file)
    assert changes_of(answer) == [("new", page.why, "", "=cmd|' /C calc'!A0")]


def test_arabic_is_written_from_the_right(office, world, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    Locale.objects.create(language_code="ar")
    for page in (world.site.home, world.site.projects):
        start_translation(fresh(page), "ar")
    record = start_translation(fresh(office.fields.source.get_source_instance()), "ar")
    client = english_speaker(
        "arabist", edits=fresh(world.site.home).get_translation(record.target_locale)
    )
    sheet = download(client, url_of(record))
    assert sheet.cells.sheet_view.rightToLeft
    assert sheet.cells["B1"].value == "العربية（アラビア語）"
    assert sheet.cells.cell(sheet.row_of(PLAIN), 2).alignment.readingOrder == 2
    assert sheet.cells.cell(sheet.row_of(PLAIN), 1).alignment.readingOrder == 1
    sheet.write(PLAIN, "نزرع الجزر.")
    answer = preview(client, url_of(record), sheet.file)
    assert changes_of(answer) == [("new", PLAIN, "", "نزرع الجزر.")]
    assert 'lang="ar" dir="rtl"' in answer.content.decode()
    # In the place of the English one it is refused, with and without its keys.
    told = problems_of(preview(office.translator, batch_url(), sheet.file))
    assert len(told) == 1
    sheet.cells.delete_cols(3)
    told = problems_of(preview(office.translator, batch_url(), sheet.file))
    assert "another language" in told[0][1]


# Out and back


def test_a_sheet_goes_out_and_comes_back(office, django_capture_on_commit_callbacks):
    client, url = office.translator, url_of(office.fields)
    sheet = download(client, url).fill(ENGLISH)
    answer = preview(client, url, sheet.file)
    assert changes_of(answer) == [("new", jp, "", en) for jp, en in ENGLISH.items()]
    assert words_of(office.fields) == {}

    done = confirm(client, url, answer)

    assert done.status_code == 302
    assert done.url == office.fields.get_target_instance_edit_url()
    said = words_of(office.fields)
    assert said[LINKED] == 'For more see the <a id="a1">application <b>guide</b></a>.'
    assert said["畑の見本です。"] == "A sample of fields &amp; =carrots="
    row = StringTranslation.objects.get(translation_of__data=TITLE, data=ENGLISH[TITLE])
    assert (row.translation_type, row.last_translated_by) == ("manual", client.user)
    target = fresh(office.fields.get_target_instance())
    assert (target.live, target.draft_title) == (False, ENGLISH[TITLE])
    publish_translation(office.fields)
    assert 'href="https://example.jp/"' in str(fresh(target).body.raw_data)
    # The same again is nothing new.
    answer = preview(client, url, download(client, url).file)
    assert not answer.context["plan"].does_something
    assert [count for _kind, count in answer.context["plan"].counts] == [len(ENGLISH)]


def test_rows_may_be_sorted_left_out_copied_and_put_between(office):
    client = office.translator
    sheet = download(client, batch_url(), below=str(office.fields.get_target_instance().pk))
    sheet.fill(ENGLISH)
    shuffled(sheet)
    sheet.cells.insert_rows(3)
    sheet.cells.append([cell.value for cell in sheet.cells[sheet.row_of(PLAIN)]])
    sheet.cells.delete_rows(sheet.row_of(WHY))
    answer = preview(client, batch_url(), sheet.file)
    assert sorted(step[1:] for step in changes_of(answer)) == sorted(
        (jp, "", en) for jp, en in ENGLISH.items() if jp != WHY
    )


def test_without_keys_the_japanese_decides_where_it_is_clear(office):
    client, url = office.translator, url_of(office.fields)
    sheet = download(client, url).fill(ENGLISH)
    sheet.cells.delete_cols(3)
    assert len(changes_of(preview(client, url, sheet.file))) == len(ENGLISH)
    # Two pages have this sentence, and the file may be about each of them.
    told = problems_of(
        preview(client, batch_url(), table(["日本語", "English（英語）"], [PLAIN, "x"]))
    )
    assert [line for line, _message in told] == [2]
    assert "several places" in told[0][1]
    answer = preview(client, batch_url(), table(["日本語", "English（英語）"], [TITLE, "Fields"]))
    assert changes_of(answer) == [("new", TITLE, "", "Fields")]


def test_sorted_without_the_hidden_column_the_japanese_decides(office):
    client, url = office.translator, url_of(office.fields)
    sheet = download(client, url)
    one, two = sheet.row_of(PLAIN), sheet.row_of(WHY)
    keys = [sheet.cells.cell(row, 3) for row in (one, two)]
    keys[0].value, keys[1].value = keys[1].value, keys[0].value
    sheet.cells.cell(one, 2).value = "Carrots."
    assert changes_of(preview(client, url, sheet.file)) == [("new", PLAIN, "", "Carrots.")]


def test_what_was_seen_without_a_key_is_what_is_confirmed(office):
    """The rows beside it tell which page is meant; they have nothing new, and do not travel."""
    say(office.fields, TITLE, ENGLISH[TITLE])
    client = office.translator
    sheet = download(client, batch_url(), record=[office.fields.pk]).fill({PLAIN: "Carrots."})
    sheet.cells.cell(sheet.row_of(PLAIN), 3).value = None
    answer = preview(client, batch_url(), sheet.file)
    assert changes_of(answer) == [("new", PLAIN, "", "Carrots.")]
    assert confirm(client, batch_url(), answer).status_code == 302
    assert words_of(office.fields)[PLAIN] == "Carrots."
    assert words_of(office.river) == {}


@pytest.mark.parametrize("emptied", [0, 7], ids=["all rows", "without the instructions"])
def test_sorted_among_the_headings_nothing_is_lost(office, emptied):
    """Instructions stand beside keys then, and sentences beside the sign of a remark."""
    client, url = office.translator, url_of(office.fields)
    sheet = download(client, url).fill(ENGLISH)
    cells = sheet.cells
    visible = [(row[0].value, row[1].value) for row in cells.iter_rows(min_row=2 + emptied)]
    ordered = sorted(visible, reverse=True) + [(None, None)] * emptied
    for number, pair in enumerate(ordered, 2):
        for place, value in enumerate(pair, 1):
            cells.cell(number, place).value = value
            if value:
                cells.cell(number, place).data_type = "s"
    assert "-" in [row[2].value for row in cells.iter_rows() if row[0].value in ENGLISH]
    answer = preview(client, url, sheet.file)
    assert {step[1]: step[3] for step in changes_of(answer)} == ENGLISH


@pytest.mark.parametrize("has_keys", [True, False])
def test_a_sentence_may_begin_like_a_heading(office, has_keys):
    page = fresh(office.fields.source.get_source_instance())
    page.why = "■ 見本の理由"
    publish(page)
    client, url = office.translator, url_of(office.fields)
    sheet = download(client, url).fill({page.why: "A sample reason"})
    if not has_keys:
        sheet.cells.delete_cols(3)
    answer = preview(client, url, sheet.file)
    assert changes_of(answer) == [("new", page.why, "", "A sample reason")]


def test_a_sheet_as_large_as_may_be_comes_back(office, monkeypatch):
    client, chosen = office.translator, {"record": [office.fields.pk, office.river.pk]}

    def limit(most):
        monkeypatch.setattr(rows, "MAX_LINES", most)
        monkeypatch.setattr(views, "MAX_LINES", most)

    limit(2 * len(ENGLISH))
    sheet = download(client, batch_url(), **chosen)
    for row in sheet.cells.iter_rows():
        if row[2].value != "-":
            row[1].value = ENGLISH.get(row[0].value, "Something")
            row[1].data_type = "s"
    answer = preview(client, batch_url(), sheet.file)
    assert len(changes_of(answer)) == 2 * len(ENGLISH)

    limit(2 * len(ENGLISH) - 1)
    answer = client.get(batch_url(), {"download": "1", **chosen})
    assert "Choose fewer pages" in text_of(answer)
    [(_line, message)] = problems_of(preview(client, batch_url(), sheet.file))
    assert "more than 13 lines" in message


def test_what_is_too_long_for_a_cell_is_left_to_the_editor(office, monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_CELL", len(WHY) - 1)
    client, url = office.translator, url_of(office.fields)
    sheet = download(client, url)
    told = [row for row in sheet.cells.iter_rows() if "too long for a cell" in str(row[0].value)]
    assert [WHY in row[0].value for row in told] == [True, False]
    assert {row[1].value for row in told} == {None}
    assert not preview(client, url, sheet.file).context["plan"].does_something


def test_what_is_empty_or_the_same_stays_untouched(office):
    long_ago = timezone.now() - datetime.timedelta(days=400)
    kept = say(office.fields, PLAIN, "Carrots.", translation_type="machine", tool_name="Tool")
    StringTranslation.objects.filter(pk=kept.pk).update(updated_at=long_ago)
    say(office.fields, WHY, "Because.")
    client, url = office.translator, url_of(office.fields)
    sheet = download(client, url).fill({TITLE: "Fields", WHY: ""})
    confirm(client, url, preview(client, url, sheet.file))
    kept.refresh_from_db()
    assert (kept.translation_type, kept.tool_name, kept.updated_at) == ("machine", "Tool", long_ago)
    assert words_of(office.fields) == {PLAIN: "Carrots.", WHY: "Because.", TITLE: "Fields"}


def test_new_words_are_not_ready_for_review_any_more(office):
    enter_words(office.fields)
    reviews.mark_ready(office.fields, office.translator.user)
    client, url = office.translator, url_of(office.fields)
    confirm(client, url, preview(client, url, download(client, url).fill({TITLE: "New"}).file))
    office.fields.status.refresh_from_db()
    assert not office.fields.status.is_ready


def test_many_pages_in_one_file(office):
    client = office.translator
    numbers = [office.fields.pk, office.river.pk]
    sheet = download(client, batch_url(), record=numbers)
    assert [row[0] for row in sheet.rows][:1] == [TITLE]
    first = sheet.write(PLAIN, "Carrots.")
    sheet.write(PLAIN, "Fish.", after=first)
    answer = preview(client, batch_url(), sheet.file)
    done = confirm(client, batch_url(), answer)
    assert words_of(office.fields) == {PLAIN: "Carrots."}
    assert words_of(office.river) == {PLAIN: "Fish."}
    # The list then shows the pages that have new words.
    after = client.get(done.url)
    assert [row[0].record.pk for row in after.context["rows"]] == numbers


# Back, and wrong: everything is told by row, and nothing changes


WRONG_CELLS = {
    "a mark is missing": (SHOWN, "See the guide.", "[1]…[/1] is missing"),
    "a mark is crossed": (SHOWN, "See [1]the [2]guide[/1][/2].", "wrong place"),
    "a mark too many": (PLAIN, "We grow [1]carrots[/1].", "has no mark [1]"),
    "a placeholder is missing": (HEADING, "Dear you", "{name} is missing"),
    "a placeholder too many": (PLAIN, "{plants}", "no placeholder {plants}"),
    "too long": (TITLE, "x" * 256, "255"),
    "two lines in a title": (TITLE, "one\ntwo", "one line"),
    "a formula": (PLAIN, '=HYPERLINK("http://example.com")', "formula"),
}


@pytest.mark.parametrize("case", WRONG_CELLS)
def test_one_wrong_cell_refuses_the_whole_file(office, case):
    japanese, typed, told = WRONG_CELLS[case]
    client, url = office.translator, url_of(office.fields)
    sheet = download(client, url).fill(ENGLISH)
    row = sheet.write(japanese, typed)
    answer = preview(client, url, sheet.file)
    problems = problems_of(answer)
    assert [line for line, _message in problems] == [row] * len(problems)
    assert any(told in message for _line, message in problems), problems
    assert words_of(office.fields) == {}


def test_all_mistakes_are_told_at_once(office):
    client, url = office.translator, url_of(office.fields)
    sheet = download(client, url)
    rows = {sheet.write(SHOWN, "x"), sheet.write(HEADING, "x"), sheet.write(TITLE, "x" * 300)}
    rows.add(sheet.write(PLAIN, '=HYPERLINK("http://example.com")'))
    assert {line for line, _m in problems_of(preview(client, url, sheet.file))} == rows


@pytest.mark.parametrize(
    "typed",
    ["<script>alert(1)</script>", '<a onclick="x()">x</a>', "javascript:alert(1)", "<b>x"],
)
def test_script_is_text(office, typed):
    client, url = office.translator, url_of(office.fields)
    answer = preview(client, url, download(client, url).fill({PLAIN: typed}).file)
    assert typed not in answer.content.decode() or "<" not in typed
    confirm(client, url, answer)
    assert "<" not in words_of(office.fields)[PLAIN]
    assert StringTranslation.objects.get(data=words_of(office.fields)[PLAIN]).has_error is False


def workbook_part(name: str, content: bytes) -> bytes:
    file = io.BytesIO(table(["日本語", "English（英語）"], [TITLE, "x"]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def many_rows() -> bytes:
    return table(*([f"文{number}", "x"] for number in range(10_000)))


WRONG_FILES = {
    "nothing": (b"", "empty"),
    "a CSV with another name": ("日本語,English\n畑の仕事,x\n".encode(), "no Excel workbook"),
    "an old XLS": (b"\xd0\xcf\x11\xe0" + b"0" * 600, "no Excel workbook"),
    "a broken one": (b"PK\x03\x04" + b"0" * 600, "no table"),
    "another archive": (workbook_part("x", b"")[:200], "no table"),
    "with macros": (workbook_part("xl/vbaProject.bin", b"x"), "macros"),
    "a bomb": (workbook_part("xl/bomb", b"0" * (MAX_BYTES * 9)), "Unpacked"),
    "too many rows": (many_rows, f"{MAX_LINES:,}"),
    "unknown sentences": (
        lambda: table(["日本語", "English（英語）"], ["知らない文です。", "x"]),
        "not known here",
    ),
    "no Japanese": (lambda: table(["日本語", "English（英語）"], [None, "x"]), "is missing"),
    "of another site": (
        lambda: table([PLAIN, "x", "1-0000000000-0000000000-0000000000"]),
        "Nothing in this file is known here",
    ),
}


@pytest.mark.parametrize("case", WRONG_FILES)
def test_a_file_that_is_none_of_ours_is_explained(office, case):
    file, told = WRONG_FILES[case]
    answer = upload(office.translator, batch_url(), file() if callable(file) else file, NAME)
    assert answer.status_code == 200
    assert "previewed" not in answer.context
    assert told in text_of(answer)


def test_the_translation_stands_beside_the_japanese_whatever_it_is_called(office):
    file = table([None, "日本語", "in my words"], [None, TITLE, "Fields"])
    answer = preview(office.translator, batch_url(), file)
    assert changes_of(answer) == [("new", TITLE, "", "Fields")]


def test_merged_cells_are_told_by_row(office):
    client, url = office.translator, url_of(office.fields)
    sheet = download(client, url).fill(ENGLISH)
    row = sheet.row_of(WHY)
    sheet.cells.merge_cells(start_row=row, end_row=row + 1, start_column=2, end_column=2)
    told = problems_of(preview(client, url, sheet.file))
    assert {line for line, _message in told} == {row, row + 1}


def test_a_sentence_that_has_changed_meanwhile_is_explained(office):
    say(office.fields, WHY, "Because.")
    client, url = office.translator, url_of(office.fields)
    untouched = download(client, url)
    written = download(client, url).fill({WHY: "Because of the old reason.", TITLE: "Fields"})
    page = fresh(office.fields.source.get_source_instance())
    page.why = "別の理由があります。"
    publish(page)
    # Nothing new in that row: it does no harm.
    assert not preview(client, url, untouched.file).context["plan"].does_something
    told = problems_of(preview(client, url, written.file))
    assert [line for line, _message in told] == [written.row_of(WHY)]
    assert "別の理由があります。" in told[0][1]
    written.write(WHY, "")
    assert changes_of(preview(client, url, written.file)) == [("new", TITLE, "", "Fields")]


def test_a_sentence_that_is_gone_is_explained(office):
    client, url = office.translator, url_of(office.fields)
    sheet = download(client, url).fill({PLAIN: "Carrots."})
    page = fresh(office.fields.source.get_source_instance())
    page.body = BODY[:1]
    publish(page)
    told = problems_of(preview(client, url, sheet.file))
    assert "taken out" in told[0][1]


def test_other_japanese_beside_the_key_is_explained(office):
    client, url = office.translator, url_of(office.fields)
    sheet = download(client, url)
    row = sheet.write(PLAIN, "Carrots.")
    sheet.cells.cell(row, 1).value = "ダイコンを育てます。"
    told = problems_of(preview(client, url, sheet.file))
    assert [line for line, _message in told] == [row]
    assert PLAIN in told[0][1]


def test_two_translations_of_one_sentence_are_refused(office):
    client, url = office.translator, url_of(office.fields)
    sheet = download(client, url)
    row = sheet.write(PLAIN, "Carrots.")
    copied = [cell.value for cell in sheet.cells[row]]
    sheet.cells.append([copied[0], "Something else.", copied[2]])
    told = problems_of(preview(client, url, sheet.file))
    assert f"Line {row}" in told[0][1]


# Who, and what they are not told


def test_rows_of_pages_that_one_may_not_edit_are_refused_without_their_words(office):
    sheet = download(office.translator, batch_url(), record=[office.fields.pk, office.river.pk])
    sheet.write(TITLE, "Fields")
    row = sheet.write(OTHER_TITLE, "River")
    answer = preview(office.reader, batch_url(), sheet.file)
    told = problems_of(answer)
    assert [line for line, _message in told] == [row]
    assert "may not edit" in told[0][1]
    # What was typed is theirs; the page's title is not told.
    assert OTHER_TITLE not in answer.content.decode()
    assert words_of(office.fields) == {}


def test_a_page_that_was_deleted_meanwhile_is_told_in_the_same_words(office):
    sheet = download(office.translator, batch_url(), record=[office.fields.pk, office.river.pk])
    sheet.write(TITLE, "Fields")
    row = sheet.write(OTHER_TITLE, "River")
    office.river.get_target_instance().delete()
    told = problems_of(preview(office.translator, batch_url(), sheet.file))
    assert [line for line, _message in told] == [row]
    assert "may not edit" in told[0][1]


def test_a_language_that_was_taken_out_meanwhile(office, settings):
    sheet = download(office.translator, url_of(office.fields)).fill({TITLE: "Fields"})
    seen = preview(office.translator, batch_url(), sheet.file)
    settings.WAGTAIL_CONTENT_LANGUAGES = [("ja", "日本語")]
    client = office.translator
    for url in (batch_url(), url_of(office.fields)):
        for visit in (
            lambda url: client.get(url),
            lambda url: upload(client, url, sheet.file, NAME),
            lambda url: confirm(client, url, seen),
        ):
            told = messages_of(client, visit(url))
            assert "is not a language of this site any more" in told
    assert words_of(office.fields) == {}


def test_a_translation_that_was_stopped_has_no_files(office):
    sheet = download(office.translator, url_of(office.fields)).fill({TITLE: "Fields"})
    Translation.objects.filter(pk=office.fields.pk).update(enabled=False)
    answer = upload(office.translator, url_of(office.fields), sheet.file, NAME)
    assert "has been stopped" in messages_of(office.translator, answer)
    told = problems_of(preview(office.translator, batch_url(), sheet.file))
    assert "Nothing in this file is known here" in told[0][1]


def test_a_locked_page_is_left_alone(office, admin_user):
    sheet = download(office.translator, url_of(office.fields)).fill({TITLE: "Fields"})
    Page.objects.filter(pk=office.fields.get_target_instance().pk).update(
        locked=True, locked_by=admin_user
    )
    told = problems_of(preview(office.translator, url_of(office.fields), sheet.file))
    assert "locked" in told[0][1]


def test_the_file_of_another_page_is_refused_by_name_only_to_whom_it_is_known(office):
    sheet = download(office.translator, url_of(office.river)).fill({OTHER_TITLE: "River"})
    url = url_of(office.fields)
    assert OTHER_TITLE in problems_of(preview(office.translator, url, sheet.file))[0][1]
    told = problems_of(preview(office.reader, url, sheet.file))
    assert "Nothing in this file is known" in told[0][1]
    assert OTHER_TITLE not in told[0][1]


@pytest.mark.parametrize(("who", "status"), [("translator", 200), ("reader", 200), ("nobody", 302)])
def test_a_batch_holds_what_one_may_edit_alone(office, who, status):
    answer = getattr(office, who).get(batch_url())
    assert answer.status_code == status
    if status == 302:
        assert answer.url == reverse("wagtailadmin_home")
        return
    shown = {row[0].record.pk for row in answer.context["rows"]}
    assert office.fields.pk in shown
    assert (office.river.pk in shown) == (who == "translator")
    # Numbers that are typed into the address bring nothing more.
    asked = getattr(office, who).get(batch_url(), {"record": office.river.pk, "download": "1"})
    is_file = asked.headers["Content-Type"].endswith("sheet")
    assert is_file == (who == "translator")
    assert is_file or OTHER_TITLE not in asked.content.decode()


def test_what_was_previewed_cannot_be_altered_or_used_elsewhere(office):
    sheet = download(office.translator, url_of(office.fields)).fill({TITLE: "Fields"})
    seen = preview(office.translator, url_of(office.fields), sheet.file)
    for client, url in (
        (office.reader, url_of(office.fields)),
        (office.translator, url_of(office.river)),
        (office.translator, batch_url()),
    ):
        answer = confirm(client, url, seen)
        assert answer.status_code == 200
    assert words_of(office.fields) == {}


def test_what_has_changed_since_the_preview_is_shown_again(office):
    client, url = office.translator, url_of(office.fields)
    seen = preview(client, url, download(client, url).fill({TITLE: "Fields"}).file)
    say(office.fields, TITLE, "Somebody else's")
    again = confirm(client, url, seen)
    assert changes_of(again) == [("changed", TITLE, "Somebody else's", "Fields")]
    assert words_of(office.fields) == {TITLE: "Somebody else's"}


# Ways there, and how quick they are


def test_the_explorer_leads_there(office):
    target = office.fields.get_target_instance()
    listing = office.translator.get(reverse("wagtailadmin_explore", args=[target.get_parent().pk]))
    url = reverse("translation_file_of_page", args=[target.pk])
    assert url in listing.content.decode()
    assert office.translator.get(url).url == url_of(office.fields)
    source = office.fields.source.get_source_instance()
    assert office.translator.get(
        reverse("translation_file_of_page", args=[source.pk])
    ).url == reverse("wagtailadmin_home")
    answer = office.translator.get(reverse("translation_files"))
    assert batch_url() in answer.content.decode()
    assert office.nobody.get(reverse("translation_files")).status_code == 302


def test_queries_do_not_grow_with_the_pages(office, world):
    client = office.translator

    def queries(method, *args, **kwargs) -> int:
        with CaptureQueriesContext(connection) as counted:
            assert method(*args, **kwargs).status_code == 200
        return len(counted)

    def measured() -> list[int]:
        sheet = download(client, batch_url())
        for row in sheet.cells.iter_rows():
            if row[2].value != "-" and row[0].value == PLAIN:
                row[1].value = "Carrots, again."
        return [
            queries(client.get, batch_url()),
            queries(client.get, batch_url(), {"download": "1"}),
            queries(upload, client, batch_url(), sheet.file, NAME),
        ]

    measured()  # content types and the like are known from here on
    before = measured()
    for number in range(6):
        office.start(world, f"さらに{number}", f"more-{number}", f"見本{number}")
    assert measured() == before
