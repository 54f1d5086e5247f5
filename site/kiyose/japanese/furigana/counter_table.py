"""How counters are read: one line for each, all of it data.

Sudachi reads the digits one by one and the counter as if it stood alone (3本 is さんぽん to
it), so numbers have a table of their own. The rules of sound are those of 日本語の助数詞 as any
school grammar lists them; where two readings are right (10分 じゅっぷん, じっぷん) the one of
NHK's everyday speech is taken.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Counter:
    """One counter.

    reading: as it stands alone; b, p: the ends of the numbers after which its first sound is
    voiced (3階 がい) or hardened (1本 ぽん); whole: numbers that are read together with it
    (3日 みっか); digits: how a digit before it is read where that is not the usual way (4時
    よじ), for numbers in kanji, whose furigana show it.

    An end of a number is its last digit, its zeros (0, 00, 000, 0000 and more), or 何.
    """

    reading: str
    b: str = ""
    p: str = ""
    whole: dict[int, str] = field(default_factory=dict)
    digits: dict[int, str] = field(default_factory=dict)


DAYS = {
    2: "ふつか", 3: "みっか", 4: "よっか", 5: "いつか", 6: "むいか", 7: "なのか", 8: "ようか",
    9: "ここのか", 10: "とおか", 14: "じゅうよっか", 20: "はつか", 24: "にじゅうよっか",
}  # fmt: skip
FOUR = {4: "よ"}
BY_THE_CLOCK = {4: "よ", 7: "しち", 9: "く"}

# Sounds as in 1本 ぽん, 3本 ぼん; and as in 1分 ぷん, 3分 ぷん.
LIKE_HON = {"p": "1 6 8 0 00", "b": "3 000 0000 何"}
LIKE_FUN = {"p": "1 3 4 6 8 0 00 000 0000 何"}

COUNTERS = {
    # Days and times
    "日": Counter("にち", whole=DAYS),
    "月": Counter("がつ", digits={4: "し", 7: "しち", 9: "く"}),
    "か月": Counter("かげつ"),
    "年": Counter("ねん", digits=FOUR),
    "年度": Counter("ねんど", digits=FOUR),
    "年生": Counter("ねんせい", digits=FOUR),
    "年代": Counter("ねんだい"),
    "年来": Counter("ねんらい"),
    "周年": Counter("しゅうねん"),
    "世紀": Counter("せいき"),
    "世代": Counter("せだい"),
    "時": Counter("じ", digits=BY_THE_CLOCK),
    "時間": Counter("じかん", digits=BY_THE_CLOCK),
    "分": Counter("ふん", **LIKE_FUN),
    "秒": Counter("びょう"),
    "週": Counter("しゅう"),
    "週間": Counter("しゅうかん"),
    "泊": Counter("はく", **LIKE_FUN),
    # People and what they form
    "人": Counter("にん", whole={1: "ひとり", 2: "ふたり"}, digits=FOUR),
    "人前": Counter("にんまえ", digits=FOUR),
    "名": Counter("めい"),
    "名様": Counter("めいさま"),
    "歳": Counter("さい", whole={20: "はたち"}),
    "才": Counter("さい"),
    "歳児": Counter("さいじ"),
    "代": Counter("だい"),
    "世帯": Counter("せたい"),
    "団体": Counter("だんたい"),
    "社": Counter("しゃ"),
    "校": Counter("こう"),
    "園": Counter("えん"),
    "店": Counter("てん"),
    "店舗": Counter("てんぽ"),
    "組": Counter("くみ", whole={1: "ひとくみ", 2: "ふたくみ"}),
    "班": Counter("はん", p="1 6 8 0"),
    "市": Counter("し"),
    "区": Counter("く"),
    "か国": Counter("かこく"),
    "か国語": Counter("かこくご"),
    "言語": Counter("げんご"),
    # Money and measures
    "円": Counter("えん", digits=FOUR),
    "割": Counter("わり"),
    "倍": Counter("ばい"),
    "度": Counter("ど"),
    "点": Counter("てん"),
    "畳": Counter("じょう"),
    "坪": Counter("つぼ"),
    # Places
    "丁目": Counter("ちょうめ"),
    "番": Counter("ばん"),
    "番地": Counter("ばんち"),
    "番線": Counter("ばんせん"),
    "号": Counter("ごう"),
    "号棟": Counter("ごうとう"),
    "号室": Counter("ごうしつ"),
    "号車": Counter("ごうしゃ"),
    "階": Counter("かい", b="3 何"),
    "階建て": Counter("かいだて", b="3 何"),
    "か所": Counter("かしょ"),
    "軒": Counter("けん", b="3 何"),
    "戸": Counter("こ"),
    "棟": Counter("とう"),
    "室": Counter("しつ"),
    "地区": Counter("ちく"),
    # Things
    "本": Counter("ほん", **LIKE_HON),
    "台": Counter("だい"),
    "両": Counter("りょう"),
    "枚": Counter("まい"),
    "冊": Counter("さつ"),
    "部": Counter("ぶ"),
    "個": Counter("こ"),
    "匹": Counter("ひき", **LIKE_HON),
    "頭": Counter("とう"),
    "杯": Counter("はい", **LIKE_HON),
    "株": Counter("かぶ", whole={1: "ひとかぶ", 2: "ふたかぶ"}),
    "皿": Counter("さら", whole={1: "ひとさら", 2: "ふたさら"}),
    "席": Counter("せき"),
    "食": Counter("しょく"),
    "種": Counter("しゅ"),
    "種類": Counter("しゅるい"),
    "品目": Counter("ひんもく"),
    "曲": Counter("きょく"),
    "通": Counter("つう"),
    "票": Counter("ひょう", **LIKE_HON),
    "問": Counter("もん"),
    "語": Counter("ご"),
    "文字": Counter("もじ", whole={1: "ひともじ", 2: "ふたもじ"}),
    # Acts and order
    "回": Counter("かい"),
    "歩": Counter("ほ", p="1 3 4 6 8 0 00 何"),
    "件": Counter("けん"),
    "周": Counter("しゅう"),
    "通り": Counter("とおり", whole={1: "ひととおり", 2: "ふたとおり"}),
    "位": Counter("い"),
    "次": Counter("じ"),
    "期": Counter("き"),
    "級": Counter("きゅう"),
    "段": Counter("だん"),
    "段階": Counter("だんかい"),
    "章": Counter("しょう"),
    "節": Counter("せつ"),
    "条": Counter("じょう"),
    "項": Counter("こう"),
    "項目": Counter("こうもく"),
    "版": Counter("はん", p="1 3 4 6 8 0"),
    "面": Counter("めん"),
    "列": Counter("れつ"),
}

# 1か月, 1ヶ月, 1カ月, 1ヵ月, 1箇月: か however it is written.
WAYS_TO_WRITE_KA = "かヶケカヵ箇個"

# What may follow a counter and is read the same after all of them.
FOLLOWING = {
    "間": "かん", "目": "め", "前": "まえ", "後": "ご", "半": "はん", "以上": "いじょう",
    "以下": "いか", "以内": "いない", "以降": "いこう", "以前": "いぜん", "未満": "みまん",
    "程度": "ていど", "余り": "あまり", "頃": "ごろ", "ごろ": "ごろ", "台": "だい", "分": "ぶん",
    "あたり": "あたり", "当たり": "あたり", "付": "づけ", "付け": "づけ",
}  # fmt: skip

# A day of 24 hours or the first of a month? What stands beside 1日 decides; if nothing does, it
# is left without furigana.
AFTER_A_WHOLE_DAY = (
    "間|目|前|分|半|中|あたり|当たり|につき|ごと|おき|がかり|も|で|乗車券|券|体験|市長|署長|平均|限定"
    "|コース|過ご|かけ|の[流一終始]|[0-9一二三四五六七八九十]+[回時本便]|に[0-9一二三四五六七八九十約数]"
)
BESIDE_THE_FIRST = (
    "から|まで|より|以降|付|現在|号|発行|発表|公開|開始|締切|必着|正午|午[前後]|[・、,～〜~-][0-9]"
)

UNITS = {"百": "ひゃく", "千": "せん", "万": "まん", "億": "おく", "兆": "ちょう"}
# 3百 びゃく, 6百 ぴゃく, 3千 ぜん
UNITS_AFTER = {"百": {3: "びゃく", 6: "ぴゃく", 8: "ぴゃく"}, "千": {3: "ぜん"}}

WEEKDAYS = {
    "月": "げつ",
    "火": "か",
    "水": "すい",
    "木": "もく",
    "金": "きん",
    "土": "ど",
    "日": "にち",
}
HOLIDAYS = {
    "祝": "しゅく",
    "休": "きゅう",
    "祝日": "しゅくじつ",
    "休日": "きゅうじつ",
    "振休": "ふりきゅう",
}
