"""Every address of the site. May name any app: this is where they are put together."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from kiyose.health import healthz, readyz
from kiyose.pages.routing import serve
from kiyose.pages.views import root, short_address
from kiyose.security import serve_media

handler404 = "kiyose.pages.views.page_not_found"
handler500 = "kiyose.pages.views.server_error"

urlpatterns = [
    path("", root),
    path("healthz", healthz),
    path("readyz", readyz),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("p/<int:number>/", short_address, name="short_address"),
    path("opendata/", include("kiyose.opendata.urls")),
    path("verify/", include("certified_orgs.urls")),
]

# Pictures on the local disk; a web server in front may take these addresses itself.
urlpatterns.append(re_path(rf"^{settings.MEDIA_URL.lstrip('/')}(?P<path>.*)$", serve_media))

# Calendars below a page have the name of a file; Wagtail's own addresses end with a slash.
CALENDARS = r"^((?:[\w\-]+/)+[\w\-]+\.ics)$"

urlpatterns += i18n_patterns(
    re_path(serve_pattern, serve, name="wagtail_serve"),
    re_path(CALENDARS, serve),
    path("", include(wagtail_urls)),
    prefix_default_language=True,
)
