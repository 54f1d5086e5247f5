"""Which terms stand in a text, and whether a translation says them as the glossary does.

* The longest term wins: in 清瀬国際交流会 the term 国際交流 is not reported again.
* A term is found inside inflected and compound words, as Japanese has no spaces; but one that
  begins or ends in Latin letters, digits or katakana is not found in the middle of a longer run
  of these (RIT in "British", マーク in ベンチマーク).
* A translation follows the glossary if it holds one of the accepted forms. In languages with
  spaces each word of it may stand in the plural or the possessive: a final s, es or 's makes no
  difference, and y is as good as ies. Irregular plurals (people, leaves) are entered as "also
  accepted".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings

from kiyose.japanese.script import has_japanese

from ..plain import without_tags
from .folding import folded

LATIN = "a-z0-9\u00c0-\u024f"
KATAKANA = "\u30a1-\u30fa\u30fc"
RUNS = tuple(re.compile(f"[{letters}]") for letters in (LATIN, KATAKANA))
ENDINGS = r"(?:'?s|es|s')?"


@dataclass(frozen=True)
class Found:
    """A term that stands in a text. translation: into the language asked for, "" where the
    glossary has none; also: further forms that are accepted."""

    pk: int
    term: str
    reading: str
    note: str
    translation: str
    also: tuple[str, ...] = ()

    @cached_property
    def key(self) -> str:
        return folded(self.term)

    @cached_property
    def _accepted(self) -> list[re.Pattern]:
        forms = (folded(form) for form in (self.translation, *self.also))
        return [_form(form) for form in forms if form]

    def is_followed_by(self, translation: str) -> bool:
        """Whether a translation (folded) says the term as the glossary does. A term without
        a translation asks for nothing."""
        return not self._accepted or any(form.search(translation) for form in self._accepted)


class Glossary:
    """The terms of one language and what they are called in another, read once.

    source, target: language codes. Two queries, however many terms there are.
    """

    def __init__(self, source: str, target: str):
        from ..models import GlossaryTerm, GlossaryTranslation

        words = {
            row.term_id: row
            for row in GlossaryTranslation.objects.filter(
                term__live=True,
                term__locale__language_code=source,
                locale__language_code=target,
            )
        }
        terms = GlossaryTerm.objects.filter(live=True, locale__language_code=source)
        found = [
            Found(
                term.pk,
                term.term,
                term.reading,
                term.note,
                words[term.pk].translation if term.pk in words else "",
                tuple(words[term.pk].accepted_forms) if term.pk in words else (),
            )
            for term in terms
        ]
        self.terms = sorted(found, key=lambda each: -len(each.key))

    def terms_in(self, text: str) -> list[Found]:
        """The terms that stand in the text, in the order of the text. Markup is left out."""
        text = folded(without_tags(text))
        taken = bytearray(len(text))
        first: dict[int, Found] = {}
        seen = set()
        for term in self.terms:
            for place in _places(term.key, text):
                end = place + len(term.key)
                if any(taken[place:end]):
                    continue
                taken[place:end] = b"\1" * (end - place)
                if term.pk not in seen:
                    seen.add(term.pk)
                    first[place] = term
        return [first[place] for place in sorted(first)]

    def ignored_in(self, text: str, translation: str) -> list[Found]:
        """The terms of the text that its translation says otherwise."""
        found = self.terms_in(text)
        said = folded(without_tags(translation)) if found else ""
        return [term for term in found if not term.is_followed_by(said)]


def terms_in(text: str, locale: str, source: str = "") -> list[Found]:
    """The terms of the glossary in a text, with what they are called in the language ``locale``.

    source: the language of the text, by default that in which pages are written. For many texts
    make one ``Glossary`` and ask it.
    """
    return Glossary(source or settings.LANGUAGE_CODE, locale).terms_in(text)


def _places(term: str, text: str) -> Iterator[int]:
    """Where a term begins; never in the middle of a run of its own letters."""
    place = text.find(term)
    while place >= 0:
        end = place + len(term)
        if not _continues(text[place - 1 : place], term[0]) and not _continues(
            term[-1], text[end : end + 1]
        ):
            yield place
        place = text.find(term, place + 1)


def _continues(one: str, next_one: str) -> bool:
    """Whether two neighbours belong to one run of Latin letters or of katakana."""
    return bool(one and next_one) and any(run.match(one) and run.match(next_one) for run in RUNS)


def _form(form: str) -> re.Pattern:
    """How an accepted form may stand in a translation."""
    if has_japanese(form):
        return re.compile(re.escape(form))
    words = r"[\s-]+".join(_word(word) for word in re.split(r"[\s-]+", form) if word)
    return re.compile(rf"(?<![{LATIN}]){words}(?![{LATIN}])")


def _word(word: str) -> str:
    if len(word) > 2 and word.endswith("y"):
        return rf"{re.escape(word[:-1])}(?:y(?:'s)?|ies)"
    return re.escape(word) + ENDINGS
