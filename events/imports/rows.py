"""One line of a table of events: what it says, checked by the fields of the page and the session.

Two rules keep what staff have written. What stands in the file as our open data say it says
nothing new; and an empty cell says nothing at all.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kiyose.tables.columns import folded
from kiyose.tables.importing import Change
from kiyose.tables.problems import listed
from kiyose.tables.reading import SHOWN, Row

from ..choices import Application, Repeats
from ..models import EventPage, Session
from ..models.session import new_key
from ..patterns import Pattern
from ..rules import session_problems
from ..words_for_times import say_pattern
from . import words
from .dates import when
from .numbers import key_of, parse_our_number
from .places import join_address, place_in, short_address, split_address
from .writing import PARTLY, STATUS, normal

# Each is the field of the page as it stands.
AS_THEY_ARE = (
    *("title", "subtitle", "summary", "description", "website", "organiser", "audience_note"),
    *("apply_from", "apply_until", "apply_until_time", "apply_in_english", "what_to_bring"),
    *("access", "contact_name", "contact_phone", "contact_extension", "contact_hours"),
    *("contact_email", "reading"),
)
# These are read together with others.
TOGETHER = ("how_to_apply", "fee_note", "remarks", "dates_note", "place", "partners")
DAYS = ("starts_on", "until")
TIMES = ("starts_at", "ends_at")
# Words of which something is made; a cell has room for so many characters.
PLAIN = {
    "no": 30,
    "field": 200,
    "status": 100,
    "application": 100,
    "fee": 300,
    "capacity": 200,
    "languages": 200,
    "other_partners": 300,
    **dict.fromkeys(("venue", "place_name", "room"), 200),
    **dict.fromkeys(("prefecture", "city", "town", "block", "building", "address"), 200),
}
REQUIRED = ("no", "title")
SESSION_VALUES = (*DAYS, *TIMES, "repeats", "except_holidays", "venue_id")
JOINED = "、"


def field_for(key: str) -> forms.Field | None:
    """The form field that reads a cell; None for what is not taken over."""
    if key == "website":
        return forms.URLField(max_length=500, assume_scheme="https", required=False)
    if key == "kana":
        return field_for("reading")
    if key in AS_THEY_ARE or key in TOGETHER:
        return _of_model(EventPage, key)
    if key in DAYS or key in TIMES:
        return _of_model(Session, key)
    if key in PLAIN:
        return forms.CharField(max_length=PLAIN[key], required=key in REQUIRED)
    return None


def _of_model(model, key: str) -> forms.Field:
    field = model._meta.get_field(key).formfield()
    field.required = key in REQUIRED
    return field


class EventRowForm(forms.Form):
    """What a line means for an event and for one of its sessions.

    values: of the page's fields; session: values of the session, None where the line has none
    or leaves it as it is; remarks: for who looks at the preview.
    """

    def __init__(self, importer, row: Row, instance: EventPage):
        self.importer, self.row, self.instance = importer, row, instance
        cells = {key: normal(key, text) for key, text in row.cells.items()}
        cells["contact_phone"] = words.phone_in(cells.get("contact_phone", ""))
        self.number = parse_our_number(cells["no"]) or key_of(cells["no"])
        self.is_new = instance.pk is None
        self.before = {} if self.is_new else {"page": instance.pk}
        self.session_before = importer.session_of(self.number)
        line = (instance.pk, importer.session_key(self.number))
        self.published = importer.published.get(line, {})
        self.cells = cells
        super().__init__(data=cells)
        self.fields |= {
            key: field for key in cells if self._says(key) and (field := field_for(key))
        }
        self.values: dict[str, Any] = {}
        self.session: dict[str, Any] | None = None
        self.remarks: list[str] = []

    def _says(self, key: str) -> bool:
        """Whether the cell says something of its own."""
        if key in REQUIRED and self.is_new:
            return True
        return key == "no" or bool(self.cells[key] and not self._is_as_published(key))

    def _is_as_published(self, key: str) -> bool:
        return key in self.published and self.cells.get(key) == self.published[key]

    def _any(self, *keys: str) -> bool:
        return any(key in self.fields for key in keys)

    # What the cells mean

    def clean(self):
        cleaned = super().clean()
        if self.importer.is_lost(self.number):
            self.add_error("no", _("There is no event with this number here."))
        if self.errors:
            return cleaned
        self.values = {key: cleaned[key] for key in AS_THEY_ARE if key in cleaned}
        if cleaned.get("kana"):
            self.values["reading"] = cleaned["kana"]
        self._read_field(cleaned)
        self._read_fee_and_capacity(cleaned)
        self._read_languages(cleaned)
        self._read_application(cleaned)
        self._read_partners(cleaned)
        venue_id = self._read_place(cleaned)
        self._read_session(cleaned, venue_id)
        self._say_status(cleaned)
        self._check_values()
        if self.is_new:
            self.instance.title = self.values.get("title", "")
        elif self.changes() and (why := self.importer.why_not(self.instance)):
            self.add_error(None, why)
        return cleaned

    def _read_field(self, cleaned) -> None:
        text = cleaned.get("field")
        if not text:
            return
        found = self.importer.field_named(text)
        if found:
            self.values["field"] = found
        else:
            self.remarks.append(_("“%(text)s” is no field here: choose one.") % {"text": text})

    def _read_fee_and_capacity(self, cleaned) -> None:
        notes = []
        if "fee" in cleaned:
            fee, said = words.fee_in(cleaned["fee"])
            note = cleaned.get("fee_note") or self.instance.fee_note
            if said not in note:
                note = JOINED.join(filter(None, (said, note)))
            self.values["fee_note"] = note
            if fee is not None:
                self.values["fee"] = fee
        elif "fee_note" in cleaned:
            self.values["fee_note"] = cleaned["fee_note"]
        if "capacity" in cleaned:
            capacity, said = words.capacity_in(cleaned["capacity"])
            if capacity is not None:
                self.values["capacity"] = capacity
            else:
                notes.append(f"{self._name_of('capacity')}: {said}")
        self._read_remarks(cleaned, notes)

    def _read_remarks(self, cleaned, notes: list[str]) -> None:
        """What has no field of its own is kept in the remarks."""
        remarks = cleaned.get("remarks") or self.values.get("remarks", self.instance.remarks)
        lines = [remarks, *(note for note in notes if note not in remarks)]
        if notes or "remarks" in cleaned:
            self.values["remarks"] = "\n".join(filter(None, lines))

    def _read_languages(self, cleaned) -> None:
        if "languages" not in cleaned:
            return
        codes, others = words.languages_in(cleaned["languages"])
        if codes:
            self.values["languages"] = codes
        if others:
            note = f"{self._name_of('languages')}: {cleaned['languages']}"
            self._read_remarks({"remarks": self.values.get("remarks")}, [note])

    def _read_application(self, cleaned) -> None:
        code = ""
        if "how_to_apply" in cleaned:
            code, self.values["how_to_apply"] = words.application_in(cleaned["how_to_apply"])
        if "application" in cleaned:
            code, rest = words.application_in(cleaned["application"])
            if rest:
                known = listed(words.APPLICATIONS.values())
                message = _("“%(text)s” is not known here. Known are: %(known)s.")
                shown = {"text": rest[:SHOWN], "known": known}
                self.add_error("application", message % shown)
        exact = (Application.FIRST_COME, Application.LOTTERY)
        if code and not (code == Application.NEEDED and self.instance.application in exact):
            self.values["application"] = code

    def _read_partners(self, cleaned) -> None:
        if self._any("partners", "other_partners"):
            named = (cleaned.get("partners"), cleaned.get("other_partners"))
            self.values["partners"] = JOINED.join(filter(None, named))

    def _read_place(self, cleaned) -> int | None:
        """The number of the venue."""
        known = self.session_before.venue_id if self.session_before else None
        venue_id = known
        name = cleaned.get("venue") or cleaned.get("place_name") or ""
        detail = cleaned.get("place") or cleaned.get("room") or ""
        if name or detail:
            venue, place = place_in(name, detail, self.importer.venues)
            if venue:
                venue_id = venue.pk
            elif name and place != self.instance.place:
                venue_id = None
            if venue is None and venue_id is None:
                message = _("“%(text)s” is no venue of the list; it is kept in words.")
                self.remarks.append(message % {"text": place[:SHOWN]})
            self.values["place"] = place
        self._read_address(cleaned, venue_id)
        return venue_id

    def _read_address(self, cleaned, venue_id: int | None) -> None:
        parts = split_address(self.instance.address)
        if self._any("town", "block", "building"):
            address = join_address(**{key: cleaned.get(key, parts[key]) for key in parts})
        elif "address" in cleaned:
            address = short_address(cleaned["address"])
        else:
            return
        venue = self.importer.venue_numbered(venue_id)
        # The address of a venue is the venue's.
        if address and not (venue and folded(address) == folded(venue.address)):
            self.values["address"] = address

    def _read_session(self, cleaned, venue_id: int | None) -> None:
        session = self.session_before
        if session and not self._any(*DAYS, *TIMES, "dates_note"):
            if session.venue_id != venue_id:
                self.session = self._as_it_is(session) | {"venue_id": venue_id}
            return
        first, last = (self._day(key, cleaned) for key in DAYS)
        starts_at, ends_at = (
            cleaned.get(key) or (getattr(session, key) if session else None) for key in TIMES
        )
        note = cleaned.get("dates_note") or self.instance.dates_note
        found = when(first, last, starts_at, ends_at, note)
        if "dates_note" in cleaned or found.note != note:
            self.values["dates_note"] = found.note
        pattern = found.pattern
        if pattern is None:
            if session is None:
                self.remarks.append(_("No day could be found: add a session."))
            return
        if session and found.note == self.instance.dates_note:
            pattern = _as_staff_read_it(pattern, session.pattern)
        self.session = {
            "starts_on": pattern.starts_on,
            "until": pattern.until,
            "starts_at": pattern.starts_at,
            "ends_at": pattern.ends_at,
            "repeats": str(pattern.repeats),
            "except_holidays": pattern.except_holidays,
            "venue_id": venue_id,
        }
        for problem in session_problems(Session(**self.session)):
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)

    def _day(self, key: str, cleaned):
        """A day of the line; where it has none of its own, that of the session."""
        session = self.session_before
        if key in cleaned:
            return cleaned[key]
        if session is None or session.repeats == Repeats.IN_WORDS:
            return None
        if key in self.cells and not self._is_as_published(key):
            return None  # the file leaves it empty
        return getattr(session, key)

    def _say_status(self, cleaned) -> None:
        status = cleaned.get("status", "").removeprefix(PARTLY)
        if status in list(STATUS.values())[1:]:
            message = _("The file says “%(status)s”: enter a decision of the day.")
            self.remarks.append(message % {"status": cleaned["status"]})

    def _check_values(self) -> None:
        """What was put together of several cells has to fit as well."""
        for name, value in self.values.items():
            if not isinstance(value, str):
                continue
            try:
                EventPage._meta.get_field(name).run_validators(value)
            except ValidationError as error:
                self.add_error(name if name in self.fields else None, error.messages)

    def _name_of(self, key: str) -> str:
        return next(column.ja for column in self.importer.columns if column.field == key)

    # What differs

    @property
    def changed_values(self) -> dict[str, Any]:
        """The values of the page that are others than in its latest draft."""
        return {
            name: value for name, value in self.values.items() if value != self._value_now(name)
        }

    @property
    def changed_session(self) -> dict[str, Any] | None:
        if self.session is None or (
            self.session_before and self._as_it_is(self.session_before) == self.session
        ):
            return None
        return self.session

    def changes(self, columns=()) -> list[Change]:
        """What would become different, as people read it; of a new event all that it has."""
        found = [
            Change(
                str(EventPage._meta.get_field(name).verbose_name),
                "" if self.is_new else self._shown(name, self._value_now(name)),
                self._shown(name, value),
            )
            for name, value in self.changed_values.items()
            if not self.is_new or value not in ("", None)
        ]
        if session := self.changed_session:
            before = self._as_it_is(self.session_before) if self.session_before else None
            name = str(Session._meta.verbose_name)
            found.insert(0, Change(name, self._said(before), self._said(session)))
        return found

    def _value_now(self, name: str):
        if name == "field":
            return self.importer.field_numbered(self.instance.field_id)
        return getattr(self.instance, name)

    def _as_it_is(self, session: Session) -> dict[str, Any]:
        values = {name: getattr(session, name) for name in SESSION_VALUES}
        if not session.pattern.is_repeated and session.until == session.starts_on:
            values["until"] = None
        return values

    def _shown(self, name: str, value) -> str:
        choices = dict(getattr(EventPage._meta.get_field(name), "flatchoices", ()))
        return str(choices.get(value, "" if value is None else value))

    def _said(self, session: dict[str, Any] | None) -> str:
        if session is None:
            return ""
        venue = self.importer.venue_numbered(session["venue_id"])
        values = {name: value for name, value in session.items() if name != "venue_id"}
        pattern = Session(**values).pattern
        said = say_pattern(pattern, get_language())
        if pattern.repeats == Repeats.IN_WORDS:
            said = _("only in words; for sorting: %(days)s") % {"days": said}
        return f"{said} {venue or ''}".strip()

    def new_session_key(self) -> str:
        return self.importer.session_key(self.number) or new_key()


def _as_staff_read_it(found: Pattern, known: Pattern) -> Pattern:
    """The pattern of a line whose words are the same as before: what people made of the same
    days (each of them, or one long time) or of the same words stays."""
    if found.repeats == known.repeats == Repeats.IN_WORDS:
        return known
    same_days = (found.starts_on, found.last_day) == (known.starts_on, known.last_day)
    if same_days and known.repeats != Repeats.IN_WORDS:
        return replace(found, repeats=known.repeats, except_holidays=known.except_holidays)
    return found
