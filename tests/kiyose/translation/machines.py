"""Translators that stand in for services: one that works, and those that do not."""

from __future__ import annotations

import threading
import time

from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.strings import StringValue

from kiyose.japanese.script import JAPANESE

GUARDED = "kiyose.translation.machine.guarded.GuardedTranslator"


def setting(name: str) -> dict:
    """WAGTAILLOCALIZE_MACHINE_TRANSLATOR with one of the classes below."""
    return {"CLASS": GUARDED, "OPTIONS": {"CLASS": f"{__name__}.{name}", "OPTIONS": {}}}


def english(text: str) -> str:
    """Each Japanese character one letter; markup, numbers and Latin words as they are."""
    return JAPANESE.sub(lambda sign: "abcdefghij"[ord(sign[0]) % 10], text)


class Fake(BaseMachineTranslator):
    display_name = "Fake"
    asked: list[str] = []
    calls = 0

    def can_translate(self, source_locale, target_locale):
        return source_locale.language_code != target_locale.language_code

    def translate(self, source_locale, target_locale, strings):
        Fake.calls += 1
        Fake.asked += [string.data for string in strings]
        return {string: StringValue(self.answer(string.data)) for string in strings}

    def answer(self, text: str) -> str:
        return english(text)


class Working(Fake):
    """A good one."""


class Failing(Fake):
    """As DeepL's class when the service says 403: there is nothing in the answer."""

    def translate(self, source_locale, target_locale, strings):
        super().translate(source_locale, target_locale, strings)
        raise KeyError("translations")


class Hanging(Fake):
    """Never answers; ``released`` lets its threads go at the end of a test."""

    released = threading.Event()

    def translate(self, source_locale, target_locale, strings):
        super().translate(source_locale, target_locale, strings)
        self.released.wait()
        return {}


class Slow(Fake):
    """Answers every call, in its own time."""

    def translate(self, source_locale, target_locale, strings):
        time.sleep(0.05)
        return super().translate(source_locale, target_locale, strings)


class Silly(Fake):
    """A list in the place of answers."""

    def translate(self, source_locale, target_locale, strings):
        super().translate(source_locale, target_locale, strings)
        return [text.data for text in strings]


class Nonsense(Fake):
    """Every answer is a wrong one, each in its own way; some strings have none."""

    answers = ("", "<script>alert(1)</script>", "同じ", "word " * 500, "<b>bold", "123456", "\x00")

    def translate(self, source_locale, target_locale, strings):
        super().translate(source_locale, target_locale, strings)
        found = {}
        for number, string in enumerate(strings):
            kind = number % (len(self.answers) + 2)
            if kind < len(self.answers):
                found[string] = StringValue(self.answers[kind])
            elif kind == len(self.answers):
                found[string] = StringValue(string.data)
        return found


class HalfNonsense(Fake):
    """Of two answers one is Japanese."""

    def translate(self, source_locale, target_locale, strings):
        good = super().translate(source_locale, target_locale, strings)
        return {
            string: StringValue("日本語のまま") if number % 2 else good[string]
            for number, string in enumerate(strings)
        }
