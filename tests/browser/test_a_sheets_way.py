"""The way of a spreadsheet: out to a volunteer who knows no PO, and back onto the English page."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from wagtail.models import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

NEW = "だれもが働けるまちを、農業と福祉がいっしょにつくります。"
IN_ENGLISH = "Farming & welfare build a city <where> everyone can work."


def test_a_volunteers_sheet_goes_out_and_comes_back(person, tmp_path):
    page = Page.objects.get(slug="agri-welfare", locale__language_code="ja").specific
    page.summary = NEW
    page.save_revision().publish()
    english = Page.objects.get(slug="agri-welfare", locale__language_code="en").specific
    with person("translator") as tab:
        tab.goto(f"/admin/translations/files/page/{english.pk}/")
        with tab.expect_download() as download:
            tab.get_by_role("link", name="翻訳シート（.xlsx）", exact=True).click()
        sent = tmp_path / download.value.suggested_filename
        assert re.fullmatch(r"agri-welfare-en-\d{8}\.xlsx", sent.name)
        download.value.save_as(sent)

        # First a mistake: the file is refused, the row is named, nothing is different.
        bring(tab, volunteer(sent, {NEW: "x" * 201}))
        expect(tab.locator("main")).to_contain_text("何も取り込んでいません")
        assert row_of(sent, NEW) in tab.locator("td").all_inner_texts()

        bring(tab, volunteer(sent, {NEW: IN_ENGLISH}))
        expect(tab.locator("main")).to_contain_text("追加1件")
        expect(tab.locator("ins[lang=en], [lang=en] ins")).to_have_text(IN_ENGLISH)
        tab.get_by_role("button", name="この内容で取り込む").click()

        # In the editor, which shows strings as the HTML that they are, it waits to be published.
        expect(tab.locator(".messages")).to_contain_text("取り込みました")
        expect(tab.locator("main")).to_contain_text(escape(IN_ENGLISH))
        tab.get_by_role("button", name=re.compile("English")).first.click()
        expect(tab.locator(".messages")).to_contain_text(english.title)
    with person(language="en-GB") as tab:
        tab.goto("/en/projects/agri-welfare/")
        expect(tab.get_by_role("main")).to_contain_text(IN_ENGLISH)


def volunteer(sent: Path, words: dict[str, str]) -> Path:
    """The file as it comes back, with these translations written into it."""
    book = load_workbook(sent)
    for row in book.active.iter_rows():
        if row[0].value in words:
            row[1].value = words[row[0].value]
    back = sent.with_name("返送.xlsx")
    book.save(back)
    return back


def row_of(sent: Path, japanese: str) -> str:
    rows = load_workbook(sent).active.iter_rows()
    return str(next(row[0].row for row in rows if row[0].value == japanese))


def bring(tab, file: Path) -> None:
    tab.set_input_files("[name=file] >> nth=0", file)
    tab.get_by_role("button", name="取り込む前に確かめる").click()
