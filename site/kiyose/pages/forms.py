"""The page editor's form: the publishing rules, said beside the field.

A draft may be as unfinished as its author likes. Wagtail validates a draft with
``is_deferred_validation`` set; whoever publishes, submits or approves is asked
everything.
"""

from __future__ import annotations

from django.core.exceptions import NON_FIELD_ERRORS
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.coreutils import find_available_slug

from .pictures import picture_problems
from .publishing import problems_of


class BasePageForm(WagtailAdminPageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        """The slug, or one for who gave none: nothing ASCII can be made of a Japanese
        title by itself, and nobody should be kept from saving a draft by that."""
        given = self.cleaned_data.get("slug")
        if given or self.instance.slug or self.parent_page is None:
            return given or self.instance.slug
        kind = self.instance._meta.model_name.removesuffix("page")
        return find_available_slug(self.parent_page, kind)

    @property
    def asks_the_rules(self) -> bool:
        """Whether what was pressed leads to the public. Saving a draft does not, and nor
        do rejecting and cancelling, for which Wagtail validates as if it were publishing."""
        rejects = self.data.get("workflow-action-name") == "reject"
        cancels = "action-cancel-workflow" in self.data
        return not (self.is_deferred_validation or rejects or cancels)

    def clean(self):
        cleaned = super().clean()
        if self.asks_the_rules:
            for problem in self.publishing_problems(cleaned):
                self.add_problem(problem)
        return cleaned

    def _post_clean(self):
        """Ask the page as it was typed for what belongs to no single field (words that
        nobody has translated). The schedule of a live page asks nobody later on."""
        super()._post_clean()
        if self.asks_the_rules:
            for problem in problems_of(self.instance):
                if problem.field == NON_FIELD_ERRORS:
                    self.add_problem(problem)

    def publishing_problems(self, cleaned):
        """The problems visible in the form's own data; subclasses add theirs."""
        yield from picture_problems(cleaned.get("picture"), cleaned.get("picture_alt", ""))

    def add_problem(self, problem):
        """Show the problem beside its field, where the form has it."""
        field = problem.field if problem.field in self.fields else None
        self.add_error(field, problem.message)
