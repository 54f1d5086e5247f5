"""What the rules of easy Japanese find, and what they leave alone."""

from __future__ import annotations

import time

import pytest
from django.utils import translation

from kiyose.japanese.easy import LONGEST_TEXT, RULES, Severity, TextTooLongError, check
from kiyose.japanese.easy.wording import everyday_katakana, fixed, hard_words

# (rule, text, what is quoted, what is suggested): one line for each form that is found.
FOUND = [
    (
        "long_sentence",
        "このまつりは、みんなで いっしょに 歌って、おどって、食べて、たのしく すごす 日です。",
        None,
        "",
    ),
    ("many_kanji", "市民祭農業祭音楽会食事会写真展。", None, ""),
    ("kanji_in_a_row", "清瀬国際交流会の 人が 来ます。", "清瀬国際交流会", ""),
    ("enumeration", "野菜、パン、花を 売ります。", "野菜、パン、花", ""),
    ("enumeration", "市や店や学校が 作ります。", "市や店や学校", ""),
    ("enumeration", "「A」、「B」、「C」を 見ます。", "A」、「B」、「C", ""),
    ("double_negative", "行けない ことは ありません。", "ない ことは ありません", ""),
    (
        "double_negative",
        "紙を 出さなければ なりません。",
        "なければ なりません",
        "〜てください。〜ことが 必要です。",
    ),
    ("double_negative", "行かないと いけません。", "ないと いけません", None),
    ("passive", "この 紙は 市で 使われます。", "使われ", "〜が 〜します。〜ことが できます。"),
    ("passive", "ここで 食べられます。", "食べられ", None),
    ("respect", "ご利用ください。", "ご利用ください", None),
    ("respect", "明日 お送りします。", "お送りし", None),
    ("respect", "お読みに なりますか。", "お読みに なり", None),
    ("respect", "先生が いらっしゃいます。", "いらっしゃい", "います、来ます、行きます"),
    ("respect", "市長が 申し上げます。", "申し上げ", "言います"),
    ("noun_at_the_end", "まつりは 11月3日。", "11月3日", "11月3日です。"),
    ("noun_at_the_end", "紙を 出します。それは 市役所", "市役所", "市役所です。"),
    ("date", "8/15に 来てください。", "8/15", "8月15日"),
    ("date", "８／１５に 来てください。", "８／１５", "8月15日"),
    ("date", "2026.8.15に 来てください。", "2026.8.15", "2026年8月15日"),
    ("date", "2026-08-05に 来てください。", "2026-08-05", "2026年8月5日"),
    ("time", "20時に 終わります。", "20時", "午後8時"),
    ("time", "13時半に 始まります。", "13時半", "午後1時30分"),
    ("time", "9:05に 始まります。", "9:05", "午前9時5分"),
    ("time", "午後1:30に 始まります。", "午後1:30", "午後1時30分"),
    ("time", "24時に 終わります。", "24時", "午前0時"),
    ("era", "令和8年に できました。", "令和8年", "2026年"),
    ("era", "平成元年に できました。", "平成元年", "1989年"),
    ("era", "令和8年度に します。", "令和8年度", "2026年4月から2027年3月まで"),
    ("era", "R8.4.1から 使います。", "R8", "2026年"),
    ("hard_word", "まつりを 実施します。", "実施", "する、行う"),
    ("hard_word", "ペンを 持参してください。", "持参", "持って くる"),
    ("hard_word", "無料です。", "無料", "お金は いりません"),
    ("hard_word", "締切は 明日です。", "締切", "いつまで"),
    ("hard_word", "紙で 申し込みました。", "申し込み", "「行きたい」と 伝える"),
    ("katakana_word", "リテラシーを 学びます。", "リテラシー", ""),
    ("no_furigana", "市の 人が 来ます。", "市", ""),
]

# Easy Japanese of every sort: nothing to mend.
EASY = [
    "マークの読み方",
    "清瀬市のSDGs",
    "見本：きよせSDGsまつり",
    "まつりは 11月3日(火・祝)です。",
    "午後8時に 終わります。8時間 開いています。10時に 始まります。",
    "目標8の 中に、8.3が あります。",
    "お金は いりません。お年寄りに なりました。よろしく お願いします。",
    "清瀬国際交流会（きよせ こくさい こうりゅうかい）の 人が 来ます。",
    "「清瀬商工会議所」へ 行ってください。",
    "認定証（市が 出す 紙）を 見てください。",
    "今、市と 市民が 作ります。",
    "市と 市民が 作ります。",
    "会社や グループの 名前と 番号です。",
    "「案」：まだ 決まって いない こと",
    "ネパールや インドの 人が います。",
    "読んでください。",
    "これは 何ですか？",
    "https://www.city.kiyose.lg.jp/2026/8/15/ を 見てください。",
    "SDGs",
    "",
    "。！？\n\n。",
]


def warnings(text: str) -> list:
    return [each for each in check(text) if each.severity is Severity.WARNING]


@pytest.mark.parametrize(("rule", "text", "quote", "suggestion"), FOUND)
def test_what_is_found(rule, text, quote, suggestion):
    found = [finding for finding in check(text) if finding.rule == rule]
    assert found, [finding.rule for finding in check(text)]
    assert found[0].quote == (text if quote is None else quote)
    assert text[found[0].start : found[0].end] == found[0].quote
    assert found[0].message
    if suggestion is not None:
        assert found[0].suggestion == suggestion


def test_every_rule_has_its_line():
    assert {rule for rule, *_rest in FOUND} == {*RULES, "no_furigana"}


@pytest.mark.parametrize("text", EASY)
def test_easy_japanese_is_left_alone(text):
    assert warnings(text) == []


def test_a_sentence_is_measured_without_its_reading():
    sentence = "清瀬市には 学校（がっこう がっこう がっこう がっこう がっこう）が あります。"
    assert not [each for each in check(sentence) if each.rule == "long_sentence"]


@pytest.mark.parametrize(
    ("length", "severity"), [(24, None), (25, "hint"), (30, "hint"), (31, "warning")]
)
def test_the_length_of_a_sentence(length, severity):
    found = [each for each in check("あ" * length + "。") if each.rule == "long_sentence"]
    assert [each.severity for each in found] == ([severity] if severity else [])


def test_readings_are_spoken_of_once():
    rules = [each.rule for each in check("市へ 行きます。市で 聞きます。")]
    assert rules.count("no_furigana") == 1


def test_places_are_counted_in_the_whole_text():
    text = "いい 天気です。\n  8/15に 来てください。"
    (found,) = [each for each in check(text) if each.rule == "date"]
    assert text[found.start : found.end] == "8/15"


def test_messages_speak_the_language_of_the_admin():
    with translation.override("en"):
        (found,) = check("8/15")
    assert found.message == "A date is written with 月 and 日."


def test_more_than_anybody_reads_is_refused():
    with pytest.raises(TextTooLongError):
        check("あ" * (LONGEST_TEXT + 1))


# Each of them takes a regular expression or a dictionary that goes back on its way for minutes.
HEAVY = ["あ", "なく", "（あ", "「", "清", "清、", "ア（", "a@", "a.", "1:", "令和", "8/", "8/15 "]


def test_a_hundred_thousand_characters_of_anything_are_read_once():
    easy = "まつりは 楽しいです。"
    check(easy)
    durations = {}
    for piece in [easy, *HEAVY]:
        text = (piece * LONGEST_TEXT)[:LONGEST_TEXT]
        begin = time.perf_counter()
        assert len(check(text)) <= 201
        durations[piece] = time.perf_counter() - begin
    assert max(durations.values()) < 5 * durations[easy], durations


def test_the_words_of_the_files():
    assert len(hard_words()) > 200
    for word, easier in hard_words().items():
        assert word.strip() == word, word
        assert easier, word
        assert word not in everyday_katakana(), f"{word}: hard and easy at once"
    assert fixed().search("参加者").group() == "参加者"
