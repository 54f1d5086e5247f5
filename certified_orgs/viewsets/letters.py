"""Letters to holders in the admin: printed on paper, or sent with a new private link."""

from __future__ import annotations

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column

from kiyose.japanese.dates import era_date, format_date

from .. import letters
from ..kinds import OrgKind
from ..letters import Letter
from ..models import Reminder
from ..permissions import is_office, reminders_for
from ..scheme import scheme_on
from ..screening import NotNow
from .acts import NoQuestions
from .cases import ActView, CaseList, CasePolicy, CaseViewSet, day_column
from .sheets import MAIL, LinkForm, qr, sheet


def printed(request, letter: Letter, back: str):
    """The letter on a sheet of A4: in Japanese, and below in the holder's own language."""
    certificate = letter.certificate
    scheme = scheme_on(timezone.localdate())
    return sheet(
        request,
        "holder_decision" if letter.decision else "holder",
        recipient=letters.contact_of(certificate),
        scheme=scheme,
        window=letters.who_answers(letter),
        name=certificate.name,
        letter=letter,
        japanese=letter.in_japanese,
        decision=letter.decision,
        decided=era_date(letter.decision.approved_on) if letter.decision else "",
        qr=qr(letter.address) if letter.address else "",
        open_until=format_date(letter.open_until, "ja") if letter.open_until else "",
        back=back,
    )


class TellingView(ActView):
    """Something that the holder is told of: ``act`` returns the letter, which was mailed where
    there is an address; where there is none, the sheet to print is the answer."""

    said = ""

    def act(self, form) -> Letter:
        raise NotImplementedError

    def answer(self, done: Letter):
        contact = letters.contact_of(done.certificate)
        if contact and contact.email:
            messages.success(
                self.request, _("%(said)s The holder gets a mail.") % {"said": self.said}
            )
            return redirect(self.get_success_url())
        return printed(self.request, done, self.file_url)


class LinkView(TellingView):
    """A new private link, by mail or on paper. Earlier ones stop working."""

    page_title = gettext_lazy("New private link")
    form_class = LinkForm
    submit_button_label = gettext_lazy("Make the link")
    intro = gettext_lazy(
        "Whoever has the link can write for the holder. Earlier links stop working. Make sure "
        "whom you give it to."
    )

    def write(self) -> Letter:
        """The letter with the new link."""
        raise NotImplementedError

    @property
    def contact(self):
        return letters.contact_of(getattr(self.object, "certificate", self.object))

    def get_form_kwargs(self):
        email = self.contact.email if self.contact else ""
        return super().get_form_kwargs() | {"email": email}

    def act(self, form) -> Letter:
        letter = self.write()
        self.by_mail = form.cleaned_data["channel"] == MAIL
        if self.by_mail:
            letters.send(letter)
        return letter

    def answer(self, done: Letter):
        if self.by_mail:
            messages.success(self.request, _("The link is on its way by mail."))
            return redirect(self.get_success_url())
        return printed(self.request, done, self.file_url)


# Reminders of holders without a mail address


class ReminderList(CaseList):
    page_title = gettext_lazy("Letters to print")
    is_searchable = False
    export_filename = "letters"
    list_export = ["on", "certificate.number", "certificate.name"]

    @property
    def columns(self):
        return [
            self.title_column(
                "number", label=_("certificate number"), accessor="certificate.number"
            ),
            Column("name", label=_("name"), accessor=lambda row: row.certificate.name),
            Column(
                "kind", label=_("kind"), accessor=lambda row: OrgKind(row.certificate.kind).label
            ),
            Column("about", label=_("letter"), accessor=about),
            day_column("on", _("day")),
        ]


def about(reminder: Reminder) -> str:
    """What it reminds of."""
    if reminder.report:
        return _("Yearly report %(year)s") % {"year": reminder.report.fiscal_year}
    return _("Renewal")


class PrintView(TellingView):
    """The letter with a new link; with that it is done."""

    page_title = gettext_lazy("Print the letter")
    form_class = NoQuestions
    intro = gettext_lazy(
        "The letter brings a new private link; earlier ones stop working. Once printed, it is no "
        "longer in this list."
    )

    @property
    def file_url(self):
        return reverse(self.index_url_name)

    def get_breadcrumbs_items(self):
        index = {"url": self.file_url, "label": _("Letters to print")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": str(self.object)}]

    def act(self, form) -> Letter:
        # Earlier reminders of the same wait no longer: the link in them would be the old one.
        same = Reminder.objects.filter(
            report=self.object.report, term=self.object.term, printed_at=None
        )
        if not same.update(printed_at=timezone.now()):
            raise NotNow(_("This letter has been printed already. Nothing was changed."))
        return letters.of_reminder(self.object)

    def answer(self, done: Letter):
        return printed(self.request, done, self.file_url)


class LetterViewSet(CaseViewSet):
    """What the clock would have mailed, to holders without an address."""

    model = Reminder
    name = "letters"
    url_prefix = "certification/letters"
    icon = "mail"
    menu_label = gettext_lazy("Letters to print")
    permission_policy = CasePolicy(Reminder, reminders_for, {"view": is_office})
    index_view_class = ReminderList
    file_view_class = PrintView
