"""Sample certificates and all that belongs to them, taken away; a real one never is.

* Organisations whose names begin with 見本 or Sample: their applications, reports, changes,
  proposals, files, links and certificates. Places are free again.
* Rounds of selection, and criteria, whose names begin so. A year of the scheme goes where it
  has criteria and all of them are samples.
* What something real rests on stays and is named.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from certified_orgs.models import (
    Application,
    Certificate,
    CertifiedOrgPage,
    ChangeRequest,
    Criterion,
    NumberSeries,
    Place,
    Printing,
    Proposal,
    Round,
    SchemeYear,
    YearlyReport,
)
from certified_orgs.numbers import CERTIFICATES
from certified_orgs.places import arrange
from certified_orgs.scheme import NoScheme, scheme_on

from .samples import begins_so


def sample_certificates():
    return Certificate.objects.filter(begins_so("name") | begins_so("english_name"))


def sample_applications():
    return Application.objects.filter(begins_so("name") | begins_so("english_name"))


def sample_rounds():
    return Round.objects.filter(begins_so("name"))


def sample_years():
    """Years of the scheme that the demonstration made up."""
    samples = Criterion.objects.filter(begins_so("name")).values("scheme")
    real = Criterion.objects.exclude(begins_so("name")).values("scheme")
    return SchemeYear.objects.filter(pk__in=samples).exclude(pk__in=real)


def remove() -> list[models.Model]:
    """Take them away, in the order in which one rests on another; returns what was kept."""
    years = list(sample_years())
    kept = [each for each in _in_order() if not _remove(each)]
    kept += [year for year in years if not _remove(year)]
    _forget_numbers()
    _free_places()
    return kept


def _free_places() -> None:
    """As many as the settings that are left say; none without any."""
    try:
        arrange(scheme_on(timezone.localdate()))
    except NoScheme:
        Place.objects.filter(certificate=None).delete()


def _in_order() -> Iterator[models.Model]:
    certificates = list(sample_certificates())
    yield from CertifiedOrgPage.objects.filter(certificate__in=certificates)
    for model in (ChangeRequest, Printing, Proposal, YearlyReport):
        yield from model.objects.filter(certificate__in=certificates)
    yield from sample_applications()
    yield from certificates
    yield from sample_rounds()


def _remove(thing: models.Model) -> bool:
    """Whether it could go. Its files go once the transaction has ended well."""
    if not type(thing)._default_manager.filter(pk=thing.pk).exists():
        return True  # together with something else
    attachments = list(thing.attachments.all()) if hasattr(thing, "attachments") else []
    try:
        with transaction.atomic():
            if isinstance(thing, Certificate):
                # They keep the register's rows, and a sample is not to be one of these.
                thing.terms.all().delete()
            thing.delete()
    except ProtectedError:
        return False
    for attachment in attachments:
        file = attachment.file
        transaction.on_commit(lambda file=file: file.storage.delete(file.name))
    return True


def _forget_numbers() -> None:
    """The first real certificate of a year that had only samples is number 001."""
    used = Certificate.objects.values("fiscal_year")
    NumberSeries.objects.filter(name=CERTIFICATES).exclude(fiscal_year__in=used).delete()
