"""The yearly report: written by private link or entered from paper, accepted or sent back."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from certified_orgs import links, moves, yearly_reports
from certified_orgs.factories import SchemeYearFactory, YearlyReportFactory
from certified_orgs.models import Attachment, YearlyReport
from certified_orgs.states import Who
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
    assert client.get(url).status_code == 404
    assert client.post(url + "review/").status_code == 404
    assert report.moves.count() == 1


def test_what_is_missing_is_said_and_the_rest_is_kept(client, report):
    url = address(report)
    answer = client.post(url, form(("", "", "", ""), do="review", summary=""))
    assert "概要" in answer.content.decode() or "summary" in answer.content.decode()
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
    client.post(url, form(LINE, do=f"remove-{attachment.pk}"))
    assert not Attachment.objects.exists()


def test_nobody_removes_the_picture_of_somebody_else(client, report):
    other = keep_picture(YearlyReportFactory())
    client.post(
        address(report), form(LINE, do=f"remove-{other.pk}", **{f"note-{other.pk}": "x"})
    )
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
    pages = set()
    for each in bad:
        for method in (client.get, client.post):
            answer = method(f"/ja/certified/report/{each}/")
            assert answer.status_code == 404
            assert answer.headers["Cache-Control"] == "no-store, private"
            page = answer.content.decode().replace(each, "")
            pages.add(re.sub(r'csrfmiddlewaretoken" value="[^"]+', "", page))
    assert len(pages) == 1
    assert report.certificate.name not in pages.pop()


def test_a_receipt_that_somebody_made_up_is_none(client):
    assert client.get("/ja/certified/sent/report~KSC-2026-001~2026-01-01:x/").status_code == 404
    assert client.get("/ja/certified/sent/report/").status_code == 404


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
