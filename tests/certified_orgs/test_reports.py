"""The yearly report: written by private link or entered from paper, accepted or sent back."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.http import urlsafe_base64_encode
from freezegun import freeze_time

from certified_orgs import holder_forms, links, moves, yearly_reports
from certified_orgs.factories import SchemeYearFactory, YearlyReportFactory
from certified_orgs.models import Attachment, Reminder, YearlyReport
from certified_orgs.states import Who
from certified_orgs.viewsets.reports import LATENESS, lateness_of
from home.factories import SmallSite
from tests.queries import assert_few
from tests.staff import client_of, employ

from .files import large, pdf, picture
from .holders import at_noon, certificate, day, keep_picture

pytestmark = pytest.mark.django_db

WINDOW = moves.Actor(Who.WINDOW)
SUMMARY = "見本：店の前の花壇を世話しました。"


@pytest.fixture(autouse=True)
def _site():
    SmallSite()
    SchemeYearFactory()


@pytest.fixture
def report():
    return YearlyReportFactory()


def address(report, language="ja") -> str:
    return f"/{language}/certified/report/{links.give(report, 'report', 60)}/"


def form(*lines, do="save", **values) -> dict:
    """What a browser sends; lines: (mark, activity, figure, unit)."""
    data = {"summary": SUMMARY, "summary_en": "", "do": do, **values}
    data |= {"activity-TOTAL_FORMS": str(len(lines)), "activity-INITIAL_FORMS": "0"}
    for number, line in enumerate(lines):
        names = ("mark", "activity", "figure", "unit")
        data |= {
            f"activity-{number}-{name}": value for name, value in zip(names, line, strict=True)
        }
    return data


LINE = ("8.3", "見本：若い人を二人雇いました。", "２", "人")


# By private link


def test_what_is_saved_is_there_again_and_not_sent(client, report):
    url = address(report)
    answer = client.post(url, form(LINE, files=[picture()]), follow=True)
    assert SUMMARY in answer.content.decode()
    report.refresh_from_db()
    assert (report.state, report.summary) == ("due", SUMMARY)
    row = report.activities.get()
    assert (row.mark.name, row.figure, row.unit) == ("8.3", 2, "人")
    assert report.attachments.count() == 1
    page = client.get(url).content.decode()
    assert "見本：若い人を二人雇いました。" in page
    assert 'value="2"' in page


def test_it_is_checked_sent_and_the_link_is_used_up(client, report):
    url = address(report)
    answer = client.post(url, form(LINE, do="review"), follow=True)
    assert answer.redirect_chain[-1][0].endswith("/review/")
    assert SUMMARY in answer.content.decode()
    with at_noon("2026-11-27"):
        thanks = client.post(url + "review/", follow=True)
    assert report.certificate.number in thanks.content.decode()
    assert "2026年11月27日" in thanks.content.decode()
    report.refresh_from_db()
    assert (report.state, report.route) == ("submitted", "online")
    assert report.received_on == day("2026-11-27")
    assert report.moves.count() == 1


@pytest.fixture
def complete(report):
    """All that a report needs is saved."""
    report.summary = SUMMARY
    report.save()
    report.activities.create(mark_id=1, activity="見本")
    return report


def test_the_second_press_shows_the_same_receipt(client, complete):
    url = address(complete)
    with freeze_time("2026-11-27T14:59:00Z"):  # a minute before midnight in Tokyo
        first = client.post(url + "review/")
    with freeze_time("2026-11-27T15:01:00Z"):
        second = client.post(url + "review/")
        assert first.url == second.url
        assert client.get(second.url).status_code == 200
    assert complete.moves.count() == 1


def test_two_presses_at_the_same_time_lead_to_the_receipt(client, complete, monkeypatch):
    """The second one has read the report before the first one has sent it."""
    submit = yearly_reports.submit

    def a_moment_later(report, actor):
        submit(YearlyReport.objects.get(pk=report.pk), actor)
        submit(report, actor)

    monkeypatch.setattr(yearly_reports, "submit", a_moment_later)
    assert "/certified/sent/" in client.post(address(complete) + "review/").url


def test_all_other_uses_of_a_used_link_open_nothing(client, complete):
    url = address(complete)
    with at_noon("2026-11-27"):
        client.post(url + "review/")
        for rest in ("", "review/"):
            assert client.get(url + rest).status_code == 404
        assert client.post(url, form(LINE)).status_code == 404
    with freeze_time("2026-11-27T03:11:00Z"):
        assert client.post(url + "review/").status_code == 404


def test_what_others_have_done_meanwhile_is_no_second_press(client, complete):
    """It came on paper, it was sent back, the window gave a new link: nothing was sent by it."""
    replaced = address(complete)
    url = address(complete)
    assert client.post(replaced + "review/").status_code == 404
    yearly_reports.submit(complete, WINDOW)
    assert client.post(url + "review/").status_code == 404
    yearly_reports.send_back(complete, WINDOW, "見本")
    assert client.post(url + "review/").status_code == 404


def test_what_is_missing_is_said_and_the_rest_is_kept(client, report):
    url = address(report)
    answer = client.post(url, form(("", "", "", ""), do="review", summary=""))
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert "「1年間に行ったこと」を書いてください。" in page
    assert client.get(url + "review/").status_code == 302
    assert client.post(url + "review/").status_code == 302
    report.refresh_from_db()
    assert report.state == "due"


def test_a_line_that_is_wrong_comes_back_with_what_was_typed(client, report):
    line = ("8.3", "見本の活動", "たくさん", "人")
    answer = client.post(address(report), form(line, LINE))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "たくさん" in page
    assert 'aria-invalid="true"' in page
    assert SUMMARY in page
    report.refresh_from_db()
    assert report.summary == SUMMARY
    assert not report.activities.exists()


def test_a_picture_that_came_with_something_wrong_is_shown_as_kept(client, report):
    answer = client.post(
        address(report), form(("8.3", "見本", "たくさん", ""), files=[picture("店.jpg")])
    )
    assert report.attachments.count() == 1
    assert "店.jpg" in answer.content.decode(), "or it would be attached a second time"


def test_the_same_mark_twice_is_refused(client, report):
    answer = client.post(address(report), form(LINE, ("8.3", "もう一つ", "", "")))
    assert answer.status_code == 200
    assert not report.activities.exists()


def test_a_text_that_is_too_long_is_not_cut(client, report):
    long = "見" * 601
    page = client.post(address(report), form(LINE, summary=long)).content.decode()
    assert long in page
    report.refresh_from_db()
    assert report.summary == ""


def test_bad_files_are_named_and_good_ones_kept(client, report):
    files = [picture(), large(11, "大きい.pdf"), pdf("鍵.pdf", password="x")]
    page = client.post(address(report), form(LINE, files=files)).content.decode()
    assert "大きい.pdf" in page
    assert "鍵.pdf" in page
    assert [each.name for each in report.attachments.all()] == ["店.jpg"]


def test_a_picture_is_described_and_removed(client, report):
    attachment = keep_picture(report)
    url = address(report)
    client.post(url, form(LINE, **{f"note-{attachment.pk}": "見本：花壇"}))
    attachment.refresh_from_db()
    assert attachment.note == "見本：花壇"
    client.post(url, form(LINE, **{f"note-{attachment.pk}": " 見本：\u202e花\x00ﾀﾞﾝ" + "長" * 200}))
    attachment.refresh_from_db()
    assert attachment.note == "見本：花ダン" + "長" * 194, "as names are kept, and cut"
    client.post(url, form(LINE, do=f"remove-{attachment.pk}"))
    assert not Attachment.objects.exists()


def test_a_scan_is_the_offices_and_the_holder_neither_sees_nor_removes_it(client, report):
    scan = keep_picture(report, is_scan=True, note="見本：窓口の控え")
    url = address(report)
    assert "見本：窓口の控え" not in client.get(url).content.decode()
    client.post(url, form(LINE, do=f"remove-{scan.pk}", **{f"note-{scan.pk}": "x"}))
    scan.refresh_from_db()
    assert scan.note == "見本：窓口の控え"


def test_nobody_removes_the_picture_of_somebody_else(client, report):
    other = keep_picture(YearlyReportFactory())
    client.post(address(report), form(LINE, do=f"remove-{other.pk}", **{f"note-{other.pk}": "x"}))
    other.refresh_from_db()
    assert other.note == ""


def test_the_marks_of_the_holder_are_offered(client, report):
    before = YearlyReportFactory(
        certificate=report.certificate, fiscal_year=report.fiscal_year - 1, state="accepted"
    )
    client.post(address(report), form(("13", "見本", "", "")))
    rows = list(report.activities.values("mark_id", "activity", "figure", "unit"))
    before.activities.create(mark_id=rows[0]["mark_id"], activity="見本：去年")
    report.activities.all().delete()
    page = client.get(address(report)).content.decode()
    assert re.search(r'<option value="13" selected', page)
    assert "見本：去年" not in page


def test_a_report_that_was_sent_back_shows_the_note(client, report):
    report.summary = SUMMARY
    report.save()
    yearly_reports.set_activities(report, [])
    report.activities.create(mark_id=1, activity="見本")
    yearly_reports.submit(report, moves.APPLICANT)
    yearly_reports.send_back(report, WINDOW, "見本：人数も書いてください。")
    page = client.get(address(report)).content.decode()
    assert "見本：人数も書いてください。" in page
    assert SUMMARY in page


def test_all_bad_links_look_alike(client, report):
    good = address(report)
    token = good.split("/")[-2]
    other_purpose = links.give(report, "change", 60)
    expired = links.give(YearlyReportFactory(), "report", -1)
    submitted = YearlyReportFactory(state="submitted")
    ended = YearlyReportFactory(certificate=certificate(state="returned"))
    bad = [other_purpose, expired, token[:-1], "x" * 43, links.give(submitted, "report", 60)]
    bad.append(links.give(ended, "report", 60))
    pages = {client.get: set(), client.post: set()}  # an answer to a form has no furigana button
    for each in bad:
        for method in pages:
            answer = method(f"/ja/certified/report/{each}/")
            assert answer.status_code == 404
            assert answer.headers["Cache-Control"] == "no-store, private"
            page = answer.content.decode().replace(each, "")
            pages[method].add(re.sub(r'csrfmiddlewaretoken" value="[^"]+', "", page))
    for each in pages.values():
        assert len(each) == 1
        assert report.certificate.name not in each.pop()


def test_a_receipt_that_somebody_made_up_is_none(client):
    forged = urlsafe_base64_encode(b"report~KSC-2026-001~2026-01-01:x")
    for receipt in (forged, "report", "x" * 400):
        assert client.get(f"/ja/certified/sent/{receipt}/").status_code == 404


def test_private_pages_are_kept_by_nobody(client, report):
    answer = client.get(address(report))
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "<script" not in answer.content.decode()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_form_asks_few_questions(report, language):
    assert_few(address(report, language))


def test_submitting_takes_back_the_windows_check(report):
    YearlyReport.objects.filter(pk=report.pk).update(
        not_on_paper_at="2026-07-01T00:00Z", summary=SUMMARY
    )
    report.refresh_from_db()
    report.activities.create(mark_id=1, activity="見本")
    yearly_reports.submit(report, moves.APPLICANT)
    report.refresh_from_db()
    assert report.not_on_paper_at is None


def test_nobody_writes_into_what_was_sent_meanwhile(client, report, monkeypatch):
    """From paper, while the holder was pressing the button."""
    url = address(report)
    is_valid = holder_forms.ActivitiesFormSet.is_valid

    def sent_first(activities):
        YearlyReport.objects.filter(pk=report.pk).update(state="submitted", summary="見本：紙")
        return is_valid(activities)

    monkeypatch.setattr(holder_forms.ActivitiesFormSet, "is_valid", sent_first)
    assert client.post(url, form(LINE, files=[picture()])).status_code == 404
    report.refresh_from_db()
    assert report.summary == "見本：紙"
    assert not report.activities.exists()
    assert not report.attachments.exists()


# In the office


@pytest.fixture
def office():
    employ()


def press(who: str, name: str, /, *args, **values):
    return client_of(who).post(reverse(f"reports:{name}", args=args), values)


def see(who: str, name: str, *args, **query):
    return client_of(who).get(reverse(f"reports:{name}", args=args), query)


@pytest.mark.parametrize("name", ["reports", "changes", "certificates"])
def test_the_lists_are_exported(office, name):
    YearlyReportFactory()
    answer = client_of("shokokai").get(reverse(f"{name}:index"), {"export": "csv"})
    assert answer.status_code == 200
    assert b"".join(answer)


def test_each_window_sees_its_own_reports_only(office):
    shop = YearlyReportFactory()
    group = YearlyReportFactory(certificate=certificate(kind="group"))
    for who, seen in (("shokokai", {shop}), ("katsudo", {group}), ("mirai", {shop, group})):
        rows = see(who, "index").context["object_list"]
        assert set(rows) == seen
        for report in (shop, group):
            expected = 200 if report in seen else 404
            assert see(who, "file", report.pk).status_code == expected
            assert see(who, "link", report.pk).status_code == expected
    for who in ("pr", "department", "translator", "iinkai"):
        assert see(who, "index").status_code == 302
        assert see(who, "file", shop.pk).status_code in (302, 404)


def test_reports_are_found_by_name_and_by_how_late_they_are(office):
    with at_noon("2027-06-15"):
        late = YearlyReportFactory(due_on=day("2027-06-01"), overdue_after=day("2027-06-30"))
        after = YearlyReportFactory(due_on=day("2027-05-01"), overdue_after=day("2027-05-31"))
        public = YearlyReportFactory(
            due_on=day("2027-05-01"),
            overdue_after=day("2027-05-31"),
            not_on_paper_at="2027-06-10T00:00Z",
        )
        ended = certificate(state="expired")
        for year in (late, after, public):
            YearlyReportFactory(
                certificate=ended,
                fiscal_year=year.certificate.fiscal_year + year.pk,
                due_on=year.due_on,
                overdue_after=year.overdue_after,
                not_on_paper_at=year.not_on_paper_at,
            )
        for value, report in (("late", late), ("to_look_for", after), ("public", public)):
            shown = see("shokokai", "index", lateness=value)
            assert set(shown.context["object_list"]) == {report}
            assert lateness_of(report) == dict(LATENESS)[value]
        for report in ended.reports.all():
            assert lateness_of(report) == "", "of who has ended none is asked"
            assert "紙でも届いていない" not in see("shokokai", "file", report.pk).content.decode()
        found = see("shokokai", "index", q=late.certificate.number).context["object_list"]
        assert list(found) == [late]


def submitted(**values) -> YearlyReport:
    report = YearlyReportFactory(summary=SUMMARY, **values)
    report.activities.create(mark_id=1, activity="見本の活動")
    yearly_reports.submit(report, moves.APPLICANT)
    return report


def test_the_window_accepts(office, django_capture_on_commit_callbacks):
    report = submitted()
    with django_capture_on_commit_callbacks(execute=True):
        press("shokokai", "accept", report.pk)
    report.refresh_from_db()
    assert report.state == "accepted"
    assert report.accepted_at
    assert len(mail.outbox) == 1
    assert press("shokokai", "accept", report.pk).status_code == 200  # said above the form
    assert report.moves.filter(step="accept").count() == 1


def test_it_is_sent_back_with_a_note_and_a_link_that_opens(
    office, client, django_capture_on_commit_callbacks
):
    report = submitted()
    with django_capture_on_commit_callbacks(execute=True):
        press("shokokai", "send_back", report.pk, note="見本：人数も書いてください。")
    report.refresh_from_db()
    assert report.state == "sent_back"
    body = mail.outbox[0].body
    assert "見本：人数も書いてください。" in body
    token = body.split("/report/")[1].split("/")[0]
    assert (
        "見本：人数も書いてください。"
        in client.get(f"/ja/certified/report/{token}/").content.decode()
    )


def test_sending_back_needs_a_note(office):
    report = submitted()
    assert press("shokokai", "send_back", report.pk, note=" ").status_code == 200
    report.refresh_from_db()
    assert report.state == "submitted"


def test_without_a_mail_address_the_letter_is_printed(office):
    report = submitted()
    report.certificate.contact.email = ""
    report.certificate.contact.save()
    letter = press("shokokai", "send_back", report.pk, note="見本：人数も書いてください。")
    page = letter.content.decode()
    assert "見本：人数も書いてください。" in page
    assert "/certified/report/" in page
    assert "<svg" in page
    assert "no-store" in letter.headers["Cache-Control"]
    assert mail.outbox == []


def test_a_new_link_is_printed_and_the_old_one_ends(office, client):
    report = YearlyReportFactory()
    old = address(report)
    page = press("shokokai", "link", report.pk, channel="letter").content.decode()
    new = re.search(r"/certified/report/([\w-]+)/", page)[1]
    assert client.get(old).status_code == 404
    assert client.get(f"/ja/certified/report/{new}/").status_code == 200


def test_not_on_paper_is_recorded_only_after_the_days_of_grace(office):
    report = YearlyReportFactory(due_on=day("2027-05-31"), overdue_after=day("2027-06-30"))
    with at_noon("2027-06-30"):
        assert press("shokokai", "not_on_paper", report.pk, looked="on").status_code == 200
        report.refresh_from_db()
        assert report.not_on_paper_at is None
    with at_noon("2027-07-01"):
        assert press("shokokai", "not_on_paper", report.pk).status_code == 200
        press("shokokai", "not_on_paper", report.pk, looked="on")
    report.refresh_from_db()
    assert report.not_on_paper_by.username == "shokokai"


def test_a_report_from_paper_is_submitted_with_its_scan(office):
    report = YearlyReportFactory()
    link = address(report)
    data = form(LINE, route="fax", received_on="令和8年11月1日", files=[pdf("報告書.pdf")])
    assert press("shokokai", "enter", report.pk, **data).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.route, report.received_on) == (
        "submitted", "fax", day("2026-11-01"),
    )  # fmt: skip
    assert report.entered_by.username == "shokokai"
    assert report.attachments.get().is_scan
    assert report.activities.get().mark.name == "8.3"
    assert Client().get(link).status_code == 404
    assert links.find(link.split("/")[-2], "report") is None


def test_a_faulty_entry_keeps_what_was_typed(office):
    report = YearlyReportFactory()
    data = form(("8.3", "見本", "多数", ""), route="paper", received_on="2099-01-01")
    page = press("shokokai", "enter", report.pk, **data).content.decode()
    assert "多数" in page
    assert SUMMARY in page
    report.refresh_from_db()
    assert report.state == "due"


def test_nobody_enters_a_report_of_the_other_kind(office):
    report = YearlyReportFactory(certificate=certificate(kind="group"))
    data = form(LINE, route="fax", received_on="2026-11-01")
    assert press("shokokai", "enter", report.pk, **data).status_code == 404
    report.refresh_from_db()
    assert report.state == "due"


def test_a_letter_that_waits_is_printed_once(office):
    report = YearlyReportFactory()
    report.reminders.create(days=30, channel="letter", on=day("2026-11-01"))
    window = client_of("shokokai")
    listed = window.get(reverse("letters:index"))
    row = listed.context["object_list"].get()
    assert report.certificate.number in listed.content.decode()
    assert window.get(reverse("letters:index"), {"export": "csv"}).status_code == 200
    page = window.post(reverse("letters:file", args=[row.pk])).content.decode()
    assert "/certified/report/" in page
    assert not window.get(reverse("letters:index")).context["object_list"]
    assert client_of("katsudo").get(reverse("letters:file", args=[row.pk])).status_code == 404


def test_one_letter_is_printed_for_all_reminders_of_a_report(office):
    report, other = YearlyReportFactory(), YearlyReportFactory()
    for each in (report, other):
        for days in (30, 7):
            each.reminders.create(days=days, channel="letter", on=day("2026-11-01"))
    first = report.reminders.first()
    client_of("shokokai").post(reverse("letters:file", args=[first.pk]))
    waiting = client_of("shokokai").get(reverse("letters:index")).context["object_list"]
    assert {reminder.report for reminder in waiting} == {other}
    assert report.reminders.filter(printed_at=None).count() == 0


def test_no_letter_waits_for_a_holder_who_has_ended(office):
    report = YearlyReportFactory(certificate=certificate(state="returned"))
    Reminder.objects.create(report=report, days=7, channel="letter", on=day("2026-11-01"))
    assert not client_of("shokokai").get(reverse("letters:index")).context["object_list"]


def test_an_acceptance_is_printed_where_there_is_no_mail(office):
    report = submitted()
    report.certificate.contact.email = ""
    report.certificate.contact.save()
    page = press("shokokai", "accept", report.pk).content.decode()
    assert report.certificate.number in page
    report.refresh_from_db()
    assert report.state == "accepted"
    assert mail.outbox == []


def test_a_faulty_entry_says_that_its_files_have_to_be_chosen_again(office):
    report = YearlyReportFactory()
    data = form(LINE, route="paper", received_on="2099-01-01", files=[pdf("報告書.pdf")])
    assert "報告書.pdf" in press("shokokai", "enter", report.pk, **data).content.decode()
