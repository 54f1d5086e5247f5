"""The city's list of programmes (事務事業) from its own table."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex
from wagtail.search.backends import get_search_backends

from kiyose.pages.languages import source_language
from kiyose.pages.models import Division
from kiyose.tables.columns import Column
from kiyose.tables.importing import Kind, NamedField, Names, Plan, RowForm, Step, TableImport
from kiyose.tables.problems import listed

from . import vocabulary
from .forms import MarksField
from .models import Mark, Measure, Programme
from .models import Plan as CityPlan

COLUMNS = (
    Column(
        "number",
        "番号",
        "number",
        gettext_lazy("The city’s own number of the programme; it tells lines apart."),
        "0101",
        required=True,
    ),
    Column("name", "名称", "name", gettext_lazy("What it is called."), "見本の事業", required=True),
    Column("name_en", "英語名", "English name", gettext_lazy("In English."), "Sample programme"),
    Column(
        "division",
        "課",
        "division",
        gettext_lazy(
            "The name of a division listed under “Divisions”; if two have the same, "
            "with its department before it."
        ),
        "未来創造課",
        required=True,
    ),
    Column(
        "measure",
        "施策",
        "measure",
        gettext_lazy(
            "Number or name of a measure of the long-term plan. With both, a measure "
            "that is not there yet is added."
        ),
        "12 見本の施策",
    ),
    Column(
        "mark_codes",
        "マーク",
        "marks",
        gettext_lazy(
            "Goals and targets with spaces between: 8.3 17. Excel shortens 8.10 to 8.1; "
            "write '8.10 there."
        ),
        "8.3 17",
    ),
    Column(
        "page_numbers",
        "ページ番号",
        "page numbers",
        gettext_lazy("Pages of this site about it: the number at the foot of each page."),
        "",
    ),
)
BATCH = 500
NUMBER_AND_NAME = re.compile(r"(?P<number>\d{1,4})\s*[.:、．]?\s*(?P<name>.*)")
PAGE_NUMBERS = re.compile(r"(?:/?p/)?(\d{1,9})/?")
SEPARATORS = re.compile(r"[\s,;、，]+")


def page_numbers_in(text: str) -> list[int]:
    """``"12、/p/15/"`` gives 12 and 15. Raises ValueError with what is no page number."""
    numbers = []
    for part in SEPARATORS.split(unicodedata.normalize("NFKC", text).strip()):
        match = PAGE_NUMBERS.fullmatch(part)
        if part and match is None:
            raise ValueError(part)
        if match:
            numbers.append(int(match[1]))
    return numbers


class MeasureField(NamedField):
    """A measure by number, by name, or by both; ``new`` remembers those to be made."""

    def to_python(self, value):
        text = unicodedata.normalize("NFKC", value or "").strip()
        if not text or self.names.find(text):
            return super().to_python(text)
        match = NUMBER_AND_NAME.fullmatch(text)
        if match is None or not match["name"] or not self.names.may_add:
            return super().to_python(text)
        if there := self.names.find(match["number"]):
            message = _("Measure %(number)s is called “%(name)s” here.")
            raise ValidationError(message % {"number": there[0].number, "name": there[0].name})
        return self.names.make(int(match["number"]), match["name"])


class Measures(Names):
    """The measures of a plan, with those that the file adds where the user may."""

    def __init__(self, plan: CityPlan | None, may_add: bool):
        super().__init__()
        self.plan = plan
        self.may_add = may_add
        self.new: list[Measure] = []
        for measure in Measure.objects.filter(plan=plan):
            self._add(measure)

    def make(self, number: int, name: str) -> Measure:
        if self.plan is None:
            raise ValidationError(_("There is no plan yet that it could be a measure of."))
        measure = Measure(plan=self.plan, number=number, name=name)
        try:
            measure.clean_fields(exclude=["plan"])
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        self.new.append(measure)
        self._add(measure)
        return measure

    def _add(self, measure: Measure) -> None:
        self.add(measure, str(measure), measure.number, measure.name)


class PageNumbersField(forms.CharField):
    """Gives the numbers of the original pages. ``originals`` is set by the form."""

    originals: dict[int, int]

    def to_python(self, value):
        try:
            numbers = page_numbers_in(super().to_python(value))
        except ValueError as error:
            message = _("“%(text)s” is no page number.")
            raise ValidationError(message % {"text": str(error)}) from None
        unknown = [str(number) for number in numbers if number not in self.originals]
        if unknown:
            message = _("There is no page with this number: %(numbers)s.")
            raise ValidationError(message % {"numbers": listed(unknown)})
        return sorted({self.originals[number] for number in numbers})


class ProgrammeRowForm(RowForm):
    division = NamedField()
    measure = MeasureField(required=False)
    mark_codes = MarksField(required=False, widget=forms.TextInput)
    page_numbers = PageNumbersField(required=False)

    class Meta:
        model = Programme
        fields = ["number", "name", "name_en", "division", "measure"]

    def __init__(self, importer, row, instance):
        super().__init__(importer, row, instance)
        if "page_numbers" in self.fields:
            self.fields["page_numbers"].originals = importer.original_pages

    def value_of(self, name):
        if name == "mark_codes":
            return self.instance.mark_codes
        if name == "page_numbers":
            return sorted(page.pk for page in self.instance.pages.all())
        return super().value_of(name)

    def clean_number(self):
        return plain(self.cleaned_data["number"])

    def clean_mark_codes(self):
        return in_order(self.cleaned_data["mark_codes"])

    def shown(self, name, value):
        if isinstance(value, list):
            return " ".join(str(part) for part in value)
        return "" if value is None else str(value)


def plain(number: str) -> str:
    """A number as it is kept: full-width digits are digits."""
    return unicodedata.normalize("NFKC", number).strip()


def in_order(codes) -> list[str]:
    """The codes in the order of goals and targets: a programme has no main goal."""
    places = {code: place for place, code in enumerate(vocabulary.entries())}
    return sorted(codes, key=lambda code: places[code])


class ProgrammeImport(TableImport):
    name = "programmes"
    title = gettext_lazy("Import the list of programmes")
    explanation = gettext_lazy(
        "Each line of the table is one programme (事務事業). The number decides whether it is "
        "added or changed. The share of programmes with marks is counted from this list. "
        "Nothing is saved before you have seen what would happen."
    )
    model = Programme
    columns = COLUMNS
    row_form = ProgrammeRowForm
    key_column = "number"

    @classmethod
    def option_fields(cls, user):
        plans = city_plans()
        fields = {
            "plan": forms.ChoiceField(
                label=gettext_lazy("The plan whose measures are meant"),
                choices=[(plan.key, plan.name) for plan in plans],
                initial=max(plans, key=lambda plan: plan.measures_count).key if plans else None,
                required=bool(plans),
            )
        }
        if cls.may(user, "delete"):
            fields["remove"] = forms.BooleanField(
                label=gettext_lazy("Remove what is not in the file"),
                required=False,
                help_text=gettext_lazy("The preview names every programme that would go."),
            )
        return fields

    def prepare(self, rows):
        plan = next((plan for plan in city_plans() if plan.key == self.options["plan"]), None)
        measures = Measures(plan, self.user.has_perm("sdgs.add_measure"))
        self.names = {"division": divisions(), "measure": measures}
        self.original_pages = original_pages(row.cells.get("page_numbers", "") for row in rows)
        programmes = self.locked(Programme.objects.all()).select_related("division", "measure")
        self.programmes = {
            programme.number: programme
            for programme in programmes.prefetch_related("marks", "pages")
        }
        self.said_measures: set[int] = set()

    def instance_of(self, row):
        return self.programmes.get(plain(row.cells["number"])) or Programme()

    def key_of(self, form):
        return form.cleaned_data["number"]

    def complete(self, step):
        measure = step.form.cleaned_data.get("measure")
        if measure and measure.pk is None and measure.number not in self.said_measures:
            self.said_measures.add(measure.number)
            step.remark = _("New measure of the plan: %(measure)s") % {"measure": measure}

    def steps_for_absent(self, steps):
        kind = Kind.REMOVED if self.options.get("remove") else Kind.ABSENT
        named = {step.instance.number for step in steps}
        return [
            Step(kind, str(programme), instance=programme)
            for number, programme in self.programmes.items()
            if number not in named
        ]

    def save(self, plan: Plan):
        """In a number of queries that hardly grows with the lines, references to other rows
        apart."""
        for measure in self.names["measure"].new:
            measure.save()
            log(measure, "wagtail.create", user=self.user, content_changed=True)
        steps = plan.written
        new = [step.instance for step in steps if step.kind == Kind.NEW]
        changed = [step.instance for step in steps if step.kind == Kind.CHANGED]
        for programme in new + changed:
            programme.measure = programme.measure  # those made just now have keys only now
            programme.updated_at = timezone.now()
        Programme.objects.bulk_create(new, BATCH)
        Programme.objects.bulk_update(changed, [*ProgrammeRowForm.Meta.fields, "updated_at"], BATCH)
        marks = {mark.code: mark.pk for mark in Mark.objects.all()}
        _set_links(steps, "mark_codes", Programme.marks.through, "mark_id", marks.get)
        _set_links(steps, "page_numbers", Programme.pages.through, "page_id", lambda pk: pk)
        self.log(steps)
        self._index(new + changed)
        self.log(plan.removed, "wagtail.delete")
        for step in plan.removed:
            step.instance.delete()

    def _index(self, programmes: list[Programme]) -> None:
        """What saving one by one would have told the search and the index of references."""
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(Programme, programmes)
        for programme in programmes:
            ReferenceIndex.create_or_update_for_object(programme)


def _set_links(steps: list[Step], name: str, through, column: str, key_of) -> None:
    """Write the links of the steps that say other ones than there are.

    name: the field of the form; column: of the table ``through``, beside the programme's;
    key_of: from what the form gives to what the column takes.
    """
    steps = [step for step in steps if step.form.has_other(name)]
    owners = [step.instance.pk for step in steps if step.kind == Kind.CHANGED]
    for first in range(0, len(owners), BATCH):
        through.objects.filter(programme__in=owners[first : first + BATCH]).delete()
    through.objects.bulk_create(
        [
            through(**{"programme_id": step.instance.pk, column: key_of(value)})
            for step in steps
            for value in step.form.cleaned_data[name]
        ],
        BATCH,
    )


def city_plans() -> list[CityPlan]:
    """Every plan of the city, with the number of its measures."""
    plans = CityPlan.objects.filter(locale__language_code=source_language())
    return list(plans.annotate(measures_count=Count("measures")))


def divisions() -> Names:
    """By the names in every language, with and without their departments."""
    by_key = defaultdict(list)
    for row in Division.objects.select_related("locale"):
        by_key[row.translation_key].append(row)
    names = Names()
    for rows in by_key.values():
        original = next((r for r in rows if r.locale.language_code == source_language()), None)
        if original:
            every = [name for row in rows for name in (row.name, f"{row.department}{row.name}")]
            names.add(original, original.name, *every)
    return names


def original_pages(cells) -> dict[int, int]:
    """The number of the original page by the number of each page that the cells name, be it
    the original or a translation. Two queries."""
    numbers = set()
    for cell in cells:
        try:
            numbers |= set(page_numbers_in(cell))
        except ValueError:
            continue  # said where the line is checked
    keys = dict(
        Page.objects.filter(pk__in=numbers, depth__gt=1).values_list("pk", "translation_key")
    )
    originals = dict(
        Page.objects.filter(
            translation_key__in=set(keys.values()), locale__language_code=source_language()
        ).values_list("translation_key", "pk")
    )
    return {number: originals[key] for number, key in keys.items() if key in originals}
