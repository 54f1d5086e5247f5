"""停止 and 取消: proposed, told, heard, and only then confirmed."""

from __future__ import annotations

import datetime
import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time

from certified_orgs import decisions, links, moves, proposals
from certified_orgs.factories import ProposalFactory, SchemeYearFactory, YearlyReportFactory
from certified_orgs.models import Certificate, Proposal
from certified_orgs.moves import Actor
from certified_orgs.states import Who
from home.factories import SmallSite
from kiyose.pages.factories import DivisionFactory
from kiyose.pages.models import Division, SiteIdentity
from tests.queries import assert_few, default_division
from tests.staff import client_of, employ

from .desk import is_refused, paper
from .files import pdf
from .holders import at_noon, certificate

pytestmark = pytest.mark.django_db

DECIDER = Actor(Who.DECIDER)


@pytest.fixture(autouse=True)
def _site():
    SmallSite()
    SchemeYearFactory()
    employ()


@pytest.fixture
def proposal():
    report = YearlyReportFactory(certificate=certificate("2026-04-01"))
    return ProposalFactory(certificate=report.certificate, report=report)


def press(who: str, name: str, /, *args, **values):
    return client_of(who).post(reverse(f"proposals:{name}", args=args), values)


def state_of(proposal) -> tuple[str, str]:
    proposal.refresh_from_db()
    return proposal.state, Certificate.objects.get(pk=proposal.certificate_id).state


def test_only_the_deciding_division_sees_measures(proposal):
    for who in ("shokokai", "katsudo", "pr", "department", "translator", "iinkai"):
        client = client_of(who)
        assert is_refused(client.get(reverse("proposals:index")))
        assert is_refused(client.get(reverse("proposals:file", args=[proposal.pk])))
        for name in ("notify", "hear", "confirm", "drop"):
            assert is_refused(press(who, name, proposal.pk, **paper()))
        certificate_page = reverse("certificates:propose", args=[proposal.certificate_id])
        assert is_refused(client.post(certificate_page, {"measure": "revoke", "reason": "x"}))
    assert state_of(proposal) == ("proposed", "valid")
    assert client_of("mirai").get(reverse("proposals:index")).status_code == 200


def test_a_notice_gives_days_and_a_link(proposal, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        press("mirai", "notify", proposal.pk)
    proposal.refresh_from_db()
    today = timezone.localdate()
    assert proposal.notified_on == today
    assert proposal.statement_due_on == today + datetime.timedelta(days=14)
    token = mail.outbox[0].body.split("/statement/")[1].split("/")[0]
    assert client.get(f"/ja/certified/statement/{token}/").status_code == 200


def test_the_notice_prints_with_its_name_reason_and_last_day(proposal):
    proposal.certificate.contact.email = ""
    proposal.certificate.contact.save()
    page = press("mirai", "notify", proposal.pk).content.decode()
    assert "弁明の機会の付与通知書" in page
    assert "年間報告書" in page
    assert "清瀬市長" in page
    assert "<svg" in page
    assert mail.outbox == []
    again = press("mirai", "hearing", proposal.pk).content.decode()
    assert (
        re.search(r"/statement/([\w-]+)/", again)[1] != re.search(r"/statement/([\w-]+)/", page)[1]
    )


def test_about_a_measure_the_city_is_asked_and_not_the_window(
    proposal, client, django_capture_on_commit_callbacks
):
    """Which knows nothing of it."""
    default_division()
    city = SiteIdentity.objects.get().default_division
    Division.objects.filter(pk=city.pk).update(name="見本の決める課")
    scheme = SchemeYearFactory()
    scheme.company_window = DivisionFactory(name="見本の窓口")
    scheme.save()
    with django_capture_on_commit_callbacks(execute=True):
        press("mirai", "notify", proposal.pk)
    told = [
        mail.outbox[0].body,
        press("mirai", "hearing", proposal.pk).content.decode(),
        client.get(statement_url(proposal)).content.decode(),
    ]
    proposal.refresh_from_db()
    proposals.hear(proposal, DECIDER, "見本", timezone.localdate())
    with django_capture_on_commit_callbacks(execute=True):
        press("mirai", "confirm", proposal.pk, **paper())
    notice = client_of("mirai").get(reverse("proposals:notice", args=[proposal.pk]))
    told += [mail.outbox[-1].body, notice.content.decode()]
    for text in told:
        assert "見本の決める課" in text
        assert "見本の窓口" not in text


def test_a_letter_says_all_in_the_language_of_its_reader(proposal):
    contact = proposal.certificate.contact
    contact.language, contact.email = "en", ""
    contact.save()
    page = press("mirai", "notify", proposal.pk).content.decode()
    assert "弁明の機会の付与通知書" in page
    english = page.partition('<div class="own-language" lang="en">')[2]
    for words in ("opportunity to make a statement", "Please do not pass it on.", "/en/certified/"):
        assert words in english


def statement_url(proposal) -> str:
    return f"/ja/certified/statement/{links.give(proposal, 'statement', 15)}/"


def test_the_statement_comes_in_once_by_its_link(proposal, client):
    proposals.notify(proposal, DECIDER)
    url = statement_url(proposal)
    data = {"statement": "見本：台風で遅れました。", "confirmed": "on"}
    assert client.post(url, {**data, "statement": ""}).status_code == 200
    thanks = client.post(url, {**data, "files": [pdf()]}, follow=True)
    assert proposal.certificate.number in thanks.content.decode()
    assert state_of(proposal) == ("heard", "valid")
    assert proposal.statement == "見本：台風で遅れました。"
    assert proposal.attachments.count() == 1
    assert client.get(url).status_code == 404


def test_the_second_press_shows_the_same_receipt(proposal, client):
    with at_noon("2026-12-01"):
        proposals.notify(proposal, DECIDER)
        url = statement_url(proposal)
        data = {"statement": "見本：台風で遅れました。", "confirmed": "on"}
        first, second = client.post(url, data), client.post(url, data)
        assert first.url == second.url
        assert client.get(second.url).status_code == 200
        assert proposal.moves.filter(step="hear").count() == 1
    with freeze_time("2026-12-01T03:11:00Z"):
        assert client.post(url, data).status_code == 404


def test_what_the_office_has_heard_or_dropped_was_not_sent_by_the_link(proposal, client):
    proposals.notify(proposal, DECIDER)
    url = statement_url(proposal)
    data = {"statement": "見本", "confirmed": "on"}
    proposals.hear(proposal, DECIDER, "見本", timezone.localdate())
    assert client.post(url, data).status_code == 404
    proposals.drop(proposal, DECIDER, "見本")
    assert client.post(url, data).status_code == 404


def test_the_statement_is_possible_on_the_last_day_and_not_after(proposal, client):
    with at_noon("2026-12-01"):
        url = urlsplit(proposals.notify(proposal, DECIDER).address).path
    with freeze_time("2026-12-15T14:59:00Z"):  # a minute before midnight in Tokyo
        assert client.get(url).status_code == 200
    with freeze_time("2026-12-15T15:00:00Z"):
        assert client.get(url).status_code == 404


def test_bad_links_to_statements_look_alike(proposal, client):
    proposed = statement_url(proposal)
    wrong = f"/ja/certified/statement/{links.give(proposal, 'change', 60)}/"
    made_up = f"/ja/certified/statement/{'x' * 43}/"
    pages = {
        re.sub(r"statement/[\w-]+/", "", client.get(url).content.decode())
        for url in (proposed, wrong, made_up)
    }
    assert len(pages) == 1


def test_the_form_asks_few_questions(proposal):
    proposals.notify(proposal, DECIDER)
    assert_few(statement_url(proposal))


def test_a_statement_from_paper_is_recorded(proposal):
    proposals.notify(proposal, DECIDER)
    today = timezone.localdate().isoformat()
    press(
        "mirai", "hear", proposal.pk,
        received_on=today, statement="見本：窓口で聞いた話", files=[pdf()],
    )  # fmt: skip
    assert state_of(proposal) == ("heard", "valid")
    assert proposal.attachments.get().is_scan


def test_nothing_is_confirmed_before_the_statement_or_its_last_day(proposal):
    with at_noon("2026-12-01"):
        assert press("mirai", "confirm", proposal.pk, **paper()).status_code == 200
        proposals.notify(proposal, DECIDER)
    with at_noon("2026-12-15"):
        page = press("mirai", "confirm", proposal.pk, **paper()).content.decode()
        assert "2026-12-15" in page
        assert state_of(proposal) == ("notified", "valid")
    with at_noon("2026-12-16"):
        press("mirai", "confirm", proposal.pk, **paper())
    assert state_of(proposal) == ("confirmed", "suspended")


def test_after_the_statement_it_can_be_confirmed_at_once_and_only_once(
    proposal, django_capture_on_commit_callbacks
):
    proposals.notify(proposal, DECIDER)
    proposals.hear(proposal, DECIDER, "見本", timezone.localdate())
    with django_capture_on_commit_callbacks(execute=True):
        press("mirai", "confirm", proposal.pk, **paper())
    assert state_of(proposal) == ("confirmed", "suspended")
    assert "認定停止通知書" in mail.outbox[-1].subject
    assert press("mirai", "confirm", proposal.pk, **paper()).status_code == 200
    assert proposal.certificate.decisions.count() == 1


def test_the_notice_of_a_measure_is_the_mayors_paper(proposal):
    proposals.notify(proposal, DECIDER)
    proposals.hear(proposal, DECIDER, "見本", timezone.localdate())
    token = links.give(proposal, "statement", 15)
    press("mirai", "confirm", proposal.pk, **paper())
    assert links.find(token, "statement") is None
    page = client_of("mirai").get(reverse("proposals:notice", args=[proposal.pk])).content.decode()
    for words in ("認定停止通知書", "見本第1号", "見本の理由です。", "公印"):
        assert words in page
    refused = client_of("shokokai").get(reverse("proposals:notice", args=[proposal.pk]))
    assert is_refused(refused)


def test_a_revocation_frees_the_place(proposal):
    Certificate.objects.filter(pk=proposal.certificate_id).update(state="suspended")
    Proposal.objects.filter(pk=proposal.pk).update(measure="revoke")
    proposal.refresh_from_db()
    proposals.notify(proposal, DECIDER)
    proposals.hear(proposal, DECIDER, "見本", timezone.localdate())
    press("mirai", "confirm", proposal.pk, **paper())
    assert state_of(proposal) == ("confirmed", "revoked")
    assert Certificate.objects.get(pk=proposal.certificate_id).place is None


def test_who_was_notified_is_told_of_a_drop_and_the_link_ends(
    proposal, client, django_capture_on_commit_callbacks
):
    proposals.notify(proposal, DECIDER)
    url = statement_url(proposal)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        press("mirai", "drop", proposal.pk, reason="見本：届いていた")
    assert state_of(proposal) == ("dropped", "valid")
    assert len(mail.outbox) == 1
    assert client.get(url).status_code == 404


def test_a_drop_needs_a_reason(proposal):
    assert press("mirai", "drop", proposal.pk, reason="").status_code == 200
    assert state_of(proposal) == ("proposed", "valid")


def test_a_measure_is_proposed_by_hand_with_a_reason():
    holder = certificate("2026-04-01")
    url = reverse("certificates:propose", args=[holder.pk])
    client = client_of("mirai")
    assert client.post(url, {"measure": "revoke", "reason": ""}).status_code == 200
    client.post(url, {"measure": "revoke", "reason": "見本：申請に誤りがあった"})
    found = Proposal.objects.get()
    assert (found.measure, found.state, found.report) == ("revoke", "proposed", None)
    assert client.post(url, {"measure": "revoke", "reason": "もう一度"}).status_code == 200
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("state", ["expired", "suspended"])
def test_what_makes_no_sense_is_not_proposed(state):
    with pytest.raises(proposals.CannotPropose):
        proposals.propose(certificate(state=state), "suspend", "見本")


def test_decisions_ask_for_their_paper(proposal):
    proposals.notify(proposal, DECIDER)
    proposals.hear(proposal, DECIDER, "見本", timezone.localdate())
    page = press("mirai", "confirm", proposal.pk, **paper(document_number=""))
    assert page.status_code == 200
    assert state_of(proposal) == ("heard", "valid")
    day = timezone.localdate()
    with pytest.raises(decisions.RulingFaulty):
        proposals.confirm(proposal, DECIDER, decisions.Ruling("見本", day, day, " "))
    with pytest.raises(moves.NotTheirs):
        proposals.confirm(
            proposal, Actor(Who.WINDOW), decisions.Ruling("見本", day, day, "見本第1号")
        )


# What has lost its ground


def has_ended(proposal):
    decisions.take_back(proposal.certificate, DECIDER, "見本", timezone.localdate())


def report_has_come(proposal):
    moves.make(proposal.report, "submit", moves.APPLICANT)


def is_suspended_already(proposal):
    Certificate.objects.filter(pk=proposal.certificate_id).update(state="suspended")


def suspension_was_lifted(proposal):
    Proposal.objects.filter(pk=proposal.pk).update(measure="revoke")


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (has_ended, "認定が終了したため。"),
        (report_has_come, "報告書が提出されたため。"),
        (is_suspended_already, "すでに認定停止中です。"),
        (suspension_was_lifted, "認定停止が解除されたため。"),
    ],
)
@pytest.mark.parametrize("step", ["notify", "hearing", "confirm"])
def test_what_has_lost_its_ground_goes_no_further(proposal, happens, said, step):
    if step != "notify":
        proposals.notify(proposal, DECIDER)
    if step == "confirm":
        proposals.hear(proposal, DECIDER, "見本", timezone.localdate())
    happens(proposal)
    before = state_of(proposal)
    assert said in press("mirai", step, proposal.pk, **paper()).content.decode()
    assert state_of(proposal) == before
    press("mirai", "drop", proposal.pk, reason="見本：なくなった")
    assert state_of(proposal)[0] == "dropped"


def test_who_is_told_by_letter_of_a_drop_gets_one_to_print(proposal):
    proposal.certificate.contact.email = ""
    proposal.certificate.contact.save()
    assert press("mirai", "drop", proposal.pk, reason="").status_code == 200
    proposals.notify(proposal, DECIDER)
    page = press("mirai", "drop", proposal.pk, reason="見本：届いていた").content.decode()
    assert "清瀬市長" in page
    assert "見本：届いていた" not in page, "the reason is the office's"
    file = client_of("mirai").get(reverse("proposals:file", args=[proposal.pk]))
    address = reverse("proposals:notice", args=[proposal.pk])
    assert address in file.content.decode()
    again = client_of("mirai").get(address).content.decode()
    assert proposal.certificate.number in again


def test_nothing_is_printed_of_what_nobody_was_told(proposal):
    answer = press("mirai", "drop", proposal.pk, reason="見本：届いていた")
    assert answer.status_code == 302
    address = reverse("proposals:notice", args=[proposal.pk])
    assert client_of("mirai").get(address).status_code == 404


# A suspension lifted


@pytest.fixture
def suspended(proposal) -> Certificate:
    proposals.notify(proposal, DECIDER)
    proposals.hear(proposal, DECIDER, "見本", timezone.localdate())
    press("mirai", "confirm", proposal.pk, **paper())
    return Certificate.objects.get(pk=proposal.certificate_id)


def lift(certificate, who: str = "mirai"):
    return client_of(who).post(reverse("certificates:reinstate", args=[certificate.pk]), paper())


def test_the_holder_is_told_that_the_suspension_is_lifted(
    suspended, django_capture_on_commit_callbacks
):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        lift(suspended)
    assert "認定停止解除通知書" in mail.outbox[0].subject
    assert "見本の理由です。" in mail.outbox[0].body


def test_the_notice_of_lifting_is_printed_where_there_is_no_mail(suspended):
    suspended.contact.email = ""
    suspended.contact.save()
    page = lift(suspended).content.decode()
    for words in ("認定停止解除通知書", "見本第1号", "公印", suspended.number):
        assert words in page
    again = reverse("certificates:lifted", args=[suspended.pk])
    assert (
        again
        in client_of("mirai")
        .get(reverse("certificates:file", args=[suspended.pk]))
        .content.decode()
    )
    assert "認定停止解除通知書" in client_of("mirai").get(again).content.decode()
    assert is_refused(client_of("shokokai").get(again))


def test_without_a_lifting_there_is_no_notice_of_one(suspended):
    address = reverse("certificates:lifted", args=[suspended.pk])
    assert client_of("mirai").get(address).status_code == 404


def test_after_lifting_the_public_reads_what_is_so(suspended, client):
    """The word of the check follows at once: suspended, then overdue, then valid."""
    report = suspended.reports.get()
    long_ago = timezone.localdate() - datetime.timedelta(days=90)
    report.due_on = report.overdue_after = long_ago
    report.not_on_paper_at = timezone.now()
    report.save()

    def word() -> str:
        page = client.get(f"/verify/{suspended.number}/").content.decode()
        return re.search(r"answer--(\w+)", page)[1]

    assert word() == "suspended"
    lift(suspended)
    assert word() == "report_overdue"
    moves.make(report, "submit", moves.APPLICANT)
    assert word() == "valid"


def test_who_decides_is_told_when_a_suspension_can_be_lifted(suspended):
    """The report that was missing is accepted."""
    found = reverse("certificates:index") + "?suspension=settled"

    def desk() -> str:
        return client_of("mirai").get(reverse("wagtailadmin_home")).content.decode()

    def listed() -> list:
        return list(client_of("mirai").get(found).context["object_list"])

    report = suspended.reports.get()
    moves.make(report, "submit", moves.APPLICANT)
    assert found not in desk()
    assert listed() == []
    moves.make(report, "accept", DECIDER, accepted_at=timezone.now())
    assert found in desk()
    assert listed() == [suspended]
    lift(suspended)
    assert found not in desk()
    assert listed() == []
