"""The list of projects: filters from the address, counts, a screenful of cards.

Values of one name mean *or*, different names mean *and*
(``?goal=8&goal=13&pillar=economy``). What is not known is ignored with a notice.
Filters are facts, so they are asked of the source tree and answer alike in every
language; words are looked for in the visitor's language and in the source's.
"""

from __future__ import annotations

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kiyose.pages.divisions import divisions
from kiyose.pages.languages import (
    snippets_in_visitors_language,
    source_language,
    visitor_language,
)
from kiyose.pages.listing import page_of
from kiyose.pages.models import Division
from kiyose.pages.visibility import public
from sdgs.filters import goals_to_choose, known_goals, known_targets, targets_to_choose
from sdgs.listing import as_cards

from .models import Pillar, ProjectPage
from .models.project_page import Stage

WORDS_MAX_LENGTH = 100
# A running project interests more than a plan, a plan more than a thought.
STAGE_ORDER = (Stage.RUNNING, Stage.PLANNED, Stage.CONSIDERED)


def by_stage() -> Case:
    """Orders projects by how certain they are."""
    return Case(
        *(When(stage=stage, then=Value(place)) for place, stage in enumerate(STAGE_ORDER)),
        output_field=IntegerField(),
    )


def chosen_conditions(asked, options: dict[str, list[str]], notices: list[str]) -> dict:
    """The values chosen for each name that the list knows, each once.

    asked: the address's parameters; options: the values that are known for each name. For
    anything else a notice is added.
    """
    chosen = {
        name: [value for value in dict.fromkeys(asked.getlist(name)) if value in known]
        for name, known in options.items()
    }
    asked_count = sum(len([v for v in set(asked.getlist(name)) if v]) for name in options)
    if sum(map(len, chosen.values())) < asked_count:
        notices.append(_("Some of the conditions are not known here and were ignored."))
    return chosen


def words_asked_for(request, notices: list[str]) -> str:
    """What is looked for (``?q=``), not longer than a search should be."""
    # A NUL byte cannot be searched for: PostgreSQL refuses it in any text.
    words = request.GET.get("q", "").replace("\x00", " ").strip()
    if len(words) > WORDS_MAX_LENGTH:
        notice = _("Only the first %(n)d characters were searched for.")
        notices.append(notice % {"n": WORDS_MAX_LENGTH})
    return words[:WORDS_MAX_LENGTH]


class ProjectListing:
    """What the list page shows for one request."""

    def __init__(self, request):
        self.request = request
        self.notices: list[str] = []
        self.options = {
            "goal": known_goals(),
            "target": known_targets(),
            "pillar": [pillar.key for pillar in self.pillars],
            "division": [str(division.pk) for division in self.divisions],
            "stage": list(Stage.values),
        }
        self.chosen = chosen_conditions(request.GET, self.options, self.notices)
        self.words = words_asked_for(request, self.notices)

    @cached_property
    def pillars(self) -> list[Pillar]:
        """The pillars in the words of the visitor's language, in order."""
        return [row.words for row in snippets_in_visitors_language(Pillar)]

    @property
    def divisions(self) -> list[Division]:
        """Divisions as pages keep them (source rows), with ``words`` for the visitor."""
        return divisions(self.request)

    @cached_property
    def all_projects(self):
        """Every public project, once, from the source tree."""
        return public(ProjectPage.objects.filter(locale__language_code=source_language()))

    @cached_property
    def found(self):
        """The projects that meet the conditions, in the order of the list."""
        rows = self.all_projects
        chosen = self.chosen
        if chosen["goal"]:
            rows = rows.filter(page_marks__tag__goal_number__in=chosen["goal"])
        if chosen["target"]:
            rows = rows.filter(page_marks__tag__name__in=chosen["target"])
        if chosen["pillar"]:
            rows = rows.filter(pillar__key__in=chosen["pillar"])
        if chosen["stage"]:
            rows = rows.filter(stage__in=chosen["stage"])
        if chosen["division"]:
            rows = rows.filter(self._answered_by(chosen["division"]))
        for word in self.words.split():
            rows = rows.filter(translation_key__in=self._mentioning(word))
        return rows.order_by(by_stage(), "-first_published_at", "pk").distinct()

    def _answered_by(self, chosen: list[str]) -> Q:
        """A page without a division of its own is answered for by the default one."""
        answered = Q(division__in=chosen)
        if any(row.is_default and str(row.pk) in chosen for row in self.divisions):
            answered |= Q(division__isnull=True)
        return answered

    def _mentioning(self, word: str):
        """Keys of the projects that say the word, in the visitor's or the source's language.

        Title, summary and *why*: the body is JSON, in which SQLite keeps Japanese escaped.
        """
        return (
            ProjectPage.objects.live()
            .filter(locale__language_code__in={source_language(), visitor_language()})
            .filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(why__icontains=word))
            .values("translation_key")
        )

    @cached_property
    def rows(self):
        """One screenful of the projects found."""
        return page_of(self.found, self.request, self.notices)

    @cached_property
    def cards(self) -> list[ProjectPage]:
        """The screenful in the visitor's language, marks and pictures loaded."""
        return as_cards(self.rows, self.request)

    @property
    def is_filtered(self) -> bool:
        return bool(self.words or any(self.chosen.values()))

    @property
    def goals(self):
        return goals_to_choose()

    @property
    def targets(self):
        return targets_to_choose(self.chosen["goal"], self.chosen["target"])

    @property
    def stages(self):
        return [(stage.value, stage.label) for stage in STAGE_ORDER]
