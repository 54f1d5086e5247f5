"""Where certification joins the admin."""

from __future__ import annotations

from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSetGroup

from .accounts import all_who_handled_cases_stay, who_handled_cases_stays
from .attachments import certified_attachment
from .holders import name_of
from .models import CertifiedOrgPage
from .opendata import CERTIFIED
from .panels import DeskPanel, concerns
from .printing import CertificatePrintView
from .project_holders import HoldersOfProject
from .viewsets.applications import ApplicationViewSet
from .viewsets.certificates import CertificateViewSet
from .viewsets.changes import ChangeViewSet
from .viewsets.disposal import DisposalViewSet
from .viewsets.letters import LetterViewSet
from .viewsets.proposals import ProposalViewSet
from .viewsets.reports import ReportViewSet
from .viewsets.rounds import RoundViewSet
from .viewsets.scoring import ScoringViewSet
from .viewsets.settings import (
    CriterionViewSet,
    DistrictViewSet,
    SchemeYearViewSet,
    criteria_in_use_stay,
    districts_in_use_stay,
)

# In the order of the menu: what comes in every day first, settings last.
VIEWSETS = (
    ApplicationViewSet(),
    ScoringViewSet(),
    RoundViewSet(),
    CertificateViewSet(),
    ReportViewSet(),
    ChangeViewSet(),
    LetterViewSet(),
    ProposalViewSet(),
    DisposalViewSet(),
    SchemeYearViewSet,
    CriterionViewSet,
    DistrictViewSet,
)


class CertificationGroup(ViewSetGroup):
    """The menu 「認定証」. Wagtail shows an item only to whom its viewset permits something."""

    items = VIEWSETS
    menu_label = _("Certificate")
    menu_icon = "doc-full-inverse"
    menu_order = 260


@hooks.register("register_admin_viewset")
def certification():
    return CertificationGroup()


@hooks.register("register_admin_urls")
def attachments():
    return [
        path("certified/attachments/<int:pk>/", certified_attachment, name="certified_attachment")
    ]


@hooks.register("construct_homepage_panels")
def desk(request, panels):
    if concerns(request.user):
        panels.append(DeskPanel())


hooks.register("before_delete_snippet", criteria_in_use_stay)
hooks.register("before_delete_snippet", districts_in_use_stay)
hooks.register("before_delete_user", who_handled_cases_stays)
hooks.register("before_bulk_action", all_who_handled_cases_stay)


# The register in public


@hooks.register("open_data")
def certified():
    return CERTIFIED


hooks.register("project_page_section", HoldersOfProject)


@hooks.register("after_publish_page")
def say_where_the_title_is_not_the_name(request, page):
    """The page shows the name that is in the register; menus and searches show its title."""
    if not isinstance(page, CertifiedOrgPage) or page.certificate is None:
        return
    name = name_of(page.certificate, page.locale.language_code).text
    if not page.title.startswith(name):
        messages.warning(
            request,
            gettext("The title does not begin with the name in the register: “%(name)s”.")
            % {"name": name},
        )


@hooks.register("before_copy_page")
def a_profile_is_not_copied(request, page):
    """A certificate has one profile, so a copy could not be saved: neither alone nor with all
    that is below another page."""
    if isinstance(page.specific_deferred, CertifiedOrgPage):
        messages.error(request, gettext("This certificate has a profile already."))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    if request.POST.get("copy_subpages") and page.get_descendants().type(CertifiedOrgPage).exists():
        messages.error(
            request,
            gettext(
                "Below this page are profiles of holders, and a certificate has only one. Copy "
                "the page without its subpages. Nothing was copied."
            ),
        )
        return redirect("wagtailadmin_pages:copy", page.pk)
    return None


@hooks.register("register_admin_urls")
def printing_of_originals():
    view = CertificatePrintView.as_view()
    return [path("certified/certificates/<int:pk>/print/", view, name="certificate_print")]
