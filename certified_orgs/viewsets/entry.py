"""代行入力: what came on paper, by FAX or by telephone is entered by the office.

First a draft of the officer's own, which can be saved as often as needed; then it is
submitted and has a receipt number. After that only corrections that were asked for go in,
each recorded in the timeline.
"""

from __future__ import annotations

import datetime

from django import forms
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput

from kiyose.japanese.periods import fiscal_year_of
from kiyose.pages.languages import notice_languages
from sdgs.models import Mark

from .. import attachments, changes, moves, numbers, screening
from ..applying.completeness import missing
from ..applying.drafts import AlreadySent, drop_other_answers, throw_away
from ..kinds import OrgKind, Route
from ..models import (
    CONSENTS,
    PLEDGES,
    PRIVATE_DETAILS,
    Application,
    ApplicationMark,
    SelfCheck,
)
from ..permissions import certificates_for, kinds_served, may_decide, may_open
from ..scheme import NoScheme, scheme_on
from ..scoring import criteria_of
from ..states import IN_FORCE, ApplicationState
from .acts import ApplicationAct, NoQuestions, StepView
from .rulings import A_DAY, reason_field

PAPER_ROUTES = [(route.value, route.label) for route in Route if route != Route.ONLINE]
EMPTY_ROWS = 3

ORGANISATION = ("name", "reading", "english_name", "district", "website")
WORDS = ("what_we_do", "hopes")
HOW_IT_CAME = ("route", "received_on", "renews")


class StartForm(forms.ModelForm):
    """What a draft begins with."""

    class Meta:
        model = Application
        fields = ["kind", *HOW_IT_CAME, "name"]
        widgets = {"received_on": forms.TextInput}
        help_texts = {"received_on": A_DAY}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        kinds = kinds_served(user)
        if "kind" in self.fields:
            self.fields["kind"].choices = [(kind, OrgKind(kind).label) for kind in kinds]
        if self.says_how_it_came:
            self.fields["route"].choices = PAPER_ROUTES
            self.fields["route"].initial = Route.PAPER
            self.fields["received_on"].required = True
            self.fields["renews"].queryset = certificates_for(user).filter(state__in=IN_FORCE)
            self.fields["renews"].help_text = _("Only for a renewal (更新).")

    @property
    def says_how_it_came(self) -> bool:
        return "route" in self.fields

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self):
        cleaned = super().clean()
        if self.says_how_it_came:
            self._clean_how_it_came(cleaned)
        return cleaned

    def _clean_how_it_came(self, cleaned):
        renews, day = cleaned.get("renews"), cleaned.get("received_on")
        kind = cleaned.get("kind", self.instance.kind)
        if renews and renews.kind != kind:
            self.add_error("renews", _("This certificate is of the other kind."))
        if day:
            try:
                scheme = scheme_on(day)
            except NoScheme:
                raise forms.ValidationError(_("No year of the scheme has been set up.")) from None
            self.instance.scheme = scheme
            if not renews and not scheme.accepts_applications(day):
                self.add_error("received_on", _("Applications were not taken on that day."))
            # What has been accepted so far is saved as it is, and looked at when it is submitted.
            if renews and {"renews", "received_on"} & set(self.changed_data):
                try:
                    changes.check_renewal(renews, day, but=self.instance.pk)
                except changes.NoRenewal as refusal:
                    self.add_error("renews", str(refusal))
        self.instance.purpose = Application.Purpose.RENEWAL if renews else Application.Purpose.NEW


class EntryForm(StartForm):
    """Everything that the paper form asks for; its kind stays what it was."""

    scans = attachments.AttachmentField(
        label=gettext_lazy("scan of the paper"),
        required=False,
        help_text=gettext_lazy("PDF, JPEG or PNG, up to 10 MB each."),
    )

    class Meta(StartForm.Meta):
        fields = [
            *HOW_IT_CAME,
            *ORGANISATION,
            *PRIVATE_DETAILS,
            *WORDS,
            *PLEDGES,
            *CONSENTS,
        ]
        widgets = StartForm.Meta.widgets | {
            "what_we_do": AdminAutoHeightTextInput,
            "hopes": AdminAutoHeightTextInput,
            "website": forms.URLInput,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=self.fields["language"].label, choices=notice_languages
        )
        self.fields["scans"].most = attachments.room_for(self.instance)
        answers = {row.criterion_id: row.answer for row in self.instance.checks.all()}
        self.criteria = list(criteria_of(self.instance.scheme))
        for criterion in self.criteria:
            self.fields[f"check_{criterion.pk}"] = forms.CharField(
                label=criterion.question,
                required=False,
                max_length=500,
                initial=answers.get(criterion.pk, ""),
                widget=AdminAutoHeightTextInput,
            )

    def save(self, commit=True):
        """Only the columns that the form has: the state is not its business."""
        names = [*self._meta.fields, "purpose", "scheme", "search_key", "changed_at"]
        self.instance.save(update_fields=names)
        for criterion in self.criteria:
            SelfCheck.objects.update_or_create(
                application=self.instance,
                criterion=criterion,
                defaults={"answer": self.cleaned_data[f"check_{criterion.pk}"]},
            )
        # The day of the paper may have led to the rules of another year.
        drop_other_answers(self.instance)
        return self.instance

    def section(self, *names):
        return [self[name] for name in names if name in self.fields]

    # What the template shows together.

    @property
    def sections(self) -> list[dict]:
        sections = [
            {"id": "how", "heading": _("How it came"), "fields": self.section(*HOW_IT_CAME)},
            {
                "id": "organisation",
                "heading": _("Organisation (public when certified)"),
                "fields": self.section(*ORGANISATION, *WORDS),
            },
            {
                "id": "contact",
                "heading": _("Contact (never public)"),
                "fields": self.section(*PRIVATE_DETAILS),
            },
        ]
        return [section for section in sections if section["fields"]]

    @property
    def later_sections(self) -> list[dict]:
        checks = [f"check_{criterion.pk}" for criterion in self.criteria]
        sections = [
            {"id": "check", "heading": _("Self-check"), "fields": self.section(*checks)},
            {
                "id": "pledges",
                "heading": _("Pledges and consents, as ticked on the paper"),
                "fields": self.section(*PLEDGES, *CONSENTS),
            },
            {"id": "scans", "heading": _("Scan"), "fields": self.section("scans")},
        ]
        return [section for section in sections if section["fields"]]


class MarkRow(forms.Form):
    """A mark and what is done for it. An empty row is none."""

    mark = forms.TypedChoiceField(label=gettext_lazy("SDGs mark"), coerce=int, required=False)
    activity = forms.CharField(
        label=gettext_lazy("what we do for it"),
        max_length=500,
        required=False,
        widget=AdminAutoHeightTextInput,
    )

    def __init__(self, *args, marks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mark"].choices = marks

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("activity") and not cleaned.get("mark"):
            self.add_error("mark", _("Choose the mark of this activity."))
        return cleaned


class BaseMarkRows(forms.BaseFormSet):
    """The rows in their order. They are written anew as a whole: a page that was open for a
    while cannot meet a row that is gone."""

    def __init__(self, data=None, *, application: Application):
        rows = application.marks.all()
        super().__init__(
            data,
            prefix="marks",
            initial=[{"mark": row.mark_id, "activity": row.activity} for row in rows],
            form_kwargs={
                "marks": [("", "---------"), *((mark.pk, str(mark)) for mark in Mark.objects.all())]
            },
        )
        self.application = application

    def clean(self):
        seen = set()
        for form in self.forms:
            mark = form.cleaned_data.get("mark") if form.is_valid() else None
            if mark and mark in seen:
                form.add_error("mark", _("This mark has an activity already."))
            seen.add(mark)

    def save(self) -> None:
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("mark")]
        self.application.marks.all().delete()
        ApplicationMark.objects.bulk_create(
            ApplicationMark(
                application=self.application,
                mark_id=row["mark"],
                activity=row["activity"],
                position=position,
            )
            for position, row in enumerate(rows)
        )


MarkRows = forms.formset_factory(MarkRow, formset=BaseMarkRows, extra=EMPTY_ROWS)


def submit_from_paper(application: Application, actor) -> None:
    """It is received on the day when the paper came, whenever somebody had time to enter it.
    Raises MoveRefused, of a renewal NoRenewal; then nothing is changed."""
    day = application.received_on
    came = datetime.datetime.combine(day, datetime.time())
    with changes.one_renewal_at_a_time(application):
        if application.renews_id:
            changes.check_renewal(application.renews, day, but=application.pk)
        moves.make(
            application,
            "submit",
            actor,
            receipt_number=numbers.receipt_number(fiscal_year_of(day)),
            submitted_at=min(timezone.make_aware(came), timezone.now()),
        )


class EnterView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Begins a draft."""

    permission_required = "add"
    permission_policy = None
    index_url_name = None
    template_name = "certified_orgs/admin/act.html"
    page_title = gettext_lazy("Enter an application from paper")
    header_icon = "doc-full-inverse"
    form_class = StartForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self):
        return {"received_on": timezone.localdate()}

    def form_valid(self, form):
        form.instance.entered_by = self.request.user
        draft = form.save()
        return redirect("applications:entry", draft.pk)

    def get_breadcrumbs_items(self):
        index = {"url": reverse(self.index_url_name), "label": _("Applications")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "action_url": self.request.path,
            "media": context["form"].media,
            "page_subtitle": self.get_page_title(),
            "header_icon": "",
            "submit_button_label": _("Begin"),
            "intro": _(
                "A draft is saved under your account; only you see it until it is submitted. "
                "One in which nobody writes for 90 days is erased."
            ),
        }


class PaperView(ApplicationAct):
    """The whole form with its rows of activities."""

    template_name = "certified_orgs/admin/entry.html"
    form_class = EntryForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.object, "user": self.request.user}

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        self.rows = MarkRows(request.POST, application=self.object)
        if form.is_valid() & self.rows.is_valid():
            return self.form_valid(form)
        self._keep_scans(form)
        return self.form_invalid(form)

    def _keep_scans(self, form) -> None:
        """Files cannot be sent back to the browser, so the good ones are kept at once."""
        kept = self._add_scans(form.fields["scans"].accepted)
        if kept:
            names = ", ".join(attachment.name for attachment in kept)
            messages.info(
                self.request, _("Kept with the application: %(names)s") % {"names": names}
            )

    def _add_scans(self, uploads):
        return attachments.add_all(self.object, uploads, user=self.request.user, is_scan=True)

    def save(self, form) -> None:
        form.save()
        self.rows.save()
        self._add_scans(form.cleaned_data["scans"])

    def form_valid(self, form):
        answer = super().form_valid(form)
        if not form.is_valid():
            # Refused and undone; the instance holds what was typed.
            self._keep_scans(form)
        return answer

    def get_context_data(self, **kwargs):
        rows = getattr(self, "rows", None) or MarkRows(application=self.object)
        context = super().get_context_data(**kwargs)
        return context | {
            "rows": rows,
            "scans": self.object.attachments.all(),
            "form_is_multipart": True,
            "missing": missing(self.object),
            "is_correction": self.object.state != ApplicationState.DRAFT,
        }


class OfOwnDraft:
    """Only drafts that the officer has begun."""

    def get_cases(self):
        drafts = super().get_cases().filter(state=ApplicationState.DRAFT)
        return drafts.filter(entered_by=self.request.user.pk)


class EntryView(OfOwnDraft, PaperView):
    """A draft is saved or submitted."""

    page_title = gettext_lazy("Enter from paper")

    def act(self, form):
        """Whatever is missing, the draft is saved."""
        self.save(form)
        if "submit" not in self.request.POST:
            return _("The draft is saved.")
        self.say = messages.warning
        if not (self.object.consents_to_window or may_decide(self.request.user)):
            return _(
                "The draft is saved, but not submitted: without the consent to it, the window "
                "must not handle the application. Hand the paper to the deciding division."
            )
        if missing(self.object) and "despite_gaps" not in self.request.POST:
            return _("The draft is saved, but not submitted: something is missing on the paper.")
        try:
            submit_from_paper(self.object, self.actor)
        except changes.NoRenewal as refusal:
            return _("The draft is saved, but not submitted: %(why)s") % {"why": refusal}
        self.say = messages.success
        return _("Received as %(number)s. The receipt can be printed below.") % {
            "number": self.object.receipt_number
        }

    def get_success_url(self):
        if self.object.state == ApplicationState.DRAFT:
            return self.request.path
        return self.file_url


class DiscardView(OfOwnDraft, ApplicationAct):
    """A draft that was begun by mistake. Only drafts can be thrown away."""

    page_title = gettext_lazy("Discard the draft")
    intro = gettext_lazy("What was entered and its scans are deleted. It cannot be undone.")
    form_class = NoQuestions

    def act(self, form):
        try:
            throw_away(self.object)
        except AlreadySent:
            raise AlreadySent(_("This is no draft any more. Nothing was changed.")) from None
        return _("The draft is discarded.")

    def get_success_url(self):
        return reverse(self.index_url_name)


class CorrectionForm(EntryForm):
    """What the applicant sent after being asked for corrections. How and when the application
    itself came is said already."""

    class Meta(EntryForm.Meta):
        fields = [name for name in EntryForm.Meta.fields if name not in HOW_IT_CAME]

    answer = reason_field(
        label=gettext_lazy("what the applicant corrected"),
        help_text=gettext_lazy("It stands in the timeline, with your name."),
    )


class CorrectView(PaperView, StepView):
    """Corrections from paper, while the application waits for them."""

    step_name = "complete"
    form_class = CorrectionForm
    template_name = "certified_orgs/admin/entry.html"
    page_title = gettext_lazy("Corrections from paper")
    submit_button_label = gettext_lazy("Record the corrections")

    def get_page_title(self):
        return self.page_title

    def act(self, form):
        # First the move: only while it waits for corrections may anything change.
        screening.answer(self.object, self.step_name, self.actor, form.cleaned_data["answer"])
        self.save(form)
        return _("The corrections are recorded.")

    def get_success_url(self):
        # Without the consent to it, a window may not open the file any more.
        if may_open(self.request.user, self.object):
            return self.file_url
        return reverse(self.index_url_name)
