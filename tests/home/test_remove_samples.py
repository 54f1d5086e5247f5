"""``manage.py remove_samples``: what is left is true, and nobody is locked out."""

from __future__ import annotations

import datetime
import io
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import TestCase
from wagtail.models import Page

from certified_orgs import links, numbers
from certified_orgs.factories import (
    ApplicationFactory,
    CertificateFactory,
    YearlyReportFactory,
)
from certified_orgs.models import (
    Application,
    Attachment,
    Certificate,
    CertifiedOrgPage,
    ChangeRequest,
    Criterion,
    Decision,
    HolderContact,
    Move,
    Place,
    PrivateLink,
    Proposal,
    Round,
    SchemeYear,
    Score,
    Term,
    YearlyReport,
)
from events.factories import EventPageFactory
from events.models import Decision as DecisionOfTheDay
from events.models import EventField, EventIndexPage, EventPage, FestivalPage, Venue
from home.models import HelpLine, StandardPage, TraineesPage
from kiyose.pages.models import Division
from projects.models import (
    BaselineKind,
    FormerMeasurement,
    IndicatorGoal,
    IndicatorPage,
    Measurement,
    ProjectPage,
    Source,
)
from sdgs.factories import ProgrammeFactory
from sdgs.models import Measure, Plan, Programme
from tests.public_pages import BETWEEN_PAGES, GOALS, OUTSIDE_THE_TREE, address
from tests.shared_rows import rolled_back

pytestmark = pytest.mark.django_db

TRACES = ("見本", "Sample", "sample", "example.jp", "042-000")


def run(*options) -> str:
    out = io.StringIO()
    call_command("remove_samples", "--no-input", *options, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def loaded(demonstration_rows, django_db_blocker):
    """The demonstration, and an administrator of the city's own."""
    with django_db_blocker.unblock():
        get_user_model().objects.create_superuser("hontou", "hontou@city.test", "x")


def read_projects():
    """Public ones that somebody has read: easy Japanese waits for a reviewer (its own test)."""
    return ProjectPage.objects.live().exclude(locale__language_code="ja-easy")


def public_pages():
    return Page.objects.live().filter(depth__gt=1)


def attach(subject) -> Attachment:
    """A file of a case, as its applicant sent it."""
    return Attachment.objects.create(
        subject=subject,
        file=ContentFile(b"%PDF-1.4 sample", name="sample.pdf"),
        name="見本.pdf",
        content_type_name="application/pdf",
        size=15,
    )


@pytest.fixture(scope="class")
def removed(loaded, django_db_blocker):
    """The same after the samples have gone, and the real things that stood beside them."""
    with django_db_blocker.unblock(), rolled_back():
        draft = IndicatorPage.objects.get(slug="sdgs-people", locale__language_code="ja")
        draft.limits = "まだ公開しない限界"
        draft.save_revision()
        answered = IndicatorPage.objects.get(slug="nature-is-why", locale__language_code="en")
        answered.response = "Fewer people answered."
        answered.save_revision().publish()
        division = Division.objects.first()
        programme = ProgrammeFactory(
            name="本当の事業", measure=Measure.objects.first(), division=division
        )
        real = Division.objects.create(
            locale=division.locale, name="本当課", direct_phone="1", opening_hours="毎日"
        )
        application = Application.objects.filter(state="incomplete").get()
        files = [attach(application), attach(YearlyReport.objects.first())]
        links.give(application, "application", 30)
        venue = Venue.objects.get(key="sample-square", locale__language_code="ja")
        DecisionOfTheDay.objects.create(venue=venue, status="cancelled")
        before = SimpleNamespace(
            projects=read_projects().count(),
            certificates=Certificate.objects.count(),
            stored=[(one.file.storage, one.file.name) for one in files],
        )
        assert all(storage.exists(name) for storage, name in before.stored)
        # Files go only once the transaction has ended well.
        with TestCase.captureOnCommitCallbacks(execute=True):
            run()
        yield SimpleNamespace(
            before=before, draft=draft, answered=answered, programme=programme, division=real
        )


class TestWhatIsLeft:
    """One removal, looked at from all sides."""

    def test_what_is_left_is_true(self, removed, client):
        assert read_projects().count() == removed.before.projects, "Projects are no samples."
        assert IndicatorPage.objects.live().count() == 36, "Nor are indicators."
        assert Plan.objects.filter(locale__language_code="ja").count() == 20, "Nor are plans."
        pages = [page.get_url() for page in public_pages()]
        assert len(pages) > 80
        between = [
            address(language, each)
            for language in ("ja", "en")
            for each in (*GOALS, *BETWEEN_PAGES, *OUTSIDE_THE_TREE)
            if "no-such-" not in each
        ]
        for where in [*pages, *between]:
            answer = client.get(where)
            assert answer.status_code == 200, where
            html = BeautifulSoup(answer.content, "html.parser")
            said = [html.get_text(" "), *(str(tag.attrs) for tag in html.find_all(True))]
            for trace in TRACES:
                assert not [text for text in said if trace in text], f"{trace} on {where}"

    def test_made_up_figures_go_with_their_source(self, removed):
        (real,) = Measurement.objects.all()
        assert real.period == "2010"
        assert not FormerMeasurement.objects.exists()
        assert not Source.objects.filter(title__startswith="見本").exists()
        assert not Source.objects.filter(title__startswith="Sample").exists()
        for language in ("ja", "en"):
            pages = IndicatorPage.objects.filter(locale__language_code=language)
            kinds = [page.baseline_kind for page in pages]
            assert BaselineKind.ZERO not in kinds
            assert kinds.count(BaselineKind.MEASURED) == 3
            pages = pages.exclude(pk__in=[removed.draft.pk, removed.answered.pk])
            assert not pages.exclude(response="").exists()
            assert not pages.exclude(response_on=None).exists()
            assert not pages.filter(has_unpublished_changes=True).exists()

    def test_every_version_of_an_indicator_can_still_be_opened(self, removed):
        for page in IndicatorPage.objects.all():
            assert page.revisions.exists()
            for revision in page.revisions.all():
                revision.as_object()

    def test_an_answer_goes_from_a_draft_too_and_a_real_one_stays(self, removed):
        page = IndicatorPage.objects.get(pk=removed.draft.pk)
        draft = page.get_latest_revision_as_object()
        assert (page.response, draft.response) == ("", "")
        assert draft.limits == "まだ公開しない限界" != page.limits
        assert draft.baseline_kind == BaselineKind.NONE
        answered = IndicatorPage.objects.get(pk=removed.answered.pk)
        assert answered.response == "Fewer people answered."

    def test_programmes_and_measures_go_and_real_ones_stay(self, removed):
        (programme,) = Programme.objects.all()
        assert programme == removed.programme
        assert programme.measure is None
        assert not Measure.objects.exists()

    def test_sections_go_in_every_language_and_the_rest_stays(self, removed):
        for language in ("ja", "en"):
            page = StandardPage.objects.get(slug="about-this-site", locale__language_code=language)
            headings = [block.value for block in page.body if block.block_type == "heading"]
            assert headings
            assert page.body[-1].block_type == "paragraph"
            assert not page.has_unpublished_changes

    def test_a_translation_published_later_does_not_bring_a_sample_back(self, removed):
        from wagtail_localize.models import Translation

        from kiyose.translation.publishing import publish_translation

        page = StandardPage.objects.get(slug="about-this-site", locale__language_code="en")
        record = Translation.objects.get(source__object_id=page.translation_key)
        publish_translation(record)
        page.refresh_from_db()
        assert "Sample" not in str(page.body.raw_data)

    def test_made_up_numbers_go_and_real_ones_stay(self, removed):
        (division,) = Division.objects.exclude(direct_phone="")
        assert division == removed.division
        assert division.direct_phone == "1"

    def test_the_demonstrations_accounts_are_closed(self, removed, client):
        accounts = get_user_model().objects.filter(is_active=True)
        assert [user.username for user in accounts] == ["hontou"]

    def test_a_second_time_there_is_nothing_to_do(self, removed):
        assert run() == "There are no samples.\n"

    def test_all_that_belongs_to_sample_organisations_goes(self, removed):
        assert removed.before.certificates == 16
        for model in (
            *(Certificate, Application, YearlyReport, ChangeRequest, Proposal, Round, Term),
            *(Place, Score, SchemeYear, Criterion, Move, Decision, Attachment, PrivateLink),
            *(CertifiedOrgPage, HolderContact),
        ):
            assert not model.objects.exists(), model.__name__
        assert not [name for storage, name in removed.before.stored if storage.exists(name)]
        assert numbers.next_in(numbers.CERTIFICATES, 2026) == 1

    def test_real_events_are_left_with_their_venues(self, removed):
        for language in ("ja", "en"):
            titles = EventPage.objects.filter(locale__language_code=language)
            assert titles.count() == 12, "ten of the archive, and two that the proposal names"
            venues = Venue.objects.filter(locale__language_code=language)
            assert venues.count() == 10
            assert not venues.exclude(latitude=None).exists(), "only samples had coordinates"
            assert EventField.objects.filter(locale__language_code=language).count() == 10
        assert not FestivalPage.objects.exists()
        assert not Venue.objects.filter(key="sample-square").exists()
        assert not DecisionOfTheDay.objects.exists(), "one about a sample venue goes with it"

    def test_real_emergency_numbers_stay_and_samples_go(self, removed):
        for language in ("ja", "en"):
            lines = HelpLine.objects.filter(locale__language_code=language)
            assert {line.number for line in lines} == {"119", "110", "#7119"}
        door = TraineesPage.objects.get(locale__language_code="ja")
        assert door.live, "its words are true"
        assert not door.parties.exists()


def renewal_of(certificate) -> Application:
    """Somebody real renews what is a sample."""
    return ApplicationFactory(
        name="本当の会社",
        english_name="Real",
        purpose="renewal",
        renews=certificate,
        kind=certificate.kind,
        state="submitted",
    )


@pytest.fixture(scope="class")
def rested_on(loaded, django_db_blocker):
    """
    Samples on which something real rests, after the others have gone: a certificate, this year's
    settings, an edition of the festival, a venue, a source. And the page about this site, of
    which staff are writing a draft.
    """
    with django_db_blocker.unblock(), rolled_back():
        edition = FestivalPage.objects.get(slug="sample-festival-3", locale__language_code="ja")
        exhibiting = set(Certificate.objects.filter(festivalexhibitors__page=edition))
        # Only for its renewal: it has no part in the festival.
        renewed = Certificate.objects.filter(state="valid", festivalexhibitors=None).first()
        renewal = renewal_of(renewed)
        certificate = CertificateFactory(name="本当の会社", reading="ほんとう", english_name="Real")
        report = YearlyReportFactory(certificate=certificate)
        application = ApplicationFactory(
            name="本当の団体", english_name="Real", state="submitted", kind="group"
        )
        venue = Venue.objects.get(key="sample-hall", locale__language_code="ja")
        EventPageFactory(
            parent=edition,
            title="本当の催し",
            sessions=[{"starts_on": datetime.date(2026, 4, 1), "venue": venue}],
        )
        decision = DecisionOfTheDay.objects.create(venue=venue, status="cancelled")
        source = Source.objects.get(key="sample-data", locale__language_code="ja")
        IndicatorGoal.objects.filter(page__slug="co2", period="FY2030").update(source=source)
        page = StandardPage.objects.get(slug="about-this-site", locale__language_code="ja")
        page.title = "まだ公開しない題"
        page.save_revision()
        yield SimpleNamespace(
            certificate=certificate,
            report=report,
            application=application,
            renewed=renewed,
            renewal=renewal,
            edition=edition,
            exhibiting=exhibiting,
            venue=venue,
            decision=decision,
            source=source,
            said=run(),
        )


class TestWhatStays:
    """Another removal: what something real rests on stays, and is named."""

    @staticmethod
    def kept(rested_on) -> set[str]:
        """The names of what the command says to have kept."""
        before = "Kept, because something real rests on it: "
        lines = rested_on.said.splitlines()
        return {line.removeprefix(before) for line in lines if line.startswith(before)}

    def test_a_real_certificate_stays_with_its_settings(self, rested_on):
        assert set(Application.objects.all()) == {rested_on.application, rested_on.renewal}
        assert YearlyReport.objects.get() == rested_on.report
        scheme = SchemeYear.objects.get()
        assert scheme == rested_on.application.scheme
        assert str(scheme) in self.kept(rested_on)
        assert str(scheme).startswith("令和")
        real = rested_on.certificate
        taken = Place.objects.filter(certificate__isnull=False)
        holders = {real, rested_on.renewed, *rested_on.exhibiting}
        assert {place.certificate for place in taken} == holders
        assert Place.objects.filter(pool="company").count() == scheme.company_cap
        serial = numbers.next_in(numbers.CERTIFICATES, real.fiscal_year)
        assert serial == real.serial + 1

    def test_a_sample_that_somebody_real_renews_stays_and_is_named(self, rested_on):
        assert str(rested_on.renewed) in self.kept(rested_on)
        # And those that exhibit in the edition that stays.
        left = {rested_on.certificate, rested_on.renewed, *rested_on.exhibiting}
        assert set(Certificate.objects.all()) == left

    def test_what_rests_on_a_real_event_stays_and_is_named(self, rested_on):
        edition = rested_on.edition
        assert {edition.title, rested_on.venue.name} <= self.kept(rested_on)
        assert EventPage.objects.filter(title="本当の催し").exists()
        assert not FestivalPage.objects.exclude(slug=edition.slug).exists()
        samples = Venue.objects.filter(name__startswith="見本").order_by("key")
        assert [row.key for row in samples] == [
            *("sample-field", "sample-hall", "sample-square"),
        ], "the edition's main venues, of which one is the event's"
        assert Venue.objects.filter(key="sample-hall").count() == 2, "in both languages"
        assert DecisionOfTheDay.objects.filter(pk=rested_on.decision.pk).exists()
        assert EventIndexPage.objects.filter(live=True).count() == 2

    def test_a_source_on_which_a_goal_rests_stays_and_is_named(self, rested_on):
        assert any(name.startswith("見本データ") for name in self.kept(rested_on))
        assert Source.objects.filter(pk=rested_on.source.pk).exists()

    def test_a_draft_stays_a_draft_and_loses_its_samples_too(self, rested_on):
        page = StandardPage.objects.get(slug="about-this-site", locale__language_code="ja")
        assert page.title == "このサイトについて"
        draft = page.get_latest_revision_as_object()
        assert draft.title == "まだ公開しない題"
        assert "見本" not in str(draft.body.raw_data)


def test_a_dry_run_only_tells(loaded):
    said = run("--dry-run")
    assert "Pages: 見本" in said
    assert "Measurements: " in said
    assert "Programmes: 見本-001" in said
    assert "Measures: 1 見本の施策" in said
    assert "Sources: Sample data" in said
    assert "Venues: 見本会場：" in said
    assert "Certificates: KSC-" in said
    assert "Applications: " in said
    assert "Rounds of selection: " in said
    assert "Settings of: 令和" in said
    assert Certificate.objects.count() == 16
    assert Measurement.objects.count() > 40
    assert "Accounts: pr" in said
    assert Page.objects.filter(title__startswith="見本").exists()


def test_nobody_is_locked_out(loaded):
    get_user_model().objects.get(username="hontou").delete()
    with pytest.raises(CommandError, match="createsuperuser"):
        run()
    assert Page.objects.filter(title__startswith="見本").exists()


def test_it_asks_first(loaded, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda question: "no")
    with pytest.raises(CommandError, match="Nothing"):
        call_command("remove_samples", stdout=io.StringIO())
    assert Page.objects.filter(title__startswith="見本").exists()
