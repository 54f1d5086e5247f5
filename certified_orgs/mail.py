"""How a mail is made and sent, whatever it says: plain text, in the reader's language, only to
who gave an address. Without one the notice is a letter, which the office prints."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from .windows import with_words

logger = logging.getLogger("kiyose.certification")


def write(
    details, template: str, subject_words, *, window=None, if_not_sent=None, **context
) -> bool:
    """Send a mail when the transaction is committed; False where there is no address.

    details: what has ``email`` and ``language`` (an application, the contact of a holder);
    template: the name of a text in ``certified_orgs/mail/``, which finds ``details`` and the
    context; subject_words: marked for translation (``gettext_lazy``), with ``%(name)s`` for
    what is in the context. Addresses in it must be absolute (``kiyose.pages.addresses``);
    window: the division that answers questions.

    A mail that cannot be sent changes nothing in the case; if_not_sent is called then, without
    arguments.
    """
    if not details.email:
        return False
    with translation.override(details.language or settings.LANGUAGE_CODE):
        subject = " ".join((str(subject_words) % context).split())
        body = render_to_string(
            f"certified_orgs/mail/{template}.txt",
            {"details": details, "window": with_words(window), **context},
        )
    message = EmailMessage(subject, body.strip() + "\n", to=[details.email])
    transaction.on_commit(lambda: _send(message, template, if_not_sent))
    return True


def _send(message: EmailMessage, template: str, if_not_sent) -> None:
    try:
        message.send()
    except Exception as error:  # whatever the mail server says, the case stays as it is
        # Not the error itself: it may quote the address.
        logger.error("A mail of “%s” was not sent: %s", template, type(error).__name__)
        if if_not_sent:
            if_not_sent()
