"""The pages of applying. Each takes the register's page, below which it stands."""

from __future__ import annotations

from django.db.models import Q, prefetch_related_objects
from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kiyose.pages.addresses import absolute
from kiyose.pages.furniture import Furniture
from kiyose.pages.languages import html_language, visitor_language

from .. import attachments, links, places
from ..models import Certificate, PrivateLink, SchemeYear
from ..moves import MoveRefused, NoSuchMove
from ..routes.private import keep_private, opens_nothing, page_url, subpath
from ..scheme import NoScheme, scheme_on
from ..standing import MAY_BE_SHOWN, standing_of, with_standing
from ..states import ApplicationState, Who, possible_steps
from ..windows import windows
from . import drafts, robots
from .completeness import criteria_of, missing
from .forms import AnswerForm, StartForm, WithdrawForm
from .progress import PROGRESS
from .sent import Sent
from .steps import BY_SLUG, CHECK, STEPS, after

DRAFT, FOLLOW = PrivateLink.Purpose.DRAFT, PrivateLink.Purpose.APPLICATION


def see(url: str) -> HttpResponseRedirect:
    """To another page after something was done, so that reloading does not do it again."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


# How it begins


class Start(robots.PeopleOnly, StartForm):
    field_order = ("kind", "email", "more", "shown")


def start(page, request):
    """What applying is, and the button that begins a draft."""
    today = timezone.localdate()
    try:
        scheme = scheme_on(today)
    except NoScheme:
        scheme = None
    is_open = scheme is not None and scheme.accepts_applications(today)
    form = None
    if is_open:
        form = Start(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            if not robots.is_one_too_many(request):
                return _begin(page, request, scheme, form.cleaned_data)
            form.add_error(None, _too_many_drafts())
    response = page.render(
        request,
        template="certified_orgs/apply/start.html",
        context_overrides={
            "scheme": scheme,
            "is_open": is_open,
            "next_year": None if is_open else _next_year(today),
            "today": today,
            "counts": places.counts(scheme) if scheme else [],
            "form": form,
            "steps": STEPS,
            "windows": windows(request, scheme) if scheme else [],
            "thrown_away": "thrown-away" in request.GET,
            "forms_url": page_url(page, request, "forms/"),
            "furniture": Furniture(
                page, request, title=_("Apply for the certificate"), subpath="apply/"
            ),
        },
    )
    # The form knows when it was shown.
    add_never_cache_headers(response)
    return response


def _too_many_drafts() -> str:
    return _(
        "Many applications were begun from your network in this hour. Please try again in an "
        "hour, or ask the window."
    )


def _next_year(today) -> SchemeYear | None:
    """The next settings whose time of application is still to come."""
    return SchemeYear.objects.filter(opens_on__gt=today).order_by("opens_on").first()


def _begin(page, request, scheme, given: dict):
    _draft, token = drafts.begin(
        given["kind"], given["email"], html_language(visitor_language()), scheme
    )
    return keep_private(see(page_url(page, request, subpath(DRAFT, token))))


# Behind a private link


class Desk:
    """An application and the link through which somebody works on it.

    purpose: of the link; a draft is written by one, corrections are made by the other.
    """

    def __init__(self, page, request, application, purpose: str, token: str):
        self.page, self.request = page, request
        self.application, self.purpose, self.token = application, purpose, token

    def url(self, rest: str = "") -> str:
        return page_url(self.page, self.request, subpath(self.purpose, self.token, rest))

    def render(self, template: str, title: str, rest: str = "", **context):
        application = self.application
        return self.page.render(
            self.request,
            template=f"certified_orgs/apply/{template}.html",
            context_overrides={
                "desk": self,
                "application": application,
                "scheme": application.scheme,
                "windows": [
                    one
                    for one in windows(self.request, application.scheme)
                    if one.kind == application.kind
                ],
                "furniture": Furniture(
                    self.page,
                    self.request,
                    title=title,
                    subpath=subpath(self.purpose, self.token, rest),
                ),
                **context,
            },
        )

    @property
    def is_draft(self) -> bool:
        return self.purpose == DRAFT

    @property
    def address(self) -> str:
        """The link itself, to be kept by its owner."""
        return absolute(self.url())

    @property
    def link(self) -> PrivateLink:
        return self.request.private_link

    @cached_property
    def criteria(self) -> list:
        return criteria_of(self.application)

    @property
    def missing(self) -> list:
        return missing(self.application, self.criteria)

    @property
    def title(self) -> str:
        """What the application is called as long as it has no number."""
        if self.application.renews_id:
            return _("Renewal of %(number)s") % {"number": self.application.renews.number}
        return _("Application for the certificate")


def overview(desk: Desk):
    """The steps of a draft, what is done and what is not; and the link to keep."""
    return desk.render(
        "overview",
        desk.title,
        rows=_rows(desk),
        saved="saved" in desk.request.GET,
        problem=_why_not_today(desk.application),
    )


def _rows(desk: Desk) -> list[dict]:
    """The steps with their addresses, and what each lacks."""
    lacking = desk.missing
    return [
        {
            "step": step,
            "url": desk.url(f"{step.slug}/"),
            "lacking": [one for one in lacking if one.step == step.slug],
        }
        for step in STEPS
    ]


def _why_not_today(application) -> str:
    try:
        drafts.check_open(application, timezone.localdate())
    except MoveRefused as refused:
        return str(refused)
    return ""


def one_step(desk: Desk, slug: str):
    """A step: what is valid is saved, what is not comes back with the reason."""
    step = BY_SLUG.get(slug)
    if step is None:
        raise Http404
    request = desk.request
    if request.method != "POST":
        form = step.form(desk.application)
        return _show_step(desk, step, form)
    address = desk.application.email
    form = step.form(desk.application, request.POST, request.FILES)
    form.is_valid()
    if "remove" in request.POST and hasattr(form, "remove"):
        form.remove(request.POST["remove"])
        return see(f"{desk.url(f'{slug}/')}?removed")
    has_new_address = form.cleaned_data.get("email") not in (None, "", address)
    if has_new_address and robots.is_one_mail_too_many(request):
        form.add_error("email", _too_many_mails())
        has_new_address = False
    form.keep()
    if has_new_address:
        desk.application.refresh_from_db()
        mail = drafts.mail_link if desk.is_draft else drafts.mail_receipt
        mail(desk.application, desk.token)
    if form.errors:
        return _show_step(desk, step, form)
    return see(_where_next(desk, step, form))


def _too_many_mails() -> str:
    return _(
        "Many links were mailed from your network in this hour. Please write this address down "
        "here in an hour; until then, keep the link yourself."
    )


def _where_next(desk: Desk, step, form) -> str:
    if desk.request.POST.get("then") == "later":
        return f"{desk.url()}?saved"
    is_unwritten = any(one.step == step.slug for one in desk.missing)
    if step.slug == "activities" and is_unwritten and form.cleaned_data["marks"]:
        return f"{desk.url(f'{step.slug}/')}?write"
    if step.slug == "attachments" and form.cleaned_data["files"]:
        return f"{desk.url(f'{step.slug}/')}?attached"
    following = after(step)
    if following == CHECK and not desk.is_draft:
        return desk.url()
    return desk.url(f"{following}/")


def _show_step(desk: Desk, step, form):
    number = STEPS.index(step) + 1
    return desk.render(
        f"step_{step.slug.replace('-', '_')}",
        str(step.title),
        rest=f"{step.slug}/",
        form=form,
        step=step,
        number=number,
        count=len(STEPS),
        **(_attached(desk.application) if step.slug == "attachments" else {}),
        asked=desk.request.GET,
    )


def _attached(application) -> dict:
    """What is attached already, and for how many more there is room."""
    return {
        "attached": attachments.own_files(application),
        "room": attachments.room_for(application),
    }


def check(desk: Desk):
    """Everything at a glance, what is missing, and the button that sends it."""
    problem = _why_not_today(desk.application)
    if desk.request.method == "POST":
        try:
            following = drafts.submit(desk.application, desk.token)
            return see(_following_url(desk, following))
        except drafts.AlreadySent:
            return see(_following_url(desk, links.successor(desk.token)))
        except MoveRefused as refused:
            problem = str(refused)
    lacking = desk.missing
    return desk.render(
        "check",
        _("Check and send"),
        rest=f"{CHECK}/",
        rows=_rows(desk),
        lacking=[{"what": one, "url": desk.url(f"{one.step}/")} for one in lacking],
        problem=problem,
        sent=Sent(desk.application, desk.criteria),
    )


def _following_url(desk: Desk, token: str) -> str:
    return page_url(desk.page, desk.request, subpath(FOLLOW, token)) + "?sent"


def second_press(page, request, token: str, rest: str):
    """The answer to a link that does not open a draft (any more): to the receipt if its form
    has just been sent, else as for every bad link."""
    following = links.successor(token)
    is_sent_again = request.method == "POST" and rest == CHECK
    if is_sent_again and links.just_used(token, DRAFT) and links.find(following, FOLLOW):
        return see(page_url(page, request, subpath(FOLLOW, following)) + "?sent")
    return opens_nothing(page, request)


def throw_away(desk: Desk):
    """A draft is its writer's, to be thrown away as well; asked once before."""
    if desk.request.method != "POST":
        return desk.render("throw_away", _("Throw this draft away?"), rest="throw-away/")
    drafts.throw_away(desk.application)
    return see(f"{page_url(desk.page, desk.request, 'apply/')}?thrown-away")


# After it was sent


def follow(desk: Desk):
    """Where the application stands, the receipt, and the question that waits for an answer."""
    application = desk.application
    form, problem, kept = None, "", []
    if desk.request.method == "POST" and application.state in drafts.ANSWERING:
        form = AnswerForm(application, desk.request.POST, desk.request.FILES)
        if form.is_valid():
            try:
                given = form.cleaned_data
                drafts.answer(application, given["answer"], given["files"])
                return see(f"{desk.url()}?answered")
            except MoveRefused as refused:
                problem = str(refused)
                application.refresh_from_db()
        kept = drafts.keep_files(application, form.fields["files"].accepted)
    prefetch_related_objects([application], "questions", "attachments")
    question = drafts.open_question(application)
    if question and form is None:
        form = AnswerForm(application)
    certificate = _certificate(application)
    return desk.render(
        "follow",
        _("Your application"),
        progress=PROGRESS[application.state],
        question=question,
        form=form,
        problem=problem,
        rows=_rows(desk) if _may_correct(application) else [],
        kept=kept,
        answered=[one for one in application.questions.all() if one.answered_at],
        may_withdraw=any(
            step.name == "withdraw" for step in possible_steps(application, Who.APPLICANT)
        ),
        certificate=certificate,
        # Mark and badge, once it may be shown (a renewed certificate may rest).
        kit_url=page_url(desk.page, desk.request, f"kit/{certificate.number}/")
        if certificate and standing_of(certificate) in MAY_BE_SHOWN
        else "",
        sent=Sent(application, desk.criteria),
        asked=desk.request.GET,
    )


def _may_correct(application) -> bool:
    return application.state == ApplicationState.INCOMPLETE


def _certificate(application):
    if application.state != ApplicationState.CERTIFIED:
        return None
    terms = Q(pk=application.renews_id) | Q(application=application)
    return with_standing(Certificate.objects.filter(terms)).first()


def withdraw(desk: Desk):
    """取下げ, asked once before."""
    is_sent, problem = desk.request.method == "POST", ""
    form = WithdrawForm(desk.request.POST if is_sent else None)
    if is_sent and form.is_valid():
        try:
            drafts.withdraw(desk.application, form.cleaned_data["reason"])
            return see(desk.url())
        except MoveRefused as refused:
            problem = str(refused)
    return desk.render(
        "withdraw", _("Withdraw this application?"), rest="withdraw/", form=form, problem=problem
    )


# What the rest of the address leads to

OF_A_DRAFT = {"": overview, CHECK: check, "throw-away": throw_away}
OF_WHAT_WAS_SENT = {"": follow, "withdraw": withdraw}


def draft(page, request, application, token: str, rest: str):
    """Everything behind the link to a draft."""
    if application.state != ApplicationState.DRAFT:
        return opens_nothing(page, request)
    drafts.move_to_this_year(application, timezone.localdate())
    desk = Desk(page, request, application, DRAFT, token)
    try:
        return OF_A_DRAFT[rest](desk) if rest in OF_A_DRAFT else one_step(desk, rest)
    except (NoSuchMove, drafts.AlreadySent):
        # It was sent from another window while this one was open.
        return second_press(page, request, token, rest)


def sent(page, request, application, token: str, rest: str):
    """Everything behind the link to an application that was sent."""
    desk = Desk(page, request, application, FOLLOW, token)
    if rest in OF_WHAT_WAS_SENT:
        return OF_WHAT_WAS_SENT[rest](desk)
    if not _may_correct(application):
        return see(desk.url())
    try:
        return one_step(desk, rest)
    except NoSuchMove:
        return see(desk.url())
