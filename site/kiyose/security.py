"""What a page may do, who is trying to sign in, which uploaded files leave the site, and what
is not written into a log."""

import logging
import posixpath
import re
from collections.abc import Callable, Iterator
from ipaddress import ip_address, ip_network
from traceback import format_tb

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.static import serve

GetResponse = Callable[[HttpRequest], HttpResponse]

# Wagtail's explorer and editor write scripts and styles into their pages.
ADMIN_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "object-src": [NONE],
}

ADMIN_PATH = "/admin/"

# What a person meets before signing in is as strict as a public page, and so is the page
# that shows what public pages are made of.
STRICT_IN_ADMIN = {
    "components",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
}


class AdminPolicyMiddleware:
    """Gives the admin, and nothing else, the wider policy that Wagtail needs."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_inside_admin(request):
            response._csp_replace = ADMIN_POLICY
        return response


def is_inside_admin(request: HttpRequest) -> bool:
    """Whether the address is one of the admin's that only signed-in people see."""
    match = request.resolver_match
    return (
        request.path_info.startswith(ADMIN_PATH)
        and match is not None
        and match.url_name not in STRICT_IN_ADMIN
    )


PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


class PermissionsPolicyMiddleware:
    """Tells browsers that no page of this site uses a device of its visitor."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


def client_address(request: HttpRequest) -> str | None:
    """
    Where a request comes from, to count failures to sign in: the nearest public address
    before our own proxies. What a visitor writes into the header himself stands behind it.
    """
    hops = [request.META.get("REMOTE_ADDR", "")]
    hops += reversed(request.headers.get("x-forwarded-for", "").split(","))
    known = []
    for hop in hops:
        try:
            known.append(ip_address(hop.strip()))
        except ValueError:
            continue
    if not known:
        return None
    nearest = next((address for address in known if address.is_global), known[-1])
    if nearest.version == 6:
        # One customer has 2**64 addresses to try from.
        nearest = ip_network((nearest, 64), strict=False).network_address
    return str(nearest)


# Pictures as pages show them, the portraits that staff choose for the admin, the official
# icons of the goals, which are to be shown unaltered, and the mark of the certificate.
PUBLIC_MEDIA = ("images/", "avatar_images/", "official_artwork/", "certification_mark/")
# Photographs as they were uploaded: they can tell where and when they were taken.
ORIGINALS = "original_images/"


def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """
    Uploaded pictures, from the local disk. Originals are for people of the admin, and
    documents are not here at all: Wagtail's own view asks who may see them.
    """
    path = posixpath.normpath(path).lstrip("/")
    allowed = path.startswith(PUBLIC_MEDIA) or (
        path.startswith(ORIGINALS) and request.user.has_perm("wagtailadmin.access_admin")
    )
    if not allowed:
        raise Http404
    return serve(request, path, document_root=settings.MEDIA_ROOT)


# A part of an address that nobody could guess: whoever has it can open what is behind it.
KEY = re.compile(r"(?<![\w-])[\w-]{32,}(?![\w-])")


class WithoutKeys(logging.Filter):
    """Takes the keys of private links out of every line: Django writes down the address of
    whatever is not found or fails. Of an error the kinds and places stay, and its text goes:
    a database quotes the row that it refuses, a mail server the address."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = KEY.sub("…", record.getMessage()), ()
        if record.exc_info and record.exc_info[1]:
            # What a formatter finds here it does not write itself.
            record.exc_text = _kinds_and_places(record.exc_info[1])
        return True


def _kinds_and_places(error: BaseException) -> str:
    """An error and those that it came from, without their texts, the first one first."""
    lines = []
    for each in reversed(list(_chain(error))):
        lines += ["Traceback (most recent call last):\n", *format_tb(each.__traceback__)]
        lines.append(f"{type(each).__module__}.{type(each).__qualname__}\n")
    return "".join(lines).rstrip()


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
