"""Screening: each window its own kind and after consent only, steps of the table only, and
everything written down."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry, ReferenceIndex, Revision

from certified_orgs import attachments, decisions, moves
from certified_orgs.addresses import verify_address
from certified_orgs.factories import (
    ApplicationFactory,
    CertificateFactory,
    RoundFactory,
    SchemeYearFactory,
)
from certified_orgs.models import Application, Certificate, Move, Question
from certified_orgs.moves import Actor
from certified_orgs.states import ApplicationState, Who, possible_steps
from tests.certified_orgs.desk import (
    account,
    is_refused,
    link_in,
    names_in,
    page,
    paper,
    press,
    settings,
    text,
)
from tests.certified_orgs.papers import ruling
from tests.staff import client_of, employ

pytestmark = pytest.mark.django_db

OUTSIDERS = ["pr", "translator", "department", "iinkai"]
SECRET = "見本の秘密の担当"


@pytest.fixture
def office(world):
    employ()


@pytest.fixture
def shop(office):
    return ApplicationFactory(name="見本の店", state="submitted", contact_name=SECRET)


@pytest.fixture
def group(office):
    return ApplicationFactory(name="見本の会", kind="group", state="submitted", contact_name=SECRET)


@pytest.fixture
def alone(office):
    """Applications are decided one at a time."""
    return settings(deciding="single")


def certificate_of(application) -> Certificate | None:
    return Certificate.objects.filter(application=application).first()


def file_of(who, application):
    return page(who, "applications:file", application.pk)


# Who sees what


def test_each_window_lists_its_own_kind(shop, group):
    assert names_in(page("shokokai", "applications:index")) == {"見本の店"}
    assert names_in(page("katsudo", "applications:index")) == {"見本の会"}
    assert names_in(page("mirai", "applications:index")) == {"見本の店", "見本の会"}


@pytest.mark.parametrize("view", ["file", "check", "comment", "receive", "link", "receipt"])
def test_the_other_window_finds_nothing(shop, view):
    assert page("katsudo", f"applications:{view}", shop.pk).status_code == 404
    assert press("katsudo", f"applications:{view}", shop.pk, text="x").status_code in (404, 405)
    assert Application.objects.get().state == "submitted"


@pytest.mark.parametrize("view", ["file", "check", "receive"])
def test_without_consent_only_the_city_sees_it(shop, view):
    Application.objects.update(consents_to_window=False)
    assert page("shokokai", f"applications:{view}", shop.pk).status_code == 404
    assert names_in(page("shokokai", "applications:index")) == set()
    assert page("mirai", f"applications:{view}", shop.pk).status_code == 200


def test_a_search_and_an_export_say_no_more_than_the_list(shop, group):
    for query in ({"q": "見本"}, {"q": shop.receipt_number}, {"export": "csv"}):
        answer = page("katsudo", "applications:index", **query)
        assert "見本の店" not in text(answer)
    assert "見本の店" in text(page("shokokai", "applications:index", q="見本の店"))
    exported = text(page("shokokai", "applications:index", export="csv"))
    assert "見本の店" in exported
    assert "見本の会" not in exported


def test_a_name_is_found_however_it_is_typed(office):
    ApplicationFactory(name="𠮷野見本店", reading="よしのみほんてん", state="submitted")
    for typed in ("吉野", "ヨシノ", "ﾖｼﾉ"):
        found = page("shokokai", "applications:index", q=typed)
        assert names_in(found) == {"𠮷野見本店"}, typed


def test_an_export_calculates_nothing(office):
    ApplicationFactory(name="=1+1 見本", state="submitted")
    assert "'=1+1" in text(page("mirai", "applications:index", export="csv"))


def test_filters_narrow_the_list(shop, group):
    assert names_in(page("mirai", "applications:index", kind="group")) == {"見本の会"}
    assert names_in(page("mirai", "applications:index", state="received")) == set()
    assert names_in(page("mirai", "applications:index", route="online")) == {
        "見本の店",
        "見本の会",
    }


@pytest.mark.parametrize("who", OUTSIDERS)
def test_others_see_nothing_at_all(shop, who):
    for name in ("applications", "certificates", "rounds", "scoring"):
        assert is_refused(page(who, f"{name}:index")), name
    assert is_refused(page(who, "applications:add"))
    for view in ("file", "check", "comment", "receipt"):
        assert is_refused(page(who, f"applications:{view}", shop.pk)), view
    home = text(client_of(who).get(reverse("wagtailadmin_home")))
    assert reverse("applications:index") not in home
    assert "certification-desk" not in home


def test_an_attachment_is_for_who_may_open_the_file(shop):
    file = attachments.add(shop, attachments.Upload("見本.pdf", "application/pdf", b"%PDF-1.4"))
    shown = text(file_of("shokokai", shop))
    address = reverse("certified_attachment", args=[file.pk])
    assert address in shown
    assert client_of("shokokai").get(address).status_code == 200
    for who in ("katsudo", *OUTSIDERS):
        assert client_of(who).get(address).status_code in (302, 404)


def test_the_file_shows_everything_to_its_window_but_scores(shop):
    shown = text(file_of("shokokai", shop))
    for said in (SECRET, shop.receipt_number, "見本の活動です。", shop.email, shop.address):
        assert said in shown
    assert 'id="scores-section"' not in shown
    assert 'id="scores-section"' in text(file_of("mirai", shop))


def test_a_draft_is_nobodys_business(office):
    draft = ApplicationFactory()
    for who in ("shokokai", "mirai"):
        assert file_of(who, draft).status_code == 404


def test_private_pages_are_kept_by_no_cache(shop):
    assert "no-store" in file_of("shokokai", shop)["Cache-Control"]


# Steps


@pytest.mark.parametrize("state", ApplicationState.values)
@pytest.mark.parametrize(("who", "capacity"), [("shokokai", Who.WINDOW), ("mirai", Who.DECIDER)])
def test_buttons_are_the_steps_of_the_table(alone, who, capacity, state):
    if state == "draft":
        return
    application = ApplicationFactory(state=state, scheme=alone)
    shown = file_of(who, application)
    offered = [action["step"].name for action in shown.context["actions"]]
    assert offered == [step.name for step in possible_steps(application, capacity)]
    for action in shown.context["actions"]:
        assert action["url"] in text(shown)


def test_a_step_asked_for_too_late_leads_back_with_a_word(shop):
    moves.make(shop, "withdraw", moves.APPLICANT)
    client = client_of("shokokai")
    address = reverse("applications:receive", args=[shop.pk])
    answer = client.get(address, follow=True)
    assert answer.redirect_chain == [(reverse("applications:file", args=[shop.pk]), 302)]
    (said,) = answer.context["messages"]
    assert "取下げ" in str(said)


def test_the_check_is_recorded_with_who_and_when(shop):
    answer = press(
        "shokokai", "applications:check", shop.pk, papers="on", is_local="on", text="見本の確認"
    )
    assert answer.status_code == 302
    shop.refresh_from_db()
    assert shop.checked_by == account("shokokai")
    assert shop.comments.get().text == "見本の確認"
    again = press(
        "mirai", "applications:check", shop.pk, papers="on", is_local="on", text="もう一度"
    )
    assert again.status_code == 200
    assert "もう一度" in text(again)
    assert shop.comments.count() == 1


def test_a_check_needs_both_ticks(shop):
    answer = press("shokokai", "applications:check", shop.pk, papers="on", text="見本の確認")
    assert answer.status_code == 200
    assert "見本の確認" in text(answer)
    shop.refresh_from_db()
    assert shop.checked_at is None


def test_receiving_is_a_move_of_the_window(shop):
    press("shokokai", "applications:receive", shop.pk)
    move = shop.moves.get()
    assert (move.step, move.who, move.user) == ("receive", "window", account("shokokai"))
    shown = text(file_of("mirai", shop))
    assert "受付" in shown
    assert "shokokai" in shown


def test_a_window_cannot_do_what_is_the_deciders(alone):
    application = ApplicationFactory(state="screening", scheme=alone)
    answer = press("shokokai", "applications:certify", application.pk, **paper())
    assert is_refused(answer)
    assert certificate_of(application) is None
    assert not application.decisions.exists()
    assert is_refused(page("shokokai", "applications:certify", application.pk))


def test_a_question_goes_to_the_applicant_with_a_link(shop, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        press("shokokai", "applications:ask_to_complete", shop.pk, text="見本の問いです")
    shop.refresh_from_db()
    assert shop.state == "incomplete"
    assert shop.questions.get().asked_by == account("shokokai")
    (message,) = mail.outbox
    assert message.to == [shop.email]
    assert "見本の問いです" in message.body
    assert link_in(message.body, "ja").subject == shop


def test_a_question_is_asked_in_the_applicants_language(office, django_capture_on_commit_callbacks):
    shop = ApplicationFactory(state="screening", language="en")
    with django_capture_on_commit_callbacks(execute=True):
        press("mirai", "applications:ask", shop.pk, text="Sample question")
    assert "A question about your application" in mail.outbox[0].subject
    assert link_in(mail.outbox[0].body, "en").subject == shop


def test_without_an_address_a_letter_is_asked_for(office, django_capture_on_commit_callbacks):
    shop = ApplicationFactory(state="submitted", email="")
    client = client_of("shokokai")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            reverse("applications:ask_to_complete", args=[shop.pk]), {"text": "見本の問い"}
        )
    assert not mail.outbox
    assert "手紙" in text(client.get(answer.url))


def test_corrections_make_the_check_begin_again(shop):
    press("shokokai", "applications:check", shop.pk, papers="on", is_local="on", text="見本")
    press("shokokai", "applications:ask_to_complete", shop.pk, text="見本の問い")
    shop.refresh_from_db()
    assert shop.checked_at is None


def test_the_answer_can_be_entered_from_paper(office):
    shop = ApplicationFactory(state="screening")
    press("shokokai", "applications:ask", shop.pk, text="見本の問い")
    press("shokokai", "applications:answer", shop.pk, text="見本の答え（電話）")
    question = Question.objects.get()
    assert question.answer == "見本の答え（電話）"
    shop.refresh_from_db()
    assert shop.state == "screening"
    shown = text(file_of("mirai", shop))
    assert "見本の問い" in shown
    assert "見本の答え" in shown


def test_a_withdrawal_is_recorded_with_its_day(shop):
    press("shokokai", "applications:withdraw", shop.pk, reason="見本の電話")
    shop.refresh_from_db()
    assert (shop.state, bool(shop.closed_at)) == ("withdrawn", True)
    assert shop.moves.get().reason == "見本の電話"


def test_comments_stay_inside(shop):
    press("shokokai", "applications:comment", shop.pk, text="見本のメモ")
    assert "見本のメモ" in text(file_of("mirai", shop))
    assert shop.moves.count() == 0


# Decisions, one at a time


@pytest.fixture
def screened(alone):
    return ApplicationFactory(name="見本の店", state="screening", scheme=alone)


def test_one_application_is_certified_on_its_file(screened, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = press("mirai", "applications:certify", screened.pk, **paper())
    assert answer.status_code == 302
    certificate = certificate_of(screened)
    decision = screened.decisions.get()
    assert decision.document_number == "見本第1号"
    assert decision.approved_on == certificate.certified_on
    assert decision.decided_by == account("mirai")
    (message,) = mail.outbox
    assert screened.receipt_number in message.subject
    assert verify_address(certificate.number) in message.body
    kit = re.search(rf"/ja/[\w-]+/kit/{certificate.number}/", message.body)[0]
    assert Client().get(kit).status_code == 200
    assert "見本の理由" not in message.body


def test_the_result_is_told_in_english(alone, django_capture_on_commit_callbacks):
    shop = ApplicationFactory(state="screening", scheme=alone, language="en")
    with django_capture_on_commit_callbacks(execute=True):
        press("mirai", "applications:decline", shop.pk, **paper())
    assert "Result: not certified" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", ""),
        ("drafted_on", "いつか"),
        ("approved_on", ""),
        ("approved_on", "令和30年1月1日"),
        ("approved_on", "令和1年5月1日"),
        ("document_number", " "),
    ],
)
def test_a_paper_that_cannot_be_right_changes_nothing(screened, field, value):
    answer = press(
        "mirai",
        "applications:certify",
        screened.pk,
        **paper(**{"reason": "残る理由", field: value}),
    )
    assert answer.status_code == 200
    assert field == "reason" or "残る理由" in text(answer)
    assert certificate_of(screened) is None
    screened.refresh_from_db()
    assert screened.state == "screening"


def test_the_second_decision_is_told(screened):
    press("mirai", "applications:certify", screened.pk, **paper())
    answer = press("mirai", "applications:decline", screened.pk, **paper(reason="残る理由"))
    assert answer.status_code == 200
    assert "残る理由" in text(answer)
    assert "認定" in text(answer)
    assert screened.decisions.count() == 1


def test_two_officers_at_once(screened, monkeypatch):
    """Both have the form open; the second one's file was read before the first one's press."""
    really = decisions.certify

    def somebody_is_faster(application, actor, theirs):
        decisions.decline(Application.objects.get(), Actor(Who.DECIDER), ruling())
        return really(application, actor, theirs)

    monkeypatch.setattr(decisions, "certify", somebody_is_faster)
    answer = press("mirai", "applications:certify", screened.pk, **paper(reason="残る理由"))
    assert answer.status_code == 200
    assert "残る理由" in text(answer)
    assert certificate_of(screened) is None


def test_no_place_left_is_said_and_the_form_kept(screened):
    settings(company_cap=0)
    answer = press("mirai", "applications:certify", screened.pk, **paper(reason="残る理由"))
    assert answer.status_code == 200
    assert "残る理由" in text(answer)
    assert "枠" in text(answer)
    screened.refresh_from_db()
    assert screened.state == "screening"


def test_who_waits_is_certified_later(screened):
    press("mirai", "applications:put_on_waiting_list", screened.pk, **paper(), rank=3)
    screened.refresh_from_db()
    assert (screened.state, screened.waiting_rank) == ("waiting", 3)
    press("mirai", "applications:certify", screened.pk, **paper(document_number="見本第2号"))
    assert certificate_of(screened)


def test_a_rank_that_cannot_be_is_said_beside_its_field(screened):
    answer = press(
        "mirai", "applications:put_on_waiting_list", screened.pk,
        **paper(reason="残る理由"), rank=10**30,
    )  # fmt: skip
    assert answer.context["form"].errors["rank"]
    assert "残る理由" in text(answer)


def test_the_next_rank_is_that_of_the_year(screened, office):
    last_year = SchemeYearFactory(fiscal_year=screened.scheme.fiscal_year - 1)
    ApplicationFactory(state="waiting", waiting_rank=7, scheme=last_year)
    ApplicationFactory(state="waiting", waiting_rank=1, scheme=screened.scheme)
    form = page("mirai", "applications:put_on_waiting_list", screened.pk).context["form"]
    assert form.initial["rank"] == 2


def test_a_renewal_is_not_offered_to_wait(alone):
    renewal = ApplicationFactory(state="screening", purpose="renewal", renews=CertificateFactory())
    offered = [action["step"].name for action in file_of("mirai", renewal).context["actions"]]
    assert "certify" in offered
    assert "put_on_waiting_list" not in offered


def test_in_a_round_nobody_is_decided_alone(office):
    application = ApplicationFactory(state="screening", round=RoundFactory())
    shown = file_of("mirai", application)
    offered = [action["step"].name for action in shown.context["actions"]]
    assert "certify" not in offered
    answer = press("mirai", "applications:certify", application.pk, **paper())
    assert answer.status_code == 200
    assert certificate_of(application) is None


def test_without_a_round_it_is_decided_alone(office):
    """The settings had no rounds when its screening began."""
    application = ApplicationFactory(state="screening", round=None)
    shown = file_of("mirai", application)
    assert shown.status_code == 200
    offered = {action["step"].name for action in shown.context["actions"]}
    assert {"certify", "put_on_waiting_list", "decline"} <= offered
    press("mirai", "applications:certify", application.pk, **paper())
    assert certificate_of(application)


@pytest.mark.parametrize("view", ["certify", "decline", "put_on_waiting_list", "withdraw", "ask"])
def test_above_a_form_stands_whose_case_it_is(screened, view):
    shown = text(page("mirai", f"applications:{view}", screened.pk))
    assert f'<p class="case-whose">{screened}</p>' in shown


# Nothing personal where it does not belong


def test_no_log_no_revision_no_index_knows_the_applicant(shop, alone):
    press("shokokai", "applications:check", shop.pk, papers="on", is_local="on", text=SECRET)
    press("shokokai", "applications:receive", shop.pk)
    press("mirai", "applications:screen", shop.pk)
    press("mirai", "applications:certify", shop.pk, **paper())
    assert certificate_of(shop)
    # The profile that was drafted is called as the register calls the holder: that is public.
    assert PageLogEntry.objects.filter(label="見本の店").exists()
    for entry in ModelLogEntry.objects.all():
        assert "見本の店" not in f"{entry.label} {entry.data}"
    for model in (ModelLogEntry, PageLogEntry):
        for entry in model.objects.all():
            assert SECRET not in f"{entry.label} {entry.data}"
    assert not Revision.objects.filter(content__icontains=SECRET).exists()
    kinds = ReferenceIndex.objects.filter(base_content_type__app_label="certified_orgs")
    assert not kinds.filter(base_content_type__model="application").exists()


def test_every_move_has_somebody(shop):
    press("shokokai", "applications:receive", shop.pk)
    assert not Move.objects.filter(who__in=("window", "decider"), user=None).exists()
