"""Database, cache, tasks, mail, machine drafts and the cache in front: what the environment may
replace."""

from urllib.parse import urlsplit

from . import environment
from .paths import VAR


def sqlite(config: dict) -> dict:
    """SQLite as a web site needs it: readers beside one writer, and a writer that waits."""
    VAR.mkdir(exist_ok=True)
    return config | {
        # A write transaction takes its lock at the start: one that is taken later fails at
        # once instead of waiting. (So never ATOMIC_REQUESTS: each reader would lock.)
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
        # A file, because the live server of browser tests is another thread: with a
        # database in memory it meets "database table is locked".
        "TEST": {"NAME": str(VAR / "test.sqlite3")},
    }


def postgresql(config: dict) -> dict:
    """PostgreSQL with connections that are kept, and checked before they are used again."""
    return config | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def database() -> dict:
    """The one database."""
    config = environment.database_url(VAR / "db.sqlite3")
    return sqlite(config) if "sqlite3" in config["ENGINE"] else postgresql(config)


DATABASES = {"default": database()}

REDIS_URL = environment.redis_url()

if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "kiyose",
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# With services around it, the site leaves slow work to a worker (`manage.py db_worker`,
# started by deploy/serve.py); alone, it does the work at once.
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if REDIS_URL
        else "django_tasks.backends.immediate.ImmediateBackend"
    }
}

# EMAIL_BACKEND, EMAIL_HOST and their sisters, in one go.
globals().update(environment.email_url())
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = f"no-reply@{urlsplit(environment.base_url()).hostname}"

if FRONTEND_CACHE_URL := environment.frontend_cache_url():
    WAGTAILFRONTENDCACHE = {
        "varnish": {
            "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
            "LOCATION": FRONTEND_CACHE_URL,
        }
    }

# None unless asked for. wagtail-localize asks the one that watches over the service's own.
if MACHINE_TRANSLATOR := environment.machine_translator_url():
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "kiyose.translation.machine.guarded.GuardedTranslator",
        "OPTIONS": MACHINE_TRANSLATOR,
    }
