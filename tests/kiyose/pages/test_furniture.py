"""What stands around a page: the menu and the foot come from the page tree."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from home.factories import StandardPageFactory
from home.models import StandardPage
from kiyose.translation.factories import translate
from tests.fixtures import world
from tests.world import fresh, publish

__all__ = ["world"]

pytestmark = pytest.mark.django_db


def links(client, selector, address="/ja/") -> list[str]:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return [link.get_text(strip=True) for link in page.select(f"{selector} a")]


def test_what_is_not_in_the_menu_stands_in_the_foot(client, world):
    page = StandardPageFactory(parent=world.site.home, title="見本の方針", slug="policy")
    publish(fresh(page))
    assert "見本の方針" in links(client, ".site-footer__policies")
    assert "見本の方針" not in links(client, ".menu")
    page = fresh(page)
    page.show_in_menus = True
    publish(page)
    assert "見本の方針" not in links(client, ".site-footer__policies")
    assert "見本の方針" in links(client, ".menu")
    fresh(page).unpublish()
    assert "見本の方針" not in links(client, "body")


def test_the_foot_speaks_the_visitors_language(client, world):
    page = StandardPageFactory(parent=world.site.home, title="見本の方針", slug="policy")
    publish(fresh(page))
    assert "見本の方針" in links(client, ".site-footer__policies", "/en/")
    translate(fresh(page), words={"見本の方針": "Sample policy"})
    assert "Sample policy" in links(client, ".site-footer__policies", "/en/")


@pytest.mark.parametrize(("count", "listed"), [(2, False), (3, True)])
def test_a_long_text_lists_its_headings(client, world, count, listed):
    page = world.page(StandardPage)
    page.body = [("heading", f"見出しの{number}番目 & <b>") for number in range(count)]
    publish(page)
    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    anchors = [link["href"] for link in html.select(".contents a")]
    assert len(anchors) == (count if listed else 0)
    for anchor in anchors:
        assert html.select_one(anchor).name == "h2"
    assert html.select_one(".prose h2").text == "見出しの0番目 & <b>"
