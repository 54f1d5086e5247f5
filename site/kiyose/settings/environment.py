"""
The environment: every variable that the site reads, checked in one place.

A missing or wrong one ends the start with one line that names the variable, says what is
wrong and shows a right one. The line never repeats a value that can hold a password.
An empty variable counts as not set.
"""

import os
from collections.abc import Collection
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from environ import Env


class WrongSetting(SystemExit):
    """Ends the program with exit code 1 and its message, without a traceback, on stderr."""

    def __init__(self, name: str, fault: str, example: str):
        super().__init__(f"{name} {fault}. Example: {name}={example}")


KEY_EXAMPLE = "\"$(python3 -c 'import secrets; print(secrets.token_urlsafe(50))')\""
KEY_LENGTH = 50  # what `check --deploy` asks for
KEY_VARIETY = 5


def secret_key() -> str:
    """The one variable without a default: a known key would let anyone sign in.

    While developing (DEBUG) any key will do.
    """
    value = _text("SECRET_KEY")
    if not value:
        raise WrongSetting("SECRET_KEY", "is not set", KEY_EXAMPLE)
    too_easy = len(value) < KEY_LENGTH or len(set(value)) < KEY_VARIETY
    if too_easy and not debug():
        fault = f"is too easy to guess: it needs {KEY_LENGTH} varied characters or more"
        raise WrongSetting("SECRET_KEY", fault, KEY_EXAMPLE)
    return value


TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}


def debug() -> bool:
    """Off unless asked for: pages of errors show the inside of the site."""
    value = _text("DEBUG").lower()
    if value not in TRUE | FALSE:
        raise WrongSetting("DEBUG", f"is {value!r}, neither on (1) nor off (0)", "1")
    return value in TRUE


def base_url() -> str:
    """Where the site is reached, without a closing slash: `https://sdgs.example.jp`."""
    value = _text("BASE_URL", "http://127.0.0.1:8000")
    example = "https://sdgs.example.jp"
    url = _url("BASE_URL", value, {"http", "https"}, example)
    if not url.hostname:
        raise WrongSetting("BASE_URL", "has no host name", example)
    if url.path.strip("/") or url.query or url.fragment or url.username:
        fault = "has more than scheme, host and port: the site is served from the root"
        raise WrongSetting("BASE_URL", fault, example)
    return f"{url.scheme}://{url.netloc}"


LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]


def allowed_hosts(base_url: str) -> list[str]:
    """The names that the site answers to: the one in BASE_URL unless said otherwise."""
    hosts = [host.strip() for host in _text("ALLOWED_HOSTS").split(",") if host.strip()]
    for host in hosts:
        if "/" in host or " " in host:
            fault = f"holds {host!r}, which is not a host name (no scheme, no path, commas between)"
            raise WrongSetting("ALLOWED_HOSTS", fault, "sdgs.example.jp,www.example.jp")
    if hosts:
        return hosts
    host = urlsplit(base_url).netloc.rpartition("@")[2]
    name = host if host.endswith("]") else host.rsplit(":", 1)[0]
    return LOOPBACK if name in LOOPBACK else [name]


def database_url(default: Path) -> dict:
    """Django's description of the database: SQLite or PostgreSQL."""
    value = _text("DATABASE_URL", f"sqlite:///{default}")
    example = "postgres://user:password@127.0.0.1:5432/kiyose"
    url = _url("DATABASE_URL", value, {"sqlite", "postgres", "postgresql"}, example)
    if not url.path.strip("/"):
        raise WrongSetting("DATABASE_URL", "names no database after the host", example)
    return Env.db_url_config(value)


def redis_url() -> str:
    """The shared cache, Redis or Valkey; empty: memory of each process."""
    value = _text("REDIS_URL")
    example = "redis://127.0.0.1:6379/0"
    if value and not _url("REDIS_URL", value, {"redis", "rediss"}, example).hostname:
        raise WrongSetting("REDIS_URL", "has no host name", example)
    return value


def email_url() -> dict:
    """How mail leaves, as Django's EMAIL_… settings; by default it is printed."""
    value = _text("EMAIL_URL", "consolemail://")
    example = "smtp+tls://user:password@mail.example.jp:587"
    url = _url("EMAIL_URL", value, set(Env.EMAIL_SCHEMES), example)
    if url.scheme.startswith("smtp") and not url.hostname:
        raise WrongSetting("EMAIL_URL", "has no host name", example)
    return Env.email_url_config(value)


def media_folder(default: Path) -> Path:
    """The folder of uploaded files; empty: the one in `var/`."""
    value = _text("MEDIA_STORAGE_URL")
    if not value:
        return default
    example = "file:///srv/kiyose/media"
    url = _url("MEDIA_STORAGE_URL", value, {"file"}, example)
    if url.netloc or url.path in {"", "/"}:
        fault = "is not an absolute folder on this machine (three slashes)"
        raise WrongSetting("MEDIA_STORAGE_URL", fault, example)
    return Path(unquote(url.path))


def frontend_cache_url() -> str:
    """The Varnish in front of the site that is told what to forget; empty: none."""
    value = _text("FRONTEND_CACHE_URL")
    example = "http://127.0.0.1:6081"
    if value and not _url("FRONTEND_CACHE_URL", value, {"http", "https"}, example).hostname:
        raise WrongSetting("FRONTEND_CACHE_URL", "has no host name", example)
    return value


DEEPL_HOSTS = {"", "api.deepl.com", "api-free.deepl.com"}
TRANSLATORS = "wagtail_localize.machine_translators"


def machine_translator_url() -> dict | None:
    """The service that drafts translations, as wagtail-localize's classes want it
    (``CLASS``, ``OPTIONS``); empty: none. Text of public pages is sent to it."""
    name = "MACHINE_TRANSLATOR_URL"
    value = _text(name)
    if not value:
        return None
    example = "deepl://key@api.deepl.com"
    schemes = {"deepl", "libretranslate", "libretranslate+http", "google"}
    url = _url(name, value, schemes, example)
    # A key of DeepL's free plan ends in ":fx".
    key = unquote(url.netloc.rpartition("@")[0])
    if url.scheme == "deepl":
        if not key:
            raise WrongSetting(name, "has no key before the @", example)
        if (url.hostname or "") not in DEEPL_HOSTS:
            raise WrongSetting(name, "names a host that is not DeepL's", example)
        return {"CLASS": f"{TRANSLATORS}.deepl.DeepLTranslator", "OPTIONS": {"AUTH_KEY": key}}
    if url.scheme == "google":
        return _google_translator(name, url)
    example = "libretranslate+http://127.0.0.1:5000"
    if not url.hostname:
        raise WrongSetting(name, "has no host name", example)
    scheme = "http" if url.scheme.endswith("+http") else "https"
    address = f"{scheme}://{url.netloc.rpartition('@')[2]}{url.path.rstrip('/')}"
    return {
        "CLASS": f"{TRANSLATORS}.libretranslate.LibreTranslator",
        "OPTIONS": {"LIBRETRANSLATE_URL": address, "API_KEY": key},
    }


def _google_translator(name: str, url: SplitResult) -> dict:
    example = "google://project-id/global?credentials=/etc/kiyose/google.json"
    if not url.hostname:
        raise WrongSetting(name, "names no project", example)
    if not _is_installed("google.cloud.translate"):
        fault = "needs the package google-cloud-translate, which is not installed"
        raise WrongSetting(name, fault, "deepl://key@api.deepl.com")
    options = {"PROJECT_ID": url.hostname, "LOCATION": url.path.strip("/") or "global"}
    if credentials := dict(parse_qsl(url.query)).get("credentials"):
        options["CREDENTIALS_PATH"] = credentials
    return {"CLASS": f"{TRANSLATORS}.google.GoogleCloudTranslator", "OPTIONS": options}


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:  # not even the package it is in
        return False


def _text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def _url(name: str, value: str, schemes: Collection[str], example: str) -> SplitResult:
    """The parts of an address, after what urllib and the settings would trip over."""
    try:
        url = urlsplit(value)
        url.port  # noqa: B018  reading it is what checks it
    except ValueError as error:
        raise WrongSetting(name, f"is not an address ({error})", example) from None
    if url.scheme not in schemes:
        known = ", ".join(f"{scheme}://" for scheme in sorted(schemes))
        raise WrongSetting(name, f"must begin with one of: {known}", example)
    return url
