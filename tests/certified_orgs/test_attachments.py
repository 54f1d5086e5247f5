"""Attachments: what is refused and what is said then, what is kept, and who may open it."""

from __future__ import annotations

import contextlib
import datetime
import io
from unittest import mock

import pytest
from django import forms
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from certified_orgs import attachments
from certified_orgs.attachments import AttachmentField, inspect
from certified_orgs.factories import (
    ApplicationFactory,
    ChangeRequestFactory,
    ProposalFactory,
    YearlyReportFactory,
)
from certified_orgs.models import Attachment
from tests.certified_orgs.files import large, locked_pdf, pdf, picture
from tests.staff import client_of, employ

pytestmark = pytest.mark.django_db


class Form(forms.Form):
    files = AttachmentField(required=False)


def form_with(*files) -> Form:
    form = Form({}, {"files": list(files)})
    # What a request gives for a field with several files.
    form.files = _Files(files)
    return form


class _Files(dict):
    def __init__(self, files):
        super().__init__(files=files)

    def getlist(self, name):
        return list(self.get(name, ()))


def problems(*files) -> list[str]:
    return form_with(*files).errors.get("files", [])


# What is refused


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (large(50), "大きすぎます"),
        (SimpleUploadedFile("表.xlsx", b"PK\x03\x04 and so on"), "PDF、JPEG、PNG"),
        (SimpleUploadedFile("わな.exe", b"MZ and so on"), "PDF、JPEG、PNG"),
        (SimpleUploadedFile("名前だけ.pdf", b"MZ and so on"), "中身"),
        (SimpleUploadedFile("絵.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "PDF"),
        (pdf("写真.jpg"), "中身"),
        (picture("名前なし"), "中身"),
        (pdf(password="secret"), "パスワード"),
        (locked_pdf(), "パスワード"),
        (pdf(pages=0), "ページ"),
        (SimpleUploadedFile("壊れ.pdf", b"%PDF-1.7 and nothing else"), "開けません"),
        (SimpleUploadedFile("壊れ.png", b"\x89PNG\r\n\x1a\n and nothing else"), "開けません"),
        (SimpleUploadedFile("空.pdf", b""), "空"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_what_is_refused_says_why_and_which_file(file, said):
    (problem,) = problems(file)
    assert said in problem
    assert file.name in problem


def test_half_a_picture_is_refused():
    whole = picture().read()
    (problem,) = problems(SimpleUploadedFile("半分.jpg", whole[: len(whole) // 2]))
    assert "開けません" in problem


def test_a_picture_that_would_fill_the_memory_is_refused(settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40 * 20 - 1
    (problem,) = problems(picture())
    assert "開けません" in problem


def test_good_files_are_kept_beside_bad_ones():
    form = form_with(pdf("良い.pdf"), large(11), picture("良い.png", "PNG"))
    assert not form.is_valid()
    assert len(form.errors["files"]) == 1
    assert [upload.name for upload in form.fields["files"].accepted] == ["良い.pdf", "良い.png"]


def test_no_more_than_a_small_number():
    form = form_with(*(pdf(f"{number}.pdf") for number in range(4)))
    form.fields["files"].most = 3
    (problem,) = form.errors["files"]
    assert "3.pdf" in problem
    assert len(form.fields["files"].accepted) == 3


def test_no_file_is_no_problem_unless_one_is_needed():
    assert form_with().is_valid()
    form = form_with()
    form.fields["files"].required = True
    assert form.errors["files"]


# What is kept


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_keeps_nothing_but_itself(kind):
    secret = "35.7858N 139.5265E"
    file = picture(f"店.{kind.lower()}", kind, secret=secret)
    assert secret.encode() in file.read()
    upload = inspect(file)
    assert secret.encode() not in upload.content
    image = Image.open(io.BytesIO(upload.content))
    assert not image.getexif()
    assert image.size == (20, 40), "it stands upright without what turned it"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/𠮷野家.PDF", "𠮷野家.PDF"),
        ("C:\\書類\\ﾃｲｶﾝ.pdf", "テイカン.pdf"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ("長" * 500 + ".pdf", "長" * 196 + ".pdf"),
    ],
)
def test_names_of_files(given, kept):
    file = pdf()
    file._name = given  # Django's own field would have cut the folders off
    assert inspect(file).name == kept


@pytest.fixture
def application():
    return ApplicationFactory(state="submitted")


def test_a_file_lies_in_private_storage_under_a_name_that_says_nothing(application, settings):
    kept = attachments.add(application, inspect(pdf()), note="見本")
    kept.refresh_from_db()
    assert (kept.name, kept.content_type_name, kept.note) == ("定款.pdf", "application/pdf", "見本")
    assert "定款" not in kept.file.name
    assert str(settings.MEDIA_ROOT) not in kept.file.path
    assert Client().get(kept.file.url).status_code == 404, "no address of uploads leads to it"


def test_no_row_no_file(application, django_capture_on_commit_callbacks):
    kept = attachments.add(application, inspect(pdf()))
    storage, name = kept.file.storage, kept.file.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        application.delete()
    assert not Attachment.objects.exists()
    assert not storage.exists(name)


def test_a_deletion_that_is_taken_back_keeps_the_file(application):
    kept = attachments.add(application, inspect(pdf()))
    kept.delete()  # and the transaction of this test is rolled back
    assert kept.file.storage.exists(kept.file.name)


def test_a_file_whose_row_was_rolled_back_goes_after_a_day(
    application, django_capture_on_commit_callbacks
):
    kept = attachments.add(application, inspect(pdf("残る.pdf"))).file
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        left = attachments.add(application, inspect(pdf())).file
        raise ZeroDivisionError
    assert left.storage.exists(left.name)
    assert left.name not in attachments.leftovers(), "its row may still be on the way"
    tomorrow = timezone.now() + datetime.timedelta(days=1, minutes=1)
    with mock.patch("django.utils.timezone.now", return_value=tomorrow):
        found = attachments.leftovers()
    assert left.name in found
    assert kept.name not in found
    attachments.erase_file(left.name)
    assert left.storage.exists(left.name), "not before it is committed"
    with django_capture_on_commit_callbacks(execute=True):
        attachments.erase_file(left.name)
    assert not left.storage.exists(left.name)


def test_without_any_file_there_is_no_leftover(settings, tmp_path):
    options = {"location": str(tmp_path / "none"), "base_url": None}
    private = {"BACKEND": settings.STORAGES["private"]["BACKEND"], "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"private": private}
    storage = storages["private"]
    with mock.patch.object(attachments, "_storage", return_value=storage):
        assert attachments.leftovers() == []


@pytest.mark.parametrize(("size", "is_taken"), [(10 * 1024 * 1024, True), (10485761, False)])
def test_ten_megabytes_and_not_a_byte_more(size, is_taken):
    small = pdf().read()
    file = SimpleUploadedFile("大.pdf", small + b" " * (size - len(small)))
    assert ("大きすぎます" not in "".join(problems(file))) is is_taken


def test_room_for_more(application):
    attachments.add(application, inspect(pdf()))
    assert attachments.room_for(application) == attachments.MOST_FILES - 1


# Who may open it

ACCOUNTS = ["admin", "mirai", "shokokai", "katsudo", "pr", "department", "translator", "iinkai"]


@pytest.fixture(scope="module")
def staff(django_db_setup, django_db_blocker):
    from django.db import transaction

    from home.factories import SmallSite

    with django_db_blocker.unblock(), transaction.atomic():
        SmallSite()
        employ()
        yield
        transaction.set_rollback(True)


def who_opens(subject) -> set[str]:
    kept = attachments.add(subject, inspect(pdf()))
    url = reverse("certified_attachment", args=[kept.pk])
    opened = set()
    for account in ACCOUNTS:
        answer = client_of(account).get(url)
        if answer.status_code == 200:
            opened.add(account)
        else:
            assert answer.status_code in {302, 404}
            assert b"PDF" not in answer.getvalue()
    return opened


def test_only_the_window_of_the_kind_and_who_decides(staff):
    assert who_opens(ApplicationFactory(state="submitted")) == {"admin", "mirai", "shokokai"}
    assert who_opens(ApplicationFactory(state="submitted", kind="group")) == {
        "admin",
        "mirai",
        "katsudo",
    }


def test_the_window_only_after_consent(staff):
    secret = ApplicationFactory(state="submitted", consents_to_window=False)
    assert who_opens(secret) == {"admin", "mirai"}


def test_nobody_opens_a_draft(staff):
    assert who_opens(ApplicationFactory()) == set()


def test_reports_changes_and_proposals(staff):
    assert who_opens(YearlyReportFactory()) == {"admin", "mirai", "shokokai"}
    assert who_opens(ChangeRequestFactory()) == {"admin", "mirai", "shokokai"}
    assert who_opens(ProposalFactory()) == {"admin", "mirai"}


def test_how_a_file_leaves(staff):
    kept = attachments.add(ApplicationFactory(state="submitted"), inspect(pdf("𠮷野家の定款.pdf")))
    answer = client_of("shokokai").get(reverse("certified_attachment", args=[kept.pk]))
    assert answer.getvalue().startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "utf-8''%F0%A0%AE%B7" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"


def test_a_file_that_the_disk_has_lost_is_not_found(staff):
    kept = attachments.add(ApplicationFactory(state="submitted"), inspect(pdf()))
    kept.file.storage.delete(kept.file.name)
    url = reverse("certified_attachment", args=[kept.pk])
    assert client_of("shokokai").get(url).status_code == 404


def test_who_is_not_signed_in_is_asked_to_sign_in(staff):
    kept = attachments.add(ApplicationFactory(state="submitted"), inspect(pdf()))
    answer = Client().get(reverse("certified_attachment", args=[kept.pk]))
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_a_number_that_is_none(staff):
    assert client_of("mirai").get(reverse("certified_attachment", args=[999999])).status_code == 404
