"""The way of a group through the Center, all of it on paper: what a group without a mail
address brings to the counter is entered there, and what the city says is printed."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect

from certified_orgs.models import Application, Certificate, ChangeRequest, SchemeYear, YearlyReport
from sdgs.models import Mark
from tests.certified_orgs.files import pdf

from .certification import (
    as_upload,
    code_on,
    go_to,
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

NAME = "見本：川べりの花の会"
REPRESENTATIVE, NEXT_REPRESENTATIVE = "見本 三郎", "見本 四郎"
SUMMARY = "見本の報告：川べりの花だんを12回手入れしました。"


def test_from_a_form_on_paper_to_the_last_day(clock, person):
    mirai_decides_one_at_a_time_and_makes_room(person)
    center_enters_what_came_on_paper(person)
    the_chamber_sees_nothing(person, Application, "applications")
    center_prints_the_receipt_checks_and_receives(person)
    mirai_certifies_it_and_prints_the_letter(person)
    address = print_certificate(person, NAME)
    publish_profile(person, NAME)
    proof_says(person, address, "valid")
    the_chamber_sees_nothing(person, Certificate, "certificates")

    clock.go_to_and_run("2027-06-01")
    center_prints_the_reminder(person, REPRESENTATIVE)
    center_enters_the_report_and_accepts_it(person)
    the_chamber_sees_nothing(person, YearlyReport, "reports")
    everybody_reads_it(person)

    clock.go_to("2028-04-10")
    center_enters_the_new_representative(person)
    the_chamber_sees_nothing(person, ChangeRequest, "changes")
    mirai_accepts_it_and_prints_the_answer(person)

    clock.go_to_and_run("2028-06-01")
    center_prints_the_reminder(person, NEXT_REPRESENTATIVE)
    clock.go_to_and_run("2028-07-31")
    proof_says(person, address, "valid")  # nobody has looked among the papers yet
    report_is_not_on_paper(person, "katsudo", NAME)
    proof_says(person, address, "report_overdue")
    clock.go_to_and_run("2028-08-30")
    mirai_prints_the_letter_about_a_statement(person)
    window_sees_no_measure(person, "katsudo", NAME)
    proof_says(person, address, "report_overdue")  # a proposal changes nothing
    clock.go_to("2028-09-14")
    mirai_confirms_the_suspension_and_prints_the_notice(person)
    proof_says(person, address, "suspended")

    clock.go_to("2029-09-30")
    proof_says(person, address, "suspended")  # still its last day
    clock.go_to_and_run("2029-10-01")
    proof_says(person, address, "expired")
    assert not register_lists(person, NAME)
    assert not [each for each in mail.outbox if NAME in each.body], "it has no mail address"


def mirai_decides_one_at_a_time_and_makes_room(person):
    scheme = SchemeYear.objects.get(fiscal_year=2026)
    with person("mirai") as page:
        page.goto(reverse("schemeyear:edit", args=[scheme.pk]))
        page.select_option("[name=deciding]", "single")
        page.fill("[name=group_cap]", "6")
        page.locator("main form [type=submit]").first.click()
        expect(page.locator(".messages")).to_contain_text("2026")


def the_chamber_sees_nothing(person, model, cases: str):
    """The other window finds neither the case in its list nor its file."""
    path = "name" if model in (Application, Certificate) else "certificate__name"
    pk = model.objects.filter(**{path: NAME}).latest("pk").pk
    with person("shokokai") as page:
        assert page.goto(reverse(f"{cases}:file", args=[pk])).status == 404
        page.goto(reverse(f"{cases}:index"))
        expect(page.get_by_role("main")).not_to_contain_text(NAME)


# At the counter


def center_enters_what_came_on_paper(person):
    with person("katsudo") as page:
        page.goto(reverse("applications:index"))
        page.get_by_role("link", name="代行入力").first.click()
        page.fill("[name=received_on]", "令和8年9月30日")
        page.fill("[name=name]", NAME)
        button(page, "入力を始める").click()

        page.fill("[name=reading]", "みほん かわべりのはなのかい")
        page.fill("[name=representative]", REPRESENTATIVE)
        page.fill("[name=phone]", "042-000-0077")
        page.fill("[name=what_we_do]", "見本の会です。川べりの花を育てています。")
        page.select_option("[name=marks-0-mark]", str(Mark.objects.get(name="15.1").pk))
        page.fill("[name=marks-0-activity]", "見本：川べりの花だんの手入れ")
        for answer in page.locator("[name^=check_]").all():
            answer.fill("見本の答えです。")
        for box in page.get_by_role("main").locator("[type=checkbox]").all():
            if box.get_attribute("name") != "despite_gaps":
                box.check()
        page.set_input_files("[name=scans]", as_upload(pdf("申請書.pdf"), "application/pdf"))

        # The address is not on the form yet. What was typed is a draft, with its scan.
        button(page, "提出する").click()
        expect(page.locator(".messages")).to_contain_text("足りないものがあります")
        expect(page.locator("[name=representative]")).to_have_value(REPRESENTATIVE)
        expect(page.get_by_role("main")).to_contain_text("申請書.pdf")
        page.fill("[name=postal_code]", "204-0000")
        page.fill("[name=address]", "見本市見本町7-7")
        page.fill("[name=contact_name]", REPRESENTATIVE)
        button(page, "提出する").click()
        expect(page.locator(".messages")).to_contain_text("受付番号")


def button(page, name: str):
    return page.get_by_role("main").get_by_role("button", name=name, exact=True)


def center_prints_the_receipt_checks_and_receives(person):
    receipt = Application.objects.get(name=NAME).receipt_number
    with person("katsudo") as page:
        take_up(page, "新しい申請", NAME)
        page.get_by_role("main").get_by_role("link", name="受付票").click()
        for words in (receipt, NAME, "令和8年9月30日", "紙"):
            expect(page.locator(".sheet")).to_contain_text(str(words))
        page.go_back()
        go_to(page, "形式審査を記録する")
        page.check("[name=papers]")
        page.check("[name=is_local]")
        page.fill("[name=text]", "見本：会則で確かめた。")
        press(page, "形式審査を記録する", "記録しました")
        go_to(page, "受け付ける")
        press(page, "受け付ける", "受け付けました")


# The decision


def mirai_certifies_it_and_prints_the_letter(person):
    with person("mirai") as page:
        take_up(page, "受付済み・審査に入る前", NAME)
        go_to(page, "審査を始める")
        press(page, "審査を始める", "審査に入りました")
        go_to(page, "認定する")
        write_ruling(page, "2026-10-01")
        press(page, "認定する", "KSC-2026-")
        page.get_by_role("main").get_by_role("link", name=re.compile("認定通知書")).click()
        sheet = page.locator(".sheet")
        for words in (NAME, f"{REPRESENTATIVE} 様", "見本市見本町7-7", "令和11年9月30日"):
            expect(sheet).to_contain_text(words)


# The report


def center_prints_the_reminder(person, representative):
    with person("katsudo") as page:
        take_up(page, "印刷する手紙", NAME)
        button(page, "手紙を印刷する").click()
        for words in (f"{representative} 様", "年間報告書", "/certified/report/"):
            expect(page.locator(".sheet")).to_contain_text(words)
        page.goto(reverse("letters:index"))
        expect(page.get_by_role("main")).not_to_contain_text(NAME)


def center_enters_the_report_and_accepts_it(person):
    with person("katsudo") as page:
        page.goto(reverse("reports:index"))
        open_in_list(page, NAME)
        go_to(page, "代行入力")
        page.fill("[name=received_on]", "令和9年5月31日")
        page.fill("[name=summary]", SUMMARY)
        page.fill("[name=activity-0-activity]", "見本：花だんの手入れ")
        page.fill("[name=activity-0-figure]", "12")
        page.fill("[name=activity-0-unit]", "回")
        page.set_input_files("[name=files]", as_upload(pdf("報告書.pdf"), "application/pdf"))
        press(page, "代わりに提出する", "報告書を入力しました")
        expect(page.get_by_role("main")).to_contain_text("報告書.pdf")
        go_to(page, "受理する")
        # It has no mail address: the answer is a letter to print.
        button(page, "受理する").click()
        expect(page.locator(".sheet")).to_contain_text("年間報告書を受理しました")


def everybody_reads_it(person):
    with phone(person) as page:
        page.goto("/ja/certified/")
        page.get_by_role("main").get_by_role("link", name=NAME).click()
        report = page.locator(".report")
        expect(report).to_contain_text(SUMMARY)
        expect(report).to_contain_text("12回")
        expect(page.get_by_role("main")).not_to_contain_text("報告書.pdf")


# Changes


def center_enters_the_new_representative(person):
    with person("katsudo") as page:
        open_certificate(page)
        page.get_by_role("main").get_by_role("link", name="変更届").click()
        page.fill("[name=representative]", NEXT_REPRESENTATIVE)
        page.fill("[name=effective_on]", "令和10年4月1日")
        page.fill("[name=received_on]", "令和10年4月8日")
        press(page, "代わりに提出する", "入力しました")
        expect(page.get_by_role("main")).to_contain_text(NEXT_REPRESENTATIVE)
        # It is not the window that decides about it.
        expect(page.get_by_role("main").get_by_role("link", name="受理する")).to_have_count(0)


def open_certificate(page):
    page.goto(reverse("certificates:index"))
    open_in_list(page, NAME)


def mirai_accepts_it_and_prints_the_answer(person):
    with person("mirai") as page:
        take_up(page, "確かめる届出", NAME)
        go_to(page, "受理する")
        button(page, "受理する").click()
        expect(page.locator(".sheet")).to_contain_text(f"{NEXT_REPRESENTATIVE} 様")
        open_certificate(page)
        expect(page.locator("#contact, [aria-labelledby*=contact]").first).to_contain_text(
            NEXT_REPRESENTATIVE
        )
    with phone(person) as page:
        page.goto("/ja/certified/")
        page.get_by_role("main").get_by_role("link", name=NAME).click()
        expect(page.get_by_role("main")).not_to_contain_text(NEXT_REPRESENTATIVE)


# A year without a report


def mirai_prints_the_letter_about_a_statement(person):
    with person("mirai") as page:
        take_up(page, "通知する停止・取消", NAME)
        expect(page.get_by_role("main")).to_contain_text("令和9年度")
        go_to(page, "本人に通知する")
        button(page, "本人に通知する").click()
        for words in ("弁明の機会の付与通知書", f"{NEXT_REPRESENTATIVE} 様", "2028年9月13日"):
            expect(page.locator(".sheet")).to_contain_text(words)
        key = code_on(page)
    with phone(person) as page:
        page.goto(key)
        expect(page.get_by_role("main")).to_contain_text("認定停止")


REASON = "見本の理由：年間報告書が提出されなかったため"


def mirai_confirms_the_suspension_and_prints_the_notice(person):
    with person("mirai") as page:
        take_up(page, "決定する停止・取消", NAME)
        go_to(page, "確定する")
        write_ruling(page, "2028-09-14", reason=REASON, document_number="見本清未発第32号")
        button(page, "確定する").click()
        for words in ("認定停止通知書", "見本清未発第32号", REASON, f"{NEXT_REPRESENTATIVE} 様"):
            expect(page.locator(".sheet")).to_contain_text(words)
