"""The way of a shop through the Chamber, as people walk it, over the years that it takes:
from an application on a phone to the last day of the certificate."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from certified_orgs.models import Application, CertifiedOrgPage
from tests.certified_orgs.files import pdf, picture

from .certification import (
    as_upload,
    code_on,
    fits,
    go_to,
    link_in_mail,
    mails_about,
    number_of,
    open_in_list,
    phone,
    press,
    print_certificate,
    proof_says,
    publish_profile,
    register_lists,
    report_is_not_on_paper,
    take_up,
    window_sees_no_measure,
    write_ruling,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

NAME = "見本：𠮷田ふとん店"
ENGLISH = "Sample: Yoshida Futon Shop"
MAIL = "futon@example.jp"
PHONE_NUMBER = "042-000-0042"
ADDRESS = "見本市見本町4-2"
REPRESENTATIVE = "見本 花子"
PRIVATE = (MAIL, PHONE_NUMBER, ADDRESS, REPRESENTATIVE, "見本 次郎")
ROUND = "見本の回（冬）"
CRITERIA = 5
SUMMARY = "見本の報告：古い布団210枚を打ち直し、ごみになる布団を減らしました。"


def test_from_an_application_on_a_phone_to_the_last_day(clock, person):
    receipt = shop_applies_on_its_phone(person, clock)
    chamber_asks_for_a_correction(person, receipt)
    shop_answers_by_its_private_link(person)
    clock.go_to("2026-10-05")
    chamber_checks_and_receives(person)
    mirai_takes_it_into_a_round(person)
    reviewer_scores_without_seeing_whom_to_call(person)
    clock.go_to("2026-10-20")
    mirai_decides_the_round_in_one_batch(person)
    number = number_of(NAME)
    mirai_prints_the_notice(person, number)
    address = print_certificate(person, NAME)
    mirai_publishes_the_profile(person)
    proof_says(person, address, "valid")
    holder_fetches_a_copy(person, number, address)

    clock.go_to_and_run("2027-06-01")
    shop_writes_its_report_by_the_link_of_the_reminder(person)
    chamber_sends_it_back(person)
    shop_completes_it(person)
    clock.go_to("2027-06-10")
    chamber_accepts_it(person)
    proof_says(person, address, "valid")
    everybody_reads_it_on_the_profile(person)

    clock.go_to_and_run("2028-06-01")
    assert mails_about(MAIL, "令和9年度（2027年度）の年間報告書") == 1, "the reminder"
    clock.go_to_and_run("2028-07-31")
    proof_says(person, address, "valid")  # nobody has looked among the papers yet
    report_is_not_on_paper(person, "shokokai", NAME)
    everybody_reads_that_it_is_missing(person)
    proof_says(person, address, "report_overdue")

    clock.go_to_and_run("2028-08-30")
    proof_says(person, address, "report_overdue")  # a proposal changes nothing
    mirai_notifies_and_cannot_confirm_at_once(person)
    window_sees_no_measure(person, "shokokai", NAME)
    shop_reads_what_is_considered(person)
    clock.go_to("2028-09-14")
    mirai_confirms_the_suspension(person)
    proof_says(person, address, "suspended")

    clock.go_to("2029-10-19")
    proof_says(person, address, "suspended")  # still its last day
    clock.go_to_and_run("2029-10-20")
    proof_says(person, address, "expired")
    the_profile_stays_and_the_list_goes_on_without_it(person, number)


# Applying


def shop_applies_on_its_phone(person, clock) -> str:
    with phone(person) as page:
        page.goto("/ja/certified/")
        page.get_by_role("main").get_by_role("link", name="申請").first.click()
        expect(page).to_have_url(re.compile("/ja/certified/apply/$"))
        fits(page)
        clock.wait(minutes=3)  # to read it

        # Without saying who applies it does not begin; the address that was typed stays.
        page.fill("[name=email]", MAIL)
        next_page(page, "申請を始める")
        expect(page.get_by_role("alert").first).to_be_visible()
        expect(page.locator("[name=email]")).to_have_value(MAIL)
        page.locator("[name=kind][value=company]").check()
        next_page(page, "申請を始める")
        page.get_by_role("main").get_by_role("link", name="企業・団体について").first.click()

        write_about_the_organisation(page)
        write_whom_to_write_to(page)
        choose_marks_and_write_about_them(page)
        answer_each_criterion(page)
        tick_everything(page, "誓約")
        attach_a_picture(page)
        tick_everything(page, "取り扱い")
        return send(page)


def next_page(page, button="保存して次へ"):
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
    fits(page)


def write_about_the_organisation(page):
    page.fill("[name=name]", NAME)
    page.fill("[name=reading]", "ﾐﾎﾝ ﾖｼﾀﾞﾌﾄﾝﾃﾝ")
    page.fill("[name=english_name]", ENGLISH)
    page.fill("[name=what_we_do]", "見本の店です。古い布団を打ち直しています。")
    page.fill("[name=hopes]", "見本：布を集める団体と組みたい。")
    next_page(page)


def write_whom_to_write_to(page):
    page.fill("[name=representative_title]", "代表")
    page.fill("[name=representative]", REPRESENTATIVE)
    page.fill("[name=contact_name]", "見本 次郎")
    page.fill("[name=address]", ADDRESS)
    page.fill("[name=phone]", "０４２－０００－００４２")

    # Three digits are no postal code. It is said beside the field, and all is still there.
    page.fill("[name=postal_code]", "２０４")
    next_page(page)
    wrong = page.locator(".field--wrong", has=page.locator("[name=postal_code]"))
    expect(wrong).to_contain_text("7桁")
    expect(page.locator("[name=postal_code]")).to_have_value("２０４")
    expect(page.locator("[name=representative]")).to_have_value(REPRESENTATIVE)
    expect(page.locator("[name=email]")).to_have_value(MAIL)
    page.fill("[name=postal_code]", "２０４－００００")
    next_page(page)


def choose_marks_and_write_about_them(page):
    page.locator("summary", has_text="つくる責任").click()
    page.locator("[name=marks][value='12.5']").check()
    next_page(page)
    page.fill("[name='text-12.5']", "見本：布団を打ち直し、ごみを減らしています。")
    next_page(page)


def answer_each_criterion(page):
    answers = page.locator("textarea[name^=answer-]")
    expect(answers).to_have_count(CRITERIA)
    for answer in answers.all():
        answer.fill("見本の答えです。")
    next_page(page)


def tick_everything(page, heading: str):
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    for box in page.get_by_role("main").get_by_role("checkbox").all():
        box.check()
    next_page(page)


def attach_a_picture(page):
    page.set_input_files("[name=files]", as_upload(picture("店の前.jpg"), "image/jpeg"))
    page.fill("[name=note]", "見本：店の写真")
    next_page(page)
    expect(page.get_by_role("main")).to_contain_text("店の前.jpg")
    next_page(page)


def send(page) -> str:
    expect(page.get_by_role("main")).to_contain_text(NAME)
    next_page(page, "送信する")
    expect(page.get_by_role("status")).to_contain_text("申請を送信しました")
    receipt = page.locator(".receipt__number").inner_text()
    assert link_in_mail(MAIL, receipt) in page.url, "the mail leads to where the shop is now"
    return receipt


# At the Chamber


def chamber_asks_for_a_correction(person, receipt):
    with person("shokokai") as page:
        take_up(page, "新しい申請", NAME)
        expect(page.get_by_role("main")).to_contain_text(receipt)
        go_to(page, "補正を求める")
        page.fill("[name=text]", "見本：規約の写しを添えてください。")
        press(page, "送る", "メール")
    with person("katsudo") as page:
        assert page.goto(f"/admin/certification/applications/{application_pk()}/").status == 404


def application_pk() -> int:
    return Application.objects.get(name=NAME).pk


def shop_answers_by_its_private_link(person):
    with phone(person) as page:
        page.goto(link_in_mail(MAIL, "お尋ね"))
        expect(page.get_by_role("main")).to_contain_text("規約の写しを添えてください")
        page.fill("[name=answer]", "見本：添えました。")
        page.set_input_files("[name=files]", as_upload(pdf("規約.pdf"), "application/pdf"))
        next_page(page, "回答を送信する")
        expect(page.get_by_role("status")).to_contain_text("回答を送信しました")


def chamber_checks_and_receives(person):
    with person("shokokai") as page:
        take_up(page, "新しい申請", NAME)
        expect(page.get_by_role("main")).to_contain_text("規約.pdf")
        go_to(page, "形式審査を記録する")
        page.check("[name=papers]")
        page.check("[name=is_local]")
        page.fill("[name=text]", "見本：規約の写しで確かめた。")
        press(page, "形式審査を記録する", "記録しました")
        go_to(page, "受け付ける")
        press(page, "受け付ける", "受け付けました")


# The decision


def mirai_takes_it_into_a_round(person):
    with person("mirai") as page:
        page.goto(reverse("rounds:add"))
        page.select_option("[name=scheme]", label="令和8年度（2026年度）")
        page.fill("[name=name]", ROUND)
        page.get_by_role("main").get_by_label("department").check()
        page.locator("main form [type=submit]").first.click()
        open_in_list(page, ROUND)
        page.get_by_role("main").get_by_role("link", name="申請を加える").click()
        expect(page.get_by_role("main").get_by_label(re.compile(NAME))).to_be_checked()
        press(page, "審査を始める", "審査")


def reviewer_scores_without_seeing_whom_to_call(person):
    with person("department") as page:
        take_up(page, "採点するもの", NAME)
        shown = page.content()
        assert not [secret for secret in PRIVATE if secret in shown]
        fours = page.locator("[name^=points_][value='4']")
        expect(fours).to_have_count(CRITERIA)
        for choice in fours.all():
            choice.check()
        press(page, "採点を保存する", "80")
        assert page.goto(
            f"/admin/certification/applications/{application_pk()}/"
        ).status != 200 or (NAME not in page.content())


def mirai_decides_the_round_in_one_batch(person):
    with person("mirai") as page:
        page.goto(reverse("rounds:index"))
        open_in_list(page, ROUND)
        go_to(page, "この回を決定する")
        rows = page.locator(".case-outcome")
        expect(rows.filter(has_text=NAME)).to_have_count(1)
        for row in rows.all():
            is_ours = NAME in row.inner_text()
            row.locator("select").select_option("certify" if is_ours else "decline")
            if not is_ours:
                row.locator("textarea").fill("見本の理由：今回は基準に達していないため")
        page.fill("[name=common_reason]", "見本の理由：審査の基準に達しているため")
        write_paper(page)
        press(page, "まとめて決定する", "1件")
    assert mails_about(MAIL, "の結果：認定") == 1


def write_paper(page):
    page.fill("[name=drafted_on]", "令和8年10月13日")
    page.fill("[name=approved_on]", "2026-10-20")
    page.fill("[name=document_number]", "見本清未発第7号")


def mirai_prints_the_notice(person, number):
    with person("mirai") as page:
        page.goto(f"/admin/certification/applications/{application_pk()}/")
        page.get_by_role("main").get_by_role("link", name=re.compile("認定通知書")).click()
        sheet = page.locator(".sheet")
        for words in (NAME, number, "令和8年10月20日", "見本清未発第7号", REPRESENTATIVE):
            expect(sheet).to_contain_text(words)


def mirai_publishes_the_profile(person):
    with person() as page:
        assert page.goto(profile_address()).status == 404, "it is a draft"
    publish_profile(person, NAME)
    with phone(person) as page:
        page.goto(profile_address())
        expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
        expect(page.get_by_role("main")).to_contain_text("布団を打ち直し、ごみを減らしています")
        shown = page.content()
        assert not [secret for secret in PRIVATE if secret in shown]
        fits(page)
    assert register_lists(person, NAME)


def profile_address() -> str:
    page = CertifiedOrgPage.objects.get(certificate__name=NAME, locale__language_code="ja")
    return page.get_url()


def holder_fetches_a_copy(person, number, address):
    with phone(person) as page:
        page.goto(f"/ja/certified/copy/{number}/")
        expect(page.get_by_role("main")).to_contain_text("写し")
        # The same code as on the original; whoever has no phone types what is beside it.
        assert code_on(page) == address
        expect(page.get_by_role("main")).to_contain_text(address)
        fits(page)


# The report


def shop_writes_its_report_by_the_link_of_the_reminder(person):
    with phone(person) as page:
        page.goto(link_in_mail(MAIL, "年間報告書"))
        fits(page)
        page.fill("[name=summary]", SUMMARY)
        page.fill("[name=activity-0-activity]", "見本：打ち直し")
        page.fill("[name=activity-0-figure]", "たくさん")
        page.fill("[name=activity-0-unit]", "枚")
        page.set_input_files("[name=files]", as_upload(picture("打ち直し.jpg"), "image/jpeg"))

        # Not a figure: everything that was typed stays, and the picture is kept too.
        next_page(page, "保存して確認に進む")
        expect(page.locator("[name=activity-0-figure]")).to_have_value("たくさん")
        expect(page.locator("[name=summary]")).to_have_value(SUMMARY)
        expect(page.get_by_role("main")).to_contain_text("打ち直し.jpg")
        page.fill("[name=activity-0-figure]", "２１０")
        next_page(page, "保存して確認に進む")
        expect(page.get_by_role("main")).to_contain_text("210")
        next_page(page, "報告書を提出する")
        expect(page.get_by_role("main")).to_contain_text("受け取りました")
    with phone(person) as page:
        page.goto(profile_address())
        expect(page.get_by_role("main")).not_to_contain_text(SUMMARY)


def chamber_sends_it_back(person):
    with person("shokokai") as page:
        take_up(page, "読む年間報告書", NAME)
        expect(page.get_by_role("main")).to_contain_text(SUMMARY)
        go_to(page, "差し戻す")
        page.fill("[name=note]", "見本：だれと取り組んだかも書いてください。")
        press(page, "差し戻す", "差し戻しました")


def shop_completes_it(person):
    with phone(person) as page:
        page.goto(link_in_mail(MAIL, "年間報告書"))
        expect(page.get_by_role("main")).to_contain_text("だれと取り組んだか")
        expect(page.locator("[name=activity-0-figure]")).to_have_value("210")
        page.fill("[name=activity-0-activity]", "見本：隣の店と布団を打ち直しました。")
        next_page(page, "保存して確認に進む")
        next_page(page, "報告書を提出する")
        expect(page.get_by_role("main")).to_contain_text("受け取りました")


def chamber_accepts_it(person):
    with person("shokokai") as page:
        take_up(page, "読む年間報告書", NAME)
        go_to(page, "受理する")
        press(page, "受理する", "受理しました")


def everybody_reads_it_on_the_profile(person):
    with phone(person) as page:
        page.goto(profile_address())
        report = page.locator(".report")
        expect(report).to_contain_text(SUMMARY)
        expect(report).to_contain_text("210枚")
        expect(report).to_contain_text("2027年6月10日")
        expect(page.get_by_role("main")).not_to_contain_text("打ち直し.jpg")
        fits(page)


# A year without a report


def everybody_reads_that_it_is_missing(person):
    with phone(person) as page:
        page.goto(profile_address())
        expect(page.locator(".notice").first).to_contain_text("令和9年度（2027年度）")
        fits(page)


def mirai_notifies_and_cannot_confirm_at_once(person):
    with person("mirai") as page:
        take_up(page, "通知する停止・取消", NAME)
        expect(page.get_by_role("main")).to_contain_text("令和9年度")
        go_to(page, "本人に通知する")
        press(page, "本人に通知する", "メール")
        go_to(page, "確定する")
        write_ruling(page, "2028-08-30", reason=REASON)
        page.get_by_role("main").get_by_role("button", name="確定する", exact=True).click()
        expect(page.get_by_role("alert").first).to_contain_text("2028-09-13")
        expect(page.locator("[name=reason]")).to_have_value(REASON)


REASON = "見本の理由：年間報告書が提出されなかったため"


def shop_reads_what_is_considered(person):
    with phone(person) as page:
        page.goto(link_in_mail(MAIL, "弁明"))
        expect(page.get_by_role("main")).to_contain_text("認定停止")
        fits(page)


def mirai_confirms_the_suspension(person):
    with person("mirai") as page:
        take_up(page, "決定する停止・取消", NAME)
        go_to(page, "確定する")
        write_ruling(page, "2028-09-14", reason=REASON, document_number="見本清未発第31号")
        press(page, "確定する", "メール")
        for words in ("見本清未発第31号", "2028-09-14", REASON):
            expect(page.get_by_role("main")).to_contain_text(words)
        go_to(page, "通知書を印刷する")
        expect(page.locator(".sheet")).to_contain_text("認定停止通知書")
    assert mails_about(MAIL, "停止") == 1


# The end


def the_profile_stays_and_the_list_goes_on_without_it(person, number):
    with phone(person) as page:
        page.goto(profile_address())
        expect(page.get_by_role("main")).to_contain_text("有効期間満了")
        expect(page.get_by_role("main")).to_contain_text("2029年10月19日")
        expect(page.locator(".report")).to_contain_text(SUMMARY)
        fits(page)
        page.goto("/ja/certified/?state=expired")
        expect(page.get_by_role("main")).to_contain_text(NAME)
        assert page.goto(f"/ja/certified/copy/{number}/").status == 410
    assert not register_lists(person, NAME)
