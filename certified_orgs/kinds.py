"""The two kinds of holders, and who looks after each (proposal 1.2(2): 窓口)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrgKind(models.TextChoices):
    """企業（店舗を含む） and 市民活動団体等."""

    COMPANY = "company", _("Company or shop")
    GROUP = "group", _("Citizens’ group")


class Route(models.TextChoices):
    """How something reached the office."""

    ONLINE = "online", _("Online")
    PAPER = "paper", _("On paper")
    FAX = "fax", _("By FAX")
    TELEPHONE = "telephone", _("By telephone")


# Permissions of the windows, by kind (Meta.permissions of Application).
WINDOW_PERMISSIONS = {
    OrgKind.COMPANY: "certified_orgs.serve_companies",
    OrgKind.GROUP: "certified_orgs.serve_groups",
}
DECIDE = "certified_orgs.decide_certification"
