"""Pillar environment: energy, trees."""

from kit import nature, town
from kit.paint import (
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
    RIVER,
    ROSE,
    SAND,
    SLATE,
    SPROUT,
    STONE,
    SUN,
    at,
    darker,
    ellipse,
    mix,
    path,
    rect,
    stroke,
)
from kit.people import BROAD, CHILD, ELDER, fingers, person


def zero_carbon():
    charger = (
        rect(-34, -236, 68, 236, PAPER, 10) + rect(-34, -236, 68, 30, GREEN, 10) + rect(-22, -190, 44, 50, MINT, 4) + path("M6-186L-12-162H0L-6-144L12-168H0z", GREEN) + rect(-46, -8, 92, 14, SLATE, 4)
    )
    return (
        nature.sky("#e3f1f3", (1180, 190, 84))
        + nature.cloud(230, 160, 0.9)
        + nature.cloud(1460, 220, 0.8)
        + nature.hills(600, mix(MIST, MINT, 0.6), 0.4, 50)
        + nature.coppice(-20, 690, 400, SPROUT, 7, 110)
        + nature.coppice(900, 690, 740, SPROUT, 3, 110)
        + town.house(1050, 676, 200, 100, PAPER, NAVY, CLAY)
        + town.solar(1090, 570, 88, 36, -30, 3, 2)
        + town.house(1330, 676, 200, 100, BUTTER, SLATE, CLAY)
        + town.solar(1370, 570, 88, 36, -30, 3, 2)
        + town.block(330, 690, 600, 300, PAPER, 3, 7, MIST)
        + "".join(town.solar(344 + i * 186, 384, 168, 84, 44, 4, 2) for i in range(3))
        + rect(560, 580, 140, 110, mix(MIST, SLATE, 0.35), 4)
        + rect(627, 580, 6, 110, PAPER)
        + nature.land([(-20, 686), (500, 678), (1100, 672), (1640, 680)], mix(SPROUT, LEAF, 0.35))
        + nature.bush(1010, 720, 0.7, GREEN, 3)
        + nature.bush(420, 712, 0.6, LEAF, 1)
        + nature.land([(-20, 772), (500, 756), (1100, 756), (1640, 772)], mix(STONE, PAPER, 0.35))
        + person(236, 846, 1.4, style="curls", colour="black", skin="cocoa", top=GREEN, legs=SLATE, look=0.5, right=(62, -166), left=(-20, -170), mood="smile")
        + at(240, 862, town.bicycle(0, 0, 1.5))
        + fingers(316, 636, 1, "cocoa")
        + at(900, 850, charger, 1.25)
        + person(716, 850, 1.4, style="bob", colour="black", skin="sand", top=SUN, legs=NAVY, shoes=BARK, look=0.5, right=(100, -206), mood="smile")
        + stroke("M942 640C1010 700 990 800 1046 752", INK, 8)
        + town.car(1240, 866, 1.4, RIVER)
        + rect(1044, 738, 26, 22, SLATE, 6)
    )


def greening():
    sapling = (
        ellipse(0, 4, 150, 24, BARK)
        + ellipse(-6, -4, 120, 18, EARTH)
        + stroke("M36 0V-290", CLAY, 9)
        + stroke("M0 0C4-120-2-220 0-330M0-190Q-36-250-60-290M0-220Q40-270 64-318M0-270Q-14-320-30-360", BARK, 10)
        + stroke("M-4-170H40", SAND, 8)
        + "".join(
            at(x, y, nature.crown(rx, ry, darker(LEAF), i) + at(-6, -6, nature.crown(rx * 0.88, ry * 0.84, tone, i)))
            for i, (x, y, rx, ry, tone) in enumerate(((66, -318, 58, 46, LEAF), (-66, -316, 60, 44, LEAF), (2, -376, 66, 50, SPROUT), (0, -306, 58, 44, mix(LEAF, SPROUT, 0.4))))
        )
        + at(0, -338, nature.leaves(24, 100, 70, (MINT, SPROUT, LEAF, GREEN), 9))
    )
    shovel = stroke("M0-150V70", CLAY, 10) + stroke("M-20-152H20", CLAY, 10) + path("M-26 62H26V104C26 132 8 146 0 152C-8 146-26 132-26 104z", SLATE)
    can = path("M-34-8H34V56H-34z", RIVER) + stroke("M34 40L74 4", RIVER, 11) + path("M66-10L90 12L80 22L58 4z", darker(RIVER)) + stroke("M-30-8Q0-40 30-8", darker(RIVER), 8)
    drops = "".join(path(f"M{x} {y}q-9 14 0 20q9-6 0-20z", RIVER) for x, y in ((820, 730), (806, 756), (828, 776), (790, 738)))
    return (
        nature.sky("#eaf4ee", (1330, 190, 60))
        + nature.cloud(420, 160, 1)
        + nature.cloud(980, 120, 0.6)
        + town.skyline(630, mix(MIST, MINT, 0.4), 11, height=150)
        + nature.coppice(-20, 640, 700, SPROUT, 5, 120)
        + nature.coppice(960, 640, 680, SPROUT, 9, 130)
        + rect(0, 620, 1600, 280, mix(SPROUT, LEAF, 0.25))
        + "".join(nature.tree(x, y, s, t, i) for i, (x, y, s, t) in enumerate(((90, 660, 1.3, LEAF), (240, 650, 1.0, GREEN), (1370, 652, 1.1, GREEN), (1520, 662, 1.4, LEAF))))
        + nature.land([(-20, 752), (500, 726), (1100, 728), (1640, 756)], mix(LEAF, SPROUT, 0.3))
        + nature.bush(1240, 744, 0.5, LEAF, 2)
        + person(610, 836, 1.36, build=ELDER, style="short", hat="straw", colour="white", skin="sand", top=CARROT, legs=NAVY, shoes=GREEN, look=0.5, right=(104, -200), left=(46, -170), mood="smile")
        + at(800, 846, sapling, 1.24)
        + person(
            396,
            852,
            1.42,
            build=BROAD,
            style="short",
            colour="black",
            skin="honey",
            top=PAPER,
            coat=NAVY,
            legs=CLAY,
            shoes=GREEN,
            look=0.5,
            right=(84, -186),
            left=(70, -150),
            right_holds=at(-6, 46, shovel, 0.96),
            mood="smile",
        )
        + person(
            960,
            868,
            1.4,
            build=CHILD,
            style="bob",
            colour="brown",
            skin="ivory",
            hat=SUN,
            top=ROSE,
            legs=DEEP,
            shoes=SUN,
            look=-0.5,
            left=(-48, -116),
            right=(-22, -112),
            left_holds=at(6, 0, can, 0.78, mirror=True),
            mood="talk",
        )
        + drops
        + person(
            1150,
            856,
            1.42,
            style="scarf",
            colour=GREEN,
            skin="sand",
            top=BUTTER,
            legs=SLATE,
            shoes=BARK,
            look=-0.5,
            left=(-22, -194),
            right=(24, -190),
            mood="smile",
            left_holds=at(28, 42, nature.pot(0, 0, 0.84, CARROT, "sprout")),
        )
        + nature.meadow(((80, 880, 1.2), (300, 890, 0.9), (1420, 884, 1.1), (1540, 870, 0.8)), GREEN)
    )


PICTURES = {"zero-carbon": zero_carbon, "greening": greening}
