"""Events from a table: the city's own file, and what others may bring."""

from __future__ import annotations

import datetime

import pytest
from django.utils import translation

from events.factories import EventFieldFactory, VenueFactory
from events.models import EventPage
from home.factories import SmallSite
from tests.imports import confirm, problems_of, steps_of, upload
from tests.staff import client_of, employ

from .tables import REAL_FILE, drafts

pytestmark = pytest.mark.django_db

URL = "/admin/events/import/"
DAY, TIME = datetime.date, datetime.time
OPTIONS = {"source": "kiyose", "fiscal_year": ""}


@pytest.fixture(scope="module")
def place(django_db_setup, django_db_blocker):
    """A site with its staff, two venues and two fields."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        site = SmallSite()
        employ()
        VenueFactory(key="gakushu", name="生涯学習センター", address="元町1-2-11")
        VenueFactory(key="kenko", name="健康センター", address="中里5-842")
        EventFieldFactory(key="culture", name="文化・芸術")
        EventFieldFactory(key="health", name="健康・福祉")
        yield site
        transaction.set_rollback(True)


@pytest.fixture
def staff(place):
    with translation.override("ja"):
        yield client_of("department")


def preview_of(client, data: bytes, name: str = "events.csv", **options):
    answer = upload(client, URL, data, name, **OPTIONS | options)
    assert "plan" in answer.context, problems_of(answer)
    return answer


def imported(client, data: bytes, name: str = "events.csv", **options):
    answer = confirm(client, URL, preview_of(client, data, name, **options))
    assert answer.status_code == 302
    return answer


def kinds_of(answer) -> list[str]:
    return [kind for _line, kind, _changes in steps_of(answer)]


def one(**cells) -> dict:
    return {"NO": "1", "名称": "見本の会"} | cells


# The city's own file


def test_every_line_of_the_real_file_becomes_a_draft(staff):
    answer = preview_of(staff, REAL_FILE.read_bytes())
    assert kinds_of(answer) == ["new"] * 15
    assert not EventPage.objects.exists(), "nothing is saved by looking"
    imported(staff, REAL_FILE.read_bytes())
    pages = drafts()
    assert len(pages) == 15
    assert not any(page.live for page in pages)
    assert len({page.slug for page in pages}) == 15


def test_dev(staff):
    imported(staff, REAL_FILE.read_bytes())
    for page in drafts():
        print(page.title, sessions_of(page), [str(s.venue) for s in page.sessions.all()], repr(page.dates_note), page.place, page.address, page.field, page.application, repr(page.how_to_apply[:20]), page.fee, page.capacity, page.contact_phone, page.apply_until)
    print(preview_of(staff, REAL_FILE.read_bytes()).context["plan"].notes)
    a = preview_of(staff, REAL_FILE.read_bytes())
    print([s for s in steps_of(a) if s[1] != "unchanged"])
    for page in EventPage.objects.all():
        page = page.get_latest_revision_as_object()
        page.no_mark_applies = True
        publish(page)
    a = preview_of(staff, REAL_FILE.read_bytes())
    print([s for s in steps_of(a) if s[1] != "unchanged"])
    from django.test import Client
    for n in ("events","events-recommended"):
        data = Client().get(f"/opendata/{n}.csv").content
        print(data.decode()[:5000])
        a = preview_of(staff, data)
        print([s for s in steps_of(a) if s[1] != "unchanged"])
    assert 0
