"""What the walks of certification have in common: the office's desk, letters, the register."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager

import zxingcpp
from django.core import mail
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from certified_orgs.models import Certificate

from .conftest import PHONE
from .editor import open_actions

# A paper of the city, as it is typed from the document system.
PAPER = {"reason": "見本の理由：審査の基準に達しているため", "document_number": "見本清未発第12号"}


def day_in_reiwa(day: str) -> str:
    """2026-10-01 as the office types it."""
    year, month, date = (int(part) for part in day.split("-"))
    return f"令和{year - 2018}年{month}月{date}日"


# At the desk


def take_up(page, waits: str, name: str):
    """From what waits on the desk to the list, and there to the case of that organisation."""
    page.goto("/admin/")
    page.locator("#certification-desk, .w-panel--dashboard").get_by_role("link", name=waits).click()
    open_in_list(page, name)


def open_in_list(page, name: str):
    """The file of the case that a list has for that organisation."""
    row = page.locator("tbody tr", has_text=name)
    expect(row).to_have_count(1)
    with page.expect_navigation():
        row.get_by_role("link").first.click()
    expect(page.get_by_role("main")).to_contain_text(name)


def go_to(page, step: str):
    """One of the things that can be done with the case now."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name=step, exact=True).click()


def press(page, button: str, says: str):
    """The button of a form, and the message that follows."""
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".messages")).to_contain_text(says)


def write_ruling(page, day: str, **changes):
    """理由, 起案日, 決裁日 and 文書番号, drafted and approved on that day."""
    days = {"drafted_on": day_in_reiwa(day), "approved_on": day_in_reiwa(day)}
    for name, value in (PAPER | days | changes).items():
        page.fill(f"[name={name}]", value)


def publish_profile(person, name: str):
    """The draft that came with the decision, from the file of the certificate."""
    with person("mirai") as page:
        page.goto(reverse("certificates:index"))
        open_in_list(page, name)
        page.locator("main .case").get_by_role("link", name=name, exact=True).first.click()
        expect(page.locator("[name=title]")).to_have_value(name)
        open_actions(page)
        page.locator("[name=action-publish]").click()
        expect(page.locator(".messages")).to_contain_text(name)


def number_of(name: str) -> str:
    """The number of the certificate of that organisation."""
    return Certificate.objects.get(name=name).number


def as_upload(file, kind: str) -> dict:
    return {"name": file.name, "mimeType": kind, "buffer": file.read()}


# On paper


def code_on(page) -> str:
    """What a phone reads in the QR code of a sheet, as large as it is printed."""
    page.emulate_media(media="print")
    (read,) = zxingcpp.read_barcodes(
        Image.open(io.BytesIO(page.locator(".sheet svg").screenshot()))
    )
    page.emulate_media(media="screen")
    return read.text


def print_certificate(person, name: str) -> str:
    """The original, which waits to be printed. The address in its QR code."""
    with person("mirai") as page:
        take_up(page, "印刷する認定証", name)
        go_to(page, "認定証の印刷")
        page.get_by_role("button", name="記録して原本を表示する").click()
        for words in (name, number_of(name)):
            expect(page.locator(".sheet")).to_contain_text(words)
        expect(page.locator("body")).not_to_contain_text("写し")
        address = code_on(page)
        page.goto(f"{reverse('certificates:index')}?printing=waits")
        expect(page.get_by_role("main")).not_to_contain_text(name)
    return address


# A year without a report


def report_is_not_on_paper(person, window: str, name: str):
    """The window has looked for it."""
    with person(window) as page:
        take_up(page, "紙で届いていないか確かめる報告書", name)
        go_to(page, "紙でも受け取っていない")
        page.check("[name=looked]")
        press(page, "紙でも受け取っていない", "記録しました")


def window_sees_no_measure(person, window: str, name: str):
    """Measures are the city's alone, and a window reads nothing of them."""
    with person(window) as page:
        page.goto(reverse("proposals:index"))
        expect(page.get_by_role("main")).not_to_contain_text(name)


# By mail


def link_in_mail(to: str, about: str) -> str:
    """The private address in the newest mail to somebody, which is about that."""
    message = [each for each in mail.outbox if each.to == [to]][-1]
    assert about in message.subject, message.subject
    return re.search(r"http://\S+/certified/\S+/", message.body)[0]


def mails_about(to: str, about: str) -> int:
    return sum(each.to == [to] and about in each.subject for each in mail.outbox)


# On a phone


@contextmanager
def phone(person, language: str = "ja-JP"):
    """A phone of 360 pixels whose browser runs no script."""
    with person(size=PHONE, language=language, javascript=False) as page:
        yield page


def fits(page):
    """No sideways scrolling."""
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], f"{page.url} is {width} px wide"


# In public

ANSWERS = {
    "valid": ("この認定証は有効です", "This certificate is valid"),
    "report_overdue": (
        "この認定証は有効ですが、年間報告書が期限を過ぎています",
        "This certificate is valid, but a yearly report is overdue",
    ),
    "suspended": ("この認定証は認定停止中です", "This certificate is suspended"),
    "expired": ("この認定証は有効期間が満了しています", "This certificate has expired"),
}


def proof_says(person, address: str, standing: str):
    """Whoever follows the QR code to that address reads it in their own language."""
    for language, answer in zip(("ja-JP", "en-GB"), ANSWERS[standing], strict=True):
        with phone(person, language) as page:
            page.goto(address)
            expect(page.get_by_role("heading", level=1)).to_have_text(answer)
            fits(page)


def register_lists(person, name: str) -> bool:
    """Whether the register has it when nobody asks for more."""
    with phone(person) as page:
        page.goto("/ja/certified/")
        fits(page)
        return page.get_by_role("main").get_by_role("link", name=name).count() > 0
