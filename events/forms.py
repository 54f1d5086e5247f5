"""The forms of an event and of a festival: what does not fit, said beside the field."""

from __future__ import annotations

from sdgs.forms import MarkedPageForm

from .rules import MOST_SESSIONS, event_problems, festival_problems


def filled_rows(formset) -> list:
    """The forms of a list of rows that will stay, in their order."""
    return [
        row
        for row in formset.forms
        if row not in formset.deleted_forms and (row.instance.pk or row.has_changed())
    ]


class RowRulesForm(MarkedPageForm):
    """Asks rules about a page and the rows of one of its lists when it is to go public.

    rows_name: the relation; rows_rule: from the page and its rows to problems.
    """

    rows_name: str
    rows_rule: staticmethod

    def _post_clean(self):
        super()._post_clean()
        formset = self.formsets[self.rows_name]
        # Rows that cannot be read have said so themselves.
        if not (self.asks_the_rules and formset.is_valid()):
            return
        for problem in self.rows_rule(
            self.instance, [row.instance for row in filled_rows(formset)]
        ):
            if problem.field == self.rows_name:
                formset.non_form_errors().append(problem.message)
            elif problem.field not in self.errors:
                self.add_problem(problem)


class FestivalPageForm(RowRulesForm):
    rows_name = "days"
    rows_rule = staticmethod(festival_problems)


class EventPageForm(RowRulesForm):
    rows_name = "sessions"
    rows_rule = staticmethod(event_problems)

    def __init__(self, *args, **kwargs):
        # Nobody types so many; what a program sends beyond that is counted and not read.
        type(self).formsets["sessions"].absolute_max = MOST_SESSIONS + 10
        super().__init__(*args, **kwargs)

    def _post_clean(self):
        self._tell_sessions_apart()
        super()._post_clean()

    def _tell_sessions_apart(self) -> None:
        """Give every new session a key of its own: the browser adds rows from one empty row,
        so they all bring the same."""
        from .models.session import new_key

        seen = set()
        for row in filled_rows(self.formsets["sessions"]):
            if not row.instance.key or row.instance.key in seen:
                row.instance.key = new_key()
            seen.add(row.instance.key)
