"""What events can be chosen from: short codes, and what people call them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Repeats(models.TextChoices):
    """How the days between the first and the last one count."""

    ONCE = "once", _("Once, without a break from the beginning to the end")
    DAILY = "daily", _("Every day until the last day, at these times")
    WEEKLY = "weekly", _("Every week on this weekday, until the last day")
    IN_WORDS = "words", _("Only in words; these days are for sorting")


class Application(models.TextChoices):
    """Whether one has to apply, and who gets a place."""

    NOT_NEEDED = "none", _("No application needed")
    NEEDED = "needed", _("Application needed")
    FIRST_COME = "first-come", _("First come, first served")  # 先着順
    LOTTERY = "lottery", _("By lottery")  # 抽選


class Status(models.TextChoices):
    """What a duty officer can decide about a day."""

    ON = "on", pgettext_lazy("status of an event", "Takes place")  # 開催
    POSTPONED = "postponed", pgettext_lazy("status of an event", "Postponed")  # 順延
    CANCELLED = "cancelled", pgettext_lazy("status of an event", "Cancelled")  # 中止
    MOVED = "moved", pgettext_lazy("status of an event", "Moved to another place")  # 場所変更


class Audience(models.TextChoices):
    EVERYONE = "everyone", _("Everyone")
    SMALL_CHILDREN = "small-children", _("Small children with their parents")
    CHILDREN = "children", _("Children of school age")
    YOUNG_PEOPLE = "young-people", _("Young people")
    PARENTS = "parents", _("Parents and carers")
    SENIORS = "seniors", _("Seniors")
    DISABLED = "disabled", _("People with disabilities")
    FOREIGN = "foreign", _("People from abroad")
    BUSINESS = "business", _("Companies and shops")
    VOLUNTEERS = "volunteers", _("Volunteers and citizens’ groups")


class Accessibility(models.TextChoices):
    STEP_FREE = "step-free", _("Step-free way in")
    LIFT = "lift", _("Lift")
    WHEELCHAIR_PLACES = "wheelchair-places", _("Places for wheelchairs")
    ACCESSIBLE_TOILET = "accessible-toilet", _("Accessible toilet")
    OSTOMATE_TOILET = "ostomate-toilet", _("Toilet for ostomates")
    CAPTIONS = "captions", _("Speech in writing")  # 要約筆記
    HEARING_LOOP = "hearing-loop", _("Hearing loop")
    WRITING = "writing", _("Staff answer in writing")  # 筆談
    GUIDE_DOGS = "guide-dogs", _("Assistance dogs are welcome")
    QUIET_ROOM = "quiet-room", _("Quiet place to rest")
    DISABLED_PARKING = "disabled-parking", _("Parking for people with disabilities")


class Language(models.TextChoices):
    """Languages in which visitors are answered, by ISO 639-1."""

    JA = "ja", _("Japanese")
    EN = "en", _("English")
    ZH = "zh", _("Chinese")
    KO = "ko", _("Korean")
    VI = "vi", _("Vietnamese")
    NE = "ne", _("Nepali")
    TL = "tl", _("Filipino")
    ID = "id", _("Indonesian")
    MY = "my", _("Burmese")
    TH = "th", _("Thai")
    ES = "es", _("Spanish")
    PT = "pt", _("Portuguese")
    FR = "fr", _("French")


class Diet(models.TextChoices):
    VEGETARIAN = "vegetarian", _("Vegetarian food")
    VEGAN = "vegan", _("Vegan food")
    HALAL = "halal", _("Halal food")


class Allergen(models.TextChoices):
    """The eight whose labelling is obligatory in Japan (食品表示基準), then those recommended."""

    SHRIMP = "shrimp", _("Shrimp")
    CRAB = "crab", _("Crab")
    WALNUT = "walnut", _("Walnut")
    WHEAT = "wheat", _("Wheat")
    BUCKWHEAT = "buckwheat", _("Buckwheat")
    EGG = "egg", _("Egg")
    MILK = "milk", _("Milk")
    PEANUT = "peanut", _("Peanut")
    ALMOND = "almond", _("Almond")
    ABALONE = "abalone", _("Abalone")
    SQUID = "squid", _("Squid")
    SALMON_ROE = "salmon-roe", _("Salmon roe")
    ORANGE = "orange", pgettext_lazy("food", "Orange")
    CASHEW = "cashew", _("Cashew nut")
    KIWI = "kiwi", _("Kiwi fruit")
    BEEF = "beef", _("Beef")
    SESAME = "sesame", _("Sesame")
    SALMON = "salmon", _("Salmon")
    MACKEREL = "mackerel", _("Mackerel")
    SOYBEAN = "soybean", _("Soybean")
    CHICKEN = "chicken", _("Chicken")
    BANANA = "banana", _("Banana")
    PORK = "pork", _("Pork")
    MACADAMIA = "macadamia", _("Macadamia nut")
    PEACH = "peach", _("Peach")
    YAM = "yam", _("Yam")
    APPLE = "apple", _("Apple")
    GELATINE = "gelatine", _("Gelatine")
