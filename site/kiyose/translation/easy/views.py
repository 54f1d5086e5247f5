"""The checks of easy Japanese in the admin, for whoever may edit the page."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from django.views.generic.base import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page

from kiyose.japanese.easy import LONGEST_TEXT, TextTooLongError, check

from .strings import checked, is_easy_japanese, plain


def easy_page_or_refuse(request, page_id: int) -> Page:
    """The page in easy Japanese; 404 if there is none, 403 for whoever may not edit it."""
    page = get_object_or_404(Page.objects.select_related("locale"), pk=page_id)
    # First: who may not edit a page is not told either which language it is in.
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if not is_easy_japanese(page):
        raise Http404
    return page


class ChecksView(WagtailAdminTemplateMixin, TemplateView):
    """Every string of a page, with what was found in it. Needs no script."""

    template_name = "translation/easy/checks.html"
    page_title = gettext_lazy("Checks of easy Japanese")
    header_icon = "glasses"
    _show_breadcrumbs = True

    @cached_property
    def page(self) -> Page:
        return easy_page_or_refuse(self.request, self.kwargs["page_id"])

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": self.edit_url, "label": self.page.get_admin_display_title()},
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_header_buttons(self):
        return [HeaderButton(_("Edit"), url=self.edit_url, icon_name="edit")]

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_context_data(self, **kwargs):
        strings = checked(self.page)
        return super().get_context_data(
            **kwargs,
            page=self.page,
            strings=strings,
            warnings=sum(string.warnings for string in strings),
            missing=sum(not string.text for string in strings),
            longest=LONGEST_TEXT,
            edit_url=self.edit_url,
        )


class CheckView(View):
    """Answers what the rules find in one text that is being typed. Saves nothing."""

    http_method_names = ["post"]

    def post(self, request, page_id):
        easy_page_or_refuse(request, page_id)
        try:
            findings = check(plain(request.POST.get("text", "")))
        except TextTooLongError:
            message = _("Longer than %(count)d characters: not checked.") % {"count": LONGEST_TEXT}
            return JsonResponse({"error": message}, status=400)
        return JsonResponse(
            {
                "findings": [
                    {
                        "rule": finding.rule,
                        "severity": finding.severity,
                        "message": finding.message,
                        "quote": finding.quote,
                        "suggestion": finding.suggestion,
                    }
                    for finding in findings
                ]
            }
        )
