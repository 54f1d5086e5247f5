"""A running demonstration and people in front of it."""

from __future__ import annotations

import datetime
from contextlib import contextmanager
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from freezegun import freeze_time
from playwright.sync_api import expect

# As patient as every other step below: a busy machine is slow, and not wrong.
PATIENCE = 15_000  # milliseconds
expect.set_options(timeout=PATIENCE)

# Wagtail takes what a form holds two seconds after loading as what it was loaded with.
WAGTAIL_LOOKS = 2500  # milliseconds

PASSWORD = "only-for-browser-tests"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def demonstration(
    transactional_db,
    django_db_serialized_rollback,
    live_server,
    settings,
    run_folder,
):
    """The demonstration on a live server; its address."""
    # It knows models, and pytest reads this file before Django is set up.
    from tests.demonstration import load

    settings.ALLOWED_HOSTS = ["*"]
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    load(run_folder)
    get_user_model().objects.update(password=make_password(PASSWORD))
    return live_server.url


@pytest.fixture
def person(browser, demonstration):
    """``with person(size=PHONE, language="en") as page:`` a visitor with a browser of
    their own; ``account="pr"`` signs them in first. Fails on script errors."""

    @contextmanager
    def open_browser(account=None, size=DESK, language="ja-JP", javascript=True, **options):
        context = browser.new_context(
            base_url=demonstration,
            viewport=size,
            locale=language,
            java_script_enabled=javascript,
            **options,
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda message: (
                errors.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        try:
            if account:
                page.goto("/admin/login/")
                page.fill("[name=username]", account)
                page.fill("[name=password]", PASSWORD)
                page.click("main [type=submit]")
                page.wait_for_url("**/admin/")
            yield page
            assert not errors, errors
        finally:
            context.close()

    return open_browser


class Clock:
    """The clock of the whole program, which goes on from wherever it is put."""

    def __init__(self, frozen):
        self._frozen = frozen

    def go_to(self, day: str) -> None:
        """To noon of that day in Tokyo."""
        self._frozen.move_to(f"{day}T03:00:00Z")

    def wait(self, **delta) -> None:
        """As if somebody had taken their time: ``clock.wait(minutes=5)``."""
        self._frozen.move_to(self._frozen() + datetime.timedelta(**delta))

    def go_to_and_run(self, day: str) -> None:
        """To that day, on which the daily command runs, and runs again."""
        self.go_to(day)
        for _time in range(2):
            call_command("certification_clock", "--on", day, stdout=StringIO())


@pytest.fixture
def clock():
    """Moves the time. Ask for it before ``person``, so that the demonstration's own days are
    counted from where it begins. Only the program's time: browsers have their own."""
    # Of what drives the browser the time is real.
    with freeze_time("2026-10-01T03:00:00Z", tick=True, real_asyncio=True) as frozen:
        yield Clock(frozen)
