"""Colours and the few shapes that everything is drawn from. Every function returns SVG text."""

from math import acos, atan2, cos, hypot, pi, sin

# The city's green and what grows, flows and shines in Kiyose.
PINE, GREEN, LEAF, SPROUT, MINT = "#115a36", "#2f7f54", "#5fa671", "#9acb97", "#d5ead6"
AMBER, SUN, BUTTER = "#dd9118", "#f5bb34", "#fbe2a2"
RUST, CARROT, PEACH = "#bf5524", "#e97f3b", "#f7cba8"
DEEP, RIVER, MIST = "#2b6486", "#62a9c8", "#c4e1ea"
BARK, EARTH, CLAY, SAND = "#6d4a36", "#96694a", "#c79f79", "#ecdcc0"
NAVY, SLATE, STONE = "#30415c", "#75838f", "#c6ced1"
ROSE, PLUM = "#cf6672", "#7d5f8b"
INK, PAPER, DAWN = "#2c2b35", "#fffdf7", "#fdf3e0"


def mix(one, other, share):
    """``one`` with ``share`` (0 to 1) of ``other`` in it."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def darker(colour, share=0.14):
    return mix(colour, "#1d2b4a", share)


def lighter(colour, share=0.2):
    return mix(colour, "#fffaf0", share)


def num(value):
    """A number as short as one decimal allows."""
    return f"{round(value, 1) + 0:g}"


def nums(*values):
    return " ".join(num(value) for value in values)


def tag(name, content="", **attributes):
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{num(value) if isinstance(value, (int, float)) else value}"' for key, value in attributes.items())
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def path(d, fill, **attributes):
    return tag("path", d=" ".join(d.split()), fill=fill, **attributes)


def stroke(d, colour, width, **attributes):
    return path(
        d,
        "none",
        stroke=colour,
        stroke_width=width,
        stroke_linecap="round",
        stroke_linejoin="round",
        **attributes,
    )


def circle(x, y, r, fill, **attributes):
    return tag("circle", cx=x, cy=y, r=r, fill=fill, **attributes)


def ellipse(x, y, rx, ry, fill, **attributes):
    return tag("ellipse", cx=x, cy=y, rx=rx, ry=ry, fill=fill, **attributes)


def rect(x, y, width, height, fill, r=0, **attributes):
    rounded = {"rx": r} if r else {}
    return tag("rect", x=x, y=y, width=width, height=height, fill=fill, **rounded, **attributes)


def polygon(points, fill, **attributes):
    return path("M" + "L".join(nums(*point) for point in points) + "z", fill, **attributes)


def at(x, y, content, size=1, turn=0, mirror=False):
    """``content``, drawn around 0,0, brought to its place."""
    steps = [f"translate({nums(x, y)})"]
    if turn:
        steps.append(f"rotate({num(turn)})")
    if size != 1 or mirror:
        across = -size if mirror else size
        steps.append(f"scale({across:.3g} {size:.3g})")
    return tag("g", content, transform=" ".join(steps))


def capsule(a, ra, b, rb, fill):
    """A limb: the skin around two circles."""
    length = hypot(b[0] - a[0], b[1] - a[1]) or 1
    along = atan2(b[1] - a[1], b[0] - a[0])
    open_ = acos(max(-1, min(1, (ra - rb) / length)))
    edge = [(p[0] + r * cos(along + s * open_), p[1] + r * sin(along + s * open_)) for p, r, s in ((a, ra, 1), (a, ra, -1), (b, rb, -1), (b, rb, 1))]
    return path(
        f"M{nums(*edge[0])}A{nums(ra, ra)} 0 {int(open_ < pi / 2)} 1 {nums(*edge[1])}L{nums(*edge[2])}A{nums(rb, rb)} 0 {int(open_ > pi / 2)} 1 {nums(*edge[3])}z",
        fill,
    )


def curve(points, closed=False):
    """The ``d`` of a soft line through the points (Catmull-Rom)."""
    count = len(points)
    around = (lambda i: points[i % count]) if closed else (lambda i: points[max(0, min(count - 1, i))])
    d = "M" + nums(*points[0])
    for i in range(count if closed else count - 1):
        before, start, end, after = (around(i + k) for k in (-1, 0, 1, 2))
        d += "C" + nums(
            start[0] + (end[0] - before[0]) / 6,
            start[1] + (end[1] - before[1]) / 6,
            end[0] - (after[0] - start[0]) / 6,
            end[1] - (after[1] - start[1]) / 6,
            *end,
        )
    return d + ("z" if closed else "")


def grain(i):
    """A number from 0 to 1 that looks like chance and is always the same."""
    value = sin(i * 12.9898 + 4.1) * 43758.5453
    return value - int(value // 1)


def scattered(count, seed=0):
    """Points spread evenly, like a sunflower's seeds, over the circle of radius 1."""
    for i in range(count):
        angle, reach = (i + seed) * 2.39996, ((i + 0.5) / count) ** 0.5
        yield reach * cos(angle), reach * sin(angle)


def once(name, content):
    """Something that a picture shows many times: kept here, shown by :func:`again`."""
    return tag("defs", tag("g", content, id=name))


def again(name, x, y, size=1, turn=0, mirror=False):
    return at(x, y, tag("use", href=f"#{name}"), size, turn, mirror)
