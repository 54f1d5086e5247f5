"""代行入力: what comes on paper, by FAX or by telephone is worth as much as what comes online."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from certified_orgs import changes, decisions
from certified_orgs.applying.drafts import throw_away
from certified_orgs.factories import (
    ApplicationFactory,
    CertificateFactory,
    CriterionFactory,
    SchemeYearFactory,
)
from certified_orgs.models import Application, Attachment, SelfCheck
from sdgs.models import Mark
from tests.certified_orgs.desk import account, is_refused, names_in, page, press, text
from tests.certified_orgs.files import pdf
from tests.certified_orgs.papers import DECIDER, ruling
from tests.staff import client_of, employ

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheme(world):
    employ()
    return SchemeYearFactory()


@pytest.fixture
def question(scheme):
    return CriterionFactory(scheme=scheme, question="見本の問いですか。")


def begun(who="shokokai", **values) -> Application:
    """A draft that somebody has just begun."""
    answer = press(who, "applications:add", **start(**values))
    assert answer.status_code == 302, text(answer)
    return Application.objects.latest("pk")


def start(**values) -> dict:
    today = timezone.localdate()
    return {
        "kind": "company",
        "route": "paper",
        "received_on": f"令和{today.year - 2018}年{today.month}月{today.day}日",
        "name": "見本の店",
        **values,
    }


def whole(*rows, **values) -> dict:
    """Everything that the paper form asks for; rows: (code of a mark, activity)."""
    rows = rows or (("8.3", "見本の活動"), ("13", "見本の節電"))
    formset = {"marks-TOTAL_FORMS": len(rows), "marks-INITIAL_FORMS": 0}
    for at, (code, activity) in enumerate(rows):
        formset[f"marks-{at}-mark"] = Mark.objects.get(name=code).pk if code else ""
        formset[f"marks-{at}-activity"] = activity
    ticked = (
        "no_gangs",
        "no_tax_arrears",
        "active_in_city",
        "no_politics_or_religion",
        "consents_to_use",
        "consents_to_window",
        "consents_to_publication",
    )
    return {
        **start(),
        "reading": "ﾐﾎﾝﾉﾐｾ",
        "representative": "見本 代表",
        "contact_name": "見本 担当",
        "postal_code": "204-0000",
        "address": "見本市見本町1-1",
        "phone": "042-000-0009",
        "language": "ja",
        "what_we_do": "見本の店です。",
        **dict.fromkeys(ticked, "on"),
        **formset,
        **values,
    }


def entered(draft, who="shokokai", **values):
    return press(who, "applications:entry", draft.pk, **values)


def test_a_draft_begins_with_a_name_and_a_day(scheme):
    draft = begun()
    assert draft.entered_by == account("shokokai")
    assert draft.received_on == timezone.localdate()
    assert (draft.state, draft.receipt_number) == ("draft", None)


def test_an_application_from_paper_is_submitted_with_a_receipt(scheme, question):
    draft = begun()
    answer = entered(draft, **whole(**{f"check_{question.pk}": "はい。"}), submit="1")
    assert answer.status_code == 302, text(answer)
    draft.refresh_from_db()
    assert draft.state == "submitted"
    assert draft.receipt_number
    assert draft.reading == "みほんのみせ"
    assert [row.mark.code for row in draft.marks.all()] == ["8.3", "13"]
    assert draft.checks.get().answer == "はい。"
    move = draft.moves.get()
    assert (move.step, move.who, move.user) == ("submit", "window", account("shokokai"))
    receipt = text(page("shokokai", "applications:receipt", draft.pk))
    assert draft.receipt_number in receipt


def test_the_day_of_the_paper_counts_not_that_of_the_entry(scheme):
    came = timezone.localdate() - datetime.timedelta(days=2)
    draft = begun(received_on=came.isoformat())
    entered(draft, **whole(received_on=came.isoformat()), submit="1", despite_gaps="on")
    draft.refresh_from_db()
    assert timezone.localdate(draft.submitted_at) == came


def test_what_is_missing_is_said_and_the_draft_kept(scheme, question):
    draft = begun()
    answer = entered(draft, **whole(representative="", no_gangs=""), submit="1")
    shown = text(page("shokokai", "applications:entry", draft.pk))
    assert answer.status_code == 302
    assert "代表者" in shown
    assert "見本の問いですか。" in shown
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert draft.address == "見本市見本町1-1"


def test_a_paper_with_gaps_can_be_submitted_knowingly(scheme):
    draft = begun()
    entered(draft, **whole(representative=""), submit="1", despite_gaps="on")
    draft.refresh_from_db()
    assert draft.state == "submitted"
    assert "代表者" in text(page("shokokai", "applications:file", draft.pk))


def test_a_window_submits_nothing_that_it_may_not_see(scheme):
    draft = begun()
    entered(draft, **whole(consents_to_window=""), submit="1", despite_gaps="on")
    draft.refresh_from_db()
    assert draft.state == "draft"
    other = begun("mirai")
    entered(other, "mirai", **whole(consents_to_window=""), submit="1", despite_gaps="on")
    other.refresh_from_db()
    assert other.state == "submitted"
    assert page("shokokai", "applications:file", other.pk).status_code == 404


def test_a_window_enters_only_its_own_kind(scheme):
    answer = press("shokokai", "applications:add", **start(kind="group"))
    assert answer.status_code == 200
    assert not Application.objects.filter(kind="group").exists()
    assert begun("katsudo", kind="group").kind == "group"
    assert begun("mirai", kind="group").kind == "group"


def test_a_draft_is_its_writers_alone(scheme):
    draft = begun()
    for who in ("katsudo", "mirai"):
        assert page(who, "applications:entry", draft.pk).status_code == 404
        assert names_in(page(who, "applications:index")) == set()
    for who in ("pr", "department"):
        assert is_refused(page(who, "applications:entry", draft.pk))
    assert names_in(page("shokokai", "applications:index")) == {"見本の店"}


@pytest.mark.parametrize(
    "received_on", ["いつか", "令和99年1月1日", "2026-02-30", "", "平成20年4月1日"]
)
def test_a_day_that_cannot_be_is_said_beside_its_field(scheme, received_on):
    answer = press("shokokai", "applications:add", **start(received_on=received_on))
    assert answer.status_code == 200
    assert answer.context["form"].errors["received_on"]
    assert "見本の店" in text(answer)


def test_tomorrow_has_not_come(scheme):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    answer = press("shokokai", "applications:add", **start(received_on=tomorrow.isoformat()))
    assert answer.context["form"].errors["received_on"]


@pytest.mark.parametrize(
    "name", ["𠮷野家見本店", "見本﨑", "ﾐﾎﾝ商店", "\u202eshop 見本", "見" * 200]
)
def test_names_are_kept_as_their_owners_write_them(scheme, name):
    draft = begun(name=name)
    assert draft.name == {
        "ﾐﾎﾝ商店": "ミホン商店",
        "\u202eshop 見本": "shop 見本",
    }.get(name, name)


def test_a_name_of_500_characters_comes_back_with_a_message(scheme):
    answer = press("shokokai", "applications:add", **start(name="見" * 500))
    assert answer.status_code == 200
    assert answer.context["form"].errors["name"]
    assert "見" * 500 in text(answer)


def test_marks_can_change_places(scheme):
    draft = begun()
    entered(draft, **whole(("8.3", "見本の一つ"), ("13", "見本の二つ")), save="1")
    entered(draft, **whole(("13", "見本の二つ"), ("", ""), ("8.3", "見本の一つ")), save="1")
    assert [row.mark.code for row in draft.marks.all()] == ["13", "8.3"]


def test_an_activity_needs_its_mark(scheme):
    draft = begun()
    answer = entered(draft, **whole(("", "見本の残る活動")), save="1")
    assert answer.status_code == 200
    assert "見本の残る活動" in text(answer)


def test_the_same_mark_twice_is_refused_and_nothing_lost(scheme):
    draft = begun()
    answer = entered(draft, **whole(("8.3", "見本の一つ"), ("8.3", "見本の二つ")), save="1")
    assert answer.status_code == 200
    assert "見本の二つ" in text(answer)
    assert not draft.marks.exists()


def test_a_scan_is_kept_privately(scheme):
    draft = begun()
    entered(draft, **whole(), scans=[pdf("見本.pdf")], save="1")
    scan = Attachment.objects.get()
    assert scan.is_scan
    assert scan.uploaded_by == account("shokokai")
    assert page("katsudo", "certified_attachment", scan.pk).status_code == 404


def test_a_good_scan_stays_beside_a_bad_one(scheme):
    draft = begun()
    bad = SimpleUploadedFile("見本.pdf", b"MZ not a pdf")
    answer = entered(draft, **whole(), scans=[pdf("良い見本.pdf"), bad], save="1")
    assert answer.status_code == 200
    assert "見本の節電" in text(answer)
    assert [scan.name for scan in draft.attachments.all()] == ["良い見本.pdf"]


def test_after_submission_nothing_is_edited(scheme):
    draft = begun()
    entered(draft, **whole(), submit="1", despite_gaps="on")
    again = entered(draft, **whole(name="別の名前"), save="1")
    assert again.status_code == 404
    assert page("shokokai", "applications:entry", draft.pk).status_code == 404
    assert page("shokokai", "applications:complete", draft.pk).status_code == 302
    wrong = press("shokokai", "applications:complete", draft.pk, **whole(name="別"), answer="x")
    assert wrong.status_code == 200
    draft.refresh_from_db()
    assert draft.name == "見本の店"


def test_a_double_submission_has_one_number(scheme):
    draft = begun()
    for _press in range(2):
        entered(draft, **whole(), submit="1", despite_gaps="on")
    assert draft.moves.count() == 1
    assert Application.objects.exclude(receipt_number=None).count() == 1


def test_corrections_from_paper_are_recorded(scheme):
    shop = ApplicationFactory(state="submitted", representative="")
    press("shokokai", "applications:ask_to_complete", shop.pk, text="代表者は？")
    values = whole(representative="見本 太郎", name=shop.name)
    answer = press("shokokai", "applications:complete", shop.pk, **values, answer="FAXで代表者")
    assert answer.status_code == 302, answer.context["form"].errors
    shop.refresh_from_db()
    assert (shop.state, shop.representative) == ("submitted", "見本 太郎")
    assert shop.moves.last().reason == "FAXで代表者"
    assert shop.moves.last().user == account("shokokai")
    assert shop.questions.get().answer == "FAXで代表者"


def test_corrections_do_not_change_how_it_came(scheme):
    """Also when nobody can apply any more."""
    renewed = CertificateFactory()
    shop = ApplicationFactory(
        state="incomplete", route="online", purpose="renewal", renews=renewed, scheme=scheme
    )
    scheme.closes_on = timezone.localdate() - datetime.timedelta(days=1)
    scheme.save()
    form = page("shokokai", "applications:complete", shop.pk).context["form"]
    assert "received_on" not in form.fields
    values = whole(name=shop.name, route="fax", received_on="2020-01-01", answer="FAXで")
    assert press("shokokai", "applications:complete", shop.pk, **values).status_code == 302
    before = (shop.route, shop.received_on, shop.purpose, shop.renews, shop.scheme)
    shop.refresh_from_db()
    assert (shop.route, shop.received_on, shop.purpose, shop.renews, shop.scheme) == before


def test_a_window_that_loses_the_consent_is_led_to_its_list(scheme):
    shop = ApplicationFactory(state="incomplete")
    values = whole(name=shop.name) | {"answer": "同意を取り消すとFAXで"}
    values.pop("consents_to_window")
    answer = press("shokokai", "applications:complete", shop.pk, **values)
    assert answer.url == reverse("applications:index")
    shop.refresh_from_db()
    assert (shop.state, shop.consents_to_window) == ("submitted", False)


def test_corrections_need_a_word_about_them(scheme):
    shop = ApplicationFactory(state="incomplete", representative="")
    answer = press("shokokai", "applications:complete", shop.pk, **whole(representative="残る名"))
    assert answer.status_code == 200
    assert "残る名" in text(answer)
    shop.refresh_from_db()
    assert (shop.state, shop.representative) == ("incomplete", "")


def test_a_renewal_names_a_certificate_of_the_same_kind_in_force(scheme):
    mine, other = soon_over(), soon_over(kind="group")
    ended = CertificateFactory(state="expired")
    assert begun(renews=mine.pk).purpose == "renewal"
    for wrong in (other, ended):
        answer = press("shokokai", "applications:add", **start(renews=wrong.pk))
        assert answer.context["form"].errors["renews"]


def test_outside_the_time_for_applications_only_renewals_are_entered(scheme):
    today = timezone.localdate()
    scheme.opens_on = scheme.closes_on = today - datetime.timedelta(days=1)
    scheme.save()
    answer = press("shokokai", "applications:add", **start())
    assert answer.context["form"].errors["received_on"]
    assert begun(renews=soon_over().pk)


def soon_over(**values):
    """A certificate that can be renewed: its term ends in 90 days."""
    last = timezone.localdate() + datetime.timedelta(days=90)
    return CertificateFactory(**{"valid_until": last, **values})


@pytest.mark.parametrize("why", ["too early", "suspended", "over", "applied for"])
def test_what_cannot_be_renewed_online_cannot_be_on_paper(scheme, why):
    today = timezone.localdate()
    certificate = {
        "too early": lambda: soon_over(valid_until=today + datetime.timedelta(days=400)),
        "suspended": lambda: soon_over(state="suspended"),
        "over": lambda: soon_over(valid_until=today - datetime.timedelta(days=1)),
        "applied for": soon_over,
    }[why]()
    if why == "applied for":
        ApplicationFactory(state="submitted", purpose="renewal", renews=certificate)
    answer = press("shokokai", "applications:add", **start(renews=certificate.pk))
    assert answer.status_code == 200
    assert answer.context["form"].errors["renews"]
    assert not Application.objects.filter(state="draft").exists()


def test_a_paper_renewal_is_judged_by_the_day_on_which_it_came(scheme):
    """Not by that of its entry: the term is over by now, or the holder suspended."""
    came = timezone.localdate() - datetime.timedelta(days=2)
    over = soon_over(valid_until=came)
    assert begun(renews=over.pk, received_on=came.isoformat()).renews == over
    suspended = soon_over()
    decisions.suspend(suspended, DECIDER, ruling(came + datetime.timedelta(days=1)))
    assert begun(renews=suspended.pk, received_on=came.isoformat()).renews == suspended
    answer = press("shokokai", "applications:add", **start(renews=suspended.pk))
    assert answer.context["form"].errors["renews"]


def assert_refused_as_applied_for(draft, **values):
    """Submitted, it comes back as a draft, with a warning that says why."""
    values |= {"submit": "1", "despite_gaps": "on"}
    address = reverse("applications:entry", args=[draft.pk])
    answer = client_of("shokokai").post(address, values, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    (said,) = answer.context["messages"]
    assert said.level_tag == "warning"
    assert "すでに申請されています" in str(said)


def test_a_second_renewal_on_paper_is_refused_and_all_kept(scheme):
    certificate = soon_over()
    draft = begun(renews=certificate.pk)
    ApplicationFactory(state="submitted", purpose="renewal", renews=certificate)
    values = whole(renews=certificate.pk, address="見本市残る町1-1")
    assert_refused_as_applied_for(draft, **values, scans=[pdf("見本.pdf")])
    draft.refresh_from_db()
    assert (draft.state, draft.receipt_number) == ("draft", None)
    assert draft.address == "見本市残る町1-1"
    assert draft.marks.count() == 2
    assert draft.attachments.count() == 1


def test_of_two_renewals_at_once_the_second_is_refused(scheme, monkeypatch):
    """Both have looked, and found no other."""
    certificate = soon_over()
    draft = begun(renews=certificate.pk)
    ApplicationFactory(state="submitted", purpose="renewal", renews=certificate)
    monkeypatch.setattr(changes, "check_renewal", lambda *args, **kwargs: None)
    values = whole(renews=certificate.pk, address="見本市残る町1-1")
    assert_refused_as_applied_for(draft, **values)
    draft.refresh_from_db()
    assert (draft.state, draft.address) == ("draft", "見本市残る町1-1")


def test_a_renewal_that_is_corrected_is_not_asked_again_whether_it_was_in_time(scheme):
    certificate = soon_over()
    renewal = ApplicationFactory(
        state="incomplete", purpose="renewal", renews=certificate, route="paper",
        received_on=timezone.localdate(),
    )  # fmt: skip
    decisions.suspend(certificate, DECIDER, ruling())
    values = whole(name=renewal.name, renews=certificate.pk, answer="FAXで代表者")
    answer = press("shokokai", "applications:complete", renewal.pk, **values)
    assert answer.status_code == 302, answer.context["form"].errors
    renewal.refresh_from_db()
    assert renewal.state == "submitted"


def test_a_paper_of_another_year_has_no_answers_of_this_one(scheme, question):
    """Its receipt has the number of the year in which it came."""
    came = datetime.date(scheme.fiscal_year, 3, 31)
    earlier = SchemeYearFactory(fiscal_year=scheme.fiscal_year - 1)
    asked_then = CriterionFactory(scheme=earlier)
    draft = begun()
    entered(draft, **whole(**{f"check_{question.pk}": "はい。"}), save="1")
    assert SelfCheck.objects.get().criterion == question
    values = whole(**{f"check_{question.pk}": "はい。"}, received_on=came.isoformat())
    entered(draft, **values, save="1")
    assert not SelfCheck.objects.exists()
    values = whole(**{f"check_{asked_then.pk}": "いいえ。"}, received_on=came.isoformat())
    entered(draft, **values, submit="1", despite_gaps="on")
    draft.refresh_from_db()
    assert draft.scheme == earlier
    assert draft.checks.get().answer == "いいえ。"
    assert draft.receipt_number == f"{scheme.fiscal_year - 1}-0001"


def test_a_receipt_has_the_year_of_its_day_where_last_years_settings_still_hold(scheme):
    """As online: two series for one day would be taken for two years."""
    year = scheme.fiscal_year
    scheme.fiscal_year, scheme.closes_on = year - 1, datetime.date(year + 1, 3, 31)
    scheme.save()
    draft = begun()
    entered(draft, **whole(), submit="1", despite_gaps="on")
    draft.refresh_from_db()
    assert draft.scheme == scheme
    assert draft.receipt_number == f"{year}-0001"


def test_a_draft_can_be_discarded_with_its_scans(scheme):
    draft = begun()
    entered(draft, **whole(), scans=[pdf("見本.pdf")], save="1")
    assert press("katsudo", "applications:discard", draft.pk).status_code == 404
    answer = press("shokokai", "applications:discard", draft.pk)
    assert answer.url == reverse("applications:index")
    assert not Application.objects.filter(pk=draft.pk).exists()
    assert not Attachment.objects.exists()


def test_what_was_submitted_meanwhile_is_not_discarded(scheme, monkeypatch):
    draft = begun()

    def submit_first(application):
        Application.objects.filter(pk=application.pk).update(
            state="submitted", submitted_at=timezone.now(), receipt_number="2026-9999"
        )
        throw_away(application)

    monkeypatch.setattr("certified_orgs.viewsets.entry.throw_away", submit_first)
    answer = press("shokokai", "applications:discard", draft.pk)
    assert "もう下書きではありません" in text(answer)
    assert Application.objects.filter(pk=draft.pk).exists()


def test_a_file_leads_a_draft_back_to_its_form(scheme):
    draft = begun()
    shown = text(page("shokokai", "applications:file", draft.pk))
    assert reverse("applications:entry", args=[draft.pk]) in shown
