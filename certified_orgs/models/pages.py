"""The public register, and the profile of one holder."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from kiyose.pages.blocks import BodyBlock
from kiyose.pages.facts import source_rows
from kiyose.pages.furniture import Furniture
from kiyose.pages.models import BasePage
from projects.models import ProjectPage
from sdgs.models import MarkedPage

from ..routes import (
    RESERVED_SLUGS,
    ApplyRoutes,
    HolderRoutes,
    ProofRoutes,
    RegisterRoutes,
    SchemeRoutes,
)
from .certificate import Certificate


class CertifiedIndexPage(
    RegisterRoutes,
    ApplyRoutes,
    HolderRoutes,
    SchemeRoutes,
    ProofRoutes,
    RoutablePageMixin,
    BasePage,
):
    """``/certified/``: the register, and below it everything that applicants and holders do."""

    words = (*BasePage.words, "body", "rules_of_use")

    body = StreamField(BodyBlock(required=False), verbose_name=_("about the scheme"), blank=True)
    rules_of_use = StreamField(
        BodyBlock(required=False), verbose_name=_("rules for using the mark"), blank=True
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        FieldPanel("rules_of_use"),
    ]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["certified_orgs.CertifiedOrgPage"]
    max_count_per_parent = 1
    template = "certified_orgs/certified_index_page.html"

    class Meta:
        verbose_name = _("register of certificates")


class CertifiedOrgPage(MarkedPage):
    """The profile of a holder. Words and marks are the page's; name, dates and state come
    from the register alone, so a page cannot say that a certificate is valid."""

    facts = (*MarkedPage.facts, "certificate", "links", "related_projects")
    words = (*MarkedPage.words, "what_we_do", "hopes")

    certificate = models.ForeignKey(
        Certificate,
        verbose_name=_("certificate"),
        null=True,
        on_delete=models.PROTECT,
        related_name="pages",
    )
    what_we_do = models.TextField(_("what they do"), max_length=1000, blank=True)
    hopes = models.TextField(_("hopes for partnership"), max_length=500, blank=True)

    content_panels = [
        *MarkedPage.content_panels,
        *MarkedPage.sdgs_panels,
        FieldPanel("certificate", widget=forms.Select),
        FieldPanel("what_we_do"),
        FieldPanel("hopes"),
        InlinePanel("links", label=_("link"), heading=_("Links (the same in every language)")),
        InlinePanel(
            "related_projects",
            label=_("project"),
            heading=_("Related projects (the same in every language)"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("what_we_do"),
        index.SearchField("hopes"),
    ]

    parent_page_types = ["certified_orgs.CertifiedIndexPage"]
    subpage_types: list[str] = []
    template = "certified_orgs/certified_org_page.html"
    card_template = "certified_orgs/certified_org_card.html"

    class Meta:
        verbose_name = _("profile of a holder")
        verbose_name_plural = _("profiles of holders")

    @classmethod
    def prepare_cards(cls, cards, request) -> None:
        """Give each card its ``holder``: name and state from the register, by one query."""
        from ..holders import Holder, certificates

        request.is_of_the_moment = True
        cards = list(cards)
        known = certificates().in_bulk({card.certificate_id for card in cards} - {None})
        for card in cards:
            certificate = known.get(card.certificate_id)
            card.holder = Holder(certificate, card) if certificate else None

    def get_context(self, request, *args, **kwargs):
        from ..profile import profile_of, sections_of_profile

        request.is_of_the_moment = True
        context = super().get_context(request, *args, **kwargs)
        context["holder"] = holder = profile_of(self)
        if holder:
            context["furniture"] = Furniture(self, request, title=holder.name.text)
            context["sections"] = sections_of_profile(self, request)
        return context

    def clean(self):
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError(
                {
                    "slug": _("“%(slug)s” is an address of the register itself. Choose another.")
                    % {"slug": self.slug}
                }
            )
        # A draft may still have none; publishing asks for it (the field is required).
        if self.certificate_id and self.has_namesakes():
            raise ValidationError({"certificate": _("This certificate has a profile already.")})

    def has_namesakes(self) -> bool:
        """Whether another profile in this language is of the same certificate."""
        profiles = CertifiedOrgPage.objects.filter(
            certificate=self.certificate_id, locale_id=self.locale_id
        )
        return profiles.exclude(pk=self.pk).exists()


class ProfileLink(Orderable):
    """Where else the holder is found."""

    class Kind(models.TextChoices):
        WEBSITE = "website", _("Web site")
        INSTAGRAM = "instagram", "Instagram"
        FACEBOOK = "facebook", "Facebook"
        X = "x", "X"
        YOUTUBE = "youtube", "YouTube"
        OTHER = "other", _("Other")

    page = ParentalKey(CertifiedOrgPage, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.WEBSITE)
    url = models.URLField(_("address"))

    panels = [FieldRowPanel([FieldPanel("kind"), FieldPanel("url")])]

    class Meta(Orderable.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self):
        return self.url


class ProfileProject(Orderable):
    """A project of the city that the holder takes part in."""

    page = ParentalKey(CertifiedOrgPage, on_delete=models.CASCADE, related_name="related_projects")
    project = models.ForeignKey(
        ProjectPage,
        verbose_name=_("project"),
        on_delete=models.CASCADE,
        limit_choices_to=source_rows,
        related_name="holder_links",
    )

    panels = [FieldPanel("project", widget=forms.Select)]

    class Meta(Orderable.Meta):
        verbose_name = _("related project")
        verbose_name_plural = _("related projects")

    def __str__(self):
        return str(self.project)
