"""The frames of certificates, drawn here as SVG for any size of sheet: braid, songket, modern.

Every motif is counted so that it closes at the corners of any sheet; nothing is cut through. Lengths in millimetres.
Plain shapes without patterns, masks or transparency: those cost time, and archives do not take all of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from .certificate_data import Design
from .page_sizes import page_size

NAVY: Final = "#12284c"
MAROON: Final = "#571823"
INK: Final[dict[str, str]] = {"braid": NAVY, "songket": MAROON, "modern": "#16324f", "own": NAVY}
"""The colour of lines and headings, by frame; the accent is the design's own."""

Point = tuple[float, float]


def frame_svg(design: Design) -> str:
    """Return the frame of ``design`` as an SVG of the whole sheet; empty for one's own frame."""
    draw = _DRAWN.get(design.frame)
    if draw is None:
        return ""
    width, height = page_size(design.paper, design.orientation)
    shapes = "".join(draw(width, height, INK[design.frame], design.colour))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}mm" height="{height}mm"'
        f' fill="none">{shapes}</svg>'
    )


def tint(colour: str, share: float) -> str:
    """Return ``colour`` (#rrggbb) mixed with white: a ``share`` of 1 is the colour itself, 0 is white."""
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) * share):02x}" for part in parts)


def _braid(width: float, height: float, ink: str, accent: str) -> Iterator[str]:
    """Two strands around the sheet between fine lines, a rosette in each corner."""
    edge, band = 8.0, 5.6
    yield _rect(edge, width, height, ink, 0.7)
    yield _rect(edge + band, width, height, ink, 0.35)
    yield _rect(edge + band + 0.75, width, height, accent, 0.2)
    middle = edge + band / 2
    for from_, to in _sides(width, height, middle, 7.4):
        for sign in (1, -1):
            yield _wave(from_, to, sign * 1.62, accent, 0.42)
            yield _wave(from_, to, sign * 0.86, ink, 0.2)
    for x, y in _corners(width, height, middle):
        yield _rosette(x, y, ink, accent)


def _rosette(x: float, y: float, ink: str, accent: str) -> str:
    petals = "".join(f'<ellipse rx="3.5" ry="1.4" transform="rotate({angle})"/>' for angle in (0, 45, 90, 135))
    return (
        f'<g transform="translate({x} {y})"><rect x="-4.7" y="-4.7" width="9.4" height="9.4" fill="#ffffff"'
        f' stroke="{ink}" stroke-width="0.5"/>'
        f'<rect x="-4.1" y="-4.1" width="8.2" height="8.2" stroke="{accent}" stroke-width="0.2"/>'
        f'<g stroke="{accent}" stroke-width="0.24">{petals}</g>'
        f'<circle r="1.5" fill="#ffffff" stroke="{ink}" stroke-width="0.24"/><circle r="0.6" fill="{ink}"/></g>'
    )


def _songket(width: float, height: float, ink: str, accent: str) -> Iterator[str]:
    """A dark band woven with lozenges, a row of bamboo shoots (pucuk rebung) pointing inwards, stars in the corners."""
    edge, band = 7.0, 7.6
    light = tint(accent, 0.55)
    yield _rect(edge + band / 2, width, height, ink, band)
    yield _rect(edge + 0.75, width, height, light, 0.22)
    yield _rect(edge + band - 0.75, width, height, light, 0.22)
    middle = edge + band / 2
    for from_, to in _sides(width, height, middle, 6.2):
        lozenges, hearts, shoots, cores = [], [], [], []
        step = _step(from_, to, 5.2)
        points = list(_along(from_, to, step))
        for x, y in points:
            lozenges.append(_lozenge(x, y, 2.3, 1.9, from_, to))
            hearts.append(_lozenge(x, y, 0.95, 0.8, from_, to))
        for x, y in points[1:-1]:  # at the ends they would run into those of the next side
            shoots.append(_shoot((x, y), from_, to, band / 2 + 0.7, step / 2 - 0.25, 4.0))
            cores.append(_shoot((x, y), from_, to, band / 2 + 0.7, step / 2 - 1.35, 2.1))
        yield f'<path d="{"".join(lozenges)}" stroke="{light}" stroke-width="0.26"/>'
        yield f'<path d="{"".join(hearts)}" fill="{light}"/>'
        yield f'<path d="{"".join(shoots)}" fill="{tint(accent, 0.9)}"/>'
        yield f'<path d="{"".join(cores)}" fill="#ffffff"/>'
    for x, y in _corners(width, height, middle):
        yield _star(x, y, ink, light)


def _star(x: float, y: float, ink: str, light: str) -> str:
    """An eight-pointed star in a square, as weavers close a border."""
    points = " ".join(
        f"{(2.9 if turn % 2 == 0 else 1.25) * math.cos(turn * math.pi / 8):.2f},"
        f"{(2.9 if turn % 2 == 0 else 1.25) * math.sin(turn * math.pi / 8):.2f}"
        for turn in range(16)
    )
    return (
        f'<g transform="translate({x} {y})"><rect x="-4.6" y="-4.6" width="9.2" height="9.2" fill="{ink}"'
        f' stroke="{light}" stroke-width="0.3"/><polygon points="{points}" fill="{light}"/>'
        f'<circle r="0.75" fill="{ink}"/></g>'
    )


def _modern(width: float, height: float, ink: str, accent: str) -> Iterator[str]:
    """White space between two bars; faint arcs rise from below, as a roof that many share."""
    centre, ground = width / 2, height - 9.0
    # The widest arc ends beside the check code at the left.
    first, wider = (18.0, 4.2) if width < height else (26.0, 5.6)
    for number in range(9):
        radius = first + number * wider
        shade = tint(accent, 0.2 - number * 0.014)
        yield (
            f'<path d="M{centre - radius:.2f} {ground}A{radius:.2f} {radius:.2f} 0 0 1 {centre + radius:.2f} {ground}"'
            f' stroke="{shade}" stroke-width="{0.9 - number * 0.06:.2f}"/>'
        )
    yield f'<rect x="7" y="7" width="{width - 14}" height="4.6" fill="{ink}"/>'
    yield f'<rect x="7" y="11.6" width="{width - 14}" height="0.9" fill="{accent}"/>'
    yield f'<rect x="7" y="{ground}" width="{width - 14}" height="2" fill="{ink}"/>'
    yield f'<rect x="7" y="{ground - 0.6}" width="{width - 14}" height="0.6" fill="{accent}"/>'
    for x in (7.0, width - 7.0):
        yield f'<path d="M{x} 12.5V{ground - 0.6}" stroke="{tint(accent, 0.6)}" stroke-width="0.25"/>'


def _rect(inset: float, width: float, height: float, stroke: str, thickness: float) -> str:
    return (
        f'<rect x="{inset:.3f}" y="{inset:.3f}" width="{width - 2 * inset:.3f}" height="{height - 2 * inset:.3f}"'
        f' stroke="{stroke}" stroke-width="{thickness}"/>'
    )


def _corners(width: float, height: float, inset: float) -> tuple[Point, ...]:
    """The middles of the corner pieces, clockwise from the top left."""
    return (inset, inset), (width - inset, inset), (width - inset, height - inset), (inset, height - inset)


def _sides(width: float, height: float, inset: float, corner: float) -> Iterator[tuple[Point, Point]]:
    """The four middle lines of the border, clockwise, each beginning and ending ``corner`` from the corner's middle."""
    corners = _corners(width, height, inset)
    for number in range(4):
        (x1, y1), (x2, y2) = corners[number], corners[(number + 1) % 4]
        length = math.hypot(x2 - x1, y2 - y1)
        dx, dy = (x2 - x1) / length * corner, (y2 - y1) / length * corner
        yield (x1 + dx, y1 + dy), (x2 - dx, y2 - dy)


def _step(from_: Point, to: Point, wished: float) -> float:
    """The step nearest to ``wished`` that divides the way evenly."""
    length = math.dist(from_, to)
    return length / max(round(length / wished), 1)


def _along(from_: Point, to: Point, step: float) -> Iterator[Point]:
    """Points from one end to the other, both included."""
    count = round(math.dist(from_, to) / step)
    for number in range(count + 1):
        share = number / count
        yield from_[0] + (to[0] - from_[0]) * share, from_[1] + (to[1] - from_[1]) * share


def _lozenge(x: float, y: float, along: float, across: float, from_: Point, to: Point) -> str:
    ux, uy = _direction(from_, to)
    ends = [(along, 0.0), (0.0, across), (-along, 0.0), (0.0, -across)]
    return _closed([(x + ux * a - uy * b, y + uy * a + ux * b) for a, b in ends])


def _shoot(at: Point, from_: Point, to: Point, offset: float, half: float, tall: float) -> str:
    """A triangle whose foot runs along the border and whose tip points into the sheet (to the right of the way)."""
    ux, uy = _direction(from_, to)
    ends = [(-half, offset), (half, offset), (0.0, offset + tall)]
    return _closed([(at[0] + ux * a - uy * b, at[1] + uy * a + ux * b) for a, b in ends])


def _wave(from_: Point, to: Point, swing: float, stroke: str, thickness: float) -> str:
    """A strand that swings from one side of the middle line to the other and ends on the line."""
    step = _step(from_, to, 4.2)
    ux, uy = _direction(from_, to)
    path = [f"M{from_[0]:.3f} {from_[1]:.3f}"]
    points = list(_along(from_, to, step))
    for number, (start, end) in enumerate(pairwise(points)):
        side = swing if number % 2 == 0 else -swing
        reach = step * 0.36
        path.append(
            f"C{start[0] + ux * reach - uy * side:.3f} {start[1] + uy * reach + ux * side:.3f}"
            f" {end[0] - ux * reach - uy * side:.3f} {end[1] - uy * reach + ux * side:.3f} {end[0]:.3f} {end[1]:.3f}"
        )
    return f'<path d="{"".join(path)}" stroke="{stroke}" stroke-width="{thickness}"/>'


def _direction(from_: Point, to: Point) -> Point:
    length = math.dist(from_, to)
    return (to[0] - from_[0]) / length, (to[1] - from_[1]) / length


def _closed(points: list[Point]) -> str:
    return "M" + "L".join(f"{x:.3f} {y:.3f}" for x, y in points) + "Z"


_DRAWN: Final[dict[str, Callable[[float, float, str, str], Iterator[str]]]] = {
    "braid": _braid,
    "songket": _songket,
    "modern": _modern,
}
