"""Test data for certification."""

from __future__ import annotations

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from kiyose.japanese.periods import fiscal_year_of
from kiyose.pages.factories import BasePageFactory, source_locale
from sdgs.factories import MarkedPageFactory
from sdgs.models import Mark

from . import numbers
from .kinds import OrgKind
from .models import (
    Application,
    ApplicationMark,
    Certificate,
    CertifiedIndexPage,
    CertifiedOrgPage,
    ChangeRequest,
    Criterion,
    District,
    HolderContact,
    Place,
    Proposal,
    Round,
    SchemeYear,
    Term,
    YearlyReport,
)
from .places import arrange, pool_of
from .scheme import last_day


class DistrictFactory(DjangoModelFactory):
    class Meta:
        model = District

    locale = factory.LazyFunction(source_locale)
    key = factory.Sequence(lambda n: f"district-{n}")
    name = factory.Sequence(lambda n: f"見本{n}町")


class SchemeYearFactory(DjangoModelFactory):
    """A year in which applications are taken all the time; its places are made as well."""

    class Meta:
        model = SchemeYear
        django_get_or_create = ("fiscal_year",)

    fiscal_year = factory.LazyFunction(lambda: fiscal_year_of(timezone.localdate()))
    opens_on = factory.LazyAttribute(lambda year: datetime.date(year.fiscal_year, 4, 1))
    closes_on = factory.LazyAttribute(lambda year: datetime.date(year.fiscal_year + 1, 3, 31))
    report_due_on = factory.LazyAttribute(lambda year: datetime.date(year.fiscal_year, 5, 31))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        scheme = super()._create(model_class, *args, **kwargs)
        arrange(scheme)
        return scheme


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = Criterion

    locale = factory.LazyFunction(source_locale)
    scheme = factory.SubFactory(SchemeYearFactory)
    name = factory.Sequence(lambda n: f"見本の項目{n}")
    description = "見本の説明"
    question = "見本の問い"


class RoundFactory(DjangoModelFactory):
    class Meta:
        model = Round

    scheme = factory.SubFactory(SchemeYearFactory)
    name = "見本の回"


class ApplicationFactory(DjangoModelFactory):
    """A complete application of a sample shop. ``state="submitted"`` gives it its number, as
    does every later state; ``marks=["8.3"]`` sets its activities."""

    class Meta:
        model = Application
        skip_postgeneration_save = True

    kind = OrgKind.COMPANY
    name = factory.Sequence(lambda n: f"見本商店{n}")
    reading = "みほんしょうてん"
    english_name = factory.Sequence(lambda n: f"Sample Shop {n}")
    scheme = factory.SubFactory(SchemeYearFactory)
    representative = "見本 代表"
    contact_name = "見本 担当"
    postal_code = "204-0000"
    address = "見本市見本町1-1"
    phone = "042-000-0009"
    email = "shop@example.jp"
    what_we_do = "見本の店です。"
    no_gangs = no_tax_arrears = active_in_city = no_politics_or_religion = True
    consents_to_use = consents_to_window = consents_to_publication = True
    receipt_number = factory.LazyAttribute(
        lambda one: (
            None if one.state == "draft" else numbers.receipt_number(one.scheme.fiscal_year)
        )
    )
    submitted_at = factory.LazyAttribute(
        lambda one: None if one.state == "draft" else timezone.now()
    )
    state = "draft"

    @factory.post_generation
    def marks(self, create, codes, **kwargs):
        if create:
            for position, code in enumerate(codes or ["8.3"]):
                ApplicationMark.objects.create(
                    application=self,
                    mark=Mark.objects.get(name=code),
                    activity="見本の活動です。",
                    position=position,
                )


class CertificateFactory(DjangoModelFactory):
    """A certificate as the register has it, in force today unless said otherwise. An ended
    one (``state="expired"``) holds no place."""

    class Meta:
        model = Certificate

    kind = OrgKind.COMPANY
    name = factory.Sequence(lambda n: f"見本の事業所{n}")
    reading = factory.Sequence(lambda n: f"みほんのじぎょうしょ{n}")
    english_name = factory.Sequence(lambda n: f"Sample Business {n}")
    state = "valid"
    certified_on = factory.LazyFunction(lambda: timezone.localdate() - datetime.timedelta(days=100))
    valid_until = factory.LazyAttribute(lambda one: last_day(one.certified_on, 3))
    ended_on = factory.LazyAttribute(
        lambda one: None if one.state in {"valid", "suspended"} else timezone.localdate()
    )
    fiscal_year = factory.LazyAttribute(lambda one: fiscal_year_of(one.certified_on))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        kwargs.setdefault("serial", numbers.next_in(numbers.CERTIFICATES, kwargs["fiscal_year"]))
        kwargs.setdefault(
            "number", numbers.certificate_number("KSC", kwargs["fiscal_year"], kwargs["serial"])
        )
        if kwargs["state"] in {"valid", "suspended"} and "place" not in kwargs:
            kwargs["place"] = cls._place(kwargs["kind"])
        certificate = super()._create(model_class, *args, **kwargs)
        HolderContact.objects.create(
            certificate=certificate,
            representative="見本 代表",
            contact_name="見本 担当",
            phone="042-000-0009",
            email="holder@example.jp",
        )
        Term.objects.create(
            certificate=certificate,
            starts_on=certificate.certified_on,
            ends_on=certificate.valid_until,
        )
        return certificate

    @staticmethod
    def _place(kind):
        """A free place, beyond the cap if need be."""
        scheme = SchemeYearFactory()
        pool = pool_of(kind, scheme)
        free = Place.objects.filter(pool=pool, certificate=None).first()
        if free is None:
            last = Place.objects.filter(pool=pool).last()
            free = Place.objects.create(pool=pool, number=last.number + 1 if last else 1)
        return free


class YearlyReportFactory(DjangoModelFactory):
    class Meta:
        model = YearlyReport

    certificate = factory.SubFactory(CertificateFactory)
    fiscal_year = factory.LazyFunction(lambda: fiscal_year_of(timezone.localdate()) - 1)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=30))
    overdue_after = factory.LazyAttribute(lambda one: one.due_on + datetime.timedelta(days=30))


class ChangeRequestFactory(DjangoModelFactory):
    class Meta:
        model = ChangeRequest

    certificate = factory.SubFactory(CertificateFactory)
    kind = "change"
    submitted_at = factory.LazyFunction(timezone.now)
    values = factory.LazyFunction(dict)


class ProposalFactory(DjangoModelFactory):
    class Meta:
        model = Proposal

    certificate = factory.SubFactory(CertificateFactory)
    measure = "suspend"
    reason = "見本の理由"
    proposed_at = factory.LazyFunction(timezone.now)


class CertifiedIndexPageFactory(BasePageFactory):
    class Meta:
        model = CertifiedIndexPage

    title = "認定された企業・団体"
    slug = "certified"
    show_in_menus = True


class CertifiedOrgPageFactory(MarkedPageFactory):
    class Meta:
        model = CertifiedOrgPage

    certificate = factory.SubFactory(CertificateFactory)
