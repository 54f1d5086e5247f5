"""What the site is made of: apps, middleware, templates."""

from . import environment
from .paths import ROOT

# Ours come first, so that our templates and words win over the libraries'.
INSTALLED_APPS = [
    "home",
    "events",
    "certified_orgs",
    "projects",
    "sdgs",
    "kiyose.translation",
    "kiyose.tables",
    "kiyose.opendata",
    "kiyose.pages",
    "kiyose.japanese",
    "kiyose.words",
    "wagtail_localize",
    # Not wagtail_localize.locales: it would fill other languages with alias pages.
    "wagtail.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
]

if environment.frontend_cache_url():
    INSTALLED_APPS.append("wagtail.contrib.frontend_cache")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    # Inside CSPMiddleware, which writes the policy chosen here into the header.
    "kiyose.security.AdminPolicyMiddleware",
    "kiyose.security.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kiyose.pages.middleware.PrefixOnlyLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Inside CommonMiddleware, which measures the page; outside all that makes one.
    "kiyose.pages.furigana.middleware.FuriganaMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kiyose.pages.middleware.PublishingRuleMiddleware",
    "kiyose.pages.middleware.OfTheMomentMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "site" / "kiyose" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

ROOT_URLCONF = "kiyose.urls"
WSGI_APPLICATION = "kiyose.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
