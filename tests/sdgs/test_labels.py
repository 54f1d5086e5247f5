"""The project's own labels of all 169 targets, and that staff correct and add to them."""

from __future__ import annotations

import re
from itertools import groupby

import pytest
from django.urls import reverse

from kiyose.japanese.script import has_japanese
from sdgs import vocabulary
from sdgs.models import Mark, MarkLabel

pytestmark = pytest.mark.django_db

# facts/sdgs.yml: how many targets each goal has, and how many of them are means of
# implementation, which have letters (facts/un_targets_en.yml).
TARGETS = {
    1: (7, "ab"), 2: (8, "abc"), 3: (13, "abcd"), 4: (10, "abc"), 5: (9, "abc"),
    6: (8, "ab"), 7: (5, "ab"), 8: (12, "ab"), 9: (8, "abc"), 10: (10, "abc"),
    11: (10, "abc"), 12: (11, "abc"), 13: (5, "ab"), 14: (10, "abc"), 15: (12, "abc"),
    16: (12, "ab"), 17: (19, ""),
}  # fmt: skip
LONGEST = {"ja": 40, "en": 80}
# Seen on real municipal sites (facts/sdgs.yml).
SLIPS = ("陸の豊かさを", "水とトイレをみんなに", "、そして")


def codes_of(number: int, count: int, letters: str) -> list[str]:
    numbered = [f"{number}.{place}" for place in range(1, count - len(letters) + 1)]
    return numbered + [f"{number}.{letter}" for letter in letters]


def test_every_target_is_there_once_and_in_order():
    targets = Mark.objects.filter(position__gt=0)
    found = {
        number: [mark.code for mark in marks]
        for number, marks in groupby(targets, key=lambda mark: mark.goal_number)
    }
    assert found == {number: codes_of(number, *spec) for number, spec in TARGETS.items()}
    assert sum(map(len, found.values())) == 169


@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_has_one_plain_line_of_its_own(language):
    labels = dict(MarkLabel.objects.filter(language=language).values_list("mark__name", "text"))
    assert set(labels) == set(vocabulary.entries())
    assert len(set(labels.values())) == len(labels), "Two marks are called the same."
    for code, text in labels.items():
        assert len(text) <= LONGEST[language], code
        assert has_japanese(text) == (language == "ja"), code
        assert text == text.strip(), code
        assert not text.endswith(("。", ".")), code
        assert not [slip for slip in SLIPS if slip in text], code


@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_has_words_by_which_it_is_found(language):
    for label in MarkLabel.objects.filter(language=language).select_related("mark"):
        assert label.search_words.split(), label
        if language == "ja":
            readings = re.findall(r"[ぁ-ゖー]{2,}", label.search_words)
            assert readings, f"{label} cannot be found by how it is read."
        else:
            assert not has_japanese(label.search_words), label


def test_staff_correct_a_label_and_its_search_words(admin_client):
    row = MarkLabel.objects.get(mark__name="8.3", language="en")
    url = reverse("wagtailsnippets_sdgs_marklabel:edit", args=[row.pk])
    data = {"mark": row.mark_id, "language": "en", "text": "Jobs", "search_words": "work shops"}
    assert admin_client.post(url, data).status_code == 302
    assert vocabulary.label("8.3", "en").text == "Jobs"
    vocabulary.load(Mark, MarkLabel)
    row.refresh_from_db()
    assert (row.text, row.search_words) == ("Jobs", "work shops"), "Loading keeps what staff wrote."


def test_staff_add_a_label_in_another_language(admin_client):
    mark = Mark.objects.get(name="8.3")
    url = reverse("wagtailsnippets_sdgs_marklabel:add")
    data = {"mark": mark.pk, "language": "fr", "text": "Emplois", "search_words": "travail"}
    assert admin_client.post(url, data).status_code == 302
    assert vocabulary.label("8.3", "fr").text == "Emplois"


def test_a_second_label_in_the_same_language_is_refused(admin_client):
    mark = Mark.objects.get(name="8.3")
    url = reverse("wagtailsnippets_sdgs_marklabel:add")
    answer = admin_client.post(url, {"mark": mark.pk, "language": "en", "text": "Again"})
    assert answer.status_code == 200
    assert MarkLabel.objects.filter(mark=mark, language="en").count() == 1
