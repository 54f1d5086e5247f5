"""The page editor's form: the publishing rules, said beside the field.

A draft may be as unfinished as its author likes. Wagtail validates a draft with
``is_deferred_validation`` set; whoever publishes, submits or approves is asked
everything.
"""

from __future__ import annotations

from wagtail.admin.forms import WagtailAdminPageForm


class BasePageForm(WagtailAdminPageForm):
    def clean(self):
        cleaned = super().clean()
        if not self.is_deferred_validation:
            for problem in self.publishing_problems(cleaned):
                self.add_problem(problem)
        return cleaned

    def publishing_problems(self, cleaned):
        """The problems visible in the form's own data; room for subclasses."""
        return ()

    def add_problem(self, problem):
        """Show the problem beside its field, or beside its list of rows."""
        if problem.field in self.fields:
            self.add_error(problem.field, problem.message)
        elif problem.field in self.formsets:
            self.formsets[problem.field].non_form_errors().append(problem.message)
            self.add_error(None, problem.message)
        else:
            self.add_error(None, problem.message)
