"""Pillar society: people who help, learn and meet."""

from kit import nature, town
from kit.paint import *
from kit.people import ADULT, BROAD, CHILD, ELDER, TEEN, person


def agri_welfare():
    # Furrows that meet at the horizon, and carrots along the ridges between them.
    far, near = 545, 940
    furrows = [(800 + (i - 6.5) * 74, 800 + (i - 6.5) * 330) for i in range(14)]
    rows = "".join(
        polygon(((b, far), (b + 22, far), (a + 110, near), (a, near)), mix(CLAY, EARTH, 0.42))
        for b, a in furrows
    )
    plants = "".join(
        again("carrot", b + 48 + (a + 220 - b - 48) * t, far + (near - far) * t, 0.28 + 1.25 * t)
        for t in (0.03, 0.06, 0.1, 0.15, 0.21, 0.28, 0.36, 0.45, 0.56, 0.68, 0.82, 0.97)
        for i, (b, a) in enumerate(furrows)
        if t < 0.13 or not 4 <= i <= 9
    )
    return (
        once("carrot", nature.carrot_top())
        + nature.sky("#e9f3ee", (330, 190, 70))
        + nature.cloud(1180, 180, 1)
        + nature.cloud(700, 110, 0.6)
        + nature.coppice(-40, 545, 560, SPROUT, 2, 70)
        + nature.coppice(1010, 545, 640, SPROUT, 6, 84)
        + town.house(1180, 540, 170, 90, PAPER, mix(SLATE, STONE, 0.4), SAND)
        + nature.tree(1120, 548, 0.8, LEAF, 2)
        + path("M420 545V500Q420 450 520 450H640Q740 450 740 500V545z", lighter(MIST, 0.4))
        + stroke("M480 545V462M540 545V450M600 545V450M660 545V452M420 500H740", PAPER, 5)
        + rect(0, 540, 1600, 360, mix(CLAY, SAND, 0.35))
        + rows
        + plants
        + at(
            1120,
            856,
            town.wheelchair("back")
            + person(-8, 0, style="tail", skin="ivory", colour="brown", top=SUN, apron=GREEN, legs=DEEP, shoes=GREEN, seat=100, look=0.5, left=(50, -180), right=(92, -178), mood="smile", shadow=False, feet=((70, -26), (92, -26)))
            + town.wheelchair("front"),
            1.42,
            mirror=True,
        )
        + town.table(850, 850, 320, 190, CLAY, EARTH)
        + at(770, 654, nature.carrot(0, 0, 0.62, 84) + nature.carrot(60, -4, 0.62, 96) + nature.carrot(44, -24, 0.62, 88))
        + town.crate(930, 652, 130, 62, CLAY, nature.carrot(-34, -12, 0.5, 10) + nature.carrot(0, -14, 0.5, -2) + nature.carrot(34, -12, 0.5, -12))
        + person(520, 850, 1.42, style="short", hat="straw", build=ELDER, skin="sand", colour="grey", top=RIVER, legs=NAVY, shoes=GREEN, look=0.6, left=(-4, -176), right=(98, -182), mood="smile", behind="r", left_holds=at(42, 34, town.crate(0, 0, 150, 60, CLAY, "".join(nature.carrot(-48 + 24 * i, -8, 0.42, 16 - 8 * i) for i in range(5)))))
    )


PICTURES = {"agri-welfare": agri_welfare}
