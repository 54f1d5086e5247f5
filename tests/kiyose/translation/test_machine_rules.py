"""What a machine gets to see, and which of its answers are translations: pure rules."""

from __future__ import annotations

import pytest
from django.core.validators import MaxLengthValidator
from wagtail_localize.strings import StringValue

from kiyose.translation.exchange.limits import Limits
from kiyose.translation.machine.answers import Fault, checked
from kiyose.translation.machine.guarded import CHARACTERS_A_CALL, STRINGS_A_CALL, batches
from kiyose.translation.machine.people import Reason, reason_for, reason_in
from tests.page_types import PAGE_TYPES, SNIPPETS, label

# What is left to people, by its words.
LEFT = {
    Reason.DATE: [
        *(
            "11月3日（火・祝）に開きます",
            "令和８年度の予定",
            "2030年のあるべき姿",
            "毎週土曜日に開催",
        ),
        *("十一月三日", "9月下旬", "申込みの締切は後日", "8/15に集合", "提出期限を守ってください"),
        *("アジェンダ2030", "本日は晴れ", "平成に始まった", "Open on Sundays", "Until 3 May"),
        *("The deadline has passed", "November 3"),
        *("日程のご案内", "日時と場所", "開催日は後ほど", "当日の受付", "翌朝に集合", "今夜の月"),
        *("元日の朝", "毎朝の掃除"),
    ],
    Reason.TIME: [
        *(
            "午後１時から",
            "10時集合",
            "１０：３０開場",
            "受付時間の案内",
            "30分おき",
            "3か月",
            "正午",
        ),
        *("Doors open at 9:30", "at 10 am", "It takes 20 minutes"),
        *("三十分ほど歩きます", "五分間"),
    ],
    Reason.FEE: [
        *(
            "５００円",
            "一人三百円",
            "入場無料",
            "参加費がかかります",
            "料金のご案内",
            "円",
            "10ドル",
        ),
        *("数万円の補助", "駐車料", "It is free of charge", "500 yen"),
        *("費用がかかります", "価格は店によってちがいます", "金額", "入館料がかかります"),
        *("入園料", "参加料", "送料は自己負担", "保険料", "材料費", "教材費を集めます", "交通費"),
        *("補助金", "税金", "半額", "支払い方法"),
    ],
    Reason.DANGER: [
        *(
            "避難する場所",
            "緊急のとき",
            "大雨警報",
            "119番に電話",
            "アレルギーのある方",
            "迷子の子ども",
        ),
        *("In an emergency", "Evacuate to the hill"),
    ],
    Reason.DECISION: ["雨のため中止", "運動会は延期", "臨時休館", "The festival is cancelled"],
}
DRAFTED = [
    *("けやき通りを歩く", "農福連携の取組", "市民が円滑に参加する", "十分な準備", "一時的な措置"),
    *(
        "非常に大切です",
        "5分野の取組",
        "ターゲット8.3",
        "17の目標",
        "3つの柱",
        "楕円",
        "時代とともに",
    ),
    *("清瀬市は緑が多い", "お知らせ", "200店舗", "自分のまち", "月を見る", "日なた", "料理教室"),
    *("Kiyose is green", "SDGs", "<b>けやき</b>の並木", "同時に進める", "最も年齢の高い人"),
]


@pytest.mark.parametrize(
    ("text", "reason"),
    [(text, reason) for reason, texts in LEFT.items() for text in texts]
    + [(text, None) for text in DRAFTED],
)
def test_what_is_left_to_people(text, reason):
    assert reason_in(text) == reason
    assert reason_in(f"<a id='a1'>{text}</a>") == (reason if text != "円" else Reason.FEE)


# Of every model: fields whose names speak of when, how much or what to do in danger.
SPEAK_OF_IT = (
    *("date", "day", "hour", "time", "fee", "price", "cost", "apply", "deadline", "rain"),
    *("aid", "lost", "emergenc", "evacuat", "alert", "warning", "food", "allerg"),
)
SPEAK_ONLY_SEEMINGLY: set[tuple[str, str]] = set()


@pytest.mark.parametrize("model", [*PAGE_TYPES, *SNIPPETS], ids=label)
def test_fields_that_speak_of_it_are_declared(model):
    speaking = {name for name in model.words if any(part in name for part in SPEAK_OF_IT)}
    assert speaking <= set(model.never_by_machine)
    assert set(model.never_by_machine) <= set(model.words)
    for name in model.never_by_machine:
        assert reason_for(model, name, "けやき") == Reason.FIELD
        assert reason_for(model, f"{name}.5f0c.text", "けやき") == Reason.FIELD
    assert reason_for(model, "title", "けやき") is None


# (the original, the answer, what is wrong with it)
ANSWERS = [
    ("けやき通りを歩く", "Walking along Keyaki-dori", None),
    ("SDGs", "SDGs", None),
    ("三つの柱", "Three pillars", None),
    ("1,000人が<b>参加</b>", "<b>1000</b> people took part", None),
    ('<a id="a1">緑</a>と<a id="a2">川</a>', '<a id="a2">River</a> and <a id="a1">green</a>', None),
    ("緑&amp;花", "Green &amp; flowers", None),
    ("緑と花", "Green & flowers", None),
    ("一行目<br>二行目", "First line<br/>second line", None),
    ("{name}さん", "Dear {name}", None),
    ("緑", "", Fault.EMPTY),
    ("緑", "  \n ", Fault.EMPTY),
    ("<b>緑</b>", "<b> </b>", Fault.EMPTY),
    ("緑", "green\x00", Fault.CHARACTERS),
    ("緑", "green\x1b[31m", Fault.CHARACTERS),
    ("緑", "gr\N{REPLACEMENT CHARACTER}en", Fault.CHARACTERS),
    ("<b>緑</b>", "green", Fault.TAGS),
    ("緑", "<b>green</b>", Fault.TAGS),
    ("<b>緑</b>", "<b>green", Fault.TAGS),
    ("<b>緑</b>と<i>花</i>", "<b>green<i></b>flowers</i>", Fault.TAGS),
    ("<a id=\"a1\">緑</a>", '<a id="a2">green</a>', Fault.TAGS),
    ("<a id=\"a1\">緑</a>", '<a href="https://evil.example">green</a>', Fault.TAGS),
    ("<a id=\"a1\">緑</a>", '<a id="a1" onclick="x()">green</a>', Fault.TAGS),
    ("緑", "<script>alert(1)</script>green", Fault.TAGS),
    ("緑", "green<!-- a comment -->", Fault.TAGS),
    ("緑", "<![x]", Fault.TAGS),
    ("緑", "green <![ b", Fault.TAGS),
    ("<b>" * 2000 + "緑" + "</b>" * 2000, "<b>" * 2000 + "green" + "</b>" * 2000, Fault.TAGS),
    ("緑", "&lt;script&gt;green", Fault.TAGS),
    ("緑", "&amp;lt;script&amp;gt;green", Fault.TAGS),
    ("緑", "green <img src=x onerror=alert(1)>", Fault.TAGS),
    ("{name}さん", "Dear friend", Fault.PLACEHOLDERS),
    ("%(n)s件", "%(m)s cases", Fault.PLACEHOLDERS),
    ("緑", "See https://evil.example", Fault.PLACEHOLDERS),
    ("sdgs@example.jp まで", "Write to sdgs@example.com", Fault.PLACEHOLDERS),
    ("042-492-5111", "042-492-5112", Fault.NUMBERS),
    ("75,000人のまち", "A town of 7,500 people", Fault.NUMBERS),
    ("ターゲット８．３", "Target 8.2", Fault.NUMBERS),
    ("緑の多いまち", "緑の多いまち", Fault.SAME),
    ("緑の多いまち", " 緑の 多いまち", Fault.SAME),
    ("けやき通りを歩く", "Walking along けやき", Fault.JAPANESE),
    ("緑", "绿色", Fault.JAPANESE),
    ("緑", "green " * 100, Fault.LENGTH),
    ("清瀬市は東京の北にある、緑の多い、住みよいまちです。", "Kiyose", Fault.LENGTH),
    ("清瀬市", "...", Fault.LENGTH),
    ("清瀬市は緑の多いまちです", "Kiyose is is is is green", Fault.REPEATS),
    ("清瀬市は緑の多いまちです", "The city, the city, the city, the city", Fault.REPEATS),
]  # fmt: skip


@pytest.mark.parametrize(("source", "answer", "fault"), ANSWERS)
def test_answers(source, answer, fault):
    kept, found = checked(source, StringValue(answer), "en")
    assert found == fault
    assert (kept is None) == (fault is not None)


@pytest.mark.parametrize("answer", [None, "a text", 3, StringValue(None), {}])
def test_what_is_no_answer(answer):
    assert checked("緑", answer, "en") == (None, Fault.MISSING)


@pytest.mark.parametrize(
    ("language", "answer", "fault"),
    [
        ("zh-hans", "清濑市绿意盎然", None),
        ("zh-hans", "清瀬の緑", Fault.JAPANESE),
        ("ar", "مدينة خضراء", None),
        ("ko", "푸른 도시", None),
        ("ko", "清瀬", Fault.JAPANESE),
    ],
)
def test_languages_with_other_letters(language, answer, fault):
    assert checked("緑の多い清瀬", StringValue(answer), language)[1] == fault


def test_an_answer_longer_than_its_field():
    limits = Limits((MaxLengthValidator(100),))
    assert checked("緑" * 30, StringValue("green" * 30), "en", limits) == (
        None,
        Fault.FIELD_LENGTH,
    )


def test_what_is_kept_has_its_markup_in_order():
    assert checked("緑<br>花", StringValue(" Green & so on<br>flowers "), "en")[0] == (
        "Green &amp; so on<br/>flowers"
    )


def test_batches_stay_below_the_limits_of_services():
    texts = [StringValue(f"{number:04}" + "あ" * (number % 900)) for number in range(500)]
    calls = list(batches(texts))
    assert [string for call in calls for string in call] == texts
    for call in calls:
        assert len(call) <= STRINGS_A_CALL
        assert sum(len(string.data) for string in call) <= CHARACTERS_A_CALL
    huge = [StringValue("あ" * 100_000)]
    assert list(batches(huge)) == [huge]
