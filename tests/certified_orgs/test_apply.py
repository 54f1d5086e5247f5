"""Applying online: from the first page to the receipt, with nothing but HTML."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from unittest import mock

import pytest
from django.contrib.auth.models import Permission
from django.contrib.staticfiles import finders
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from certified_orgs import attachments, decisions, moves
from certified_orgs.applying import drafts, robots
from certified_orgs.applying.completeness import missing
from certified_orgs.applying.forms import AttachmentsForm, PledgesForm
from certified_orgs.applying.progress import PROGRESS
from certified_orgs.applying.steps import STEPS
from certified_orgs.factories import (
    ApplicationFactory,
    CertificateFactory,
    CriterionFactory,
    DistrictFactory,
    SchemeYearFactory,
)
from certified_orgs.models import Application, Attachment, PrivateLink, Question
from certified_orgs.moves import Actor
from certified_orgs.permissions import applications_for
from certified_orgs.scheme import scheme_on
from certified_orgs.states import Who
from kiyose.translation.factories import enter_words, start_translation
from tests.certified_orgs.applicants import Applicant, Controls, old_stamp, scheme_with_windows
from tests.certified_orgs.files import large, pdf, picture
from tests.certified_orgs.papers import DECIDER, ruling
from tests.editor import text_of
from tests.queries import assert_few, default_division
from tests.world import in_two_languages

pytestmark = pytest.mark.django_db

APPLY = "/ja/certified/apply/"
OFFICE = Actor(Who.DECIDER)


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """The sections in both languages, the register in Japanese and English."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield in_two_languages()
        transaction.set_rollback(True)


@pytest.fixture
def scheme(site):
    return scheme_with_windows()


@pytest.fixture
def applicant(scheme):
    """Who has just begun a draft."""
    applicant = Applicant()
    assert applicant.begin().status_code == 303
    return applicant


@pytest.fixture
def complete(applicant):
    """Whose draft lacks nothing."""
    applicant.fill_in()
    assert missing(applicant.application) == []
    return applicant


@pytest.fixture
def sent(complete):
    assert complete.send().status_code == 303
    return complete


def words(response) -> str:
    """The text of an answer, without its marks."""
    return re.sub(r"<[^>]+>", "", text_of(response))


def on(day: str):
    """The clock stands on a day, at noon in Tokyo."""
    now = timezone.make_aware(datetime.datetime.fromisoformat(f"{day}T12:00"))
    return mock.patch("django.utils.timezone.now", return_value=now)


# The first page


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", ["申請を受け付けています", "残りの枠", "利用目的", "公開されないもの", "押印"]),
        ("en", ["Applications are being taken", "Places left", "never becomes public", "seal"]),
    ],
)
def test_the_first_page_says_what_applying_is(scheme, language, said):
    text = words(Client().get(f"/{language}/certified/apply/"))
    for each in said:
        assert each in text
    for window in ("見本商工会", "042-000-0001", "見本市民センター", "042-000-0003"):
        assert window in text


def test_open_points_are_marked_until_the_rules_are_adopted(scheme):
    assert "案（要綱制定前）" in words(Client().get(APPLY))
    scheme.adopted_on = datetime.date(2026, 1, 1)
    scheme.save()
    assert "案（要綱制定前）" not in words(Client().get(APPLY))


def test_places_left(scheme):
    CertificateFactory(kind="company")
    html = Client().get(APPLY).content.decode()
    assert f'<span class="places__left">{scheme.company_cap - 1}</span>' in html
    assert f'<span class="places__left">{scheme.group_cap}</span>' in html


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        ("2026-03-31", False),
        ("2026-04-01", True),
        ("2027-03-31", True),
        ("2027-04-01", False),
    ],
)
def test_the_days_on_which_applications_are_taken(site, day, is_open):
    scheme_with_windows(fiscal_year=2026)
    with on(day):
        answer = Client().get(APPLY)
        assert ("申請を始める" in words(answer)) is is_open
        begun = Client().post(APPLY, {"kind": "company", "shown": "x"})
    assert b'id="paper-heading"' in answer.content, "the paper way is always shown"
    assert begun.status_code == 200
    assert not Application.objects.exists()


def test_before_its_days_the_page_says_when(site):
    scheme_with_windows(
        fiscal_year=2026,
        opens_on=datetime.date(2026, 6, 1),
        closes_on=datetime.date(2026, 6, 30),
    )
    with on("2026-05-31"):
        text = words(Client().get(APPLY))
    assert "次の受付期間は、2026年6月1日(月)から2026年6月30日(火)まで" in text
    with on("2026-07-01"):
        text = words(Client().get(APPLY))
    assert "前回の受付期間は、2026年6月1日(月)から2026年6月30日(火)まで" in text


def test_before_there_is_a_scheme(site):
    assert "制度はまだ始まっていません" in words(Client().get(APPLY))
    assert Client().post(APPLY, {"kind": "company"}).status_code == 200


@pytest.mark.parametrize("language", ["ja", "en"])
def test_few_queries(scheme, language):
    default_division()
    assert_few(f"/{language}/certified/apply/")
    assert_few(f"/{language}/certified/forms/")
    assert_few(f"/{language}/certified/forms/application/")


@pytest.mark.parametrize(
    "rest", ["", *(f"{step.slug}/" for step in STEPS), "check/", "throw-away/"]
)
def test_few_queries_behind_a_link(complete, rest):
    assert_few(complete.url(rest))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("state", [*PROGRESS])
def test_few_queries_of_what_was_sent(sent, state, language):
    """With all that there can be: a district, files, an old question and an open one."""
    default_division()
    application = sent.application
    attachments.add(application, attachments.inspect(pdf()))
    Application.objects.update(state=state, district=DistrictFactory())
    for answered_at in (timezone.now(), None):
        Question.objects.create(
            application=application, text="問い", asked_at=timezone.now(), answered_at=answered_at
        )
    if state == "certified":
        CertificateFactory(application=application)
    sent.home = f"/{language}/certified/"
    assert_few(sent.url(folder="application"))
    assert_few(sent.url("withdraw/", folder="application"))


@pytest.mark.parametrize("state", ["incomplete", "certified"])
def test_few_queries_of_a_renewal(scheme, state):
    default_division()
    certificate = CertificateFactory()
    renewal = ApplicationFactory(
        purpose="renewal", renews=certificate, state=state, scheme=scheme,
        district=DistrictFactory(),
    )  # fmt: skip
    Question.objects.create(application=renewal, text="問い", asked_at=timezone.now())
    applicant = Applicant()
    applicant.token = drafts.links.give(renewal, "application", 60)
    assert_few(applicant.url(folder="application"))


# Beginning


def test_a_draft_needs_no_mail_address(scheme):
    applicant = Applicant()
    answer = applicant.begin(kind="group")
    draft = applicant.application
    assert (draft.kind, draft.email, draft.state) == ("group", "", "draft")
    assert answer["Cache-Control"] == "no-store, private"
    assert mail.outbox == []
    page = applicant.get()
    assert applicant.url() in page.content.decode(), "the link is shown, to be kept"


def test_the_link_is_mailed_where_there_is_an_address(scheme, django_capture_on_commit_callbacks):
    applicant = Applicant("en")
    with django_capture_on_commit_callbacks(execute=True):
        applicant.begin(email="ｓｈｏｐ＠ｅｘａｍｐｌｅ．ｊｐ")
    (message,) = mail.outbox
    assert message.to == ["shop@example.jp"]
    assert f"/en/certified/apply/{applicant.token}/" in message.body
    assert "http" in message.body
    assert "見本商工会" in message.body
    assert applicant.application.language == "en"


def test_the_link_is_mailed_once_the_address_is_written(
    applicant, django_capture_on_commit_callbacks
):
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            applicant.save("people", email="shop@example.jp", language="en")
    (message,) = mail.outbox
    assert f"/en/certified/apply/{applicant.token}/" in message.body
    assert "shop@example.jp" in words(applicant.get())


def test_who_applies_must_be_chosen_and_the_address_stays(scheme):
    answer = Applicant().begin(kind="", email="not an address")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="not an address"' in html
    assert html.count('class="field__errors"') == 2
    assert not Application.objects.exists()


def test_what_is_wrong_is_read_out_with_its_control(scheme):
    html = Applicant().begin(kind="", email="not an address").content.decode()
    assert "確認してください：" in re.search(r"<title>.*?</title>", html, re.S)[0]
    assert '<fieldset class="field field--choices field--wrong" id="id_kind" ' in html
    assert 'aria-describedby="id_kind_error"' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html


def test_the_link_lives_as_long_as_the_settings_say(applicant, scheme):
    link = PrivateLink.objects.get()
    assert (link.expires_at - link.created_at).days == scheme.link_days


def test_the_first_mail_repeats_no_word_of_who_wrote_the_draft(
    applicant, django_capture_on_commit_callbacks
):
    """The address may be that of somebody who never heard of us."""
    applicant.save("organisation", name="見本 http://spam.example")
    with django_capture_on_commit_callbacks(execute=True):
        applicant.save("people", contact_name="見本 http://spam.example", email="you@example.jp")
    (message,) = mail.outbox
    assert "spam" not in message.subject + message.body


def test_a_limit_of_mails_for_each_address(
    applicant, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(robots, "MAILS_PER_HOUR", 2)
    for number in range(4):
        with django_capture_on_commit_callbacks(execute=True):
            answer = applicant.save("people", fax=f"042-000-000{number}", email=f"{number}@a.jp")
    assert [message.to for message in mail.outbox] == [["0@a.jp"], ["1@a.jp"]]
    assert "多くのリンク" in words(answer)
    assert Controls(answer.content.decode()).values["email"] == ["3@a.jp"], "it comes back"
    application = applicant.application
    assert (application.email, application.fax) == ("1@a.jp", "042-000-0003")
    assert "1@a.jp" in words(applicant.get())


def test_mails_name_the_window_in_the_language_of_the_reader(
    scheme, django_capture_on_commit_callbacks
):
    record = start_translation(scheme.company_window)
    enter_words(record)
    record.save_target()
    english = scheme.company_window.get_translation(record.target_locale).name
    with django_capture_on_commit_callbacks(execute=True):
        Applicant("en").begin(email="shop@example.jp")
        Applicant("ja").begin(email="shop@example.jp")
    assert english != "見本商工会"
    assert english in mail.outbox[0].body
    assert "見本商工会 042-000-0001" in mail.outbox[1].body


# Robots


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"more": "buy now"}, "自動送信を防ぐ"),
        ({"shown": ""}, "もう一度押してください"),
        ({"shown": "forged:1:2"}, "もう一度押してください"),
    ],
)
def test_a_robot_gets_a_friendly_word_and_no_draft(scheme, values, said):
    answer = Applicant().begin(email="shop@example.jp", **values)
    assert said in words(answer)
    assert 'value="shop@example.jp"' in answer.content.decode()
    assert not Application.objects.exists()


def test_nobody_sees_the_trap_before_it_has_caught_something(scheme):
    html = Client().get(APPLY).content.decode()
    trap = re.search(r'<div class="trap">.*?</div>', html, re.S)[0]
    assert 'tabindex="-1"' in trap
    assert 'autocomplete="off"' in trap
    assert '<div class="trap trap--caught">' in Applicant().begin(more="x").content.decode()
    css = Path(finders.find("css/apply.css")).read_text("utf-8")
    hidden = css[css.index(".trap:not(.trap--caught)") :].split("}")[0]
    assert "clip-path" in hidden


def test_who_is_too_quick_presses_again(scheme):
    client = Client()
    data = {
        name: values[-1]
        for name, values in Controls(client.get(APPLY).content.decode()).values.items()
    }
    data["kind"] = "company"
    answer = client.post(APPLY, data)
    assert "送信が早すぎた" in words(answer)
    again = Controls(answer.content.decode()).values
    assert again["shown"] == [data["shown"]], "the time of the first showing counts"
    later = timezone.now() + datetime.timedelta(seconds=5)
    with mock.patch("django.core.signing.time.time", return_value=later.timestamp()):
        assert client.post(APPLY, {**data, "shown": again["shown"][0]}).status_code == 303


def test_a_page_that_was_open_for_days_gets_a_new_stamp(scheme):
    long_ago = timezone.now().timestamp() - 2 * 24 * 60 * 60
    with mock.patch("django.core.signing.time.time", return_value=long_ago):
        stamp = robots.stamp()
    answer = Applicant().begin(shown=stamp)
    assert "時間がたっています" in words(answer)
    assert Controls(answer.content.decode()).values["shown"] != [stamp]


def test_a_limit_of_drafts_for_each_address(scheme, monkeypatch):
    monkeypatch.setattr(robots, "DRAFTS_PER_HOUR", 2)
    assert [Applicant().begin().status_code for _time in range(2)] == [303, 303]
    answer = Applicant().begin(email="shop@example.jp")
    assert "1時間に多くの申請" in words(answer)
    assert 'value="shop@example.jp"' in answer.content.decode()
    other = Client(REMOTE_ADDR="203.0.113.9")
    assert other.post(APPLY, {"kind": "group", "shown": old_stamp()}).status_code == 303
    assert Application.objects.count() == 3


# Step by step


def test_from_the_first_page_to_the_receipt(complete, django_capture_on_commit_callbacks):
    complete.save("people", email="shop@example.jp")
    with django_capture_on_commit_callbacks(execute=True):
        answer = complete.send()
    application = complete.application
    year = scheme_on(timezone.localdate()).fiscal_year
    assert application.state == "submitted"
    assert application.receipt_number == f"{year}-0001"
    assert application.submitted_at
    assert application.moves.get().who == "applicant"
    receipt = complete.client.get(answer["Location"])
    assert f'<p class="receipt__number">{application.receipt_number}</p>' in (
        receipt.content.decode()
    )
    (message,) = mail.outbox
    assert application.receipt_number in message.subject
    assert application.receipt_number in message.body
    assert f"/ja/certified/application/{complete.token}/" in message.body
    assert "見本 代表" not in message.body


def test_what_was_typed_is_cleaned_as_the_register_wants_it(complete):
    application = complete.application
    assert (application.postal_code, application.phone) == ("204-0000", "042-000-0009")
    assert application.search_key
    (row,) = application.marks.all()
    assert (row.mark.code, row.activity) == ("8.3", "見本の活動です。")
    assert [check.answer for check in application.checks.all()] == ["見本の答えです。"] * 2


def test_in_english(scheme):
    applicant = Applicant("en")
    applicant.begin()
    applicant.fill_in()
    assert "The organisation" in words(applicant.get())
    assert applicant.send().status_code == 303
    assert "Receipt number" in words(applicant.get(folder="application"))


def test_english_shows_criteria_and_districts_in_english(scheme):
    criterion = scheme.criteria.first()
    record = start_translation(criterion)
    enter_words(record)
    record.save_target()
    english = criterion.get_translation(record.target_locale)
    applicant = Applicant("en")
    applicant.begin()
    text = words(applicant.get("self-check/"))
    assert english.question in text
    assert text.count(criterion.question) <= english.question.count(criterion.question)


def test_a_draft_may_be_as_unfinished_as_one_likes(applicant):
    answer = applicant.save("organisation", name="", what_we_do="まだ途中", then="later")
    assert answer.status_code == 303
    assert answer["Location"] == f"{applicant.url()}?saved"
    assert applicant.application.what_we_do == "まだ途中"
    assert "保存しました" in words(applicant.client.get(answer["Location"]))


def test_what_is_valid_is_saved_and_what_is_not_comes_back_with_the_reason(applicant):
    answer = applicant.save(
        "people", representative="見本 代表", phone="電話はありません", email="shop at example"
    )
    html = answer.content.decode()
    assert answer.status_code == 200
    assert applicant.application.representative == "見本 代表"
    assert applicant.application.phone == ""
    assert 'value="電話はありません"' in html
    assert 'value="shop at example"' in html
    assert 'id="id_phone_error"' in html
    assert "電話番号として読み取れません" in words(answer)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("𠮷野家", "𠮷野家"),
        ("﨑陽軒", "﨑陽軒"),
        ("\ufa19田㈱", "\ufa19田㈱"),
        ("ﾐﾎﾝ商店", "ミホン商店"),
        ("見本\u202e店商", "見本店商"),
        ("見\u200b本\ufeff商店", "見本商店"),
        ("  見本　 商店 ", "見本 商店"),
        ("مثال", "مثال"),
        ("<script>見本</script>", "<script>見本</script>"),
    ],
)
def test_names(applicant, typed, kept):
    applicant.save("organisation", name=typed)
    assert applicant.application.name == kept
    page = applicant.get("organisation/").content.decode()
    assert Controls(page).values["name"] == [kept]
    assert "<script>見本" not in page


def test_a_name_of_500_characters_comes_back_whole(applicant):
    name = "長" * 500
    answer = applicant.save("organisation", name=name, reading="ながい")
    assert Controls(answer.content.decode()).values["name"] == [name]
    assert "200" in words(answer)
    assert (applicant.application.name, applicant.application.reading) == ("", "ながい")


def test_the_browser_cuts_nothing_off(applicant):
    for step in ("organisation", "people", "self-check", "attachments"):
        assert b"maxlength" not in applicant.get(f"{step}/").content


def test_a_reading_in_any_kana_but_not_in_kanji(applicant):
    applicant.save("organisation", reading="ﾐﾎﾝショウテン")
    assert applicant.application.reading == "みほんしょうてん"
    answer = applicant.save("organisation", reading="見本商店")
    assert "ひらがなかカタカナ" in words(answer)


def test_a_web_site_is_an_address(applicant):
    applicant.save("organisation", website="example.jp")
    assert applicant.application.website == "https://example.jp"
    answer = applicant.save("organisation", website="javascript:alert(1)")
    assert b'id="id_website_error"' in answer.content


def test_districts_are_offered(applicant):
    district = DistrictFactory(name="見本町")
    assert "見本町" in words(applicant.get("organisation/"))
    applicant.save("organisation", district=str(district.pk))
    assert applicant.application.district == district


# Goals and targets


def test_choosing_marks_asks_for_one_text_each(applicant):
    answer = applicant.save("activities", marks=["8.3", "11"])
    assert answer["Location"].endswith("/activities/?write")
    page = applicant.client.get(answer["Location"]).content.decode()
    assert 'name="text-8.3"' in page
    assert 'name="text-11"' in page
    answer = applicant.save("activities", **{"text-8.3": "雇用", "text-11": "まち"})
    assert answer["Location"].endswith("/self-check/")
    texts = {row.mark.code: row.activity for row in applicant.application.marks.all()}
    assert texts == {"8.3": "雇用", "11": "まち"}


def test_taking_a_mark_away_and_adding_one_keeps_the_other_text(applicant):
    applicant.save("activities", marks=["8.3", "11"])
    applicant.save("activities", **{"text-8.3": "雇用", "text-11": "まち"})
    applicant.save("activities", marks=["11", "13"])
    texts = [(row.mark.code, row.activity) for row in applicant.application.marks.all()]
    assert texts == [("11", "まち"), ("13", "")]


def test_a_text_that_is_too_long_comes_back_and_the_others_are_saved(applicant):
    applicant.save("activities", marks=["8.3", "11"])
    answer = applicant.save("activities", **{"text-8.3": "長" * 501, "text-11": "まち"})
    assert Controls(answer.content.decode()).values["text-8.3"] == ["長" * 501]
    texts = {row.mark.code: row.activity for row in applicant.application.marks.all()}
    assert texts == {"8.3": "", "11": "まち"}


def test_a_mark_that_is_none(applicant):
    answer = applicant.save("activities", marks=["77.7"])
    assert answer.status_code == 200
    assert not applicant.application.marks.exists()


# Attachments


def test_files_are_attached_and_taken_away(applicant):
    answer = applicant.post("attachments/", files=[pdf(), picture()], note="見本", then="next")
    assert answer["Location"].endswith("/attachments/?attached")
    kept = applicant.application.attachments
    assert {row.name for row in kept.all()} == {"定款.pdf", "店.jpg"}
    assert {row.note for row in kept.all()} == {"見本"}
    text = words(applicant.get("attachments/"))
    assert "定款.pdf" in text
    first = kept.first()
    applicant.post("attachments/", remove=str(first.pk))
    assert first not in applicant.application.attachments.all()


def test_nobody_takes_away_a_file_of_another(applicant):
    other = ApplicationFactory(state="submitted")
    kept = attachments.add(other, attachments.inspect(pdf()))
    for key in (str(kept.pk), "-1", "x", "9" * 40):
        applicant.post("attachments/", remove=key)
    assert Attachment.objects.filter(pk=kept.pk).exists()


def test_what_the_office_added_is_the_offices(sent, django_user_model):
    """The scan of a paper, for example: not shown to the applicant, nor taken away."""
    scan = attachments.add(sent.application, attachments.inspect(pdf("原本.pdf")), is_scan=True)
    officer = django_user_model.objects.create(username="officer")
    memo = attachments.add(sent.application, attachments.inspect(pdf("覚書.pdf")), user=officer)
    moves.make(sent.application, "ask_to_complete", OFFICE, reason="住所を")
    for rest in ("", "attachments/"):
        text = words(sent.get(rest, "application"))
        assert "原本.pdf" not in text
        assert "覚書.pdf" not in text
    for file in (scan, memo):
        sent.post("attachments/", "application", remove=str(file.pk))
        assert Attachment.objects.filter(pk=file.pk).exists()


def test_good_files_stay_where_another_one_or_a_word_is_refused(applicant):
    answer = applicant.post(
        "attachments/", files=[pdf("良い.pdf"), large(50)], note="長" * 201, then="next"
    )
    text = words(answer)
    assert answer.status_code == 200
    assert "大きすぎます（50 MB）" in text
    assert [row.name for row in applicant.application.attachments.all()] == ["良い.pdf"]
    assert "良い.pdf" in text, "and the page shows that it is attached"
    assert Controls(answer.content.decode()).values["note"] == ["長" * 201]


def test_no_room_is_left_by_another_window_in_the_meantime(applicant, monkeypatch):
    """Both have looked before either has saved."""
    monkeypatch.setattr(attachments, "MOST_FILES", 2)
    stale = AttachmentsForm(
        applicant.application, {"note": ""}, MultiValueDict({"files": [pdf("三.pdf")]})
    )
    assert stale.is_valid()
    applicant.post("attachments/", files=[pdf("一.pdf"), pdf("二.pdf")], then="next")
    stale.keep()
    assert "三.pdf" in str(stale.errors["files"])
    names = {row.name for row in applicant.application.attachments.all()}
    assert names == {"一.pdf", "二.pdf"}


def test_a_note_is_one_line_that_turns_nothing_round(applicant):
    applicant.post("attachments/", files=[pdf()], note="見本\u202efdp\n", then="next")
    assert applicant.application.attachments.get().note == "見本fdp"
    html = applicant.get("attachments/").content.decode()
    assert '<bdi class="attached__name">定款.pdf</bdi>' in html


# The end


def test_the_last_page_lists_what_is_missing_with_the_way_to_it(applicant):
    applicant.save("activities", marks=["8.3"])
    html = applicant.get("check/").content.decode()
    for place in (
        "organisation/#id_name",
        "people/#id_address",
        "people/#id_phone",
        "activities/#id_text-8.3",
        f"self-check/#id_answer-{applicant.application.scheme.criteria.first().pk}",
        "pledges/#id_no_gangs",
        "consents/#id_consents_to_use",
    ):
        step, control = place.split("#")
        assert f'href="{applicant.url(place)}"' in html
        assert f'id="{control}"' in applicant.get(step).content.decode()
    assert "送信する</button>" not in html


def test_what_is_not_complete_cannot_be_sent(complete):
    complete.save("people", address="")
    answer = complete.send()
    assert answer.status_code == 200
    assert "入力がありません：住所" in words(answer)
    assert complete.application.state == "draft"
    assert complete.application.receipt_number is None


@pytest.mark.parametrize("name", ["no_gangs", "active_in_city", "consents_to_use"])
def test_every_pledge_and_consent_is_needed(complete, name):
    Application.objects.update(**{name: False})
    assert [one.control for one in missing(complete.application)] == [f"id_{name}"]


def test_whether_the_window_sees_it_is_a_choice(complete):
    Application.objects.update(consents_to_window=False)
    assert missing(complete.application) == []


@pytest.mark.parametrize("name", ["phone", "fax", "email"])
def test_one_way_to_ask_is_enough(complete, name):
    Application.objects.update(phone="", fax="", email="")
    assert [one.control for one in missing(complete.application)] == ["id_phone"]
    Application.objects.update(**{name: "1"})
    assert missing(complete.application) == []


def test_a_double_submission_shows_the_same_receipt(complete):
    first = complete.post("check/")
    second = complete.post("check/")
    assert first.status_code == second.status_code == 303
    assert first["Location"] == second["Location"]
    assert Application.objects.get().receipt_number.endswith("-0001")
    assert complete.client.get(first["Location"]).status_code == 200


def test_two_presses_at_the_same_time_give_one_receipt(complete):
    """The second one has read the draft before the first one has sent it."""
    stale = complete.application
    first = complete.post("check/")
    with pytest.raises(drafts.AlreadySent):
        drafts.submit(stale, complete.token)
    assert first["Location"].split("/")[4] == drafts.links.successor(complete.token)
    assert complete.application.moves.count() == 1


def test_some_minutes_later_the_second_press_is_a_bad_link(complete):
    complete.post("check/")
    later = timezone.now() + datetime.timedelta(minutes=11)
    with mock.patch("django.utils.timezone.now", return_value=later):
        assert complete.post("check/").status_code == 404


def test_the_draft_link_ends_when_it_is_sent(sent):
    assert drafts.links.find(sent.draft_token, "draft") is None
    url = f"{sent.home}apply/{sent.draft_token}/"
    assert Client().get(url).status_code == 404
    assert Client().get(f"{url}people/").status_code == 404
    assert Client().get(f"{url}check/").status_code == 404, "it was opened, not sent again"
    assert Client().post(f"{url}people/", {"name": "x"}).status_code == 404


def test_what_is_saved_from_an_old_window_after_sending_is_refused(complete):
    """The step was open in another window; somebody sends the draft before it is saved."""
    stale = complete.application
    complete.post("check/")
    form = PledgesForm(stale, {})
    assert form.is_valid()
    with pytest.raises(moves.NoSuchMove):
        form.keep()
    assert complete.application.no_gangs


def test_a_draft_of_march_is_sent_under_the_rules_of_april(site):
    with on("2027-03-31"):
        scheme_with_windows(fiscal_year=2026)
        applicant = Applicant()
        applicant.begin()
        applicant.fill_in()
    with on("2027-04-01"):
        answer = applicant.send()
        assert "申請の受付期間は" in words(answer)
        assert applicant.application.state == "draft"
        april = SchemeYearFactory(fiscal_year=2027)
        criterion = CriterionFactory(scheme=april, question="新しい年度の問い")
        answer = applicant.send()
        assert "新しい年度の問い" in words(answer), "its question is not answered yet"
        applicant.save("self-check", **{f"answer-{criterion.pk}": "答え"})
        assert applicant.send().status_code == 303
        assert applicant.application.receipt_number == "2027-0001"
        assert applicant.application.scheme == april
        assert [check.criterion for check in applicant.application.checks.all()] == [criterion]


# Throwing away


def test_a_draft_is_thrown_away_with_its_files(applicant, django_capture_on_commit_callbacks):
    applicant.post("attachments/", files=[pdf()])
    kept = Attachment.objects.get()
    assert "破棄しますか" in words(applicant.get("throw-away/"))
    assert Application.objects.exists(), "it is asked first"
    with django_capture_on_commit_callbacks(execute=True):
        answer = applicant.post("throw-away/")
    assert "破棄しました" in words(applicant.client.get(answer["Location"]))
    assert not Application.objects.exists()
    assert not PrivateLink.objects.exists()
    assert not kept.file.storage.exists(kept.file.name)
    assert applicant.get().status_code == 404


def test_what_was_sent_is_not_thrown_away_from_an_old_window(complete):
    """The page that asks was open in another window."""
    stale = complete.application
    complete.post("check/")
    with pytest.raises(drafts.AlreadySent):
        drafts.throw_away(stale)
    assert complete.application.state == "submitted"


# After it was sent


def test_the_follow_page_says_where_it_stands(sent):
    assert "申請が届きました" in words(sent.get(folder="application"))
    moves.make(sent.application, "receive", OFFICE)
    assert "受け付けました" in words(sent.get(folder="application"))
    moves.make(sent.application, "screen", OFFICE)
    text = words(sent.get(folder="application"))
    assert "審査中です" in text
    assert "見本の活動です。" in text, "what was sent is there to be read"


def test_a_question_and_its_answer(sent):
    application = sent.application
    for step in ("receive", "screen"):
        moves.make(application, step, OFFICE)
    moves.make(application, "ask", OFFICE, reason="いつからですか。")
    Question.objects.create(
        application=application, text="いつからですか。", asked_at=timezone.now()
    )
    assert "いつからですか。" in words(sent.get(folder="application"))
    empty = sent.post("", folder="application", answer="")
    assert b'id="id_answer_error"' in empty.content
    answer = sent.post("", folder="application", answer="去年からです。", files=[pdf()])
    assert "回答を送信しました" in words(sent.client.get(answer["Location"]))
    question = application.questions.get()
    assert question.answer == "去年からです。"
    assert question.answered_at
    assert sent.application.state == "screening"
    assert application.attachments.get().name == "定款.pdf"
    # Sent again: nothing is open any more, and nothing is changed.
    sent.post("", folder="application", answer="二度目")
    assert application.questions.get().answer == "去年からです。"


def test_an_answer_with_a_bad_file_comes_back_and_its_good_files_are_kept(sent):
    application = sent.application
    moves.make(application, "ask_to_complete", OFFICE, reason="住所を確かめてください。")
    answer = sent.post(
        "", folder="application", answer="直しました。", files=[large(11), pdf("良い.pdf")]
    )
    text = words(answer)
    assert "大きすぎます" in text
    assert "選び直す必要はありません： 良い.pdf" in text
    html = answer.content.decode()
    assert html.count("notice--wrong") == 1
    assert html.index('id="question"') < html.index("notice--wrong"), "where the browser scrolls to"
    assert "このページのほかの内容は保存" not in text, "the answer itself is not"
    assert Controls(answer.content.decode()).values["answer"] == ["直しました。"]
    assert sent.application.state == "incomplete"
    assert [row.name for row in application.attachments.all()] == ["良い.pdf"]
    assert (
        "確認してください：" in re.search(r"<title>.*?</title>", answer.content.decode(), re.S)[0]
    )


def test_files_are_kept_where_something_else_is_missing(sent):
    moves.make(sent.application, "ask_to_complete", OFFICE, reason="住所を")
    sent.save("people", folder="application", address="")
    answer = sent.post("", folder="application", answer="直しました。", files=[pdf()])
    assert "まだ足りないもの" in words(answer)
    assert sent.application.attachments.get().name == "定款.pdf"


def test_no_file_is_taken_when_nothing_was_asked(sent):
    answer = sent.post("", folder="application", answer="x", files=[pdf()])
    assert answer.status_code == 200
    assert not sent.application.attachments.exists()
    assert drafts.keep_files(sent.application, [attachments.inspect(pdf())]) == []


def test_an_address_that_is_corrected_gets_the_link(sent, django_capture_on_commit_callbacks):
    moves.make(sent.application, "ask_to_complete", OFFICE, reason="メールを")
    with django_capture_on_commit_callbacks(execute=True):
        sent.save("people", folder="application", email="new@example.jp")
    (message,) = mail.outbox
    assert message.to == ["new@example.jp"]
    assert f"/ja/certified/application/{sent.token}/" in message.body
    assert "new@example.jp にお送りした" in words(sent.get(folder="application"))


def test_a_consent_can_be_taken_back_while_it_is_corrected(sent, window_for_companies):
    """From then on the window does not see it any more."""
    seen = applications_for(window_for_companies)
    moves.make(sent.application, "ask_to_complete", OFFICE, reason="同意を")
    assert sent.application in seen.all()
    sent.post(
        "consents/", "application", consents_to_use="on", consents_to_publication="on", then="next"
    )
    assert sent.application not in seen.all()


@pytest.fixture
def window_for_companies(django_user_model):
    user = django_user_model.objects.create(username="shokokai")
    user.user_permissions.add(Permission.objects.get(codename="serve_companies"))
    return user


def test_corrections_are_made_where_they_were_written(sent):
    application = sent.application
    assert sent.get("people/", "application").status_code == 303, "nothing to correct yet"
    moves.make(application, "ask_to_complete", OFFICE, reason="住所を確かめてください。")
    assert "住所を確かめてください。" in words(sent.get(folder="application"))
    answer = sent.save("people", folder="application", address="見本市見本町2-2")
    assert answer.status_code == 303
    assert b'name="kind"' not in sent.get("organisation/", "application").content
    sent.post("", folder="application", answer="直しました。")
    application = sent.application
    assert (application.state, application.address) == ("submitted", "見本市見本町2-2")
    (question,) = application.questions.all()
    assert (question.text, question.answer) == ("住所を確かめてください。", "直しました。")


def test_a_correction_that_leaves_something_out_is_not_sent(sent):
    moves.make(sent.application, "ask_to_complete", OFFICE, reason="住所を")
    sent.save("people", folder="application", address="")
    answer = sent.post("", folder="application", answer="直しました。")
    assert "まだ足りないもの" in words(answer)
    assert "直しました。" in answer.content.decode()
    assert sent.application.state == "incomplete"


def test_withdrawal_is_asked_once_and_done_once(sent):
    assert "取り下げますか" in words(sent.get("withdraw/", "application"))
    assert sent.application.state == "submitted"
    answer = sent.post("withdraw/", "application", reason="都合により")
    assert "取り下げられました" in words(sent.client.get(answer["Location"]))
    application = sent.application
    assert application.state == "withdrawn"
    assert application.closed_at
    assert application.moves.last().reason == "都合により"
    again = sent.post("withdraw/", "application")
    assert again.status_code == 200
    assert "できません" in words(again)
    assert sent.application.moves.filter(step="withdraw").count() == 1


def test_a_withdrawal_is_confirmed_by_mail(sent, django_capture_on_commit_callbacks):
    Application.objects.update(email="shop@example.jp")
    with django_capture_on_commit_callbacks(execute=True):
        sent.post("withdraw/", "application")
        sent.post("withdraw/", "application")
    (message,) = mail.outbox
    assert sent.application.receipt_number in message.subject
    assert "取り下げられました" in message.body
    assert "見本商工会" in message.body
    assert "/application/" not in message.body, "there is nothing left to open"


def test_the_rank_on_the_waiting_list_is_shown_until_it_is_left(sent):
    Application.objects.update(state="waiting", waiting_rank=7)
    assert "補欠の順位：7" in words(sent.get(folder="application"))
    answer = sent.post("withdraw/", "application")
    assert "順位" not in words(sent.client.get(answer["Location"]))
    assert sent.application.waiting_rank is None


@pytest.mark.parametrize("reason", ["長" * 501, "見本\0"])
def test_a_reason_that_cannot_be_kept_comes_back_whole(sent, reason):
    answer = sent.post("withdraw/", "application", reason=reason)
    assert answer.status_code == 200
    assert b'id="id_reason_error"' in answer.content
    assert Controls(answer.content.decode()).values["reason"] == [reason]
    assert sent.application.state == "submitted"


def test_a_link_that_is_wider_than_its_purpose_opens_nothing(sent):
    """The link to follow is no link to a draft, and the other way round."""
    assert sent.get(folder="apply").status_code == 404
    draft = Applicant()
    draft.begin()
    assert draft.get(folder="application").status_code == 404


def test_an_unknown_step(applicant, sent):
    applicant = Applicant()
    applicant.begin()
    assert applicant.get("no-such-step/").status_code == 404


# Renewal


def soon_over(**values):
    """A certificate that can be renewed: its term ends in 90 days."""
    last = timezone.localdate() + datetime.timedelta(days=90)
    return CertificateFactory(**{"valid_until": last, **values})


def test_a_renewal_is_the_same_with_its_kind_and_certificate_fixed(scheme):
    certificate = soon_over(name="見本の家", kind="group")
    renewal = ApplicationFactory(
        purpose="renewal", renews=certificate, name="見本の家", kind="group", scheme=scheme
    )
    applicant = Applicant()
    applicant.token = drafts.links.give(renewal, "draft", 60)
    assert f"{certificate.number} の更新" in words(applicant.get())
    page = applicant.get("organisation/").content.decode()
    assert Controls(page).values["name"] == ["見本の家"]
    assert "kind" not in Controls(page).values
    applicant.save("organisation", kind="company", name="見本の新しい家")
    assert (applicant.application.kind, applicant.application.renews) == ("group", certificate)
    applicant.fill_in()
    # It does not depend on the days on which new applications are taken.
    scheme.closes_on = timezone.localdate() - datetime.timedelta(days=1)
    scheme.opens_on = scheme.closes_on
    scheme.save()
    assert applicant.send().status_code == 303
    assert applicant.application.state == "submitted"
    assert f"{certificate.number} の更新" in words(applicant.get(folder="application"))


def test_a_second_renewal_of_the_same_certificate_is_refused_in_words(scheme):
    certificate = soon_over()
    values = {"purpose": "renewal", "renews": certificate, "scheme": scheme}
    ApplicationFactory(state="submitted", **values)
    applicant = Applicant()
    applicant.token = drafts.links.give(ApplicationFactory(**values), "draft", 60)
    applicant.fill_in()
    answer = applicant.send()
    assert "すでに申請されています" in words(answer)
    assert applicant.application.state == "draft"


def test_an_expired_certificate_is_not_renewed(scheme):
    certificate = CertificateFactory(
        state="expired", valid_until=timezone.localdate() - datetime.timedelta(days=1)
    )
    applicant = Applicant()
    draft = ApplicationFactory(purpose="renewal", renews=certificate, scheme=scheme)
    applicant.token = drafts.links.give(draft, "draft", 60)
    applicant.fill_in()
    assert "更新できません" in words(applicant.send())
    assert applicant.application.state == "draft"


@pytest.mark.parametrize(
    "stop",
    [
        lambda one: decisions.suspend(one, DECIDER, ruling()),
        lambda one: decisions.revoke(one, DECIDER, ruling()),
        lambda one: decisions.take_back(one, DECIDER, "閉店のため", timezone.localdate()),
    ],
    ids=["suspended", "revoked", "returned"],
)
def test_a_renewal_that_was_begun_before_the_certificate_stopped_is_not_sent(scheme, stop):
    certificate = soon_over()
    applicant = Applicant()
    draft = ApplicationFactory(purpose="renewal", renews=certificate, scheme=scheme)
    applicant.token = drafts.links.give(draft, "draft", 60)
    applicant.fill_in()
    stop(certificate)
    answer = applicant.send()
    assert answer.status_code == 200
    assert 'class="notice' in answer.content.decode()
    assert applicant.application.state == "draft"


def test_of_two_renewals_at_once_the_second_is_told_in_words(scheme, monkeypatch):
    """Both have looked, and found no other."""
    certificate = soon_over()
    values = {"purpose": "renewal", "renews": certificate, "scheme": scheme}
    ApplicationFactory(state="submitted", **values)
    applicant = Applicant()
    applicant.token = drafts.links.give(ApplicationFactory(**values), "draft", 60)
    applicant.fill_in()
    monkeypatch.setattr(drafts.changes, "check_renewal", lambda *args, **kwargs: None)
    assert "すでに申請されています" in words(applicant.send())
    assert applicant.application.state == "draft"


# Nothing leaks


def test_private_pages_say_so_to_caches_robots_and_other_sites(sent):
    answers = [sent.get(folder="application"), sent.get("withdraw/", "application")]
    draft = Applicant()
    draft.begin()
    answers += [draft.get(), draft.get("people/"), draft.get("check/")]
    for answer in answers:
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["Referrer-Policy"] == "same-origin"
        assert "noindex" in answer["X-Robots-Tag"]
        html = answer.content.decode()
        assert "canonical" not in html
        assert "social-plugins" not in html, "nothing to share"


def test_a_draft_is_in_no_page_and_no_search(complete):
    Application.objects.update(name="見本の秘密の店", representative="見本 秘密")
    for path in ("/ja/certified/", "/en/certified/", APPLY, "/opendata/"):
        assert "秘密" not in Client().get(path).content.decode()


def test_a_form_sent_from_elsewhere_is_refused(complete):
    client = Client(enforce_csrf_checks=True)
    assert client.post(complete.url("check/")).status_code == 403
    assert complete.application.state == "draft"


@pytest.mark.parametrize("step", ["", "organisation/", "activities/", "attachments/", "check/"])
def test_no_script_and_no_style_of_its_own(complete, step):
    html = complete.get(step).content.decode()
    assert "<script" not in html
    assert "style=" not in html


def test_the_html_is_valid(complete, html_checker):
    """Every page of a draft, a step that came back, and what was sent."""
    applicant = Applicant()
    applicant.begin()
    pages = {step.slug: complete.get(f"{step.slug}/") for step in STEPS}
    pages |= {name: complete.get(name) for name in ("", "check/", "throw-away/")}
    pages["came back"] = applicant.save("people", phone="x")
    pages["lacking"] = applicant.get("check/")
    complete.send()
    pages["sent"] = complete.get(folder="application")
    pages["withdraw"] = complete.get("withdraw/", "application")
    pages["start"] = Client().get(APPLY)
    assert html_checker({name: page.content.decode() for name, page in pages.items()}) == []


def test_who_is_certified_sees_the_number_and_where_to_check_it(sent):
    certificate = CertificateFactory(application=sent.application)
    Application.objects.update(state="certified")
    html = sent.get(folder="application").content.decode()
    assert f'href="/verify/{certificate.number}/?lang=ja">{certificate.number}</a>' in html


@pytest.mark.parametrize(("state", "is_led"), [("valid", True), ("suspended", False)])
def test_who_is_certified_is_led_to_the_kit_while_it_may_be_shown(sent, state, is_led):
    certificate = CertificateFactory(application=sent.application, state=state)
    Application.objects.update(state="certified")
    html = sent.get(folder="application").content.decode()
    kit = f"/ja/certified/kit/{certificate.number}/"
    assert (f'href="{kit}"' in html) == is_led
    assert (Client().get(kit).status_code == 200) == is_led
