"""Who helps: emergency numbers, disaster information, the city's own telephone."""

from __future__ import annotations

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel

from certified_orgs.models.fields import PhoneFormField
from kiyose.pages.models import TranslatedSnippet

# 119, 110, 171, 188, #7119: numbers of the whole country have three or four digits.
SHORT_NUMBER = re.compile(r"#?\d{3,4}")


class HelpNumberFormField(PhoneFormField):
    """A telephone number, or a short one; ＃７１１９ is understood."""

    def to_python(self, value):
        text = forms.CharField.to_python(self, value) or ""
        short = "".join(unicodedata.normalize("NFKC", text).split())
        return short if SHORT_NUMBER.fullmatch(short) else super().to_python(value)


class HelpNumberField(models.CharField):
    """A number that anybody in need can dial, kept with plain digits."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": HelpNumberFormField, **kwargs})


class HelpLine(TranslatedSnippet):
    """One line of the list of help. What kind it is, its number and its web page are facts;
    what it is called comes from the interface, so that an emergency number has a name in
    every language before anybody has translated anything."""

    class Kind(models.TextChoices):
        FIRE_AND_AMBULANCE = "119", _("Ambulance and fire")
        POLICE = "110", pgettext_lazy("to call in an emergency", "Police")
        MEDICAL_ADVICE = "7119", _("Ambulance or not? Medical advice")
        DISASTER = "disaster", _("Disaster information")
        CITY = "city", _("City hall")
        OTHER = "other", pgettext_lazy("kind of help", "Other")

    # What every city fills in; the editor of the page says what is missing.
    EXPECTED = (
        Kind.FIRE_AND_AMBULANCE,
        Kind.POLICE,
        Kind.MEDICAL_ADVICE,
        Kind.DISASTER,
        Kind.CITY,
    )
    # These are shown as emergencies.
    URGENT = (Kind.FIRE_AND_AMBULANCE, Kind.POLICE)

    facts = ("kind", "number", "website", "position")
    words = ("name", "note", "hours", "english_hours")
    never_by_machine = ("hours", "english_hours")

    kind = models.CharField(pgettext_lazy("of help", "kind"), max_length=10, choices=Kind)
    number = HelpNumberField(
        _("telephone"), max_length=20, blank=True, help_text=_("119, #7119 or 042-000-0000.")
    )
    website = models.URLField(pgettext_lazy("of help", "web page"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name = models.CharField(
        _("name"),
        max_length=60,
        blank=True,
        help_text=_("Empty: as the kind is called, in every language."),
    )
    note = models.CharField(
        _("what it is for"),
        max_length=160,
        blank=True,
        help_text=_("When to call, and what to say first."),
    )
    hours = models.CharField(_("hours"), max_length=100, blank=True)
    english_hours = models.CharField(
        _("hours in English"),
        max_length=100,
        blank=True,
        help_text=_("When somebody who speaks English answers. Empty: not said."),
    )

    panels = [
        HelpPanel(
            content=_(
                "Shown at the trainees’ door and on its handout as soon as it is saved, in every "
                "language. Enter what you have checked; what is empty is not shown."
            )
        ),
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldRowPanel([FieldPanel("number"), FieldPanel("website")]),
                FieldPanel("position"),
            ],
            heading=_("Facts (the same in every language)"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("note"),
                FieldRowPanel([FieldPanel("hours"), FieldPanel("english_hours")]),
            ],
            heading=_("Words (translated)"),
        ),
    ]

    class Meta(TranslatedSnippet.Meta):
        verbose_name = _("line of help")
        verbose_name_plural = _("help and emergency numbers")
        ordering = ["position", "pk"]

    def __str__(self):
        return " ".join(
            part for part in (self.number, self.name or self.get_kind_display()) if part
        )

    def clean(self):
        super().clean()
        if not (self.number or self.website):
            raise ValidationError({"number": _("Give a number, a web page, or both.")})
        if self.kind == self.Kind.OTHER and not self.name:
            raise ValidationError({"name": _("“Other” says nothing: give it a name.")})

    @property
    def is_urgent(self) -> bool:
        return self.kind in self.URGENT
