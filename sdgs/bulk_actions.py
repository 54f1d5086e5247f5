"""Adding marks to many pages at once, or taking them away: as drafts, never in public."""

from __future__ import annotations

from collections import Counter

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.log_actions import LogFormatter, log

from kiyose.translation.sources import is_source

from . import vocabulary
from .forms import MarksField
from .models import MarkedPage
from .widgets import MarksPicker

MARKS_CHANGED = "sdgs.marks_changed"


class ChangeMarksForm(forms.Form):
    """Which marks are added to the pages, and which of those they carry are taken away."""

    add = MarksField(
        label=gettext_lazy("Add these marks"),
        widget=MarksPicker(main_goal=False),
        required=False,
        help_text=gettext_lazy(
            "They come after the marks that a page has already; its main goal stays."
        ),
    )
    remove = forms.MultipleChoiceField(
        label=gettext_lazy("Take these marks away"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, carried: Counter, **kwargs):
        """carried: on how many of the pages each mark stands."""
        super().__init__(*args, **kwargs)
        self.fields["remove"].choices = [
            (code, _name_and_count(code, carried[code]))
            for code in vocabulary.entries()
            if code in carried
        ]

    def clean(self):
        cleaned = super().clean()
        add, remove = cleaned.get("add"), cleaned.get("remove")
        if not self.errors and not (add or remove):
            raise ValidationError(_("Choose marks to add or to take away."))
        for code in set(add or ()) & set(remove or ()):
            self.add_error(
                "remove", _("%(code)s cannot be added and taken away at once.") % {"code": code}
            )
        return cleaned


def _name_and_count(code: str, count: int) -> str:
    return ngettext("%(mark)s – on %(count)d page", "%(mark)s – on %(count)d pages", count) % {
        "mark": f"{code} {vocabulary.label(code).text}",
        "count": count,
    }


class ChangeMarks(PageBulkAction):
    """Every page that may be changed gets a new draft; each other one, and why, is named."""

    display_name = gettext_lazy("Change SDGs marks")
    aria_label = gettext_lazy("Change the SDGs marks of the selected pages")
    action_type = "change_marks"
    action_priority = 35
    template_name = "sdgs/admin/change_marks.html"
    form_class = ChangeMarksForm

    def check_perm(self, page):
        """Whether the user has anything to do with the page; if not, it is not even named."""
        tester = page.permissions_for_user(self.request.user)
        return tester.can_edit() or bool(tester.permissions)

    @cached_property
    def selection(self) -> tuple[list, list[dict]]:
        """The latest drafts of the pages to be changed; the other pages with the reason."""
        known, _unknown = super().get_actionable_objects()
        drafts, untouched = [], []
        for page in known:
            reason = self.reason_against(page)
            if reason:
                untouched.append({"item": page.specific, "reason": reason})
            else:
                drafts.append(page.get_latest_revision_as_object())
        return drafts, untouched

    def reason_against(self, page) -> str:
        """Why the marks of this page cannot be changed here; empty if they can."""
        tester = page.permissions_for_user(self.request.user)
        if not issubclass(page.specific_class or type(page), MarkedPage):
            return _("Pages of this type carry no marks.")
        if not tester.can_edit():
            return _("You may not edit it.")
        if tester.page_locked():
            return _("It is locked, or waits to be published at its hour.")
        if page.alias_of_id:
            return _("It is an alias and has the marks of its original.")
        if not is_source(page):
            return _("It is a translation: its marks follow the original page.")
        return ""

    def get_actionable_objects(self):
        drafts, untouched = self.selection
        return drafts, {"items_with_no_access": [], "untouched": untouched}

    def object_context(self, obj):
        return {"item": obj, "marks": [vocabulary.label(code) for code in obj.mark_codes]}

    def get_form_kwargs(self):
        drafts, _untouched = self.selection
        carried = Counter(code for page in drafts for code in set(page.mark_codes))
        return super().get_form_kwargs() | {"carried": carried}

    def get_execution_context(self):
        # What execute_action notes down here is said by get_success_message.
        self.unfinished: list = []
        return (
            super().get_execution_context()
            | self.cleaned_form.cleaned_data
            | {"unfinished": self.unfinished}
        )

    @classmethod
    def execute_action(cls, objects, user=None, add=(), remove=(), unfinished=None, **kwargs):
        """Save a draft of each page whose marks differ afterwards; how many that were."""
        changed = 0
        for page in objects:
            before = page.mark_codes
            kept = [code for code in before if code not in remove]
            after = [*kept, *(code for code in add if code not in before)]
            if after == before:
                continue
            page.set_marks(after)
            # As the editor saves a draft: it may be unfinished.
            revision = page.save_revision(user=user, clean=False)
            log(
                instance=page,
                action=MARKS_CHANGED,
                user=user,
                revision=revision,
                content_changed=True,
                data={
                    "added": [code for code in after if code not in before],
                    "removed": [code for code in before if code not in after],
                },
            )
            changed += 1
            problems = [str(problem.message) for problem in page.mark_problems()]
            if problems and unfinished is not None:
                unfinished.append((page, problems))
        return changed, 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        for page, problems in self.unfinished:
            messages.warning(
                self.request,
                _("“%(title)s” cannot be published like this: %(reasons)s")
                % {"title": page.get_admin_display_title(), "reasons": " ".join(problems)},
            )
        drafts, untouched = self.selection
        left = len(drafts) - num_parent_objects + len(untouched)
        if left:
            messages.info(
                self.request,
                ngettext(
                    "%(count)d page was left as it is.",
                    "%(count)d pages were left as they are.",
                    left,
                )
                % {"count": left},
            )
        if not num_parent_objects:
            return None
        return ngettext(
            "The marks of %(count)d page were changed in a new draft. Nothing was published.",
            "The marks of %(count)d pages were changed in new drafts. Nothing was published.",
            num_parent_objects,
        ) % {"count": num_parent_objects}


class MarksChanged(LogFormatter):
    """The line in a page's history."""

    label = gettext_lazy("SDGs marks changed")

    def format_message(self, log_entry):
        parts = [
            (_("added %(marks)s"), log_entry.data.get("added")),
            (_("removed %(marks)s"), log_entry.data.get("removed")),
        ]
        said = [text % {"marks": ", ".join(codes)} for text, codes in parts if codes]
        return _("SDGs marks, together with other pages: %(changes)s") % {
            "changes": "; ".join(said)
        }
