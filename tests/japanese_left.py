"""Japanese that is left on a page in another language, and not marked as Japanese."""

from __future__ import annotations

import json
import re

from bs4 import BeautifulSoup, Comment, Doctype, NavigableString, Tag

from kiyose.japanese.script import JAPANESE

# Kana and kanji, and the punctuation and full-width letters that come with them.
TRACE = re.compile(rf"{JAPANESE.pattern}|[\u3000-\u303f\uff01-\uff65\uffe0-\uffee]")
AROUND = 30  # characters shown on each side


def japanese_left(html: str) -> list[str]:
    """Where Japanese stands outside of elements whose nearest `lang` is Japanese, and the words.

    In text, in every attribute (alt, title, aria-label, placeholder, value, content …), in the
    title, in metadata and in JSON-LD.
    """
    soup = BeautifulSoup(html, "html5lib")
    return [
        f"{_place(tag)}{where}: “{_shortened(text)}”"
        for tag in soup.find_all(True)
        if not _is_marked(tag)
        for where, text in _texts(tag)
        if TRACE.search(text)
    ]


def _texts(tag: Tag):
    """What stands in the tag itself, not in the tags inside: (where, text)."""
    for name, value in tag.attrs.items():
        yield f" [{name}]", " ".join(value) if isinstance(value, list) else value
    for child in tag.children:
        if isinstance(child, NavigableString) and not isinstance(child, Comment | Doctype):
            yield "", _spelled_out(child) if tag.name == "script" else str(child)


def _spelled_out(script: str) -> str:
    r"""JSON with its \u65e5 as characters; other scripts as they are."""
    try:
        return json.dumps(json.loads(script), ensure_ascii=False)
    except ValueError:
        return script


def _is_marked(tag: Tag) -> bool:
    for each in (tag, *tag.parents):
        if language := each.get("lang"):
            return language.split("-")[0] == "ja"
    return False


def _place(tag: Tag) -> str:
    """The way to the tag as a reader of the source would look for it."""
    way = [each for each in (*reversed(list(tag.parents)), tag) if each.name != "[document]"]
    return " > ".join(_name(each) for each in way[-4:])


def _name(tag: Tag) -> str:
    known_by = tag.get("id") or tag.get("property") or tag.get("name") or ""
    classes = "".join(f".{name}" for name in tag.get("class", []))
    return f"{tag.name}{classes}{known_by and f'#{known_by}'}"


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    found = TRACE.search(text)
    begin = max(found.start() - AROUND, 0)
    return text[begin : found.end() + AROUND] if found else text
