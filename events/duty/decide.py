"""Making a decision: at once, once, and logged."""

from __future__ import annotations

import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log

from ..models import Decision

LOGGED = "events.decide"
# Whoever presses twice means it once.
SECOND_PRESS = datetime.timedelta(minutes=1)
SAID = (
    *("festival_id", "event_id", "venue_id", "day", "status"),
    *("postponed_to", "moved_to_id", "next_decision_at", "note", "note_en"),
)


def decide(decision: Decision, user) -> tuple[Decision, bool]:
    """Save the decision, which is valid from then on. Gives it, and whether it is new: the same
    one by the same person within a minute is made once only."""
    with transaction.atomic():
        # Two presses at the same time come one after the other.
        get_user_model().objects.select_for_update().get(pk=user.pk)
        now = timezone.now()
        last = Decision.objects.filter(made_by=user).order_by("-made_at", "-pk").first()
        if last and now - last.made_at < SECOND_PRESS and _said(last) == _said(decision):
            return last, False
        decision.made_by, decision.made_at = user, now
        decision.save(force_insert=True)
        # In the history of what it is about, and of the site.
        about = decision.event or decision.festival or decision.venue or decision
        log(about, LOGGED, user=user, data={"decision": decision.pk, "said": str(decision)})
        return decision, True


def _said(decision: Decision) -> list:
    return [getattr(decision, name) for name in SAID]


class DecisionLogFormatter(LogFormatter):
    """How Wagtail's histories show it."""

    label = gettext_lazy("Decide on the day")

    def format_message(self, log_entry):
        said = (log_entry.data or {}).get("said", "")
        return _("Decided on the day: %(said)s") % {"said": said}
