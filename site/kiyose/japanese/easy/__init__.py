"""Easy Japanese (やさしい日本語): what a program can check of a text.

The rules follow 在留支援のためのやさしい日本語ガイドライン (Immigration Services Agency and Agency
for Cultural Affairs). A program finds long sentences and hard words; whether people understand
the text, a person confirms.

* ``finding``   what is told about a text
* ``sentences`` a text in sentences, and a sentence in words
* ``rules``     the table of rules, one small function each
* ``wording``   hard words with easier ones, and katakana words that everybody knows
"""

from .finding import Finding, Severity
from .rules import LONGEST_TEXT, RULES, TextTooLongError, check

__all__ = ["LONGEST_TEXT", "RULES", "Finding", "Severity", "TextTooLongError", "check"]
