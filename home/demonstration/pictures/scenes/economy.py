"""Pillar economy: shops, founders, festivals."""

from kit import nature, town
from kit.heads import HAIR
from kit.paint import (
    AMBER,
    BARK,
    BUTTER,
    CARROT,
    CLAY,
    DAWN,
    DEEP,
    EARTH,
    GREEN,
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
    grain,
    lighter,
    mix,
    once,
    path,
    polygon,
    rect,
    stroke,
)
from kit.people import BROAD, CHILD, ELDER, fingers, person


def sunflower_festival():
    plant = stroke("M0 0V150", GREEN, 12) + nature.leaf(0, 110, 1, -20) + at(0, 90, nature.leaf(0, 0, 1, -12), mirror=True)
    field = "".join(
        again("far", x + 40 * grain(i), y + 20 * grain(i + 9), size)
        for y, size, step in ((508, 0.17, 40), (536, 0.24, 54), (580, 0.34, 78), (640, 0.5, 118))
        for i, x in enumerate(range(-40, 1640, step))
    )
    return (
        once("head", nature.sunflower_head(0, 0))
        + once("far", plant + again("head", 0, 0))
        + nature.sky("#e0f0f4", (1130, 160, 60))
        + nature.cloud(420, 190, 1.1)
        + nature.cloud(860, 120, 0.6)
        + town.skyline(480, mix(MIST, STONE, 0.25), 4, height=90)
        + nature.coppice(-40, 520, 760, SPROUT, 1, 60)
        + nature.coppice(860, 520, 800, SPROUT, 5, 70)
        + rect(0, 496, 1600, 404, LEAF)
        + field
        + nature.land([(-50, 720), (400, 690), (800, 700), (1200, 690), (1650, 720)], mix(GREEN, LEAF, 0.5))
        + path("M400 900C540 810 630 750 650 694L960 694C980 750 1060 810 1200 900z", SAND)
        + person(624, 846, 1.32, style="neat", skin="sand", top=PAPER, coat=DEEP, legs=CLAY, shoes=BARK, look=0.5, right=(64, -164), mood="smile")
        + person(992, 850, 1.32, style="tail", colour="brown", skin="ivory", top=ROSE, skirt=NAVY, shoes=BARK, look=-0.5, left=(-64, -166), right=(88, -322), mood="smile")
        + person(808, 866, 1.36, build=CHILD, style="short", hat="straw", skin="sand", top=SUN, legs=DEEP, short=True, look=0.4, left=(-68, -166), right=(68, -164), mood="talk")
        + "".join(
            nature.sunflower(x, y, size, height, turn, bend, "head")
            for x, y, size, height, turn, bend in (
                (1236, 900, 1.05, 390, 8, -20),
                (1310, 940, 1.3, 470, -6, 10),
                (1450, 960, 1.5, 370, 10, -10),
                (1600, 980, 1.5, 500, 4, -10),
                (456, 900, 1.1, 390, 4, 20),
                (340, 940, 1.3, 450, -8, -20),
                (170, 960, 1.5, 350, 12, 10),
                (10, 980, 1.5, 470, 2, 20),
            )
        )
    )


def incubation_manager():
    notes = "".join(rect(x, y, 62, 62, c, 3) for x, y, c in ((636, 236, BUTTER), (712, 228, PEACH), (640, 312, MINT), (900, 216, BUTTER), (976, 232, MIST), (904, 292, PEACH)))
    return (
        rect(0, 0, 1600, 900, DAWN)
        + circle(800, 400, 470, mix(DAWN, BUTTER, 0.4))
        + rect(0, 700, 1600, 200, mix(SAND, CLAY, 0.35))
        + rect(0, 694, 1600, 12, mix(SAND, CLAY, 0.7))
        + rect(590, 190, 480, 268, darker(SAND, 0.1), 10)
        + rect(602, 202, 456, 244, PAPER, 4)
        + notes
        + stroke("M720 400C780 396 800 330 850 326", GREEN, 9)
        + stroke("M828 312L856 324L838 350", GREEN, 9)
        + nature.pot(300, 716, 1.15, PAPER, "shrub")
        + rect(1220, 250, 160, 14, EARTH, 4)
        + "".join(rect(1232 + i * 24, 250 - h, 18, h, c, 2) for i, (h, c) in enumerate(((84, GREEN), (70, SUN), (92, DEEP), (76, ROSE))))
        + nature.pot(1350, 250, 0.55, CARROT, "sprout")
        + at(
            800,
            860,
            town.chair_side(-236, 0, EARTH, back=-1, seat=96)
            + person(-220, 0, style="bob", skin="ivory", colour="chestnut", top=GREEN, legs=NAVY, seat=92, look=0.55, left=(58, -178), right=(104, -214), mood="talk", shadow=False)
            + town.chair_side(236, 0, EARTH, back=1, seat=96)
            + person(
                220, 0, build=BROAD, style="buzz", skin="umber", top=PAPER, coat=CARROT, legs=SLATE, seat=92, look=-0.55, right=(-62, -176), left=(-96, -170), glasses=True, mood="smile", shadow=False
            )
            + town.table(0, 0, 330, 142, CLAY, EARTH)
            + town.laptop(82, -152)
            + nature.pot(-34, -152, 0.72, CARROT, "sprout"),
            1.5,
        )
    )


def paving(y=690, tone=SAND):
    """A square before houses: the common ground of the street scenes."""
    return (
        rect(0, y, 1600, 900 - y, tone)
        + rect(0, y, 1600, 10, darker(tone, 0.08))
        + "".join(
            stroke(f"M{x} {yy}h{w}", darker(tone, 0.06), 6) for x, yy, w in ((90, 760, 120), (420, 730, 70), (1320, 752, 110), (980, 738, 60), (240, 868, 160), (1260, 864, 190), (700, 880, 120))
        )
    )


def local_currency():
    shelf = "".join(circle(900 + i * 46, 668 - (i % 2) * 8, 27, c) for i, c in enumerate((ROSE, ROSE, SUN, SUN, ROSE)))
    greens = "".join(at(1190 + i * 66, 676, nature.crown(40, 36, GREEN, i) + at(-8, -10, nature.crown(26, 22, SPROUT, i + 2))) for i in range(2))
    roots = "".join(nature.carrot(1318 + i * 34, 640, 0.42, 12 - 8 * i) for i in range(4))
    return (
        nature.sky("#e6f2f0")
        + nature.cloud(330, 170, 1)
        + town.skyline(700, mix(MIST, STONE, 0.2), 2, end=820, height=150)
        + nature.zelkova(190, 712, 1.25, LEAF, 2)
        + paving()
        + rect(800, 130, 720, 600, PAPER)
        + rect(1440, 130, 80, 600, darker(PAPER, 0.07))
        + rect(780, 108, 760, 34, mix(EARTH, CLAY, 0.3), 4)
        + rect(840, 250, 600, 470, mix(CLAY, BUTTER, 0.45))
        + "".join(rect(1150, y, 270, 12, EARTH, 3) for y in (400, 500))
        + "".join(
            rect(1166 + i * 42, y - h, 30, h, c, 5)
            for y, tones in ((400, (RIVER, SUN, ROSE, GREEN, PEACH, DEEP)), (500, (PEACH, GREEN, MIST, CARROT, PAPER, SUN)))
            for i, (c, h) in enumerate(zip(tones, (52, 44, 58, 48, 40, 54), strict=True))
        )
        + person(1010, 830, 1.36, style="perm", colour="grey", build=ELDER, skin="ivory", top=PAPER, apron=GREEN, legs=NAVY, look=-0.5, left=(-60, -206), right=(40, -140), mood="smile", shadow=False)
        + town.awning(810, 214, 660, GREEN, PAPER, 92, 10)
        + shelf
        + greens
        + roots
        + rect(846, 690, 600, 150, CLAY, 4)
        + rect(836, 676, 620, 26, lighter(CLAY, 0.25), 6)
        + "".join(rect(846 + i * 150, 702, 6, 138, darker(CLAY, 0.12)) for i in range(1, 4))
        + ellipse(1146, 842, 320, 12, "#1d2b4a", opacity=0.12)
        + polygon(((868, 676), (882, 628), (934, 628), (948, 676)), NAVY)
        + polygon(((884, 666), (893, 638), (924, 638), (933, 666)), MINT)
        + person(570, 856, 1.42, style="curls", colour="black", skin="umber", top=SUN, legs=DEEP, shoes=PAPER, look=0.6, right=(118, -226), right_holds=town.phone(8, -30, 1.15, 14), mood="smile")
        + stroke("M474 694C478 610 522 610 526 694", BARK, 6)
        + path("M446 690h110l14 116h-138z", CARROT)
        + path("M446 690h110l4 32h-118z", darker(CARROT, 0.1))
        + "".join(town.coin(x, y, r, turn=t) for x, y, r, t in ((752, 440, 38, -14), (800, 344, 46, 4), (896, 306, 38, 14)))
    )


def sdgs_festival():
    def stall(x, colour, who, goods, aside=0):
        return (
            town.tent(x, 706, 316, colour, 440)
            + person(x + aside, 716, 0.82, shadow=False, **who)
            + rect(x - 126, 620, 252, 86, darker(PAPER, 0.05), 3)
            + rect(x - 134, 606, 268, 20, PAPER, 4)
            + rect(x - 126, 664, 252, 12, colour)
            + at(x, 606, goods)
        )

    pots = nature.pot(-78, 0, 0.42, CARROT, "flowers") + nature.pot(-30, 0, 0.42, RIVER, "flowers") + nature.pot(76, 0, 0.42, PAPER, "sprout")
    vegetables = town.crate(-66, 0, 90, 34, CLAY, "".join(nature.carrot(-26 + i * 26, -2, 0.28, 4) for i in range(3))) + "".join(circle(40 + i * 34, -15, 17, ROSE) for i in range(3))
    bread = "".join(ellipse(-84 + i * 42, -12, 24, 14, mix(CLAY, AMBER, 0.4)) for i in range(3)) + rect(50, -40, 60, 40, BUTTER, 5)
    books = "".join(rect(-100 + i * 22, -h, 18, h, c, 2) for i, (c, h) in enumerate(((DEEP, 46), (SUN, 38), (GREEN, 50), (ROSE, 42)))) + circle(60, -22, 22, PEACH) + circle(92, -16, 16, MINT)
    autumn = mix(SUN, CARROT, 0.45)
    return (
        once("zelkova", nature.zelkova(0, 0, 1, autumn, 1))
        + nature.sky("#eef3ea", (1200, 150, 56))
        + nature.cloud(560, 130, 0.8)
        + nature.coppice(-20, 670, 1640, mix(BUTTER, SPROUT, 0.55), 3, 120)
        + again("zelkova", 90, 690, 1.35)
        + again("zelkova", 1510, 690, 1.35, mirror=True)
        + nature.land([(-20, 660), (500, 650), (1100, 652), (1640, 662)], mix(SPROUT, BUTTER, 0.25))
        + stall(250, GREEN, {"style": "short", "hat": "straw", "top": PAPER, "skin": "sand", "mood": "smile"}, vegetables)
        + stall(617, CARROT, {"style": "bun", "colour": "brown", "top": RIVER, "skin": "ivory", "apron": PAPER}, bread, 44)
        + stall(983, RIVER, {"style": "afro", "skin": "cocoa", "top": PEACH, "mood": "smile"}, pots, -70)
        + stall(1350, PLUM, {"style": "neat", "colour": "grey", "top": MINT, "skin": "sand", "glasses": True}, books, 40)
        + town.bunting(-20, 90, 1620, 90, 66, 22)
        + nature.land([(-20, 760), (500, 742), (1100, 744), (1640, 764)], SAND)
        + person(404, 850, 1.24, style="long", colour="black", skin="honey", top=ROSE, skirt=PLUM, shoes=BARK, look=0.5, right=(68, -165), mood="smile")
        + stroke("M566 690Q574 560 560 470", SLATE, 3)
        + path("M560 470C500 440 506 366 560 366S620 440 560 470z", SUN)
        + path("M560 470C596 446 610 386 572 367C622 376 614 444 560 470z", darker(SUN, 0.08))
        + person(524, 862, 1.24, build=CHILD, style="bob", colour="black", skin="honey", top=PAPER, legs=DEEP, look=0.6, left=(-33, -150), right=(35, -138), short=True, mood="talk")
        + at(
            810,
            866,
            town.wheelchair("back")
            + person(
                -8,
                0,
                style="short",
                colour="chestnut",
                skin="ivory",
                top=GREEN,
                legs=SLATE,
                seat=100,
                look=0.5,
                right=(78, -206),
                left=(40, -150),
                mood="talk",
                shadow=False,
                feet=((70, -26), (92, -26)),
            )
            + town.wheelchair("front"),
            1.2,
        )
        + person(1072, 856, 1.24, style="scarf", colour=SUN, skin="umber", top=DEEP, skirt=NAVY, look=-0.5, left=(-86, -190), mood="smile")
        + person(1262, 860, 1.22, build=ELDER, style="thin", colour="white", skin="sand", top=PAPER, coat=EARTH, legs=SLATE, look=-0.4, right=(58, -128), right_holds=town.stick(118), mood="smile")
    )


def founder_support():
    ladder = (
        stroke("M-96 0L-24-330M96 0L24-330", darker(CLAY, 0.25), 14)
        + "".join(stroke(f"M{-96 + 72 * t:.0f} {-330 * t:.0f}H{96 - 72 * t:.0f}", CLAY, 13) for t in (0.14, 0.34, 0.54, 0.74))
        + rect(-44, -342, 88, 20, CLAY, 5)
    )
    board = (
        stroke("M-110-52V-16M110-52V-16", BARK, 6)
        + rect(-160, -22, 320, 92, EARTH, 10)
        + rect(-148, -10, 296, 68, lighter(CLAY, 0.15), 6)
        + circle(0, 24, 25, PAPER)
        + at(-18, 33, nature.leaf(0, 0, 0.44, -22, LEAF))
    )
    return (
        nature.sky("#fbf1e2")
        + nature.cloud(270, 170, 1)
        + town.skyline(700, mix(PEACH, SAND, 0.5), 6, height=170)
        + nature.tree(140, 712, 1.7, LEAF, 3)
        + nature.tree(1500, 712, 1.5, SPROUT, 5)
        + paving(696, mix(SAND, CLAY, 0.15))
        + rect(650, 190, 700, 520, lighter(MIST, 0.35))
        + rect(1290, 190, 60, 520, mix(MIST, SLATE, 0.12))
        + rect(626, 162, 748, 40, DEEP, 6)
        + rect(990, 430, 290, 190, PAPER, 6)
        + rect(1002, 442, 266, 166, mix(BUTTER, PAPER, 0.3))
        + rect(1002, 560, 266, 10, CLAY)
        + "".join(nature.pot(1046 + i * 62, 560, 0.4, c, p) for i, (c, p) in enumerate(((CARROT, "sprout"), (RIVER, "flowers"), (SUN, "sprout"), (ROSE, "flowers"))))
        + town.awning(980, 404, 310, CARROT, PAPER, 58, 8)
        + rect(770, 430, 170, 280, EARTH, 6)
        + rect(790, 450, 130, 150, MIST, 4)
        + polygon(((790, 450), (880, 450), (790, 570)), lighter(MIST, 0.5))
        + circle(920, 640, 9, SUN)
        + at(846, 300, board, 1.05, -3)
        + nature.pot(716, 724, 0.62, PAPER, "shrub")
        + nature.pot(1230, 726, 1, CARROT, "flowers")
        + ellipse(600, 852, 130, 11, "#1d2b4a", opacity=0.13)
        + at(600, 850, ladder, 1.1)
        + person(596, 616, 1.22, style="tail", colour="black", skin="sand", top=SUN, apron=NAVY, legs=GREEN, look=0.5, right=(104, -270), left=(60, -226), mood="smile", shadow=False, short=True)
        + person(434, 856, 1.3, build=BROAD, style="neat", colour="grey", skin="sand", top=PAPER, coat=GREEN, legs=SLATE, look=0.6, tilt=-8, right=(90, -258), left=(86, -196), mood="smile")
    )


def certification():
    window = (
        rect(150, 130, 360, 420, PAPER, 8)
        + rect(166, 146, 328, 388, MIST)
        + nature.coppice(166, 534, 290, SPROUT, 2, 110)
        + at(330, 534, nature.zelkova(0, 0, 0.46, LEAF, 3, detail=False))
        + rect(324, 146, 12, 388, PAPER)
    )
    return (
        rect(0, 0, 1600, 900, MINT)
        + circle(800, 420, 460, mix(MINT, PAPER, 0.55))
        + window
        + at(940, 0, window)
        + rect(0, 690, 1600, 210, mix(CLAY, SAND, 0.45))
        + rect(0, 682, 1600, 14, mix(CLAY, SAND, 0.1))
        + nature.pot(80, 740, 0.95, PAPER, "shrub")
        + nature.pot(1520, 740, 0.95, PAPER, "shrub")
        + person(330, 830, 1.3, build=ELDER, style="perm", colour="white", skin="ivory", top=ROSE, skirt=PLUM, look=0.5, left=(8, -214), right=(26, -220), mood="smile", glasses=True)
        + person(1282, 836, 1.32, style="scarf", colour=RIVER, skin="honey", top=SUN, legs=NAVY, look=-0.5, left=(-26, -212), right=(-4, -202), mood="smile")
        + person(604, 850, 1.46, style="bob", colour="black", skin="sand", top=PAPER, coat=NAVY, legs=NAVY, look=0.5, right=(88, -206), left=(62, -178), mood="smile", behind="l")
        + person(
            1000,
            850,
            1.46,
            build=BROAD,
            style="short",
            colour="brown",
            skin="honey",
            top=PAPER,
            apron=CARROT,
            legs=DEEP,
            look=-0.5,
            left=(-86, -206),
            right=(-64, -176),
            short=True,
            mood="smile",
            beard=HAIR["brown"],
            behind="r",
        )
        + town.certificate(802, 546, 0.86)
        + town.rosette(902, 640, 0.62)
        + fingers(684, 558, 1, "sand")
        + fingers(920, 558, -1, "honey")
    )


def bank_agreements():
    seven = "".join(
        town.bank(x, y, 150, h, w) if kind else town.block(x, y, 130, h + 60, w, 4, 3, PAPER)
        for x, y, h, w, kind in (
            (60, 640, 200, PEACH, 1),
            (276, 640, 190, MINT, 0),
            (470, 640, 220, BUTTER, 1),
            (725, 640, 210, MIST, 1),
            (1000, 640, 200, PEACH, 0),
            (1180, 640, 215, MINT, 1),
            (1396, 640, 190, BUTTER, 0),
        )
    )
    return (
        nature.sky("#edf3f4")
        + nature.cloud(300, 150, 0.9)
        + nature.cloud(1240, 120, 1)
        + nature.coppice(-20, 640, 1640, mix(SPROUT, MINT, 0.4), 4, 120)
        + seven
        + rect(0, 634, 1600, 266, mix(SAND, PAPER, 0.2))
        + rect(0, 634, 1600, 12, darker(SAND, 0.06))
        + nature.bush(90, 690, 1.1, LEAF)
        + nature.bush(1510, 690, 1.1, LEAF, 3)
        + person(404, 826, 1.22, style="neat", colour="grey", skin="sand", top=PAPER, coat=SLATE, legs=SLATE, look=0.5, left=(10, -206), right=(30, -212), mood="smile", glasses=True)
        + person(1232, 826, 1.22, style="long", colour="black", skin="honey", top=PAPER, coat=PLUM, skirt=PLUM, look=-0.5, left=(-30, -212), right=(-10, -206), mood="smile")
        + person(640, 856, 1.48, style="bun", colour="chestnut", skin="ivory", top=PAPER, coat=GREEN, legs=NAVY, look=0.5, right=(108, -214), mood="smile")
        + person(960, 856, 1.48, build=BROAD, style="buzz", colour="black", skin="cocoa", top=PAPER, coat=DEEP, legs=NAVY, look=-0.5, left=(-100, -214), right=(64, -178), mood="smile")
        + at(1010, 560, rect(-46, -40, 92, 122, SUN, 6) + rect(-34, -28, 68, 98, BUTTER, 3))
        + fingers(1062, 602, -1, "cocoa")
    )


PICTURES = {
    "local-currency": local_currency,
    "sdgs-festival": sdgs_festival,
    "founder-support": founder_support,
    "certification": certification,
    "bank-agreements": bank_agreements,
    "sunflower-festival": sunflower_festival,
    "incubation-manager": incubation_manager,
}
