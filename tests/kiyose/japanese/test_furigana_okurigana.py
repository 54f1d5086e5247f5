"""The reading stands over the kanji, and not over the kana of the word."""

from __future__ import annotations

import pytest

from kiyose.japanese.furigana.alignment import align, fits
from kiyose.japanese.furigana.lexicon import Entry, Lexicon

from .reading_aloud import entries, joined, marked, plain

OKURIGANA = entries("""
備(そな)える 取(と)り扱(あつか)い 取扱(とりあつか)い 申(もう)し込(こ)み 申込(もうしこみ)
お知(し)らせ 行(おこな)われる 問(と)い合(あ)わせ 打(う)ち合(あ)わせ 言(い)い合(あ)い
繰(く)り返(かえ)し 生(い)き生(い)き 明(あか)るい 短(みじか)い 人々(ひとびと) 国々(くにぐに)
様々(さまざま) 一人(ひとり)ひとり 子(こ)ども 子育(こそだ)て 手伝(てつだ)い 受付(うけつけ)
旭(あさひ)が丘(おか) 霞ヶ関(かすみがせき) 落(お)ち葉(ば) 片(かた)づけ 働(はたら)き方(かた)
全(すべ)て 新(あら)たな サービス業(ぎょう) 口(くち)コミ 消(け)しゴム 食(た)べ物(もの)
買(か)い物(もの) 見守(みまも)り 後押(あとお)し 受講(じゅこう)した方(かた)に 同(おな)じ方(ほう)へ
年度(ねんど)に行(おこな)った 病院(びょういん)に行(い)った 個別(こべつ)で行(おこな)っていた
身近(みぢか)な 範囲(はんい)に留(とど)める 他(ほか)に お金(かね)のこと 雨水管理(うすいかんり)
𠮷野家(よしのや) 葛󠄀飾区(かつしかく)
""")


@pytest.mark.parametrize("marked_text", OKURIGANA)
def test_okurigana(marked_text):
    assert joined(marked(plain(marked_text))) == joined(marked_text)


@pytest.mark.parametrize(
    ("word", "reading", "pieces"),
    [
        ("飲み水", "のみみず", (("飲み水", "のみみず"),)),  # の・みず or のみ・ず: whole
        ("大人", "おとな", (("大人", "おとな"),)),
        ("備える", "まちがい", (("備える", "まちがい"),)),  # the kana do not fit: whole
        ("けやき通り", "けやきどおり", (("けやき", ""), ("通", "どお"), ("り", ""))),
        (
            "きよせボランティア・市民活動センター",
            "きよせぼらんてぃあしみんかつどうせんたー",
            (("きよせボランティア・", ""), ("市民活動", "しみんかつどう"), ("センター", "")),
        ),
    ],
)
def test_alignment(word, reading, pieces):
    assert align(word, reading) == pieces


def test_a_word_that_fits_in_a_million_ways_and_in_none_is_answered():
    word = "市あ" * 25
    assert fits(word, "あ" * 99)
    assert align(word, "あ" * 99) == ((word, "あ" * 99),)  # in many ways: whole
    assert not fits(word, "あ" * 99 + "い")


def test_a_reading_in_brackets_is_the_authors():
    assert marked("白河（しらかわ）") == "白河(しらかわ)（しらかわ）"
    assert marked("山海（やまみ）ホール") == "山海（やまみ）ホール"  # not さんかい
    assert marked("下宿（げしゅく）") == "下宿（げしゅく）"  # whatever the dictionary says
    assert marked("下宿（したじゅく）") == "下宿(したじゅく)（したじゅく）"
    assert marked("人生（キャリア）") == "人生(じんせい)（キャリア）"


def test_the_readings_of_a_page_win():
    page = Lexicon([Entry("中里", "なかさと")])
    text = "中里地域市民センターの中里"
    assert joined(marked(text)).count("なかざと") == 2
    found = marked(text, page=page)
    assert found.count("なかさと") == 2
    assert "なかざと" not in found


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (Entry("髙濱", "こうひん"), "髙濱(こうひん)です"),
        (Entry("髙濱", "こうひん"), "高浜(こうひん)です"),
        (Entry("高浜", "こうひん"), "髙濱(こうひん)です"),
        (Entry("葛󠄀飾", "かつじき"), "葛󠄀飾(かつじき)です"),
        (Entry("葛󠄀飾", "かつじき"), "葛飾(かつじき)です"),
        (Entry("葛飾", "かつじき"), "葛󠄀飾(かつじき)です"),
        (Entry("下宿", "したじゅく", "濵の～"), "濵(はま)の下宿(したじゅく)です"),
    ],
)
def test_a_word_is_found_however_its_characters_are_drawn(entry, text):
    alone = Lexicon([entry])
    assert marked(plain(text), alone) == text
    assert marked(plain(text), page=alone) == text
    # Nor does a rare character elsewhere on the page make a difference.
    assert marked("𠮷、" + plain(text), alone).endswith(text)


def test_a_context_is_stronger_than_none():
    words = Lexicon(
        [Entry("上", "うえ"), Entry("上", "かみ", "の～手"), Entry("上", "じょう", "～巻")]
    )
    found = joined(marked("その上、上巻、川の上手", words))
    assert found == "その上(うえ)、上巻(じょうかん)、川(かわ)の上手(かみて)"
