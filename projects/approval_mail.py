"""One mail for all figures that are submitted together.

Wagtail writes to everybody who may approve for every single one, and at once: an import
would send hundreds, for figures that are not saved yet. Within ``one_mail`` they are
counted, and one mail goes out when all of them are saved.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateSubmissionEmailNotifier,
    send_mail,
)
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_submitted

from kiyose.pages.addresses import absolute

# The tasks submitted together, by whom; None: each one is written about by itself.
_together: ContextVar[list[tuple[TaskState, object]] | None] = ContextVar("together", default=None)


class TaskNotifier(GroupApprovalTaskStateSubmissionEmailNotifier):
    """Writes to those who may approve."""

    def __call__(self, instance=None, **kwargs):
        together = _together.get()
        if together is None:
            return super().__call__(instance, **kwargs)
        together.append((instance, kwargs.get("user")))
        return True


class WorkflowNotifier(WorkflowStateSubmissionEmailNotifier):
    """Writes to superusers, who get the mail about the tasks as well."""

    def can_handle(self, instance, **kwargs):
        return _together.get() is None and super().can_handle(instance, **kwargs)


task_notifier, workflow_notifier = TaskNotifier(), WorkflowNotifier()


def connect() -> None:
    """In the place of Wagtail's: of two with one name Django keeps the first, and our apps
    are ready before Wagtail's."""
    task_submitted.connect(
        task_notifier,
        sender=TaskState,
        dispatch_uid="group_approval_task_submitted_email_notification",
    )
    workflow_submitted.connect(
        workflow_notifier,
        sender=WorkflowState,
        dispatch_uid="workflow_state_submitted_email_notification",
    )


@contextmanager
def one_mail(list_url_name: str) -> Iterator[None]:
    """list_url_name: the address in the admin that the mail leads to."""
    together: list[tuple[TaskState, object]] = []
    token = _together.set(together)
    try:
        yield
    finally:
        _together.reset(token)
    if together:
        transaction.on_commit(lambda: _write(together, absolute(reverse(list_url_name))))


def _write(together: list[tuple[TaskState, object]], address: str) -> None:
    task_state, user = together[0]
    for recipient in task_notifier.get_valid_recipients(task_state, user=user):
        with translation.override(recipient.wagtail_userprofile.get_preferred_language()):
            subject = ngettext(
                "%(count)d figure waits for approval",
                "%(count)d figures wait for approval",
                len(together),
            ) % {"count": len(together)}
            text = _(
                "%(who)s has imported figures of indicators. They are listed here: %(address)s"
            )
            text %= {"who": user, "address": address}
        send_mail(subject, text, [recipient.email], fail_silently=True)
