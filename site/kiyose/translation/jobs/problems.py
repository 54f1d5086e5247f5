"""What a job says about what it could not do: a word that is kept, and its sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.strings import StringValue

from ..machine import drafting
from ..machine.answers import Fault
from ..machine.guarded import MachineError
from ..machine.people import Reason

NOT_ALLOWED, PARENT_FIRST, CANNOT_START = "not_allowed", "parent_first", "cannot_start"
UNEXPECTED, SILENT = "unexpected", "silent"
PAGE_GONE, LANGUAGE_GONE, USER_GONE = "page_gone", "language_gone", "user_gone"

TEXTS = {
    # Of a page
    NOT_ALLOWED: _("Whoever started the job may not translate this page."),
    PARENT_FIRST: _("The page above it has not been translated."),
    CANNOT_START: _("Its translation could not be made."),
    UNEXPECTED: _("An error happened; administrators find it in the log."),
    drafting.NOT_OFFERED: _("There are no machine drafts into this language."),
    drafting.BY_HAND: _("This translation is written by hand."),
    drafting.NOT_PUBLIC: _("It is not public. Only what is public is sent to a machine."),
    drafting.ANNOUNCEMENT: _("Announcements are always left to people."),
    MachineError.HANGS: _("The translation service did not answer in time."),
    MachineError.FAILS: _("The translation service gave no usable answer."),
    # Of a string
    **{choice.value: choice.label for choice in (*Reason, *Fault)},
    # Of the whole job
    SILENT: _("The process that worked on it has ended before its time."),
    PAGE_GONE: _("The page has been deleted."),
    LANGUAGE_GONE: _("The language has been removed."),
    USER_GONE: _("Whoever started the job has no account any more, or it has been switched off."),
}

MOST_SHOWN = 200
SHOWN_LENGTH = 80


@dataclass(frozen=True)
class Named:
    """A page that somebody may see; may_edit: and change."""

    title: str
    may_edit: bool


@dataclass
class AboutPage:
    """The problems of one page, for somebody in particular."""

    pk: int | None
    page: Named | None  # None: that person may not see it, or it is gone
    texts: list[str] = field(default_factory=list)
    strings: list[tuple[str, str]] = field(default_factory=list)  # (sentence, beginning)


def named(user, page_pks) -> dict[int, Named]:
    """Those of the pages that the user may see: they are public, or the user may edit them.
    The title of a draft is told to those alone who may edit it."""
    pages = Page.objects.filter(pk__in=set(page_pks) - {None})
    editable = page_permission_policy.instances_user_has_permission_for(user, "change")
    may_edit = set(editable.filter(pk__in=pages).values_list("pk", flat=True))
    public = set(pages.live().public().values_list("pk", flat=True))
    return {
        page.pk: Named(
            page.get_admin_display_title() if page.pk in may_edit else page.title,
            page.pk in may_edit,
        )
        for page in pages
        if page.pk in may_edit | public
    }


def shown_to(user, job) -> list[AboutPage]:
    """A job's problems, page by page. The words of a page are shown only to whoever may see it."""
    rows = list(job.problems.order_by("pk")[:MOST_SHOWN])
    known = named(user, {row.page_id for row in rows})
    found: dict[int | None, AboutPage] = {}
    for row in rows:
        about = found.setdefault(row.page_id, AboutPage(row.page_id, known.get(row.page_id)))
        text = str(TEXTS.get(row.code, row.code))
        if row.text and about.page:
            about.strings.append((text, beginning(row.text)))
        elif text not in about.texts:
            about.texts.append(text)
    return list(found.values())


def beginning(text: str) -> str:
    """The words of a string, without its markup, and not all of a long one."""
    plain = StringValue(text).render_text()
    return plain if len(plain) <= SHOWN_LENGTH else f"{plain[:SHOWN_LENGTH]}…"
