"""The catalogue for search engines, in the vocabulary of schema.org (JSON-LD)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from kiyose.pages.addresses import absolute
from kiyose.pages.furniture import Furniture
from kiyose.pages.languages import language_tags

from .dataset import Column, Dataset, Extent
from .formats import FORMATS, json_text
from .publisher import LICENCE_URL

# Within <script> nothing may look like an end of it.
ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&"}


def structured_data(
    furniture: Furniture, description: str, entries: list[tuple[Dataset, Extent]]
) -> SafeString:
    """A block of data for the page's head, in the language of the page. It is not a script:
    no browser runs it, so the Content-Security-Policy has nothing against it."""
    publisher = {"@type": "GovernmentOrganization", "name": furniture.home["title"]}
    catalogue = {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "name": furniture.title,
        "description": description,
        "url": furniture.canonical_url,
        "inLanguage": furniture.html_lang,
        "license": LICENCE_URL,
        "publisher": publisher,
        "dataset": [_dataset(*entry, furniture, publisher) for entry in entries],
    }
    return mark_safe(json_text(catalogue).translate(ESCAPES))  # noqa: S308


def _names(column: Column, language: str) -> list[str]:
    """What a column is called; in another language than that of its name, what it holds: here
    nothing says in which language a word is."""
    is_foreign = column.language and column.language != language
    return [str(column.holds)] if is_foreign else column.names


def _dataset(dataset: Dataset, extent: Extent, furniture: Furniture, publisher: dict) -> dict:
    return {
        "@type": "Dataset",
        "name": str(dataset.title),
        "description": str(dataset.description),
        "identifier": absolute(f"{reverse('open_data')}#{dataset.name}"),
        "url": f"{furniture.canonical_url}#{dataset.name}",
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "inLanguage": list(language_tags()),
        "creator": publisher,
        **({"dateModified": extent.updated} if extent.updated else {}),
        "variableMeasured": [
            name for column in dataset.columns for name in _names(column, furniture.html_lang)
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": each.media_type,
                "contentUrl": absolute(reverse("open_data_file", args=[dataset.name, extension])),
            }
            for extension, each in FORMATS.items()
        ],
    }
