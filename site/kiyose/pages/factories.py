"""Test data for what every page shares."""

from __future__ import annotations

import factory
import wagtail_factories
from factory.django import DjangoModelFactory
from wagtail.models import Locale

from .models import BasePage, Division, PicturedPage


def source_locale() -> Locale:
    return Locale.objects.get(language_code="ja")


class DivisionFactory(DjangoModelFactory):
    class Meta:
        model = Division

    locale = factory.LazyFunction(source_locale)
    name = factory.Sequence(lambda n: f"見本{n}課")
    department = "見本部"
    reading = "みほんか"
    direct_phone = "042-000-0001"
    main_phone = "042-000-0000"
    extension = "1001"
    opening_hours = "見本：平日の午前9時から午後5時まで"
    floor_and_window = "見本：2階1番"


class BasePageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = BasePage
        abstract = True

    title = factory.Sequence(lambda n: f"見本のページ{n}")
    slug = factory.Sequence(lambda n: f"sample-{n}")
    summary = factory.LazyAttribute(lambda page: f"{page.title}の要約です。")
    locale = factory.LazyFunction(source_locale)


class PicturedPageFactory(BasePageFactory):
    class Meta:
        model = PicturedPage
        abstract = True

    # For tests that give the page a picture: without words it would not go public.
    picture_alt = "見本の絵"
