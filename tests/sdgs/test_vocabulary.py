"""The closed, ordered vocabulary of marks, and that a page's marks keep their order everywhere."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from kiyose.translation.factories import translate
from sdgs import vocabulary
from sdgs.factories import page_marks
from sdgs.models import Mark, MarkLabel, PageMark
from tests.editor import edit_url, open_form
from tests.page_types import MARKED_PAGE_TYPES, label
from tests.world import copy_of, fresh, make_page, publish

pytestmark = pytest.mark.django_db

every_marked_type = pytest.mark.parametrize("model", MARKED_PAGE_TYPES, ids=label)

# facts/sdgs.yml, as the United Nations' Japanese and English names of the goals.
GOALS = {
    1: ("貧困をなくそう", "No poverty"),
    2: ("飢餓をゼロに", "Zero hunger"),
    3: ("すべての人に健康と福祉を", "Good health and well-being"),
    4: ("質の高い教育をみんなに", "Quality education"),
    5: ("ジェンダー平等を実現しよう", "Gender equality"),
    6: ("安全な水とトイレを世界中に", "Clean water and sanitation"),
    7: ("エネルギーをみんなに そしてクリーンに", "Affordable and clean energy"),
    8: ("働きがいも経済成長も", "Decent work and economic growth"),
    9: ("産業と技術革新の基盤をつくろう", "Industry, innovation and infrastructure"),
    10: ("人や国の不平等をなくそう", "Reduced inequalities"),
    11: ("住み続けられるまちづくりを", "Sustainable cities and communities"),
    12: ("つくる責任 つかう責任", "Responsible consumption and production"),
    13: ("気候変動に具体的な対策を", "Climate action"),
    14: ("海の豊かさを守ろう", "Life below water"),
    15: ("陸の豊かさも守ろう", "Life on land"),
    16: ("平和と公正をすべての人に", "Peace, justice and strong institutions"),
    17: ("パートナーシップで目標を達成しよう", "Partnerships for the goals"),
}
# facts/kiyose.yml: the targets that the three projects and the proposal name.
TARGETS_OF_THE_FACTS = {"4.7", "7.2", "8.1", "8.3", "8.9", "10.2", "13.1", "15.1", "17.17"}


def test_the_goals_are_there_in_order_with_their_names():
    goals = Mark.objects.filter(position=0)
    assert [mark.goal_number for mark in goals] == list(range(1, 18))
    assert vocabulary.goal_numbers() == list(range(1, 18))
    for place, language in enumerate(("ja", "en")):
        named = {n: vocabulary.label(str(n), language).text for n in GOALS}
        assert named == {number: names[place] for number, names in GOALS.items()}


def test_the_targets_of_the_facts_are_there_with_labels():
    codes = set(Mark.objects.values_list("name", flat=True))
    assert codes >= TARGETS_OF_THE_FACTS
    for code in TARGETS_OF_THE_FACTS:
        for language in ("ja", "en"):
            found = vocabulary.label(code, language)
            assert found.language == language
            assert found.text != code


def test_marks_are_ordered_as_numbers_not_as_text():
    codes = [mark.code for mark in Mark.objects.all()]
    assert codes.index("8") < codes.index("8.1") < codes.index("8.9") < codes.index("10")
    assert codes.index("9") < codes.index("10") < codes.index("10.2") < codes.index("17.17")
    assert codes == list(vocabulary.entries())


def test_loading_again_changes_nothing():
    before = list(Mark.objects.values_list("pk", "name")), MarkLabel.objects.count()
    vocabulary.load(Mark, MarkLabel)
    assert (list(Mark.objects.values_list("pk", "name")), MarkLabel.objects.count()) == before


def test_a_corrected_label_survives_loading_and_shows_at_once():
    assert vocabulary.label("8", "en").text == GOALS[8][1]
    row = MarkLabel.objects.get(mark__name="8", language="en")
    row.text = "Work"
    row.save()
    assert vocabulary.label("8", "en").text == "Work"
    vocabulary.load(Mark, MarkLabel)
    assert MarkLabel.objects.get(pk=row.pk).text == "Work"


def test_a_missing_label_comes_back_with_loading():
    MarkLabel.objects.filter(mark__name="8", language="en").delete()
    vocabulary.load(Mark, MarkLabel)
    assert MarkLabel.objects.filter(mark__name="8", language="en").exists()


def test_without_a_label_another_one_stands_in_and_says_so():
    """The Japanese one for readers of Japanese, the English one for everybody else."""
    for language, stand_in, text in (("ja-easy", "ja", GOALS[8][0]), ("fr", "en", GOALS[8][1])):
        with translation.override(language):
            found = vocabulary.label("8")
        assert (found.text, found.language) == (text, stand_in)
    MarkLabel.objects.create(mark=Mark.objects.get(name="8"), language="fr", text="Travail décent")
    found = vocabulary.label("8", "fr")
    assert (found.text, found.language) == ("Travail décent", "fr")


@pytest.mark.parametrize("code", ["77.7", "18", "0", "8.99", "8.3 ", "eight", ""])
def test_nobody_creates_a_mark(code):
    count = Mark.objects.count()
    with pytest.raises(ValidationError):
        Mark.objects.create(name=code)
    with pytest.raises(ValidationError):
        Mark(name=code).save()
    assert Mark.objects.count() == count


@every_marked_type
def test_adding_an_unknown_mark_to_a_page_is_refused(world, model):
    page, count = world.page(model), Mark.objects.count()
    before = page.mark_codes
    with pytest.raises(ValidationError):
        page.marks.add("77.7")
    assert Mark.objects.count() == count
    assert world.page(model).mark_codes == before


@every_marked_type
def test_free_text_in_the_form_is_refused(world, admin_client, model):
    page, count = world.page(model), Mark.objects.count()
    data = open_form(admin_client, edit_url(page))
    data["page_marks"] = "新しいマーク"
    data["action-publish"] = "1"
    answer = admin_client.post(edit_url(page), data.dict())
    assert answer.status_code == 200
    assert Mark.objects.count() == count
    assert world.page(model).mark_codes == page.mark_codes


@every_marked_type
def test_the_order_is_kept_by_every_road(world, admin_client, model):
    """Neither the alphabet nor the numbers: the editor's order, main goal first."""
    codes = ["17", "8.3", "4.7", "13"]
    page = make_page(model, slug="ordered")
    if hasattr(page, "no_mark_applies"):
        page.no_mark_applies = False
    page.page_marks = page_marks(codes)
    assert page.mark_codes == codes
    revision = page.save_revision()
    assert fresh(page).mark_codes != codes, "a draft is not public"
    assert fresh(page).get_latest_revision_as_object().mark_codes == codes
    revision.publish()
    assert fresh(page).mark_codes == codes
    assert [row.tag.code for row in PageMark.objects.filter(content_object=page.pk)] == codes

    english = translate(fresh(page))
    assert fresh(english).mark_codes == codes

    copy = copy_of(fresh(page))
    assert fresh(copy).mark_codes == codes
    assert fresh(page).mark_codes == codes, "the original keeps its own"

    fresh(page).save_revision().publish()
    assert fresh(page).mark_codes == codes


@every_marked_type
def test_the_order_is_changed_in_the_form(world, admin_client, model):
    page = make_page(model, slug="ordered")
    codes = page.mark_codes
    assert len(codes) == 3
    data = open_form(admin_client, edit_url(page))
    assert data["page_marks"] == ", ".join(codes)
    data["page_marks"] = ", ".join(codes[::-1])
    data["action-publish"] = "1"
    assert admin_client.post(edit_url(page), data.dict()).status_code == 302
    assert fresh(page).mark_codes == codes[::-1]


@every_marked_type
def test_an_old_version_brings_its_order_back(world, model):
    page = make_page(model, slug="ordered")
    old, codes = page.get_latest_revision(), page.mark_codes
    page.page_marks = page_marks(["17", "1"])
    publish(page)
    assert fresh(page).mark_codes == ["17", "1"]
    old.publish()
    assert fresh(page).mark_codes == codes


def test_a_mark_in_use_is_not_deleted(world):
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        PageMark.objects.first().tag.delete()


def test_labels_are_corrected_in_the_admin(admin_client):
    row = MarkLabel.objects.get(mark__name="8", language="en")
    url = reverse("wagtailsnippets_sdgs_marklabel:edit", args=[row.pk])
    answer = admin_client.post(url, {"mark": row.mark_id, "language": "en", "text": "Work"})
    assert answer.status_code == 302
    assert vocabulary.label("8", "en").text == "Work"
