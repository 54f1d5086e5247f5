"""A text in sentences, and a sentence in words (by Sudachi)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..script import HAS_KANJI
from ..sudachi import tokenizer

# A sentence ends with its stop and whatever closes behind it, or with its line. A label is a
# piece of its own (見本：…).
SENTENCE = re.compile(r"[^。！？!?：\n]+(?:[。！？!?：]+[」』）)]*|(?=\n|\Z))|[。！？!?：]+")
STOPS = "。！？!?："
LABEL = "："

# 清瀬市（きよせし）: the reading of what stands before it.
READING = re.compile(r"[（(][ぁ-ゖァ-ヺー・\s　]+[）)]")
# 「けやき通り」: a name, or words that people meet on a sign.
QUOTED = re.compile(r"(?<=「)[^「」\n]+(?=」)|(?<=『)[^『』\n]+(?=』)")
# 実施（すること）: whatever is explained in brackets. No pattern here goes back on its way, so that
# a text of any length is read once.
EXPLAINED = re.compile(
    "(?<![A-Za-zァ-ヺー・々一-鿿])[A-Za-zァ-ヺー・々一-鿿]++(?=[（(][^0-9０-９])"
)
ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s「」（）、。]+"
    r"|(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]++@[A-Za-z0-9.-]+"
)
# Sudachi takes a run of Greek letters for one noun (a symbol would join the brackets beside it).
COVER = "Δ"


@dataclass(frozen=True)
class Word:
    """surface: as it is written; kind: part of speech (名詞, 助詞 …) and its kind; base: its
    dictionary form; normal: the form that joins spellings; start and end in the sentence."""

    surface: str
    kind: tuple[str, str]
    base: str
    normal: str
    start: int
    end: int

    @property
    def is_blank(self) -> bool:
        return self.kind[0] == "空白"


@dataclass(frozen=True)
class Sentence:
    """text: with its stop; start: where it stands; is_alone: the whole text is this one
    sentence and its label, so that without a stop it may be a heading."""

    text: str
    start: int
    is_alone: bool

    @cached_property
    def prose(self) -> str:
        """The sentence with what is nobody's own wording covered, character by character:
        addresses, what brackets explain, and what stands in 「」, as on its sign."""
        return _covered(self.text, EXPLAINED, READING, ADDRESS, QUOTED)

    @cached_property
    def without_readings(self) -> str:
        """What is read and counted: no readings, no addresses, no blanks, no stop."""
        text = ADDRESS.sub("", READING.sub("", self.text))
        return re.sub(rf"[\s　{STOPS}]", "", text)

    @cached_property
    def kanji(self) -> int:
        return len(HAS_KANJI.findall(self.without_readings))

    @cached_property
    def words(self) -> list[Word]:
        """The words of ``prose``, without blanks."""
        return [word for word in words_in(self.prose) if not word.is_blank]


def sentences_in(text: str) -> Iterator[Sentence]:
    """The sentences of a text in their order; blanks around them belong to none."""
    found = [
        (match.group().strip(), match.start() + _blanks_before(match.group()))
        for match in SENTENCE.finditer(text)
        if match.group().strip(STOPS + " 　\t\r\n")
    ]
    is_alone = sum(not sentence.endswith(LABEL) for sentence, _start in found) == 1
    for sentence, start in found:
        yield Sentence(sentence, start, is_alone)


def words_in(text: str) -> Iterator[Word]:
    """The words of a sentence. Sudachi refuses more than 49,149 bytes."""
    for found in tokenizer().tokenize(text):
        kind = found.part_of_speech()
        yield Word(
            surface=found.surface(),
            kind=(kind[0], kind[1]),
            base=found.dictionary_form(),
            normal=found.normalized_form(),
            start=found.begin(),
            end=found.end(),
        )


def _covered(text: str, *patterns: re.Pattern) -> str:
    for pattern in patterns:
        text = pattern.sub(lambda match: COVER * len(match.group()), text)
    return text


def _blanks_before(text: str) -> int:
    return len(text) - len(text.lstrip())
