"""The United Nations' own icons, where the city has them and may show them."""

from __future__ import annotations

from django import forms
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from kiyose.pages.languages import language_tags

from .. import vocabulary
from ..artwork import ArtworkField, labels_of_goals


class OfficialArtworkForm(WagtailAdminModelForm):
    """Takes the 17 files of a language at once, or takes them away again."""

    languages = forms.MultipleChoiceField(
        label=_("languages"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("In which languages the files below are shown, or taken away."),
    )
    files = ArtworkField(
        label=_("files"),
        required=False,
        help_text=_(
            "All 17 at once: square PNG, JPEG or WebP files with the goal's number in their "
            "names, for example E-WEB-Goal-08.png. They are shown exactly as they are."
        ),
    )
    remove = forms.BooleanField(
        label=_("Show this site's own tiles again"),
        required=False,
        help_text=_("Takes the official artwork of the chosen languages away."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = [
            (code, f"{name} – {shown_now(code)}") for code, name in language_tags().items()
        ]

    def clean(self):
        cleaned = super().clean()
        acts = cleaned.get("files") or cleaned.get("remove")
        if cleaned.get("files") and cleaned.get("remove"):
            self.add_error("remove", _("Either upload files or take them away."))
        if acts and not cleaned.get("languages"):
            self.add_error("languages", _("Choose at least one language."))
        names = language_tags()
        for language in cleaned.get("languages", ()):
            if len(labels_of_goals(language)) < len(vocabulary.goal_numbers()):
                message = _("Name the 17 goals in this language first: %(language)s.")
                self.add_error("languages", message % {"language": names[language]})
        return cleaned

    @transaction.atomic
    def save(self, commit=True):
        instance = super().save(commit)
        files = self.cleaned_data["files"] or {}
        if files or self.cleaned_data["remove"]:
            for language in self.cleaned_data["languages"]:
                for number, label in labels_of_goals(language).items():
                    label.artwork = files.get(number, "")
                    label.save()
        return instance


def shown_now(language: str) -> str:
    """Which tiles readers of the language see today."""
    labels = labels_of_goals(language).values()
    if any(label.artwork for label in labels):
        return _("today: official artwork")
    return _("today: this site's own tiles")


@register_setting(icon="image")
class OfficialArtwork(BaseGenericSetting):
    """Replaces this site's own tiles, everywhere and unaltered, once it is complete.

    The files themselves are kept with the labels of the goals (``MarkLabel.artwork``),
    because they differ by language as the names do, and are read together with them.
    """

    origin = models.CharField(
        _("where the files come from"),
        max_length=200,
        blank=True,
        help_text=_("For the record: from whom, when, and for which use they were given."),
    )

    base_form_class = OfficialArtworkForm
    panels = [
        HelpPanel(template="sdgs/admin/artwork_help.html"),
        FieldPanel("origin"),
        FieldPanel("languages"),
        FieldPanel("files"),
        FieldPanel("remove"),
    ]

    class Meta:
        verbose_name = _("official SDGs artwork")
