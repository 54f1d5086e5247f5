"""
How the suite is set up: an environment of its own, quick replacements for what is slow,
an empty cache for every test, and a real browser.

`make test` gives each worker whole files, in their order: what a file shares is then made
once, files that share rows (shared_rows.py) follow each other, and the browser's tests, which
empty the database, come last.
"""

import os
import shutil
import tempfile
from pathlib import Path

import freezegun
import pytest
from PIL import Image

from kiyose.words.catalogues import compile_catalogues

from .shared_rows import kind_of, order_of, shared_rows
from .tools import chromium, nu

# What a developer's shell says must not change what a test means. Only the services are
# taken from outside: DATABASE_URL and REDIS_URL.
for name in (
    "DEBUG",
    "ALLOWED_HOSTS",
    "BASE_URL",
    "EMAIL_URL",
    "MEDIA_STORAGE_URL",
    "FRONTEND_CACHE_URL",
    "MACHINE_TRANSLATOR_URL",
):
    os.environ.pop(name, None)
os.environ["SECRET_KEY"] = "only-for-tests-" * 4
os.environ["DJANGO_SETTINGS_MODULE"] = "kiyose.settings"
# Playwright's event loop makes Django believe that a test's thread is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


# What a test takes is counted in real time, whatever day it believes in.
freezegun.configure(extend_ignore_list=["_pytest.timing"])

UPLOADS = pytest.StashKey[str]()
ROWS = pytest.StashKey[str | None]()


def pytest_configure(config: pytest.Config) -> None:
    """Changes the settings for the whole session, and compiles the words."""
    # Not before the environment is as above.
    from django.apps import apps
    from django.conf import settings
    from django.core.files.storage import storages
    from django.test import override_settings

    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    storage = "django.contrib.staticfiles.storage.StaticFilesStorage"
    # As a change with Django's signals: in xdist's workers Django is already set up here.
    uploads = config.stash.setdefault(UPLOADS, tempfile.mkdtemp(prefix="kiyose-test-media-"))
    cache = settings.CACHES["default"] | {"KEY_PREFIX": f"kiyose-test-{worker}"}
    if settings.REDIS_URL:
        cache["BACKEND"] = "tests.redis_cache.OwnKeysOnly"
    private = {"BACKEND": settings.STORAGES["private"]["BACKEND"], "OPTIONS": {}}
    private["OPTIONS"] = {"location": f"{uploads}/private", "base_url": None}
    override_settings(
        # Tests sign in without a request, which the limiter refuses; its own tests switch it on.
        AXES_ENABLED=False,
        # What tests upload is gone with them.
        MEDIA_ROOT=f"{uploads}/public",
        CACHES={"default": cache},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES=settings.STORAGES | {"staticfiles": {"BACKEND": storage}, "private": private},
        TASKS={"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}},
    ).enable()
    if apps.ready:
        # The field took its storage when its model was loaded.
        field = apps.get_model("certified_orgs", "Attachment")._meta.get_field("file")
        field.storage = storages["private"]

    make_avif_quickly()

    config.pluginmanager.register(SharedRowsInOrder())

    if worker == "main":
        # Once, before the workers start: the compiled words are not in git.
        for folder in settings.LOCALE_PATHS:
            compile_catalogues(folder)


def make_avif_quickly() -> None:
    """A dozen times quicker, and larger: a loading of the demonstration makes a hundred."""
    Image.init()
    save = Image.SAVE["AVIF"]

    def save_quickly(image, file, name):
        image.encoderinfo.setdefault("speed", 10)
        save(image, file, name)

    Image.register_save("AVIF", save_quickly)


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash.get(UPLOADS, ""), ignore_errors=True)


# What drives these fixtures is no Python package: a machine may lack it, CI may not.
OPTIONAL = ("browser", "html_checker")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what drives a browser, and tells CI's report which tests must not be skipped."""
    for item in items:
        needs = [name for name in OPTIONAL if name in getattr(item, "fixturenames", ())]
        item.user_properties += [("needs", name) for name in needs]
        if "browser" in needs:
            item.add_marker("browser")


class SharedRowsInOrder:
    """Files that need the same rows follow each other, and leave none to those that do not."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        fixtures: dict[Path, set[str]] = {}
        for item in items:
            fixtures.setdefault(item.path, set()).update(getattr(item, "fixturenames", ()))
        for item in items:
            item.stash[ROWS] = kind_of(fixtures[item.path])
        # pytest-django has put what empties the database last, and there it stays.
        items.sort(key=lambda item: order_of(item.stash[ROWS], item.path))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        if shared_rows.kind not in (None, item.stash[ROWS]):
            shared_rows.close()


def is_missing(program: str, remedy: str) -> None:
    """Skips the test; in CI it fails."""
    if os.environ.get("CI"):
        pytest.fail(f"CI needs {program}: {remedy}")
    pytest.skip(f"No {program} on this machine: {remedy}")


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """No test sees what another one has cached."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run, which its workers share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def playwright(request: pytest.FixtureRequest):
    """Playwright, where this session has tests that drive a browser; else None."""
    if not any(item.get_closest_marker("browser") for item in request.session.items):
        yield None
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def django_db_setup(playwright, django_db_setup):
    """
    The database, made after Playwright has started: its event loop gives the thread other
    connections, and those would not know what the migrations put into the database, which
    every browser test wants back when it begins.
    """
    yield
    shared_rows.close()


@pytest.fixture(scope="session")
def browser(playwright):
    """A Chromium for the whole session."""
    program = chromium.program()
    if program is None:
        is_missing("Chromium", "apt-get install chromium")
    running = playwright.chromium.launch(executable_path=program, args=chromium.ARGUMENTS)
    yield running
    running.close()


@pytest.fixture
def html_checker(tmp_path: Path):
    """``html_checker({name: HTML})`` gives one line for every fault."""
    if not nu.is_installed():
        is_missing("HTML checker", "it needs Java, and: make tools")
    return lambda pages: nu.faults(pages, tmp_path)
