"""What a holder shows: the kit with the mark, and a copy of the certificate."""

from __future__ import annotations

from django.http import Http404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from wagtail.contrib.routable_page.models import path as subpage

from kiyose.pages.furniture import Furniture


def _certificate(number: str):
    """The certificate with its standing, or 404."""
    from ..models import Certificate
    from ..numbers import NUMBER
    from ..standing import with_standing

    certificate = None
    if NUMBER.fullmatch(number):
        certificate = with_standing(Certificate.objects.filter(number=number)).first()
    if certificate is None:
        raise Http404
    return certificate


class ProofRoutes:
    """Part of ``CertifiedIndexPage``."""

    @subpage("kit/<str:number>/", name="kit")
    def kit(self, request, number: str):
        """Mark, badge, QR code and the rules for using them, while they may be used."""
        return self._for_holders(
            request,
            number,
            "certified_orgs/kit/kit.html",
            title=gettext("Mark and badge for %(number)s"),
            subpath=f"kit/{number}/",
        )

    @subpage("copy/<str:number>/", name="copy")
    def copy_of_certificate(self, request, number: str):
        """The certificate to look at and to print, as a copy."""
        return self._for_holders(
            request,
            number,
            "certified_orgs/certificate/copy.html",
            title=gettext("Copy of %(number)s"),
            subpath=f"copy/{number}/",
        )

    @subpage("copy/<str:number>/download/", name="copy_download")
    def download_of_copy(self, request, number: str):
        """The same as one file that needs nothing else."""
        response = self._for_holders(
            request,
            number,
            "certified_orgs/certificate/copy_file.html",
            title=gettext("Copy of %(number)s"),
            subpath=f"copy/{number}/",
        )
        if response.status_code == 200:
            name = gettext("copy")
            response.headers["Content-Disposition"] = content_disposition_header(
                True, f"{number}-{name}.html"
            )
        return response

    def _for_holders(self, request, number, template, *, title, subpath):
        """The page while the certificate may be shown; else one that says that it may not."""
        from ..paper import Paper
        from ..standing import IN_FORCE, MAY_BE_SHOWN, standing_of

        certificate = _certificate(number)
        standing = standing_of(certificate)
        may_be_shown = standing in MAY_BE_SHOWN
        response = self.render(
            request,
            template=template if may_be_shown else "certified_orgs/kit/not_now.html",
            context_overrides={
                "certificate": certificate,
                "standing": standing,
                "paper": Paper(certificate),
                "furniture": Furniture(
                    self, request, title=title % {"number": number}, subpath=subpath
                ),
            },
        )
        if not may_be_shown:
            response.status_code = 403 if standing in IN_FORCE else 410
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response
