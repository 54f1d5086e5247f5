"""What happens at events: a market, a river, a stage, a workshop, a reading; and a plan."""

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
    INK,
    LEAF,
    MINT,
    MIST,
    NAVY,
    PAPER,
    PEACH,
    PINE,
    PLUM,
    RIVER,
    ROSE,
    RUST,
    SAND,
    SLATE,
    SPROUT,
    STONE,
    SUN,
    at,
    circle,
    darker,
    ellipse,
    lighter,
    mix,
    path,
    polygon,
    rect,
    stroke,
)
from kit.people import BROAD, CHILD, ELDER, fingers, person


def farmers_market():
    spinach = "".join(nature.leaf(i * 26 - 40, 0, 0.62, -66 - 12 * (i % 3), tone) for i, tone in enumerate((GREEN, LEAF, PINE, GREEN)))
    taro = "".join(ellipse(-44 + 30 * (i % 4), -10 - 20 * (i // 4), 19, 15, EARTH) + stroke(f"M{-54 + 30 * (i % 4)} {-12 - 20 * (i // 4)}q10-6 20 0", darker(EARTH, 0.3), 3) for i in range(7))
    radish = "".join(path(f"M{-44 + i * 30}-26q13-8 26 0q4 26-13 44q-17-18-13-44z", PAPER) + nature.leaf(-31 + i * 30, -26, 0.42, -90, LEAF) for i in range(4))
    carrots = "".join(nature.carrot(-48 + 24 * i, -8, 0.36, 10 - 5 * i) for i in range(5))
    goods = (carrots, spinach, taro, radish)
    rows = "".join(path(f"M{780 + i * 30} 560L{560 + i * 130} 700h44L{798 + i * 30} 560z", mix(LEAF, GREEN, 0.3)) for i in range(-8, 9))
    return (
        nature.sky("#f3f4e4", (250, 170, 58))
        + nature.cloud(1400, 190, 0.8)
        + nature.hills(470, mix(MIST, MINT, 0.4), 1.2, 50)
        + nature.coppice(-20, 570, 700, SPROUT, 4, 90)
        + nature.coppice(1000, 570, 640, mix(SPROUT, LEAF, 0.3), 9, 110)
        + town.house(1410, 566, 150, 76, PAPER, SLATE, CLAY)
        + rect(0, 560, 1600, 340, mix(CLAY, SAND, 0.5))
        + rows
        + nature.zelkova(110, 690, 1.1, mix(SUN, CARROT, 0.35), 3)
        + nature.land([(-20, 690), (500, 684), (1100, 684), (1640, 692)], SAND)
        + "".join(rect(x, 170, 14, 550, SLATE) for x in (470, 1236))
        + person(690, 724, 1.16, style="short", hat="straw", build=ELDER, skin="sand", colour="grey", top=RIVER, legs=NAVY, look=0.3, right=(70, -150), left=(-64, -150), mood="smile", shadow=False)
        + person(1030, 724, 1.16, style="bun", colour="brown", skin="honey", top=PAPER, apron=GREEN, legs=NAVY, look=0.4, right=(78, -166), left=(-50, -140), mood="talk", shadow=False)
        + town.awning(440, 130, 830, GREEN, PAPER, 84, 12)
        + rect(470, 640, 780, 118, PAPER, 4)
        + rect(470, 700, 780, 14, GREEN)
        + rect(456, 622, 808, 24, lighter(CLAY, 0.25), 6)
        + ellipse(860, 762, 400, 12, "#1d2b4a", opacity=0.12)
        + "".join(town.crate(560 + i * 200, 626, 158, 46, CLAY, filling) for i, filling in enumerate(goods))
        + person(
            1290,
            862,
            1.32,
            style="afro",
            colour="black",
            skin="cocoa",
            top=SUN,
            legs=DEEP,
            look=-0.5,
            left=(-96, -196),
            right=(58, -150),
            mood="smile",
            left_holds=nature.carrot(-4, -6, 0.5, 66),
        )
        + stroke("M1340 664C1344 600 1392 600 1396 664", BARK, 6)
        + path("M1318 660h100l12 104h-124z", ROSE)
        + path("M1318 660h100l4 28h-108z", darker(ROSE, 0.1))
        + person(322, 862, 1.3, style="long", colour="black", skin="ivory", top=CARROT, skirt=PLUM, shoes=BARK, look=0.5, right=(66, -160), left=(-50, -150), mood="smile")
        + person(450, 872, 1.28, build=CHILD, style="short", colour="black", skin="ivory", top=MINT, legs=DEEP, look=0.5, left=(-34, -150), right=(54, -166), mood="talk", short=True)
    )


def river_life():
    fish = path("M-38 0C-20-20 16-20 34-2L54-16V16L34 2C16 20-20 20-38 0z", mix(DEEP, MIST, 0.35)) + circle(-22, -3, 4, PAPER)
    heron = (
        stroke("M-8 0V-70M12 0V-70", SLATE, 5)
        + path("M-54-76C-30-124 30-124 58-66C30-56-20-50-54-76z", STONE)
        + path("M-54-76C-20-100 20-90 58-66C30-56-20-50-54-76z", SLATE)
        + stroke("M42-90C70-120 40-150 56-186", PAPER, 16)
        + circle(60, -190, 15, PAPER)
        + stroke("M52-198C40-204 30-204 20-200", INK, 4)
        + polygon(((70, -196), (112, -184), (70, -182)), SUN)
        + circle(64, -193, 3, INK)
    )
    net = stroke("M0 130L0-70", CLAY, 9) + path("M-40-76C-44-120-20-150 0-150S44-120 40-76z", mix(PAPER, MIST, 0.5), opacity=0.9) + stroke("M-40-76H40", SLATE, 7)
    jar = rect(-34, -44, 68, 78, MIST, 12, opacity=0.9) + rect(-34, -6, 68, 40, RIVER, 10) + at(2, 14, fish, 0.42) + rect(-38, -54, 76, 16, GREEN, 6)
    reeds = "".join(
        stroke(f"M{x} {y}q{6 * s}-60 {16 * s}-{h}", tone, 7)
        for x, y, h, s, tone in ((60, 700, 130, 1, GREEN), (84, 706, 100, -1, LEAF), (110, 700, 120, 1, PINE), (1500, 690, 130, -1, GREEN), (1526, 700, 104, 1, LEAF), (1556, 694, 126, -1, PINE))
    )
    return (
        nature.sky("#e2f1f3", (1220, 160, 62))
        + nature.cloud(380, 150, 1)
        + nature.cloud(900, 110, 0.6)
        + town.skyline(450, mix(MIST, STONE, 0.3), 7, height=90)
        + nature.coppice(-20, 500, 820, SPROUT, 2, 110)
        + nature.coppice(840, 500, 780, mix(SPROUT, LEAF, 0.4), 5, 120)
        + nature.land([(-20, 490), (500, 476), (1100, 480), (1640, 492)], mix(LEAF, SPROUT, 0.4))
        + nature.tree(220, 520, 1.2, LEAF, 2)
        + nature.tree(1440, 516, 1.3, GREEN, 6)
        + nature.meadow(((420, 520, 0.7), (760, 510, 0.8), (1140, 516, 0.7)), GREEN)
        + path("M-20 560C300 520 1300 520 1620 560V900H-20z", mix(CLAY, SAND, 0.6))
        + path("M-20 590C300 546 1300 546 1620 590V900H-20z", RIVER)
        + path("M-20 640C400 600 1200 610 1620 650V700C1200 660 400 650-20 700z", mix(RIVER, MIST, 0.35))
        + "".join(nature.ripple(x, y, w) for x, y, w in ((180, 640, 90), (560, 620, 70), (1330, 640, 100), (300, 800, 110), (720, 850, 130), (1180, 830, 120), (1460, 760, 80)))
        + at(460, 770, fish, 0.9)
        + at(600, 818, fish, 0.7)
        + at(1330, 860, fish, 0.8, mirror=True)
        + reeds
        + at(1180, 600, heron, 0.72, mirror=True)
        + "".join(ellipse(x, y, rx, ry, tone) for x, y, rx, ry, tone in ((250, 870, 90, 26, SLATE), (380, 884, 60, 18, STONE), (1500, 872, 96, 28, SLATE), (1400, 888, 56, 16, STONE)))
        + person(
            560,
            796,
            1.36,
            build=CHILD,
            style="tail",
            colour="black",
            skin="honey",
            hat=SUN,
            top=ROSE,
            legs=NAVY,
            look=-0.5,
            left=(-62, -150),
            right=(36, -120),
            right_holds="",
            left_holds=at(0, 0, net, 1, -24),
            mood="talk",
            short=True,
            shadow=False,
        )
        + person(
            850,
            786,
            1.36,
            style="bob",
            colour="brown",
            skin="honey",
            top=PAPER,
            coat=GREEN,
            legs=NAVY,
            look=-0.5,
            left=(-88, -196),
            right=(40, -170),
            left_holds=at(-6, 24, jar),
            mood="smile",
            shadow=False,
        )
        + person(1040, 800, 1.34, build=CHILD, style="short", colour="black", skin="umber", top=SUN, legs=DEEP, look=-0.6, left=(-64, -120), right=(40, -110), mood="smile", short=True, shadow=False)
        # The water around their boots.
        + "".join(
            path(f"M{x - 110} {y + 10}C{x - 80} {y - 44} {x + 80} {y - 44} {x + 110} {y + 10}z", RIVER) + stroke(f"M{x - 86} {y - 12}C{x - 60} {y - 38} {x + 60} {y - 38} {x + 86} {y - 12}", MIST, 5)
            for x, y in ((560, 800), (850, 790), (1040, 804))
        )
    )


def stage():
    trumpet = stroke("M-6 0H86", SUN, 11) + path("M82-22L112-34V34L82 22z", AMBER) + stroke("M20 4V22H60V4", AMBER, 8)
    drum = (
        rect(-74, -96, 148, 96, ROSE, 10)
        + ellipse(0, -96, 74, 20, PAPER)
        + stroke("M-74-92L-40-6L0-84L40-6L74-92", BUTTER, 6)
        + ellipse(0, 0, 74, 16, darker(ROSE))
        + rect(-74, -14, 148, 14, darker(ROSE))
    )
    song = at(-36, 6, polygon(((0, 0), (-44, -10), (-44, -58), (0, -48)), GREEN) + polygon(((0, 0), (44, -10), (44, -58), (0, -48)), LEAF))
    lamps = "".join(
        polygon(((x - 20, 150), (x + 20, 150), (x + 170 * s + 150, 690), (x + 170 * s - 150, 690)), BUTTER, opacity=0.16) + at(x, 130, rect(-30, -14, 60, 40, INK, 8) + ellipse(0, 28, 24, 8, BUTTER))
        for x, s in ((380, 0.5), (800, 0), (1220, -0.5))
    )

    def listener(x, y, size, tone, coat):
        """Somebody seen from behind."""
        return at(x, y, path("M-92 150C-92 70-60 44-26 40H26C60 44 92 70 92 150z", coat) + rect(-16, 14, 32, 40, mix(coat, "#f1c39d", 0.7), 10) + circle(0, -12, 46, tone), size)

    rows = "".join(
        listener(x, y, 1, HAIR[tone], coat)
        for x, y, tone, coat in (
            (110, 800, "black", DEEP),
            (330, 822, "grey", PLUM),
            (560, 804, "brown", GREEN),
            (1040, 804, "black", ROSE),
            (1270, 822, "white", NAVY),
            (1490, 800, "chestnut", CARROT),
        )
    )
    return (
        rect(0, 0, 1600, 900, mix(PLUM, NAVY, 0.55))
        + rect(220, 90, 1160, 620, mix(DAWN, PEACH, 0.45))
        + circle(800, 700, 330, mix(SUN, PEACH, 0.5))
        + "".join(
            polygon(((800, 700), (800 + 1000 * dx, 700 - 1000 * dy), (800 + 1000 * ex, 700 - 1000 * ey)), mix(PEACH, DAWN, 0.15), opacity=0.5)
            for dx, dy, ex, ey in ((-0.98, 0.2, -0.9, 0.44), (-0.7, 0.72, -0.5, 0.86), (0.98, 0.2, 0.9, 0.44), (0.7, 0.72, 0.5, 0.86), (-0.14, 1, 0.14, 1))
        )
        # What the rays cover beyond the opening is covered again.
        + rect(0, 0, 220, 900, mix(PLUM, NAVY, 0.55))
        + rect(1380, 0, 220, 900, mix(PLUM, NAVY, 0.55))
        + rect(0, 0, 1600, 96, mix(PLUM, NAVY, 0.55))
        + "".join(path(f"M{x} 60h{w}v650h-{w}z", tone) for x, w, tone in ((130, 60, ROSE), (190, 50, darker(ROSE)), (240, 44, ROSE), (1410, 60, ROSE), (1360, 50, darker(ROSE)), (1316, 44, ROSE)))
        + "".join(path(f"M{130 + i * 134} 56h134c-10 66-124 66-134 0z", ROSE if i % 2 else darker(ROSE, 0.1)) for i in range(10))
        + rect(110, 40, 1380, 26, SUN, 8)
        + lamps
        + rect(120, 690, 1360, 24, lighter(CLAY, 0.2), 4)
        + rect(120, 712, 1360, 90, EARTH)
        + "".join(rect(120 + i * 136, 712, 4, 90, darker(EARTH)) for i in range(1, 10))
        + person(392, 694, 1.12, style="bob", colour="black", skin="sand", top=PAPER, skirt=NAVY, look=0.6, left=(40, -300), right=(62, -312), right_holds=at(-52, -20, trumpet, 0.86, 4), mood="smile")
        + person(640, 694, 1.12, style="curls", colour="black", skin="umber", top=PAPER, legs=NAVY, look=0.3, left=(-22, -212), right=(22, -212), right_holds=song, mood="talk")
        + person(810, 694, 1.12, style="scarf", colour=RIVER, skin="honey", top=PAPER, skirt=NAVY, look=0, left=(-22, -212), right=(22, -212), right_holds=song, mood="talk")
        + person(
            980, 694, 1.12, build=BROAD, style="short", colour="grey", skin="ivory", top=PAPER, legs=NAVY, look=-0.3, left=(-22, -212), right=(22, -212), right_holds=song, mood="talk", glasses=True
        )
        + person(
            1200,
            694,
            1.12,
            style="tail",
            colour="brown",
            skin="sand",
            top=PAPER,
            legs=NAVY,
            look=-0.4,
            left=(-44, -200),
            right=(40, -206),
            left_holds=at(0, 0, stroke("M-14 30L10-40", CLAY, 7)),
            right_holds=at(0, 0, stroke("M14 30L-10-40", CLAY, 7)),
            mood="smile",
        )
        + at(1196, 706, drum, 1.3)
        + rect(0, 800, 1600, 100, mix(NAVY, INK, 0.5))
        + rows
    )


def workshop():
    tools = (
        stroke("M0-40V46", CLAY, 13)
        + rect(-34, -56, 68, 26, SLATE, 5)
        + at(110, 0, path("M-8-60H8V50L0 64L-8 50z", STONE) + rect(-13, -70, 26, 46, ROSE, 8))
        + at(210, 0, stroke("M-16-56L10 56M16-56L-10 56", SLATE, 10) + circle(-14, 60, 17, "none", stroke=CARROT, stroke_width=9) + circle(14, 60, 17, "none", stroke=CARROT, stroke_width=9))
        + at(320, 0, path("M-50-34H36L54-14V2H-50z", STONE) + stroke("M-48 2l10 8 10-8 10 8 10-8 10 8 10-8 10 8 10-8 10 8 10-8", SLATE, 4) + rect(-84, -34, 44, 50, GREEN, 12))
    )
    toy = (
        path("M-60-40C-60-70-40-84-8-84H20V-40z", ROSE)
        + rect(-72, -52, 144, 34, RIVER, 12)
        + rect(18, -84, 44, 34, MIST, 6)
        + "".join(circle(x, -16, 19, INK) + circle(x, -16, 8, BUTTER) for x in (-40, 42))
    )
    chair = (
        rect(-60, -110, 120, 16, CARROT, 6)
        + stroke("M-48-98L-58 0M48-98L58 0", CARROT, 13)
        + stroke("M-52-104L-60-224M52-104L60-224", CARROT, 13)
        + rect(-66, -214, 132, 22, darker(CARROT, 0.08), 8)
        + rect(-62, -170, 124, 18, darker(CARROT, 0.08), 8)
    )
    bear = (
        circle(-28, -104, 15, CLAY)
        + circle(28, -104, 15, CLAY)
        + ellipse(0, -34, 44, 44, CLAY)
        + circle(0, -84, 36, lighter(CLAY, 0.12))
        + circle(-12, -88, 4, INK)
        + circle(12, -88, 4, INK)
        + ellipse(0, -74, 9, 7, BARK)
        + stroke("M-16-36h34M-8-44v16M4-44v16", ROSE, 4)
    )
    lamp = rect(-3, -180, 6, 140, SLATE) + polygon(((-16, -54), (16, -54), (52, 0), (-52, 0)), SUN) + ellipse(0, 2, 22, 10, BUTTER)
    return (
        rect(0, 0, 1600, 900, MINT)
        + circle(800, 420, 460, mix(MINT, DAWN, 0.55))
        + rect(0, 700, 1600, 200, mix(CLAY, SAND, 0.45))
        + rect(0, 692, 1600, 14, mix(CLAY, SAND, 0.1))
        + rect(570, 150, 470, 190, mix(EARTH, CLAY, 0.5), 10)
        + rect(582, 162, 446, 166, lighter(CLAY, 0.35), 6)
        + at(644, 246, tools)
        + rect(110, 300, 250, 16, EARTH, 4)
        + "".join(rect(128 + i * 54, 300 - h, 40, h, c, 6) for i, (c, h) in enumerate(((RIVER, 66), (SUN, 50), (ROSE, 74), (GREEN, 56))))
        + nature.pot(1440, 726, 1.1, PAPER, "shrub")
        + at(470, 170, lamp, 1)
        + at(1130, 170, lamp, 1)
        + person(420, 770, 1.36, style="bun", colour="black", skin="sand", top=RIVER, apron=PAPER, legs=NAVY, look=0.5, right=(100, -164), left=(62, -146), mood="smile", shadow=False)
        + person(
            800,
            770,
            1.36,
            build=ELDER,
            style="thin",
            colour="white",
            skin="ivory",
            top=PAPER,
            apron=GREEN,
            legs=NAVY,
            look=0.3,
            right=(58, -142),
            left=(-56, -142),
            mood="down",
            glasses=True,
            shadow=False,
        )
        + person(990, 770, 1.36, build=CHILD, style="curls", colour="black", skin="cocoa", top=SUN, legs=DEEP, look=-0.5, left=(-58, -140), right=(40, -140), mood="talk", shadow=False)
        + rect(240, 590, 900, 26, CLAY, 8)
        + rect(252, 612, 876, 12, darker(CLAY))
        + "".join(path(f"M{x} 622h34l{d} 250h-34z", EARTH) for x, d in ((300, -22), (1046, 22)))
        + ellipse(690, 876, 440, 13, "#1d2b4a", opacity=0.12)
        + at(570, 592, bear, 0.94)
        + at(800, 594, toy, 0.9)
        + at(690, 588, circle(0, -14, 14, ROSE) + rect(-16, -30, 32, 6, CLAY) + rect(-16, -4, 32, 6, CLAY))
        + at(1010, 590, path("M-50 0l10-34h80l10 34z", STONE) + "".join(circle(-24 + 16 * i, -40, 8, c) for i, c in enumerate((SLATE, AMBER, SLATE, RUST))))
        + at(1290, 872, chair, 1.3)
        + person(
            1420,
            860,
            1.4,
            style="short",
            colour="brown",
            skin="honey",
            top=ROSE,
            legs=NAVY,
            look=-0.5,
            left=(-92, -196),
            right=(40, -170),
            left_holds=stroke("M-30-16L24 18", CLAY, 10) + at(-34, -20, rect(-16, -26, 32, 50, SLATE, 5), 1, 32),
            mood="smile",
            beard=HAIR["brown"],
        )
    )


def story_hour():
    def shelf(x, y, width, seed):
        tones = (DEEP, SUN, GREEN, ROSE, CARROT, RIVER, PLUM, MINT, PEACH)
        books, at_x, i = "", x + 10, seed
        while at_x < x + width - 34:
            wide, high = 18 + (i * 7) % 15, 84 + (i * 13) % 34
            books += rect(at_x, y - high, wide, high, tones[i % len(tones)], 2)
            at_x, i = at_x + wide + 3, i + 1
        return books + rect(x, y, width, 14, EARTH)

    def case(x, width, seed):
        return (
            rect(x, 150, width, 560, darker(CLAY, 0.12), 6)
            + rect(x + 10, 162, width - 20, 540, mix(CLAY, SAND, 0.3))
            + "".join(shelf(x + 10, y, width - 20, seed + k) for k, y in enumerate((300, 440, 580, 696)))
        )

    book = (
        polygon(((0, 0), (-92, -16), (-92, -92), (0, -74)), PAPER)
        + polygon(((0, 0), (92, -16), (92, -92), (0, -74)), lighter(PEACH, 0.4))
        + circle(-46, -52, 20, SUN)
        + at(46, -30, nature.crown(22, 18, LEAF, 1))
        + stroke("M0 2L-96-14M0 2L96-14", ROSE, 8)
    )
    return (
        rect(0, 0, 1600, 900, DAWN)
        + case(60, 400, 2)
        + case(1140, 400, 6)
        + rect(560, 150, 480, 330, PAPER, 8)
        + rect(576, 166, 448, 298, MIST)
        + nature.coppice(576, 464, 380, SPROUT, 3, 100)
        + at(900, 464, nature.zelkova(0, 0, 0.52, LEAF, 2, detail=False))
        + circle(650, 240, 34, BUTTER)
        + rect(794, 166, 12, 298, PAPER)
        + rect(0, 700, 1600, 200, mix(CLAY, SAND, 0.5))
        + rect(0, 694, 1600, 12, mix(CLAY, SAND, 0.15))
        + ellipse(800, 838, 660, 72, mix(ROSE, PEACH, 0.55))
        + ellipse(800, 834, 560, 56, mix(ROSE, PEACH, 0.75))
        + at(
            800,
            806,
            town.chair_side(0, 0, EARTH, back=-1, seat=96)
            + person(
                0, 0, style="perm", colour="grey", build=ELDER, skin="sand", top=GREEN, skirt=NAVY, seat=92, look=0.25, left=(-66, -214), right=(66, -214), mood="talk", glasses=True, shadow=False
            )
            + at(0, -168, book, 0.92),
            1.42,
        )
        + fingers(688, 516, 1, "sand")
        + fingers(912, 516, -1, "sand")
        + person(330, 868, 1.4, build=CHILD, style="braids", colour="black", skin="umber", top=SUN, legs=DEEP, seat=26, look=0.6, left=(30, -96), right=(60, -86), mood="smile", shadow=False)
        + person(520, 886, 1.4, build=CHILD, style="short", colour="brown", skin="ivory", top=RIVER, legs=NAVY, seat=26, look=0.5, left=(20, -90), right=(64, -150), mood="talk", shadow=False)
        + person(1090, 886, 1.4, build=CHILD, style="bob", colour="black", skin="honey", top=CARROT, legs=PLUM, seat=26, look=-0.5, left=(-60, -86), right=(-26, -92), mood="smile", shadow=False)
        + person(1290, 868, 1.4, style="short", colour="black", skin="honey", top=PLUM, legs=SLATE, seat=30, look=-0.5, left=(-60, -130), right=(-20, -120), mood="smile", shadow=False)
    )


# Digits without a font, 100 high, around 0,0.
DIGITS = {
    1: "M-16-30L4-50V50M-20 50H28",
    2: "M-28-22C-28-62 30-62 28-20C26 8-22 26-30 50H32",
    3: "M-26-42C-4-58 30-46 26-20C24-4 6-2-6-2C10-2 32 2 30 26C28 56-12 56-30 38",
    4: "M14 50V-50L-34 18H34",
    5: "M26-50H-20L-24-6C0-20 32-10 30 18C28 54-10 58-30 38",
    6: "M18-50C-14-34-30-8-28 20C-26 60 30 60 30 22C30-12-18-14-27 14",
}


def venue_plan():
    ground, street = "#eef2e2", PAPER

    def sign(x, y, number, tone):
        return circle(x, y + 3, 50, "#1d2b4a", opacity=0.18) + circle(x, y, 48, tone) + circle(x, y, 48, "none", stroke=PAPER, stroke_width=6) + at(x, y, stroke(DIGITS[number], PAPER, 15), 0.5)

    def marker(x, y, tone, drawing):
        return rect(x - 29, y - 29, 58, 58, tone, 12) + at(x, y, drawing)

    cross = rect(-6, -18, 12, 36, PAPER) + rect(-18, -6, 36, 12, PAPER)
    child = circle(0, -13, 8, PAPER) + path("M-10 22V2Q0-8 10 2V22z", PAPER) + stroke("M-16-2L-9 6M16-2L9 6", PAPER, 5)
    chair = circle(-3, -18, 6, PAPER) + stroke("M-3-8V6H9L15 18", PAPER, 6) + circle(-3, 9, 12, "none", stroke=PAPER, stroke_width=5)
    bottle = rect(-9, -8, 18, 28, PAPER, 6) + rect(-7, -16, 14, 7, PAPER, 2) + circle(0, -20, 5, PAPER)
    toilet = circle(0, -16, 7, PAPER) + path("M-10 22V0Q0-9 10 0V22z", PAPER)
    stop = rect(-14, -17, 28, 30, PAPER, 6) + rect(-10, -12, 20, 12, DEEP) + circle(-7, 15, 4, PAPER) + circle(7, 15, 4, PAPER)
    beds = "".join(rect(1180 + i * 46, 232, 26, 124, mix(LEAF, CARROT, 0.3) if i % 2 else SPROUT, 6) for i in range(7))
    blocks = "".join(
        rect(x, y, w, h, mix(ground, STONE, 0.35), 10)
        for x, y, w, h in (
            (80, 560, 150, 100),
            (420, 620, 120, 120),
            (560, 660, 130, 80),
            (980, 640, 150, 110),
            (1180, 620, 200, 120),
            (1420, 640, 110, 100),
            (560, 300, 120, 70),
            (740, 270, 160, 90),
            (80, 400, 110, 90),
        )
    )
    avenue = "".join(
        at(x, y, nature.crown(24, 22, LEAF, i) + at(-5, -5, nature.crown(18, 16, SPROUT, i + 1)))
        for i, (x, y) in enumerate(((360, 690), (440, 590), (520, 556), (600, 512), (950, 372), (1030, 344), (1104, 302)))
    )
    return (
        rect(0, 0, 1600, 900, ground)
        + path("M-20 60C300 160 520 40 840 110S1320 60 1620 120V190C1320 130 1160 190 840 176S300 230-20 130z", RIVER)
        + path("M-20 84C300 184 520 64 840 132S1320 84 1620 144V152C1320 100 1160 160 840 148S300 206-20 104z", mix(RIVER, MIST, 0.5))
        + blocks
        # Streets.
        + stroke("M250 800C330 640 520 560 700 500C900 430 1010 400 1190 300", street, 46)
        + stroke("M700 500H1470M330 690L330 230M700 500V800M1060 500V800", street, 30)
        + avenue
        # The railway.
        + stroke("M-20 830H1620", SLATE, 14)
        + "".join(rect(i * 40, 816, 8, 28, SLATE) for i in range(41))
        + rect(170, 806, 170, 48, NAVY, 8)
        + "".join(rect(186 + i * 36, 818, 24, 16, MIST, 3) for i in range(4))
        # The venues.
        + rect(200, 690, 130, 84, mix(ROSE, PAPER, 0.4), 10)
        + path("M200 690h130v24c-20 14-32 14-43 0c-12 14-32 14-43 0c-12 14-32 14-44 0z", ROSE)
        + ellipse(800, 470, 180, 96, mix(SPROUT, BUTTER, 0.3))
        + ellipse(800, 470, 146, 72, SAND)
        + rect(470, 400, 120, 96, mix(RIVER, PAPER, 0.45), 8)
        + polygon(((456, 404), (530, 352), (604, 404)), DEEP)
        + rect(1120, 440, 190, 110, mix(SUN, PAPER, 0.4), 10)
        + polygon(((1106, 446), (1215, 384), (1324, 446)), AMBER)
        + rect(1160, 216, 350, 156, mix(CLAY, SAND, 0.4), 14)
        + beds
        + path("M180 240C240 200 420 200 460 240C480 290 420 320 320 318S160 300 180 240z", mix(LEAF, SPROUT, 0.5))
        + nature.tree(420, 300, 0.42, LEAF, 2)
        + nature.tree(214, 296, 0.42, GREEN, 4)
        # Their signs, and what is there.
        + sign(264, 640, 1, ROSE)
        + sign(800, 444, 2, PINE)
        + sign(530, 452, 3, DEEP)
        + sign(1215, 500, 4, RUST)
        + sign(1335, 294, 5, BARK)
        + sign(320, 262, 6, NAVY)
        + "".join(marker(690 + i * 73, 548, tone, drawing) for i, (tone, drawing) in enumerate(((RUST, cross), (PLUM, child), (DEEP, chair), (ROSE, bottle))))
        + marker(1372, 520, RUST, cross)
        + marker(1446, 520, DEEP, chair)
        + marker(1544, 330, DEEP, toilet)
        + marker(424, 466, DEEP, toilet)
        + marker(700, 640, NAVY, stop)
        + marker(330, 400, NAVY, stop)
        # North.
        + circle(1524, 740, 44, PAPER)
        + polygon(((1524, 704), (1544, 764), (1524, 750), (1504, 764)), INK)
    )


PICTURES = {
    "farmers-market": farmers_market,
    "river-life": river_life,
    "stage": stage,
    "workshop": workshop,
    "story-hour": story_hour,
    "venue-plan": venue_plan,
}
