"""Where certification joins the admin."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from .printing import CertificatePrintView

# In the order of the menu: what comes in every day first, settings last.
VIEWSETS = ()


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
def printing_of_originals():
    view = CertificatePrintView.as_view()
    return [path("certified/certificates/<int:pk>/print/", view, name="certificate_print")]
