"""What grows and flows: trees, flowers, fields, the river, hills, sky."""

from math import cos, pi, sin

from kit.paint import (
    AMBER,
    BARK,
    BUTTER,
    CARROT,
    GREEN,
    LEAF,
    MIST,
    PAPER,
    PINE,
    RUST,
    SPROUT,
    SUN,
    again,
    at,
    circle,
    curve,
    darker,
    ellipse,
    grain,
    lighter,
    mix,
    nums,
    path,
    rect,
    scattered,
    stroke,
)


def sky(top, sun=None):
    """The ground colour of a picture, and a quiet sun at ``sun`` (x, y, r)."""
    back = rect(0, 0, 1600, 900, top)
    if not sun:
        return back
    x, y, r = sun
    return back + circle(x, y, r * 1.6, mix(top, BUTTER, 0.3)) + circle(x, y, r, mix(top, BUTTER, 0.85))


def cloud(x, y, size=1, colour=PAPER):
    return at(
        x,
        y,
        path("M-120 0C-150 0-150-34-118-38C-112-72-66-84-44-62C-20-96 44-88 52-50C86-66 114-44 108-27C138-30 140 0 112 0z", colour),
        size,
    )


def land(points, colour):
    """Ground below a soft line that runs from edge to edge."""
    return path(f"{curve(points)}V900H0z", colour)


def hills(y, colour, phase=0, height=46):
    points = [(x, y - height * (0.5 + 0.5 * sin(x / 210 + phase)) - height * 0.4 * sin(x / 93 + phase * 2)) for x in range(-100, 1701, 120)]
    return land(points, colour)


def leaves(count, rx, ry, colours, size=9, seed=0, above=1.0):
    """Dabs of leaf spread over an ellipse around 0,0, lighter towards the light."""
    drawn = dict.fromkeys(colours, "")
    for i, (u, v) in enumerate(scattered(count, seed)):
        if v > above:
            continue
        x, y = u * rx, v * ry
        colour = colours[min(len(colours) - 1, int((u * 0.4 + v * 0.6 + 1 + grain(i) * 0.7 - 0.35) / 2 * len(colours)))]
        a = grain(i + 50) * pi
        dx, dy = size * cos(a), size * sin(a)
        drawn[colour] += f"M{nums(x - dx, y - dy)}Q{nums(x - dy * 0.8, y + dx * 0.8)} {nums(x + dx, y + dy)}Q{nums(x + dy * 0.8, y - dx * 0.8)} {nums(x - dx, y - dy)}z"
    return "".join(path(d, colour) for colour, d in drawn.items() if d)


def crown(rx, ry, colour, seed=0, count=12, swell=0.04):
    """A soft outline around 0,0 that is no ellipse."""
    points = []
    for i in range(count):
        angle = 2 * pi * i / count
        r = 1 + swell * (sin(2 * angle + seed) + 0.6 * sin(3 * angle + 1.7 * seed))
        points.append((rx * r * cos(angle), ry * r * sin(angle)))
    return path(curve(points, closed=True), colour)


def zelkova(x, y, size=1, tone=LEAF, seed=0, detail=True):
    """A zelkova: the trunk divides low and opens like a fan. 400 high, at its foot."""
    bark = mix(BARK, tone, 0.12)
    boughs = "".join(
        stroke(f"M{a} -70C{a * 2} -130 {b * 0.5} -180 {b} {top}", bark, w) for a, b, top, w in ((-9, -112, -250, 13), (-4, -48, -300, 14), (2, 14, -320, 15), (6, 66, -290, 13), (10, 122, -238, 12))
    )
    trunk = path("M-26 0C-15-12-15-60-17-100L20-104C16-60 16-12 28 0z", bark)
    deep, light = darker(tone, 0.16), lighter(mix(tone, SUN, 0.12), 0.16)
    # Six clumps of leaves, one at the end of each bough, and one before them all.
    lobes = ((112, -258, 84, 62), (-112, -262, 86, 60), (70, -338, 88, 64), (-66, -342, 92, 62), (4, -378, 78, 48), (0, -282, 104, 66))
    top = "".join(at(px, py, crown(rx, ry, deep, seed + i)) for i, (px, py, rx, ry) in enumerate(lobes))
    top += "".join(
        at(px - 9, py - 9, crown(rx * 0.9, ry * 0.84, colour, seed + i))
        for i, ((px, py, rx, ry), colour) in enumerate(zip(lobes, (mix(tone, deep, 0.5), tone, tone, mix(tone, light, 0.6), light, tone), strict=True))
    )
    dabs = at(-4, -306, leaves(36, 150, 92, (lighter(light, 0.25), light, tone, deep), 9, seed)) if detail else ""
    return at(x, y, ellipse(10, 2, 110, 13, "#1d2b4a", opacity=0.12) + boughs + trunk + top + dabs, size)


def tree(x, y, size=1, tone=LEAF, seed=0):
    """A round tree of the coppice, 230 high."""
    return at(
        x,
        y,
        ellipse(4, 1, 60, 8, "#1d2b4a", opacity=0.1)
        + path("M-9 0C-6-40-6-80-5-110H6C6-80 7-40 10 0z", mix(BARK, tone, 0.15))
        + at(0, -148, crown(72, 82, darker(tone, 0.12), seed))
        + at(-9, -158, crown(60, 68, tone, seed + 3))
        + at(-16, -178, crown(42, 40, lighter(tone, 0.1), seed + 5))
        + at(0, -152, leaves(14, 56, 66, (lighter(tone, 0.35), lighter(tone, 0.2), tone, darker(tone, 0.16)), 7, seed)),
        size,
    )


def coppice(x, y, width, tone, seed=0, height=90):
    """A wood seen from afar: one uneven outline."""
    d, at_x, i = f"M{nums(x, y)}", x, seed * 11
    while at_x < x + width:
        i += 1
        step = 34 + 62 * grain(i)
        top = y - height * (0.62 + 0.3 * grain(i + 40)) - step * 0.34
        at_x += step
        foot = y - height * (0.5 + 0.22 * grain(i + 20)) if at_x < x + width else y
        d += f"C{nums(at_x - step * 1.06, top, at_x + step * 0.06, top, at_x, foot)}"
    return path(f"{d}z", tone)


def bush(x, y, size=1, tone=LEAF, seed=0, flowers=None):
    blooms = "".join(circle(u * 60, -30 + v * 24, 6, flowers) for u, v in scattered(9, seed)) if flowers else ""
    return at(
        x,
        y,
        path("M-84 0C-98-28-76-54-50-48C-40-78 4-82 18-58C44-74 78-56 72-34C92-28 92-8 84 0z", darker(tone, 0.1))
        + path("M-78 0C-86-22-66-44-46-36C-36-62-2-62 10-42C-14-34-26-14-22 0z", tone)
        + blooms,
        size,
    )


def grass(x, y, size=1, tone=GREEN):
    return at(x, y, path("M-16 0C-14-16-22-26-26-32C-12-28-6-14-5 0C-6-20-2-36 4-46C8-30 6-14 6 0C10-14 18-24 28-28C22-18 18-8 18 0z", tone), size)


def meadow(places, tone):
    return "".join(grass(x, y, s, tone) for x, y, s in places)


def sunflower_head(x, y, size=1, turn=0):
    def ring(count, reach, wide, colour, shift=0.0):
        d = ""
        for i in range(count):
            a = 2 * pi * (i + shift) / count
            r = reach * (0.93 + 0.12 * grain(i))
            c, s = cos(a), sin(a)
            d += f"M{nums(28 * c, 28 * s)}Q{nums(r * 0.62 * c - wide * s, r * 0.62 * s + wide * c)} {nums(r * c, r * s)}Q{nums(r * 0.62 * c + wide * s, r * 0.62 * s - wide * c)} {nums(28 * c, 28 * s)}z"
        return path(d, colour)

    seeds = "".join(circle(u * 31, v * 31, 2.6, "#9a6a3c") for u, v in scattered(34))
    return at(
        x,
        y,
        ring(15, 84, 24, AMBER, 0.5) + ring(15, 78, 22, SUN) + circle(0, 0, 40, "#7a4b2b") + circle(-3, -3, 32, "#5f3a24") + seeds,
        size,
        turn,
    )


def leaf(x, y, size=1, turn=0, tone=GREEN):
    """A broad leaf that grows from 0,0 to the right, 90 long."""
    return at(x, y, path("M0 0C14-34 56-42 92-10C62 22 20 24 0 0z", tone) + path("M0 0C30-8 60-12 92-10C62 22 20 24 0 0z", darker(tone, 0.1)), size, turn)


def sunflower(x, y, size=1, height=300, turn=0, bend=0, head=""):
    """A whole flower at its foot; ``bend`` moves the head, kept as ``head``, aside."""
    stem = stroke(f"M0 0C0 {-height * 0.4} {bend * 0.3} {-height * 0.7} {bend} {-height}", GREEN, 11)
    return at(
        x,
        y,
        stem + leaf(2, -height * 0.3, 0.95, -18) + at(0, -height * 0.42, leaf(0, 0, 0.9, 18), mirror=True) + leaf(bend * 0.35, -height * 0.6, 0.72, -28) + again(head, bend, -height, 1, turn),
        size,
    )


def carrot(x, y, size=1, turn=0):
    """A carrot that lies or stands with its tip down; the crown of the root is at 0,0."""
    tops = "".join(
        stroke(f"M0 0Q{b * 0.2} {h * 0.5} {b} {h}", colour, 6) + "".join(ellipse(b * t * t + s * 9, h * t, 9, 6, colour) for t in (0.55, 0.75, 0.95) for s in (-1, 1))
        for b, h, colour in ((-34, -70, LEAF), (30, -74, LEAF), (0, -92, GREEN))
    )
    return at(
        x,
        y,
        tops
        + path("M-26 4C-28-14 28-14 27 4C26 44 12 96 2 124C-10 96-24 44-26 4z", CARROT)
        + path("M8-9C24-8 28-2 27 4C26 44 12 96 2 124C8 84 16 34 8-9z", mix(CARROT, RUST, 0.45))
        + stroke("M-24 22h16M-8 48h14M-14 70h9M22 30h-9", RUST, 3.5),
        size,
        turn,
    )


def carrot_top(tone=LEAF):
    """A carrot in the ground: the green, and a shoulder of orange."""
    return (
        ellipse(0, 4, 26, 7, "#4d3325", opacity=0.25)
        + ellipse(0, 0, 13, 9, CARROT)
        + "".join(
            stroke(f"M0 0Q{b * 0.3} {h * 0.6} {b} {h}", colour, 5) + "".join(ellipse(b * t * t, h * t, 9, 6.5, colour) for t in (0.6, 0.85, 1.05))
            for b, h, colour in ((-30, -36, tone), (30, -38, tone), (-11, -54, darker(tone, 0.1)), (13, -50, lighter(tone, 0.15)))
        )
    )


def ripple(x, y, width, colour=MIST):
    return stroke(f"M{x} {y}q{width * 0.25}-7 {width * 0.5} 0t{width * 0.5} 0", colour, 5)


def bird(x, y, size=1, colour=PINE):
    return at(x, y, path("M0 0C-12-16-30-18-44-12C-30-10-18-2-4 10C2 8 6 4 8 0C18-12 30-14 44-10C34-22 12-18 0 0z", colour), size)


def pot(x, y, size=1, tone=CARROT, plant="sprout"):
    """A plant in a pot that stands at x, y."""
    green = {
        "sprout": stroke("M0-60C0-90 2-100 0-118", GREEN, 7) + leaf(0, -112, 0.62, -38, LEAF) + at(0, -104, leaf(0, 0, 0.55, -34, GREEN), mirror=True),
        "shrub": "".join(
            leaf(0, -66, size, turn, tone)
            for size, turn, tone in (
                (1.15, -164, PINE),
                (1.15, 4, PINE),
                (1.4, -140, GREEN),
                (1.4, -30, GREEN),
                (1.5, -112, LEAF),
                (1.5, -52, LEAF),
                (1.6, -84, SPROUT),
            )
        ),
        "flowers": stroke("M0-60L-22-110M0-60L4-126M0-60L28-104", GREEN, 6)
        + "".join(circle(a, b, 15, c) + circle(a, b, 6, BUTTER) for a, b, c in ((-24, -112, "#cf6672"), (4, -130, SUN), (30, -106, "#cf6672"))),
    }[plant]
    return at(x, y, green + path("M-34-62H34L26 0H-26z", tone) + rect(-38, -70, 76, 18, darker(tone, 0.08), 5) + path("M10-52H33L26 0H12z", darker(tone, 0.1)), size)
