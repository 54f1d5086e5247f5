"""Languages, and how Wagtail treats pages and text."""

from . import environment

LANGUAGE_CODE = "ja"
# Each name in its own language. Adding a language: one line here, one locale in the admin.
LANGUAGES = [("ja", "日本語"), ("en", "English"), ("ja-easy", "やさしい日本語")]
USE_I18N = True

TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
FIRST_DAY_OF_WEEK = 0  # Sunday, as on every calendar in Japan

WAGTAIL_SITE_NAME = "きよせSDGs"
WAGTAILADMIN_BASE_URL = environment.base_url()
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# In these languages no page is public that no person has read (kiyose/translation/reviews.py).
TRANSLATION_REVIEW_REQUIRED = ("ja-easy",)
WAGTAILADMIN_PERMITTED_LANGUAGES = [
    ("ja", "日本語"),
    ("en", "English"),
    ("ja-easy", "やさしい日本語"),
]
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]

# Slugs are the same in every language, so they are ASCII.
WAGTAIL_ALLOW_UNICODE_SLUGS = False

# A translation is published by a person, never by being created.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# Nothing is embedded: a page asks no other site for anything.
WAGTAILEMBEDS_FINDERS = []

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Long pages with many blocks pass Django's 1,000 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
