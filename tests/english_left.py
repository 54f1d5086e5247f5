"""English that is left on a page of the admin in Japanese."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Comment, Doctype

from kiyose.japanese.script import has_japanese

WORD = re.compile(r"[A-Za-z]{3,}")
SPOKEN = ("aria-label", "title", "placeholder", "alt")
UNSEEN = ["script", "style", "svg"]


def texts_of(html: str) -> list[str]:
    """What people see or hear of a page: texts, also in templates for scripts, and what is read
    out of attributes."""
    soup = BeautifulSoup(html, "html5lib")
    # What is marked as English is English on purpose: the names of marks, for searching.
    for tag in [*soup.find_all(UNSEEN), *soup.select("body [lang|=en]")]:
        tag.decompose()
    found = [
        " ".join(text.split())
        for text in soup.find_all(string=lambda each: not isinstance(each, Comment | Doctype))
    ]
    for tag in soup.find_all(True):
        found += [" ".join(str(tag[name]).split()) for name in SPOKEN if tag.get(name)]
        if tag.name == "input" and tag.get("type") == "submit":
            found.append(tag.get("value", ""))
    return [text for text in found if text]


def english_left(html: str, allowed: re.Pattern) -> list[str]:
    """Texts with an English word in them and nothing Japanese. allowed: names, and content."""
    return sorted(
        {
            text
            for text in texts_of(html)
            if WORD.search(text) and not has_japanese(text) and not allowed.fullmatch(text)
        }
    )
