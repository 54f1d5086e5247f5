"""An application for the certificate, new or for renewal, online or on paper."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kiyose.pages.fields import DayField
from sdgs.models import Mark

from ..kinds import Route
from ..states import ApplicationState
from .details import PrivateDetails, PublicDetails
from .records import Attachment, Decision, Move, PrivateLink
from .scheme import Criterion, SchemeYear


class Round(models.Model):
    """A round of selection: applications that are ranked and decided together."""

    scheme = models.ForeignKey(
        SchemeYear,
        verbose_name=_("year of the certificate scheme"),
        on_delete=models.PROTECT,
        related_name="rounds",
    )
    name = models.CharField(_("name"), max_length=60)
    reviewers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewers"),
        blank=True,
        related_name="+",
        help_text=_("They see the applications of this round without any contact, and score them."),
    )
    decided_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("round of selection")
        verbose_name_plural = _("rounds of selection")
        ordering = ["-scheme__fiscal_year", "-pk"]

    def __str__(self):
        return f"{self.scheme} {self.name}"


class Application(PublicDetails, PrivateDetails):
    """申請. A draft belongs to whoever has its link; the office sees it once it is submitted."""

    class Purpose(models.TextChoices):
        NEW = "new", _("New")
        RENEWAL = "renewal", _("Renewal")

    purpose = models.CharField(_("purpose"), max_length=7, choices=Purpose, default=Purpose.NEW)
    renews = models.ForeignKey(
        "certified_orgs.Certificate",
        verbose_name=_("certificate to renew"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="renewals",
    )
    scheme = models.ForeignKey(
        SchemeYear,
        verbose_name=_("year of the certificate scheme"),
        on_delete=models.PROTECT,
        related_name="applications",
    )
    round = models.ForeignKey(
        Round,
        verbose_name=_("round of selection"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="applications",
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=ApplicationState,
        default=ApplicationState.DRAFT,
        editable=False,
    )
    # Given when it is submitted; empty for a draft.
    receipt_number = models.CharField(  # noqa: DJ001  unique, and drafts have none
        _("receipt number"), max_length=20, null=True, unique=True, editable=False
    )
    route = models.CharField(_("received"), max_length=9, choices=Route, default=Route.ONLINE)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, editable=False)
    received_on = DayField(_("received on"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    what_we_do = models.TextField(_("what we do"), max_length=1000, blank=True)
    hopes = models.TextField(_("hopes for partnership"), max_length=500, blank=True)

    no_gangs = models.BooleanField(_("We have nothing to do with organised crime."), default=False)
    no_tax_arrears = models.BooleanField(_("We owe the city no taxes."), default=False)
    active_in_city = models.BooleanField(_("We are active in the city."), default=False)
    no_politics_or_religion = models.BooleanField(
        _("What we apply with serves no political or religious purpose."), default=False
    )
    consents_to_use = models.BooleanField(
        _("We agree to what this information is used for."), default=False
    )
    consents_to_window = models.BooleanField(
        _("We agree that the window, which is outside the city hall, sees this application."),
        default=False,
    )
    consents_to_publication = models.BooleanField(
        _("We know what will be public when we are certified, and agree."), default=False
    )

    checked_at = models.DateTimeField(null=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    waiting_rank = models.PositiveSmallIntegerField(
        _("rank on the waiting list"), null=True, editable=False
    )
    closed_at = models.DateTimeField(null=True, editable=False)

    moves = GenericRelation(Move)
    decisions = GenericRelation(Decision)
    attachments = GenericRelation(Attachment)
    links = GenericRelation(PrivateLink)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-submitted_at", "-pk"]
        permissions = [
            ("serve_companies", "Is the window for companies"),
            ("serve_groups", "Is the window for citizens' groups"),
            ("decide_certification", "Decides on certification"),
        ]
        constraints = [
            models.CheckConstraint(
                name="renewals_name_their_certificate",
                condition=models.Q(purpose="renewal", renews__isnull=False)
                | models.Q(purpose="new", renews__isnull=True),
            ),
            models.CheckConstraint(
                name="what_is_submitted_has_a_number",
                condition=models.Q(state="draft") | models.Q(receipt_number__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_rank_per_round",
                fields=["round", "waiting_rank"],
                condition=models.Q(state="waiting"),
            ),
            models.UniqueConstraint(
                name="one_rank_without_round",
                fields=["scheme", "waiting_rank"],
                condition=models.Q(state="waiting", round=None),
            ),
            models.UniqueConstraint(
                name="one_renewal_at_a_time",
                fields=["renews"],
                condition=models.Q(
                    state__in=[
                        "submitted",
                        "incomplete",
                        "received",
                        "screening",
                        "questioned",
                        "waiting",
                    ]
                ),
            ),
        ]

    def __str__(self):
        return f"{self.receipt_number or ''} {self.name}".strip()

    @property
    def came_on(self) -> datetime.date:
        """The day on which it was received, by whatever way."""
        return self.received_on or timezone.localdate(self.submitted_at)


PLEDGES = ("no_gangs", "no_tax_arrears", "active_in_city", "no_politics_or_religion")
CONSENTS = ("consents_to_use", "consents_to_window", "consents_to_publication")


class ApplicationMark(models.Model):
    """A goal or target that the applicant works for, and how."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="marks")
    mark = models.ForeignKey(
        Mark, verbose_name=_("SDGs mark"), on_delete=models.PROTECT, related_name="+"
    )
    activity = models.TextField(_("what we do for it"), max_length=500)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "mark"], name="one_activity_per_mark")
        ]

    def __str__(self):
        return str(self.mark)


class SelfCheck(models.Model):
    """The applicant's own answer to the question of a criterion."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="checks")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(_("answer"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("self-check")
        verbose_name_plural = _("self-checks")
        ordering = ["criterion__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "criterion"], name="one_answer_each")
        ]

    def __str__(self):
        return str(self.criterion)


class Question(models.Model):
    """A question of the office to the applicant, and the answer."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField(_("question"), max_length=2000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["asked_at", "pk"]

    def __str__(self):
        return self.text[:50]


class Comment(models.Model):
    """A remark inside the office; applicants and the other window never see it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField(_("comment"), max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "pk"]

    def __str__(self):
        return self.text[:50]


class Score(models.Model):
    """A reviewer's points for one criterion of one application."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    points = models.PositiveSmallIntegerField(
        _("points"), validators=[MaxValueValidator(Criterion.MOST_POINTS)]
    )
    remark = models.TextField(_("remark"), max_length=500, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "criterion", "reviewer"], name="one_score_each"
            ),
            models.CheckConstraint(
                name="no_more_than_five_points",
                condition=models.Q(points__lte=Criterion.MOST_POINTS),
            ),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.points}"
