"""Made-up contents for the page of components: nothing is saved, and all of it says 見本.

Each table is one kind of component, a line for each of its states.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from types import SimpleNamespace

from django import forms
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model
from wagtail.images.models import Filter

from certified_orgs.holders import Holder
from certified_orgs.models import Certificate, CertifiedOrgPage
from certified_orgs.standing import Standing
from certified_orgs.states import CertificateState
from certified_orgs.verify import WORDS as ANSWERS
from events.announcements import Announcement
from events.cards import Times
from events.decisions import Planned, Settled, settle
from events.decisions import Standing as EventStanding
from events.exhibitors import Exhibitor
from events.models import Decision, EventPage, FestivalPage, Session, Venue
from events.patterns import Occurrence
from events.schedule import Entry
from home.models import ArticlePage, HelpLine, StandardPage
from home.trainees.door import StayEvent
from home.trainees.stay import Stay
from kiyose.japanese.periods import Period
from kiyose.pages.addresses import LanguageLink
from kiyose.pages.blocks import BodyBlock
from kiyose.pages.languages import html_language, visitor_language
from kiyose.pages.models import Division
from kiyose.pages.pictures import PAGE_SPECS
from projects.listing import STAGE_ORDER
from projects.models import FigureLabel, IndicatorPage, Pillar, ProjectFigure, ProjectPage, Source
from projects.progress import Figure, Goal, Series, State
from sdgs import vocabulary
from sdgs.models import Mark
from sdgs.names import Name

DAY = datetime.date(2026, 11, 3)
WORDS = {
    "short": ("見本：短い題", "Sample: short"),
    "title": ("見本：地域の緑を育てる取り組み", "Sample: growing the green of the city"),
    "long": (
        "見本：市民、事業者、学校、研究所と市役所が力を合わせて進める、"
        "インキュベーションマネージャーによる働き方の創出と地域経済の活性化のための長い題の取り組み",
        "Sample: a very long title of a project that citizens, businesses, schools, a research "
        "institute and the city carry out together for new ways of working",
    ),
    "summary": (
        "見本：この文は、カードの文の長さを見るためのものです。二文まで書けます。",
        "Sample: this sentence shows how long the text of a card may be. Two fit.",
    ),
    "paragraph": (
        "見本：本文の段落です。一行の長さ、行の間、文字の大きさを確かめます。数字は2030年、"
        "英字はSDGsのように書きます。",
        "Sample: a paragraph of running text, to see the length of lines, their distance and "
        "the size of letters.",
    ),
    "pillar": ("見本の柱", "Sample pillar"),
    "division": ("見本課", "Sample Division"),
    "department": ("見本部", "Sample Department"),
    "hours": ("見本：平日の午前9時から午後5時まで", "Sample: weekdays, 9 a.m. to 5 p.m."),
    "place": ("見本：1階、1番の窓口", "Sample: 1st floor, window 1"),
    "figure": ("見本：参加した人の数（累計）", "Sample: people who took part (running total)"),
    "unit": ("人", "people"),
    "source": (
        "見本：数字を取った資料の、表には長すぎる正式な名前",
        "Sample: the full name of the document, which is too long for a table",
    ),
    "short source": ("見本の資料", "Sample document"),
    "publisher": ("見本市", "Sample City"),
}

# (kind, words of the title, with a summary, with a picture, in another language, marks, stage)
CARDS = (
    ("project", "title", True, True, False, ["15.1", "11"], "running"),
    ("project", "long", True, False, False, ["8.3", "4", "17.17"], "planned"),
    ("project", "short", False, False, False, ["7"], "considered"),
    ("project", "title", True, True, True, ["13"], "running"),
    ("article", "title", True, True, False, ["7.2"], ""),
    ("article", "long", False, False, False, [], ""),
    ("page", "title", True, True, False, [], ""),
    ("page", "short", False, False, False, [], ""),
)

# (kind, how exact, value, year)
FIGURES = (
    ("measured", "exactly", "432000", 2025),
    ("goal", "more_than", "500000", 2030),
    ("planned_cost", "about", "-28.6", None),
)

# (title, better, path, baseline, figures, goals): a figure that ends with ~ is provisional, a
# goal that ends with ~ was replaced.
INDICATORS = (
    ("title", "higher", "target", "", "", "FY2035 45"),
    ("short", "higher", "target", "", "FY2024 12", "FY2035 45"),
    ("title", "higher", "target", "2019-08 432000", "", "FY2035 608000"),
    (
        *("long", "higher", "target", "2019-08 432000"),
        *("FY2022 438000,FY2023 451000,FY2024 455500~", "FY2030 476000,FY2035 608000"),
    ),
    (
        *("title", "lower", "target", "2015 0"),
        *("FY2020 -10.2,FY2024 -19.4", "FY2025 -28.6~,FY2035 -42.9,FY2040 -50"),
    ),
    ("short", "higher", "floor", "2020-03 319.93", "2010 345.11,FY2024 313.2", "2035 299.93"),
    ("short", "higher", "target", "2020-03 54.6", "FY2024 52.1", "FY2035 65"),
    ("short", "lower", "target", "", "FY2024 7", "FY2035 7"),
    ("short", "higher", "target", "2015 5", "FY2018 7", "FY2020 10"),
)

# (words of the name, standing, with a profile)
HOLDERS = (
    ("title", Standing.VALID, True),
    ("long", Standing.REPORT_OVERDUE, True),
    ("short", Standing.SUSPENDED, False),
    ("short", Standing.EXPIRED, True),
    ("short", Standing.REVOKED, False),
    ("title", Standing.RETURNED, True),
)

# (words of the title, how it stands, with a picture): None is over.
EVENTS = (
    ("title", EventStanding.ON, True),
    ("long", EventStanding.MOVED, False),
    ("short", EventStanding.RESCHEDULED, False),
    ("short", EventStanding.POSTPONED, False),
    ("title", EventStanding.CANCELLED, False),
    ("short", None, False),
)
# (words of the name, booth, place among HOLDERS)
EXHIBITORS = (("short", "A-1", 0), ("title", "A-2", 1), ("short", "A-3", 2), ("long", "", None))

BODY = (
    ("heading", "title"),
    ("paragraph", "<p>{paragraph}</p><ul><li>{short}</li><li>{summary}</li></ul>"),
    ("heading", "long"),
    ("paragraph", "<p>{paragraph}</p><ol><li>{short}</li><li>{summary}</li></ol>"),
    ("heading", "short"),
    ("steps", ["short", "long"]),
)

# (status, to a new day, with a next decision, takes place after all, words of the event; none:
# all events of the day)
DECISIONS = (
    ("cancelled", False, True, False, ""),
    ("postponed", True, True, False, "title"),
    ("moved", False, False, False, "long"),
    ("on", False, False, True, "short"),
    ("postponed", False, True, False, "title"),
    ("on", False, True, False, "short"),
)


# kind, number, web page; name, note, hours, hours in English
HELP = (
    ("119", "119", "", "", "summary", "hours", ""),
    ("7119", "#7119", "", "", "", "", ""),
    ("disaster", "", "https://example.jp/", "", "short", "", ""),
    ("city", "042-000-0000", "https://example.jp/", "division", "summary", "hours", "hours"),
)


def say(name: str, foreign: bool = False) -> str:
    """The words in the visitor's language, or in the other one of the two."""
    japanese = visitor_language().startswith("ja") != foreign
    return WORDS[name][0 if japanese else 1]


def everything() -> dict:
    """The context of the page."""
    return {
        "goals": [
            {"number": number, "label": vocabulary.label(str(number)), "count": number % 4}
            for number in vocabulary.goal_numbers()
        ],
        "stages": [ProjectPage(stage=stage) for stage in STAGE_ORDER],
        "words": {name.replace(" ", "_"): say(name) for name in WORDS},
        "cards": [card(*line) for line in CARDS],
        "states": list(State),
        "indicators": [indicator(*line) for line in INDICATORS],
        "answers": [(standing, ANSWERS[standing]) for standing in Standing],
        "holders": [holder(*line) for line in HOLDERS],
        "announcements": [announcement(*line) for line in DECISIONS],
        "standings": [settled(*line) for line in DECISIONS],
        "event_cards": [event(*line) for line in EVENTS],
        "festival_card": festival(),
        "session": Session(page_id=1, starts_on=DAY, starts_at=datetime.time(10), key="sample"),
        "exhibitors": exhibitors(),
        "venue": venue(),
        "door": door(),
        "door_page": StandardPage(title=say("short")),
        "help_lines": [help_line(*line) for line in HELP],
        "no_series": indicator("short", "higher", "target", "", "", ""),
        "published_page": published(),
        "front_page": SimpleNamespace(depth=2),
        "facts_page": ProjectPage(stage="running", start_fiscal_year=2024, end_fiscal_year=2030),
        "project": SimpleNamespace(pillar=Pillar(name=say("pillar")), **figures()),
        "no_figures": SimpleNamespace(figures=[]),
        "text_page": SimpleNamespace(body=body(), language=visitor_language()),
        "empty_listing": listing(),
        "filled_listing": listing(words=say("short"), notices=[_("Sample notice")]),
        "lists": lists(),
        "form": SampleForm({"number": "x", "kind": "other"}),
        "fresh_form": SampleForm(prefix="fresh"),
        "frame": frame(),
        "full": furniture(contact(full=True)),
        "minimal": furniture(contact(full=False)),
    }


def card(kind, title, summary, picture, foreign, marks, stage):
    """An unsaved page as a list would hand it to its card."""
    model = {"project": ProjectPage, "article": ArticlePage, "page": StandardPage}[kind]
    page = model(title=say(title, foreign), summary=say("summary", foreign) if summary else "")
    page.language = {"en": "ja"}.get(visitor_language(), "en") if foreign else visitor_language()
    page.card_marks = [Mark(name=code) for code in marks]
    if stage:
        page.stage = stage
    if kind == "article":
        page.date, page.no_mark_applies = DAY, not marks
    if picture:
        page.picture, page.picture_alt = drawing(), say("short", foreign)
    return page


def indicator(title, better, path, baseline, figures, goals) -> IndicatorPage:
    """An unsaved indicator as a list would hand it to its card; None for its series where
    nothing is known."""
    page = IndicatorPage(title=say(title), unit=say("unit"), rhythm_months=12)
    page.language, page.card_marks = visitor_language(), [Mark(name="8.1")]
    page.series, page.sources = None, []
    if goals:
        page.sources = [Source(title=say("source"), short_title=say("short source"))]
        page.sources[0].language = visitor_language()
        page.series = Series(
            better=better,
            path_kind=path,
            baseline=figure(baseline) if baseline else None,
            figures=tuple(figure(text) for text in filter(None, figures.split(","))),
            goals=tuple(goal(text) for text in goals.split(",")),
        )
    return page


def holder(name, standing, has_profile) -> Holder:
    """An unsaved certificate as the register would hand it to its card."""
    overdue = standing == Standing.REPORT_OVERDUE
    certificate = Certificate(
        number="KSC-2026-001",
        name=say(name, foreign=not visitor_language().startswith("ja")),
        reading="みほん",
        english_name=say(name, foreign=visitor_language().startswith("ja")),
        kind="company",
        state=CertificateState.VALID if overdue else CertificateState(standing.value),
        certified_on=DAY,
        valid_until=timezone.localdate() + datetime.timedelta(days=900),
        ended_on=DAY,
    )
    certificate.report_is_overdue, certificate.renewal_is_open = overdue, False
    page = None
    if has_profile:
        page = CertifiedOrgPage(title=certificate.name, summary=say("summary"))
        page.language, page.card_marks = visitor_language(), [Mark(name="12.3"), Mark(name="8")]
    # What the banner of a profile needs besides.
    shown = Holder(certificate, page)
    shown.since, shown.overdue_years = DAY, [2025]
    return shown


def decision(status, new_day, next_decision, event) -> Decision:
    """An unsaved decision, named as a list would find it."""
    day = timezone.localdate() + datetime.timedelta(days=1)
    made = Decision(day=day, status=status, note=say("paragraph"), note_en=say("paragraph"))
    made.postponed_to = day + datetime.timedelta(days=7) if new_day else None
    made.next_decision_at = timezone.now() + datetime.timedelta(hours=2) if next_decision else None
    here = visitor_language()
    made.event, made.event_name = None, None
    if event:
        made.event = EventPage(title=say(event), url_path="/home/")
        made.event_name = Name(say(event), here)
    made.festival_name = made.venue_name = None
    made.moved_to_name = Name(say("place"), here) if status == "moved" else None
    return made


def announcement(status, new_day, next_decision, after_all, event) -> Announcement:
    return Announcement(decision(status, new_day, next_decision, event), after_all)


def settled(status, new_day, next_decision, after_all, event) -> Settled:
    made = decision(status, new_day, next_decision, event)
    planned = Planned(0, "", Occurrence(made.day, made.day))
    return settle(planned, [made])


def event(title, standing, picture) -> EventPage:
    """An unsaved event as a list would hand it to its card."""
    page = EventPage(title=say(title), summary=say("summary"), first_day=DAY, last_day=DAY)
    page.language, page.card_marks = visitor_language(), [Mark(name="2.1")]
    page.times = Times(settled_as(standing) if standing else None)
    if picture:
        page.picture, page.picture_alt = drawing(), say("short")
    return page


def festival() -> FestivalPage:
    last_day = DAY + datetime.timedelta(days=1)
    page = FestivalPage(title=say("title"), summary=say("summary"), first_day=DAY)
    page.last_day, page.language, page.card_marks = last_day, visitor_language(), []
    return page


def settled_as(standing: EventStanding) -> Settled:
    """A time as it is after a decision of that kind."""
    planned = Planned(0, "", Occurrence(DAY, DAY, datetime.time(10), datetime.time(12)))
    now = planned.occurrence
    if standing == EventStanding.RESCHEDULED:
        now = now.on(DAY + datetime.timedelta(days=5))
    decision = Decision(status="on", made_at=timezone.now())
    decision.next_decision_at = timezone.now() + datetime.timedelta(hours=3)
    for part in ("event", "festival", "venue", "moved_to"):
        setattr(decision, f"{part}_name", None)
    return Settled(planned, now, None, standing, decision)


def exhibitors() -> SimpleNamespace:
    """Who is preferred, whatever the scheme says today."""
    holders = [holder(*line) for line in HOLDERS]
    shown = [
        Exhibitor(
            Name(say(name), visitor_language()),
            booth,
            holders[place] if place is not None else None,
        )
        for name, booth, place in EXHIBITORS
    ]
    return SimpleNamespace(shown=shown, is_preference_shown=True, is_draft=True)


def venue() -> Venue:
    """A venue with all that one can have."""
    row = Venue(pk=1, name=say("short"), reading="みほん", postal_code="204-0000")
    row.address = row.access = row.parking = row.bicycles = say("place")
    row.latitude, row.longitude = Decimal("35.7857"), Decimal("139.5264")
    row.words, row.language = row, visitor_language()
    return row


def door() -> SimpleNamespace:
    """A stay with a day that is not understood, and an event in every state."""
    events = [StayEvent(entry(*line), more) for more, line in enumerate(EVENTS)]
    pillars = [Pillar(key=name, name=say(name)) for name in ("pillar", "long")]
    for number, pillar in enumerate(pillars):
        pillar.words, pillar.project_count = pillar, number + 1
        pillar.language = visitor_language()
    return SimpleNamespace(
        url="#",
        stay=Stay(QueryDict("from=x"), DAY),
        stay_events=events,
        events=SimpleNamespace(count=len(events), are_more=True),
        glance=SimpleNamespace(
            goals=len(vocabulary.goal_numbers()),
            pillars=pillars,
            projects={"total": 16, "running": 1},
            indicators=SimpleNamespace(total=1, with_figure=0),
        ),
    )


def entry(title, standing, picture) -> Entry:
    page = event(title, None, False)
    page.fee = 0 if picture else None
    time = settled_as(standing or EventStanding.ON)
    return Entry(page, Session(page_id=1, starts_on=DAY), time, venue())


def help_line(kind, number, website, *words) -> HelpLine:
    """words: name, note, hours, hours in English, by what they say."""
    said = [say(name) if name else "" for name in words]
    row = HelpLine(kind=kind, number=number, website=website)
    row.name, row.note, row.hours, row.english_hours = said
    row.words, row.language = row, visitor_language()
    return row


def figure(text: str) -> Figure:
    code, value = text.rstrip("~").split()
    return Figure(Period.from_code(code), Decimal(value), is_provisional=text.endswith("~"))


def goal(text: str) -> Goal:
    code, value = text.rstrip("~").split()
    period = Period.from_code(code)
    return Goal(period, period.end, Decimal(value), DAY if text.endswith("~") else None)


def published() -> StandardPage:
    first = datetime.datetime(2026, 11, 3, 9, tzinfo=datetime.UTC)
    return StandardPage(
        first_published_at=first, last_published_at=first + datetime.timedelta(days=3)
    )


def drawing():
    """A picture whose files are one of the site's own drawings."""
    image = get_image_model()(pk=1, title="見本", width=640, height=360)
    image.prefetched_renditions = []
    for spec in PAGE_SPECS:
        rendition = image.get_rendition_model()(filter_spec=spec, width=640, height=360)
        rendition.focal_point_key = Filter(spec=spec).get_cache_key(image)
        field = rendition._meta.get_field("file")
        file = field.attr_class(rendition, field, "img/kiyose.svg")
        file.storage = staticfiles_storage
        # Past the descriptor, which would open the file to measure it.
        rendition.__dict__["file"] = file
        rendition.image = image
        image.prefetched_renditions.append(rendition)
    return image


def figures() -> dict:
    label = FigureLabel(pk=1, name=say("figure"), unit=say("unit"))
    source = Source(pk=1, title=say("source"), short_title=say("short source"))
    source.publisher, source.published_on = say("publisher"), DAY
    for thing in (label, source):
        thing.language = visitor_language()
    rows = [
        {
            "row": ProjectFigure(kind=kind, qualifier=qualifier, year=year, section="1.1"),
            "label": label,
            "source": source,
            "value": f"{Decimal(value):,}",
            "date": str(year or ""),
        }
        for kind, qualifier, value, year in FIGURES
    ]
    return {"figures": rows, "sources": [source]}


def body():
    """A body with every kind of block."""
    words = {name: say(name) for name in WORDS}
    raw = []
    for place, (kind, value) in enumerate(BODY):
        if kind == "steps":
            value = [{"title": words[name], "text": words["summary"]} for name in value]
        else:
            value = value.format(**words) if kind == "paragraph" else words[value]
        raw.append({"type": kind, "value": value, "id": f"sample-{place}"})
    return BodyBlock().to_python(raw)


def listing(words: str = "", notices=()) -> SimpleNamespace:
    """Conditions, all chosen where there are words."""
    pillar = Pillar(key="sample", short_name=say("pillar"))
    division = Division(pk=1, name=say("division"))
    for thing in (pillar, division):
        thing.words, thing.language = thing, visitor_language()
    chosen = {"stage": ["running"], "pillar": ["sample"], "division": ["1"]}
    chosen |= {"goal": ["8"], "target": ["8.1"]}
    return SimpleNamespace(
        words=words,
        notices=notices,
        is_filtered=bool(words),
        stages=[(stage.value, stage.label) for stage in STAGE_ORDER],
        pillars=[pillar],
        divisions=[division],
        goals=[vocabulary.label(str(number)) for number in vocabulary.goal_numbers()],
        targets=[vocabulary.label("8.1")] if words else [],
        chosen=chosen if words else dict.fromkeys(chosen, ()),
    )


def lists() -> list[dict]:
    """First, middle and last page of a long list."""
    pages = Paginator(range(240), 24)
    names = ((1, _("First page")), (5, _("Middle page")), (10, _("Last page")))
    return [{"rows": pages.page(number), "state": name} for number, name in names]


class SampleForm(forms.Form):
    """Filled in wrongly, or not yet."""

    name = forms.CharField(label=_("Name"))
    number = forms.IntegerField(label=_("Number"), help_text=_("Digits only."))
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "–"), ("1", "見本 / Sample")])


def contact(full: bool) -> dict:
    """A division with everything that one can have, or with a telephone only."""
    division = Division(name=say("division"), direct_phone="042-000-0000")
    if full:
        division.department, division.reading = say("department"), "みほんか"
        division.opening_hours, division.floor_and_window = say("hours"), say("place")
        division.main_phone, division.extension, division.fax = division.direct_phone, "1", "042-0"
        division.email, division.form_url = "mihon@example.jp", "https://example.jp/"
    return {"facts": division, "words": division, "lang": ""}


def furniture(division) -> SimpleNamespace:
    links = [{"name": name, "url": "#contact"} for name in ("LINE", "Facebook", "X")]
    return SimpleNamespace(
        division=division,
        number=12,
        title=say("title"),
        short_url="https://example.jp/p/12/",
        share_links=links,
    )


def frame() -> SimpleNamespace:
    """A deep breadcrumb, and more languages than fit one line."""
    names = {
        "ja": "日本語",
        "en": "English",
        "ko": "한국어",
        "vi": "Tiếng Việt",
        "ar": "العربية",
    }
    crumb = {"url": "#ways", "lang": "", "current": False}
    return SimpleNamespace(
        breadcrumb=[crumb | {"title": say(name)} for name in ("short", "title", "title", "long")],
        title=say("long"),
        title_language=visitor_language(),
        html_lang=html_language(visitor_language()),
        languages=[
            LanguageLink(code, name, "#ways", True, code == visitor_language())
            for code, name in names.items()
        ],
    )
