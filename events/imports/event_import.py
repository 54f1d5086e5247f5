"""Events from a table: every line becomes a draft, or a draft of a change.

Nothing is published here. The same line never makes two events: a line of our own open data is
known by its NO, a line of another file by where the file is from, its fiscal year and its NO.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from kiyose.japanese.dates import format_fiscal_year
from kiyose.japanese.fuzzy_dates import days_in
from kiyose.japanese.periods import fiscal_year_of
from kiyose.pages.fields import DayFormField
from kiyose.pages.languages import source_language
from kiyose.pages.models import SiteIdentity
from kiyose.tables.columns import folded
from kiyose.tables.importing import IMPORTED, Kind, Plan, Step, TableImport
from kiyose.tables.problems import Problem, TableError, listed
from kiyose.tables.reading import Row

from ..models import EventField, EventIndexPage, EventPage, ImportedEvent, Session
from ..opendata import records
from .columns import BASE_REGISTRY, RECOMMENDED, is_taken_over, table_columns
from .numbers import key_of, parse_our_number
from .places import Venues
from .rows import EventRowForm
from .words import LIST, SEPARATORS
from .writing import texts_of

FIRST_FISCAL_YEAR = 2015
# Every event that is written is a page with a revision: some twenty a second, and with SQLite
# everybody else who saves something waits as long. What stays as it is costs little.
MOST_WRITTEN = 200
DEFAULT_SOURCE = "city"


class EventImport(TableImport):
    """Below the list of events, in the columns of the city's open data."""

    name = "events"
    title = gettext_lazy("Import events")
    explanation = gettext_lazy(
        "Each line of the table is one event and becomes a draft below the list of events; a line"
        " that was imported before, or that comes from our own open data, becomes a draft of what"
        " has changed. An empty cell leaves what is there. Nothing is published, and nothing is"
        " saved before you have seen what would happen."
    )
    model = EventPage
    columns = table_columns(BASE_REGISTRY)
    other_columns = (table_columns(RECOMMENDED),)
    takes_unknown_columns = True
    row_form = EventRowForm
    key_column = "no"
    max_lines = 1_000

    @classmethod
    def places(cls, user) -> list[Page]:
        """The pages below which this user may add events by this import."""
        lists = EventIndexPage.objects.filter(locale__language_code=source_language())
        return [page for page in lists if page.permissions_for_user(user).can_add_subpage()]

    @classmethod
    def may(cls, user, *actions):
        return bool(cls.places(user))

    @classmethod
    def option_fields(cls, user):
        this_year = fiscal_year_of(timezone.localdate())
        years = range(this_year + 1, FIRST_FISCAL_YEAR - 1, -1)
        return {
            "source": forms.SlugField(
                label=gettext_lazy("Where the file is from"),
                initial=usual_source(),
                max_length=50,
                help_text=gettext_lazy(
                    "A short name, the same each time: files of others have the same numbers."
                ),
            ),
            "fiscal_year": forms.ChoiceField(
                label=gettext_lazy("Fiscal year"),
                choices=[
                    ("", gettext_lazy("By the dates in the file")),
                    *((str(year), format_fiscal_year(year, get_language())) for year in years),
                ],
                required=False,
                help_text=gettext_lazy("Every year the numbers begin anew."),
            ),
        }

    # What the lines refer to

    def prepare(self, rows):
        self.parent = self.find_parent()
        self.settle_fiscal_year(rows)
        self.venues = Venues()
        self._venues_by_number = {venue.pk: venue for venue in self.venues}
        fields = EventField.objects.filter(locale__language_code=source_language())
        self._fields_by_number = {field.pk: field for field in fields}
        self._fields = {folded(field.name): field for field in fields}
        self._prepare_events(row.cells["no"] for row in rows)
        self._notes = self._notes_on_columns(rows)

    def find_parent(self) -> Page:
        places = self.places(self.user)
        if not places:
            raise PermissionDenied
        return places[0]

    def settle_fiscal_year(self, rows: list[Row]) -> None:
        """The one that was chosen, else the one in which most lines begin."""
        if not self.options["fiscal_year"]:
            years = Counter(fiscal_year_of(day) for row in rows if (day := _first_day(row)))
            today = fiscal_year_of(timezone.localdate())
            year = years.most_common(1)[0][0] if years else today
            self.options["fiscal_year"] = str(year)

    @property
    def source(self) -> str:
        return self.options["source"]

    @property
    def fiscal_year(self) -> int:
        return int(self.options["fiscal_year"])

    def may_mean(self, page: EventPage) -> bool:
        """Whether a line can mean this event."""
        return True

    def _prepare_events(self, numbers: Iterable[str]) -> None:
        """The events that the lines mean, each as its latest draft, and as our open data say it."""
        numbers = list(numbers)
        ours = {parsed for number in numbers if (parsed := parse_our_number(number))}
        imported = ImportedEvent.objects.filter(
            source=self.source,
            fiscal_year=self.fiscal_year,
            number__in={key_of(number) for number in numbers},
        )
        self._keys = {row.number: (row.page_id, row.session_key) for row in imported}
        self._keys |= {number: number for number in ours}
        pages = self.locked(
            EventPage.objects.filter(
                pk__in={page for page, _key in self._keys.values()},
                locale__language_code=source_language(),
            )
        ).select_related("latest_revision")
        self._pages = {page.pk: _draft_of(page) for page in pages if self.may_mean(page)}
        self._sessions = {
            (page.pk, session.key): session
            for page in self._pages.values()
            for session in page.sessions.all()
        }
        self.published = {
            (record["number"], session["key"]): texts_of(record, session)
            for record in records(None, EventPage.objects.filter(pk__in=self._pages))
            for session in record["sessions"]
        }

    def _notes_on_columns(self, rows: list[Row]) -> list[str]:
        filled = {key for row in rows for key, text in row.cells.items() if text.strip()}
        names = [column.ja for column in self.columns if column.field in filled]
        left = [c.ja for c in self.columns if c.field in filled and not is_taken_over(c.field)]
        said = _("%(count)d of its columns are known here and filled in.") % {"count": len(names)}
        if not left:
            return [said]
        message = _("Known, but not taken over: %(columns)s.")
        return [said, message % {"columns": listed(left)}]

    def session_key(self, number) -> str:
        """The key of the session that a number means; empty for a number that is not known."""
        return self._keys[number][1] if number in self._keys else ""

    def session_of(self, number) -> Session | None:
        return self._sessions.get(self._keys.get(number))

    def is_lost(self, number) -> bool:
        """Whether it looks like a number of ours, but nothing has it."""
        return isinstance(number, tuple) and number not in self._sessions

    def venue_numbered(self, number: int | None):
        return self._venues_by_number.get(number)

    def field_numbered(self, number: int | None) -> EventField | None:
        return self._fields_by_number.get(number)

    def field_named(self, text: str) -> EventField | None:
        """The field of that name, or of the first one among several: 健康・福祉、スポーツ."""
        names = [text, *LIST.split(text), *SEPARATORS.split(text)]
        return next((self._fields[n] for n in map(folded, names) if n in self._fields), None)

    def why_not(self, page: EventPage) -> str:
        """Why this user may not change the event; empty where there is no reason."""
        if not page.permissions_for_user(self.user).can_edit():
            return _("You may not change this event.")
        lock = page.get_lock()
        if lock and lock.for_user(self.user):
            return _("This event is locked.")
        return ""

    def instance_of(self, row):
        number = parse_our_number(row.cells["no"]) or key_of(row.cells["no"])
        page_id = self._keys.get(number, (None,))[0]
        return self._pages.get(page_id) or EventPage()

    def key_of(self, form):
        return form.number

    # What would happen

    def plan(self, rows):
        plan = super().plan(rows)
        self._refuse_contradictions(plan)
        if len(plan.written) > MOST_WRITTEN:
            message = _(
                "More than %(count)d events would be new or changed. Nothing was read; divide the"
                " file into several."
            )
            raise TableError([Problem(message % {"count": MOST_WRITTEN})])
        plan.notes += self._notes
        return plan

    def _refuse_contradictions(self, plan: Plan) -> None:
        """Two lines of one event can say the same new thing, but not different ones."""
        said: dict[tuple, tuple] = {}
        problems = []
        for step in plan.written:
            if step.kind == Kind.NEW:
                continue
            for name, value in step.form.changed_values.items():
                first, line = said.setdefault((step.instance.pk, name), (value, step.line))
                if first != value:
                    message = _("Line %(line)d says something else of the same event: %(name)s.")
                    label = EventPage._meta.get_field(name).verbose_name
                    problems.append(Problem(message % {"line": line, "name": label}, step.line))
        if problems:
            raise TableError(problems)

    def complete(self, step: Step):
        remarks = list(step.form.remarks)
        if step.kind == Kind.CHANGED and step.instance.live:
            remarks.insert(0, _("Public; the change is a draft until it is published."))
        step.remark = " ".join(remarks)

    # Saving

    def save(self, plan: Plan):
        self._add([step for step in plan.written if step.kind == Kind.NEW])
        by_page = defaultdict(list)
        for step in plan.written:
            if step.kind == Kind.CHANGED:
                by_page[step.instance.pk].append(step)
        for steps in by_page.values():
            self._change(steps)

    def _add(self, steps: list[Step]) -> None:
        if not steps:
            return
        # Whoever adds a page below the same one at the same time comes after us.
        parent = Page.objects.select_for_update().get(pk=self.parent.pk)
        slugs = free_slugs(parent)
        for step in steps:
            page, form = step.instance, step.form
            session = _session(form)
            page.slug, page.locale, page.owner = next(slugs), self.parent.locale, self.user
            page.live, page.has_unpublished_changes = False, True
            _write(page, form.values)
            page.sessions = [session] if session else []
            parent.add_child(instance=page)
            ImportedEvent.objects.create(
                source=self.source,
                fiscal_year=self.fiscal_year,
                number=form.number,
                page=page,
                session_key=session.key if session else form.new_session_key(),
            )
            self._save_draft(page, step.line)

    def _change(self, steps: list[Step]) -> None:
        """One revision for all lines about the same event."""
        page = steps[0].instance
        sessions = list(page.sessions.all())
        for step in steps:
            _write(page, step.form.changed_values)
            if values := step.form.changed_session:
                if session := step.form.session_before:
                    session = next(each for each in sessions if each.key == session.key)
                    _write(session, values)
                else:
                    sessions.append(_session(step.form))
        for order, session in enumerate(sessions):
            session.sort_order = order
        page.sessions = sessions
        self._save_draft(page, steps[0].line)

    def _save_draft(self, page: EventPage, line: int) -> None:
        # The lines were checked; a draft may be as unfinished as it likes.
        revision = page.save_revision(user=self.user, clean=False)
        log(
            instance=page,
            action=IMPORTED,
            user=self.user,
            revision=revision,
            content_changed=True,
            data={"file": self.file_name, "line": line},
        )


def usual_source() -> str:
    """The name of files that come from the city itself."""
    identity = SiteIdentity.objects.exclude(city_code="").first()
    return identity.city_code if identity else DEFAULT_SOURCE


def free_slugs(parent: Page) -> Iterable[str]:
    """event-1, event-2, … as far as they are free below the page."""
    taken = set(parent.get_children().values_list("slug", flat=True))
    number = 0
    while True:
        number += 1
        if f"event-{number}" not in taken:
            yield f"event-{number}"


def _draft_of(page: EventPage) -> EventPage:
    """The page as it was last saved."""
    revision = page.latest_revision
    return page.with_content_json(revision.content) if revision else page


def _first_day(row: Row):
    for key in ("starts_on", "until"):
        try:
            if day := DayFormField(required=False).clean(row.cells.get(key, "")):
                return day
        except ValidationError:
            continue  # said where the line is checked
    days = days_in(row.cells.get("dates_note", ""))
    return days.first if days else None


def _session(form: EventRowForm) -> Session | None:
    return Session(key=form.new_session_key(), **form.session) if form.session else None


def _write(row, values: dict) -> None:
    for name, value in values.items():
        setattr(row, name, value)
