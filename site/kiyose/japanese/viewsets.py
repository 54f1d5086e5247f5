"""The city's dictionary in the admin, and the box in which a reading is tried."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import IndexView

from kiyose.snippets import SnippetViewSet

from .furigana.city import city_lexicon
from .furigana.reading import Read, Why, read
from .models import Reading

LONGEST = 5_000

REASONS = {
    Why.PAGE: _("this page's own reading"),
    Why.CITY: _("city dictionary"),
    Why.TABLE: _("table of dates and counters"),
    Why.SUDACHI: _("Sudachi"),
    Why.UNSURE: _("left without: it has two readings, and nothing beside it decides"),
    Why.DIGITS: _("left without: a number that the table does not know"),
    Why.UNKNOWN: _("left without: no dictionary knows it"),
    Why.GIVEN: _("left without: another reading stands beside it in brackets"),
}


class TryForm(forms.Form):
    text = forms.CharField(
        label=_("text"),
        # No maxlength: browsers cut what is pasted without a word.
        widget=forms.Textarea(attrs={"rows": 4, "lang": "ja"}),
        strip=False,
    )

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if len(text) > LONGEST:
            message = ngettext(
                "This has %(count)s character; up to %(most)s can be tried at once.",
                "This has %(count)s characters; up to %(most)s can be tried at once.",
                len(text),
            )
            raise forms.ValidationError(
                message % {"count": f"{len(text):,}", "most": f"{LONGEST:,}"}
            )
        return text


class TryView(WagtailAdminTemplateMixin, FormView):
    """Shows how any text is read, and why. Keeps nothing."""

    form_class = TryForm
    template_name = "japanese/try_furigana.html"
    page_title = _("Try furigana")
    header_icon = "glasses"
    viewset = None

    def dispatch(self, request, *args, **kwargs):
        policy = ModelPermissionPolicy(Reading)
        if not policy.user_has_any_permission(request.user, ("add", "change", "delete", "view")):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        index = {"url": reverse(self.viewset.get_url_name("list")), "label": _("Readings of words")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.page_title}]

    def form_valid(self, form):
        text = form.cleaned_data["text"]
        found = read(text, city_lexicon())
        context = self.get_context_data(
            form=form,
            is_tried=True,
            pieces=list(_pieces(text, found)),
            words=[(word, REASONS[word.why]) for word in found],
        )
        return self.render_to_response(context)


def _pieces(text: str, found: list[Read]):
    """The whole text in pieces, each with its furigana or with none."""
    at = 0
    for word in found:
        yield text[at : word.start], ""
        yield from word.pieces
        at = word.end
    yield text[at:], ""


class ReadingIndexView(IndexView):
    try_url_name = None

    @cached_property
    def header_buttons(self):
        url = reverse(self.try_url_name)
        button = HeaderButton(gettext("Try furigana"), url=url, icon_name="glasses", priority=20)
        return [*super().header_buttons, button]


class ReadingViewSet(SnippetViewSet):
    model = Reading
    index_view_class = ReadingIndexView
    icon = "openquote"
    menu_label = _("Readings of words")
    menu_order = 700
    add_to_admin_menu = True
    list_display = ["surface", "reading", "context", "note"]
    list_per_page = 100
    copy_view_enabled = False

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(try_url_name=self.get_url_name("try"), **kwargs)

    def get_urlpatterns(self):
        view = TryView.as_view(viewset=self)
        return [path("try/", view, name="try"), *super().get_urlpatterns()]
