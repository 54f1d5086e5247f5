"""A translator of wagtail-localize that cannot hang the site or bring nonsense into it.

The libraries' classes wait as long as the service likes to send something, do not look at the
status of an answer (DeepL), and take whatever it says. This one stands around any of them: it is
what ``WAGTAILLOCALIZE_MACHINE_TRANSLATOR`` names, so that wagtail-localize itself asks it too.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable, Iterator
from queue import Empty, SimpleQueue

from django.conf import settings
from django.db import connections
from django.utils.module_loading import import_string
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.strings import StringValue

from .answers import checked
from .people import reason_in

logger = logging.getLogger(__name__)

CALL_SECONDS = 20  # for one call of the service
STRINGS_A_CALL = 40  # DeepL takes 50
CHARACTERS_A_CALL = 8_000  # of markup; LibreTranslate's own limit is often 10,000
MOST_HANGING = 3  # calls that never came back, before nobody is asked any more

_hanging: set[threading.Thread] = set()


class MachineError(Exception):
    """The service gave no answer that could be looked at. ``code``: one of the below."""

    HANGS, FAILS = "machine_hangs", "machine_fails"

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class GuardedTranslator(BaseMachineTranslator):
    """Options: ``CLASS`` and ``OPTIONS`` of the translator that does the work."""

    def __init__(self, options: dict):
        super().__init__(options)
        self.translator = import_string(options["CLASS"])(options.get("OPTIONS", {}))

    @property
    def display_name(self) -> str:
        return str(self.translator.display_name)

    def can_translate(self, source_locale, target_locale) -> bool:
        """Never into a language whose pages a person must have reviewed."""
        if target_locale.language_code in settings.TRANSLATION_REVIEW_REQUIRED:
            return False
        return bool(self.translator.can_translate(source_locale, target_locale))

    def translate(self, source_locale, target_locale, strings):
        """wagtail-localize's call: only what may be asked, only answers that may be kept."""
        asked = [string for string in strings if reason_in(string.data) is None]
        found = self.answers(source_locale, target_locale, asked)
        taken = {}
        for string in asked:
            kept, _fault = checked(string.data, found.get(string.data), target_locale.language_code)
            if kept is not None:
                taken[string] = StringValue(kept)
        return taken

    def answers(
        self, source_locale, target_locale, strings: Iterable[StringValue], seconds: float = 60
    ) -> dict[str, object]:
        """What the service says to each string (by its text), unchecked; none for some.

        seconds: for all of it. Raises MachineError if a call hangs or fails; then nothing of
        what other calls have answered counts.
        """
        ends = time.monotonic() + seconds
        found: dict[str, object] = {}
        for batch in batches(dict.fromkeys(strings)):
            left = min(CALL_SECONDS, ends - time.monotonic())
            answer = self._call(source_locale, target_locale, batch, left)
            found |= {string.data: answer.get(string) for string in batch}
        return found

    def _call(self, source_locale, target_locale, batch: list[StringValue], seconds: float):
        """One call, in a thread of its own: Python cannot end what waits for a network."""
        _hanging.difference_update([each for each in _hanging if not each.is_alive()])
        if seconds <= 0 or len(_hanging) >= MOST_HANGING:
            raise MachineError(MachineError.HANGS)
        results: SimpleQueue = SimpleQueue()

        def ask():
            try:
                results.put((self.translator.translate(source_locale, target_locale, batch), None))
            except Exception as error:
                results.put((None, error))
            finally:
                connections.close_all()  # this thread's own, if it has opened any

        thread = threading.Thread(target=ask, name="machine translation", daemon=True)
        thread.start()
        try:
            answer, error = results.get(timeout=seconds)
        except Empty:
            _hanging.add(thread)
            logger.warning("%s has not answered within %.0f s.", self.display_name, seconds)
            raise MachineError(MachineError.HANGS) from None
        if error is not None or not isinstance(answer, dict):
            # Without the error's words: they may hold the key.
            said = type(error or answer).__name__
            logger.warning("%s gave no usable answer (%s).", self.display_name, said)
            raise MachineError(MachineError.FAILS)
        return answer


def batches(strings: Iterable[StringValue]) -> Iterator[list[StringValue]]:
    """The strings in as many calls as the limits of services make of them."""
    batch: list[StringValue] = []
    size = 0
    for string in strings:
        length = len(string.data)
        if batch and (len(batch) >= STRINGS_A_CALL or size + length > CHARACTERS_A_CALL):
            yield batch
            batch, size = [], 0
        batch.append(string)
        size += length
    if batch:
        yield batch
