"""Keys, hosts, HTTPS, sign-in and the Content-Security-Policy."""

from datetime import timedelta

from csp.constants import NONE, SELF

from . import environment

SECRET_KEY = environment.secret_key()
DEBUG = environment.debug()

BASE_URL = environment.base_url()
ALLOWED_HOSTS = environment.allowed_hosts(BASE_URL)
CSRF_TRUSTED_ORIGINS = [BASE_URL]

HTTPS = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
# Probes inside the machine room speak plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]

if HTTPS:
    # Browsers remember for a year to use HTTPS only.
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    # The web server of this site speaks no TLS itself, so with an https address there is a
    # proxy before it, whose word is taken for what the visitor used. That proxy must set
    # X-Forwarded-Proto itself, never pass on a visitor's (deploy/README.md).
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# Everything from this site, nothing inline, nothing from anywhere else. The admin's wider
# policy is in kiyose/security.py. Frames of this site only: Wagtail's preview panel is one.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# The limiter comes first: it refuses before a password is even looked at.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "wagtailadmin_login"

# Failures are counted where every process sees them: the shared cache, else the database.
AXES_HANDLER = (
    "axes.handlers.cache.AxesCacheHandler"
    if environment.redis_url()
    else "axes.handlers.database.AxesDatabaseHandler"
)
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# One person at one address. A whole town hall shares an address, and a name alone would
# let anybody lock out anybody.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "kiyose.security.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # no lasting record of when staff work, and from where
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "429.html"

# The admin asks nobody else: no pictures from Gravatar, no news from Wagtail.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
