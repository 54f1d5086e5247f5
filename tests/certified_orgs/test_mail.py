"""Mail: in the reader's language, only where there is an address, and never the end of a case."""

from __future__ import annotations

import logging

import pytest
from django.core import mail
from django.utils.translation import gettext_lazy as _

from certified_orgs.factories import ApplicationFactory
from certified_orgs.mail import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Write a mail as if a transaction ended after it."""

    def send(application, **context):
        with django_capture_on_commit_callbacks(execute=True):
            write(application, "letter", _("Answer"), **context)
        return mail.outbox

    return send


@pytest.mark.parametrize(
    ("language", "subject", "greeting"),
    [("ja", "回答する", "見本 担当 様"), ("en", "Answer", "Dear 見本 担当")],
)
def test_in_the_language_of_the_reader(sent, language, subject, greeting):
    (message,) = sent(ApplicationFactory.build(language=language))
    assert message.subject == subject
    assert message.body.startswith(greeting)
    assert message.to == ["shop@example.jp"]


def test_no_address_no_mail(sent):
    application = ApplicationFactory.build(email="")
    assert write(application, "letter", _("Answer")) is False
    assert sent(application) == []


def test_nothing_is_sent_before_the_transaction_ends():
    assert write(ApplicationFactory.build(), "letter", _("Answer")) is True
    assert mail.outbox == []


def test_names_are_text_and_never_markup(sent):
    (message,) = sent(ApplicationFactory.build(contact_name="A & <B>"))
    assert "A & <B>" in message.body


def test_what_stands_in_a_subject_is_one_line(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        write(ApplicationFactory.build(), "letter", "%(name)s", name="見本\nBcc: x@example.jp")
    assert mail.outbox[0].subject == "見本 Bcc: x@example.jp"
    assert mail.outbox[0].recipients() == ["shop@example.jp"]


def test_a_mail_that_fails_loses_nothing_and_tells_no_address(sent, settings, caplog):
    settings.EMAIL_BACKEND = "tests.certified_orgs.test_mail.Broken"
    with caplog.at_level(logging.ERROR):
        sent(ApplicationFactory.build())
    (record,) = caplog.records
    assert "OSError" in record.getMessage()
    assert "shop@example.jp" not in caplog.text


class Broken:
    """A mail server that quotes what it was given."""

    def __init__(self, **kwargs):
        pass

    def send_messages(self, messages):
        raise OSError(f"no such mailbox: {messages[0].to}")
