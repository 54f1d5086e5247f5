"""Two hundred sentences of the city's proposal, every reading of which a person has checked.

`proposal_phrases.txt` holds their phrases (not the sentences), sorted, each once. How they were
chosen, and what was wrong at first, is told in docs/furigana.md.
"""

from __future__ import annotations

from .reading_aloud import HERE, joined, marked, plain


def test_all_readings_are_right():
    phrases = (HERE / "proposal_phrases.txt").read_text(encoding="utf-8").splitlines()
    assert len(phrases) > 1_300
    wrong = [phrase for phrase in phrases if joined(marked(plain(phrase))) != joined(phrase)]
    assert not wrong
