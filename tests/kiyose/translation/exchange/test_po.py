"""PO files of one page: out, back, and refused as a whole with every mistake named."""

from __future__ import annotations

import polib
import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from kiyose.tables.reading import MAX_BYTES
from kiyose.translation.exchange import views
from tests.editor import messages_of
from tests.imports import upload
from tests.world import fresh, publish

from .office import HEADING, LINKED, PLAIN, TITLE, WHY, Office, say, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def office(world):
    return Office(world)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def download(client, record) -> polib.POFile:
    answer = client.get(reverse("wagtail_localize:download_pofile", args=[record.pk]))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="fields-en.po"'
    return polib.pofile(answer.content.decode())


def send(client, record, file, name="words.po"):
    url = reverse("wagtail_localize:upload_pofile", args=[record.pk])
    return upload(client, url, str(file) if isinstance(file, polib.POFile) else file, name)


def problems_of(answer) -> list[tuple]:
    assert answer.status_code == 200
    return [(problem.line, problem.message) for problem in answer.context["problems"]]


def entry_of(po: polib.POFile, msgid: str) -> polib.POEntry:
    return next(entry for entry in po if entry.msgid == msgid)


def test_a_po_goes_out_and_comes_back(office):
    say(office.fields, WHY, "Because.")
    po = download(office.translator, office.fields)
    assert po.metadata["Language"] == "en"
    assert entry_of(po, WHY).msgstr == "Because."
    entry_of(po, TITLE).msgstr = "Fields & meadows"
    entry_of(po, LINKED).msgstr = 'See the <a id="a1">application <b>guide</b></a>.'
    entry_of(po, PLAIN).msgstr = "Carrots."
    entry_of(po, PLAIN).flags.append("fuzzy")
    answer = send(office.translator, office.fields, po)
    said = messages_of(office.translator, answer)
    assert "2 sentences, 1 unchanged" in said
    assert "1 entry is marked fuzzy" in said
    assert words_of(office.fields) == {
        WHY: "Because.",
        TITLE: "Fields &amp; meadows",
        LINKED: 'See the <a id="a1">application <b>guide</b></a>.',
    }
    row = StringTranslation.objects.get(data__startswith="Fields")
    assert (row.translation_type, row.last_translated_by) == ("manual", office.translator.user)
    assert not row.has_error
    target = office.fields.get_target_instance()
    assert (target.live, target.draft_title) == (False, "Fields & meadows")


def change(msgid, msgstr):
    """An edit of one entry."""

    def edit(po):
        entry_of(po, msgid).msgstr = msgstr

    return edit


def change_id(sentence, **ids):
    def edit(po):
        entry = entry_of(po, sentence)
        entry.msgstr = "x"
        for name, value in ids.items():
            setattr(entry, name, value)

    return edit


def twice(po):
    first = entry_of(po, PLAIN)
    first.msgstr = "One"
    po.append(polib.POEntry(msgid=PLAIN, msgctxt=first.msgctxt, msgstr="Two"))


def plural(po):
    entry = entry_of(po, PLAIN)
    entry.msgid_plural, entry.msgstr_plural = PLAIN, {0: "x", 1: "y"}


WRONG_ENTRIES = {
    "script": (change(PLAIN, "<script>alert(1)</script>"), "<script> must not be"),
    "an attribute": (change(PLAIN, '<b onclick="x()">x</b>'), "must not have attributes"),
    "mangled tags": (change(LINKED, 'See <a id="a1">x <b>y</a></b>'), "closes nothing"),
    "a tag left open": (change(LINKED, '<a id="a1">x'), "is not closed"),
    "a link is missing": (change(LINKED, "See it"), '<a id="a1"> is missing'),
    "a link too many": (
        change(LINKED, '<a id="a1">x</a> <a id="a2">y</a>'),
        'no link <a id="a2">',
    ),
    "a placeholder is missing": (change(HEADING, "Dear you"), "{name} is missing"),
    "too long": (change(TITLE, "x" * 256), "255"),
    "an unknown place": (change_id(PLAIN, msgctxt="body.nowhere"), "is not known on this page"),
    "no place": (change_id(PLAIN, msgctxt=None), "no msgctxt"),
    "an unknown sentence": (change_id(PLAIN, msgid="ダイコン"), "does not stand here"),
    "twice in other words": (twice, "in other words"),
    "plural forms": (plural, "plural forms"),
}


@pytest.mark.parametrize("case", WRONG_ENTRIES)
def test_one_wrong_entry_refuses_the_whole_file(office, case):
    edit, told = WRONG_ENTRIES[case]
    po = download(office.translator, office.fields)
    entry_of(po, WHY).msgstr = "Because."
    edit(po)
    problems = problems_of(send(office.translator, office.fields, po))
    assert any(told in message for _line, message in problems), problems
    assert all(line for line, _message in problems)
    assert words_of(office.fields) == {}


def test_the_line_is_the_one_of_the_file(office):
    po = download(office.translator, office.fields)
    entry_of(po, PLAIN).msgstr = "<u>x</u>"
    lines = str(po).splitlines()
    [(line, _message)] = problems_of(send(office.translator, office.fields, po))
    assert PLAIN in "".join(lines[line - 1 : line + 3])


def with_header(po, value):
    if value is None:
        del po.metadata["X-WagtailLocalize-TranslationID"]
    else:
        po.metadata["X-WagtailLocalize-TranslationID"] = value
    return str(po)


WRONG_FILES = {
    "nothing": (lambda office, po: b"", "no PO file"),
    "prose": (lambda office, po: "This is a letter.\nGreetings.", "no PO file"),
    "a page": (lambda office, po: "<html><body>msgid</body></html>", "no PO file"),
    "half of one": (lambda office, po: f"{po}\nmsgid nothing\nx", "no PO file"),
    "a path": (lambda office, po: "/etc/passwd", "no PO file"),
    "Shift_JIS": (lambda office, po: str(po).encode("cp932", "replace"), "not in UTF-8"),
    "UTF-16": (lambda office, po: str(po).encode("utf-16"), "not in UTF-8"),
    "a picture": (lambda office, po: b"\x89PNG\r\n\x1a\n\0\0", "not in UTF-8"),
    "too large": (lambda office, po: b"#" * (MAX_BYTES + 1), "larger than"),
    "of another page": (
        lambda office, po: with_header(po, str(office.river.uuid)),
        "another page or another language",
    ),
    "of nobody knows which page": (lambda office, po: with_header(po, None), "does not say"),
}


@pytest.mark.parametrize("case", WRONG_FILES)
def test_a_file_that_is_none_of_this_page_is_explained(office, case):
    make, told = WRONG_FILES[case]
    po = download(office.translator, office.fields)
    entry_of(po, WHY).msgstr = "Because."
    problems = problems_of(send(office.translator, office.fields, make(office, po)))
    assert told in problems[0][1]
    assert words_of(office.fields) == {}


def test_without_a_file_it_asks_for_one(office):
    url = reverse("wagtail_localize:upload_pofile", args=[office.fields.pk])
    assert "Choose" in problems_of(office.translator.post(url))[0][1]
    assert office.translator.get(url).status_code == 405


def test_a_byte_order_mark_does_no_harm(office):
    po = download(office.translator, office.fields)
    entry_of(po, WHY).msgstr = "Because."
    send(office.translator, office.fields, f"\ufeff{po}")
    assert words_of(office.fields) == {WHY: "Because."}


def test_a_sentence_that_has_changed_meanwhile(office):
    say(office.fields, WHY, "Because.")
    untouched = download(office.translator, office.fields)
    written = download(office.translator, office.fields)
    entry_of(written, WHY).msgstr = "Because of the old reason."
    page = fresh(office.fields.source.get_source_instance())
    page.why = "別の理由があります。"
    publish(page)
    answer = send(office.translator, office.fields, untouched)
    assert "not on the page any more" in messages_of(office.translator, answer)
    problems = problems_of(send(office.translator, office.fields, written))
    assert "on the site since the file was made" in problems[0][1]
    # Today's file has the old sentence for reference; that is not taken.
    po = download(office.translator, office.fields)
    assert [entry.msgid for entry in po.obsolete_entries()] == [WHY]
    entry_of(po, TITLE).msgstr = "Fields"
    assert send(office.translator, office.fields, po).status_code == 302


def test_a_locked_page_is_left_alone(office, admin_user):
    Page.objects.filter(pk=office.fields.get_target_instance().pk).update(
        locked=True, locked_by=admin_user
    )
    po = download(office.translator, office.fields)
    assert "locked" in problems_of(send(office.translator, office.fields, po))[0][1]


def test_a_language_that_was_taken_out_meanwhile(office, settings):
    po = download(office.translator, office.fields)
    entry_of(po, WHY).msgstr = "Because."
    settings.WAGTAIL_CONTENT_LANGUAGES = [("ja", "日本語")]
    [(_line, message)] = problems_of(send(office.translator, office.fields, po))
    assert "is not a language of this site any more" in message
    assert words_of(office.fields) == {}


def test_somebody_else_at_the_same_moment(office, monkeypatch):
    """Neither has a row yet that the other could wait for; the database takes the first one."""
    po = download(office.translator, office.fields)
    entry_of(po, WHY).msgstr = "Because."
    save = views.save_words

    def save_after_the_other(words, user, **more):
        say(office.fields, WHY, "Since.")
        save(words, user, **more)

    monkeypatch.setattr(views, "save_words", save_after_the_other)
    [(_line, message)] = problems_of(send(office.translator, office.fields, po))
    assert "Somebody else" in message


@pytest.mark.parametrize(("who", "may"), [("translator", True), ("reader", False)])
def test_only_who_may_edit_the_page(office, who, may):
    client = getattr(office, who)
    answer = client.get(reverse("wagtail_localize:download_pofile", args=[office.river.pk]))
    assert (answer.status_code == 200) == may
    answer = send(client, office.river, str(office.river.export_po()))
    assert (answer.url == reverse("wagtailadmin_home")) != may


def test_it_goes_back_to_addresses_of_this_site_only(office):
    po = str(office.fields.export_po())
    url = reverse("wagtail_localize:upload_pofile", args=[office.fields.pk])
    for asked, gone in (("/admin/pages/", "/admin/pages/"), ("https://example.com/", None)):
        answer = upload(office.translator, url, po, "words.po", next=asked)
        assert answer.url == (gone or office.fields.get_target_instance_edit_url())
