"""``/opendata/``: the catalogue, and the file of each dataset in each format."""

from __future__ import annotations

from hashlib import sha256

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kiyose.pages.languages import html_language, language_tags
from kiyose.pages.outside import FrameOutsideTheTree
from kiyose.pages.views import chosen_language

from .dataset import datasets
from .formats import FORMATS
from .publisher import LICENCE, LICENCE_URL, attribution, publisher_for
from .structured_data import structured_data


@require_safe
def catalogue(request):
    """What there is, what it means and how it may be used; in the language that the address
    asks for (``?lang=en``), else the browser."""
    language = chosen_language(request)
    with translation.override(language):
        response = _catalogue(request)
    response.headers["Content-Language"] = html_language(language)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _catalogue(request) -> HttpResponse:
    furniture = FrameOutsideTheTree(request, _("Open data"), reverse("open_data"))
    description = _(
        "The facts and figures of this site as files for spreadsheets and programs, free to use."
    )
    known = datasets().values()
    # The same things in other columns are counted once.
    extents = {extent: extent() for extent in {dataset.extent for dataset in known}}
    entries = [(dataset, extents[dataset.extent]) for dataset in known]
    site_name = furniture.home["title"]
    context = {
        "furniture": furniture,
        "description": description,
        "entries": [
            {
                "dataset": dataset,
                "extent": extent,
                "attribution": attribution(site_name, dataset.title),
            }
            for dataset, extent in entries
        ],
        "formats": FORMATS,
        "licence": {"name": LICENCE, "url": LICENCE_URL},
        "structured_data": structured_data(furniture, description, entries),
    }
    return render(request, "opendata/catalogue.html", context)


@require_http_methods(["GET", "HEAD", "OPTIONS"])
def dataset_file(request, name: str, extension: str):
    """A dataset as a file, for people and for programs of other sites.

    Whoever has it already gets it again only when it has changed. It tells no date of its
    last change: states change with the calendar and words with their translations, so only
    the content itself is a sure sign.
    """
    dataset, form = datasets().get(name), FORMATS.get(extension)
    if dataset is None or form is None:
        raise Http404
    if request.method == "OPTIONS":
        return _preflight()
    content = form.write(dataset, request)
    etag = quote_etag(sha256(content).hexdigest())
    filename = f"{name}.{extension}"
    if code := publisher_for(request).city_code:  # as Japanese cities call their open data
        filename = f"{code}_{filename}"
    headers = {
        "ETag": etag,
        # May be kept, but is asked for each time: an approved figure is public at once.
        "Cache-Control": "public, no-cache",
        "Content-Disposition": content_disposition_header(form.is_download, filename),
    }
    response = HttpResponse(content, content_type=form.content_type, headers=headers)
    response = get_conditional_response(request, etag=etag, response=response)
    # Also of a 304, which would else correct what a cache knows of the file.
    languages = ", ".join(language_tags())
    response.headers["Content-Language"] = languages
    return _for_other_sites(response)


def _preflight() -> HttpResponse:
    """What a browser asks before a page of another site may send an ETag back."""
    response = HttpResponse(status=204)
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return _for_other_sites(response)


def _for_other_sites(response: HttpResponse) -> HttpResponse:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag"
    return response
