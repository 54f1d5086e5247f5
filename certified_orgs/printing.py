"""Where 未来創造課 prints originals. Each one is written down before it can be printed."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from kiyose.pages.languages import source_language

from .models import Certificate, Printing
from .paper import Paper
from .permissions import may_decide
from .standing import MAY_BE_SHOWN, standing_of, with_standing


@transaction.atomic
def record(certificate: Certificate, occasion: str, by, at=None) -> None:
    """An original is printed, now or at that time; the certificate waits for it no longer."""
    Certificate.objects.filter(pk=certificate.pk).update(to_print_since=None)
    Printing.objects.create(
        certificate=certificate, occasion=occasion, by=by, at=at or timezone.now()
    )


class OccasionForm(forms.Form):
    occasion = forms.ChoiceField(
        label=gettext_lazy("occasion"), choices=Printing.Occasion, widget=forms.RadioSelect
    )


class CertificatePrintView(WagtailAdminTemplateMixin, View):
    """GET: what was printed so far, and the choice; POST: the original, once it is recorded."""

    template_name = "certified_orgs/admin/certificate_print.html"
    page_title = gettext_lazy("Print the certificate")
    header_icon = "doc-full"

    def dispatch(self, request, *args, **kwargs):
        if not may_decide(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def certificate(self) -> Certificate:
        return get_object_or_404(with_standing(Certificate.objects.all()), pk=self.kwargs["pk"])

    @property
    def may_be_printed(self) -> bool:
        return standing_of(self.certificate) in MAY_BE_SHOWN

    def get(self, request, pk):
        return self._choose(OccasionForm(initial={"occasion": self._next_occasion()}))

    def post(self, request, pk):
        form = OccasionForm(request.POST)
        if not self.may_be_printed or not form.is_valid():
            return self._choose(form)
        occasion = form.cleaned_data["occasion"]
        record(self.certificate, occasion, request.user)
        is_second = occasion == Printing.Occasion.REISSUE
        # The certificate is in the city's language, whatever the officer reads the admin in.
        with translation.override(source_language()):
            paper = Paper(
                self.certificate,
                is_copy=False,
                reissued_on=timezone.localdate() if is_second else None,
            )
            return render(
                request,
                "certified_orgs/certificate/original.html",
                {"paper": paper, "language": source_language()},
            )

    def _next_occasion(self) -> str:
        printed = self.certificate.printings.exists()
        return Printing.Occasion.REISSUE if printed else Printing.Occasion.FIRST

    def _choose(self, form):
        return self.render_to_response(
            self.get_context_data(
                form=form,
                certificate=self.certificate,
                standing=standing_of(self.certificate),
                may_be_printed=self.may_be_printed,
                printings=self.certificate.printings.select_related("by"),
            )
        )

    def get_page_subtitle(self):
        return str(self.certificate)

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": "", "label": _("Print the certificate"), "sublabel": str(self.certificate)},
        ]
