"""The duty desk: one screen, one button, and what is said when something does not fit."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time
from wagtail.models import ModelLogEntry, PageLogEntry

from events.decisions import Standing
from events.duty.scope import Scope, affected
from events.factories import DecisionFactory, EventPageFactory, FestivalPageFactory, VenueFactory
from events.models import Decision, EventIndexPage
from tests.editor import text_of
from tests.staff import client_of, employ
from tests.world import fresh, in_two_languages

pytestmark = pytest.mark.django_db

SATURDAY, SUNDAY = datetime.date(2026, 10, 24), datetime.date(2026, 10, 25)
MONDAY = datetime.date(2026, 10, 26)
MORNING = "2026-10-24 21:00:00"  # six on Sunday in Tokyo


@pytest.fixture(scope="module")
def index(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        page = in_two_languages()[EventIndexPage]
        employ()
        yield page
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def morning(index):
    with freeze_time(MORNING):
        yield


@pytest.fixture
def festival(index):
    committee = Group.objects.get(name="実行委員会")
    return FestivalPageFactory(
        parent=fresh(index), slug="festival", title="見本まつり", committee=committee
    )


@pytest.fixture
def hall(index):
    return VenueFactory(name="見本ホール")


@pytest.fixture
def reading(festival, hall):
    return EventPageFactory(
        parent=fresh(festival), slug="reading", title="見本の朗読", sessions=[at(10, venue=hall)]
    )


@pytest.fixture
def market(festival):
    sessions = [at(11), at(11, SATURDAY)]
    return EventPageFactory(
        parent=fresh(festival), slug="market", title="見本の市", sessions=sessions
    )


def at(hour: int, day=SUNDAY, **values) -> dict:
    return {"starts_on": day, "starts_at": datetime.time(hour), **values}


def moment(hour: int, day=SUNDAY) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


@pytest.fixture
def duty(index):
    return client_of("duty")


def press(client, about: dict, **values):
    return client.post(reverse("duty"), {**about, **values})


def sunday_of(festival) -> dict:
    return {"festival": festival.pk, "day": "2026-10-25"}


def errors(answer) -> dict:
    assert answer.status_code == 200
    return answer.context["form"].errors


# One press


def test_from_the_home_page_in_two_presses(duty, festival, reading, market):
    """The admin's home page offers the Sunday; its screen has one form with one button."""
    home = BeautifulSoup(text_of(duty.get(reverse("wagtailadmin_home"))), "html.parser")
    [today] = home.select("a.duty-choice--today")
    assert "2026年10月25日(日)" in today.text
    assert "2" in today.select_one(".duty-choice__count").text
    page = BeautifulSoup(text_of(duty.get(today["href"])), "html.parser")
    [form] = page.select("form.duty-form")
    assert len(form.select("button")) == 1
    names = page.select_one(".duty-affected summary").text
    assert all(words in names for words in ("2", "見本の朗読", "見本の市"))
    data = {field["name"]: field.get("value", "") for field in form.select("input[type=hidden]")}
    answer = press(duty, data, status="cancelled")
    assert answer.status_code == 302
    decision = Decision.objects.get()
    assert (decision.festival, decision.day, decision.status) == (festival, SUNDAY, "cancelled")
    assert decision.made_by.username == "duty"
    assert decision.made_at == timezone.now()
    assert "中止" in text_of(duty.get(answer.url))


def test_a_day_is_postponed_with_all_that_is_said(duty, festival, reading):
    answer = press(
        duty,
        sunday_of(festival),
        status="postponed",
        postponed_to="2026-10-31",
        next_time="午前7時",
        next_day="2026/10/26",
        note="雨のため",
        note_en="Because of rain",
        moved_to="",
    )
    assert answer.status_code == 302
    decision = Decision.objects.get()
    assert decision.postponed_to == datetime.date(2026, 10, 31)
    assert decision.next_decision_at == moment(7, MONDAY)
    assert (decision.note, decision.note_en) == ("雨のため", "Because of rain")
    [entry] = affected(Scope(festival, day=SUNDAY))
    assert entry.settled.standing == Standing.RESCHEDULED


@pytest.mark.parametrize("typed", ["令和8年10月31日", "2026/10/31", "２０２６年１０月３１日"])
def test_days_are_understood_as_typed(duty, festival, reading, typed):
    press(duty, sunday_of(festival), status="postponed", postponed_to=typed)
    assert Decision.objects.get().postponed_to == datetime.date(2026, 10, 31)


def test_without_a_day_the_next_decision_is_today(duty, festival, reading):
    press(duty, sunday_of(festival), status="on", next_time="07:30")
    decided = Decision.objects.get().next_decision_at
    assert decided == moment(7) + datetime.timedelta(minutes=30)


def test_a_single_event_is_moved(duty, reading):
    gym = VenueFactory(name="見本体育館")
    about = {"event": reading.pk, "day": "2026-10-25"}
    assert press(duty, about, status="moved", moved_to=gym.pk).status_code == 302
    decision = Decision.objects.get()
    assert (decision.event, decision.festival, decision.moved_to) == (reading, None, gym)


def test_a_venue_on_a_day(duty, reading, market, hall):
    about = {"venue": hall.pk, "day": "2026-10-25"}
    assert "見本の市" not in text_of(duty.get(reverse("duty"), about))
    press(duty, about, status="cancelled")
    decision = Decision.objects.get()
    assert (decision.venue, decision.day) == (hall, SUNDAY)


def test_what_belongs_to_another_status_is_left_out(duty, festival, reading, hall):
    """The screen hides those fields; what was typed into them first is not meant."""
    press(
        duty,
        sunday_of(festival),
        status="cancelled",
        postponed_to="2020-01-01",
        moved_to=hall.pk,
    )
    decision = Decision.objects.get()
    assert (decision.postponed_to, decision.moved_to) == (None, None)


# What does not fit


def test_nothing_is_chosen(duty, festival, reading):
    answer = press(duty, {}, status="cancelled")
    assert "対象が選ばれていません" in text_of(answer)
    assert "status" in errors(press(duty, sunday_of(festival)))
    assert "status" in errors(press(duty, sunday_of(festival), status="closed"))
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"status": "postponed"}, "postponed_to"),
        ({"status": "postponed", "postponed_to": "2026-10-25"}, "postponed_to"),
        ({"status": "postponed", "postponed_to": "2026-10-24"}, "postponed_to"),
        ({"status": "postponed", "postponed_to": "2028-10-24"}, "postponed_to"),
        ({"status": "postponed", "postponed_to": "あした"}, "postponed_to"),
        ({"status": "moved"}, "moved_to"),
        ({"status": "moved", "moved_to": "999999"}, "moved_to"),
        ({"status": "on", "next_time": "05:59"}, "next_time"),
        ({"status": "on", "next_time": "10:00", "next_day": "2026-10-24"}, "next_time"),
        ({"status": "on", "next_day": "2026-10-26"}, "next_time"),
        ({"status": "on", "next_time": "朝"}, "next_time"),
        ({"status": "on", "next_time": "10:00", "next_day": "2036-10-24"}, "next_day"),
        ({"status": "on", "note": "長" * 201}, "note"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    duty, festival, reading, values, field
):
    answer = press(duty, sunday_of(festival), **values)
    assert list(errors(answer)) == [field]
    page = BeautifulSoup(text_of(answer), "html.parser")
    assert page.select_one(f".duty-field--wrong [name={field}]")
    for name, value in values.items():
        assert answer.context["form"][name].value() == value
    assert not Decision.objects.exists()


def test_a_new_day_that_is_not_known_yet_needs_the_time_of_the_next_decision(
    duty, festival, reading
):
    values = {"status": "postponed", "next_time": "07:00"}
    assert press(duty, sunday_of(festival), **values).status_code == 302
    assert Decision.objects.get().postponed_to is None


def test_several_days_have_no_one_new_day(duty, festival, reading):
    answer = press(duty, {"festival": festival.pk}, status="postponed", postponed_to="2026-10-31")
    assert list(errors(answer)) == ["postponed_to"]


def test_a_move_to_where_it_is_already(duty, reading, hall):
    about = {"event": reading.pk, "day": "2026-10-25"}
    assert list(errors(press(duty, about, status="moved", moved_to=hall.pk))) == ["moved_to"]


def test_a_day_on_which_nothing_takes_place(duty, festival, reading):
    for about in (
        {"festival": festival.pk, "day": "2026-10-28"},
        {"event": reading.pk, "day": "2026-10-26"},
        {"day": "2027-01-10"},
    ):
        assert "__all__" in errors(press(duty, about, status="cancelled")), about
    assert not Decision.objects.exists()


def test_a_day_that_is_over(duty, festival, reading, market):
    about = {"festival": festival.pk, "day": "2026-10-24"}
    assert "__all__" in errors(press(duty, about, status="cancelled"))


def test_a_festival_is_decided_about_before_it_has_a_programme(duty, festival):
    assert press(duty, sunday_of(festival), status="cancelled").status_code == 302


@pytest.mark.parametrize(
    "about",
    [
        {"day": "2026-13-45"},
        {"day": "あした"},
        {"event": "999999"},
        {"event": "1; DROP"},
        {"event": "9" * 40},
        {"festival": "-1"},
        {"venue": "²"},
        {"festival": "\x00"},
    ],
)
def test_addresses_that_mean_nothing(duty, festival, about):
    for answer in (duty.get(reverse("duty"), about), press(duty, about, status="cancelled")):
        assert answer.status_code == 200
        assert answer.context["problem"]
        assert "festivals" in answer.context, "the choice is offered again"
    assert not Decision.objects.exists()


def test_a_venue_needs_its_day(duty, hall):
    answer = press(duty, {"venue": hall.pk}, status="cancelled")
    assert answer.context["problem"]
    assert not Decision.objects.exists()


def test_drafts_are_not_decided_about(duty, festival):
    draft = EventPageFactory(parent=fresh(festival), slug="draft", sessions=[at(10)], live=False)
    answer = press(duty, {"event": draft.pk, "day": "2026-10-25"}, status="cancelled")
    assert "__all__" in errors(answer)


# Once, and for ever


def test_two_presses_make_one_decision(duty, festival, reading):
    for _press in range(2):
        answer = press(duty, sunday_of(festival), status="cancelled")
    assert Decision.objects.count() == 1
    assert "すでに決定しています" in text_of(duty.get(answer.url))


def test_another_decision_in_between_is_made(duty, festival, reading):
    for status in ("cancelled", "on", "cancelled"):
        press(duty, sunday_of(festival), status=status)
    assert Decision.objects.count() == 3


def test_after_a_minute_it_is_another_press(duty, festival, reading):
    with freeze_time(MORNING) as clock:
        press(duty, sunday_of(festival), status="cancelled")
        clock.tick(61)
        press(duty, sunday_of(festival), status="cancelled")
    assert Decision.objects.count() == 2


def test_it_stands_in_wagtails_histories(duty, festival, reading, hall):
    press(duty, sunday_of(festival), status="cancelled")
    press(duty, {"event": reading.pk, "day": "2026-10-25"}, status="on")
    press(duty, {"venue": hall.pk, "day": "2026-10-25"}, status="cancelled")
    press(duty, {"day": "2026-10-25"}, status="on")
    logged = PageLogEntry.objects.filter(action="events.decide")
    assert {entry.page_id for entry in logged} == {festival.pk, reading.pk}
    assert {entry.user.username for entry in logged} == {"duty"}
    assert ModelLogEntry.objects.filter(action="events.decide").count() == 2
    admin = client_of("admin")
    history = text_of(admin.get(reverse("wagtailadmin_pages:history", args=[festival.pk])))
    assert "中止: 見本まつり" in history
    # Only these: what the tests' set-up logged at the real day is newer and fills the first page.
    decided = {"action": "events.decide"}
    report = text_of(admin.get(reverse("wagtailadmin_reports:site_history"), decided))
    assert report.count("2026-10-25") >= 4


def test_the_log_says_who_when_and_what_and_is_filtered(duty, festival, reading):
    gym = VenueFactory(name="見本体育館")
    press(duty, sunday_of(festival), status="postponed", postponed_to="2026-10-31", note="雨")
    press(duty, {"event": reading.pk, "day": "2026-10-25"}, status="moved", moved_to=gym.pk)
    log = reverse("duty_log")
    page = text_of(duty.get(log))
    for words in ("順延", "場所変更", "見本体育館", "2026年10月31日(土)", "雨", "duty", "午前6時"):
        assert words in page, words

    def found(**query):
        return [row.status for row in duty.get(log, query).context["object_list"]]

    assert found() == ["moved", "postponed"]
    assert found(status="moved") == ["moved"]
    assert found(festival=festival.pk) == ["moved", "postponed"]
    assert found(event=reading.pk) == ["moved"]
    assert found(day="令和8年10月25日") == ["moved", "postponed"]
    assert found(day="2026-10-24") == []
    assert duty.get(log, {"day": "x", "festival": "x"}).status_code == 200
    assert duty.get(log, {"export": "xlsx"}).status_code == 200


def test_no_view_changes_or_deletes_a_decision(festival):
    from django.urls import get_resolver

    decision = DecisionFactory(festival=festival, day=SUNDAY)
    names = [str(name) for name in get_resolver().reverse_dict if isinstance(name, str)]
    assert not [name for name in names if "decision" in name and "disposal" not in name]
    assert not hasattr(decision, "snippet_viewset")
    assert {name for name, _label in Decision._meta.permissions} == {"decide_own_edition"}
    assert Decision._meta.default_permissions == ("add", "view")


@pytest.mark.parametrize("kind", ["festival", "event"])
def test_what_was_decided_about_is_not_deleted(festival, reading, kind):
    page = {"festival": festival, "event": reading}[kind]
    DecisionFactory(event=reading, day=SUNDAY)
    admin = client_of("admin")
    answer = admin.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert answer.status_code == 302
    assert Decision.objects.count() == 1
    assert "見本の朗読" in text_of(admin.get(answer.url))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    admin.post(f"{bulk}?id={page.pk}", {})
    assert Decision.objects.count() == 1


def test_the_page_leads_to_the_desk_and_to_its_decisions(duty, festival, reading):
    for client, page in ((client_of("pr"), reading), (client_of("pr"), festival)):
        answer = text_of(client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
        name = "event" if page == reading else "festival"
        assert f"{reverse('duty')}?{name}={page.pk}" in answer
        assert f"{reverse('duty_log')}?{name}={page.pk}" in answer
    department = client_of("department")
    answer = text_of(department.get(reverse("wagtailadmin_pages:edit", args=[reading.pk])))
    assert reverse("duty") not in answer


# What is offered


def test_the_next_festival_comes_first_and_today_is_marked(duty, index, festival, reading):
    later = FestivalPageFactory(
        parent=fresh(index), slug="later", title="後のまつり", days=[datetime.date(2026, 11, 7)]
    )
    FestivalPageFactory(parent=fresh(index), slug="past", title="前のまつり", days=[SATURDAY])
    FestivalPageFactory(parent=fresh(index), slug="draft", days=[MONDAY], live=False)
    offered = duty.get(reverse("duty")).context["festivals"]
    assert [each.festival for each in offered] == [festival, later]
    assert [choice.scope.day for choice in offered[0].days] == [SUNDAY]
    assert offered[0].days[0].is_today


def test_the_new_day_is_offered_too(duty, festival, reading):
    press(duty, sunday_of(festival), status="postponed", postponed_to="2026-10-31")
    [offered] = duty.get(reverse("duty")).context["festivals"]
    assert [choice.scope.day for choice in offered.days] == [SUNDAY, datetime.date(2026, 10, 31)]
    about = {"festival": festival.pk, "day": "2026-10-31"}
    assert press(duty, about, status="cancelled").status_code == 302
    [entry] = affected(Scope(festival, day=SUNDAY))
    assert entry.settled.standing == Standing.CANCELLED


def test_events_outside_festivals_are_offered_by_day(duty, index, festival, reading):
    alone = EventPageFactory(parent=fresh(index), slug="alone", title="単独", sessions=[at(9)])
    page = text_of(duty.get(reverse("duty")))
    assert f"?event={alone.pk}&day=2026-10-25" in page
    assert "?day=2026-10-25" in page
    committee = text_of(client_of("iinkai").get(reverse("duty")))
    assert "見本まつり" in committee
    assert "単独" not in committee
    assert "?day=" not in committee


def test_every_narrower_choice_is_one_press_away(duty, festival, reading, market, hall):
    page = text_of(duty.get(reverse("duty"), sunday_of(festival)))
    assert f"?festival={festival.pk}&venue={hall.pk}&day=2026-10-25" in page
    assert f"?event={reading.pk}&day=2026-10-25" in page
    assert f"?event={market.pk}&day=2026-10-25" in page


def test_the_screen_says_what_was_decided_before(duty, festival, reading):
    press(duty, sunday_of(festival), status="cancelled")
    page = BeautifulSoup(text_of(duty.get(reverse("duty"), sunday_of(festival))), "html.parser")
    assert "中止" in page.select_one(".duty-now").text
    assert "duty" in page.select_one(".duty-decisions").text


def test_the_screen_costs_the_same_for_many_events(duty, festival, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert duty.get(reverse("duty"), sunday_of(festival)).status_code == 200
        return len(queries)

    EventPageFactory(parent=fresh(festival), slug="first", sessions=[at(9)])
    count()
    few = count()
    for number in range(30):
        EventPageFactory(parent=fresh(festival), slug=f"e{number}", sessions=[at(9)])
    assert count() == few
