"""What is kept for how long, and that nothing personal is left when it has gone."""

from __future__ import annotations

import datetime
from io import StringIO

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from certified_orgs import changes, decisions, links, moves, retention
from certified_orgs.factories import (
    ApplicationFactory,
    ChangeRequestFactory,
    CriterionFactory,
    ProposalFactory,
    SchemeYearFactory,
    YearlyReportFactory,
)
from certified_orgs.models import (
    Application,
    Attachment,
    Certificate,
    DisposalDecision,
    PrivateLink,
    Score,
    SelfCheck,
    Term,
    YearlyReport,
)
from certified_orgs.moves import Actor
from certified_orgs.states import Who
from tests.staff import client_of, employ

from .desk import is_refused
from .holders import at_noon, certificate, day, keep_picture

pytestmark = pytest.mark.django_db

WORD = "秘密見本"  # stands in everything that a person wrote
LATER = "2060-04-01"
DECIDER = Actor(Who.DECIDER)


def noon(text: str) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.fromisoformat(f"{text}T12:00"))


@pytest.fixture(autouse=True)
def _scheme():
    SchemeYearFactory(fiscal_year=2026)


def due(text: str) -> set[tuple[str, int]]:
    return {item.key for item in retention.due(day(text))}


@pytest.mark.parametrize(
    ("completed", "years", "first"),
    [
        ("2027-03-31", 5, "2032-04-01"),
        ("2027-04-01", 5, "2033-04-01"),
        ("2028-02-29", 3, "2031-04-01"),
    ],
)
def test_years_are_counted_from_the_april_after(completed, years, first):
    assert retention.due_on(day(completed), years) == day(first)


def test_a_declined_application_is_due_after_three_years():
    one = ApplicationFactory(state="declined", closed_at=noon("2027-03-31"))
    assert ("declined", one.pk) not in due("2030-03-31")
    assert ("declined", one.pk) in due("2030-04-01")


def test_a_withdrawn_one_counts_from_its_last_move():
    one = ApplicationFactory(state="submitted")
    moves.make(one, "withdraw", moves.APPLICANT, at=noon("2027-04-01"))
    assert ("declined", one.pk) not in due("2031-03-31")
    assert ("declined", one.pk) in due("2031-04-01")


def test_what_was_certified_is_kept_as_long_as_what_it_gave():
    one = ApplicationFactory(state="certified", closed_at=noon("2026-10-01"))
    holder = certificate("2026-10-01", application=one)
    Term.objects.filter(certificate=holder).update(application=one)
    with at_noon("2040-04-01"):
        assert ("application", one.pk) in due("2040-04-01")
    assert holder.valid_until == day("2029-09-30")
    with at_noon("2035-03-31"):
        assert ("application", one.pk) not in due("2035-03-31")
    with at_noon("2035-04-01"):
        assert ("application", one.pk) in due("2035-04-01")


def test_open_cases_and_holders_in_force_are_never_due():
    ApplicationFactory(state="submitted")
    ApplicationFactory(state="waiting", waiting_rank=1)
    holder = certificate("2026-10-01")
    YearlyReportFactory(certificate=holder, summary=WORD)
    ChangeRequestFactory(certificate=holder)
    ProposalFactory(certificate=holder)
    assert due("2028-04-01") == set()


def test_the_list_can_be_asked_for_a_day_to_come():
    one = ApplicationFactory(state="certified", closed_at=noon("2026-10-01"))
    holder = certificate("2026-10-01", application=one)
    Term.objects.filter(certificate=holder).update(application=one)
    with at_noon("2027-01-01"):
        assert ("application", one.pk) not in due("2035-03-31")
        assert ("application", one.pk) in due("2035-04-01")


def test_an_application_goes_by_its_own_term_though_the_certificate_goes_on():
    first = ApplicationFactory(state="certified", closed_at=noon("2026-10-01"))
    holder = certificate("2026-10-01", application=first)
    Term.objects.filter(certificate=holder).update(application=first)
    Certificate.objects.filter(pk=holder.pk).update(valid_until=day("2060-09-30"))
    assert ("application", first.pk) in due("2035-04-01")
    decide("2035-04-01")
    run("dispose", on="2035-04-01")
    fresh = Certificate.objects.get(pk=holder.pk)
    assert (fresh.state, fresh.application, fresh.terms.get().application) == ("valid", None, None)


def test_who_ended_early_counts_from_the_end():
    one = ApplicationFactory(state="certified", closed_at=noon("2026-10-01"))
    holder = certificate("2026-10-01", application=one)
    Term.objects.filter(certificate=holder).update(application=one)
    decisions.take_back(holder, DECIDER, "見本", day("2027-03-31"))
    assert ("application", one.pk) not in due("2032-03-31")
    assert due("2032-04-01") >= {("application", one.pk), ("contact", holder.pk)}


# Erasing


def everything_written() -> str:
    """All texts of all tables of the database."""
    texts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith("django_migrations"):
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            texts += [str(cell) for row in cursor.fetchall() for cell in row]
    return "\n".join(texts)


def full_application(**values) -> Application:
    """With words in every place where people write some."""
    one = ApplicationFactory(
        representative=WORD, contact_name=WORD, address=WORD, email=f"{WORD}@example.jp",
        what_we_do=WORD, hopes=WORD, **values,
    )  # fmt: skip
    user = client_user()
    one.marks.update(activity=WORD)
    criterion = CriterionFactory()
    SelfCheck.objects.create(application=one, criterion=criterion, answer=WORD)
    Score.objects.create(application=one, criterion=criterion, reviewer=user, points=3, remark=WORD)
    one.questions.create(text=WORD, asked_at=timezone.now(), answer=WORD)
    one.comments.create(text=WORD, by=user)
    keep_picture(one, note=WORD)
    links.give(one, "application", 60)
    ModelLogEntry.objects.log_action(instance=one, action="wagtail.edit", title=WORD)
    return one


def client_user():
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get_or_create(username="見本の職員")[0]


def life_of_a_holder() -> Certificate:
    """A holder that has ended, with one of everything."""
    with at_noon("2026-10-01"):
        one = full_application(state="screening")
        today = day("2026-10-01")
        ruling = decisions.Ruling(WORD, today, today, "見本第1号")
        holder = decisions.certify(one, DECIDER, ruling)
        keep_picture(holder, note=WORD)
        report = YearlyReportFactory(certificate=holder, summary="公開の概要", state="submitted")
        report.activities.create(mark_id=1, activity="公開の活動")
        keep_picture(report, note=WORD)
        moves.make(report, "send_back", DECIDER, reason=WORD)
        moves.make(report, "submit", moves.APPLICANT)
        moves.make(report, "accept", DECIDER, accepted_at=timezone.now())
        unfinished = YearlyReportFactory(certificate=holder, fiscal_year=2020, summary=WORD)
        unfinished.activities.create(mark_id=1, activity=WORD)
        change = changes.submit(
            holder, "change", values={"representative": f"{WORD}2"}, reason=WORD
        )
        keep_picture(change, note=WORD)
        changes.accept(change, DECIDER)
        proposal = ProposalFactory(
            certificate=holder, reason=WORD, statement=WORD, state="notified",
            statement_due_on=day("2026-09-30"),
        )  # fmt: skip
        keep_picture(proposal, note=WORD)
        decisions.confirm(proposal, DECIDER, ruling)
        left = changes.submit(holder, "reissue", reason=WORD)
        assert left.state == "submitted"
        holder = Certificate.objects.get(pk=holder.pk)
        decisions.take_back(holder, DECIDER, WORD, today)
    return Certificate.objects.get(pk=holder.pk)


def decide(on: str = LATER, **values) -> DisposalDecision:
    """A recorded decision about all that is due on the day."""
    items = [list(item.key) for item in retention.due(day(on))]
    return DisposalDecision.objects.create(
        **{"approved_on": day(on), "document_number": "見本廃第1号", "items": items, **values}
    )


def run(command: str, on: str = LATER, **options) -> str:
    output = StringIO()
    with at_noon(on):
        call_command(command, stdout=output, **options)
    return output.getvalue()


def test_nothing_that_a_person_wrote_is_left(django_capture_on_commit_callbacks):
    holder = life_of_a_holder()
    full_application(state="declined", closed_at=noon("2026-10-01"))
    files = [each.file.name for each in Attachment.objects.all()]
    storage = storages["private"]
    assert WORD in everything_written()
    assert all(storage.exists(name) for name in files)
    with at_noon(LATER):
        decide()
    with django_capture_on_commit_callbacks(execute=True):
        run("dispose")
    assert WORD not in everything_written()
    assert len(files) == 6
    assert not any(storage.exists(name) for name in files)
    # What is public stays, and which decision it rests on.
    fresh = Certificate.objects.get(pk=holder.pk)
    assert (fresh.number, fresh.name, fresh.state) == (holder.number, holder.name, "returned")
    assert fresh.terms.count() == 1
    assert YearlyReport.objects.get(state="accepted").summary == "公開の概要"
    assert fresh.decisions.get().document_number == "見本第1号"
    assert {move.step for move in fresh.moves.all()} == {"suspend", "return"}
    assert retention.due(day(LATER)) == []


def test_the_list_names_numbers_and_no_words():
    holder = life_of_a_holder()
    listed = run("list_disposable", on=day(LATER))
    assert holder.number in listed
    assert WORD not in listed
    assert "nothing" in run("list_disposable", on=day("2026-12-01"))


def test_without_a_decision_nothing_is_erased():
    life_of_a_holder()
    before = everything_written()
    assert "No decision" in run("dispose")
    assert everything_written() == before
    with pytest.raises(CommandError):
        run("dispose", decision="ない番号")


def test_a_dry_run_erases_nothing():
    life_of_a_holder()
    with at_noon(LATER):
        decide()
    before = everything_written()
    assert "contact" in run("dispose", dry_run=True)
    assert everything_written() == before


def test_only_what_is_listed_is_erased():
    first = ApplicationFactory(state="declined", closed_at=noon("2026-10-01"))
    second = ApplicationFactory(state="declined", closed_at=noon("2026-10-01"))
    decide(items=[["declined", first.pk], ["contact", 999]])
    run("dispose")
    assert list(Application.objects.all()) == [second]


def test_what_is_listed_but_not_due_any_more_stays():
    one = ApplicationFactory(state="declined", closed_at=noon("2026-10-01"))
    with at_noon(LATER):
        decide()
    Application.objects.filter(pk=one.pk).update(closed_at=noon("2059-10-01"))
    run("dispose")
    assert Application.objects.exists()


def test_a_decision_is_carried_out_once():
    ApplicationFactory(state="declined", closed_at=noon("2026-10-01"))
    with at_noon(LATER):
        decision = decide()
    run("dispose")
    decision.refresh_from_db()
    at = decision.carried_out_at
    assert "No decision waits" in run("dispose")
    run("dispose", on="2060-05-01", decision="見本廃第1号")
    decision.refresh_from_db()
    assert decision.carried_out_at == at


def test_a_file_that_cannot_be_deleted_does_not_keep_the_others(
    django_capture_on_commit_callbacks, monkeypatch
):
    one = ApplicationFactory(state="declined", closed_at=noon("2026-10-01"))
    names = [keep_picture(one).file.name for _file in range(3)]
    storage, delete = storages["private"], type(storages["private"]).delete

    def locked(self, name):
        if name == names[0]:
            raise PermissionError
        delete(self, name)

    monkeypatch.setattr(type(storage), "delete", locked)
    with at_noon(LATER):
        decide()
    with django_capture_on_commit_callbacks(execute=True):
        run("dispose")
    assert [storage.exists(name) for name in names] == [True, False, False]
    monkeypatch.undo()
    storage.delete(names[0])


def test_files_that_a_link_held_go_with_it(django_capture_on_commit_callbacks):
    holder = certificate("2026-10-01")
    links.give(holder, "change", 60)
    file = keep_picture(PrivateLink.objects.get(), note=WORD).file
    decisions.take_back(holder, DECIDER, "見本", day("2027-03-31"))
    with at_noon(LATER):
        decide()
    with django_capture_on_commit_callbacks(execute=True):
        run("dispose")
    assert not PrivateLink.objects.exists()
    assert not Attachment.objects.exists()
    assert not file.storage.exists(file.name)


# In the admin


def test_the_deciding_division_records_a_decision():
    employ()
    one = ApplicationFactory(state="declined", closed_at=noon("2026-10-01"))
    other = ApplicationFactory(state="declined", closed_at=noon("2026-10-01"))
    url = reverse("disposal:add")
    for who in ("shokokai", "katsudo", "pr", "department", "translator", "iinkai"):
        assert is_refused(client_of(who).get(url))
        assert is_refused(client_of(who).post(url, {}))
    with at_noon(LATER):
        client = client_of("mirai")
        page = client.get(url).content.decode()
        assert one.receipt_number in page
        assert one.name not in page
        data = {"approved_on": "2060-04-01", "document_number": "見本廃第1号"}
        assert client.post(url, data).status_code == 200  # nothing chosen
        late = {**data, "approved_on": "2060-04-02", "chosen": [f"declined:{one.pk}"]}
        assert client.post(url, late).status_code == 200
        client.post(url, {**data, "chosen": [f"declined:{one.pk}"]})
        decision = DisposalDecision.objects.get()
        assert decision.items == [["declined", one.pk]]
        assert decision.recorded_by.username == "mirai"
        file = client.get(reverse("disposal:file", args=[decision.pk])).content.decode()
        assert one.receipt_number in file
        assert other.receipt_number not in file
    assert Application.objects.count() == 2
