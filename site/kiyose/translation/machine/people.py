"""What a machine never translates: announcements, dates, fees, and what to do in danger.

Two rules, both of which must let a string pass:

* by its place: fields that say when, how much or what to do in an emergency are declared on
  the models (``never_by_machine``, beside ``words``), and so are pages that announce
  (``is_announcement``);
* by its words (below): a day, an hour, an amount or a warning may stand in any sentence.

Wrong, these send people to the wrong place or on the wrong day, and nobody notices in time.
"""

from __future__ import annotations

import re
import unicodedata

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ..plain import without_tags


class Reason(TextChoices):
    """Why a string is left to people."""

    FIELD = "field", _("This field is always left to people.")
    DATE = "date", _("It names a day or a year.")
    TIME = "time", _("It names a time or a duration.")
    FEE = "fee", _("It speaks of money.")
    DANGER = "danger", _("It speaks of danger or of an emergency.")
    DECISION = "decision", _("It announces a decision.")


_NUMBER = "[0-9〇一二三四五六七八九十百千]"
_MONTHS = (
    r"jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|june?|july?|aug(ust)?|sep(t(ember)?)?|"
    r"oct(ober)?|nov(ember)?|dec(ember)?"
)

# In half-width characters (NFKC); letters of any case. Rather a sentence too many for people
# than a wrong day in public.
PATTERNS = {
    Reason.DATE: (
        rf"{_NUMBER}+ ?[年月日]|元年|年度|明治|大正|昭和|平成|令和",
        r"[月火水木金土日]曜|\([月火水木金土日](・祝|・休)?\)|毎[年月週日]|[今来先翌昨][年月週日]",
        r"本日|明日|明後日|前日|平日|土日|週末|祝日|休日|年末|年始|[上中下]旬|月末|期日",
        r"締め?切り?|〆切|期限|(申込|受付|募集|実施)期間|会期",
        r"日程|日時|開催日|実施日|当日|翌朝|今[夜晩朝]|毎[朝晩夕]|元日",
        r"(?<![0-9,.])(19|20)[0-9]{2}(?![0-9,人件])|(?<![0-9])[0-9]{1,2}/[0-9]{1,2}(?![0-9])",
        rf"\b({_MONTHS})\.? [0-9]|\b[0-9]{{1,2}} ({_MONTHS})\b|\bmay [0-9]|\b[0-9]{{1,2}} may\b",
        r"\b(mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(today|tomorrow|deadline)\b",
    ),
    Reason.TIME: (
        rf"{_NUMBER}+ ?(時(?!的|代)|秒|[かヶカケ]月|週間)|[0-9]+ ?分(?!野)",
        r"[一二三四五六七八九十]+分(間|ほど|程度|おき|後|前)",
        r"午前|午後|正午|深夜|早朝",
        r"(営業|受付|開館|開庁|開催|診療|利用|終了|開始)時[間刻]",
        r"(?<![0-9])[0-9]{1,2}:[0-9]{2}(?![0-9])",
        r"\b[0-9]{1,2} ?[ap]\.?m\b|\b[0-9]+ (hour|minute)s?\b",
    ),
    Reason.FEE: (
        r"[0-9〇一二三四五六七八九十百千万億兆数]円|^円$|[¥€£$] ?[0-9]|[0-9] ?(ドル|ユーロ)",
        r"無料|有料|無償|有償|料金|代金|値段|税込|税抜|割引|実費|参加費|会費|手数料",
        r"費用|価格|金額|半額|税金|支払|補助金|助成金|(材料|教材|交通|宿泊|食)費",
        r"(入場|利用|使用|受講|駐車|観覧|入館|入園|参加|拝観|受験|授業|保険|送)料",
        r"\b(yen|jpy|free of charge|fees?|prices?)\b",
    ),
    Reason.DANGER: (
        r"避難|緊急|非常(?!に)|警報|注意報|警戒|災害|地震|津波|洪水|浸水|氾濫|火災|火事|台風",
        r"救急|応急|救護|防災|熱中症|感染|アレルギー|アレルゲン|危険|迷子|\b1(10|19)番?|#7119",
        r"\b(emergenc|evacuat|warning|disaster|earthquake|flood|allerg|danger)",
    ),
    Reason.DECISION: (
        r"中止|延期|順延|休止|休館|休園|閉鎖|欠航|運休|変更になり|お知らせします",
        r"\b(cancell?ed|postponed|suspended|closed)\b",
    ),
}
_COMPILED = {
    reason: re.compile("|".join(patterns), re.IGNORECASE) for reason, patterns in PATTERNS.items()
}


def reason_in(text: str) -> Reason | None:
    """Why this text is left to people; None: a machine may draft it.

    text: with or without markup, of any width of characters.
    """
    plain = unicodedata.normalize("NFKC", without_tags(text))
    return next((reason for reason, found in _COMPILED.items() if found.search(plain)), None)


def reason_for(model, path: str, text: str) -> Reason | None:
    """The same for a string of a model: its field counts before its words.

    path: the string's path in wagtail-localize, ``body.5f0c….title``.
    """
    if path.partition(".")[0] in model.never_by_machine:
        return Reason.FIELD
    return reason_in(text)
