"""On the page of a project: the certified organisations that take part in it."""

from __future__ import annotations

from django.utils.functional import cached_property

from kiyose.pages.languages import in_visitors_language_at_once
from projects.models import ProjectPage

from .holders import Holder, certificates, public_profiles
from .listing import in_order_of_names


class HoldersOfProject:
    """Those whose public profile names the project and whose certificate has not ended, in the
    order of the register. Two queries, one where there are none."""

    template_name = "certified_orgs/project_holders.html"

    def __init__(self, page: ProjectPage, request):
        self.page = page
        self.request = request

    @cached_property
    def holders(self) -> list[Holder]:
        self.request.is_of_the_moment = True
        profiles = in_visitors_language_at_once(
            public_profiles()
            .filter(related_projects__project__translation_key=self.page.translation_key)
            .order_by("path")
        )
        of_certificate = {profile.certificate_id: profile for profile in profiles}
        if not of_certificate:
            return []
        rows = certificates().filter(pk__in=of_certificate).order_by(*in_order_of_names())
        holders = [Holder(row, of_certificate[row.pk]) for row in rows]
        return [holder for holder in holders if holder.is_certified]
