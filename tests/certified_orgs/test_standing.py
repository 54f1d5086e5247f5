"""The word for a certificate on a day, and that lists and single answers agree about it."""

from __future__ import annotations

import datetime

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from certified_orgs.factories import (
    ApplicationFactory,
    CertificateFactory,
    SchemeYearFactory,
    YearlyReportFactory,
)
from certified_orgs.models import Certificate, Decision
from certified_orgs.scheme import NoScheme, last_day, scheme_on
from certified_orgs.standing import (
    Standing,
    since,
    standing_is,
    standing_of,
    with_standing,
)
from certified_orgs.states import ApplicationState, CertificateState, ReportState

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
TODAY = datetime.date(2026, 11, 10)
KNOWN = [each for each in Standing if each != Standing.UNKNOWN]


def at_noon(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime(day.year, day.month, day.day, 12))


def certificate_of(state="valid", valid_until=TODAY, **values) -> Certificate:
    values.setdefault("certified_on", valid_until - 1000 * DAY)
    return CertificateFactory(state=state, valid_until=valid_until, **values)


def overdue_report(certificate, overdue_after=TODAY - DAY, **values):
    """One whose lack is public, unless the values say otherwise."""
    return YearlyReportFactory(
        certificate=certificate,
        overdue_after=overdue_after,
        not_on_paper_at=values.pop("not_on_paper_at", at_noon(TODAY)),
        **values,
    )


def renewal_of(certificate, state="submitted", submitted_at=None):
    return ApplicationFactory(
        purpose="renewal",
        renews=certificate,
        state=state,
        submitted_at=submitted_at or at_noon(certificate.valid_until),
    )


def answer(certificate, today=TODAY) -> Standing:
    """What both ways of asking say; they must agree."""
    rows = with_standing(Certificate.objects.filter(pk=certificate.pk), today)
    matching = [one for one in KNOWN if rows.filter(standing_is(one, today)).exists()]
    word = standing_of(rows.get(), today)
    assert matching == [word]
    return word


@pytest.mark.parametrize("state", ["valid", "suspended", "expired", "revoked", "returned"])
def test_the_state_is_the_word(state):
    assert answer(certificate_of(state, valid_until=TODAY + DAY)) == state


@pytest.mark.parametrize(
    ("last", "today", "word"),
    [
        ("2027-03-31", "2027-03-31", "valid"),
        ("2027-03-31", "2027-04-01", "expired"),
        ("2028-02-29", "2028-02-29", "valid"),
        ("2028-02-29", "2028-03-01", "expired"),
        ("2027-02-28", "2027-02-28", "valid"),
        ("2027-02-28", "2027-03-01", "expired"),
    ],
)
@pytest.mark.parametrize("state", ["valid", "suspended"])
def test_nobody_has_to_wait_for_the_clock_to_write_an_expiry_down(state, last, today, word):
    certificate = certificate_of(state, valid_until=datetime.date.fromisoformat(last))
    expected = state if word == "valid" else "expired"
    assert answer(certificate, datetime.date.fromisoformat(today)) == expected


@pytest.mark.parametrize(
    ("days_over", "word"), [(0, "valid"), (-1, "valid"), (1, "report_overdue")]
)
def test_overdue_the_day_after_the_days_of_grace(days_over, word):
    certificate = certificate_of(valid_until=TODAY + DAY)
    overdue_report(certificate, overdue_after=TODAY - days_over * DAY)
    assert answer(certificate) == word


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("due", "report_overdue"),
        ("sent_back", "report_overdue"),
        ("submitted", "valid"),
        ("accepted", "valid"),
    ],
)
def test_overdue_is_what_the_office_does_not_have(state, word):
    certificate = certificate_of(valid_until=TODAY + DAY)
    overdue_report(certificate, state=state)
    assert answer(certificate) == word


def test_not_overdue_in_public_before_somebody_has_looked_among_the_papers():
    certificate = certificate_of(valid_until=TODAY + DAY)
    overdue_report(certificate, not_on_paper_at=None)
    assert answer(certificate) == "valid"


@pytest.mark.parametrize("state", ["suspended", "expired", "revoked", "returned"])
def test_what_is_worse_than_overdue_is_said_first(state):
    certificate = certificate_of(state, valid_until=TODAY + DAY)
    overdue_report(certificate)
    assert answer(certificate) == state


@pytest.mark.parametrize(
    ("submitted", "word"),
    [
        (datetime.datetime(2026, 11, 9, 23, 59), "valid"),
        (datetime.datetime(2026, 11, 10, 0, 0), "expired"),
    ],
)
def test_a_renewal_in_time_keeps_it_in_force_until_it_is_decided(submitted, word):
    certificate = certificate_of(valid_until=TODAY - DAY)
    renewal_of(certificate, submitted_at=timezone.make_aware(submitted))
    assert answer(certificate) == word


@pytest.mark.parametrize(("days", "word"), [(1, "valid"), (0, "expired")])
def test_a_renewal_on_paper_is_in_time_by_the_day_on_which_it_came(days, word):
    """The office may write it down later."""
    certificate = certificate_of(valid_until=TODAY - DAY)
    renewal_of(certificate, submitted_at=timezone.now())
    certificate.renewals.update(received_on=TODAY - days * DAY)
    assert answer(certificate) == word


@pytest.mark.parametrize("state", ["draft", "declined", "withdrawn"])
def test_a_renewal_that_is_not_open_keeps_nothing_in_force(state):
    certificate = certificate_of(valid_until=TODAY - DAY)
    renewal_of(certificate, state=state)
    assert answer(certificate) == "expired"


def test_another_holders_report_and_renewal_do_not_count():
    certificate = certificate_of(valid_until=TODAY - DAY)
    other = certificate_of(valid_until=TODAY - DAY)
    overdue_report(other)
    renewal_of(other)
    assert answer(certificate) == "expired"
    assert answer(other) == "report_overdue"


@settings(max_examples=120, deadline=None)
@given(
    state=st.sampled_from(CertificateState.values),
    last=st.integers(-2, 2),
    report=st.none()
    | st.tuples(st.sampled_from(ReportState.values), st.integers(-2, 2), st.booleans()),
    renewal=st.none() | st.tuples(st.sampled_from(ApplicationState.values), st.integers(-1, 1)),
    today=st.sampled_from(
        [
            TODAY,
            datetime.date(2027, 3, 31),
            datetime.date(2027, 4, 1),
            datetime.date(2028, 2, 29),
            datetime.date(2028, 3, 1),
        ]
    ),
)
def test_every_combination_has_one_word_in_lists_and_alone(state, last, report, renewal, today):
    with transaction.atomic():
        valid_until = today + last * DAY
        certificate = certificate_of(state, valid_until=valid_until)
        overdue = in_time = False
        if report:
            its_state, over, looked = report
            overdue_report(
                certificate,
                state=its_state,
                overdue_after=today - over * DAY,
                not_on_paper_at=at_noon(today) if looked else None,
            )
            overdue = its_state in {"due", "sent_back"} and over > 0 and looked
        if renewal:
            its_state, late = renewal
            renewal_of(certificate, its_state, at_noon(valid_until + late * DAY))
            decided = {"draft", "certified", "declined", "withdrawn"}
            in_time = its_state not in decided and late <= 0

        if state in {"expired", "revoked", "returned"}:
            expected = state
        elif last < 0 and not in_time:
            expected = "expired"
        elif state == "suspended":
            expected = "suspended"
        else:
            expected = "report_overdue" if overdue else "valid"
        assert answer(certificate, today) == expected
        transaction.set_rollback(True)


def test_lists_are_asked_once(django_assert_num_queries):
    for state in ("valid", "suspended", "expired"):
        certificate_of(state, valid_until=TODAY + DAY)
    with django_assert_num_queries(1):
        assert len([standing_of(one, TODAY) for one in with_standing(Certificate.objects.all())])


# Since when


def decided(certificate, step: str, on: datetime.date) -> None:
    Decision.objects.create(
        subject=certificate,
        step=step,
        reason="見本の理由",
        drafted_on=on,
        approved_on=on,
        document_number="見本発第1号",
    )


def test_since_when_the_word_holds():
    valid = certificate_of(valid_until=TODAY + DAY, certified_on=TODAY - 9 * DAY)
    assert since(valid, Standing.VALID, TODAY) == TODAY - 9 * DAY

    overdue = certificate_of(valid_until=TODAY + DAY)
    overdue_report(overdue, overdue_after=TODAY - 3 * DAY)
    overdue_report(overdue, overdue_after=TODAY - 400 * DAY, fiscal_year=2024)
    assert since(overdue, Standing.REPORT_OVERDUE, TODAY) == TODAY - 399 * DAY

    suspended = certificate_of("suspended", valid_until=TODAY + DAY)
    decided(suspended, "suspend", TODAY - 50 * DAY)
    decided(suspended, "reinstate", TODAY - 40 * DAY)
    decided(suspended, "suspend", TODAY - 5 * DAY)
    assert since(suspended, Standing.SUSPENDED, TODAY) == TODAY - 5 * DAY

    lapsed = certificate_of(valid_until=TODAY - DAY)
    assert since(lapsed, Standing.EXPIRED, TODAY) == TODAY - DAY
    for state in ("expired", "revoked", "returned"):
        ended = certificate_of(state, ended_on=TODAY - 7 * DAY)
        assert since(ended, Standing(state), TODAY) == TODAY - 7 * DAY


# Days and settings


@pytest.mark.parametrize(
    ("start", "years", "last"),
    [
        ("2026-04-01", 3, "2029-03-31"),
        ("2026-03-31", 3, "2029-03-30"),
        ("2026-03-01", 2, "2028-02-29"),
        ("2025-03-01", 2, "2027-02-28"),
        ("2024-02-29", 3, "2027-02-28"),
        ("2024-02-29", 4, "2028-02-28"),
        ("2026-01-01", 1, "2026-12-31"),
    ],
)
def test_whole_years_end_on_the_day_before(start, years, last):
    day = datetime.date.fromisoformat
    assert last_day(day(start), years) == day(last)


def test_a_year_without_settings_follows_the_latest_one_before_it():
    with pytest.raises(NoScheme):
        scheme_on(TODAY)
    early, late = SchemeYearFactory(fiscal_year=2025), SchemeYearFactory(fiscal_year=2027)
    for day, scheme in [
        ("2025-03-31", early),  # before there were any
        ("2025-04-01", early),
        ("2027-03-31", early),
        ("2027-04-01", late),
        ("2030-01-01", late),
    ]:
        assert scheme_on(datetime.date.fromisoformat(day)) == scheme
