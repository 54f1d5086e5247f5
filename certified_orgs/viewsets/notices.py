"""Paper for one application: the receipt, letters with a private link, and the notices of
decisions. A page to be printed (A4). Nothing is kept of it: it can be printed again. Letters
to holders are in ``viewsets/letters.py``."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiyose.japanese.dates import era_date

from ..applicant_mail import Purpose, new_link, tell_about_question, tell_new_link
from ..models import Application, Decision, Term
from ..moves import Actor
from ..permissions import actor_for, may_decide
from ..states import BEFORE_DECISION
from .cases import ActView, CaseView
from .sheets import MAIL, LinkForm, qr, sheet

# The decisions that are told in a notice, and how the office calls it.
NOTICES = {
    "certify": gettext_lazy("Notice of certification"),
    "put_on_waiting_list": gettext_lazy("Notice of the waiting list"),
    "decline": gettext_lazy("Notice that it is not certified"),
}


def printable(application: Application, user) -> list[dict]:
    """What the user can print about the application: label and address."""
    if application.receipt_number is None:
        return []
    found = [{"label": _("Receipt"), "url": reverse("applications:receipt", args=[application.pk])}]
    if application.state in BEFORE_DECISION:
        found.append(
            {
                "label": _("New private link, by mail or letter"),
                "url": reverse("applications:link", args=[application.pk]),
            }
        )
    if may_decide(user):
        found += [
            {
                "label": f"{NOTICES[decision.step]} {decision.document_number}",
                "url": reverse("applications:notice", args=[application.pk, decision.pk]),
            }
            for decision in application.decisions.all()
            if decision.step in NOTICES
        ]
    return found


class OfApplication(CaseView):
    """Prints something about an application that was submitted."""

    def print(self, template: str, **context):
        application = self.object
        return sheet(
            self.request,
            template,
            recipient=application,
            scheme=application.scheme,
            window=application.scheme.window(application.kind),
            name=application.name,
            application=application,
            back=self.file_url,
            **context,
        )


class ReceiptView(OfApplication):
    """受付票."""

    def get(self, request, *args, **kwargs):
        if self.object.receipt_number is None:
            raise Http404
        received = self.object.came_on
        return self.print("receipt", received=era_date(received))


class NoticeView(OfApplication):
    """認定通知書, 補欠通知書 or 不認定通知書: only for who decides."""

    permission_required = "decide"

    def get_cases(self):
        policy, user = self.permission_policy, self.request.user
        return policy.instances_user_has_permission_for(user, self.permission_required)

    def get(self, request, *args, **kwargs):
        decision = self.object.decisions.filter(pk=kwargs["decision"], step__in=NOTICES).first()
        if decision is None:
            raise Http404
        return self.print(decision.step, **_papers(self.object, decision))


def _papers(application: Application, decision: Decision) -> dict:
    """What a notice says beside the application."""
    term = Term.objects.filter(application=application).select_related("certificate").first()
    papers = {"decision": decision, "decided": era_date(decision.approved_on)}
    if term is None:
        return papers
    return papers | {
        "certificate": term.certificate,
        "starts_on": era_date(term.starts_on),
        "ends_on": era_date(term.ends_on),
    }


class LinkView(OfApplication, ActView):
    """A new private link, with what was asked, by mail or on paper. Earlier ones end."""

    page_title = gettext_lazy("New private link")
    form_class = LinkForm
    submit_button_label = gettext_lazy("Make the link")
    intro = gettext_lazy(
        "Whoever has the link can read and answer for the applicant. Earlier links stop working."
    )

    def get_cases(self):
        return super().get_cases().filter(state__in=BEFORE_DECISION)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"email": self.object.email}

    @property
    def actor(self) -> Actor:
        return actor_for(self.request.user, self.object.kind)

    @property
    def question(self):
        return self.object.questions.filter(answered_at=None).last()

    def form_valid(self, form):
        if form.cleaned_data["channel"] == MAIL:
            return super().form_valid(form)
        scheme = self.object.scheme
        address = new_link(self.object, self.object, Purpose.APPLICATION, scheme.link_days)
        return self.print(
            "letter",
            question=self.question,
            address=address,
            qr=qr(address) if address else "",
            days=scheme.link_days,
        )

    def act(self, form):
        application = self.object
        if self.question:
            tell_about_question(self.question)
        else:
            tell_new_link(
                application,
                application,
                Purpose.APPLICATION,
                application.scheme.window(application.kind),
                application.scheme.link_days,
            )
        return _("The link is on its way by mail.")


PRINTED = (
    ("receipt", "receipt/", ReceiptView),
    ("link", "link/", LinkView),
    ("notice", "notices/<int:decision>/", NoticeView),
)
