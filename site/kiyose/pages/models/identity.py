"""What makes this site Kiyose's and not another city's."""

from __future__ import annotations

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from ..facts import source_rows
from .division import Division


@register_setting(icon="site")
class SiteIdentity(BaseSiteSetting):
    """Facts about the city behind the site. Its name is the home page's title."""

    city_code = models.CharField(
        _("city code"),
        max_length=6,
        blank=True,
        help_text=_("The six digits of 全国地方公共団体コード, for open data."),
    )
    default_division = models.ForeignKey(
        Division,
        verbose_name=_("default division"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        limit_choices_to=source_rows,
        related_name="+",
        help_text=_("Answers for every page that names no division of its own."),
    )

    panels = [FieldPanel("city_code"), FieldPanel("default_division", widget=forms.Select)]

    class Meta:
        verbose_name = _("site identity")
