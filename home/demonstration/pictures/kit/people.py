"""People: a small skeleton, dressed. About five heads tall, faces of few marks.

A person stands at 0,0 and is 400 high; hands and feet are given as points and the elbows and
knees follow. Light comes from the upper left, as everywhere.
"""

from math import atan2, cos, hypot, pi, radians, sin
from typing import NamedTuple

from kit.paint import (
    AMBER,
    BARK,
    BUTTER,
    INK,
    NAVY,
    PAPER,
    SLATE,
    STONE,
    at,
    capsule,
    circle,
    darker,
    ellipse,
    lighter,
    mix,
    path,
    rect,
    stroke,
)

SKIN = {"ivory": "#fbdcc3", "sand": "#f1c39d", "honey": "#d9a172", "umber": "#a66f49", "cocoa": "#74492f"}
HAIR = {"black": "#2c2b35", "brown": "#5b3f33", "chestnut": "#8a5a3b", "grey": "#a9adb3", "white": "#dcdddc"}


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
    angle = atan2(end[1] - start[1], end[0] - start[0]) + bend * _acos(cosine)
    return (start[0] + upper * cos(angle), start[1] + upper * sin(angle)), end


def _acos(value):
    from math import acos

    return acos(max(-1, min(1, value)))


# --- heads -------------------------------------------------------------------------------------
# Around 0,0 in the middle of the face; 84 high, 74 wide. ``t`` is where the face looks, -1 to 1.

CROWN = "M-39 2C-46-34-26-54 1-54S45-34 39 2C38-6 36-12 33-17"


def hair(style, colour, t):
    """What lies behind the head and what lies before it."""
    dark = darker(colour, 0.18)
    cap = path(f"{CROWN}C{18 + 6 * t}-16 {-6 + 8 * t}-20 {-16 + 8 * t}-30C-22-20-34-18-35-2z", colour)
    fringe = path(f"{CROWN}C22-13-22-13-33-17C-36-12-38-6-39 2z", colour)
    parted = path(
        f"{CROWN}C24-20 {4 + 14 * t}-26 {-4 + 14 * t}-38C{-10 + 8 * t}-24-28-20-33-12C-36-8-38-4-39 2z",
        colour,
    )
    styles = {
        "short": ("", cap),
        "neat": ("", parted),
        "buzz": ("", path("M-37-2C-42-32-24-48 0-48S42-32 37-2C34-18 24-27 0-27S-34-18-37-2z", colour)),
        "bob": (
            path("M-43 0C-50-40-24-57 0-57S50-40 43 0C45 14 46 24 42 33C30 42-30 42-42 33C-46 24-45 14-43 0z", dark),
            fringe,
        ),
        "long": (
            path("M-42 0C-50-40-24-57 0-57S50-40 42 0C44 30 50 52 48 74C30 84-30 84-48 74C-50 52-44 30-42 0z", dark),
            parted,
        ),
        "tail": (
            at(-34 if t >= 0 else 34, -22, path("M0 0C-30-10-38 26-28 62C-12 50 0 30 6 10z", dark), mirror=t < 0),
            parted,
        ),
        "bun": (circle(-8 * (t or 0.6), -56, 19, dark), parted),
        "perm": (
            "".join(
                circle(x, y, r, dark)
                for x, y, r in ((-36, -14, 18), (36, -14, 18), (-37, 8, 13), (37, 8, 13), (-24, -36, 20), (24, -36, 20), (0, -44, 20))
            ),
            path("M-38 0C-46-30-28-50 0-50S46-30 38 0C36-14 28-16 22-21C14-15 6-17 0-22C-8-15-16-17-22-20C-30-15-36-12-38 0z", colour),
        ),
        "curls": (
            "".join(
                circle(44 * cos(a), -16 + 38 * sin(a), 17, colour)
                for a in (pi * k / 7 for k in range(6, 16))
            ),
            path("M-39 2C-44-30-26-50 0-50S44-30 39 2C36-10 34-18 26-24C10-30-10-30-26-24C-34-18-36-10-39 2z", colour),
        ),
        "afro": (circle(0, -18, 54, colour), path("M-37-4C-36-24-20-32 0-32S36-24 37-4C46-30 26-52 0-52S-46-30-37-4z", colour)),
        "thin": (
            "",
            path("M-38 6C-44-4-42-18-37-26C-33-20-34-6-33 4zM38 6C44-4 42-18 37-26C33-20 34-6 33 4z", colour),
        ),
        "braids": (
            "".join(
                at(s * 36, 20, "".join(ellipse(s * 3 * k, 16 * k, 10 - k, 11, dark) for k in range(4)))
                for s in (-1, 1)
            ),
            parted,
        ),
    }
    return styles[style]


def straw_hat(t):
    return (
        path("M-36-22C-36-66-22-72 0-72S36-66 36-22z", BUTTER)
        + path("M-37-30C-20-22 20-22 37-30L36-18C20-10-20-10-36-18z", AMBER)
        + path("M-74-14C-60-32-30-26 0-26S60-32 74-14C50-6 20-12 0-12S-50-6-74-14z", mix(BUTTER, AMBER, 0.28))
    )


def cap_hat(colour, t):
    side = -1 if t < 0 else 1
    return path("M-40-16C-44-44-24-58 0-58S44-44 40-16C20-24-20-24-40-16z", colour) + at(
        0,
        -5,
        path("M-4-18C20-22 40-20 60-9C62-4 57-3 52-5C36-11 16-12-3-11z", darker(colour)),
        mirror=side < 0,
    )


def face(skin, t, mood, glasses, hair_colour):
    x = 11 * t
    mark = mix(skin, "#4a1712", 0.6)
    blush = mix(skin, "#e2604a", 0.24)
    eyes = {
        "open": "".join(ellipse(x + s * 14.5, 3, 3.5, 4.5, INK) for s in (-1, 1)),
        "smile": stroke(f"M{x - 20} 4q5.5-6 11 0M{x + 9} 4q5.5-6 11 0", INK, 3.2),
        "down": stroke(f"M{x - 20} 3q5.5 5 11 0M{x + 9} 3q5.5 5 11 0", INK, 3.2),
    }["open" if mood == "talk" else mood]
    mouth = (
        path(f"M{x - 9} 17q9 3 18 0q-2 11-9 11t-9-11z", darker(mark, 0.1))
        if mood == "talk"
        else stroke(f"M{x - 8} 19q8 7.5 16 0", mark, 3)
    )
    brow = hair_colour if hair_colour != HAIR["white"] else HAIR["grey"]
    return (
        "".join(ellipse(x * 0.7 + s * 21, 15, 6.5, 4.5, blush) for s in (-1, 1))
        + eyes
        + stroke(f"M{x - 20}-8q6-4 11-1M{x + 9}-9q6-3 11 1", brow, 2.8)
        + stroke(f"M{x + 2 * t} 8q{3 if t >= 0 else -3} 3 0 4", darker(mix(skin, "#a8563a", 0.4), 0), 2.6)
        + mouth
        + (
            "".join(circle(x + s * 15, 3, 11.5, "none", stroke=NAVY, stroke_width=2.8) for s in (-1, 1))
            + stroke(f"M{x - 4} 2q4-3 8 0", NAVY, 2.8)
            if glasses
            else ""
        )
    )


def head(skin, style, colour, t=0, mood="open", glasses=False, hat=None, beard=None):
    """One head around 0,0: what hangs behind the shoulders, and the rest.

    A headscarf is a hair style whose colour is the cloth's.
    """
    skull = path("M-36-8C-36-34-21-45 0-45S36-34 36-8C36 22 20 41 0 41S-36 22-36-8z", skin)
    ears = "".join(
        circle(s * 36 - 5 * t, 4, 8, darker(skin, 0.06)) for s in (-1, 1) if s * t <= 0.4
    )
    looks = face(skin, t, mood, glasses, HAIR["black"] if style == "scarf" else colour)
    if style == "scarf":
        shade = darker(colour)
        return "", (
            path("M-46 4C-50-40-26-58 0-58S50-40 46 4C48 30 60 52 62 66C30 84-30 84-62 66C-60 52-48 30-46 4z", colour)
            + path("M-40 34C-20 62 20 62 40 34C46 46 52 54 54 62C24 74-24 72-50 58C-46 52-43 44-40 34z", shade)
            + path(f"M{-33 + 4 * t} 0C{-33 + 4 * t}-28-20-38 {4 * t}-38S{33 + 4 * t}-28 {33 + 4 * t} 0C{33 + 4 * t} 24 18 40 {4 * t} 40S{-33 + 4 * t} 24 {-33 + 4 * t} 0z", skin)
            + looks
        )
    back, front = hair(style, colour, t)
    jaw = (
        path("M-36-2C-35 4-32 10-26 11C-16 9-8 10 0 10S16 9 26 11C32 10 35 4 36-2C37 26 20 45 0 45S-37 26-36-2z", beard)
        if beard
        else ""
    )
    top = straw_hat(t) if hat == "straw" else cap_hat(hat, t) if hat else ""
    return back, ears + skull + jaw + looks + front + top


# --- bodies ------------------------------------------------------------------------------------


def arm(shoulder, target, build, sleeve, skin, *, short, bend, holds):
    length = 61 * (build.shoulder / 118)
    outward = -0.4 if shoulder[0] < 0 else 0.4
    ways = [joint(shoulder, target, length, length * 0.92, way) for way in (1, -1)]
    # Elbows hang, and a little outward, unless told.
    elbow, wrist = ways[bend] if bend is not None else max(
        ways, key=lambda way: way[0][1] + outward * way[0][0]
    )
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
    elbows=(None, None),
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

    ``left`` and ``right`` are where the hands go, as seen by us, counted from the feet;
    ``behind`` names the arms ("l", "r", "lr") that the body hides. ``look`` turns the face,
    ``lean`` the whole upper body (degrees), ``mood`` is open, smile, down or talk.
    """
    flesh, tress = SKIN[skin], HAIR.get(colour, colour)
    hip = (0, -(seat + 20 * build.limb) if seat is not None else -build.hip)
    tip = radians(lean)

    def up(across, height):
        return (
            hip[0] + across * cos(tip) + height * sin(tip),
            hip[1] + across * sin(tip) - height * cos(tip),
        )

    wide, k = build.wide, build.limb
    outer = coat or top
    # feet and legs
    way = look
    if seat is None:
        feet = feet or ((-17 * k, 0), (17 * k, 0))
        knees = (-1 if way > 0.2 else 1, -1 if way > -0.2 else 1) if way else (1, -1)
    else:
        side = -1 if look < 0 else 1
        feet = feet or ((side * 62 * k, 0), (side * 84 * k, 0))
        knees = (-side, -side)
    thigh = (build.hip - 24 * k) * 0.513
    lower = ""
    for (fx, fy), s, bend in zip(feet, (-1, 1), knees, strict=True):
        root = (hip[0] + s * 14 * k, hip[1] + 4)
        ankle = (fx, fy - 20 * k)
        knee, ankle = joint(root, ankle, thigh, thigh * 0.96, bend)
        tone = legs if s > 0 else darker(legs, 0.1)
        bare = skirt is not None
        limb_tone = flesh if bare else tone
        lower += shoe(fx, fy, k, way, shoes)
        if bare:
            lower += capsule(knee, 14 * k, ankle, 10 * k, limb_tone if s > 0 else darker(flesh, 0.08))
        else:
            lower += capsule(root, 22.5 * k, knee, 18.5 * k, tone) + capsule(knee, 18.5 * k, ankle, 14 * k, tone)
    if seat is None and skirt:
        reach = hip[1] * 0.38
        lower += path(
            f"M{-30 * k} {hip[1] - 20}H{30 * k}C{40 * k} {hip[1] + 20} {50 * k} {reach - 20} {54 * k} {reach}Q0 {reach + 12}{-54 * k} {reach}C{-50 * k} {reach - 20}{-40 * k} {hip[1] + 20}{-30 * k} {hip[1] - 20}z",
            skirt,
        )
    elif skirt:
        side = -1 if look < 0 else 1
        lower += capsule((0, hip[1] + 2), 28 * k, (side * 74 * k, hip[1] + 8 * k), 25 * k, skirt)
    else:
        lower += capsule((-13 * k, hip[1]), 23 * k, (13 * k, hip[1]), 23 * k, legs)
    # torso, upright around the hip, then leaned
    sh, nk, w = build.shoulder, build.neck, wide
    hem = -14 if not coat else -44
    if seat is not None:
        hem = -16
    low = -hem
    shape = (
        f"M{-15 * k} {-nk}C{-w * 0.7} {-nk + 5}{-w - 7 * k} {-sh - 6}{-w - 8 * k} {-sh + 20}"
        f"C{-w} {-sh * 0.5}{-w + 6 * k} -30 {-w + 3 * k} {low}Q0 {low + 10} {w - 3 * k} {low}"
        f"C{w - 6 * k} -30 {w} {-sh * 0.5} {w + 8 * k} {-sh + 20}"
        f"C{w + 7 * k} {-sh - 6} {w * 0.7} {-nk + 5} {15 * k} {-nk}z"
    )
    shade = path(
        f"M{w * 0.5} {-sh * 0.8}C{w * 0.36} {-sh * 0.5} {w * 0.5} -20 {w * 0.4} {low + 4}"
        f"L{w - 3 * k} {low}C{w - 6 * k} -30 {w} {-sh * 0.5} {w + 4 * k} {-sh + 24}z",
        darker(outer, 0.09),
    )
    torso = path(shape, outer) + shade
    if coat:
        torso += path(f"M{-13 * k} {-nk - 1}L{-10 * k} 12H{11 * k}L{13 * k} {-nk - 1}z", top)
        torso += path(f"M{-10 * k} 12L{-8 * k} {low + 6}H{9 * k}L{11 * k} 12z", darker(skirt or legs, 0.1))
        torso += path(f"M{-15 * k} {-nk}L{-26 * k} {-nk + 30}L{-9 * k} {-nk + 62}zM{15 * k} {-nk}L{26 * k} {-nk + 30}L{9 * k} {-nk + 62}z", darker(coat, 0.12))
    if apron:
        bib, fall = 0.5 * w, 44 if seat is None else 18
        torso += stroke(f"M{-bib} {-sh + 34}L{-12 * k} {-nk}M{bib} {-sh + 34}L{12 * k} {-nk}", apron, 6)
        torso += path(f"M{-bib} {-sh + 30}H{bib}L{bib + 4} {-52}C{w} -46 {w + 2} 0 {w + 3} {fall}Q0 {fall + 10} {-w - 3} {fall}C{-w - 2} 0 {-w} -46 {-bib - 4} -52z", apron)
        torso += rect(-17 * k, -20, 34 * k, 27 * k, darker(apron, 0.1), 5)
    neck = (
        path(f"M{-13 * k} {-nk - 22}h{26 * k}v{20}C{11 * k} {-nk + 16}{-11 * k} {-nk + 16}{-13 * k} {-nk - 2}z", darker(flesh, 0.1))
    )
    body = at(hip[0], hip[1], torso + neck, turn=lean)
    hx, hy = up(0, build.head)
    mane, skull = (
        at(hx + 3 * look, hy, part, build.skull, lean * 0.4 + tilt)
        for part in head(flesh, style, tress, look, mood, glasses, hat, beard)
    )
    # arms
    rest = hip[1] + 10 * k
    shoulders = {"l": up(-w + 3, sh - 14), "r": up(w - 3, sh - 14)}
    hands = {"l": left or (-w - 11 * k, rest), "r": right or (w + 11 * k, rest)}
    holds = {"l": left_holds, "r": right_holds}
    bends = dict(zip("lr", elbows, strict=True))
    drawn = {
        s: arm(
            shoulders[s],
            hands[s],
            build,
            darker(outer, 0.16 if s in behind else 0.07),
            flesh if s not in behind else darker(flesh, 0.04),
            short=short,
            bend=bends[s],
            holds=holds[s],
        )
        for s in "lr"
    }
    ground = ellipse(0, 2, 70 * k, 9 * k, "#1d2b4a", opacity=0.13) if shadow else ""
    back = "".join(drawn[s] for s in "lr" if s in behind)
    front = "".join(drawn[s] for s in "lr" if s not in behind)
    return at(x, y, ground + mane + back + lower + body + skull + front, size)
