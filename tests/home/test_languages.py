"""Addresses and languages: no dead end, nothing shown twice, nothing shown that is not public."""

from __future__ import annotations

import re

import pytest
from django.utils import translation
from wagtail.models import Locale, Page, PageViewRestriction

from home.models import HomePage
from sdgs.models import Mark, MarkLabel
from tests.editor import text_of
from tests.page_types import MARKED_PAGE_TYPES, PAGE_TYPES, factory_of, label
from tests.world import fresh, make_page, publish

pytestmark = pytest.mark.django_db

BELOW_HOME = [model for model in PAGE_TYPES if model is not HomePage]
every_page_type = pytest.mark.parametrize("model", BELOW_HOME, ids=label)
BASE = "http://127.0.0.1:8000"


def english_address(page) -> str:
    return page.url.replace("/ja/", "/en/", 1)


def links(answer, rel: str) -> dict[str, str]:
    """The addresses of <link rel=…>, by language; those of feeds, which name a type, left out."""
    found = {}
    for tag in re.findall(r"<link [^>]*>", text_of(answer)):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if attributes.get("rel") == rel and "type" not in attributes:
            found[attributes.get("hreflang", "")] = attributes["href"]
    return found


def is_indexed(answer) -> bool:
    return not re.search(r'<meta name="robots" content="[^"]*noindex', text_of(answer))


def html_language(answer) -> str:
    return re.search(r'<html[^>]* lang="([^"]+)"', text_of(answer))[1]


def heading_language(answer) -> str | None:
    """``lang`` of the page's heading, where it differs from the frame's."""
    heading = re.search(r"<h1([^>]*)>", text_of(answer))[1]
    found = re.search(r'lang="([^"]+)"', heading)
    return found[1] if found else None


# The root


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "ja"),
        ("", "ja"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("fr,en;q=0.5", "en"),
        ("fr", "ja"),
        ("ja,en;q=0.9", "ja"),
        ("en;q=0.3,ja;q=0.8", "ja"),
        ("*", "ja"),
        ("x" * 5000, "ja"),
    ],
)
def test_the_root_leads_to_the_visitors_language(world, client, accepted, language):
    headers = {} if accepted is None else {"accept-language": accepted}
    answer = client.get("/", headers=headers)
    assert answer.status_code == 302
    assert answer.url == f"/{language}/"
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize("path", ["/nothing/", "/projects/", "/sdgs/8/", "/en", "/fr/", "/p/"])
def test_an_unknown_address_without_a_language_is_not_found(world, client, path):
    answer = client.get(path)
    # Only the slash at the end may still be added, to an address that then exists.
    assert answer.status_code == 404 or (path == "/en" and answer.url == "/en/")


@pytest.mark.parametrize(("language", "words"), [("ja", "ページ"), ("en", "cannot be found")])
def test_not_found_speaks_the_visitors_language(world, client, language, words):
    answer = client.get(f"/{language}/nothing/")
    assert answer.status_code == 404
    assert html_language(answer) == language
    assert answer.headers["Content-Language"] == language
    assert words in text_of(answer)
    assert f'href="/{language}/' in text_of(answer), "it leads on"
    outside = client.get("/nothing/", headers={"accept-language": language})
    assert html_language(outside) == language


# A page in both languages


@every_page_type
def test_both_languages_know_each_other(world, client, model):
    japanese, english = world.page(model), world.translation(model)
    for page, language in ((japanese, "ja"), (english, "en")):
        answer = client.get(page.url)
        assert answer.status_code == 200
        assert html_language(answer) == language
        assert answer.headers["Content-Language"] == language
        assert links(answer, "alternate") == {
            "ja": f"{BASE}{japanese.url}",
            "en": f"{BASE}{english.url}",
            "x-default": f"{BASE}{japanese.url}",
        }
        assert links(answer, "canonical") == {"": f"{BASE}{page.url}"}
        assert is_indexed(answer)
        assert heading_language(answer) is None


def test_a_goal_knows_its_other_language(world, client):
    answer = client.get("/en/sdgs/8/")
    assert links(answer, "canonical") == {"": f"{BASE}/en/sdgs/8/"}
    assert links(answer, "alternate")["ja"] == f"{BASE}/ja/sdgs/8/"


# A page in Japanese alone


def only_japanese(world, model, state: str):
    """A page whose English is missing, a draft, or withdrawn."""
    if state == "missing":
        return make_page(model, slug="only-japanese")
    world.translation(model).unpublish()
    return world.page(model)


@every_page_type
@pytest.mark.parametrize("state", ["missing", "withdrawn"])
def test_without_english_the_japanese_page_is_served_in_the_english_frame(
    world, client, model, state
):
    page = only_japanese(world, model, state)
    answer = client.get(english_address(page))
    assert answer.status_code == 200
    assert html_language(answer) == "en"
    assert heading_language(answer) == "ja"
    assert page.title in text_of(answer)
    assert not is_indexed(answer)
    assert links(answer, "canonical") == {"": f"{BASE}{page.url}"}
    assert "en" not in links(answer, "alternate")
    assert "This page has not been translated yet" in text_of(answer)
    japanese = client.get(page.url)
    assert is_indexed(japanese)
    assert english_address(page) in text_of(japanese), "the English frame is two clicks away"


@every_page_type
def test_a_withdrawn_page_is_not_found_in_any_language(world, client, model):
    japanese, english = world.page(model).url, world.translation(model).url
    world.page(model).unpublish()
    assert client.get(japanese).status_code == 404
    assert client.get(english).status_code == 404


@every_page_type
def test_a_draft_is_not_found_and_its_title_is_not_told(world, client, model):
    page = factory_of(model)(
        parent=fresh(world.page(model)).get_parent().specific,
        slug="secret",
        title="秘密の草稿",
        live=False,
    )
    for address in (page.url or f"{page.get_parent().url}secret/", "/ja/", "/en/"):
        for url in (address, address.replace("/ja/", "/en/", 1)):
            assert "秘密の草稿" not in text_of(client.get(url))
    assert client.get(f"{page.get_parent().url}secret/").status_code == 404


@every_page_type
def test_a_private_page_asks_to_sign_in_in_every_language(world, client, model):
    page = only_japanese(world, model, "withdrawn")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    for url in (page.url, english_address(page)):
        answer = client.get(url)
        assert answer.status_code == 302
        assert answer.url.startswith("/admin/login/")
        assert page.title not in text_of(answer)
    assert client.get(f"/p/{page.pk}/").status_code == 404


@pytest.mark.parametrize("model", MARKED_PAGE_TYPES, ids=label)
def test_a_private_page_is_in_no_list(world, client, model):
    page = make_page(model, slug="private", title="職員だけのページ")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    goal = page.mark_codes[0].split(".")[0]
    paths = ("", "projects/", "news/", "certified/", "sdgs/", f"sdgs/{goal}/")
    for path in (*paths, "projects/?q=職員だけ", "certified/?q=職員だけ"):
        for language in ("ja", "en"):
            answer = client.get(f"/{language}/{path}")
            assert answer.status_code == 200
            shown = text_of(answer).replace('職員だけ"', "")
            assert "職員だけのページ" not in shown


def test_a_translation_is_served_only_once(world, client):
    """The Japanese tree's page is never shown under /en/ while there is an English one."""
    for model in BELOW_HOME:
        english = world.translation(model)
        assert english.title in text_of(client.get(english.url))
        assert (
            world.page(model).title
            not in re.search(r"<h1.*?</h1>", text_of(client.get(english.url)), re.S)[0]
        )


def test_the_english_home_page_may_be_missing(world, client):
    world.english_home.delete()
    answer = client.get("/en/")
    assert answer.status_code == 200
    assert html_language(answer) == "en"
    assert heading_language(answer) == "ja"
    assert not is_indexed(answer)
    assert client.get("/en/projects/").status_code == 200
    assert client.get("/en/nothing/").status_code == 404


def test_a_child_of_an_untranslated_page_is_found(world, client):
    model = next(m for m in PAGE_TYPES if m.__name__ == "StandardPage")
    parent = make_page(model, slug="parent-only-japanese")
    make_page(model, parent=parent, slug="child-only-japanese", title="子のページ")
    answer = client.get("/en/parent-only-japanese/child-only-japanese/")
    assert answer.status_code == 200
    assert "子のページ" in text_of(answer)


# A third language, by settings and a row in the admin


@pytest.fixture
def french(settings, world):
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "Français")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    return Locale.objects.create(language_code="fr")


def test_a_third_language_works_at_once(world, client, french):
    for path in ("", "projects/", "sdgs/", "sdgs/8/", "news/", "a-standardpage/"):
        answer = client.get(f"/fr/{path}")
        assert answer.status_code == 200, path
        assert html_language(answer) == "fr"
        assert heading_language(answer) in ("ja", None)
        assert not is_indexed(answer)
    assert client.get("/fr/nothing/").status_code == 404
    assert client.get("/", headers={"accept-language": "fr"}).url == "/fr/"
    assert "Français" in text_of(client.get("/ja/"))


def test_labels_in_a_third_language_and_english_ones_where_they_are_missing(world, client, french):
    MarkLabel.objects.create(mark=Mark.objects.get(name="8"), language="fr", text="Travail décent")
    text = text_of(client.get("/fr/sdgs/"))
    assert "Travail décent" in text
    assert re.search(r'lang="en"[^>]*>No poverty', text, re.IGNORECASE)
    MarkLabel.objects.filter(mark__name="1", language="en").get().delete()
    assert re.search(r'lang="ja"[^>]*>貧困をなくそう', text_of(client.get("/fr/sdgs/")))


def test_without_the_row_in_the_admin_a_language_is_only_a_setting(world, client, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "Français")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    assert client.get("/fr/").status_code in (200, 404)


# Short addresses


@every_page_type
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_page_number_opens_in_the_readers_language(world, client, model, language):
    japanese, english = world.page(model), world.translation(model)
    for page in (japanese, english):
        answer = client.get(f"/p/{page.pk}/", headers={"accept-language": language})
        assert answer.status_code == 302
        wanted = (japanese if language == "ja" else english).url
        assert answer.url.removeprefix("http://testserver") == wanted
        assert "Accept-Language" in answer.headers["Vary"]


@every_page_type
def test_a_page_number_leads_to_the_readers_frame_without_a_translation(world, client, model):
    world.translation(model).unpublish()
    page = world.page(model)
    answer = client.get(f"/p/{page.pk}/", headers={"accept-language": "en"})
    assert answer.status_code == 302
    assert client.get(answer.url).status_code == 200
    assert client.get(f"/p/{world.translation(model).pk}/").status_code == 404


@pytest.mark.parametrize(
    "number", ["0", "99999999", "2147483648", "9999999999", "8" * 400, "-1", "x", "1.5", "%00"]
)
def test_a_number_that_is_no_page(world, client, number):
    assert client.get(f"/p/{number}/").status_code == 404


def test_numbers_of_drafts_and_withdrawn_pages_say_nothing(world, client):
    for model in BELOW_HOME:
        page = world.page(model)
        page.unpublish()
        assert client.get(f"/p/{page.pk}/").status_code == 404
    assert client.get(f"/p/{Page.get_first_root_node().pk}/").status_code == 404


def test_a_page_prints_the_number_of_its_original(world, client):
    for model in BELOW_HOME:
        number = f"/p/{world.page(model).pk}/"
        assert number in text_of(client.get(world.translation(model).url))


def test_a_published_change_is_public_at_once(world, client):
    for model in BELOW_HOME:
        page = world.page(model)
        page.title = "新しい題の見本"
        publish(page)
        assert "新しい題の見本" in text_of(client.get(page.url))


def test_the_visitors_language_does_not_stick(world, client):
    client.get("/en/")
    assert html_language(client.get("/ja/")) == "ja"
    with translation.override("en"):
        assert html_language(client.get("/ja/")) == "ja"
