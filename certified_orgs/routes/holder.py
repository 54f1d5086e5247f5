"""What holders do by private link: the yearly report, changes, the statement before a measure."""

from __future__ import annotations

import datetime

from django.core import signing
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import path as subpage

from kiyose.japanese.names import clean_name
from kiyose.pages.furniture import Furniture
from kiyose.pages.languages import language_names

from .private import behind_link, keep_private, opens_nothing, page_url, subpath

RECEIPT = signing.Signer(salt="certified_orgs.receipt")
# What a receipt is for.
SENT = {
    "report": _("yearly report"),
    "statement": _("statement"),
}
NOTE_LENGTH = 200  # as the form and the database have it


def _second_press(what: str, step: str):
    """The answer to a used link, for ``behind_link``: the receipt once more if its form has just
    been sent by that step, else as for every bad link."""

    def answer(page, request, *, token: str):
        from .. import links
        from ..states import Who

        link = links.just_used(token, what) if request.method == "POST" else None
        move = link.subject.moves.last() if link and link.subject else None
        if move and (move.step, move.who) == (step, Who.APPLICANT):
            return _to_receipt(page, request, what, link.subject)
        return opens_nothing(page, request)

    return answer


_report_sent_again = _second_press("report", "submit")
_statement_sent_again = _second_press("statement", "hear")


class HolderRoutes:
    """Part of ``CertifiedIndexPage``."""

    # The yearly report

    @subpage("report/<str:token>/")
    @behind_link("report")
    def yearly_report(self, request, report, *, token: str):
        """The form. Whatever button is pressed, all that is valid is saved."""
        from .. import attachments, yearly_reports
        from ..holder_forms import ReportForm, activities_form
        from ..moves import MoveRefused
        from ..standing import MISSING

        if report.state not in MISSING or not report.certificate.is_in_force:
            return opens_nothing(self, request)
        asked = request.POST.get("do", "")
        if request.method == "POST":
            form = ReportForm(request.POST, request.FILES, instance=report)
            activities = activities_form(report, request.POST)
            try:
                saved = _save_report(report, form, activities, request.POST)
            except MoveRefused:
                return opens_nothing(self, request)
            if saved and asked == "review":
                missing = yearly_reports.lacks(report)
                if not missing:
                    return _to(self, request, subpath("report", token, "review/"))
            elif saved:
                rest = "?more=1#more" if asked == "more" else "?saved=1"
                return _to(self, request, subpath("report", token) + rest)
            else:
                missing = []
        else:
            form = ReportForm(instance=report)
            more = 1 if "more" in request.GET else 0
            activities = activities_form(report, more=more)
            missing = []
        return _show(
            self,
            request,
            "report",
            gettext("Yearly report"),
            subpath("report", token),
            holder=report.certificate,
            report=report,
            form=form,
            activities=activities,
            missing=missing,
            note=yearly_reports.note_of(report),
            saved="saved" in request.GET and request.method == "GET",
            files=attachments.own_files(report),
        )

    @subpage("report/<str:token>/review/")
    @behind_link("report", otherwise=_report_sent_again)
    def review_of_report(self, request, report, *, token: str):
        """All of it once more, and the button that sends it."""
        from .. import attachments, yearly_reports
        from ..moves import APPLICANT, MoveRefused
        from ..standing import MISSING

        if report.state not in MISSING or not report.certificate.is_in_force:
            return opens_nothing(self, request)
        if yearly_reports.lacks(report):
            return _to(self, request, subpath("report", token))
        if request.method == "POST":
            try:
                yearly_reports.submit(report, APPLICANT)
            except MoveRefused:
                return _report_sent_again(self, request, token=token)
            return _to_receipt(self, request, "report", report)
        return _show(
            self,
            request,
            "report_review",
            gettext("Check your yearly report"),
            subpath("report", token, "review/"),
            holder=report.certificate,
            report=report,
            activities=list(report.activities.select_related("mark")),
            files=attachments.own_files(report),
            back=page_url(self, request, subpath("report", token)),
        )

    @subpage("sent/<str:receipt>/")
    def sent(self, request, receipt: str):
        """Thanks, with the day. Says nothing that the register does not."""
        try:
            signed = urlsafe_base64_decode(receipt).decode()
            what, number, day = RECEIPT.unsign(signed).split("~")
            label = SENT[what]
        except (signing.BadSignature, ValueError, KeyError):
            raise Http404 from None
        return keep_private(
            _show(
                self,
                request,
                "sent",
                gettext("Thank you"),
                f"sent/{receipt}/",
                what=label,
                number=number,
                day=datetime.date.fromisoformat(day),
            )
        )

    # Changes

    @subpage("change/<str:token>/")
    @behind_link("change")
    def changes(self, request, certificate, *, token: str):
        """Which short form? And what became of those that were sent."""
        from ..changes import FORMS
        from ..models import ChangeRequest

        here = page_url(self, request, subpath("change", token))
        return _show(
            self,
            request,
            "changes",
            gettext("Changes and renewal"),
            subpath("change", token),
            holder=certificate,
            certificate=certificate,
            kinds=[
                (f"{here}{kind}/", ChangeRequest.Kind(kind).label, form.explains)
                for kind, form in FORMS.items()
                if certificate.is_in_force
            ],
            here=here,
            sent=list(certificate.changes.prefetch_related("moves")[:10]),
        )

    @subpage("change/<str:token>/renewal/")
    @behind_link("change")
    def renewal(self, request, certificate, *, token: str):
        """更新: on to a draft with all that is known."""
        from .. import changes, links
        from ..moves import MoveRefused
        from ..scheme import renewal_from, scheme_on

        today = timezone.localdate()
        refused = ""
        try:
            changes.check_renewal(certificate, today)
            if request.method == "POST":
                with transaction.atomic():
                    draft = changes.begin_renewal(certificate, today)
                    key = links.give(draft, "draft", scheme_on(today).link_days)
                return _to(self, request, subpath("draft", key))
        except MoveRefused as refusal:
            refused = str(refusal)
        return _show(
            self,
            request,
            "renewal",
            gettext("Renewal"),
            subpath("change", token, "renewal/"),
            holder=certificate,
            certificate=certificate,
            refused=refused,
            first=renewal_from(certificate.valid_until, scheme_on(today)),
            back=page_url(self, request, subpath("change", token)),
        )

    @subpage("change/<str:token>/again/<int:pk>/")
    @behind_link("change")
    def change_again(self, request, certificate, *, token: str, pk: int):
        """A form that the office sent back; once it is sent again, its receipt."""
        change = certificate.changes.filter(pk=pk).first()
        if change is None:
            return opens_nothing(self, request)
        if change.state != "sent_back":
            return _to(self, request, subpath("change", token, f"sent/{pk}/"))
        return _change_form(self, request, certificate, change.kind, token, change)

    @subpage("change/<str:token>/sent/<int:pk>/")
    @behind_link("change")
    def change_sent(self, request, certificate, *, token: str, pk: int):
        """The receipt: what was sent, and when. It can be withdrawn until it is accepted."""
        from .. import attachments, moves

        change = certificate.changes.filter(pk=pk).first()
        if change is None:
            return opens_nothing(self, request)
        refused = ""
        if request.method == "POST":
            try:
                moves.make(change, "withdraw", moves.APPLICANT, closed_at=timezone.now())
            except moves.MoveRefused as refusal:
                refused = str(refusal)
        return _show(
            self,
            request,
            "change_sent",
            change.get_kind_display(),
            subpath("change", token, f"sent/{pk}/"),
            holder=certificate,
            change=change,
            values=labelled(change.values),
            files=attachments.own_files(change),
            refused=refused,
            is_open=change.state in ("submitted", "sent_back"),
            back=page_url(self, request, subpath("change", token)),
        )

    @subpage("change/<str:token>/<str:kind>/")
    @behind_link("change")
    def change(self, request, certificate, *, token: str, kind: str):
        """One of the short forms."""
        from ..changes import FORMS

        if kind not in FORMS or not certificate.is_in_force:
            return opens_nothing(self, request)
        return _change_form(self, request, certificate, kind, token)

    # The statement

    @subpage("statement/<str:token>/")
    @behind_link("statement", otherwise=_statement_sent_again)
    def statement(self, request, proposal, *, token: str):
        """弁明, until its day."""
        from .. import attachments, letters, proposals
        from ..holder_forms import StatementForm
        from ..moves import APPLICANT, MoveRefused
        from ..windows import city

        today = timezone.localdate()
        if proposal.state != "notified" or proposal.statement_due_on < today:
            return opens_nothing(self, request)
        form = StatementForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and _is_valid_with_files(form, request):
            try:
                with transaction.atomic():
                    proposals.hear(proposal, APPLICANT, form.cleaned_data["statement"], today)
                    attachments.hand_over(request.private_link, proposal)
            except MoveRefused:
                return _statement_sent_again(self, request, token=token)
            return _to_receipt(self, request, "statement", proposal)
        return _show(
            self,
            request,
            "statement",
            gettext("Statement"),
            subpath("statement", token),
            holder=proposal.certificate,
            proposal=proposal,
            reason=letters.reason_of(proposal),
            form=form,
            held=list(request.private_link.attachments.all()),
            # The window knows nothing of it.
            windows=city(request),
        )


def _show(page, request, template: str, title: str, path: str, *, holder=None, **context):
    """The page of a holder: whom to ask is the window of its kind, or the city itself where the
    holder did not agree to it, unless the context says so."""
    from ..windows import city, windows

    if holder is None:
        answer = windows(request)
    elif holder.consents_to_window:
        answer = [window for window in windows(request) if window.kind == holder.kind]
    else:
        answer = city(request)
    return page.render(
        request,
        template=f"certified_orgs/holder/{template}.html",
        context_overrides={
            "furniture": Furniture(page, request, title=title, subpath=path),
            "windows": answer,
            "holder": holder,
            **context,
        },
    )


def _to(page, request, path: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(page_url(page, request, path))


def _to_receipt(page, request, what: str, case) -> HttpResponseRedirect:
    """To the receipt of what was sent; the same one, however often the button is pressed."""
    day = timezone.localdate(case.moves.last().at)
    signed = RECEIPT.sign(f"{what}~{case.certificate.number}~{day.isoformat()}")
    # Wagtail's addresses are of letters, digits and hyphens.
    return _to(page, request, f"sent/{urlsafe_base64_encode(signed.encode())}/")


def _save_report(report, form, activities, data) -> bool:
    """Keep what is valid; whether all of it was. Files that were good are kept in any case.
    Raises NoSuchMove where it was sent meanwhile, by another window or from paper."""
    from .. import attachments, yearly_reports

    is_valid = form.is_valid() & activities.is_valid()
    with transaction.atomic():
        yearly_reports.lock_unsent(report)
        for attachment in attachments.own_files(report):
            if data.get("do") == f"remove-{attachment.pk}":
                attachment.delete()
            elif (note := data.get(f"note-{attachment.pk}")) is not None:
                attachment.note = clean_name(note)[:NOTE_LENGTH]
                attachment.save(update_fields=["note"])
        attachments.add_all(report, form.fields["files"].accepted)
        kept = [name for name in ("summary", "summary_en") if name in form.cleaned_data]
        # Not the whole row: its state is none of the form's business.
        type(report).objects.filter(pk=report.pk).update(
            **{name: form.cleaned_data[name] for name in kept}
        )
        if activities.is_valid():
            yearly_reports.set_activities(report, activities.rows())
    return is_valid


def _is_valid_with_files(form, request) -> bool:
    """Whether the form can be sent. Its good files are held by the link in any case, so that
    they need not be chosen again; those that the holder has crossed out go."""
    from .. import attachments

    link = request.private_link
    attachments.delete_all(
        each for each in link.attachments.all() if f"without-{each.pk}" in request.POST
    )
    form.fields["files"].most = attachments.room_for(link)
    is_valid = form.is_valid()
    attachments.add_all(link, form.fields["files"].accepted)
    return is_valid


def _change_form(page, request, certificate, kind: str, token: str, change=None):
    from .. import attachments, changes, moves
    from ..holder_forms import ChangeForm
    from ..models import ChangeRequest

    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ChangeForm(certificate, kind, *sent, change=change)
    if sent and _is_valid_with_files(form, request):
        said = {
            "values": form.values,
            "reason": form.cleaned_data["reason"],
            "effective_on": form.cleaned_data.get("effective_on"),
        }
        try:
            with transaction.atomic():
                if change:
                    changes.resubmit(change, moves.APPLICANT, **said)
                else:
                    change = changes.submit(certificate, kind, **said)
                attachments.hand_over(request.private_link, change)
        except moves.MoveRefused:
            if change is None:
                return opens_nothing(page, request)
        return _to(page, request, subpath("change", token, f"sent/{change.pk}/"))
    note = change.moves.filter(step="send_back").last() if change else None
    return _show(
        page,
        request,
        "change",
        ChangeRequest.Kind(kind).label,
        subpath("change", token, f"again/{change.pk}/" if change else f"{kind}/"),
        holder=certificate,
        form=form,
        note=note.reason if note else "",
        held=list(request.private_link.attachments.all()),
        back=page_url(page, request, subpath("change", token)),
    )


def labelled(values: dict) -> list[tuple[str, str]]:
    """The new values of a change with their labels, as people read them."""
    from ..models import Certificate, District, HolderContact

    rows = []
    for name, value in values.items():
        model = Certificate if hasattr(Certificate, name) else HolderContact
        if name == "district":
            value = District.objects.filter(key=value).first() or ""
        if name == "language":
            value = language_names().get(value, value)
        rows.append((model._meta.get_field(name).verbose_name, str(value)))
    return rows
