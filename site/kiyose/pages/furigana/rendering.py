"""A page with furigana, read once and then remembered.

What is kept is where ruby stands in a page of just this HTML, so a second visit neither parses
nor reads anything. All that readings depend on is part of the key: an edited reading, a reading
of the page, a new Sudachi dictionary or a new rule shows at once.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from django.core.cache import cache

from kiyose import japanese
from kiyose.japanese.furigana.city import city_lexicon
from kiyose.japanese.furigana.lexicon import Lexicon
from kiyose.japanese.furigana.markup import Change, changes, with_ruby
from kiyose.japanese.furigana.reading import read

ONE_DAY = 24 * 60 * 60
# Differs at each visit, and is as long each time: the places of the words stay the same.
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')


def with_furigana(html: str, page: Lexicon) -> str:
    """The same page with ruby over its words. page: the readings that hold on it alone."""
    city = city_lexicon()
    text = hashlib.sha256(TOKEN.sub(r"\1", html).encode()).hexdigest()
    key = f"furigana:{_rules()}:{city.fingerprint}:{page.fingerprint}:{text}"
    known = cache.get(key)
    if known is None:
        found = changes(html, lambda text: read(text, city, page))
        known = [tuple(change) for change in found]
        cache.set(key, known, ONE_DAY)
    return with_ruby(html, [Change(*change) for change in known])


@lru_cache(maxsize=1)
def _rules() -> str:
    """Stands for the program and the dictionary by which pages are read."""
    digest = hashlib.sha256(version("sudachidict_core").encode())
    # All of the package: readings depend on scripts and names as well.
    for file in sorted(Path(japanese.__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
