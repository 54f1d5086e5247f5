"""What the office does with one application: a form for each step of the table, and two that
move nothing, the formal check and a comment."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from .. import decisions, moves, screening
from ..applicant_mail import tell_about_decision, tell_about_question
from ..models import PRIVATE_DETAILS, PUBLIC_DETAILS, Round, SchemeYear
from ..permissions import actor_for
from ..states import possible_steps, step
from .cases import ActView
from .rulings import RulingForm, rank_field, reason_field

PUBLIC_SHOWN = ("purpose", "renews", *PUBLIC_DETAILS, "what_we_do", "hopes")
PRIVATE_SHOWN = PRIVATE_DETAILS


class ApplicationAct(ActView):
    """Something that a window or the deciding division does."""

    @property
    def actor(self) -> moves.Actor:
        return actor_for(self.request.user, self.object.kind)


class CommentForm(forms.Form):
    text = reason_field(label=gettext_lazy("comment"))


class CheckForm(forms.Form):
    papers = forms.BooleanField(
        label=gettext_lazy("The documents are complete and the fields are filled in.")
    )
    is_local = forms.BooleanField(
        label=gettext_lazy("The organisation is active in the city, as far as can be told.")
    )
    text = reason_field(
        label=gettext_lazy("comment"),
        help_text=gettext_lazy("What was looked at, and by which papers."),
    )


class CommentView(ApplicationAct):
    page_title = gettext_lazy("Write a comment")
    submit_button_label = gettext_lazy("Keep the comment")
    intro = gettext_lazy(
        "Comments are read by the window of this organisation and by the deciding division; "
        "never by applicants or reviewers."
    )
    form_class = CommentForm

    def act(self, form):
        screening.comment(self.object, self.actor, form.cleaned_data["text"])
        return _("The comment is kept.")


class CheckView(ApplicationAct):
    page_title = gettext_lazy("Formal check")
    submit_button_label = gettext_lazy("Record the check")
    intro = gettext_lazy(
        "Is something missing? Then ask for corrections instead; the check is recorded afterwards."
    )
    form_class = CheckForm

    def act(self, form):
        screening.record_check(self.object, self.actor, form.cleaned_data["text"])
        return _("The check is recorded.")


# Steps


class StepView(ApplicationAct):
    """A step of the table of states. Asked for in a state that does not have it, it leads
    back to the file and says so."""

    step_name = ""

    @property
    def step(self):
        return step(self.object, self.step_name)

    def get_page_title(self):
        return self.step.label

    @property
    def page_title(self):
        return self.step.label

    def dispatch(self, request, *args, **kwargs):
        # Not only "not now": the table gives this step to others.
        if self.actor.who not in self.step.by:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        if self.step not in possible_steps(self.object, self.actor.who):
            messages.warning(
                request,
                _("“%(step)s” is not possible: the state is “%(state)s”.")
                % {"step": self.step.label, "state": self.object.get_state_display()},
            )
            return redirect(self.file_url)
        return super().get(request, *args, **kwargs)


class NoQuestions(forms.Form):
    """Only a button."""


class ReceiveView(StepView):
    step_name = "receive"
    form_class = NoQuestions

    @property
    def intro(self):
        if self.object.checked_at is None:
            return _("The formal check is not recorded yet. Receive the application all the same?")
        return _("The formal check is recorded. The application waits for screening then.")

    def act(self, form):
        moves.make(self.object, self.step_name, self.actor)
        return _("The application is received.")


class QuestionForm(forms.Form):
    text = reason_field(
        label=gettext_lazy("to the applicant"),
        help_text=gettext_lazy(
            "The applicant reads exactly this, with a private link to answer; as a mail, or as "
            "a letter where there is no mail address."
        ),
    )


class AskView(StepView):
    step_name = "ask"
    form_class = QuestionForm
    submit_button_label = gettext_lazy("Ask")

    def act(self, form):
        question = screening.ask(self.object, self.step_name, self.actor, form.cleaned_data["text"])
        if self.object.email:
            tell_about_question(question)
            return _("The applicant is asked by mail.")
        return _("There is no mail address: print the letter below and send it.")


class AskToCompleteView(AskView):
    step_name = "ask_to_complete"


class AnswerForm(forms.Form):
    text = reason_field(
        label=gettext_lazy("answer of the applicant"),
        help_text=gettext_lazy("As it came on paper, by FAX or by telephone; say which."),
    )


class AnswerView(StepView):
    step_name = "answer"
    form_class = AnswerForm

    def act(self, form):
        screening.answer(self.object, self.step_name, self.actor, form.cleaned_data["text"])
        return _("The answer is recorded.")


class ReasonForm(forms.Form):
    reason = reason_field(required=False)


class WithdrawView(StepView):
    step_name = "withdraw"
    form_class = ReasonForm
    intro = gettext_lazy(
        "Only where the applicant has said so. Write down how and when. It cannot be undone."
    )

    def act(self, form):
        screening.withdraw(self.object, self.actor, form.cleaned_data["reason"])
        return _("The application is withdrawn.")


class ScreenForm(forms.Form):
    round = forms.ModelChoiceField(
        label=gettext_lazy("round of selection"), queryset=Round.objects.none()
    )

    def __init__(self, *args, scheme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = Round.objects.filter(
            scheme=scheme, decided_at=None
        ).select_related("scheme")


class ScreenView(StepView):
    """Into a round, unless the settings decide one application at a time."""

    step_name = "screen"

    @property
    def needs_round(self) -> bool:
        return self.object.scheme.deciding == SchemeYear.Deciding.ROUND

    def get_form_class(self):
        return ScreenForm if self.needs_round else NoQuestions

    def get_form_kwargs(self):
        more = {"scheme": self.object.scheme} if self.needs_round else {}
        return super().get_form_kwargs() | more

    @property
    def intro(self):
        if self.needs_round:
            return _("The reviewers of the round score it. A new round is made under “Rounds”.")
        return _("It is decided by itself, on its file.")

    def act(self, form):
        if self.needs_round:
            screening.take_into_round([self.object], form.cleaned_data["round"], self.actor)
        else:
            moves.make(self.object, self.step_name, self.actor)
        return _("The application is in screening.")


class DecisionView(StepView):
    """A decision about one application: where there is no round, or its round is over."""

    form_class = RulingForm

    def decide(self, form):
        raise NotImplementedError

    def act(self, form):
        if not screening.is_decided_alone(self.object):
            raise screening.NotNow(_("This application is decided with its round."))
        said = self.decide(form)
        tell_about_decision(self.object)
        return said


class CertifyView(DecisionView):
    step_name = "certify"

    def decide(self, form):
        certificate = decisions.certify(self.object, self.actor, form.ruling)
        return _("Certified: %(number)s. The notice can be printed below.") % {
            "number": certificate.number
        }


class DeclineView(DecisionView):
    step_name = "decline"

    def decide(self, form):
        decisions.decline(self.object, self.actor, form.ruling)
        return _("Not certified. The notice can be printed below.")


class WaitingForm(RulingForm):
    rank = rank_field()

    field_order = [*RulingForm.field_order, "rank"]

    @property
    def ruling(self):
        return decisions.Ruling(
            **{name: self.cleaned_data[name] for name in RulingForm.field_order}
        )


class WaitingListView(DecisionView):
    step_name = "put_on_waiting_list"
    form_class = WaitingForm

    def get_initial(self):
        return {"rank": screening.next_rank(self.object)}

    def decide(self, form):
        decisions.put_on_waiting_list(
            self.object, self.actor, form.ruling, form.cleaned_data["rank"]
        )
        return _("On the waiting list. The notice can be printed below.")


STEPS = {
    view.step_name: view
    for view in (
        AskToCompleteView,
        ReceiveView,
        ScreenView,
        AskView,
        AnswerView,
        CertifyView,
        WaitingListView,
        DeclineView,
        WithdrawView,
    )
}
