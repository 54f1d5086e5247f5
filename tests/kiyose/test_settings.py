"""The environment: each wrong variable stops the start with one line that helps."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiyose.settings import environment
from kiyose.settings.environment import WrongSetting

ROOT = Path(__file__).resolve().parents[2]
DEFAULT = Path("/default")

READERS = {
    "SECRET_KEY": environment.secret_key,
    "DEBUG": environment.debug,
    "ALLOWED_HOSTS": lambda: environment.allowed_hosts("https://sdgs.example.jp"),
    "BASE_URL": environment.base_url,
    "DATABASE_URL": lambda: environment.database_url(DEFAULT),
    "REDIS_URL": environment.redis_url,
    "EMAIL_URL": environment.email_url,
    "MEDIA_STORAGE_URL": lambda: environment.media_folder(DEFAULT),
    "FRONTEND_CACHE_URL": environment.frontend_cache_url,
    "MACHINE_TRANSLATOR_URL": environment.machine_translator_url,
}


def translator(name: str, **options: str) -> dict:
    return {"CLASS": f"wagtail_localize.machine_translators.{name}Translator", "OPTIONS": options}


WRONG = [
    ("SECRET_KEY", "", "is not set"),
    ("SECRET_KEY", "   ", "is not set"),
    ("SECRET_KEY", "short", "is too easy to guess: it needs 50 varied characters or more"),
    ("SECRET_KEY", "ab" * 40, "is too easy to guess: it needs 50 varied characters or more"),
    ("DEBUG", "ture", "is 'ture', neither on (1) nor off (0)"),
    ("ALLOWED_HOSTS", "https://a.jp", "holds 'https://a.jp', which is not a host name"),
    ("ALLOWED_HOSTS", "a.jp b.jp", "holds 'a.jp b.jp', which is not a host name"),
    ("BASE_URL", "sdgs.example.jp", "must begin with one of: http://, https://"),
    ("BASE_URL", "ftp://sdgs.example.jp", "must begin with one of: http://, https://"),
    ("BASE_URL", "https://", "has no host name"),
    ("BASE_URL", "https://example.jp/sdgs", "has more than scheme, host and port"),
    ("BASE_URL", "https://example.jp:port", "is not an address (Port could not be cast"),
    ("DATABASE_URL", "mysql://u@h/db", "must begin with one of: postgres://, postgresql://, sq"),
    ("DATABASE_URL", "postgres://u:p@h:5432", "names no database after the host"),
    ("DATABASE_URL", "postgres://h:99999/db", "is not an address (Port out of range"),
    ("DATABASE_URL", "db.sqlite3", "must begin with one of"),
    ("REDIS_URL", "127.0.0.1:6379", "must begin with one of: redis://, rediss://"),
    ("REDIS_URL", "redis:///0", "has no host name"),
    ("EMAIL_URL", "mail.example.jp", "must begin with one of: consolemail://"),
    ("EMAIL_URL", "smtp://", "has no host name"),
    ("MEDIA_STORAGE_URL", "s3://bucket", "must begin with one of: file://"),
    ("MEDIA_STORAGE_URL", "/srv/media", "must begin with one of: file://"),
    ("MEDIA_STORAGE_URL", "file://srv/media", "is not an absolute folder on this machine"),
    ("MEDIA_STORAGE_URL", "file:///", "is not an absolute folder on this machine"),
    ("FRONTEND_CACHE_URL", "varnish:6081", "must begin with one of: http://, https://"),
    ("FRONTEND_CACHE_URL", "http://", "has no host name"),
    ("FRONTEND_CACHE_URL", "http://[::1", "is not an address (Invalid IPv6 URL)"),
    ("MACHINE_TRANSLATOR_URL", "on", "must begin with one of: deepl://, google://, libre"),
    ("MACHINE_TRANSLATOR_URL", "deepl://api.deepl.com", "has no key before the @"),
    ("MACHINE_TRANSLATOR_URL", "deepl://key@evil.example", "names a host that is not DeepL's"),
    ("MACHINE_TRANSLATOR_URL", "libretranslate://", "has no host name"),
    ("MACHINE_TRANSLATOR_URL", "google://", "names no project"),
    ("MACHINE_TRANSLATOR_URL", "google://a-project", "needs the package google-cloud-translate"),
]

RIGHT = [
    ("SECRET_KEY", "0123456789" * 5, "0123456789" * 5),
    # django-environ would take this for the name of another variable.
    ("SECRET_KEY", "$" + "0123456789" * 5, "$" + "0123456789" * 5),
    ("DEBUG", "", False),
    ("DEBUG", "0", False),
    ("DEBUG", "Off", False),
    ("DEBUG", "1", True),
    ("DEBUG", "True", True),
    ("ALLOWED_HOSTS", "", ["sdgs.example.jp"]),
    ("ALLOWED_HOSTS", "a.jp, .b.jp,", ["a.jp", ".b.jp"]),
    ("BASE_URL", "", "http://127.0.0.1:8000"),
    ("BASE_URL", "https://sdgs.example.jp/", "https://sdgs.example.jp"),
    ("REDIS_URL", "", ""),
    ("REDIS_URL", "redis://:secret@127.0.0.1:6379/1", "redis://:secret@127.0.0.1:6379/1"),
    ("MEDIA_STORAGE_URL", "", DEFAULT),
    ("MEDIA_STORAGE_URL", "file:///srv/ki%20yose", Path("/srv/ki yose")),
    ("FRONTEND_CACHE_URL", "", ""),
    ("FRONTEND_CACHE_URL", "http://127.0.0.1:6081", "http://127.0.0.1:6081"),
    ("MACHINE_TRANSLATOR_URL", "", None),
    ("MACHINE_TRANSLATOR_URL", "deepl://a-b:fx@", translator("deepl.DeepL", AUTH_KEY="a-b:fx")),
    ("MACHINE_TRANSLATOR_URL", "deepl://k@api.deepl.com", translator("deepl.DeepL", AUTH_KEY="k")),
    (
        "MACHINE_TRANSLATOR_URL",
        "libretranslate+http://127.0.0.1:5000/",
        translator("libretranslate.Libre", LIBRETRANSLATE_URL="http://127.0.0.1:5000", API_KEY=""),
    ),
    (
        "MACHINE_TRANSLATOR_URL",
        "libretranslate://a%40b@lt.example.jp/api",
        translator(
            "libretranslate.Libre", LIBRETRANSLATE_URL="https://lt.example.jp/api", API_KEY="a@b"
        ),
    ),
]


@pytest.mark.parametrize(("name", "value", "fault"), WRONG)
def test_a_wrong_variable(monkeypatch, name, value, fault):
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting) as stop:
        READERS[name]()
    line = str(stop.value)
    assert line.startswith(f"{name} {fault}")
    assert f"Example: {name}=" in line
    assert "\n" not in line


@pytest.mark.parametrize(("name", "value", "expected"), RIGHT)
def test_a_right_variable(monkeypatch, name, value, expected):
    monkeypatch.setenv(name, value)
    assert READERS[name]() == expected


def test_every_reader_has_both():
    assert {name for name, *_ in WRONG} == set(READERS)


@pytest.mark.parametrize(
    "name",
    ["DATABASE_URL", "REDIS_URL", "EMAIL_URL", "FRONTEND_CACHE_URL", "MACHINE_TRANSLATOR_URL"],
)
def test_the_line_keeps_passwords_to_itself(monkeypatch, name):
    monkeypatch.setenv(name, "wrong://user:hunter2@host")
    with pytest.raises(WrongSetting) as stop:
        READERS[name]()
    assert "hunter2" not in str(stop.value)


@pytest.mark.parametrize(
    ("base_url", "hosts"),
    [
        ("http://127.0.0.1:8000", ["127.0.0.1", "localhost", "[::1]"]),
        ("http://[::1]:8000", ["127.0.0.1", "localhost", "[::1]"]),
        ("https://sdgs.example.jp:8443", ["sdgs.example.jp"]),
    ],
)
def test_hosts_follow_the_address(monkeypatch, base_url, hosts):
    monkeypatch.delenv("ALLOWED_HOSTS", raising=False)
    assert environment.allowed_hosts(base_url) == hosts


def test_databases(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://kiyose:p%40ss@db:5433/sdgs?sslmode=require")
    database = environment.database_url(DEFAULT)
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"]) == ("db", 5433)
    assert (database["USER"], database["PASSWORD"]) == ("kiyose", "p@ss")
    assert database["NAME"] == "sdgs"
    assert database["OPTIONS"] == {"sslmode": "require"}

    monkeypatch.delenv("DATABASE_URL")
    assert environment.database_url(DEFAULT)["NAME"] == "/default"


def test_mail(monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://user:p%40ss@mail.example.jp:587")
    mail = environment.email_url()
    assert mail["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"]) == ("mail.example.jp", 587)
    assert mail["EMAIL_HOST_PASSWORD"] == "p@ss"
    assert mail["EMAIL_USE_TLS"] is True


def start(*command: str, **variables: str) -> subprocess.CompletedProcess:
    """Runs a program of the site with nothing but these variables."""
    variables = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "site"), **variables}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=variables, capture_output=True, text=True
    )


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "check"],
        ["-c", "import kiyose.wsgi"],
        ["-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", "127.0.0.1:0"],
    ],
    ids=["manage.py", "wsgi", "gunicorn"],
)
def test_the_start_stops_with_one_line(command):
    ended = start(*command, SECRET_KEY="short")
    assert ended.returncode == 1
    assert ended.stdout == ""
    lines = [line for line in ended.stderr.splitlines() if not line.startswith("[")]
    (line,) = lines  # gunicorn's own lines begin with the time
    assert line.startswith("SECRET_KEY is too easy to guess")


def test_any_key_will_do_while_developing(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "short")
    monkeypatch.setenv("DEBUG", "1")
    assert environment.secret_key() == "short"
