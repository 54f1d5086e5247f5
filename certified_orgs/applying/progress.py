"""Each state of an application as its applicant reads it: what it means, what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ..states import ApplicationState as State


@dataclass(frozen=True)
class Progress:
    means: str
    next: str


PROGRESS = {
    State.SUBMITTED: Progress(
        _("Your application has arrived."),
        _("The window looks whether everything is there. If something is missing, it asks you."),
    ),
    State.INCOMPLETE: Progress(
        _("Something has to be corrected or added."),
        _("Please correct your application and answer below. Then it goes back to the window."),
    ),
    State.RECEIVED: Progress(
        _("Your application is complete and has been received."),
        _("The screening begins when the city opens it. You need not do anything."),
    ),
    State.SCREENING: Progress(
        _("Your application is being screened."),
        _("Reviewers score it by the criteria; then the city decides. You need not do anything."),
    ),
    State.QUESTIONED: Progress(
        _("The reviewers have a question."),
        _("Please answer below. Then the screening goes on."),
    ),
    State.WAITING: Progress(
        _("You are on the waiting list."),
        _("If a place becomes free, the city decides again in the order of the list."),
    ),
    State.CERTIFIED: Progress(
        _("You are certified. Congratulations!"),
        _("The city sends you the notice and the certificate. A report is due every year."),
    ),
    State.DECLINED: Progress(
        _("You were not certified this time."),
        _("The notice of the city says why. You can apply again when applications are taken."),
    ),
    State.WITHDRAWN: Progress(
        _("You have withdrawn this application."),
        _("Nothing more happens with it. You can apply again when applications are taken."),
    ),
}
