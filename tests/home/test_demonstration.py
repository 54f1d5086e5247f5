"""``manage.py load_demonstration``: projects and indicators in both languages, and accounts."""

from __future__ import annotations

import datetime
import io
import re
from collections import defaultdict
from statistics import median
from urllib.parse import urljoin

import pytest
import yaml
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from freezegun import freeze_time
from wagtail.models import Locale, Page

from certified_orgs.models import CertifiedIndexPage, CertifiedOrgPage, SchemeYear
from events.models import EventIndexPage, EventPage, Venue
from home.demonstration import sample_certificates
from home.demonstration.files import CONTENT, read
from home.demonstration.loader import Loader
from home.demonstration.measurements import morning_of
from home.demonstration.words import MissingWordsError, Pairs, enter_translations
from home.management.commands.load_demonstration import Command
from home.models import HelpLine, StandardPage, TraineesPage
from home.roles import ROLES
from kiyose.japanese.script import has_japanese
from kiyose.pages.views import server_error
from kiyose.translation.currency import words_of
from kiyose.translation.factories import start_translation, translate
from kiyose.translation.jobs import queue
from kiyose.translation.jobs.working import work
from kiyose.translation.models import TranslationJob
from projects.models import (
    BaselineKind,
    FigureLabel,
    FormerMeasurement,
    IndicatorIndexPage,
    IndicatorPage,
    Measurement,
    PlanIndexPage,
    ProjectFigure,
    ProjectPage,
    ProjectPlan,
)
from projects.progress import State
from projects.series import load_series, public_indicators
from sdgs.models import Measure, Plan, Programme
from tests.demonstration_pages import demonstration_page, forgotten
from tests.japanese_left import japanese_left
from tests.page_types import PAGE_TYPES, label
from tests.public_pages import address, every_one, untranslated
from tests.values import form_of_words
from tests.world import facts_of

PROJECTS = {
    "agri-welfare",
    "bank-agreements",
    "certification",
    "cross-border-learning",
    "founder-support",
    "greening",
    "incubation-manager",
    "local-currency",
    "needs-spots",
    "sdgs-festival",
    "sdgs-mark",
    "senior-power",
    "sunflower-festival",
    "talent-bank",
    "trainee-outreach",
    "zero-carbon",
}

# Marks, goals and baseline as the proposal has them.
INDICATORS = {
    "agri-welfare-cases": (["10.2"], {"FY2025": "12"}, None),
    "care-matches": (["4.7"], {"FY2025": "50"}, None),
    "certified-founders": (["8.3", "17.17"], {"FY2025": "20", "FY2030": "45"}, None),
    "co2": (["7.2", "13.1"], {"FY2025": "-28.6", "FY2030": "-42.9"}, None),
    "currency-satisfaction": (["8.1"], {"FY2025": "80"}, None),
    "currency-shops": (["8.1"], {"FY2025": "200"}, None),
    "environment-helpers": (["17.17"], {"FY2025": "10"}, None),
    "festival-visitors": (["8.9"], {"FY2025": "25000"}, None),
    "green-area": (["15.1"], {"2025": "312.93", "2030": "299.93"}, "319.93"),
    "greened-area": (["15.1"], {"FY2025": "1000"}, None),
    "nature-is-why": (["15.1"], {"FY2025": "65"}, "54.6"),
    "planned-events": (["17.17"], {"FY2025": "1"}, None),
    "public-private-cases": (["17.17"], {"FY2025": "2"}, None),
    "sdgs-people": (["17.17"], {"FY2025": "48", "FY2030": "144"}, None),
    "secure-work": (["10.2"], {"FY2030": "80"}, None),
    "sunflower-economy": (["8.1", "8.3"], {"FY2025": "476000", "FY2030": "608000"}, "432000"),
    "talent-bank-members": (["17.17"], {"FY2025": "48"}, None),
    "welfare-starters": (["17.17"], {"FY2025": "10"}, None),
}


@pytest.fixture(scope="module")
def printed(demonstration_rows):
    """The demonstration; what the command printed."""
    return demonstration_rows.printed


pytestmark = pytest.mark.django_db


def test_all_sixteen_projects_are_public_in_both_languages(printed):
    for language in ("ja", "en"):
        live = ProjectPage.objects.live().filter(locale__language_code=language)
        assert set(live.values_list("slug", flat=True)) == PROJECTS


def written(value) -> str:
    """The words of a raw block."""
    if isinstance(value, dict):
        return "".join(map(written, value.values()))
    if isinstance(value, list):
        return "".join(written(item["value"]) for item in value)
    return BeautifulSoup(value, "html.parser").get_text()


def test_every_project_is_told_at_length_but_not_too_long(printed):
    """400 to 1,000 characters in Japanese, steps and lists included, tables left out."""
    for project in ProjectPage.objects.filter(locale__language_code="ja"):
        told = [block for block in project.body.raw_data if block["type"] != "table"]
        text = "".join(written(block["value"]) for block in told)
        assert 400 <= len("".join(text.split())) <= 1000, project.slug


def test_facts_are_those_of_the_proposal(printed):
    festival = ProjectPage.objects.get(slug="sunflower-festival", locale__language_code="en")
    assert festival.stage == "running"
    assert festival.mark_codes == ["8.1"]
    visitors = festival.figures.values_list("label__key", "qualifier", "value")
    assert sorted(visitors) == [("visitors", "more_than", 100000), ("visitors", "nearly", 100000)]
    carbon = ProjectPage.objects.get(slug="zero-carbon", locale__language_code="en")
    assert carbon.mark_codes == ["7.2", "13.1"]
    learning = ProjectPage.objects.get(slug="cross-border-learning", locale__language_code="en")
    assert learning.stage == "planned"
    assert not ProjectFigure.objects.filter(kind=ProjectFigure.Kind.PLANNED_COST).exists()
    assert ProjectFigure.objects.filter(kind=ProjectFigure.Kind.PLANNED_GRANT).count() == 4


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_of_the_certificate_leads_to_all_that_it_names(printed, language):
    client = Client(headers={"accept-language": language})
    page = BeautifulSoup(client.get(f"/{language}/certificate/").content, "html5lib")
    links = {link["href"] for link in page.select("article .prose a")}
    assert links == {f"../certified/{path}" for path in ("", "scheme/", "apply/", "forms/")}
    for link in links:
        answer = client.get(urljoin(f"/{language}/certificate/", link))
        assert answer.status_code == 200
        assert answer.wsgi_request.path.startswith(f"/{language}/certified/")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", ["登録・認証等制度ガイドライン", "宣言、登録、認証", "「認証」の型"]),
        ("en", ["Cabinet Office’s guideline", "declaration, registration and certification"]),
    ],
)
def test_the_page_of_the_certificate_states_the_type_of_the_scheme(printed, language, words):
    text = BeautifulSoup(Client().get(f"/{language}/certificate/").content, "html5lib").get_text()
    for each in words:
        assert each in text


def test_links_of_the_two_languages_must_be_the_same():
    pairs = Pairs("ja", "en")
    own = pairs.rich({"ja": "[名簿](certified/)と<b>", "en": "The [register](certified/) & <b>"})
    assert own == '<a href="../certified/">名簿</a>と&lt;b&gt;'
    assert list(pairs.translations.values()) == ['The <a id="a1">register</a> &amp; &lt;b&gt;']
    with pytest.raises(ValueError, match="differ"):
        pairs.rich({"ja": "[名簿](certified/)", "en": "The [register](projects/)"})


@pytest.mark.parametrize("language", ["ja", "en"])
def test_all_indicators_are_public_with_the_proposals_figures(printed, language):
    pages = IndicatorPage.objects.live().filter(locale__language_code=language)
    assert {page.slug: page for page in pages}.keys() == INDICATORS.keys()
    for page in pages:
        marks, goals, baseline = INDICATORS[page.slug]
        assert page.mark_codes == marks
        assert {g.period: f"{g.value.normalize():f}" for g in page.goals.all()} == goals
        assert all(g.source.key == "proposal-2023" for g in page.goals.all())
        if baseline is None:
            assert page.baseline_kind != BaselineKind.MEASURED
        else:
            assert f"{page.baseline_value.normalize():f}" == baseline
            assert page.baseline_source.key == "proposal-2023"
        for words in ("summary", "why", "explanation", "method", "limits"):
            assert has_japanese(getattr(page, words)) == (language == "ja"), (page.slug, words)
        assert len(page.limits) <= 600
        (link,) = page.projects.select_related("project__pillar")
        assert page.pillar == link.project.pillar


def test_only_the_green_area_is_due_ten_years_after_its_baseline(printed):
    for page in IndicatorPage.objects.filter(locale__language_code="ja"):
        due = sorted(f"{goal.due_date:%m-%d}" for goal in page.goals.all())
        assert set(due) == {"03-31"}
    green = IndicatorPage.objects.get(slug="green-area", locale__language_code="ja")
    assert [goal.due_date.year for goal in green.goals.all()] == [2025, 2030]


# The demonstration is to show every state on any of these days.
DAYS = [
    datetime.date(2026, 4, 1),
    *(datetime.date(year, month, 1) for year in range(2027, 2031) for month in (3, 4, 9)),
    datetime.date(2031, 3, 31),
]


@pytest.fixture(scope="module")
def series(printed, django_db_blocker):
    """The series of every indicator by its slug."""
    with django_db_blocker.unblock():
        slugs = dict(public_indicators().values_list("translation_key", "slug"))
        return {slugs[key]: each for key, each in load_series(public_indicators()).items()}


@pytest.mark.parametrize("day", [None, *DAYS], ids=str)
def test_every_state_is_shown_on_any_day(series, day):
    """``None`` is the day of loading."""
    day = day or timezone.localdate()
    states = {slug: each.main_progress(day).state for slug, each in series.items()}
    assert set(states.values()) == set(State)
    told = {slug: sample["state"] for slug, sample in read("measurements").items()}
    if day > datetime.date(2030, 3, 31):
        told["green-area"] = State.DUE
    assert states == told
    assert any(each.is_old(day) for each in series.values())


def test_how_to_read_the_states_names_every_state_as_it_is_shown(printed):
    for language, colon in (("ja", "："), ("en", ": ")):
        page = StandardPage.objects.get(
            slug="how-to-read-the-marks", locale__language_code=language
        )
        text = "".join(written(block["value"]) for block in page.body.raw_data)
        with translation.override(language):
            assert not [state.label for state in State if f"{state.label}{colon}" not in text]


def test_green_land_is_not_reached_though_above_its_line(series):
    green = series["green-area"]
    newest = green.newest
    progress = green.main_progress(datetime.date(2026, 11, 24))
    assert newest.value > progress.expected > progress.goal.value
    assert progress.state == State.ON_TRACK
    assert newest.value < green.baseline.value


def test_measurements_show_what_can_happen_to_a_figure(printed):
    public = Measurement.objects.filter(live=True)
    assert public.filter(status="provisional").exists()
    assert public.exclude(note="").exclude(note_en="").exists()
    corrected = FormerMeasurement.objects.all()
    assert corrected.count() == 2
    for former in corrected:
        assert former.value != former.measurement.value
        assert former.published_at <= former.replaced_at <= timezone.now()
    for one in public:
        assert one.when.end <= timezone.localtime(one.last_published_at).date()
        assert one.first_published_at <= one.last_published_at <= timezone.now()
        assert one.entered_by.username == "department"
        assert one.latest_revision is not None


@pytest.mark.parametrize("now", ["2026-04-02 00:30", "2026-05-30 09:59", "2026-05-30 10:00"])
def test_no_figure_was_published_later_than_now_however_early_it_is(now):
    with freeze_time(f"{now}+09:00"):
        assert morning_of(datetime.date(2026, 5, 30)) == timezone.now()
        assert morning_of(datetime.date(2026, 4, 1)) < timezone.now()


def test_figures_that_are_made_up_say_so(printed):
    """The history of the green land is the proposal's; everything else is a sample."""
    real = Measurement.objects.exclude(source__title__startswith="見本")
    assert [(str(one.value.normalize()), one.period) for one in real] == [("345.11", "2010")]
    zeros = IndicatorPage.objects.filter(baseline_kind=BaselineKind.ZERO)
    assert zeros.count() == 6, "three, in two languages"
    assert all(page.baseline_source.title.startswith("見本") for page in zeros)
    for language, word in (("ja", "見本："), ("en", "Sample: ")):
        answered = IndicatorPage.objects.filter(locale__language_code=language).exclude(response="")
        assert answered.count() == 7
        assert all(page.response.startswith(word) for page in answered)
        assert all(page.response_on < timezone.localdate() for page in answered)


def test_no_name_of_a_figure_is_left_over(printed):
    used = ProjectFigure.objects.values("label")
    labels = FigureLabel.objects.filter(locale__language_code="ja")
    assert not labels.exclude(pk__in=used).exists()
    assert labels.count() == len(read("snippets")["figure_labels"])


def test_twenty_plans_in_both_languages(printed):
    for language in ("ja", "en"):
        plans = list(Plan.objects.filter(locale__language_code=language))
        assert len(plans) == 20
        assert all(plan.words_ready for plan in plans)
        assert plans[0].key == "long-term-plan-4"
        assert f"{plans[0].next_starts}" == "2026-04-01"
        assert [plan.key for plan in plans if plan.rolls_every_year] == [
            "long-term-plan-4",
            "education-plan-2",
        ]
        assert [plan.key for plan in plans if plan.last_fiscal_year is None] == [
            "long-term-plan-4",
            "climate-plan-area",
            "education-plan-2",
        ]
    links = ProjectPlan.objects.filter(page__locale__language_code="ja")
    assert sorted(links.values_list("page__slug", "plan__key")) == [
        ("zero-carbon", "climate-plan-area"),
        ("zero-carbon", "climate-plan-office-2"),
    ]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_planned_costs_add_up_as_in_the_proposal(printed, language):
    page = PlanIndexPage.objects.live().get(locale__language_code=language)
    costs = list(page.costs.select_related("pillar"))
    sums = {}
    for cost in costs:
        for key in (cost.fiscal_year, cost.pillar and cost.pillar.key, "total"):
            sums[key] = sums.get(key, 0) + cost.amount
    assert sums == {
        2023: 33600,
        2024: 16300,
        2025: 16300,
        "economy": 9900,
        "society": 10000,
        "environment": 43000,
        None: 3300,
        "total": 66200,
    }
    assert len(page.body) > 5, "The page says what the figures are."


def test_a_list_of_forty_programmes(printed):
    programmes = Programme.objects.all()
    assert programmes.count() == 40
    assert programmes.filter(marks__isnull=False).distinct().count() == 26
    assert all(one.name.startswith("見本：") for one in programmes)
    assert all(one.name_en.startswith("Sample: ") for one in programmes)
    assert programmes.filter(pages__isnull=False).distinct().count() >= 8
    assert {one.plan.key for one in Measure.objects.all()} == {"long-term-plan-4"}
    assert Measure.objects.filter(name__startswith="見本の施策").count() == 8


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_holder_has_a_profile_that_says_sample(printed, language):
    pages = CertifiedOrgPage.objects.live().filter(locale__language_code=language)
    assert pages.count() == 16
    sample = {"ja": "見本", "en": "Sample"}[language]
    for page in pages:
        assert page.title.startswith(sample)
        assert page.summary.startswith(sample)
        assert sample.lower() in page.what_we_do.lower()
        assert page.mark_codes
        for words in ("why", "what_we_do", "hopes", "picture_alt"):
            assert has_japanese(getattr(page, words)) == (language == "ja"), (page.slug, words)
        assert page.certificate.name.startswith("見本")
        for link in page.links.all():
            assert link.url.startswith("https://example.jp/")
    assert pages.filter(related_projects__isnull=False).distinct().count() >= 6


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_register_tells_how_the_mark_may_be_used(printed, language):
    page = CertifiedIndexPage.objects.live().get(locale__language_code=language)
    draft = {"ja": "案（要綱制定前）", "en": "Draft (before the rules are adopted)"}[language]
    assert page.rules_of_use[0].value.startswith(draft)
    assert len(page.rules_of_use) == 3
    assert page.body


def test_nobodys_contact_is_on_a_public_page(answers):
    private = ("見本 代表者", "見本の住所", "042-000-0009", "holder@example.jp")
    for each, answer in answers.items():
        found = [text for text in private if text in answer.content.decode()]
        assert not found, f"{found} on {each}"


@pytest.fixture(scope="class")
def without_what_came_later(printed, django_db_blocker):
    """What an earlier version's demonstration did not have is taken away, once."""
    with django_db_blocker.unblock(), transaction.atomic():
        take_away_what_came_later()
        yield
        transaction.set_rollback(True)


def take_away_what_came_later():
    for model in (Measurement, Programme, Measure, ProjectPlan):
        model.objects.all().delete()
    EventIndexPage.objects.get(locale__language_code="ja").delete()
    Venue.objects.all().delete()
    get_user_model().objects.get(username="duty").delete()
    sample_certificates.remove()
    HelpLine.objects.all().delete()
    for section in (IndicatorIndexPage, PlanIndexPage, CertifiedIndexPage, TraineesPage):
        section.objects.get(locale__language_code="ja").delete()
    Plan.objects.all().delete()


class TestAnOlderDemonstration:
    """One that an earlier version loaded, without indicators, plans, programmes, certificates,
    events and trainees' door."""

    @pytest.fixture
    def older(self, without_what_came_later):
        project = ProjectPage.objects.get(slug="greening", locale__language_code="ja")
        project.title = "職員が変えた題"
        project.save_revision().publish()
        return project

    def load(self) -> str:
        out = io.StringIO()
        call_command("load_demonstration", "--if-empty", stdout=out)
        return out.getvalue()

    def test_gets_what_it_lacks_and_keeps_what_people_changed(self, older, client):
        before = set(Page.objects.values_list("pk", flat=True))
        said = self.load()
        assert "indicators" in said
        assert "certificates" in said
        assert "events" in said
        assert "duty" in said, "the account of the officer on duty"
        assert "parties and emergency numbers" in said
        assert before <= set(Page.objects.values_list("pk", flat=True))
        older.refresh_from_db()
        assert older.title == "職員が変えた題"
        for language in ("ja", "en"):
            live = IndicatorPage.objects.live().filter(locale__language_code=language)
            assert live.count() == 18
            assert client.get(f"/{language}/indicators/co2/").status_code == 200
            assert client.get(f"/{language}/certified/sample-bakery/").status_code == 200
            assert client.get(f"/{language}/events/sample-festival-3/").status_code == 200
            door = client.get(f"/{language}/trainees/").content.decode()
            for link in ("tel:119", f"/{language}/events/international-party/"):
                assert link in door
        assert (Programme.objects.count(), Plan.objects.count()) == (40, 40)
        assert Measurement.objects.get(indicator__slug="planned-events").entered_by is not None
        assert self.load() == "", "and only once"

    def test_is_left_alone_when_it_has_become_a_real_site(self, older):
        get_user_model().objects.update(is_active=False)
        assert self.load() == ""
        assert not IndicatorPage.objects.exists()
        assert not SchemeYear.objects.exists()
        assert not EventPage.objects.exists()

    def test_plans_that_somebody_has_edited_stay(self, older):
        call_command("setup_site", stdout=io.StringIO())
        page = PlanIndexPage.objects.get(locale__language_code="ja")
        page.summary = "職員が書いた言葉"
        page.save_revision(user=get_user_model().objects.get(username="pr")).publish()
        Loader().plans_and_money(page)
        page.refresh_from_db()
        assert page.summary == "職員が書いた言葉"
        assert not page.costs.exists()


@pytest.fixture(scope="module")
def answers(printed, django_db_blocker):
    """What visitors get at every public address of the demonstration, in both languages."""
    with django_db_blocker.unblock():
        everywhere = [address(language, each) for language in ("ja", "en") for each in every_one()]
        return {each: Client().get(each) for each in everywhere}


def test_every_content_file_became_a_page_with_its_english_words(printed):
    files = sorted((CONTENT / "pages").rglob("*.yml"))
    english = set(Page.objects.live().filter(locale__language_code="en").values_list("title"))
    titles = {file.name: yaml.safe_load(file.read_text())["title"]["en"] for file in files}
    assert not {name: title for name, title in titles.items() if (title,) not in english}


def test_no_english_page_shows_japanese_that_is_not_marked(answers, subtests):
    """In text, attributes, title and metadata; and each page is an English one."""
    english = {address("en", each) for each in every_one()}
    shown = set()
    for each in sorted(english):
        answer = answers[each]
        with subtests.test(each):
            if page := (answer.context or {}).get("page"):
                assert page.locale.language_code == "en", "this is the Japanese page, as a fallback"
                shown.add(type(page.specific))
            left = japanese_left(answer.content.decode())
            assert not left, "\n".join([f"{len(left)} on {each}", *left])
    assert shown == set(PAGE_TYPES), "a page of every type was looked at"


def test_the_whole_tree_is_translated_in_one_job(printed):
    """Into a language that nobody has begun, turn by turn; the last cost what the first did."""
    french = Locale.objects.create(language_code="fr")
    tree = Page.objects.filter(locale__language_code="ja", depth__gt=1)
    home, admin = tree.get(depth=2), get_user_model().objects.get(username="admin")
    job = queue.put(TranslationJob.Kind.START, admin, home, french, with_subtree=True)
    queries, is_left = defaultdict(list), True
    for number, page in enumerate(tree.order_by("path"), 1):
        assert is_left
        connection.queries_log.clear()  # it forgets what is more than 9,000, and miscounts
        with CaptureQueriesContext(connection) as found:
            is_left = work(job.pk, seconds=0)
        job.refresh_from_db()
        assert (job.done, job.total) == (number, tree.count()), "the progress is told"
        queries[page.content_type_id].append(len(found))
    assert not is_left
    assert job.state == TranslationJob.State.FINISHED
    assert not job.problems.exists()
    assert job.total > 100
    assert Page.objects.filter(locale=french).count() == job.total
    for counts in queries.values():
        half = len(counts) // 2
        if half >= 3:
            assert median(counts[half:]) <= 1.3 * median(counts[:half]), counts
        assert min(counts) > 0
        assert max(counts) < 1000, "a festival with its parts, days and exhibitors has the most"


@pytest.fixture
def french(settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "Français")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    return Locale.objects.create(language_code="fr")


def test_the_registry_has_a_page_of_every_type():
    assert forgotten(PAGE_TYPES) == []


@pytest.mark.parametrize("model", PAGE_TYPES, ids=label)
def test_a_demonstration_page_of_every_type_can_be_translated(printed, french, client, model):
    """Into a language that has nothing yet: no word of the source is left in it, every fact and
    the form of its body are the source's, and it is shown without unmarked Japanese."""
    page = demonstration_page(model)
    words, form = words_of(page), form_of_words(page)
    for above in page.get_ancestors().filter(depth__gt=1):
        translate(above.specific, "fr")
    translated = translate(page, "fr")
    assert translated.live
    assert facts_of(translated) == facts_of(page)
    assert form_of_words(translated) == form
    left = {text for _path, text in words_of(translated)} & {
        text for _path, text in words if has_japanese(text)
    }
    # The figures of a table are no words.
    assert left <= {text for path, text in words if "…" in text and "|" in text}
    answer = client.get(translated.url)
    assert answer.status_code == 200
    # Structured data have no place for the language of each name.
    shown = [left for left in japanese_left(answer.content.decode()) if "> script" not in left]
    assert shown == []


def test_where_marks_are_shown_the_notice_of_the_united_nations_stands(answers):
    with_marks = 0
    for each, answer in answers.items():
        page = BeautifulSoup(answer.content, "html.parser")
        if page.select_one("main .mark__tile"):
            with_marks += 1
            assert page.select_one(".un-notice"), each
    assert with_marks > 60


def test_every_page_is_valid_html(answers, client, html_checker):
    pages = {each: answer.content.decode() for each, answer in answers.items()}
    fallback = f"/en/{untranslated()}"
    pages[fallback] = client.get(fallback).content.decode()
    pages["an error"] = server_error(None).content.decode()
    faults = html_checker(pages)
    assert not faults, "\n".join([f"{len(faults)} faults", *faults])


def test_what_is_made_up_says_so(printed):
    for language, word in (("ja", "見本"), ("en", "Sample")):
        news = Page.objects.get(slug="news", locale__language_code=language)
        samples = [one for one in news.get_children().specific() if one.slug.startswith("sample-")]
        assert len(samples) == 3
        for article in samples:
            assert article.title.startswith(word)
            assert word.lower() in str(article.body).lower()


def test_marked_pages_show_their_drawing_in_words_of_both_languages(printed):
    for language in ("ja", "en"):
        for project in ProjectPage.objects.filter(locale__language_code=language):
            assert project.picture.has_focal_point(), project.slug
            assert has_japanese(project.picture_alt) == (language == "ja"), project.slug


def test_an_account_for_every_role_with_the_password_shown_once(printed, client):
    password = re.search(r"accounts: (\S+)", printed)[1]
    for name in ["admin", *(role.account for role in ROLES)]:
        assert name in printed
        user = get_user_model().objects.get(username=name)
        assert user.check_password(password)
        assert user.is_superuser == (name == "admin")
    again = io.StringIO()
    call_command("load_demonstration", "--if-empty", stdout=again)
    assert again.getvalue() == ""


def test_it_does_not_touch_a_site_with_projects(printed):
    with pytest.raises(CommandError, match="There are projects already"):
        call_command("load_demonstration")


def test_the_default_division_answers(printed, client):
    html = client.get("/ja/projects/sunflower-festival/").content.decode()
    assert "未来創造課" in html
    assert html.count('href="tel:') >= 2, "at the top and at the foot"


def test_the_password_of_the_environment_is_taken_and_not_printed(printed, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "from the environment")
    # Whoever handled a certificate is not deleted any more.
    get_user_model().objects.update(username=Concat(Value("former-"), "username"))
    out = io.StringIO()
    Command(stdout=out).accounts()
    assert "from the environment" not in out.getvalue()
    assert get_user_model().objects.get(username="pr").check_password("from the environment")


def test_words_without_a_counterpart_stop_the_loading(printed):
    page = ProjectPage.objects.get(slug="zero-carbon", locale__language_code="ja")
    record = start_translation(page, "en")
    with pytest.raises(MissingWordsError, match="no translation of"):
        enter_translations(record, Pairs("ja", "en"))
