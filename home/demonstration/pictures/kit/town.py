"""What people build and use: houses, shops, furniture, vehicles, small things to hold."""

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
    PINE,
    RIVER,
    SAND,
    SLATE,
    STONE,
    SUN,
    at,
    circle,
    darker,
    ellipse,
    grain,
    lighter,
    mix,
    nums,
    path,
    polygon,
    rect,
    stroke,
)


def skyline(y, colour, seed=0, start=-20, end=1620, height=120):
    """A town far away, in one tone: roofs, a few blocks, trees between."""
    d, x, i = f"M{start} {y}", start, seed * 13
    while x < end:
        i += 1
        w = 46 + 40 * grain(i)
        h = height * (0.3 + 0.7 * grain(i + 31) ** 2)
        kind = grain(i + 77)
        if kind < 0.45:
            d += f"V{num0(y - h * 0.6)}l{num0(w / 2)} {num0(-w * 0.3)} {num0(w / 2)} {num0(w * 0.3)}V{y}"
        elif kind < 0.75:
            d += f"V{num0(y - h)}h{num0(w)}V{y}"
        else:
            d += f"C{nums(x - 10, y - h * 1.1, x + w + 10, y - h * 1.1, x + w, y)}"
        x += w
        d += f"H{num0(x + 6)}"
        x += 6
    return path(d + "z", colour)


def num0(value):
    return f"{value:.0f}"


def window(x, y, width, height, glass=MIST, frame=PAPER):
    return (
        rect(x, y, width, height, frame, 3) + rect(x + 5, y + 5, width - 10, height - 10, glass) + polygon(((x + 5, y + 5), (x + width * 0.55, y + 5), (x + 5, y + height * 0.7)), lighter(glass, 0.45))
    )


def house(x, y, width=200, height=120, wall=SAND, roof=CARROT, door=BARK):
    """A gabled house whose ground line starts at x, y."""
    peak = width * 0.34
    return (
        rect(x, y - height, width, height, wall)
        + rect(x + width * 0.72, y - height, width * 0.28, height, darker(wall, 0.06))
        + polygon(((x - 18, y - height + 8), (x + width / 2, y - height - peak), (x + width + 18, y - height + 8)), roof)
        + polygon(((x + width / 2, y - height - peak), (x + width + 18, y - height + 8), (x + width * 0.74, y - height + 8)), darker(roof, 0.1))
        + window(x + width * 0.16, y - height * 0.74, width * 0.26, height * 0.36)
        + rect(x + width * 0.58, y - height * 0.6, width * 0.2, height * 0.6, door, 3)
    )


def block(x, y, width, height, wall=STONE, rows=4, columns=3, glass=MIST):
    """A building of several floors."""
    gap_x, gap_y = width / (columns * 2 + 1), height / (rows * 2 + 1.4)
    panes = "".join(rect(x + gap_x * (2 * c + 0.8), y - height + gap_y * (2 * r + 0.9), gap_x * 1.35, gap_y * 1.15, glass, 2) for r in range(rows) for c in range(columns))
    return (
        rect(x, y - height, width, height, wall)
        + rect(x + width * 0.86, y - height, width * 0.14, height, darker(wall, 0.07))
        + rect(x - 6, y - height - 10, width + 12, 14, darker(wall, 0.12), 3)
        + panes
    )


def awning(x, y, width, colour=GREEN, other=PAPER, drop=64, stripes=8):
    """Stripes with scalloped ends; x, y is the upper left."""
    w = width / stripes
    return "".join(
        path(f"M{nums(x + i * w, y)}h{num0(w) if w == int(w) else f'{w:.1f}'}v{drop - 16}a{nums(w / 2, 16)} 0 0 1 {nums(-w, 0)}z", colour if i % 2 == 0 else other) for i in range(stripes)
    ) + rect(x - 6, y - 12, width + 12, 16, darker(colour), 5)


def table(x, y, width=360, height=150, top=CLAY, leg=EARTH):
    """A table that stands on y, its middle at x."""
    return (
        ellipse(x, y + 2, width * 0.48, 10, "#1d2b4a", opacity=0.12)
        + polygon(((x - width * 0.38, y - height), (x - width * 0.34, y - height), (x - width * 0.4, y), (x - width * 0.44, y)), leg)
        + polygon(((x + width * 0.34, y - height), (x + width * 0.38, y - height), (x + width * 0.44, y), (x + width * 0.4, y)), leg)
        + rect(x - width / 2, y - height - 9, width, 20, top, 8)
        + rect(x - width / 2 + 8, y - height + 5, width - 16, 7, darker(top), 3)
    )


def bench(x, y, width=300, tone=EARTH):
    return (
        ellipse(x, y + 2, width * 0.5, 9, "#1d2b4a", opacity=0.12)
        + "".join(rect(x + s * width * 0.4 - 7, y - 175, 14, 175, darker(tone, 0.25), 4) for s in (-1, 1))
        + "".join(rect(x - width / 2, y - top, width, 24, tone, 7) for top in (182, 146))
        + rect(x - width / 2 - 6, y - 96, width + 12, 18, lighter(tone, 0.15), 7)
        + rect(x - width / 2 - 2, y - 82, width + 4, 8, darker(tone, 0.15), 3)
    )


def chair_side(x, y, tone=EARTH, back=-1, seat=92):
    """A chair seen from its side; ``back`` says on which side its back is."""
    return at(
        x,
        y,
        rect(-38, -seat - 4, 78, 14, tone, 6) + stroke(f"M-32 {-seat + 6}L-40 0M32 {-seat + 6}L38 0", darker(tone, 0.2), 9) + stroke(f"M-34 {-seat}L-46 {-seat - 108}", darker(tone, 0.1), 12),
        mirror=back > 0,
    )


def wheelchair(part, tone=NAVY):
    """``back`` and ``front`` halves of a wheelchair looking right; seat 92 high at 0,0."""
    if part == "back":
        return (
            ellipse(10, 2, 104, 9, "#1d2b4a", opacity=0.13)
            + stroke("M-48-94L-58-206L-86-210", tone, 9)
            + rect(-54, -100, 100, 14, tone, 6)
            + stroke("M38-94L58-92L74-26L104-22", tone, 9)
            + circle(66, -15, 15, SLATE)
            + circle(66, -15, 6, PAPER)
        )
    spokes = "".join(f"M-14-62l{nums(52 * a, 52 * b)}" for a, b in ((1, 0), (0.5, 0.87), (-0.5, 0.87), (-1, 0), (-0.5, -0.87), (0.5, -0.87)))
    return (
        stroke(spokes, STONE, 3)
        + circle(-14, -62, 57, "none", stroke=INK, stroke_width=9)
        + circle(-14, -62, 47, "none", stroke=SLATE, stroke_width=4)
        + circle(-14, -62, 9, tone)
        + stroke("M-50-140H26", tone, 10)
    )


def phone(x=0, y=0, size=1, turn=0, screen=MINT):
    return at(x, y, rect(-19, -36, 38, 72, INK, 8) + rect(-15, -30, 30, 58, screen, 3), size, turn)


def coin(x, y, r=40, tone=SUN, turn=0):
    """A coin that bears a leaf."""
    k = r / 40
    return at(
        x,
        y,
        circle(3, 3, 40, darker(tone, 0.22))
        + circle(0, 0, 40, tone)
        + circle(0, 0, 31, lighter(tone, 0.3))
        + path("M-4 22C-26 8-20-18 2-25C22-12 22 10-4 22z", GREEN)
        + stroke("M-8 28C-4 10 0-2 4-12", PINE, 4),
        k,
        turn,
    )


def crate(x, y, width=170, height=70, tone=CLAY, filling=""):
    return at(
        x,
        y,
        at(0, -height, filling)
        + rect(-width / 2, -height, width, height, tone, 4)
        + "".join(rect(-width / 2, -height + i * height / 3 + height / 3 - 3, width, 5, darker(tone, 0.18)) for i in range(2))
        + "".join(rect(s * width * 0.42 - 8, -height - 4, 16, height + 4, darker(tone, 0.1), 3) for s in (-1, 1)),
    )


def bunting(x0, y0, x1, y1, sag=50, count=10, colours=(GREEN, SUN, CARROT, RIVER, PAPER)):
    d = f"M{x0} {y0}Q{(x0 + x1) / 2} {(y0 + y1) / 2 + sag * 2} {x1} {y1}"
    flags = ""
    for i in range(count):
        t = (i + 0.5) / count
        bx = (1 - t) ** 2 * x0 + 2 * t * (1 - t) * (x0 + x1) / 2 + t * t * x1
        by = (1 - t) ** 2 * y0 + 2 * t * (1 - t) * ((y0 + y1) / 2 + sag * 2) + t * t * y1
        flags += path(f"M{nums(bx - 20, by)}h40l-20 44z", colours[i % len(colours)])
    return stroke(d, SLATE, 3) + flags


def tent(x, y, width=320, colour=GREEN, height=300):
    """A festival tent seen from the front; its middle stands at x, y. Goods come before it."""
    top = y - height
    return (
        "".join(rect(x + s * (width / 2 - 12) - 5, top + 80, 10, height - 80, SLATE) for s in (-1, 1))
        + rect(x - width / 2 + 14, top + 84, width - 28, height * 0.34, darker(SAND, 0.03))
        + polygon(((x - width / 2 - 16, top + 86), (x - width * 0.3, top), (x + width * 0.3, top), (x + width / 2 + 16, top + 86)), colour)
        + polygon(((x + width * 0.1, top), (x + width * 0.3, top), (x + width / 2 + 16, top + 86), (x + width * 0.22, top + 86)), darker(colour, 0.1))
        + awning(x - width / 2 - 16, top + 86, width + 32, colour, PAPER, 44, 10)
    )


def bus(x, y, size=1, tone=GREEN):
    """A small community bus looking right, its front wheel at the right."""
    return at(
        x,
        y,
        ellipse(0, 2, 215, 13, "#1d2b4a", opacity=0.14)
        + path("M-200-30V-150Q-200-176-172-176H150Q178-176 186-146L198-92Q202-84 202-70V-30z", PAPER)
        + path("M-200-30V-84H199Q202-78 202-70V-30z", tone)
        + "".join(rect(a, -156, 74, 58, MIST, 8) for a in (-182, -98, -14))
        + path("M70-156H146Q160-156 166-140L178-98H70z", MIST)
        + rect(70, -150, 40, 118, mix(MIST, PAPER, 0.4), 6)
        + "".join(circle(a, -24, 29, INK) + circle(a, -24, 14, STONE) for a in (-118, 132))
        + ellipse(196, -58, 7, 10, BUTTER),
        size,
    )


def car(x, y, size=1, tone=RIVER):
    """A small electric car looking right."""
    return at(
        x,
        y,
        ellipse(0, 2, 170, 12, "#1d2b4a", opacity=0.14)
        + path("M-158-26C-166-60-158-86-130-92C-112-132-86-146-40-148H24C62-148 86-118 104-92C146-86 160-70 158-26z", tone)
        + path("M-158-26C-162-42-162-54-160-62H157C159-50 159-40 158-26z", darker(tone, 0.12))
        + path("M-106-92C-94-120-78-130-50-131H-20V-92z", MIST)
        + path("M-6-131H20C48-130 64-112 76-92H-6z", MIST)
        + "".join(circle(a, -24, 31, INK) + circle(a, -24, 15, STONE) for a in (-92, 92))
        + ellipse(148, -66, 9, 7, BUTTER)
        + rect(-32, -78, 22, 6, darker(tone, 0.25), 3),
        size,
    )


def solar(x, y, width, height, slant=40, columns=5, rows=2):
    """A solar panel leaning back; x, y is the lower left."""

    def corner(u, v):
        return (x + u * width + v * slant, y - v * height)

    lines = "".join(f"M{nums(*corner(c / columns, 0))}L{nums(*corner(c / columns, 1))}" for c in range(1, columns)) + "".join(
        f"M{nums(*corner(0, r / rows))}L{nums(*corner(1, r / rows))}" for r in range(1, rows)
    )
    return (
        polygon((corner(0, 0), corner(0, 1), corner(1, 1), corner(1, 0)), DEEP)
        + polygon((corner(0, 0.5), corner(0, 1), corner(0.6, 1), corner(0.3, 0.5)), mix(DEEP, RIVER, 0.4))
        + stroke(lines, MIST, 2.5)
        + stroke(f"M{nums(*corner(0, 0))}L{nums(*corner(0, 1))}L{nums(*corner(1, 1))}L{nums(*corner(1, 0))}z", STONE, 5)
    )


def bubble(x, y, width, height, colour=PAPER, tail=-1):
    """A speech bubble around x, y; the tail hangs on the left (-1) or right (1)."""
    return at(x, y, path(f"M-14 {height / 2 - 6}Q-20 {height / 2 + 26}-46 {height / 2 + 40}Q0 {height / 2 + 36} 22 {height / 2 - 6}z", colour), mirror=tail > 0) + rect(
        x - width / 2, y - height / 2, width, height, colour, height * 0.44
    )


def certificate(x, y, size=1, turn=0):
    """A framed certificate, 260 wide, without a word on it: a branch, a river and a rosette."""
    return at(
        x,
        y,
        rect(-138, -98, 276, 204, darker(CLAY, 0.3), 8, opacity=0.25)
        + rect(-140, -104, 280, 204, EARTH, 8)
        + rect(-126, -90, 252, 176, PAPER, 2)
        + rect(-114, -78, 228, 152, "none", 2, stroke=SUN, stroke_width=4)
        + path("M-96 58C-60 34-30 66 4 46S70 30 96 44V62H-96z", MIST)
        + stroke("M-64 20C-60-22-40-44-14-50M64 20C60-22 40-44 14-50", GREEN, 5)
        + "".join(
            at(s * a, b, path("M0 0C8-14 24-14 30-4C20 8 8 8 0 0z", LEAF), mirror=s < 0, turn=c * s)
            for s in (-1, 1)
            for a, b, c in ((64, 8, -10), (58, -18, -34), (42, -38, -58), (60, -4, -150), (46, -26, -170))
        )
        + circle(0, -8, 27, SUN)
        + circle(0, -8, 19, BUTTER)
        + path("M-2 4C-15-5-12-19 2-24C14-16 13-2-2 4z", GREEN),
        size,
        turn,
    )


def rosette(x, y, size=1, tone=CARROT):
    return at(
        x,
        y,
        polygon(((-20, 10), (-34, 76), (-14, 64), (-2, 80), (6, 14)), darker(tone))
        + polygon(((20, 10), (34, 76), (14, 64), (2, 80), (-6, 14)), tone)
        + circle(0, 0, 40, tone)
        + circle(0, 0, 29, PAPER)
        + circle(0, 0, 22, mix(tone, BUTTER, 0.5)),
        size,
    )


def laptop(x, y, size=1, back=True):
    """A laptop on a table; its back is towards us unless told."""
    return at(
        x,
        y,
        polygon(((-62, 0), (-52, -76), (52, -76), (62, 0)), STONE if back else INK)
        + (circle(0, -38, 8, PAPER) if back else polygon(((-54, -6), (-46, -69), (46, -69), (54, -6)), MINT))
        + rect(-72, -3, 144, 8, SLATE, 4),
        size,
    )


def bicycle(x, y, size=1, tone=CARROT):
    return at(
        x,
        y,
        "".join(circle(a, -46, 42, "none", stroke=INK, stroke_width=6) + circle(a, -46, 5, SLATE) for a in (-78, 78))
        + stroke("M-78-46L-34-112H46L-6-46zM-42-128L-6-46M46-112L78-46M46-112L38-146L62-152", tone, 8)
        + stroke("M-58-130h34", INK, 11)
        + path("M50-140h58l-8 44h-42z", CLAY)
        + circle(-6, -46, 12, SLATE),
        size,
    )


def bank(x, y, width=150, height=150, wall=SAND):
    """A house with columns and a pediment."""
    return (
        rect(x + 8, y - height, width - 16, height, wall)
        + "".join(rect(x + 20 + i * (width - 56) / 3, y - height + 8, 16, height - 8, lighter(wall, 0.6), 3) for i in range(4))
        + polygon(((x - 10, y - height), (x + width / 2, y - height - width * 0.32), (x + width + 10, y - height)), darker(wall, 0.12))
        + rect(x - 4, y - height - 4, width + 8, 14, darker(wall, 0.2), 3)
        + rect(x - 8, y - 14, width + 16, 14, darker(wall, 0.16), 3)
    )


def stick(length=120, tone=BARK):
    """A walking stick held at 0,0."""
    return stroke(f"M0 {length}V-6Q0-22-16-20", tone, 8)
