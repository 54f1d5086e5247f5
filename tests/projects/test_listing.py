"""The list of projects: filters, words, counts, pages, and whatever an address may hold."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import PageViewRestriction, Site

from kiyose.pages.factories import DivisionFactory
from kiyose.pages.models import SiteIdentity
from kiyose.translation.factories import translate
from projects.factories import PillarFactory, ProjectPageFactory
from tests.bulk import clone
from tests.editor import text_of
from tests.world import fresh, publish

pytestmark = pytest.mark.django_db


class Projects:
    """Four projects that differ in everything that can be filtered."""

    def __init__(self, world):
        self.site = world.site
        self.economy = PillarFactory(key="economy", short_name="経済")
        self.society = PillarFactory(key="society", short_name="社会")
        self.mirai = DivisionFactory(name="未来見本課")
        self.midori = DivisionFactory(name="緑見本課")
        default = SiteIdentity.for_site(Site.objects.get(is_default_site=True))
        default.default_division = self.mirai
        default.save()
        for model_page in fresh(world.site.projects).get_children().specific():
            model_page.unpublish()
        self.add("sunflower", ["8.1"], "running", self.economy, None, "ひまわりの祭り")
        self.add("learning", ["4.7", "17"], "planned", self.society, self.mirai, "越境学習")
        self.add("carbon", ["13.1", "7.2"], "running", self.society, self.midori, "脱炭素")
        self.add("forest", ["15.1", "8.3"], "considered", None, self.midori, "雑木林100%")

    def add(self, slug, marks, stage, pillar, division, title):
        page = ProjectPageFactory(
            parent=fresh(self.site.projects),
            slug=slug,
            marks=marks,
            stage=stage,
            pillar=pillar,
            division=division,
            title=title,
            summary=f"{slug}の要約",
        )
        publish(fresh(page))
        setattr(self, slug, fresh(page))


@pytest.fixture(scope="module")
def projects(world):
    return Projects(world)


def found(client, query="", language="ja") -> set[str]:
    """The slugs that the list shows."""
    answer = client.get(f"/{language}/projects/{query}")
    assert answer.status_code == 200
    listing = answer.context["listing"]
    assert listing.rows.paginator.count == len(listing.cards)
    return {card.slug for card in listing.cards}


ALL = {"sunflower", "learning", "carbon", "forest"}
FILTERS = [
    ("", ALL),
    ("?goal=8", {"sunflower", "forest"}),
    ("?goal=13", {"carbon"}),
    ("?goal=8&goal=13", {"sunflower", "forest", "carbon"}),
    ("?goal=14", set()),
    ("?target=8.3", {"forest"}),
    ("?target=8.3&target=8.1", {"forest", "sunflower"}),
    ("?goal=8&target=15.1", {"forest"}),
    ("?goal=13&goal=4&target=13.1", {"carbon"}),
    ("?goal=13&target=8.1", set()),
    ("?pillar=economy", {"sunflower"}),
    ("?pillar=economy&pillar=society", {"sunflower", "learning", "carbon"}),
    ("?stage=running", {"sunflower", "carbon"}),
    ("?stage=running&stage=planned", {"sunflower", "carbon", "learning"}),
    ("?stage=running&pillar=society", {"carbon"}),
    ("?goal=8&goal=13&pillar=economy", {"sunflower"}),
    ("?stage=running&goal=8&pillar=society", set()),
    ("?q=ひまわり", {"sunflower"}),
    ("?q=carbonの要約", {"carbon"}),
    ("?q=CARBON", {"carbon"}),
    ("?q=の要約 ひまわり", {"sunflower"}),
    ("?q=ひまわり&goal=13", set()),
    ("?q=100%25", {"forest"}),
    ("?q=_", set()),
    ("?q=%E3%80%80ひまわり%E3%80%80", {"sunflower"}),
    ("?goal=&target=&pillar=&stage=&division=&q=&page=1", ALL),
    ("?goal=8&goal=8&goal=8", {"sunflower", "forest"}),
]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    ("query", "expected"), FILTERS, ids=[query or "all" for query, _ in FILTERS]
)
def test_filters(projects, client, query, expected, language):
    assert found(client, query, language) == expected


def test_the_division_answers_also_for_pages_without_one(projects, client):
    """A page that names no division is answered for by the default one."""
    mirai, midori = projects.mirai.pk, projects.midori.pk
    assert found(client, f"?division={mirai}") == {"sunflower", "learning"}
    assert found(client, f"?division={midori}") == {"carbon", "forest"}
    assert found(client, f"?division={mirai}&division={midori}") == ALL
    assert found(client, f"?division={midori}&stage=running") == {"carbon"}


def test_words_are_found_in_the_visitors_language(projects, client):
    translate(projects.carbon, words={"脱炭素": "Zero carbon"})
    assert found(client, "?q=zero", "en") == {"carbon"}
    assert found(client, "?q=脱炭素", "en") == {"carbon"}
    assert found(client, "?q=zero", "ja") == set()
    assert found(client, "?q=ひまわり", "en") == {"sunflower"}


def test_words_of_an_unpublished_translation_are_not_found(projects, client):
    translate(projects.carbon, words={"脱炭素": "Zero carbon"})
    fresh(projects.carbon).get_translation(
        translate(projects.carbon, words={"脱炭素": "Zero carbon"}).locale
    ).specific.unpublish()
    assert found(client, "?q=zero", "en") == set()


def test_the_english_list_shows_what_is_not_translated_too(projects, client):
    translate(projects.carbon, words={"脱炭素": "Zero carbon"})
    assert found(client, "", "en") == ALL
    text = text_of(client.get("/en/projects/"))
    assert "Zero carbon" in text
    assert 'lang="ja">ひまわりの祭り' in text
    assert "脱炭素" not in text


def test_running_projects_come_first(projects, client):
    stages = [card.stage for card in client.get("/ja/projects/").context["listing"].cards]
    assert stages == ["running", "running", "planned", "considered"]


def test_drafts_private_and_withdrawn_projects_are_never_listed(projects, client):
    ProjectPageFactory(parent=fresh(projects.site.projects), slug="draft", live=False)
    PageViewRestriction.objects.create(page=projects.carbon, restriction_type="login")
    fresh(projects.forest).unpublish()
    for language in ("ja", "en"):
        assert found(client, "", language) == {"sunflower", "learning"}
        assert found(client, "?q=の", language) <= {"sunflower", "learning"}
        assert found(client, "?goal=13", language) == set()


def test_a_project_below_a_private_page_is_not_listed(projects, client):
    PageViewRestriction.objects.create(page=fresh(projects.site.projects), restriction_type="login")
    assert client.get("/ja/projects/").status_code == 302
    assert list(client.get("/ja/").context["front"].projects) == []


def test_an_empty_answer_says_so(projects, client):
    with translation.override("ja"):
        assert gettext("No project meets these conditions") in text_of(
            client.get("/ja/projects/?goal=14")
        )


def test_pages(projects, client):
    clone(projects.sunflower, 60)
    listing = client.get("/ja/projects/").context["listing"]
    assert listing.rows.paginator.count == 64
    per_page = listing.rows.paginator.per_page
    seen = set()
    for number in range(1, listing.rows.paginator.num_pages + 1):
        answer = client.get(f"/ja/projects/?page={number}")
        assert not answer.context["listing"].notices
        seen |= {card.pk for card in answer.context["listing"].cards}
    assert len(seen) == 64
    last = client.get("/ja/projects/?page=9999").context["listing"]
    assert last.rows.number == last.rows.paginator.num_pages
    assert last.notices
    assert len(client.get("/ja/projects/?page=0").context["listing"].cards) == per_page
    second = client.get("/ja/projects/?goal=8&page=2")
    assert second.context["listing"].rows.number == 2
    assert "goal=8" in text_of(second), "the next page keeps the filter"


BAD = [
    "goal=99&goal=x&goal=" + "8" * 400,
    "goal=-1",
    "goal=0",
    "goal=8.3",
    "goal=" + "９",
    "goal=%00",
    "goal=8%00",
    "target=77.7",
    "target=8",
    "target=" + "8" * 400,
    "pillar=%00",
    "pillar=nothing",
    "pillar=%27;DROP TABLE",
    "division=abc",
    "division=" + "9" * 400,
    "division=-1",
    "stage=finished",
    "stage=%FF",
    "goal=%FF%FE",
    "page=9999",
    "page=0",
    "page=-1",
    "page=abc",
    "page=" + "8" * 400,
    "page=%00",
    "page=1.5",
    "page=٣",
    "page=²",
    "q=" + "あ" * 5000,
    "&".join(["goal=99"] * 900),
    "goal[]=8&goal=99",
]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("query", BAD, ids=lambda query: query[:30])
def test_what_an_address_may_hold_is_answered_with_a_notice(projects, client, query, language):
    answer = client.get(f"/{language}/projects/?{query}")
    assert answer.status_code == 200
    notices = answer.context["listing"].notices
    assert notices
    for notice in notices:
        assert notice in text_of(answer)


@pytest.mark.parametrize(
    "query",
    [
        *("q=%00", "q=%00%00ひまわり", "q=%FF", "q=%", "q=%%%", "q=\"'<script>", "q=" + "x " * 49),
        *("q=%F0%9F%8C%BB", "nothing=known", "goal", "&&&", "=", "q=a&q=b", "q=%5C", "q=%E2%80%8B"),
    ],
)
def test_odd_words_are_only_words(projects, client, query):
    answer = client.get(f"/ja/projects/?{query}")
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().split("<main")[1].split("</main")[0]


def test_a_nul_byte_in_the_words_is_a_space(projects, client):
    assert found(client, "?" + urlencode({"q": "\x00ひまわり\x00"})) == {"sunflower"}


def test_unknown_conditions_beside_known_ones_are_left_out(projects, client):
    assert found(client, "?goal=13&goal=99") == {"carbon"}
    assert found(client, "?goal=99") == ALL


@pytest.mark.parametrize("path", ["/ja/news/", "/en/news/"])
@pytest.mark.parametrize("query", ["kind=x", "kind=%00", "page=9999", "kind=" + "8" * 400])
def test_the_list_of_articles_takes_odd_addresses_too(projects, client, path, query):
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200
    assert answer.context["listing"].notices


def test_targets_are_offered_with_their_goal(world, client):
    """All 169 would be a wall: those of the goals chosen, and those chosen already."""

    def offered(query: str) -> set[str]:
        return {
            label.code for label in client.get(f"/ja/projects/{query}").context["listing"].targets
        }

    assert offered("") == set()
    of_goal = offered("?goal=8")
    assert "8.3" in of_goal
    assert {code.split(".")[0] for code in of_goal} == {"8"}
    assert offered("?target=13.1") == {"13.1"}
