"""The city itself: home, news, the standing pages."""

from kit import nature, town
from kit.paint import (
    AMBER,
    BARK,
    BUTTER,
    CARROT,
    CLAY,
    DEEP,
    EARTH,
    GREEN,
    INK,
    LEAF,
    MINT,
    MIST,
    NAVY,
    PAPER,
    PEACH,
    PLUM,
    RIVER,
    ROSE,
    SAND,
    SLATE,
    SPROUT,
    STONE,
    SUN,
    again,
    at,
    circle,
    darker,
    ellipse,
    mix,
    once,
    path,
    polygon,
    rect,
    stroke,
    tag,
)
from kit.people import BROAD, CHILD, ELDER, fingers, person


def home():
    ridges = "".join(
        path(f"M{1010 + i * 26} 600C{1060 + i * 60} 680 {1090 + i * 110} 780 {1080 + i * 190} 920h70C{1130 + i * 110} 780 {1080 + i * 60} 680 {1022 + i * 26} 600z", mix(CLAY, EARTH, 0.5))
        for i in range(6)
    )
    tops = "".join(again("carrot", 1026 + i * 26 + (88 + i * 150) * t + 12 * (1 - t), 604 + 250 * t, 0.2 + 0.62 * t) for t in (0.04, 0.14, 0.26, 0.4, 0.56, 0.74) for i in range(6))
    avenue = ((392, 566, 0.32), (500, 568, 0.34), (330, 596, 0.5), (556, 604, 0.52), (226, 648, 0.8))
    return (
        once("head", nature.sunflower_head(0, 0))
        + once("carrot", nature.carrot_top())
        + once("root", nature.carrot(0, 0))
        + once("zelkova", nature.zelkova(0, 0, 1, LEAF, 1))
        + nature.sky("#e2f0f4", (820, 170, 64))
        + nature.cloud(1180, 160, 1.1)
        + nature.cloud(500, 130, 0.7)
        + nature.hills(500, mix(MIST, PAPER, 0.25), 2.2, 70)
        + town.skyline(560, mix(MIST, STONE, 0.35), 3, height=150)
        + nature.coppice(-20, 576, 620, SPROUT, 1, 70)
        + nature.coppice(1120, 576, 520, SPROUT, 6, 80)
        + rect(0, 560, 1600, 340, mix(SPROUT, LEAF, 0.2))
        + town.house(1150, 594, 120, 60, PAPER, CARROT, CLAY)
        + town.house(1310, 590, 110, 56, BUTTER, DEEP, CLAY)
        + town.house(1450, 594, 120, 62, PAPER, SLATE, CLAY)
        + path("M880 562C930 596 880 640 800 680C730 720 740 760 730 800H970C990 740 930 720 950 680C980 640 980 600 926 562z", RIVER)
        + path("M896 562C944 600 900 640 850 680C790 720 810 760 806 800H880C890 750 860 720 890 680C930 640 960 600 910 562z", mix(RIVER, MIST, 0.4))
        + nature.ripple(850, 740, 60)
        + nature.ripple(770, 716, 44)
        + nature.ripple(880, 690, 40)
        + path("M1006 600H1620V900H1120C1100 800 1060 690 1006 600z", mix(CLAY, SAND, 0.35))
        + ridges
        + tops
        + path("M-20 900C120 790 330 650 428 562H470C520 650 640 800 760 900z", SAND)
        + "".join(again("zelkova", x, y, s, mirror=i % 2 == 1) for i, (x, y, s) in enumerate(avenue))
        + nature.land([(-20, 772), (400, 764), (900, 756), (1240, 774), (1620, 830)], darker(SAND, 0.07))
        + nature.land([(-20, 782), (400, 774), (900, 766), (1240, 784), (1620, 842)], SAND)
        + again("zelkova", 20, 766, 1.36)
        + person(
            1282,
            716,
            0.62,
            style="short",
            hat="straw",
            build=ELDER,
            skin="sand",
            colour="grey",
            top=RIVER,
            legs=NAVY,
            look=-0.5,
            left=(-16, -176),
            right=(20, -172),
            mood="smile",
            left_holds=at(14, 26, town.crate(0, 0, 100, 46, CLAY, "".join(again("root", -30 + 20 * i, -8, 0.32, 8 - 6 * i) for i in range(4)))),
        )
        + person(252, 824, 1.0, build=ELDER, style="thin", colour="white", skin="sand", top=BUTTER, coat=EARTH, legs=SLATE, look=0.4, left=(-58, -126), left_holds=town.stick(118), mood="smile")
        + person(362, 840, 1.04, build=ELDER, style="perm", colour="grey", skin="ivory", top=PLUM, skirt=SLATE, look=-0.4, mood="talk")
        + person(476, 832, 1.06, style="long", colour="black", skin="honey", top=ROSE, skirt=NAVY, shoes=BARK, look=0.4, right=(58, -166), mood="smile")
        + person(572, 852, 1.06, build=CHILD, style="tail", colour="black", skin="honey", top=SUN, legs=DEEP, look=0.3, left=(-33, -160), right=(40, -160), short=True, mood="talk")
        + person(672, 834, 1.08, build=BROAD, style="afro", colour="black", skin="cocoa", top=PAPER, coat=GREEN, legs=NAVY, look=-0.3, left=(-60, -166), mood="smile")
        + at(
            984,
            862,
            town.wheelchair("back")
            + person(
                -8,
                0,
                style="bob",
                colour="chestnut",
                skin="ivory",
                top=CARROT,
                legs=NAVY,
                seat=100,
                look=0.4,
                right=(82, -246),
                left=(40, -150),
                mood="talk",
                shadow=False,
                feet=((70, -26), (92, -26)),
            )
            + town.wheelchair("front"),
            1.06,
        )
        + person(1156, 844, 1.06, style="scarf", colour=RIVER, skin="umber", top=BUTTER, skirt=DEEP, shoes=BARK, look=-0.4, left=(-78, -200), mood="smile")
        + "".join(
            nature.sunflower(x, y, s, h, t, b, "head")
            for x, y, s, h, t, b in ((1350, 920, 0.75, 150, -8, 10), (1436, 920, 1.0, 290, 8, -20), (1550, 940, 1.2, 360, -4, -10), (1490, 950, 0.9, 150, 4, 6), (66, 940, 0.95, 190, 6, 10))
        )
    )


def news():
    sheet = (
        path("M-128-78L0-66V88L-128 74z", PAPER)
        + path("M128-78L0-66V88L128 74z", darker(PAPER, 0.05))
        + path("M-112-58L-20-49V2L-112-8z", SPROUT)
        + path("M-112-22C-90-44-60-2-20-24V2L-112-8z", LEAF)
        + "".join(stroke(f"M-110 {10 + i * 18}L-{20 + 30 * (i == 2)} {19 + i * 18 - 3 * (i == 2)}", STONE, 6) for i in range(3))
        + "".join(stroke(f"M20 {-46 + i * 18}L110 {-55 + i * 18}", STONE, 6) for i in range(3))
        + path("M20 20L108 12V58L20 68z", BUTTER)
        + circle(64, 38, 16, CARROT)
    )
    sparrow = (
        path("M-34 4C-30-20-6-26 6-16C14-34 40-30 38-12C38 8 20 24-2 22C-18 22-40 30-58 24C-46 18-36 12-34 4z", EARTH)
        + path("M4 20C22 18 36 6 38-10C28-6 12 0 4 20z", SAND)
        + circle(27, -15, 3, INK)
        + path("M38-15l12 4l-12 4z", AMBER)
        + stroke("M-4 22v12M8 20v14", BARK, 3)
    )
    return (
        nature.sky("#fdf1de", (620, 180, 60))
        + nature.cloud(350, 150, 0.9)
        + nature.cloud(980, 130, 0.7)
        + town.skyline(630, mix(PEACH, SAND, 0.35), 7, height=150)
        + nature.coppice(-20, 650, 560, mix(SPROUT, BUTTER, 0.3), 3, 90)
        + nature.coppice(1060, 650, 580, mix(SPROUT, BUTTER, 0.3), 8, 80)
        + rect(0, 640, 1600, 260, mix(SPROUT, MINT, 0.2))
        + nature.land([(-20, 786), (500, 764), (1100, 766), (1640, 790)], SAND)
        + nature.zelkova(1360, 720, 1.36, LEAF, 9)
        + nature.bush(120, 720, 1.2, LEAF, 2, ROSE)
        + at(292, 836, town.bicycle(0, 0, 1.24, RIVER))
        + town.bench(810, 806, 700, EARTH)
        + at(1118, 594, sparrow, 0.9, mirror=True)
        + person(
            706,
            850,
            1.5,
            style="short",
            colour="brown",
            skin="honey",
            top=GREEN,
            legs=NAVY,
            seat=72,
            look=0.3,
            shadow=False,
            left=(-50, -186),
            right=(78, -186),
            mood="down",
            glasses=True,
            feet=((40, 0), (66, 0)),
        )
        + at(726, 560, sheet, 1.02)
        + fingers(594, 590, 1, "honey")
        + fingers(858, 590, -1, "honey")
        + person(
            990,
            846,
            1.5,
            build=CHILD,
            style="braids",
            colour="black",
            skin="honey",
            top=SUN,
            legs=ROSE,
            shoes=PAPER,
            seat=84,
            look=-0.5,
            shadow=False,
            left=(-72, -150),
            right=(-12, -92),
            mood="talk",
            feet=((-44, -20), (-64, -14)),
        )
    )


def about_kiyose():
    def field(i, wide, tone):
        """A strip between two lines that meet at the horizon."""
        return polygon(((1000 + i * 40, 630), (1000 + (i + wide) * 40, 630), (1010 + (i + wide) * 150, 910), (1010 + i * 150, 910)), tone)

    soil = mix(CLAY, SAND, 0.3)
    strips = "".join(field(i, w, t) for i, w, t in ((2, 2, soil), (4, 1.6, SPROUT), (5.6, 2.4, mix(LEAF, GREEN, 0.4)), (8, 2, soil), (10, 6, SPROUT)))
    rows = "".join(again("carrot", 1000 + i * 40 + (10 + i * 110) * t, 630 + 280 * t, 0.2 + 0.6 * t) for i in (2.4, 3.0, 3.6, 8.4, 9.0, 9.6) for t in (0.04, 0.12, 0.22, 0.34, 0.48, 0.64, 0.82))
    train = (
        rect(-230, -62, 460, 62, PAPER, 10)
        + rect(-230, -24, 460, 12, GREEN)
        + "".join(rect(-214 + i * 55, -50, 38, 22, MIST, 3) for i in range(8))
        + rect(-2, -62, 4, 62, STONE)
        + rect(-226, 0, 452, 6, SLATE)
    )
    avenue = ((588, 640, 0.24), (660, 644, 0.25), (520, 664, 0.36), (652, 676, 0.38), (410, 706, 0.56), (618, 734, 0.58), (210, 780, 0.96))
    return (
        once("head", nature.sunflower_head(0, 0))
        + once("carrot", nature.carrot_top())
        + once("zelkova", nature.zelkova(0, 0, 1, LEAF, 4))
        + nature.sky("#e4f1f4", (1150, 190, 70))
        + nature.cloud(380, 170, 1.1)
        + nature.cloud(820, 120, 0.7)
        + nature.cloud(1440, 230, 0.7)
        + nature.hills(450, mix(MIST, PAPER, 0.35), 0.6, 80)
        + nature.hills(500, mix(MIST, MINT, 0.5), 2.4, 60)
        + town.skyline(560, mix(MIST, STONE, 0.3), 8, height=140)
        + nature.coppice(-20, 590, 420, mix(LEAF, SPROUT, 0.5), 2, 120)
        + nature.coppice(1180, 590, 460, mix(LEAF, SPROUT, 0.6), 5, 90)
        + rect(0, 580, 1600, 320, SPROUT)
        + path("M-20 592V574C300 566 1300 566 1620 574V592z", mix(CLAY, STONE, 0.5))
        + at(800, 564, train)
        + town.house(1130, 632, 100, 50, PAPER, SLATE, CLAY)
        + town.house(1290, 634, 120, 58, BUTTER, CARROT, CLAY)
        + town.house(1460, 632, 110, 52, PAPER, DEEP, CLAY)
        + strips
        + rows
        + path("M850 592C940 630 890 680 790 724C690 770 700 830 640 900H1010C1010 830 1000 780 1010 724C1030 680 990 640 892 592z", RIVER)
        + path("M868 592C950 630 920 680 840 724C760 780 770 830 740 900H840C850 830 840 780 900 724C960 680 960 640 880 592z", mix(RIVER, MIST, 0.4))
        + nature.ripple(890, 800, 80)
        + nature.ripple(900, 860, 70)
        + nature.ripple(900, 740, 60)
        + path("M-20 900C200 800 500 700 606 630H640C630 700 590 800 600 900z", mix(STONE, PAPER, 0.3))
        + path("M270 900C400 810 560 720 618 644L626 644C590 730 440 820 330 900z", PAPER, opacity=0.75)
        + "".join(again("zelkova", x, y, s, mirror=i % 2 == 1) for i, (x, y, s) in enumerate(avenue))
        + person(396, 846, 0.66, style="bob", colour="brown", skin="ivory", top=ROSE, skirt=NAVY, look=0.5, right=(58, -166), mood="smile")
        + person(456, 852, 0.66, build=CHILD, style="short", skin="ivory", colour="brown", top=SUN, legs=DEEP, look=0.5, left=(-33, -150), short=True, mood="talk")
        + "".join(
            nature.sunflower(x, y, s, h, t, b, "head") for x, y, s, h, t, b in ((1270, 930, 0.7, 150, 6, 4), (1380, 940, 0.85, 210, -6, 0), (1480, 950, 0.8, 130, 4, 4), (1560, 960, 1, 270, -4, -6))
        )
        + nature.bird(900, 290, 0.9, SLATE)
        + nature.bird(1000, 340, 0.6, SLATE)
        + nature.bird(770, 330, 0.5, SLATE)
    )


def certificate():
    loaf = path("M-70 0C-86-40-40-62 0-62S86-40 70 0z", mix(CLAY, AMBER, 0.45)) + stroke("M-34-16l14-26M0-18l12-28M32-16l10-22", BUTTER, 6)
    bell = path("M-40 0C-40-44-22-54 0-54S40-44 40 0z", SUN) + path("M8-53C26-50 40-40 40 0H14C18-20 18-40 8-53z", AMBER) + rect(-46, -4, 92, 12, BARK, 5) + circle(0, -58, 7, AMBER)
    return (
        rect(0, 0, 1600, 900, mix(SAND, PAPER, 0.35))
        + polygon(((0, 0), (520, 0), (1030, 740), (370, 740), (0, 240)), mix(BUTTER, PAPER, 0.55), opacity=0.6)
        + "".join(rect(x, 0, 3, 730, darker(SAND, 0.04)) for x in range(100, 1600, 200))
        + rect(90, 110, 330, 400, PAPER, 8)
        + rect(106, 126, 298, 368, MIST)
        + tag("clipPath", rect(106, 126, 298, 368, INK), id="pane")
        + tag("g", nature.coppice(90, 500, 330, SPROUT, 4, 90) + at(320, 500, nature.zelkova(0, 0, 0.6, LEAF, 3, detail=False)), clip_path="url(#pane)")
        + rect(249, 126, 12, 368, PAPER)
        + rect(70, 500, 370, 22, darker(PAPER, 0.06), 4)
        + nature.pot(150, 502, 0.62, CARROT, "flowers")
        + stroke("M800 60L640 176M800 60L960 176", SLATE, 5)
        + circle(800, 60, 10, BARK)
        + town.certificate(800, 380, 2)
        + town.rosette(1040, 552, 1.2)
        + rect(1180, 250, 300, 16, EARTH, 4)
        + rect(1180, 430, 300, 16, EARTH, 4)
        + "".join(rect(1200 + i * 64, 250 - h, 48, h, c, 8) + rect(1208 + i * 64, 238 - h, 32, 16, BARK, 4) for i, (h, c) in enumerate(((86, SUN), (72, ROSE), (86, LEAF), (72, MIST))))
        + nature.pot(1250, 432, 0.74, PAPER, "shrub")
        + "".join(rect(1350 + i * 26, 430 - h, 20, h, c, 2) for i, (h, c) in enumerate(((84, DEEP), (72, CARROT), (92, GREEN))))
        + rect(0, 760, 1600, 140, EARTH)
        + rect(0, 730, 1600, 44, CLAY)
        + rect(0, 766, 1600, 8, darker(CLAY, 0.2))
        + "".join(rect(x, 774, 6, 126, darker(EARTH, 0.12)) for x in range(200, 1600, 300))
        + ellipse(360, 732, 220, 12, darker(CLAY, 0.16))
        + at(356, 708, loaf, 1.05)
        + at(356, 672, loaf, 1.05)
        + at(266, 712, loaf, 1.1)
        + at(446, 712, loaf, 1.1)
        + rect(160, 710, 400, 18, PAPER, 8)
        + at(1120, 734, bell, 1)
        + nature.pot(1350, 740, 1.5, CARROT, "sprout")
    )


PICTURES = {"home": home, "news": news, "about-kiyose": about_kiyose, "certificate": certificate}
