"""The city's terms for translators: names that are true, so none of them is a sample."""

from __future__ import annotations

from kiyose.translation.glossary.languages import locales
from kiyose.translation.models import GlossaryTerm, GlossaryTranslation

from .files import read

OWN_KEYS = {"term", "reading", "note"}


def load(loader) -> None:
    """Terms of glossary.yml that are not there yet, agreed and with their translations.

    loader: has the source language. What is there stays as staff have left it.
    """
    languages = locales()
    known = set(GlossaryTerm.objects.filter(locale=loader.source).values_list("term", flat=True))
    for item in read("glossary"):
        if item["term"] in known:
            continue
        term = GlossaryTerm(locale=loader.source, live=False)
        for name in OWN_KEYS & item.keys():
            setattr(term, name, item[name])
        term.translations = [
            GlossaryTranslation(
                locale=languages[code],
                translation=words["is"],
                also_accepted="\n".join(words.get("also", [])),
            )
            for code, words in item.items()
            if code not in OWN_KEYS and code in languages
        ]
        term.full_clean()
        term.save()
        term.save_revision().publish()
