"""The forms to print: the same questions as online, on A4, without a seal.

Each form is a table of what is asked; one template draws them all.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from kiyose.pages.furniture import Furniture
from kiyose.pages.languages import snippets_in_visitors_language
from sdgs import vocabulary

from ..kinds import OrgKind
from ..models import CONSENTS, PLEDGES, Application, ChangeRequest, Criterion, YearlyReport
from ..routes.private import page_url
from ..scheme import NoScheme, scheme_on
from ..windows import windows


@dataclass(frozen=True)
class Blank:
    """Something to fill in. lines: how many there is room for; choices: to be ticked."""

    label: str
    lines: int = 1
    choices: tuple = ()
    hint: str = ""


@dataclass(frozen=True)
class Part:
    """A part of a form: blanks, things to be ticked, or room for one text per mark."""

    title: str
    blanks: tuple[Blank, ...] = ()
    ticks: tuple[str, ...] = ()
    marks: int = 0
    note: str = ""


def _of(model, *names: str) -> tuple[Blank, ...]:
    """Blanks that are called as the fields of the model."""
    return tuple(Blank(capfirst(str(_field(model, name)))) for name in names)


def _field(model, name: str):
    return model._meta.get_field(name).verbose_name


def _ticks(names) -> tuple[str, ...]:
    return tuple(str(_field(Application, name)) for name in names)


def _kind() -> Blank:
    return Blank(capfirst(str(_field(Application, "kind"))), choices=tuple(OrgKind.labels))


def _organisation() -> Part:
    blanks = (
        _kind(),
        *_of(Application, "name", "reading", "english_name", "district", "website"),
        Blank(capfirst(str(_field(Application, "what_we_do"))), lines=4),
        Blank(capfirst(str(_field(Application, "hopes"))), lines=2),
    )
    return Part(_("The organisation (public when certified)"), blanks)


def _people() -> Part:
    names = ("representative_title", "representative", "contact_name", "postal_code", "address")
    blanks = (
        *_of(Application, *names, "phone", "fax"),
        Blank(capfirst(str(_field(Application, "email"))), hint=_("may stay empty")),
    )
    return Part(_("People and contact (never public)"), blanks)


def _holder() -> Part:
    blanks = (
        Blank(_("Certificate number"), hint="KSC-"),
        *_of(Application, "name"),
        *_of(Application, "representative", "contact_name", "phone"),
    )
    return Part(_("The holder"), blanks)


def _activities(title: str) -> Part:
    return Part(
        title,
        marks=4,
        note=_("The number of the goal or target, for example 8 or 8.3, and what you do for it."),
    )


def _self_check(scheme) -> Part:
    criteria = snippets_in_visitors_language(Criterion, Q(scheme=scheme)) if scheme else []
    blanks = tuple(Blank(row.words.question, lines=3) for row in criteria)
    return Part(_("Self-check"), blanks)


def _application(scheme) -> list[Part]:
    return [
        _organisation(),
        _people(),
        _activities(_("Activities for the SDGs")),
        _self_check(scheme),
        Part(_("Pledges"), ticks=_ticks(PLEDGES)),
        Part(
            _("What happens with it"),
            ticks=_ticks(CONSENTS),
            note=_(
                "Used to examine and decide the application, for the certificate, the yearly "
                "report, notices, and statistics without names. Without your agreement the "
                "window does not see it; the city then receives it itself."
            ),
        ),
    ]


def _renewal(scheme) -> list[Part]:
    number = Part(_("The certificate to renew"), (Blank(_("Certificate number"), hint="KSC-"),))
    return [number, *_application(scheme)]


def _report(scheme) -> list[Part]:
    activities = Part(
        _("What was done, and figures"),
        marks=5,
        note=_(
            "The number of the goal or target, what you did for it, and a figure with its unit "
            "where there is one. Pictures can be attached."
        ),
    )
    summary = (
        Blank(capfirst(str(_field(YearlyReport, "summary"))), lines=5),
        Blank(capfirst(str(_field(YearlyReport, "summary_en"))), lines=3, hint=_("may stay empty")),
    )
    year = Blank(capfirst(str(_field(YearlyReport, "fiscal_year"))))
    return [
        _holder(),
        Part(_("The year"), (year,)),
        activities,
        Part(_("Summary"), summary),
    ]


def _effective() -> Blank:
    return Blank(capfirst(str(_field(ChangeRequest, "effective_on"))))


def _why(lines: int = 3) -> Blank:
    return Blank(capfirst(str(_field(ChangeRequest, "reason"))), lines=lines)


def _change(scheme) -> list[Part]:
    blanks = (
        Blank(
            _("What changes"),
            choices=(
                _("representative"),
                _("contact person"),
                _("name of the organisation"),
                pgettext("postal", "address"),
                _("telephone, FAX, email"),
                _("web site"),
                _("other"),
            ),
        ),
        Blank(_("Until now"), lines=3),
        Blank(_("From now on"), lines=3),
        _effective(),
        _why(2),
    )
    return [_holder(), Part(_("The change"), blanks)]


def _reissue(scheme) -> list[Part]:
    why = Blank(_("Why"), choices=(_("lost"), _("damaged"), _("the name has changed"), _("other")))
    return [_holder(), Part(_("The certificate"), (why, Blank(_("In more detail"), lines=4)))]


def _succession(scheme) -> list[Part]:
    how = Blank(_("How"), choices=(_("merger"), _("transfer"), _("inheritance"), _("other")))
    return [
        _holder(),
        Part(_("What happens"), (how, _effective(), _why())),
        Part(_("Who takes over"), (*_organisation().blanks[1:6], *_people().blanks)),
        Part(_("Pledges of who takes over"), ticks=_ticks(PLEDGES)),
    ]


def _return(scheme) -> list[Part]:
    return [_holder(), Part(_("Return"), (_effective(), _why(4)))]


@dataclass(frozen=True)
class PaperForm:
    name: str
    title: str
    about: str
    parts: object


FORMS = (
    PaperForm(
        "application",
        gettext_lazy("Application for certification"),
        gettext_lazy("For who is not certified."),
        _application,
    ),
    PaperForm(
        "report",
        gettext_lazy("Yearly report"),
        gettext_lazy("What a holder did in one fiscal year; a duty of every holder."),
        _report,
    ),
    PaperForm(
        "change",
        gettext_lazy("Notification of a change"),
        gettext_lazy("When the representative, the address or something else changes."),
        _change,
    ),
    PaperForm(
        "reissue",
        gettext_lazy("Request for reissue"),
        gettext_lazy("When the certificate was lost or damaged."),
        _reissue,
    ),
    PaperForm(
        "succession",
        gettext_lazy("Notification of succession"),
        gettext_lazy("When another organisation takes over."),
        _succession,
    ),
    PaperForm(
        "return",
        gettext_lazy("Notification of return"),
        gettext_lazy("When a holder gives the certificate back."),
        _return,
    ),
    PaperForm(
        "renewal",
        gettext_lazy("Application for renewal"),
        gettext_lazy("Before the certificate expires."),
        _renewal,
    ),
)
BY_NAME = {form.name: form for form in FORMS}


def _scheme():
    try:
        return scheme_on(timezone.localdate())
    except NoScheme:
        return None


def all_forms(page, request):
    """The list of forms to print."""
    scheme = _scheme()
    return page.render(
        request,
        template="certified_orgs/forms/all.html",
        context_overrides={
            "forms": FORMS,
            "scheme": scheme,
            "windows": windows(request, scheme) if scheme else [],
            "furniture": Furniture(page, request, title=_("Forms to print"), subpath="forms/"),
        },
    )


def one_form(page, request, name: str):
    """One form, on A4. 404 for a name that is none."""
    form = BY_NAME.get(name)
    if form is None:
        raise Http404
    scheme = _scheme()
    return page.render(
        request,
        template="certified_orgs/forms/one.html",
        context_overrides={
            "form": form,
            "forms_url": page_url(page, request, "forms/"),
            "parts": form.parts(scheme),
            "goals": [vocabulary.label(str(number)) for number in vocabulary.goal_numbers()],
            "scheme": scheme,
            "windows": windows(request, scheme) if scheme else [],
            "furniture": Furniture(page, request, title=str(form.title), subpath=f"forms/{name}/"),
        },
    )
