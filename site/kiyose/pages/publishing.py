"""What must be true of a page before the public sees it: one check, every route.

A rule is a function that takes a page (with its unsaved changes) and yields
problems. The rooms that own a rule register it with Wagtail's hook mechanism::

    @hooks.register("publishing_rule")
    def marks_and_why(page): ...

Wagtail has two ways into the live row. ``Page.publish()`` is taken by bulk
publishing, workflow approval, the schedule and wagtail-localize; the page editor
runs ``PublishPageRevisionAction`` directly and never calls ``publish()``. Both end
in ``save()`` with ``live`` set. So the rules are asked in two places here:

* ``publish()``: also catches what is only *scheduled* to go live;
* ``save()`` of a live row: the net under everything else, imports included.

The editor's form asks the same rules first, so that the reason stands beside the
field (``forms.py``); every other route in the admin turns the error into a
message (``middleware.PublishingRuleMiddleware``).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from wagtail import hooks
from wagtail.log_actions import log

logger = logging.getLogger(__name__)

SCHEDULED = "wagtail.publish.scheduled"
SCHEDULE_REFUSED = "pages.schedule_refused"


@dataclass(frozen=True)
class Problem:
    """One reason why a page may not go public: the message and the field it belongs to."""

    message: str
    field: str = NON_FIELD_ERRORS


class PublishingRuleError(ValidationError):
    """A page that may not go public was about to; nothing has been published."""

    def __init__(self, page, problems: list[Problem]):
        self.page = page
        self.problems = problems
        errors: dict[str, list[str]] = {}
        for problem in problems:
            errors.setdefault(problem.field, []).append(str(problem.message))
        super().__init__(errors)


def problems_of(page) -> Iterator[Problem]:
    """Every problem that every registered rule finds in the page."""
    for rule in hooks.get_hooks("publishing_rule"):
        yield from rule(page)


def check_publishable(page) -> None:
    """Raise PublishingRuleError unless every rule is content with the page."""
    problems = list(problems_of(page))
    if problems:
        raise PublishingRuleError(page, problems)


class PublishingRules(models.Model):
    """Makes every way of going public ask the rules."""

    class Meta:
        abstract = True

    def save(self, clean=True, user=None, log_action=False, **kwargs):
        """Save as Wagtail does. ``clean=False`` is for writes that change no words
        (shared facts, unpublishing), which are never a publication."""
        if clean and self.live and kwargs.get("update_fields") is None:
            check_publishable(self)
        return super().save(clean=clean, user=user, log_action=log_action, **kwargs)

    def publish(self, revision, *args, **kwargs):
        candidate = revision.as_object()
        try:
            check_publishable(candidate)
        except PublishingRuleError as error:
            if kwargs.get("log_action") != SCHEDULED:
                raise
            # Nobody is there to read an error, and one page must not stop the
            # pages scheduled after it: the draft stays, its appointment goes.
            self._refuse_schedule(revision, error)
            return
        super().publish(revision, *args, **kwargs)

    def _refuse_schedule(self, revision, error: PublishingRuleError) -> None:
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
        reasons = [problem.message for problem in error.problems]
        log(
            instance=self,
            action=SCHEDULE_REFUSED,
            revision=revision,
            data={"reasons": [str(reason) for reason in reasons]},
        )
        logger.error("Scheduled page %s was not published: %s", self.pk, "; ".join(reasons))
