"""The daily command: what a day brings by itself, once, and nothing else."""

from __future__ import annotations

import datetime
from io import StringIO

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from certified_orgs import clock, decisions, letters, links, moves
from certified_orgs.factories import (
    ApplicationFactory,
    ProposalFactory,
    SchemeYearFactory,
    YearlyReportFactory,
)
from certified_orgs.models import (
    Application,
    Attachment,
    Certificate,
    Move,
    Place,
    PrivateLink,
    Proposal,
    Reminder,
    YearlyReport,
)
from certified_orgs.scheme import renewal_from
from certified_orgs.states import Who
from home.factories import SmallSite

from .holders import at_noon, certificate, day, keep_picture

pytestmark = pytest.mark.django_db

APRIL, MAY = day("2027-04-01"), day("2027-05-31")


@pytest.fixture
def tick(django_capture_on_commit_callbacks):
    """``tick("2027-04-01")`` runs the command at noon of that day, and gives its lines."""

    def run(text: str, **options) -> list[str]:
        output = StringIO()
        with at_noon(text), django_capture_on_commit_callbacks(execute=True):
            call_command("certification_clock", stdout=output, **options)
        return output.getvalue().splitlines()

    return run


@pytest.fixture
def scheme():
    return SchemeYearFactory(fiscal_year=2026)


@pytest.fixture
def register():
    """The register's page, below which the links lead."""
    return SmallSite()


def overdue_report(of=None, **values) -> YearlyReport:
    """Due on 31 May 2027, with grace until 30 June, and looked for among the papers."""
    values = {
        "fiscal_year": 2026,
        "due_on": MAY,
        "overdue_after": day("2027-06-30"),
        "not_on_paper_at": timezone.now(),
    } | values
    return YearlyReportFactory(certificate=of or certificate(), **values)


# Reports are opened


def test_a_report_is_opened_on_the_first_of_april_and_not_before(tick, scheme):
    holder = certificate()
    tick("2027-03-31")
    assert not holder.reports.exists()
    tick("2027-04-01")
    report = holder.reports.get()
    assert (report.fiscal_year, report.state) == (2026, "due")
    assert (report.due_on, report.overdue_after) == (MAY, day("2027-06-30"))


def test_the_settings_of_the_year_in_which_it_is_due_decide(tick, scheme):
    SchemeYearFactory(fiscal_year=2027, report_due_on=day("2027-07-15"), report_grace_days=5)
    holder = certificate()
    tick("2027-04-01")
    assert holder.reports.get().due_on == day("2027-07-15")
    assert holder.reports.get().overdue_after == day("2027-07-20")


def test_due_days_of_an_older_year_move_on_and_29_february_is_28(tick):
    SchemeYearFactory(fiscal_year=2027, report_due_on=day("2028-02-29"))
    holder = certificate("2027-10-01")
    tick("2028-04-01")
    assert holder.reports.get().due_on == day("2029-02-28")


def test_who_was_certified_on_31_march_reports_and_on_1_april_not(tick, scheme):
    before, after = certificate("2027-03-31"), certificate("2027-04-01")
    tick("2027-04-01")
    assert before.reports.count() == 1
    assert after.reports.count() == 0


def test_suspended_holders_are_asked_and_ended_ones_are_not(tick, scheme):
    suspended = certificate(state="suspended")
    ended = certificate(state="returned")
    last_day_was_yesterday = certificate("2026-01-01", valid_until=day("2027-03-31"))
    tick("2027-04-01")
    assert suspended.reports.exists()
    assert not ended.reports.exists()
    assert not last_day_was_yesterday.reports.exists()


def test_who_is_asked_late_gets_time_to_write(tick, scheme):
    holder = certificate()
    tick("2027-11-01")
    assert holder.reports.get().due_on == day("2027-12-01")


# Reminders


def test_reminders_go_out_once_each_with_a_link_that_opens(tick, scheme, register):
    report = YearlyReportFactory(
        certificate=certificate(), fiscal_year=2026, due_on=MAY, overdue_after=day("2027-06-30")
    )
    for text, expected in (
        ("2027-04-30", []),
        ("2027-05-01", [30]),
        ("2027-05-02", [30]),
        ("2027-05-24", [30, 7]),
        ("2027-06-01", [30, 7, -1]),
        ("2027-06-14", [30, 7, -1, -14]),
        ("2027-09-30", [30, 7, -1, -14]),
    ):
        tick(text)
        tick(text)
        assert [reminder.days for reminder in report.reminders.order_by("-days")] == expected
    assert len(mail.outbox) == 4
    assert mail.outbox[0].to == ["holder@example.jp"]
    token = mail.outbox[-1].body.split("/report/")[1].split("/")[0]
    with at_noon("2027-06-14"):
        assert links.find(token, "report").subject == report
        old = mail.outbox[0].body.split("/report/")[1].split("/")[0]
        assert links.find(old, "report") is None


def test_of_days_that_were_missed_only_the_latest_reminder_goes_out(tick, scheme):
    report = overdue_report(not_on_paper_at=None)
    tick("2027-06-02")
    assert [reminder.days for reminder in report.reminders.all()] == [-1]
    tick("2027-06-03")
    assert len(mail.outbox) == 1


def test_no_earlier_reminder_follows_when_the_settings_change(tick, scheme):
    report = overdue_report(not_on_paper_at=None)
    tick("2027-06-02")
    scheme.reminder_days = "30, 7"
    scheme.save()
    tick("2027-06-03")
    assert [reminder.days for reminder in report.reminders.all()] == [-1]


def test_a_reminder_is_in_the_holders_language(tick, scheme, register):
    report = overdue_report(not_on_paper_at=None)
    report.certificate.contact.language = "en"
    report.certificate.contact.save()
    tick("2027-06-02")
    assert "still missing" in mail.outbox[0].body
    assert "/en/certified/report/" in mail.outbox[0].body
    report.certificate.contact.language = "ja"
    report.certificate.contact.save()
    tick("2027-06-14")
    assert "年間報告書" in mail.outbox[1].subject
    assert "/ja/certified/report/" in mail.outbox[1].body
    assert "<" not in mail.outbox[0].body + mail.outbox[1].body


def test_without_a_mail_address_a_letter_waits_to_be_printed(tick, scheme):
    report = overdue_report(not_on_paper_at=None)
    report.certificate.contact.email = ""
    report.certificate.contact.save()
    tick("2027-06-02")
    assert mail.outbox == []
    reminder = report.reminders.get()
    assert (reminder.channel, reminder.printed_at) == ("letter", None)


def test_a_mail_that_is_refused_becomes_a_letter(tick, scheme, monkeypatch):
    report = overdue_report(not_on_paper_at=None)

    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    tick("2027-06-02")
    assert report.reminders.get().channel == "letter"


@pytest.mark.parametrize("state", ["submitted", "accepted"])
def test_nobody_is_reminded_of_what_has_come_in(tick, scheme, state):
    overdue_report(state=state)
    tick("2027-06-02")
    assert not Reminder.objects.exists()


def test_nobody_is_reminded_after_the_end(tick, scheme):
    overdue_report(certificate(state="revoked"))
    tick("2027-06-02")
    assert not Reminder.objects.exists()


# Measures


def test_a_suspension_is_proposed_thirty_days_after_grace_and_never_made(tick, scheme):
    report = overdue_report()
    tick("2027-07-30")
    assert not Proposal.objects.exists()
    tick("2027-07-31")
    tick("2027-07-31")
    proposal = Proposal.objects.get()
    assert (proposal.measure, proposal.report, proposal.state) == ("suspend", report, "proposed")
    assert "2027年5月31日" in proposal.reason
    assert Certificate.objects.get().state == "valid"


def test_without_the_windows_look_among_the_papers_nothing_is_proposed(tick, scheme):
    overdue_report(not_on_paper_at=None)
    tick("2027-12-01")
    assert not Proposal.objects.exists()


def test_what_people_have_dropped_is_not_proposed_again(tick, scheme):
    overdue_report()
    tick("2027-07-31")
    moves.make(
        Proposal.objects.get(), "drop", moves.Actor(Who.DECIDER), reason="見本：事情を聞いた"
    )
    tick("2027-08-01")
    assert Proposal.objects.count() == 1


def test_a_proposal_is_dropped_when_the_report_comes_in_and_can_come_again(tick, scheme):
    report = overdue_report()
    tick("2027-07-31")
    moves.make(report, "submit", moves.APPLICANT)
    tick("2027-08-01")
    proposal = Proposal.objects.get()
    assert proposal.state == "dropped"
    assert Move.objects.filter(step="drop", who="clock", object_id=proposal.pk).exists()
    moves.make(report, "send_back", moves.Actor(Who.WINDOW), reason="見本")
    tick("2027-08-02")
    assert Proposal.objects.filter(state="proposed").count() == 1


def test_who_was_told_of_a_measure_is_told_that_it_is_dropped(tick, scheme):
    report = overdue_report(state="submitted")
    ProposalFactory(
        certificate=report.certificate,
        report=report,
        state="notified",
        notified_on=day("2027-07-31"),
    )
    tick("2027-08-01")
    assert len(mail.outbox) == 1


def test_a_proposal_against_an_ended_certificate_is_dropped(tick, scheme):
    proposal = ProposalFactory(certificate=certificate(state="returned"))
    tick("2027-08-01")
    proposal.refresh_from_db()
    assert proposal.state == "dropped"


def ruling(text: str) -> decisions.Ruling:
    return decisions.Ruling("見本の理由", day(text), day(text), "見本第1号")


def test_a_revocation_is_proposed_so_long_after_the_suspension(tick, scheme, django_user_model):
    report = overdue_report()
    user = django_user_model.objects.create(username="mirai")
    with at_noon("2027-09-01"):
        decisions.suspend(report.certificate, moves.Actor(Who.DECIDER, user), ruling("2027-09-01"))
    tick("2028-02-28")
    assert not Proposal.objects.filter(measure="revoke").exists()
    tick("2028-02-29")
    assert Proposal.objects.get(measure="revoke").report == report
    assert Certificate.objects.get(pk=report.certificate_id).state == "suspended"


def test_no_revocation_once_the_report_is_there(tick, scheme, django_user_model):
    report = overdue_report()
    with at_noon("2027-09-01"):
        decisions.suspend(report.certificate, moves.Actor(Who.DECIDER), ruling("2027-09-01"))
    moves.make(report, "submit", moves.APPLICANT)
    tick("2028-03-10")
    assert not Proposal.objects.filter(measure="revoke").exists()


def test_no_revocation_for_a_report_that_is_late_only_now(tick, scheme):
    """Suspended for something else, and long ago."""
    report = overdue_report()
    with at_noon("2027-01-15"):
        decisions.suspend(report.certificate, moves.Actor(Who.DECIDER), ruling("2027-01-15"))
    tick("2027-08-01")
    assert not Proposal.objects.exists()
    tick("2027-12-28")
    assert Proposal.objects.get().measure == "revoke"


def test_a_revocation_is_considered_no_longer_when_the_suspension_is_lifted(tick, scheme):
    report = overdue_report()
    holder = report.certificate
    decider = moves.Actor(Who.DECIDER)
    with at_noon("2027-09-01"):
        ProposalFactory(certificate=holder, report=report, state="confirmed")
        decisions.suspend(holder, decider, ruling("2027-09-01"))
    tick("2028-03-10")
    by_hand = ProposalFactory(certificate=certificate(state="suspended"), measure="revoke")
    with at_noon("2028-03-11"):
        decisions.reinstate(holder, decider, ruling("2028-03-11"))
    said = tick("2028-03-12")
    assert f"drop proposal to revoke {holder.number} (untold)" in said
    assert Proposal.objects.get(certificate=holder, measure="revoke").state == "dropped"
    by_hand.refresh_from_db()
    assert by_hand.state == "proposed"
    assert tick("2028-03-13") == [], "nor is the same suspension proposed again"
    # Suspended once more, it can be considered once more.
    with at_noon("2028-04-01"):
        decisions.suspend(holder, decider, ruling("2028-04-01"))
    tick("2028-10-01")
    assert Proposal.objects.filter(certificate=holder, state="proposed").count() == 1


# Expiry


def test_a_certificate_expires_the_day_after_its_last_one(tick, scheme):
    holder = certificate("2024-04-01", valid_until=day("2027-03-31"))
    tick("2027-03-31")
    holder.refresh_from_db()
    assert holder.state == "valid"
    tick("2027-04-01")
    tick("2027-04-01")
    holder.refresh_from_db()
    assert (holder.state, holder.ended_on, holder.place) == ("expired", day("2027-03-31"), None)
    assert Move.objects.filter(step="expire", who="clock").count() == 1


def test_a_certificate_of_29_february_expires_after_28_february(tick, scheme):
    holder = certificate("2024-02-29")
    assert holder.valid_until == day("2027-02-28")
    tick("2027-02-28")
    assert Certificate.objects.get().state == "valid"
    tick("2027-03-01")
    assert Certificate.objects.get().state == "expired"


def test_a_renewal_that_is_being_decided_keeps_it_in_force(tick, scheme):
    holder = certificate("2024-04-01", valid_until=day("2027-03-31"))
    renewal = ApplicationFactory(
        purpose="renewal", renews=holder, state="screening", scheme=scheme,
        submitted_at=timezone.make_aware(datetime.datetime(2027, 3, 31, 23, 59)),
    )  # fmt: skip
    tick("2027-04-10")
    holder.refresh_from_db()
    assert holder.state == "valid"
    Application.objects.filter(pk=renewal.pk).update(state="declined")
    tick("2027-04-11")
    holder.refresh_from_db()
    assert holder.state == "expired"


def test_a_renewal_that_came_too_late_does_not(tick, scheme):
    holder = certificate("2024-04-01", valid_until=day("2027-03-31"))
    ApplicationFactory(
        purpose="renewal", renews=holder, state="screening", scheme=scheme,
        submitted_at=timezone.make_aware(datetime.datetime(2027, 4, 1)),
    )  # fmt: skip
    tick("2027-04-01")
    holder.refresh_from_db()
    assert holder.state == "expired"


# Renewal


def test_the_first_day_of_renewal_is_the_same_date_or_the_last_of_its_month():
    scheme = SchemeYearFactory(fiscal_year=2026, renewal_months=6)
    assert renewal_from(day("2027-08-31"), scheme) == day("2027-02-28")
    assert renewal_from(day("2028-08-30"), scheme) == day("2028-02-29")
    assert renewal_from(day("2027-12-31"), scheme) == day("2027-06-30")
    scheme.renewal_months = 12
    assert renewal_from(day("2028-02-29"), scheme) == day("2027-02-28")


def test_the_end_of_a_term_is_reminded_of_once(tick, scheme, register):
    holder = certificate("2024-04-01", valid_until=day("2027-03-31"))
    YearlyReportFactory(certificate=holder, fiscal_year=2025, state="accepted")
    tick("2026-09-29")
    assert mail.outbox == []
    tick("2026-09-30")
    tick("2026-10-01")
    assert len(mail.outbox) == 1
    assert "/certified/change/" in mail.outbox[0].body
    assert Reminder.objects.get().term == holder.terms.get()


def test_who_has_applied_for_renewal_is_not_reminded(tick, scheme):
    holder = certificate("2024-04-01", valid_until=day("2027-03-31"))
    YearlyReportFactory(certificate=holder, fiscal_year=2025, state="accepted")
    ApplicationFactory(purpose="renewal", renews=holder, state="submitted", scheme=scheme)
    tick("2026-10-01")
    assert mail.outbox == []


# Drafts


def draft(until: str, **values) -> Application:
    application = ApplicationFactory(**values)
    with at_noon("2026-10-01"):
        keep_picture(application)
        links.give(application, "draft", 30)
    PrivateLink.objects.update(
        expires_at=timezone.make_aware(datetime.datetime.fromisoformat(f"{until}T12:00"))
    )
    return application


def test_a_draft_that_nobody_can_open_is_erased_with_its_files(tick, scheme):
    draft("2026-10-31", scheme=scheme)
    file = Attachment.objects.get().file
    tick("2026-11-30")
    assert Application.objects.exists()
    assert any("erase draft" in line for line in tick("2026-12-01"))
    assert not Application.objects.exists()
    assert not Attachment.objects.exists()
    assert not PrivateLink.objects.exists()
    assert not file.storage.exists(file.name)


def test_a_file_of_no_case_is_erased_and_no_other(tick, scheme):
    """As a transaction leaves it that was rolled back after the file was written."""
    draft("2027-10-31", scheme=scheme)
    kept = Attachment.objects.get().file
    left = kept.storage.save(kept.field.upload_to(None, "x"), ContentFile(b"x"))
    said = f"erase file {left}, of no case"
    assert said not in tick(f"{timezone.localdate()}")
    assert said in tick("2027-06-01", dry_run=True)
    assert kept.storage.exists(left)
    assert said in tick("2027-06-01")
    assert not kept.storage.exists(left)
    assert kept.storage.exists(kept.name)


def test_what_was_applied_for_stays(tick, scheme):
    draft("2026-10-31", scheme=scheme, state="submitted")
    tick("2027-10-01")
    assert Application.objects.exists()


def test_a_draft_from_paper_stays_for_ninety_days_after_its_last_change(
    tick, scheme, django_user_model
):
    """Its writer may have left, and nobody else can open it."""
    writer = django_user_model.objects.create(username="x")
    with at_noon("2026-10-01"):
        paper = ApplicationFactory(scheme=scheme, entered_by=writer)
        keep_picture(paper)
    tick("2026-12-30")
    assert Application.objects.exists()
    tick("2026-12-31")
    assert not Application.objects.exists()
    assert not Attachment.objects.exists()


def test_files_of_a_form_that_was_never_sent_are_erased_when_its_link_ends(tick, scheme):
    with at_noon("2026-10-01"):
        holder = certificate()
        links.give(holder, "change", 30)
        keep_picture(PrivateLink.objects.get())
    file = Attachment.objects.get().file
    tick("2026-10-31")
    assert Attachment.objects.exists()
    tick("2026-11-01")
    assert not Attachment.objects.exists()
    assert not file.storage.exists(file.name)
    assert PrivateLink.objects.exists()


# The command


def everything() -> dict:
    """All rows that the clock may touch."""
    tables = (Application, Attachment, Certificate, Move, Place, Proposal, Reminder)
    tables += (YearlyReport, PrivateLink)
    return {model: list(model.objects.order_by("pk").values()) for model in tables}


def test_a_dry_run_says_the_same_and_changes_nothing(tick, scheme, register):
    certificate()  # to be asked for a report, and reminded of it
    certificate("2024-02-01")  # expires
    overdue_report(certificate(), fiscal_year=2025)
    draft("2026-10-31", scheme=scheme)
    file = Attachment.objects.get().file
    before = everything()
    said = tick("2027-08-01", dry_run=True)
    assert everything() == before
    assert mail.outbox == []
    assert file.storage.exists(file.name)
    assert tick("2027-08-01") == said
    kinds = {line.split()[0] for line in said}
    assert kinds == {"expire", "open", "remind", "propose", "erase"}
    assert everything() != before
    assert tick("2027-08-01") == []


def test_a_day_to_come_can_be_looked_at_but_not_made(tick, scheme):
    certificate("2024-04-01", valid_until=day("2027-03-31"))
    assert any("expire" in line for line in tick("2027-03-01", on=APRIL, dry_run=True))
    with pytest.raises(CommandError):
        tick("2027-03-01", on=APRIL)
    assert Certificate.objects.get().state == "valid"


def test_one_failure_does_not_stop_the_others_and_is_reported(tick, scheme, monkeypatch):
    first = certificate("2024-04-01", valid_until=day("2027-03-31"))
    second = certificate("2024-04-01", valid_until=day("2027-03-31"))
    expire = decisions.expire

    def fails_once(each):
        expire(each)
        if each.pk == first.pk:
            raise ValueError("見本 代表")

    monkeypatch.setattr(decisions, "expire", fails_once)
    output = StringIO()
    with at_noon("2027-04-01"), pytest.raises(CommandError):
        call_command("certification_clock", stdout=output)
    assert f"FAILED: expire {first.number}: ValueError" in output.getvalue()
    assert "見本" not in output.getvalue()
    states = dict(Certificate.objects.values_list("pk", "state"))
    assert states == {first.pk: "valid", second.pk: "expired"}


def test_a_rule_that_fails_does_not_stop_the_others(tick, scheme, monkeypatch):
    report = overdue_report(not_on_paper_at=None)

    def broken(certificate):
        raise RuntimeError

    monkeypatch.setattr(letters, "channel_of", broken)
    with pytest.raises(CommandError):
        tick("2027-06-02")
    certificate("2024-04-01", valid_until=day("2027-03-31"))
    with pytest.raises(CommandError):
        tick("2027-06-02")
    assert Certificate.objects.filter(state="expired").count() == 1
    assert not report.reminders.exists()


def test_without_a_scheme_nothing_happens(tick):
    assert tick("2027-04-01") == []


def test_after_weeks_of_standstill_all_is_made_up_for_and_nothing_twice(tick, scheme, register):
    """Nothing ran from 31 March to 20 June 2027."""
    holder = certificate()
    ended = certificate("2024-04-01", valid_until=day("2027-04-30"))
    tick("2027-03-31")
    mail.outbox.clear()
    tick("2027-06-20")
    ended.refresh_from_db()
    assert (ended.state, ended.ended_on) == ("expired", day("2027-04-30"))
    report = holder.reports.get()
    assert report.due_on == day("2027-07-20"), "days to write it, though the due day is over"
    tick("2027-06-21")
    assert [reminder.days for reminder in report.reminders.all()] == [30]
    assert len(mail.outbox) == 1
    assert not ended.reports.filter(fiscal_year=2026).exists()


@pytest.mark.parametrize("today", ["2028-02-29", "2028-03-31", "2028-04-01"])
def test_the_days_on_which_calendars_differ_are_days(tick, scheme, today):
    with at_noon("2025-03-01"):
        holder = certificate("2025-03-01")
    assert holder.valid_until == day("2028-02-29")
    tick(today)
    holder.refresh_from_db()
    assert holder.state == ("valid" if today == "2028-02-29" else "expired")
    assert tick(today) == []


def test_what_another_clock_does_at_the_same_time_is_no_failure(
    tick, scheme, register, monkeypatch
):
    """The other one is faster each time: it does what this one has just found."""
    certificate()
    certificate("2024-02-01")
    overdue_report(certificate(), fiscal_year=2025)
    draft("2026-10-31", scheme=scheme)
    found = clock._tasks_of
    is_other = []

    def overtaken(rule, today):
        tasks = found(rule, today)
        if not is_other:
            is_other.append(True)
            for task in found(rule, today):
                task.do()
            is_other.clear()
        return tasks

    monkeypatch.setattr(clock, "_tasks_of", overtaken)
    said = tick("2027-08-01")
    assert not [line for line in said if "FAILED" in line]
    monkeypatch.undo()
    assert tick("2027-08-01") == []
    assert Move.objects.filter(step="expire").count() == 1
    assert len(mail.outbox) == Reminder.objects.filter(channel="mail").count()
