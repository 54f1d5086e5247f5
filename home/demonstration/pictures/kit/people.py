"""People: a small skeleton, dressed. About five heads tall.

A person stands at 0,0 and is 400 high; hands and feet are given as points, and the elbows and
knees follow. Light comes from the upper left, as everywhere.
"""

from math import acos, atan2, cos, hypot, radians, sin
from typing import NamedTuple

from kit.heads import HAIR, SKIN, head
from kit.paint import (
    INK,
    NAVY,
    SLATE,
    at,
    capsule,
    darker,
    ellipse,
    path,
    rect,
    stroke,
)


class Build(NamedTuple):
    shoulder: float  # heights above the hip
    neck: float
    head: float
    wide: float  # half of the shoulders
    hip: float  # height above the ground
    limb: float  # thickness
    skull: float  # size of the head


ADULT = Build(118, 136, 183, 39, 176, 1, 1)
BROAD = Build(121, 139, 186, 45, 178, 1.1, 1)
ELDER = Build(108, 124, 167, 39, 158, 1, 1)
CHILD = Build(80, 92, 134, 26, 92, 0.74, 0.92)
TEEN = Build(102, 118, 163, 33, 148, 0.88, 0.97)


def joint(start, end, upper, lower, bend):
    """Where the elbow or knee is, and how far the hand or foot really reaches."""
    reach = hypot(end[0] - start[0], end[1] - start[1]) or 1
    short = min(reach, (upper + lower) * 0.998)
    end = (start[0] + (end[0] - start[0]) * short / reach, start[1] + (end[1] - start[1]) * short / reach)
    cosine = (upper**2 + short**2 - lower**2) / (2 * upper * short)
    angle = atan2(end[1] - start[1], end[0] - start[0]) + bend * acos(max(-1, min(1, cosine)))
    return (start[0] + upper * cos(angle), start[1] + upper * sin(angle)), end


def arm(shoulder, target, build, sleeve, skin, *, short, holds):
    length = 61 * (build.shoulder / 118)
    outward = -0.4 if shoulder[0] < 0 else 0.4
    ways = (joint(shoulder, target, length, length * 0.92, bend) for bend in (1, -1))
    # Elbows hang, and a little outward.
    elbow, wrist = max(ways, key=lambda way: way[0][1] + outward * way[0][0])
    k = build.limb
    along = atan2(wrist[1] - elbow[1], wrist[0] - elbow[0])
    tip = (wrist[0] + 13 * k * cos(along), wrist[1] + 13 * k * sin(along))
    # Thumbs point up, and towards the body.
    inward = 0.5 if shoulder[0] < 0 else -0.5
    side = max((along - 0.9, along + 0.9), key=lambda angle: inward * cos(angle) - sin(angle))
    thumb = (wrist[0] + 15 * k * cos(side), wrist[1] + 15 * k * sin(side))
    hand = capsule(wrist, 10 * k, tip, 9.5 * k, skin) + capsule(wrist, 6 * k, thumb, 4.8 * k, skin)
    upper = capsule(shoulder, 16 * k, elbow, 14 * k, sleeve)
    if short:
        half = ((shoulder[0] + elbow[0]) / 2, (shoulder[1] + elbow[1]) / 2)
        bare = capsule(shoulder, 14 * k, elbow, 12.5 * k, skin) + capsule(elbow, 12.5 * k, wrist, 9.5 * k, skin)
        return bare + capsule(shoulder, 16.5 * k, half, 16.5 * k, sleeve) + at(*tip, holds) + hand
    cuff = (elbow[0] + (wrist[0] - elbow[0]) * 0.93, elbow[1] + (wrist[1] - elbow[1]) * 0.93)
    return at(*tip, holds) + hand + upper + capsule(elbow, 14 * k, cuff, 12 * k, sleeve)


def shoe(x, y, k, way, colour):
    if abs(way) < 0.3:
        return at(x, y, path("M-15-20h30c3 8 5 14 3 19c-10 3-26 3-36 0c-2-5 0-11 3-19z", colour), k)
    return at(x, y, path("M-14-22h27c1 9 7 11 17 13c9 2 11 5 10 10h-54c-2-8-2-15 0-23z", colour), k, mirror=way < 0)


def trousers(hip, feet, knees, build, look, legs, shoes):
    k, thigh, drawn = build.limb, thigh_of(build), ""
    for (x, y), side, bend in zip(feet, (-1, 1), knees, strict=True):
        tone = legs if side > 0 else darker(legs, 0.1)
        root = (side * 14 * k, hip + 4)
        knee, ankle = joint(root, (x, y - 20 * k), thigh, thigh * 0.96, bend)
        drawn += shoe(x, y, k, look, shoes)
        drawn += capsule(root, 22.5 * k, knee, 18.5 * k, tone)
        drawn += capsule(knee, 18.5 * k, ankle, 14 * k, tone)
    return drawn + capsule((-13 * k, hip), 23 * k, (13 * k, hip), 23 * k, legs)


def skirted(hip, feet, knees, build, look, skirt, shoes, flesh):
    k, thigh, drawn = build.limb, thigh_of(build), ""
    for (x, y), side, bend in zip(feet, (-1, 1), knees, strict=True):
        knee, ankle = joint((side * 14 * k, hip + 4), (x, y - 20 * k), thigh, thigh * 0.96, bend)
        drawn += shoe(x, y, k, look, shoes)
        drawn += capsule(knee, 14 * k, ankle, 10 * k, flesh if side > 0 else darker(flesh, 0.08))
    edge = hip * 0.38
    return drawn + path(
        f"M{-30 * k} {hip - 20}H{30 * k}C{40 * k} {hip + 20} {50 * k} {edge - 20} {54 * k} {edge}Q0 {edge + 12}{-54 * k} {edge}C{-50 * k} {edge - 20}{-40 * k} {hip + 20}{-30 * k} {hip - 20}z",
        skirt,
    )


def thigh_of(build):
    return (build.hip - 24 * build.limb) * 0.513


def torso(build, top, coat, apron, below, flesh, seated):
    """The upper body around the hip at 0,0, upright; ``below`` is the colour of what it meets."""
    sh, nk, w, k = build.shoulder, build.neck, build.wide, build.limb
    low = 16 if seated else 44 if coat else 14
    outer = coat or top
    drawn = path(
        f"M{-15 * k} {-nk}C{-w * 0.7} {-nk + 5}{-w - 7 * k} {-sh - 6}{-w - 8 * k} {-sh + 20}"
        f"C{-w} {-sh * 0.5}{-w + 6 * k} -30 {-w + 3 * k} {low}Q0 {low + 10} {w - 3 * k} {low}"
        f"C{w - 6 * k} -30 {w} {-sh * 0.5} {w + 8 * k} {-sh + 20}"
        f"C{w + 7 * k} {-sh - 6} {w * 0.7} {-nk + 5} {15 * k} {-nk}z",
        outer,
    ) + path(
        f"M{w * 0.5} {-sh * 0.8}C{w * 0.36} {-sh * 0.5} {w * 0.5} -20 {w * 0.4} {low + 4}L{w - 3 * k} {low}C{w - 6 * k} -30 {w} {-sh * 0.5} {w + 4 * k} {-sh + 24}z",
        darker(outer, 0.09),
    )
    if coat:
        drawn += path(f"M{-13 * k} {-nk - 1}L{-10 * k} 12H{11 * k}L{13 * k} {-nk - 1}z", top)
        drawn += path(f"M{-10 * k} 12L{-8 * k} {low + 6}H{9 * k}L{11 * k} 12z", darker(below, 0.1))
        drawn += path(
            f"M{-15 * k} {-nk}L{-26 * k} {-nk + 30}L{-9 * k} {-nk + 62}zM{15 * k} {-nk}L{26 * k} {-nk + 30}L{9 * k} {-nk + 62}z",
            darker(coat, 0.12),
        )
    if apron:
        bib, fall = 0.5 * w, 18 if seated else 44
        drawn += stroke(f"M{-bib} {-sh + 34}L{-12 * k} {-nk}M{bib} {-sh + 34}L{12 * k} {-nk}", apron, 6)
        drawn += path(
            f"M{-bib} {-sh + 30}H{bib}L{bib + 4} -52C{w} -46 {w + 2} 0 {w + 3} {fall}Q0 {fall + 10} {-w - 3} {fall}C{-w - 2} 0 {-w} -46 {-bib - 4} -52z",
            apron,
        )
        drawn += rect(-17 * k, -20, 34 * k, 27 * k, darker(apron, 0.1), 5)
    return drawn + path(
        f"M{-13 * k} {-nk - 22}h{26 * k}v20C{11 * k} {-nk + 16}{-11 * k} {-nk + 16}{-13 * k} {-nk - 2}z",
        darker(flesh, 0.1),
    )


def fingers(x, y, way, skin):
    """Fingers that hold the edge of something; ``way`` (-1, 1) is where they point."""
    return capsule((x, y), 14, (x + 20 * way, y - 2), 12, SKIN[skin])


def person(
    x,
    y,
    size=1,
    *,
    build=ADULT,
    skin="sand",
    style="short",
    colour="black",
    top=SLATE,
    legs=NAVY,
    shoes=INK,
    look=0,
    tilt=0,
    lean=0,
    mood="open",
    glasses=False,
    hat=None,
    beard=None,
    left=None,
    right=None,
    left_holds="",
    right_holds="",
    feet=None,
    seat=None,
    skirt=None,
    short=False,
    apron=None,
    coat=None,
    behind="",
    shadow=True,
):
    """One person standing (or, with ``seat`` = height of the seat, sitting) at x, y.

    ``left`` and ``right`` are where the hands go, as seen by us, counted from the feet, and
    ``left_holds`` and ``right_holds`` what is in them; ``behind`` names the arms ("l", "r") that
    the body hides. ``look`` turns the face (-1 to 1), ``lean`` the whole upper body and ``tilt``
    the head (degrees); ``mood`` is open, smile, down or talk.
    """
    flesh, k, w = SKIN[skin], build.limb, build.wide
    seated = seat is not None
    hip = -(seat + 20 * k) if seated else -build.hip
    way = -1 if look < 0 else 1

    def up(across, height):
        """A point of the leaning upper body."""
        tip = radians(lean)
        return (across * cos(tip) + height * sin(tip), hip + across * sin(tip) - height * cos(tip))

    if seated:
        feet, knees = feet or ((way * 62 * k, 0), (way * 84 * k, 0)), (-way, -way)
    else:
        feet = feet or ((-17 * k, 0), (17 * k, 0))
        knees = (-1, -1) if look > 0.2 else (1, 1) if look < -0.2 else (1, -1)
    lower = skirted(hip, feet, knees, build, look, skirt, shoes, flesh) if skirt else trousers(hip, feet, knees, build, look, legs, shoes)

    mane, face = (
        at(up(0, build.head)[0] + 3 * look, up(0, build.head)[1], part, build.skull, lean * 0.4 + tilt) for part in head(flesh, style, HAIR.get(colour, colour), look, mood, glasses, hat, beard)
    )
    hidden = shown = ""
    for name, side, hand, holds in (("l", -1, left, left_holds), ("r", 1, right, right_holds)):
        back = name in behind
        drawn = arm(
            up(side * (w - 3), build.shoulder - 14),
            hand or (side * (w + 11 * k), hip + 10 * k),
            build,
            darker(coat or top, 0.16 if back else 0.07),
            darker(flesh, 0.04) if back else flesh,
            short=short,
            holds=holds,
        )
        hidden, shown = (hidden + drawn, shown) if back else (hidden, shown + drawn)
    ground = ellipse(0, 2, 70 * k, 9 * k, "#1d2b4a", opacity=0.13) if shadow else ""
    body = at(0, hip, torso(build, top, coat, apron, skirt or legs, flesh, seated), turn=lean)
    return at(x, y, ground + mane + hidden + lower + body + face + shown, size)
