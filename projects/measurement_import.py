"""Measurements of many indicators from one table.

A line is a figure: of an indicator, for a period. What is not in the database is new; what
is public and differs is a correction, whose former value stays. Each goes the way that it
would go from the form: a draft, submitted for approval, unless the user may publish and
has asked for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import WorkflowState

from kiyose.japanese.numbers import plain_number
from kiyose.japanese.periods import Period, parse_period
from kiyose.pages.languages import source_language
from kiyose.pages.publishing import Problem
from kiyose.tables.columns import Column
from kiyose.tables.importing import Kind, NamedField, Names, Plan, RowForm, Step, TableImport
from kiyose.tables.reading import Row

from .approval_mail import one_mail
from .models import IndicatorPage, Measurement, Source
from .permissions import editable_indicators
from .rules import period_problems

COLUMNS = (
    Column(
        "indicator",
        "指標",
        "indicator",
        gettext_lazy("Its title exactly, its name in the address, or its page number."),
        "founders",
        required=True,
    ),
    Column(
        "period",
        "日付・年度",
        "period",
        gettext_lazy("A fiscal year, year, month or day that is over: 令和6年度, 2025-08-15."),
        "令和6年度",
        required=True,
    ),
    Column(
        "value",
        "値",
        "value",
        gettext_lazy("A number; 1,000, ７５％ and ▲28.6 are understood. The unit may follow."),
        "1,000",
        required=True,
    ),
    Column(
        "status",
        "区分",
        "status",
        gettext_lazy("速報 (provisional) or 確定 (final)."),
        "確定",
        required=True,
    ),
    Column(
        "source",
        "出典",
        "source",
        gettext_lazy("The title or the key of a source that is listed under “Sources”."),
        "proposal-2023",
        required=True,
    ),
    Column("section", "章・節", "section", gettext_lazy("Where in the source."), "1.2(3)"),
    Column("note", "注記", "note", gettext_lazy("A short note that the public sees."), "見本"),
    Column("note_en", "注記（英語）", "note_en", gettext_lazy("The same in English."), "Sample"),
)
STATUSES = {
    Measurement.Status.PROVISIONAL: "速報",
    Measurement.Status.FINAL: "確定",
}


class MeasurementRowForm(RowForm):
    indicator = NamedField()
    status = NamedField()
    source = NamedField()

    class Meta:
        model = Measurement
        fields = [column.field for column in COLUMNS]

    def __init__(self, importer, row, instance):
        super().__init__(importer, row, instance)
        found = importer.indicator_in(row)
        if found and "value" in self.fields:
            self.fields["value"].unit = found.unit

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("indicator") and cleaned.get("period"):
            problems = self.importer.period_problems(
                self.instance, cleaned["indicator"], cleaned["period"]
            )
            for problem in problems:
                self.add_error(problem.field, problem.message)
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        if self.errors or self.instance.pk not in self.importer.waiting:
            return
        if self.importer.would_publish(self.instance) or self.changes(self.importer.columns):
            message = _("This figure waits for approval. Approve it or send it back first.")
            self.add_error(None, message)

    def shown(self, name, value) -> str:
        if name == "period" and value:
            return Period.from_code(value).label(translation.get_language())
        if isinstance(value, Decimal):
            indicator = self.cleaned_data["indicator"]
            return f"{plain_number(value)} {indicator.unit}"
        return super().shown(name, value)


class MeasurementImport(TableImport):
    name = "measurements"
    title = gettext_lazy("Import figures of indicators")
    explanation = gettext_lazy(
        "Each line of the table is one figure. A figure that is not there yet is added; one "
        "that differs is corrected, and its former value stays visible. Nothing is saved "
        "before you have seen what would happen."
    )
    model = Measurement
    columns = COLUMNS
    row_form = MeasurementRowForm
    key_column = "period"
    # Each is a revision with a history of its own: some twenty a second, and with SQLite
    # everybody else who saves something waits as long.
    max_lines = 300

    @classmethod
    def option_fields(cls, user):
        if not cls.may(user, "publish"):
            return {}
        return {
            "publish": forms.BooleanField(
                label=gettext_lazy("Publish at once"),
                required=False,
                help_text=gettext_lazy(
                    "Otherwise every figure becomes a draft and waits for approval."
                ),
            )
        }

    @property
    def publishes(self) -> bool:
        return bool(self.options.get("publish"))

    def prepare(self, rows):
        self.names = {
            "indicator": self._indicators(),
            "status": _statuses(),
            "source": _sources(),
        }
        named = {indicator.pk for row in rows if (indicator := self.indicator_in(row))}
        figures = self.locked(Measurement.objects.filter(indicator__in=named)).select_related(
            "indicator", "source", "latest_revision"
        )
        self.figures = {(figure.indicator_id, figure.period): figure for figure in figures}
        self.by_day = {(figure.indicator_id, figure.period_end): figure for figure in figures}
        self.waiting = _waiting_for_approval()

    def _indicators(self) -> Names:
        """Those whose original page the user may edit, by the names of all translations."""
        mine = editable_indicators(self.user)
        pages = IndicatorPage.objects.filter(
            translation_key__in=mine.values("translation_key")
        ).select_related("locale")
        names, others = Names(), {}
        for page in pages:
            others.setdefault(page.translation_key, []).append(page)
        for translations in others.values():
            original = next(
                page for page in translations if page.locale.language_code == source_language()
            )
            every = [name for page in translations for name in (page.slug, page.title, page.pk)]
            names.add(original, original.title, *every)
        return names

    def indicator_in(self, row: Row) -> IndicatorPage | None:
        found = self.names["indicator"].find(row.cells.get("indicator", ""))
        return found[0] if len(found) == 1 else None

    def instance_of(self, row):
        indicator = self.indicator_in(row)
        try:
            period = parse_period(row.cells["period"]).code
        except ValueError:
            return Measurement()
        figure = self.figures.get((indicator.pk, period)) if indicator else None
        return self._newest(figure) if figure else Measurement()

    def _newest(self, figure: Measurement) -> Measurement:
        """What the line is compared with: what the public sees, if it is to be published,
        else the latest draft."""
        if not figure.has_unpublished_changes or (self.publishes and figure.live):
            return figure
        draft = figure.with_content_json(figure.latest_revision.content)
        draft.indicator = figure.indicator
        return draft

    def would_publish(self, figure: Measurement) -> bool:
        """Whether a draft that nobody has seen becomes public as it is."""
        return self.publishes and figure.pk is not None and not figure.live

    def key_of(self, form):
        return form.cleaned_data["indicator"].pk, form.instance.when.end

    def period_problems(
        self, figure: Measurement, indicator: IndicatorPage, code: str
    ) -> Iterator[Problem]:
        """As the form asks them, without asking the database for every line."""
        period = Period.from_code(code)
        same_day = self.by_day.get((indicator.pk, period.end))
        other = same_day if same_day and same_day.period != code else None
        yield from period_problems(figure, indicator, period, other)

    def complete(self, step):
        if self.would_publish(step.instance):
            step.kind = Kind.CHANGED
            step.remark = _("A draft until now; becomes public.")
        elif step.kind == Kind.CHANGED and step.instance.live:
            step.remark = _("Correction of a public figure; its former value stays visible.")
            if self.publishes and step.instance.has_unpublished_changes:
                step.remark = _(
                    "Correction of a public figure; its former value stays visible. Somebody’s "
                    "draft of it is set aside and stays in its history."
                )

    def save(self, plan: Plan):
        workflow = None if self.publishes else Measurement.get_default_workflow()
        with one_mail(Measurement.snippet_viewset.get_url_name("list")):
            for step in plan.written:
                self._save_figure(step, workflow)
        self.log(plan.written)

    def _save_figure(self, step: Step, workflow) -> None:
        """As a new revision of the figure, which is published or submitted."""
        figure = step.instance
        figure.entered_by, figure.entered_at = self.user, timezone.now()
        if figure.pk is None:
            figure.live, figure.has_unpublished_changes = False, True
            figure.save()
        # The form has checked it; cleaning again would cost queries for each line.
        step.revision = figure.save_revision(user=self.user, clean=False)
        if self.publishes:
            step.revision.publish(user=self.user)
        elif workflow and (sent_back := figure.current_workflow_state):
            sent_back.resume(self.user)
        elif workflow:
            workflow.start(figure, self.user)


def _statuses() -> Names:
    names = Names()
    for status, japanese in STATUSES.items():
        names.add(status.value, japanese, status.value, status.label)
    return names


def _sources() -> Names:
    names = Names()
    for source in Source.objects.filter(locale__language_code=source_language()):
        names.add(source, source.title, source.key, source.short_title)
    return names


def _waiting_for_approval() -> set[int]:
    """The figures that somebody is to decide about."""
    states = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Measurement),
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    return {int(pk) for pk in states.values_list("object_id", flat=True)}
