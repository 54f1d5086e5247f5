"""Pillar society: people who help, learn and meet."""

from kit import nature, town
from kit.heads import HAIR
from kit.paint import (
    BARK,
    BUTTER,
    CARROT,
    CLAY,
    DAWN,
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
    curve,
    darker,
    ellipse,
    lighter,
    mix,
    once,
    path,
    polygon,
    rect,
    stroke,
    tag,
)
from kit.people import BROAD, CHILD, ELDER, fingers, person


def agri_welfare():
    # Furrows that meet at the horizon, and carrots along the ridges between them.
    far, near = 545, 940
    furrows = [(800 + (i - 6.5) * 74, 800 + (i - 6.5) * 330) for i in range(14)]
    rows = "".join(polygon(((b, far), (b + 22, far), (a + 110, near), (a, near)), mix(CLAY, EARTH, 0.42)) for b, a in furrows)
    plants = "".join(
        again("carrot", b + 48 + (a + 220 - b - 48) * t, far + (near - far) * t, 0.28 + 1.25 * t)
        for t in (0.03, 0.06, 0.1, 0.15, 0.21, 0.28, 0.36, 0.45, 0.56, 0.68, 0.82, 0.97)
        for i, (b, a) in enumerate(furrows)
        if t < 0.13 or not 4 <= i <= 9
    )
    return (
        once("carrot", nature.carrot_top())
        + nature.sky("#e9f3ee", (330, 190, 60))
        + nature.cloud(1180, 180, 1)
        + nature.cloud(700, 110, 0.6)
        + nature.coppice(-40, 545, 560, SPROUT, 2, 70)
        + nature.coppice(1010, 545, 640, SPROUT, 6, 84)
        + town.house(1180, 540, 170, 90, PAPER, mix(SLATE, STONE, 0.4), SAND)
        + nature.tree(1430, 548, 0.9, LEAF, 2)
        + path("M420 545V500Q420 450 520 450H640Q740 450 740 500V545z", lighter(MIST, 0.4))
        + stroke("M480 545V462M540 545V450M600 545V450M660 545V452M420 500H740", PAPER, 5)
        + rect(0, 540, 1600, 360, mix(CLAY, SAND, 0.35))
        + rows
        + plants
        + at(
            1120,
            856,
            town.wheelchair("back")
            + person(
                -8,
                0,
                style="tail",
                skin="ivory",
                colour="brown",
                top=SUN,
                apron=GREEN,
                legs=DEEP,
                shoes=GREEN,
                seat=100,
                look=0.5,
                left=(50, -180),
                right=(92, -178),
                mood="smile",
                shadow=False,
                feet=((70, -26), (92, -26)),
            )
            + town.wheelchair("front"),
            1.42,
            mirror=True,
        )
        + town.table(850, 850, 320, 190, CLAY, EARTH)
        + at(770, 654, nature.carrot(0, 0, 0.62, 84) + nature.carrot(60, -4, 0.62, 96) + nature.carrot(44, -24, 0.62, 88))
        + town.crate(930, 652, 130, 62, CLAY, nature.carrot(-34, -12, 0.5, 10) + nature.carrot(0, -14, 0.5, -2) + nature.carrot(34, -12, 0.5, -12))
        + person(
            520,
            850,
            1.42,
            style="short",
            hat="straw",
            build=ELDER,
            skin="sand",
            colour="grey",
            top=RIVER,
            legs=NAVY,
            shoes=GREEN,
            look=0.6,
            left=(-4, -176),
            right=(98, -182),
            mood="smile",
            behind="r",
            left_holds=at(42, 34, town.crate(0, 0, 150, 60, CLAY, "".join(nature.carrot(-48 + 24 * i, -8, 0.42, 16 - 8 * i) for i in range(5)))),
        )
    )


def senior_power():
    loop = [(-40, 800), (330, 756), (700, 770), (1080, 742), (1400, 690), (1300, 640), (1020, 622), (1010, 608), (1330, 622), (1500, 690), (1250, 812), (1000, 920), (-40, 960)]
    return (
        once("head", nature.sunflower_head(0, 0))
        + nature.sky("#fdf1e0", (300, 190, 60))
        + nature.cloud(640, 150, 0.8)
        + nature.cloud(1200, 190, 1)
        + town.skyline(610, mix(PEACH, SAND, 0.4), 9, height=100)
        + nature.coppice(-20, 620, 640, mix(SPROUT, BUTTER, 0.3), 2, 70)
        + nature.coppice(940, 620, 700, mix(SPROUT, BUTTER, 0.3), 8, 90)
        + rect(0, 606, 1600, 294, SPROUT)
        + path(curve(loop, closed=True), SAND)
        + nature.zelkova(1280, 690, 1.5, LEAF, 6)
        + nature.bush(1500, 730, 1, GREEN, 2)
        + nature.bush(90, 720, 1.1, LEAF, 4, ROSE)
        + town.bench(1190, 760, 250, EARTH)
        + nature.sunflower(236, 760, 0.62, 300, 6, 10, "head")
        + nature.sunflower(310, 772, 0.62, 240, -8, -10, "head")
        + person(
            500,
            850,
            1.44,
            build=ELDER,
            style="short",
            colour="grey",
            skin="sand",
            top=CARROT,
            legs=NAVY,
            shoes=PAPER,
            look=0.5,
            lean=3,
            left=(50, -170),
            right=(98, -170),
            mood="smile",
            feet=((-34, 0), (26, 0)),
        )
        + at(
            756,
            852,
            town.wheelchair("back", DEEP)
            + person(
                -8,
                0,
                build=ELDER,
                style="bun",
                colour="white",
                skin="ivory",
                top=PLUM,
                legs=SLATE,
                seat=100,
                look=0.5,
                right=(60, -168),
                left=(40, -160),
                mood="talk",
                glasses=True,
                shadow=False,
                feet=((70, -26), (92, -26)),
                right_holds=at(8, -4, stroke("M0 20V-40", GREEN, 6) + again("head", 0, -52, 0.34)),
            )
            + town.wheelchair("front", DEEP),
            1.44,
        )
        + person(1060, 846, 1.36, build=ELDER, style="perm", colour="grey", skin="honey", top=GREEN, skirt=DEEP, shoes=BARK, look=-0.5, left=(-72, -196), right=(50, -140), mood="smile")
        + nature.meadow(((70, 880, 1.1), (1480, 880, 1.2), (1370, 850, 0.8)), LEAF)
    )


def cross_border_learning():
    return (
        nature.sky("#e6f2f4", (1180, 170, 60))
        + nature.cloud(520, 170, 0.8)
        + nature.cloud(930, 110, 0.7)
        + nature.hills(560, mix(MIST, MINT, 0.5), 1.2, 60)
        + nature.coppice(980, 600, 640, SPROUT, 3, 100)
        + town.block(40, 640, 190, 430, mix(MIST, STONE, 0.55), 7, 3, PAPER)
        + town.block(250, 640, 150, 330, mix(STONE, SLATE, 0.25), 5, 2, MIST)
        + town.block(-70, 640, 100, 250, STONE, 4, 2, PAPER)
        + rect(0, 630, 640, 270, STONE)
        + rect(0, 630, 640, 10, darker(STONE, 0.08))
        + rect(960, 630, 640, 270, SPROUT)
        + nature.tree(1060, 646, 0.9, LEAF, 1)
        + town.house(1130, 652, 400, 190, PAPER, CARROT, DEEP)
        + nature.bush(1560, 668, 0.8, LEAF, 2, SUN)
        + path("M470 900C500 800 560 690 600 630H1000C1040 690 1100 800 1130 900z", RIVER)
        + path("M560 900C600 800 640 700 660 630H760C720 720 700 800 690 900z", mix(RIVER, MIST, 0.35))
        + "".join(nature.ripple(x, y, w) for x, y, w in ((760, 668, 90), (860, 700, 110), (620, 880, 130), (900, 880, 140)))
        + path("M430 720Q800 560 1170 720V900H1090Q800 720 510 900H430z", CLAY)
        + path("M430 720Q800 560 1170 720V756Q800 596 430 756z", lighter(CLAY, 0.35))
        + path("M510 900Q800 720 1090 900L1064 900Q800 742 536 900z", darker(CLAY, 0.14))
        + person(
            668,
            676,
            1.2,
            style="short",
            skin="sand",
            top=PAPER,
            coat=NAVY,
            legs=NAVY,
            look=0.6,
            feet=((-40, 2), (36, -6)),
            right=(70, -170),
            left=(-64, -166),
            left_holds=at(0, 34, stroke("M-12-22Q0-42 12-22", BARK, 5) + rect(-44, -22, 88, 58, BARK, 8) + rect(-44, -2, 88, 6, CLAY)),
            mood="smile",
            shadow=False,
        )
        + person(
            914,
            672,
            1.2,
            style="long",
            colour="chestnut",
            skin="ivory",
            top=BUTTER,
            coat=DEEP,
            legs=SLATE,
            look=0.6,
            feet=((-40, -6), (36, 4)),
            right=(104, -248),
            left=(-62, -164),
            mood="talk",
            shadow=False,
        )
        + path("M-20 690C200 680 390 680 486 712C516 760 500 840 470 900H-20z", STONE)
        + path("M1620 690C1400 680 1210 680 1114 712C1084 760 1100 840 1130 900H1620z", SPROUT)
        + "".join(rect(x - 7, y - 84, 14, 100, EARTH, 4) for x, y in ((470, 726), (635, 672), (800, 652), (965, 672), (1130, 726)))
        + stroke("M470 648Q800 502 1130 648", EARTH, 12)
        + stroke("M470 690Q800 544 1130 690", lighter(EARTH, 0.15), 8)
        + person(1258, 850, 1.3, build=ELDER, style="perm", colour="white", skin="ivory", top=ROSE, apron=PAPER, legs=SLATE, look=-0.5, left=(-70, -268), mood="smile")
        + person(1392, 862, 1.3, build=CHILD, style="curls", colour="black", skin="umber", top=SUN, legs=DEEP, look=-0.5, left=(-52, -206), short=True, mood="talk")
        + nature.bush(230, 820, 0.9, LEAF, 1)
    )


def talent_bank():
    def place(column, row, tone, who, thing, **hands):
        x, y = 206 + column * 302, 96 + row * 364
        clip = f"c{column}{row}"
        return tag("clipPath", rect(x, y, 284, 344, INK, 26), id=clip) + tag(
            "g",
            rect(x, y, 284, 344, tone) + circle(x + 142, y + 190, 128, lighter(tone, 0.35)) + person(x + 142, y + 560, 1.28, shadow=False, **who, **hands) + at(x + 142, y + 300, thing),
            clip_path=f"url(#{clip})",
        )

    guitar = at(
        0,
        -8,
        path("M-64 8C-70-28-34-34-20-14C-10-22 6-22 14-8C34-6 34 36 10 40C-10 56-60 46-64 8z", CARROT)
        + circle(-18, 12, 13, BARK)
        + stroke("M-6 6L104-56", BARK, 13)
        + stroke("M96-64L116-50", BARK, 16),
        1,
        -6,
    )
    saw = path("M-70-4L60-34V6L-66 16z", STONE) + stroke("M62-30V4q22 8 30-10q-4-24-30-22z", CLAY, 12)
    camera = rect(-46, -36, 92, 62, INK, 10) + rect(-18, -48, 36, 16, INK, 4) + circle(0, -4, 23, SLATE) + circle(0, -4, 14, MIST) + rect(-38, -28, 14, 9, SUN, 2)
    can = path("M-40-44H34V30H-40z", RIVER) + stroke("M34-10L84-40", RIVER, 13) + path("M76-58L102-44L90-26L70-38z", darker(RIVER)) + stroke("M-38-44Q-4-86 32-44", darker(RIVER), 10)
    book = (
        path("M0-30C-24-46-66-44-84-34V36C-62 26-22 26 0 40C22 26 62 26 84 36V-34C66-44 24-46 0-30z", PAPER)
        + path("M0-30V40C22 26 62 26 84 36V-34C66-44 24-46 0-30z", darker(PAPER, 0.06))
        + path("M-84 36C-62 26-22 26 0 40C22 26 62 26 84 36V44C62 36 22 36 0 50C-22 36-62 36-84 44z", GREEN)
    )
    ball = circle(0, 0, 36, PAPER) + path("M0-14L14-4L9 12H-9L-14-4z", NAVY) + stroke("M0-14V-34M14-4L33-11M9 12L21 28M-9 12L-21 28M-14-4L-33-11", NAVY, 4)
    pan = stroke("M44-4L112-24", BARK, 14) + ellipse(-8, 0, 60, 16, INK) + ellipse(-8, -4, 50, 11, SLATE) + path("M-44-8C-40-34 24-36 30-8C10 2-26 2-44-8z", SUN)
    pc = at(0, 34, town.laptop(0, 0, 1.05))
    return (
        rect(0, 0, 1600, 900, mix(MINT, PAPER, 0.35))
        + rect(0, 812, 1600, 88, mix(CLAY, SAND, 0.45))
        + rect(168, 60, 1264, 784, darker(CLAY, 0.1), 34)
        + rect(184, 76, 1232, 752, lighter(CLAY, 0.2), 26)
        + place(0, 0, MIST, {"style": "bob", "colour": "brown", "skin": "ivory", "top": ROSE, "look": 0.3, "mood": "smile"}, guitar, left=(-18, -204), right=(52, -222))
        + place(1, 0, BUTTER, {"style": "short", "skin": "sand", "colour": "grey", "top": PAPER, "apron": DEEP, "look": -0.3, "build": BROAD, "glasses": True}, saw, left=(-30, -206), right=(56, -206))
        + place(
            2,
            0,
            PEACH,
            {"style": "afro", "skin": "cocoa", "top": SUN, "look": 0.2, "mood": "smile"},
            camera + fingers(-60, 6, 1, "cocoa") + fingers(60, 6, -1, "cocoa"),
            left=(-30, -206),
            right=(30, -206),
        )
        + place(3, 0, MINT, {"style": "short", "hat": "straw", "skin": "sand", "build": ELDER, "top": CARROT, "look": 0.3, "mood": "talk"}, can, left=(-24, -204), right=(12, -222))
        + place(
            0,
            1,
            PEACH,
            {"style": "perm", "colour": "white", "skin": "ivory", "build": ELDER, "top": PLUM, "look": 0.2, "mood": "down", "glasses": True},
            at(0, -2, book) + fingers(-98, 10, 1, "ivory") + fingers(98, 10, -1, "ivory"),
            left=(-48, -200),
            right=(48, -200),
        )
        + place(
            1,
            1,
            MINT,
            {"style": "buzz", "skin": "umber", "top": RIVER, "look": -0.3, "mood": "smile", "short": True},
            at(0, -6, ball) + fingers(-46, 4, 1, "umber") + fingers(46, 4, -1, "umber"),
            left=(-20, -200),
            right=(20, -200),
        )
        + place(2, 1, MIST, {"style": "scarf", "colour": GREEN, "skin": "honey", "top": BUTTER, "look": 0.2, "mood": "smile"}, pc, left=(-40, -196), right=(40, -196))
        + place(
            3,
            1,
            BUTTER,
            {"style": "tail", "colour": "black", "skin": "sand", "top": PAPER, "apron": CARROT, "look": -0.4, "mood": "talk"},
            at(-20, 0, pan, mirror=True),
            left=(-50, -206),
            right=(30, -196),
        )
    )


def needs_spots():
    knot = "M-74 6C-60-46-10-40-14 0S-64 36-60-6S6-50 24-8S-20 44-30 8S40-54 58-12S10 40 8 4S62-20 76 6"
    pin = (
        path("M0 0C-46-58-72-84-72-124A72 72 0 0 1 72-124C72-84 46-58 0 0z", CARROT)
        + path("M0 0C46-58 72-84 72-124A72 72 0 0 0 30-190C52-150 50-84 0 0z", darker(CARROT, 0.08))
        + circle(0, -124, 40, PAPER)
    )
    return (
        nature.sky("#e6f2ee")
        + nature.cloud(300, 160, 0.9)
        + nature.cloud(1330, 140, 0.9)
        + town.skyline(630, mix(MIST, MINT, 0.5), 5, height=130)
        + nature.coppice(-20, 650, 460, SPROUT, 4, 90)
        + nature.coppice(1140, 650, 480, SPROUT, 7, 90)
        + rect(0, 640, 1600, 260, mix(SPROUT, MINT, 0.3))
        + path("M-20 900Q300 770 800 780T1620 900z", SAND)
        + nature.zelkova(120, 706, 1.2, LEAF, 8)
        + nature.bush(1450, 710, 1.2, LEAF, 2, SUN)
        + rect(792, 330, 16, 450, SLATE, 6)
        + at(800, 330, pin)
        + town.bench(800, 800, 620, EARTH)
        + person(
            640, 846, 1.46, style="tail", colour="black", skin="sand", top=RIVER, legs=NAVY, seat=72, look=0.5, left=(30, -124), right=(66, -128), shadow=False, mood="down", feet=((40, 0), (66, 0))
        )
        + person(
            966,
            846,
            1.46,
            build=ELDER,
            style="neat",
            colour="grey",
            skin="honey",
            top=PAPER,
            coat=GREEN,
            legs=EARTH,
            seat=72,
            look=-0.5,
            left=(-90, -172),
            right=(-36, -122),
            shadow=False,
            mood="smile",
            feet=((-40, 0), (-66, 0)),
        )
        + town.bubble(460, 280, 260, 150, PAPER, 1)
        + at(460, 280, stroke(knot, SLATE, 7), 1.1)
        + town.bubble(1156, 280, 260, 150, PAPER, -1)
        + at(1156, 280, stroke("M-84 44H84", SLATE, 7) + stroke("M0 42C0 14 2 4 0-14", GREEN, 9) + nature.leaf(0, -8, 0.72, -34, LEAF) + at(0, -4, nature.leaf(0, 0, 0.66, -30, GREEN), mirror=True))
    )


def sdgs_mark():
    def poster(x, y, tone, drawing, tile, turn=0):
        return at(
            x,
            y,
            rect(-96, -120, 196, 246, darker(SAND, 0.16), 4)
            + rect(-100, -126, 200, 250, PAPER, 4)
            + rect(-86, -112, 172, 150, tone, 3)
            + drawing
            + "".join(rect(-86, 54 + 20 * i, 110 - 30 * i, 9, STONE, 4) for i in range(3))
            + rect(38, 60, 48, 48, tile, 8)
            + circle(0, -118, 7, CARROT),
            turn=turn,
        )

    trees = at(-20, 36, nature.tree(0, 0, 0.52, LEAF, 1)) + at(46, 36, nature.tree(0, 0, 0.4, GREEN, 2))
    ride = at(0, 24, town.bus(0, 0, 0.36, SUN))
    flower = at(0, -36, again("head", 0, 0, 0.62))
    homes = at(-62, 38, town.house(0, 0, 110, 66, PAPER, DEEP, CLAY))
    cup = at(0, 34, path("M-46-70H46C46-14 26 0 0 0S-46-14-46-70z", DEEP) + stroke("M46-56q28 0 22 22q-6 18-30 16", DEEP, 10) + stroke("M-18-84q-8-12 0-22M10-84q-8-12 0-22", PAPER, 6))
    water = path("M-86-10Q-43-34 0-10T86-10V38H-86z", RIVER) + nature.ripple(-60, 14, 60) + nature.ripple(0, 24, 60)
    return (
        once("head", nature.sunflower_head(0, 0))
        + rect(0, 0, 1600, 900, DAWN)
        + rect(0, 730, 1600, 170, mix(SAND, CLAY, 0.35))
        + rect(0, 722, 1600, 14, mix(SAND, CLAY, 0.7))
        + rect(386, 74, 828, 636, EARTH, 18)
        + rect(404, 92, 792, 600, mix(MINT, LEAF, 0.18), 8)
        + poster(540, 246, MINT, trees, GREEN, -2)
        + poster(792, 240, MIST, ride, SUN, 1)
        + poster(1052, 248, BUTTER, flower, CARROT, -1)
        + poster(548, 534, PEACH, homes, DEEP, 1.5)
        + poster(800, 534, MIST, water, RIVER, -1)
        + poster(1056, 536, SPROUT, cup, "none", 1)
        + nature.pot(210, 770, 1.2, PAPER, "shrub")
        + at(
            420,
            860,
            town.wheelchair("back")
            + person(
                -8, 0, style="curls", colour="black", skin="umber", top=SUN, legs=NAVY, seat=100, look=0.5, left=(34, -146), right=(66, -150), mood="smile", shadow=False, feet=((70, -26), (92, -26))
            )
            + town.wheelchair("front"),
            1.34,
        )
        + person(
            1236,
            856,
            1.42,
            style="bob",
            colour="black",
            skin="sand",
            top=PAPER,
            coat=GREEN,
            skirt=NAVY,
            look=-0.6,
            left=(-84, -172),
            right=(50, -160),
            mood="smile",
            left_holds=rect(-34, -44, 46, 46, PLUM, 8),
        )
        + person(1416, 862, 1.42, build=CHILD, style="short", colour="brown", skin="ivory", top=RIVER, legs=SLATE, look=-0.5, left=(-62, -190), short=True, mood="talk")
    )


def trainee_outreach():
    globe = (
        circle(0, 0, 250, mix(MIST, PAPER, 0.25))
        + path("M-150-60C-120-130-60-140-40-110S-20-60-50-30S-90 40-120 30S-170-10-150-60z", mix(SPROUT, MINT, 0.4))
        + path("M10-170C60-200 150-150 190-90S200 10 150 0S110-40 70-60S-10-140 10-170z", mix(SPROUT, MINT, 0.4))
        + path("M20 40C60 20 110 50 100 100S60 180 30 170S-10 70 20 40z", mix(SPROUT, MINT, 0.4))
        + stroke("M-250 0A250 90 0 0 0 250 0M0-250A110 250 0 0 0 0 250M0-250A110 250 0 0 1 0 250M-214-130A250 70 0 0 0 214-130", PAPER, 4, opacity=0.8)
    )
    return (
        nature.sky("#e9f2f3")
        + at(800, 330, globe, 1.16)
        + nature.cloud(270, 180, 1)
        + nature.cloud(1370, 150, 0.9)
        + nature.coppice(-20, 692, 1640, SPROUT, 6, 110)
        + town.block(60, 670, 360, 220, PAPER, 3, 6, MIST)
        + nature.zelkova(1440, 690, 1.3, LEAF, 5)
        + nature.bush(480, 684, 0.8, LEAF, 1)
        + nature.land([(-20, 676), (500, 664), (1100, 668), (1640, 680)], mix(SPROUT, LEAF, 0.3))
        + nature.land([(-20, 810), (500, 780), (1100, 784), (1640, 812)], SAND)
        + person(
            400, 850, 1.36, style="neat", colour="black", skin="honey", top=PAPER, coat=MIST, legs=NAVY, look=0.5, right=(70, -236), right_holds=town.phone(6, -30, 1.1, 8), mood="smile", glasses=True
        )
        + person(626, 856, 1.42, style="scarf", colour=ROSE, skin="umber", top=PAPER, coat=DEEP, skirt=DEEP, look=0.5, left=(-46, -166), mood="smile")
        + person(1236, 850, 1.36, style="braids", colour="black", skin="cocoa", top=SUN, legs=GREEN, look=-0.5, left=(-66, -262), mood="talk")
        + person(1014, 856, 1.44, build=BROAD, style="neat", colour="brown", skin="ivory", top=CARROT, legs=SLATE, look=-0.5, right=(46, -168), mood="smile", beard=HAIR["brown"])
        + person(818, 862, 1.4, build=ELDER, style="bun", colour="grey", skin="sand", top=GREEN, skirt=NAVY, shoes=BARK, left=(-40, -196), right=(40, -196), mood="talk")
        + at(
            818,
            576,
            path("M-84-56L-28-40L28-56L84-40V56L28 40L-28 56L-84 40z", PAPER)
            + path("M-28-40L28-56V40L-28 56z", darker(PAPER, 0.06))
            + path("M-84 10C-40-20-10 40 84-10V14C-10 60-40 6-84 34z", MIST)
            + circle(-48, -18, 13, LEAF)
            + circle(48, 20, 13, SUN)
            + circle(8, -24, 11, CARROT),
            0.95,
        )
        + fingers(728, 600, 1, "sand")
        + fingers(908, 600, -1, "sand")
    )


PICTURES = {
    "agri-welfare": agri_welfare,
    "senior-power": senior_power,
    "cross-border-learning": cross_border_learning,
    "talent-bank": talent_bank,
    "needs-spots": needs_spots,
    "sdgs-mark": sdgs_mark,
    "trainee-outreach": trainee_outreach,
}
