"""The first draft of a profile, written from what the application says in public."""

from __future__ import annotations

from wagtail.coreutils import find_available_slug
from wagtail.models import Page

from kiyose.pages.languages import source_language

from .models import Certificate, CertifiedIndexPage, CertifiedOrgPage, ProfileLink

SENTENCE_ENDS = ("。", ". ")


def draft_profile(certificate: Certificate) -> CertifiedOrgPage | None:
    """An unpublished profile below the register of the source language.

    Staff finish it and publish it like any page. None where there is no register, no
    application to write from, or a profile already. Nothing private is copied: a page and
    its revisions are for everybody who may sign in.
    """
    application = certificate.application
    register = CertifiedIndexPage.objects.filter(locale__language_code=source_language()).first()
    if register is None or application is None or certificate.pages.exists():
        return None
    # Whoever adds a page below the register at the same time comes after us.
    parent = Page.objects.select_for_update().get(pk=register.pk)
    activities = list(application.marks.select_related("mark"))
    page = CertifiedOrgPage(
        title=certificate.name,
        slug=find_available_slug(parent, certificate.number.lower()),
        locale=register.locale,
        certificate=certificate,
        what_we_do=application.what_we_do,
        hopes=application.hopes,
        why=_one_sentence(activities[0].activity) if activities else "",
        live=False,
        has_unpublished_changes=True,
    )
    page.set_marks([each.mark.code for each in activities])
    if certificate.website:
        page.links = [ProfileLink(kind=ProfileLink.Kind.WEBSITE, url=certificate.website)]
    parent.add_child(instance=page)
    page.save_revision()
    return page


def _one_sentence(text: str) -> str:
    """The beginning of a text that a *why* has room for: to the end of a sentence if one
    ends there, else cut with a sign that it is."""
    room = CertifiedOrgPage._meta.get_field("why").max_length
    text = " ".join(text.split())
    if len(text) <= room:
        return text
    end = max(text.rfind(mark, 0, room) for mark in SENTENCE_ENDS)
    return text[: end + 1] if end > 0 else f"{text[: room - 1]}…"
