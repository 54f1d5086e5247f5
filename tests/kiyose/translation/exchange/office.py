"""Two projects that are being translated, people who translate, and a spreadsheet program."""

from __future__ import annotations

import io
import itertools

from django.urls import reverse
from openpyxl import Workbook, load_workbook
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation

from kiyose.translation.factories import start_translation
from projects.factories import ProjectPageFactory
from tests.imports import someone
from tests.world import fresh, publish

HEADING = "{name}さんへ"
LINKED = '詳しくは<a id="a1">申請の<b>手引き</b></a>へ。'
SHOWN = "詳しくは[1]申請の[2]手引き[/2][/1]へ。"
PLAIN = "ニンジンを育てます。"
BODY = [
    {"type": "heading", "value": HEADING, "id": "a0000000-0000-4000-8000-000000000001"},
    {
        "type": "paragraph",
        "value": '<p>詳しくは<a href="https://example.jp/">申請の<b>手引き</b></a>へ。</p>'
        f"<p>{PLAIN}</p>",
        "id": "a0000000-0000-4000-8000-000000000002",
    },
]
TITLE, OTHER_TITLE, SECRET_TITLE = "畑の仕事", "川の仕事", "秘密の仕事"
PICTURE = "見本の絵"
WHY = "なぜかというと見本だからです。"
# What a volunteer writes: the Japanese as it is shown, and the translation.
ENGLISH = {
    TITLE: "Work in the fields",
    "畑の見本です。": "A sample of fields & =carrots=",
    PICTURE: "A sample picture",
    WHY: "Because it is a sample.",
    HEADING: "Dear {name}",
    SHOWN: "For more see the [1]application [2]guide[/2][/1].",
    PLAIN: "We grow carrots.",
}


def english_speaker(name: str, **rights):
    """Somebody whose admin is in English."""
    client = someone(name, **rights)
    UserProfile.objects.update_or_create(user=client.user, defaults={"preferred_language": "en"})
    return client


class Office:
    """``fields`` and ``river`` are translations (records) that ``translator`` may edit;
    ``reader`` may edit the first one only; ``secret`` may be edited by neither."""

    def __init__(self, world):
        self.fields = self.start(world, TITLE, "fields", "畑の見本です。")
        self.river = self.start(world, OTHER_TITLE, "river", "川の見本です。")
        self.translator = english_speaker("a-translator", edits=world.english_home)
        self.reader = english_speaker("a-reader", edits=self.fields.get_target_instance())
        self.nobody = english_speaker("a-nobody")

    def start(self, world, title: str, slug: str, summary: str) -> Translation:
        page = ProjectPageFactory(
            parent=world.site.projects, title=title, slug=slug, summary=summary, why=WHY, body=BODY
        )
        publish(fresh(page))
        return start_translation(fresh(page))


def url_of(record: Translation) -> str:
    return reverse("translation_file", args=[record.pk])


def batch_url(language: str = "en") -> str:
    return reverse("translation_files_in", args=[language])


def words_of(record: Translation) -> dict[str, str]:
    """What the translation says, by its source's strings."""
    return dict(
        StringTranslation.objects.filter(
            locale=record.target_locale, context__object_id=record.source.object_id
        ).values_list("translation_of__data", "data")
    )


def say(record: Translation, source: str, data: str, **more) -> StringTranslation:
    """A translation that is there already."""
    segment = record.source.stringsegment_set.get(string__data=source)
    row, _created = StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        context=segment.context,
        locale=record.target_locale,
        defaults={"data": data, "translation_type": "manual", **more},
    )
    return row


class Sheet:
    """A spreadsheet as a volunteer has it open."""

    def __init__(self, answer):
        self.book = load_workbook(io.BytesIO(answer.content))
        self.cells = self.book.active

    @property
    def rows(self) -> list[tuple]:
        """(Japanese, translation) of sentences alone, in their order."""
        return [
            (row[0].value, row[1].value or "")
            for row in self.cells.iter_rows()
            if row[2].value != "-"
        ]

    def row_of(self, japanese: str, after: int = 0) -> int:
        """The number of the first row with these words (below that row)."""
        return next(
            row[0].row
            for row in self.cells.iter_rows(min_row=after + 1)
            if row[0].value == japanese and row[2].value != "-"
        )

    def write(self, japanese: str, translated, after: int = 0) -> int:
        number = self.row_of(japanese, after)
        self.cells.cell(number, 2).value = translated
        if isinstance(translated, str) and not translated.startswith("=HYPERLINK"):
            self.cells.cell(number, 2).data_type = "s"
        return number

    def fill(self, words: dict[str, str]) -> Sheet:
        for japanese, translated in words.items():
            self.write(japanese, translated)
        return self

    @property
    def file(self) -> bytes:
        file = io.BytesIO()
        self.book.save(file)
        return file.getvalue()


def table(*rows) -> bytes:
    """A workbook of somebody's own."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def download(client, url: str, **query) -> Sheet:
    answer = client.get(url, {"download": "1", **query})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet"), answer.content[:500]
    return Sheet(answer)


def shuffled(sheet: Sheet) -> None:
    """All rows but the header in another order."""
    rows = [[cell.value for cell in row] for row in sheet.cells.iter_rows(min_row=2)]
    halves = itertools.zip_longest(rows[: len(rows) // 2], reversed(rows[len(rows) // 2 :]))
    for number, row in enumerate((row for pair in halves for row in pair if row), 2):
        for place, value in enumerate(row, 1):
            cell = sheet.cells.cell(number, place)
            cell.value = value
            if value is not None:
                cell.data_type = "s"
