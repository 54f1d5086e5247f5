"""``/verify/<number>/``: what a certificate is worth at this moment, for anybody who sees one.

The address is printed on certificates and in their QR codes, so it has no language; the
answer is in the visitor's. It is never kept by anybody: tomorrow's may be another one.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kiyose.pages.languages import html_language, in_visitors_language, source_language
from kiyose.pages.outside import FrameOutsideTheTree
from kiyose.pages.views import chosen_language
from kiyose.pages.visibility import public

from .models import Certificate, CertifiedOrgPage
from .numbers import number_meant
from .standing import IN_FORCE, Standing, since, standing_of, with_standing

# What somebody typed is shown again, but no book of it.
LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Words:
    """answer: a sentence; meaning: what follows from it; day: which day ``since`` gives."""

    answer: str
    meaning: str
    day: str = ""


WORDS = {
    Standing.VALID: Words(
        _("This certificate is valid"),
        _("The city has certified this organisation, and no yearly report is overdue."),
        _("Certified on"),
    ),
    Standing.REPORT_OVERDUE: Words(
        _("This certificate is valid, but a yearly report is overdue"),
        _(
            "Holders report to the city every year. A report is missing although the days of "
            "grace are over. The certificate is still in force."
        ),
        _("Overdue since"),
    ),
    Standing.SUSPENDED: Words(
        _("This certificate is suspended"),
        _(
            "Until the city lifts the suspension, the organisation may show neither the "
            "certificate nor the mark."
        ),
        _("Suspended since"),
    ),
    Standing.EXPIRED: Words(
        _("This certificate has expired"),
        _("Its term is over and was not renewed. The organisation is not certified any more."),
        _("Last day of the term"),
    ),
    Standing.REVOKED: Words(
        _("This certificate has been revoked"),
        _("The city has taken it away. The organisation is not certified any more."),
        _("Revoked on"),
    ),
    Standing.RETURNED: Words(
        _("This certificate has been returned"),
        _("Its holder has given it back. The organisation is not certified any more."),
        _("Returned on"),
    ),
    Standing.UNKNOWN: Words(
        _("There is no certificate with this number"),
        _("The register of the city does not have it. Please compare it with what you see."),
    ),
}


@require_safe
@never_cache
def ask(request):
    """The form; with ``?number=`` it leads on to the answer."""
    typed = request.GET.get("number", "")
    if number := number_meant(typed):
        return _lead_to(request, number)
    with translation.override(chosen_language(request)):
        return _unknown(request, typed) if typed.strip() else _form(request)


@require_safe
@never_cache
def verify(request, number: str):
    """The answer for one number; other ways of writing it lead to the register's own."""
    meant = number_meant(number)
    if meant and meant != number:
        return _lead_to(request, meant)
    certificate = None
    if meant:
        certificate = with_standing(Certificate.objects.filter(number=meant)).first()
    with translation.override(chosen_language(request)):
        return _answer(request, certificate) if certificate else _unknown(request, number)


def _lead_to(request, number: str) -> HttpResponse:
    asked = request.GET.get("lang")
    query = f"?{urlencode({'lang': asked})}" if asked else ""
    return redirect(reverse("verify", args=[number]) + query)


def _answer(request, certificate: Certificate) -> HttpResponse:
    now = timezone.localtime()
    standing = standing_of(certificate, now.date())
    words = WORDS[standing]
    return _page(
        request,
        "answer",
        title=f"{certificate.number}: {standing.label}",
        path=reverse("verify", args=[certificate.number]),
        certificate=certificate,
        standing=standing,
        words=words,
        since=since(certificate, standing, now.date()),
        is_being_renewed=standing in IN_FORCE and certificate.valid_until < now.date(),
        now=now,
        profile=_profile(certificate),
        glossary=[(each, WORDS[each].meaning) for each in Standing if each != Standing.UNKNOWN],
    )


def _profile(certificate: Certificate) -> CertifiedOrgPage | None:
    """Its page in the visitor's language, if everybody may see it."""
    pages = public(certificate.pages.filter(locale__language_code=source_language()))
    shown = in_visitors_language(pages[:1])
    return shown[0] if shown else None


def _unknown(request, typed: str) -> HttpResponse:
    """The same for every number that was never given, and for what is no number at all."""
    # NUL and its like cannot be shown.
    shown = "".join(char for char in typed if char.isprintable())
    if len(shown) > LONGEST_SHOWN:
        shown = f"{shown[:LONGEST_SHOWN]}…"
    return _page(
        request,
        "unknown",
        status=404,
        title=gettext("Unknown number"),
        path=reverse("verify_any"),
        query={"number": shown},
        standing=Standing.UNKNOWN,
        words=WORDS[Standing.UNKNOWN],
        typed=shown,
    )


def _form(request) -> HttpResponse:
    return _page(
        request, "ask", title=gettext("Check a certificate"), path=reverse("verify_any"), typed=""
    )


def _page(request, template: str, *, title, path, query=None, status=200, **context):
    furniture = FrameOutsideTheTree(request, title, path, query)
    response = render(
        request,
        f"certified_orgs/verify/{template}.html",
        {"furniture": furniture, "asked_language": request.GET.get("lang", ""), **context},
        status=status,
    )
    response.headers["Content-Language"] = html_language(furniture.language)
    patch_vary_headers(response, ["Accept-Language"])
    return response
