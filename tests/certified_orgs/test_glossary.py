"""Every term of the scheme has one English name in the glossary."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ")
]
TERMS = {
    "申請": "application",
    "受付": "receipt",
    "審査": "screening",
    "認定": "certify",
    "不認定": "not certified",
    "補欠": "waiting list",
    "取下げ": "withdraw",
    "変更届": "notification of a change",
    "再交付": "reissue",
    "承継": "succession",
    "辞退・返納": "return",
    "更新": "renewal",
    "認定停止": "suspension",
    "有効期間満了": "expiry",
    "認定取消": "revocation",
}


@pytest.mark.parametrize("term", TERMS)
def test_it_stands_there_once_with_its_name_and_its_place_in_the_code(term):
    (row,) = [row for row in ROWS if row[0] == term]
    assert row[1].startswith(TERMS[term])
    assert re.search(r"`[^`]+`", row[2])


def test_no_japanese_term_has_two_rows():
    terms = [row[0] for row in ROWS if row[0] != "Japanese"]
    assert [term for term in terms if terms.count(term) > 1] == []
