"""The way of a figure: a division enters it, PR approves it, and everything else follows."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

import pytest
from playwright.sync_api import expect
from wagtail.models import Page

from projects.models import Measurement

from .conftest import PHONE
from .editor import open_actions
from .test_a_projects_way import assert_fits, submit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

# The indicator of the demonstration that nobody has measured; it is to be 80 % by fiscal 2030.
ADDRESS = "indicators/secure-work/"
TITLE = "安心して働ける"


def test_from_the_divisions_draft_to_the_english_page(person):
    before = what_a_visitor_sees(person)
    assert before["state"] == "数値なし"
    assert "85" not in before["chart"]

    division_enters_a_figure(person)
    assert what_a_visitor_sees(person) == before, "nobody has approved it yet"

    pr_approves_it(person)
    after = what_a_visitor_sees(person)
    assert after["state"] == "達成"
    assert "85" in after["chart"]
    assert "85" in after["table"]
    assert "令和7年度（2025年度）" in after["table"]
    moved = after["home"] - before["home"], before["home"] - after["home"]
    assert moved == (Counter({"reached": 1}), Counter({"no-figure": 1}))
    assert len(after["rows"]) == len(before["rows"]) + 1
    (new,) = [row for row in after["rows"] if row not in before["rows"]]
    assert (new["kind"], new["period"], float(new["value"])) == ("measurement", "FY2025", 85)

    reader_of_english_sees_the_same(person)


def what_a_visitor_sees(person) -> dict:
    """State, chart and table of the indicator; the front page's counts; the open data."""
    with person(size=PHONE) as page:
        page.goto(f"/ja/{ADDRESS}")
        assert_fits(page)
        seen = {
            "state": page.locator("main .state").first.inner_text().strip(),
            "chart": page.locator("main svg[role=img]").first.text_content(),
            "table": page.locator("main table").first.inner_text(),
        }
        page.goto("/ja/")
        seen["home"] = Counter(
            {
                re.search("state=([a-z-]+)", link.get_attribute("href"))[1]: int(
                    link.locator(".tally__count").inner_text().split()[0]
                )
                for link in page.locator("main a[href*='state=']").all()
            }
        )
        answer = page.request.get("/opendata/indicators.csv")
        rows = csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig")))
        seen["rows"] = [row for row in rows if row["slug"] == "secure-work"]
    return seen


def division_enters_a_figure(person):
    indicator = Page.objects.get(slug="secure-work", locale__language_code="ja")
    with person("department") as page:
        page.goto(f"/admin/pages/{indicator.pk}/edit/")
        page.get_by_role("link", name="実績値を追加").first.click()
        # Typed as people type: a period that is not over, then a number of another unit.
        page.fill("[name=period]", "令和40年度")
        page.fill("[name=value]", "85人")
        page.select_option(
            "[name=source]",
            label=page.locator("[name=source] option", has_text="見本").first.inner_text(),
        )
        submit(page)
        expect(page.locator("main")).to_contain_text("人")
        expect(page.locator("[name=value]")).to_have_value("85人")
        page.fill("[name=period]", "令和7年度")
        page.fill("[name=value]", "８５％")
        submit(page)
        expect(page.locator(".messages")).to_contain_text(TITLE)
    assert not Measurement.objects.get(indicator=indicator.pk).live


def pr_approves_it(person):
    with person("pr") as page:
        # Waiting for approval, it stands on the dashboard.
        page.get_by_role("link", name=TITLE).first.click()
        open_actions(page)
        page.locator("[data-workflow-action-name=approve]").first.click()
        expect(page.locator(".messages")).to_contain_text(TITLE)


def reader_of_english_sees_the_same(person):
    with person(size=PHONE, language="en-GB") as page:
        page.goto(f"/en/{ADDRESS}")
        expect(page.locator("main .state").first).to_have_text("Reached")
        expect(page.locator("main svg[role=img]").first).to_contain_text("85")
        expect(page.locator("main table").first).to_contain_text("fiscal 2025")
        assert_fits(page)
