"""The city's list of programmes from its own table: added, changed, and removed only if asked."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import ModelLogEntry, ReferenceIndex
from wagtail.search.backends import get_search_backend

from kiyose.pages.factories import DivisionFactory
from kiyose.tables.importing import IMPORTED
from projects.models import ProjectPage
from sdgs.factories import MeasureFactory, PlanFactory, ProgrammeFactory
from sdgs.models import Measure, Programme
from sdgs.programme_import import ProgrammeImport
from tests.editor import text_of
from tests.imports import confirm, problems_of, someone, steps_of, upload
from tests.kiyose.test_tables import workbook

pytestmark = pytest.mark.django_db

URL = "/admin/programmes/import/"
HEADER = "番号,名称,英語名,課,施策,マーク,ページ番号\n"
MAY = ("sdgs.add_programme", "sdgs.change_programme")
MAY_ADD_MEASURES = "sdgs.add_measure"


class City:
    """A division, and the long-term plan with one measure."""

    def __init__(self):
        self.division = DivisionFactory(name="見本課", department="見本部")
        self.plan = PlanFactory(key="long-term-plan", name="長期総合計画")
        self.measure = MeasureFactory(plan=self.plan, number=12, name="子育て")
        MeasureFactory(number=12, name="別の計画の施策")
        self.existing = ProgrammeFactory(
            number="0101", name="見本の事業", division=self.division, marks=["8.3"]
        )


@pytest.fixture(scope="module")
def built(world, django_db_blocker):
    with django_db_blocker.unblock():
        return City()


@pytest.fixture
def city(built):
    with translation.override("ja"):
        yield built


@pytest.fixture
def staff(city):
    return someone("staff", *MAY, MAY_ADD_MEASURES)


@pytest.fixture
def tidy(city):
    """Who may also delete."""
    return someone("tidy", *MAY, "sdgs.delete_programme")


def line(number="0102", name="新しい事業", name_en="", division="見本課", *more):
    measure, marks, pages = [*more, "", "", ""][:3]
    return f"{number},{name},{name_en},{division},{measure},{marks},{pages}\n"


SAME = line("0101", "見本の事業", "", "見本課", "", "8.3")


def preview_of(client, table, **options):
    preview = upload(client, URL, table, **({"plan": "long-term-plan"} | options))
    assert "plan" in preview.context, problems_of(preview)
    return preview


def imported(client, table, **options):
    preview = preview_of(client, table, **options)
    assert confirm(client, URL, preview).status_code == 302
    return preview


def faults(client, table) -> list[tuple]:
    return problems_of(upload(client, URL, table, plan="long-term-plan"))


# What happens


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_new_lines_are_added_with_all_that_they_say(city, staff, world, encoding):
    page = world.page(ProjectPage)
    english = world.translation(ProjectPage)
    table = HEADER + line("0102", "新", "New", "見本部見本課", "12", "17 8．3", f"/p/{english.pk}/")
    imported(staff, table.encode(encoding))
    programme = Programme.objects.get(number="0102")
    assert (programme.name, programme.name_en) == ("新", "New")
    assert (programme.division, programme.measure) == (city.division, city.measure)
    assert [mark.code for mark in programme.marks.all()] == ["8.3", "17"]
    assert [linked.pk for linked in programme.pages.all()] == [page.pk]


def test_from_an_excel_file_with_english_columns(city, staff):
    table = workbook(
        ["Number", "Name", "Division", "Measure", "Marks"],
        ["0102", "新", "見本課", 12, 8.3],
        [103, "別", "見本課", "子育て", "8.10"],
    )
    preview = upload(staff, URL, table, "list.xlsx", plan="long-term-plan")
    confirm(staff, URL, preview)
    found = {
        p.number: (p.measure, p.marks.get().code)
        for p in Programme.objects.exclude(pk=city.existing.pk)
    }
    assert found == {"0102": (city.measure, "8.3"), "103": (city.measure, "8.10")}


def test_the_preview_says_from_what_to_what(city, staff):
    table = HEADER + line("０１０１", "見本の事業", "", "見本課", "12 子育て", "8.3 17") + line()
    preview = preview_of(staff, table)
    assert [step[:2] for step in steps_of(preview)] == [(2, "changed"), (3, "new")]
    assert steps_of(preview)[0][2] == [("", "12 子育て"), ("8.3", "8.3 17")]
    text = text_of(preview)
    assert "12 子育て" in text
    assert Programme.objects.count() == 1
    confirm(staff, URL, preview)
    city.existing.refresh_from_db()
    assert city.existing.measure == city.measure
    assert [mark.code for mark in city.existing.marks.all()] == ["8.3", "17"]


def test_what_is_the_same_is_left_alone(city, staff):
    assert [step[1] for step in steps_of(preview_of(staff, HEADER + SAME))] == ["unchanged"]
    assert not preview_of(staff, HEADER + SAME).context["plan"].does_something


def test_a_column_that_is_not_there_changes_nothing(city, staff):
    imported(staff, "番号,名称,課\n0101,別の名,見本課\n")
    city.existing.refresh_from_db()
    assert city.existing.name == "別の名"
    assert city.existing.mark_codes == ["8.3"]


def test_an_empty_cell_empties(city, staff):
    imported(staff, HEADER + line("0101", "見本の事業"))
    assert not city.existing.marks.exists()


def test_a_new_measure_is_said_and_made_once(city, staff):
    table = HEADER + line("1", "a", "", "見本課", "13 緑") + line("2", "b", "", "見本課", "13 緑")
    preview = preview_of(staff, table)
    remarks = [step.remark for step in preview.context["plan"].steps if step.remark]
    assert len(remarks) == 1
    assert "13 緑" in remarks[0]
    assert not Measure.objects.filter(name="緑").exists()
    confirm(staff, URL, preview)
    measure = Measure.objects.get(plan=city.plan, number=13)
    assert measure.programmes.count() == 2


def test_every_change_stands_in_the_history(city, staff):
    imported(staff, HEADER + line("0101", "別の名"))
    entry = ModelLogEntry.objects.for_instance(city.existing).get(action=IMPORTED)
    assert entry.user == staff.user
    assert entry.data == {"file": "table.csv", "line": 2}


def test_what_was_imported_is_found(city, staff):
    imported(staff, HEADER + line("0102", "haystack"))
    found = get_search_backend().search("haystack", Programme)
    assert [programme.number for programme in found] == ["0102"]


def test_a_division_knows_where_it_is_used(city, staff):
    imported(staff, HEADER + line())
    programme = Programme.objects.get(number="0102")
    references = ReferenceIndex.get_references_for_object(programme)
    assert str(city.division.pk) in {reference.to_object_id for reference in references}


# What is not in the file


def test_what_is_missing_is_named_and_kept(city, tidy):
    preview = imported(tidy, HEADER + line())
    assert [step[:2] for step in steps_of(preview)] == [(2, "new"), (None, "absent")]
    assert "0101 見本の事業" in text_of(preview)
    assert Programme.objects.filter(number="0101").exists()


def test_what_is_missing_is_removed_if_asked(city, tidy):
    preview = imported(tidy, HEADER + line(), remove="on")
    assert [step[:2] for step in steps_of(preview)] == [(2, "new"), (None, "removed")]
    assert list(Programme.objects.values_list("number", flat=True)) == ["0102"]
    assert ModelLogEntry.objects.filter(action="wagtail.delete", user=tidy.user).exists()


def test_who_may_not_delete_is_not_asked_and_not_heard(city, staff):
    assert "remove" not in staff.get(f"{URL}").context["form"].fields
    imported(staff, HEADER + line(), remove="on")
    assert Programme.objects.filter(number="0101").exists()


def test_the_preview_of_who_may_delete_is_of_no_use_to_others(city, staff, tidy):
    preview = preview_of(tidy, HEADER + line(), remove="on")
    confirm(staff, URL, preview)
    assert list(Programme.objects.values_list("number", flat=True)) == ["0101"]


def test_a_programme_that_came_meanwhile_is_not_removed_unseen(city, tidy):
    preview = preview_of(tidy, HEADER + SAME + line(), remove="on")
    ProgrammeFactory(number="0999", division=city.division)
    again = confirm(tidy, URL, preview)
    assert steps_of(again)[-1][:2] == (None, "removed")
    assert Programme.objects.filter(number="0999").exists()


# What is refused


@pytest.mark.parametrize(
    ("values", "column", "typed"),
    [
        ((""), "番号", ""),
        (("1" * 21), "番号", "1" * 21),
        (("1", ""), "名称", ""),
        (("1", "名" * 201), "名称", "名" * 100),
        (("1", "名", "", "謎の課"), "課", "謎の課"),
        (("1", "名", "", "見本課", "99"), "施策", "99"),
        (("1", "名", "", "見本課", "12 別の名"), "施策", "12 別の名"),
        (("1", "名", "", "見本課", f"13 {'長' * 201}"), "施策", f"13 {'長' * 97}"),
        (("1", "名", "", "見本課", "", "77.7"), "マーク", "77.7"),
        (("1", "名", "", "見本課", "", "8 8"), "マーク", "8 8"),
        (("1", "名", "", "見本課", "", "", "999999"), "ページ番号", "999999"),
        (("1", "名", "", "見本課", "", "", "トップ"), "ページ番号", "トップ"),
        (("0101",), "番号", "0101"),
    ],
)
def test_what_a_person_would_not_understand(city, staff, values, column, typed):
    values = (values,) if isinstance(values, str) else values
    found = faults(staff, HEADER + SAME + line(*values))
    assert [problem[:3] for problem in found] == [(3, column, typed)]
    assert found[0][3]
    assert Programme.objects.count() == 1


def test_two_divisions_with_one_name(city, staff):
    DivisionFactory(name="見本課", department="別の部")
    assert [problem[:2] for problem in faults(staff, HEADER + line())] == [(2, "課")]
    imported(staff, HEADER + line("0102", "新", "", "別の部見本課"))


def test_all_or_nothing(city, staff, monkeypatch):
    preview = preview_of(staff, HEADER + line("1", "a", "", "見本課", "13 緑") + line("2", "b"))

    def fail(*args):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(ProgrammeImport, "log", fail)
    with pytest.raises(RuntimeError):
        confirm(staff, URL, preview)
    assert not Programme.objects.filter(number="1").exists()
    assert not Measure.objects.filter(number=13).exists()


# Who may


@pytest.mark.parametrize("permissions", [(), MAY[:1], MAY[1:]])
def test_who_may_not_add_and_change_sees_nothing(city, staff, permissions):
    client = someone("nobody", *permissions)
    preview = preview_of(staff, HEADER + line())
    for answer in (
        client.get(URL),
        client.get(f"{URL}?template"),
        upload(client, URL, HEADER + line()),
        confirm(client, URL, preview),
    ):
        assert answer.status_code == 302
        assert answer.url == reverse("wagtailadmin_home")
    assert Programme.objects.count() == 1


def test_a_measure_is_made_only_by_who_may_add_measures(city, staff):
    table = HEADER + line("1", "a", "", "見本課", "13 緑")
    limited = someone("limited", *MAY)
    ((_line, column, typed, _message),) = faults(limited, table)
    assert (column, typed) == ("施策", "13 緑")
    imported(limited, HEADER + line("1", "a", "", "見本課", "12"))
    assert not Measure.objects.filter(number=13).exists()


def test_without_signing_in_there_is_nothing(city):
    for answer in (Client().get(URL), upload(Client(), URL, HEADER + line())):
        assert "login" in answer.url


def test_the_list_leads_to_the_import_for_who_may(city, staff):
    address = reverse(Programme.snippet_viewset.get_url_name("list"))
    assert URL in text_of(staff.get(address))
    reader = someone("reader", "sdgs.view_programme")
    assert URL not in text_of(reader.get(address))


# How much it asks


def queries(action) -> int:
    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)


def many(count: int) -> str:
    return HEADER + "".join(
        line(f"{n:05}", f"事業{n}", "", "見本課", "12", "8.3 17") for n in range(count)
    )


def test_a_preview_asks_the_same_for_every_length(city, staff):
    preview_of(staff, many(1))
    few, more = (queries(lambda n=n: preview_of(staff, many(n))) for n in (2, 50))
    assert few == more


def test_saving_asks_a_bounded_number_for_each_line(city, staff):
    imported(staff, HEADER + SAME + line())
    asked = []
    for count in (10, 40):
        preview = preview_of(staff, many(count))
        asked.append(queries(lambda p=preview: confirm(staff, URL, p)))
        Programme.objects.exclude(pk=city.existing.pk).delete()
    assert (asked[1] - asked[0]) / 30 <= 4
