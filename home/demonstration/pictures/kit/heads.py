"""Heads: skin, hair, faces of few marks.

Around 0,0 in the middle of the face; 84 high, 74 wide. ``t`` is where the face looks, from -1
(left) to 1.
"""

from math import cos, pi, sin

from kit.paint import (
    AMBER,
    BUTTER,
    INK,
    NAVY,
    at,
    circle,
    darker,
    ellipse,
    mix,
    path,
    stroke,
)

SKIN = {"ivory": "#fbdcc3", "sand": "#f1c39d", "honey": "#d9a172", "umber": "#a66f49", "cocoa": "#74492f"}
HAIR = {"black": "#2c2b35", "brown": "#5b3f33", "chestnut": "#8a5a3b", "grey": "#a9adb3", "white": "#dcdddc"}

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
            "".join(circle(x, y, r, dark) for x, y, r in ((-36, -14, 18), (36, -14, 18), (-37, 8, 13), (37, 8, 13), (-24, -36, 20), (24, -36, 20), (0, -44, 20))),
            path("M-38 0C-46-30-28-50 0-50S46-30 38 0C36-14 28-16 22-21C14-15 6-17 0-22C-8-15-16-17-22-20C-30-15-36-12-38 0z", colour),
        ),
        "curls": (
            "".join(circle(44 * cos(a), -16 + 38 * sin(a), 17, colour) for a in (pi * k / 7 for k in range(6, 16))),
            path("M-39 2C-44-30-26-50 0-50S44-30 39 2C36-10 34-18 26-24C10-30-10-30-26-24C-34-18-36-10-39 2z", colour),
        ),
        "afro": (circle(0, -18, 54, colour), path("M-37-4C-36-24-20-32 0-32S36-24 37-4C46-30 26-52 0-52S-46-30-37-4z", colour)),
        "thin": (
            "",
            path("M-38 6C-44-4-42-18-37-26C-33-20-34-6-33 4zM38 6C44-4 42-18 37-26C33-20 34-6 33 4z", colour),
        ),
        "braids": (
            "".join(at(s * 36, 20, "".join(ellipse(s * 3 * k, 16 * k, 10 - k, 11, dark) for k in range(4))) for s in (-1, 1)),
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


def face(skin, t, mood, glasses, hair_colour, beard=None):
    x = 11 * t
    mark = mix(skin, "#4a1712", 0.6)
    if beard:
        mark = mix(beard, skin, 0.75)
    blush = mix(skin, "#e2604a", 0.24)
    eyes = {
        "open": "".join(ellipse(x + s * 14.5, 3, 3.5, 4.5, INK) for s in (-1, 1)),
        "smile": stroke(f"M{x - 20} 4q5.5-6 11 0M{x + 9} 4q5.5-6 11 0", INK, 3.2),
        "down": stroke(f"M{x - 20} 3q5.5 5 11 0M{x + 9} 3q5.5 5 11 0", INK, 3.2),
    }["open" if mood == "talk" else mood]
    mouth = path(f"M{x - 9} 17q9 3 18 0q-2 11-9 11t-9-11z", darker(mark, 0.1)) if mood == "talk" else stroke(f"M{x - 8} 19q8 7.5 16 0", mark, 3)
    brow = hair_colour if hair_colour != HAIR["white"] else HAIR["grey"]
    return (
        ("" if beard else "".join(ellipse(x * 0.7 + s * 21, 15, 6.5, 4.5, blush) for s in (-1, 1)))
        + eyes
        + stroke(f"M{x - 20}-8q6-4 11-1M{x + 9}-9q6-3 11 1", brow, 2.8)
        + stroke(f"M{x + 2 * t} 8q{3 if t >= 0 else -3} 3 0 4", darker(mix(skin, "#a8563a", 0.4), 0), 2.6)
        + mouth
        + ("".join(circle(x + s * 15, 3, 11.5, "none", stroke=NAVY, stroke_width=2.8) for s in (-1, 1)) + stroke(f"M{x - 4} 2q4-3 8 0", NAVY, 2.8) if glasses else "")
    )


def head(skin, style, colour, t=0, mood="open", glasses=False, hat=None, beard=None):
    """One head around 0,0: what hangs behind the shoulders, and the rest.

    A headscarf is a hair style whose colour is the cloth's.
    """
    skull = path("M-36-8C-36-34-21-45 0-45S36-34 36-8C36 22 20 41 0 41S-36 22-36-8z", skin)
    ears = "".join(circle(s * 36 - 5 * t, 4, 8, darker(skin, 0.06)) for s in (-1, 1) if s * t <= 0.4)
    looks = face(skin, t, mood, glasses, HAIR["black"] if style == "scarf" else colour, beard)
    if style == "scarf":
        shade = darker(colour)
        return "", (
            path("M-46 4C-50-40-26-58 0-58S50-40 46 4C48 30 60 52 62 66C30 84-30 84-62 66C-60 52-48 30-46 4z", colour)
            + path("M-40 34C-20 62 20 62 40 34C46 46 52 54 54 62C24 74-24 72-50 58C-46 52-43 44-40 34z", shade)
            + path(f"M{-33 + 4 * t} 0C{-33 + 4 * t}-28-20-38 {4 * t}-38S{33 + 4 * t}-28 {33 + 4 * t} 0C{33 + 4 * t} 24 18 40 {4 * t} 40S{-33 + 4 * t} 24 {-33 + 4 * t} 0z", skin)
            + looks
        )
    back, front = hair(style, colour, t)
    jaw = path(f"M-37-6C-35 8-30 15-24 15C{-16 + 6 * t} 8 {-8 + 9 * t} 9 {9 * t} 12C{8 + 9 * t} 9 {16 + 6 * t} 8 24 15C30 15 35 8 37-6C39 28 20 46 0 46S-39 28-37-6z", beard) if beard else ""
    top = straw_hat(t) if hat == "straw" else cap_hat(hat, t) if hat else ""
    return back, ears + skull + jaw + looks + front + top
