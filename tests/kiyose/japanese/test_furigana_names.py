"""Every town, station, facility, division and body of the facts is read as Kiyose reads it."""

from __future__ import annotations

import pytest

from home.management.commands.setup_site import READINGS
from kiyose.japanese.furigana import lists
from kiyose.japanese.furigana.alignment import fits

from .reading_aloud import CITY, NOTHING, entries, joined, lines, marked, plain

TOWNS = entries("""
上清戸(かみきよと) 中清戸(なかきよと) 下清戸(しもきよと) 元町(もとまち) 松山(まつやま)
竹丘(たけおか) 梅園(うめぞの) 野塩(のしお) 中里(なかざと) 下宿(したじゅく) 旭(あさひ)が丘(おか)
""")

PLACES = lines("""
清瀬駅(きよせえき)
秋津駅(あきつえき)
清瀬駅北口徒歩(きよせえききたぐちとほ)2分(ふん)
柳瀬川(やなせがわ)
空堀川(からぼりがわ)
けやき通(どお)り
キヨセケヤキロードギャラリー
新庁舎(しんちょうしゃ)
新庁舎(しんちょうしゃ)またはアミューホール
本庁舎(ほんちょうしゃ)2階(かい)
市民協働(しみんきょうどう)ルーム及(およ)び市民協働(しみんきょうどう)サロン
松山(まつやま)・野塩(のしお)・竹丘(たけおか)・生涯学習各(しょうがいがくしゅうかく)センター
中央図書館(ちゅうおうとしょかん)
児童(じどう)センター
ころぽっくるホール
健康(けんこう)センター
中里地域市民(なかざとちいきしみん)センター　正面入口付近(しょうめんいりぐちふきん)
生涯学習(しょうがいがくしゅう)センター6階(かい)　講座室(こうざしつ)1
アミュービル5階(かい)　きよせコワーキングスペースことりば
市民体育館(しみんたいいくかん)
清瀬市男女共同参画(きよせしだんじょきょうどうさんかく)センター(アイレック)　会議室(かいぎしつ)
市内各小学校(しないかくしょうがっこう)・生涯学習(しょうがいがくしゅう)センター・各地域市民(かくちいきしみん)センター
コミュニティプラザひまわり
雑木林(ぞうきばやし)
""")

DIVISIONS = lines("""
経営政策部(けいえいせいさくぶ) 未来創造課(みらいそうぞうか)
地域振興部(ちいきしんこうぶ) 市民協働課(しみんきょうどうか)
教育指導課(きょういくしどうか)
課税課(かぜいか)
図書館(としょかん)
生涯学習(しょうがいがくしゅう)スポーツ課(か)　児童青少年係(じどうせいしょうねんがかり)
生涯学習(しょうがいがくしゅう)スポーツ課生涯(かしょうがい)スポーツ係(がかり)
子育(こそだ)て支援課母子保健係(しえんかぼしほけんがかり)
産業振興課産業振興係(さんぎょうしんこうかさんぎょうしんこうがかり)
介護保険課地域包括(かいごほけんかちいきほうかつ)ケア係(がかり)
男女共同参画(だんじょきょうどうさんかく)センター男女平等推進係(だんじょびょうどうすいしんがかり)
清瀬市教育委員会(きよせしきょういくいいんかい)
""")

BODIES = lines("""
SDGs推進委員会(すいしんいいんかい)
清瀬商工会(きよせしょうこうかい)
きよせボランティア・市民活動(しみんかつどう)センター
清瀬市社会福祉協議会(きよせししゃかいふくしきょうぎかい)
清瀬国際交流会(きよせこくさいこうりゅうかい)
結核研究所(けっかくけんきゅうじょ)
日本社会事業大学(にほんしゃかいじぎょうだいがく)
明治薬科大学(めいじやっかだいがく)
国立看護大学校(こくりつかんごだいがっこう)
長野県立科町(ながのけんたてしなまち)
市民(しみん)まつり 農業(のうぎょう)まつり アイレックまつり 社協(しゃきょう)まつり
きよせの環境(かんきょう)・川(かわ)まつり
清瀬(きよせ)ひまわりフェスティバル
清瀬市(きよせし)SDGs認定証(にんていしょう)
小平市(こだいらし)、東村山市(ひがしむらやまし)、東久留米市(ひがしくるめし)、西東京市(にしとうきょうし)
東大和市(ひがしやまとし)
""")

FRAMES = ("{}", "会場：{}（予定）", "{}でお待ちしています。", "次は{}です", "「{}」")


@pytest.mark.parametrize("name", TOWNS + PLACES + DIVISIONS + BODIES)
def test_names_wherever_they_stand(name):
    for frame in FRAMES:
        text = frame.format(plain(name))
        assert joined(name) in joined(marked(text)), text


@pytest.mark.parametrize("town", TOWNS)
def test_addresses(town):
    name = plain(town)
    expected = joined(f"東京都(とうきょうと)清瀬市(きよせし){town}")
    assert joined(marked(f"東京都清瀬市{name}5-842")) == f"{expected}5-842"
    expected = joined(f"{town}一丁目(いっちょうめ)")
    assert joined(marked(f"{name}一丁目")) == expected
    assert joined(marked(f"{name}4丁目1301番地")) == f"{town}4丁目(ちょうめ)1301番地(ばんち)"


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("地元町会", "地元町会(じもとちょうかい)"),  # 元町 begins inside a word
        ("下宿先を探す", "下宿先(げしゅくさき)を探(さが)す"),
        ("一日市長になる", "一日市長(いちにちしちょう)になる"),
        ("地域の市場", "地域(ちいき)の市場(しじょう)"),
    ],
)
def test_what_only_looks_like_a_name(text, reading):
    assert joined(marked(text)) == reading


def test_the_lists_are_needed_and_right():
    rows = [*lists.rows(lists.COMMON), *lists.rows(READINGS)]
    places = [(row["surface"], row["context"]) for row in rows]
    assert len(places) == len(set(places))
    assert all(fits(row["surface"], row["reading"]) for row in rows)
    # Without the dictionary these are the mistakes that a program makes.
    for name in ("梅園", "中里", "下宿", "空堀川"):
        assert marked(name, NOTHING) != marked(name, CITY), name
