"""The rules of easy Japanese, as a table.

A rule looks at one sentence and yields what it finds there. What stands in 「」, what is explained
in brackets behind it, readings and addresses are not looked at (``Sentence.prose``): a name has
to be recognised on its sign, however hard it is.

| rule | finds | from the guideline's chapter on |
|---|---|---|
| ``long_sentence`` | more than 30 characters (a hint: more than 24) | short sentences |
| ``many_kanji`` | more than 13 kanji in a sentence | few kanji |
| ``kanji_in_a_row`` | six kanji or more without a pause | few kanji |
| ``double_negative`` | 〜ないことはない, 〜なければなりません | no double negatives |
| ``passive`` | れる・られる, passive or "can" | no passive, no causative |
| ``respect`` | 尊敬語 and 謙譲語 | です・ます only |
| ``enumeration`` | three things in one sentence | lists |
| ``noun_at_the_end`` | 体言止め | whole sentences |
| ``date`` ``time`` ``era`` | 8/15, 20時, 令和8年 | dates and times |
| ``hard_word`` | a word for which there is an easier one | easy words |
| ``katakana_word`` | 外来語 that not everybody knows | easy words |
| ``no_furigana`` | kanji without a reading (once in a text) | furigana |
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice, takewhile

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..script import HAS_KANJI, KANJI
from .clock import dates_in, eras_in, times_in
from .finding import Finding, Severity
from .sentences import COVER, LABEL, STOPS, Sentence, Word, sentences_in
from .wording import conjugated, everyday_katakana, fixed, hard_words

LONGEST_TEXT = 100_000
MOST_FINDINGS = 200

LONGEST_SENTENCE, AIM = 30, 24
# Longer ones are to be divided; nobody needs to know what else is wrong in them.
LONGEST_LOOKED_AT = 500
MOST_KANJI = 13
KANJI_ROW = re.compile(f"[{KANJI}]{{6,}}")
KATAKANA = re.compile("[ァ-ヺー]{2,}")

DOUBLE_NEGATIVE = re.compile(
    r"な(?:く|い)\s*(?:は|も|こと[はも]?|わけ(?:で)?[はも]?|とは|もので[はも]?)"
    r"[^。、]{0,6}?(?:ない|ありません|いえません|言えません|ません)"
)
DUTY = re.compile(
    r"な(?:ければ|くては|いと|きゃ)\s*(?:なりません|ならない|いけません|いけない|だめ)"
    r"|ざるを\s*得(?:ない|ません)"
    r"|(?:ない|ず)に?では?\s*(?:いられ|すま|おかな)\w*"
)

PASSIVE = {"れる", "られる"}
# Verbs of respect and of modesty, with their plain ones.
RESPECT = {
    "いらっしゃる": "います、来ます、行きます",
    "おっしゃる": "言います",
    "召し上がる": "食べます、飲みます",
    "なさる": "します",
    "為さる": "します",
    "御覧": "見ます",
    "頂く": "もらいます、食べます、飲みます",
    "いただく": "もらいます、食べます、飲みます",
    "致す": "します",
    "申す": "言います",
    "申し上げる": "言います",
    "参る": "行きます、来ます",
    "伺う": "聞きます、行きます",
    "拝見": "見ます",
    "拝聴": "聞きます",
    "存ずる": "知っています、思います",
    "存じる": "知っています、思います",
    "御座る": "あります、です",
    "ござる": "あります、です",
    "おる": "います",
    "賜る": "もらいます",
    "差し上げる": "あげます",
    "お越し": "来ます",
    "お出で": "来ます、います",
}
POLITE_PREFIX = "御"
# Everybody learns it with the first greetings.
EVERYDAY_POLITENESS = {"願う", "願い"}
# These become something, and nobody is respected by it.
THINGS = {"金", "祭り", "まつり", "年寄り", "湯", "酒", "昼", "休み", "飯"}
MADE_POLITE_BY = {"為る", "致す", "下さる", "頂く", "申し上げる", "なさる"}

NOMINAL = {"名詞", "代名詞", "接尾辞"}
NOUNS = NOMINAL | {"接頭辞", "形状詞", "連体詞", "形容詞"}
SEPARATORS = {"、", "，", "・", "や", "と", "か", "及び", "および", "並びに"}
THREE_THINGS = re.compile("[NTの]*[NT](?:S[NTの]*[NT]){2,}")


class TextTooLongError(ValueError):
    """More than anybody reads at once; nothing was checked."""


def long_sentence(sentence: Sentence) -> Iterator[Finding]:
    length = len(sentence.without_readings)
    if length > LONGEST_SENTENCE:
        message = ngettext(
            "%(count)d character in one sentence; 30 at most. Say one thing in each sentence.",
            "%(count)d characters in one sentence; 30 at most. Say one thing in each sentence.",
            length,
        )
        yield _whole(sentence, "long_sentence", message % {"count": length})
    elif length > AIM:
        message = ngettext(
            "%(count)d character in one sentence. Up to 24 are easy to read.",
            "%(count)d characters in one sentence. Up to 24 are easy to read.",
            length,
        )
        yield _whole(sentence, "long_sentence", message % {"count": length}, Severity.HINT)


def many_kanji(sentence: Sentence) -> Iterator[Finding]:
    if sentence.kanji > MOST_KANJI:
        message = ngettext(
            "%(count)d kanji in one sentence; 13 at most.",
            "%(count)d kanji in one sentence; 13 at most.",
            sentence.kanji,
        )
        yield _whole(sentence, "many_kanji", message % {"count": sentence.kanji})


def kanji_in_a_row(sentence: Sentence) -> Iterator[Finding]:
    for match in KANJI_ROW.finditer(sentence.prose):
        message = _("Six kanji or more in a row. Divide them, or say it in other words.")
        yield _at(sentence, match.span(), "kanji_in_a_row", message)


def double_negative(sentence: Sentence) -> Iterator[Finding]:
    for match in DOUBLE_NEGATIVE.finditer(sentence.prose):
        message = _("Two negatives in one sentence. Say it without them.")
        yield _at(sentence, match.span(), "double_negative", message)
    for match in DUTY.finditer(sentence.prose):
        message = _("Two negatives that mean a duty. Say what to do.")
        suggestion = "〜てください。〜ことが 必要です。"
        yield _at(sentence, match.span(), "double_negative", message, suggestion=suggestion)


def passive(sentence: Sentence) -> Iterator[Finding]:
    words = sentence.words
    for number, word in enumerate(words):
        if word.kind[0] == "助動詞" and word.base in PASSIVE and number:
            span = (words[number - 1].start, word.end)
            message = _("れる・られる: passive, or “can”. Say who does it, or what one can do.")
            suggestion = "〜が 〜します。〜ことが できます。"
            yield _at(sentence, span, "passive", message, suggestion=suggestion)


def respect(sentence: Sentence) -> Iterator[Finding]:
    message = _("Respectful or modest form. です and ます are polite enough.")
    words = sentence.words
    for number, word in enumerate(words):
        plain = RESPECT.get(word.normal) or RESPECT.get(word.base)
        if plain:
            yield _at(sentence, (word.start, word.end), "respect", message, suggestion=plain)
        elif last := _made_polite(words, number):
            span = (word.start, last.end)
            yield _at(sentence, span, "respect", message, suggestion="〜ます。〜て ください。")


def _made_polite(words: list[Word], number: int) -> Word | None:
    """The last word of お送りします, ご利用ください, お読みになります; None for anything else."""
    word, rest = words[number], words[number + 1 :]
    if word.kind[0] == "接頭辞" and word.normal == POLITE_PREFIX and rest:
        can_be_becoming = rest[0].surface not in THINGS
        if rest[0].normal in EVERYDAY_POLITENESS:
            return None
        rest = rest[1:]
    elif word.kind[0] == "名詞" and word.surface[0] in "おご御" and len(word.surface) > 2:
        can_be_becoming = word.surface[1:] not in THINGS
    else:
        return None
    if can_be_becoming and [each.normal for each in rest[:2]] == ["に", "成る"]:
        return rest[1]
    return rest[0] if rest and rest[0].normal in MADE_POLITE_BY else None


def enumeration(sentence: Sentence) -> Iterator[Finding]:
    words = [word for word in sentence.words if word.surface not in "「」『』"]
    codes = "".join(map(_code, words))
    for match in THREE_THINGS.finditer(codes):
        first = re.split("S", match.group())[0]
        if (
            match.group().count("S") == 2
            and first == "T"
            and words[match.start() + 1].surface == "、"
        ):
            continue  # 今、市と市民が …: a time, and two things
        here = words[slice(*match.span())]
        joints = {word.surface for word in here if _code(word) == "S"}
        if len(joints) > 1 and "、" not in joints:
            continue  # 会社やグループの名前と番号: two pairs
        span = (here[0].start, here[-1].end)
        message = _("Three things or more in one sentence. Make a list.")
        yield _at(sentence, span, "enumeration", message)


def _code(word: Word) -> str:
    """One letter for a word: N noun, T noun of time, の, S separator, else "-"."""
    if word.surface in SEPARATORS and word.kind[0] in ("補助記号", "助詞", "接続詞"):
        return "S"
    if word.surface == "の":
        return "の"
    if word.kind == ("名詞", "普通名詞") and word.normal in ("今", "今日", "昔", "後", "前"):
        return "T"
    return "N" if word.kind[0] in NOUNS or word.surface.startswith(COVER) else "-"


def noun_at_the_end(sentence: Sentence) -> Iterator[Finding]:
    has_stop = sentence.text.rstrip("」』）)").endswith(("。", "！"))
    if sentence.is_alone and not has_stop:
        return  # a heading, a label, an item of a list
    if sentence.text.endswith(("？", "?", LABEL)):
        return
    said = [word for word in sentence.words if word.kind[0] != "補助記号"]
    last = list(takewhile(lambda word: word.kind[0] in NOMINAL, reversed(said)))
    if last:
        message = _("The sentence ends with a noun. Make it a whole sentence.")
        span = (last[-1].start, len(sentence.text.rstrip(STOPS)))
        suggestion = f"{sentence.text[slice(*span)]}です。"
        yield _at(sentence, span, "noun_at_the_end", message, suggestion=suggestion)


def date(sentence: Sentence) -> Iterator[Finding]:
    message = _("A date is written with 月 and 日.")
    for span, better in dates_in(sentence.prose):
        yield _at(sentence, span, "date", message, suggestion=better)


def time(sentence: Sentence) -> Iterator[Finding]:
    message = _("A time is written with 午前 or 午後.")
    for span, better in times_in(sentence.prose):
        yield _at(sentence, span, "time", message, suggestion=better)


def era(sentence: Sentence) -> Iterator[Finding]:
    message = _("Not everybody knows the Japanese eras. Write the year of the calendar.")
    for span, better in eras_in(sentence.prose):
        yield _at(sentence, span, "era", message, suggestion=better)


def hard_word(sentence: Sentence) -> Iterator[Finding]:
    message = _("There is an easier word.")
    for match in fixed().finditer(sentence.prose):
        better = hard_words()[match.group()]
        yield _at(sentence, match.span(), "hard_word", message, suggestion=better)
    for word in sentence.words:
        better = conjugated().get(word.base) or conjugated().get(word.normal)
        if better and word.kind[0] in ("動詞", "形容詞", "副詞", "接続詞", "助動詞"):
            span = (word.start, word.end)
            yield _at(sentence, span, "hard_word", message, suggestion=better)


def katakana_word(sentence: Sentence) -> Iterator[Finding]:
    message = _("Not everybody knows this word. Say it in other words, or explain it.")
    for word in sentence.words:
        is_name = word.kind == ("名詞", "固有名詞")
        for match in KATAKANA.finditer(word.surface):
            found = match.group()
            if is_name or found in everyday_katakana() or found in hard_words():
                continue
            span = (word.start + match.start(), word.start + match.end())
            yield _at(sentence, span, "katakana_word", message)


# In the order in which they are told about one place.
RULES: dict[str, Callable[[Sentence], Iterator[Finding]]] = {
    rule.__name__: rule
    for rule in (
        long_sentence,
        many_kanji,
        kanji_in_a_row,
        enumeration,
        double_negative,
        passive,
        respect,
        noun_at_the_end,
        date,
        time,
        era,
        hard_word,
        katakana_word,
    )
}


def check(text: str) -> list[Finding]:
    """What the rules find in a plain text, by place; at most 200 findings.

    Raises TextTooLongError above 100,000 characters.
    """
    if len(text) > LONGEST_TEXT:
        raise TextTooLongError(len(text))
    found = list(islice(_findings(text), MOST_FINDINGS))
    return [*sorted(found, key=lambda finding: finding.start), *no_furigana(text)]


def _findings(text: str) -> Iterator[Finding]:
    for sentence in sentences_in(text):
        if len(sentence.text) > LONGEST_LOOKED_AT:
            yield from long_sentence(sentence)
            continue
        for rule in RULES.values():
            yield from rule(sentence)


def no_furigana(text: str) -> Iterator[Finding]:
    """Told once in a text: on the site readers switch furigana on, on paper nobody can."""
    if match := HAS_KANJI.search(text):
        message = _("Kanji have no readings here. Readers can switch furigana on; paper needs it.")
        yield Finding("no_furigana", message, match.group(), *match.span(), severity=Severity.HINT)


def _whole(sentence: Sentence, rule: str, message: str, severity=Severity.WARNING) -> Finding:
    span = (0, len(sentence.text))
    return _at(sentence, span, rule, message, severity=severity)


def _at(
    sentence: Sentence,
    span: tuple[int, int],
    rule: str,
    message: str,
    *,
    suggestion: str = "",
    severity: Severity = Severity.WARNING,
) -> Finding:
    """A finding at a place of a sentence."""
    start, end = span
    return Finding(
        rule=rule,
        message=message,
        quote=sentence.text[start:end],
        start=sentence.start + start,
        end=sentence.start + end,
        severity=severity,
        suggestion=suggestion,
    )
