"""Charts of the findings: Vega-Lite rendered to SVG on the server, and their text alternatives."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import vl_convert

from reports.rules.findings import Findings, HeardTable, ThemeLink

# The theme's colours, shared by print and web.
PINE, BRICK, OCHRE, INK, LINE = "#1f5a50", "#a4482e", "#a8701a", "#2c2a26", "#d8d0c2"
_FONT = "Source Sans 3, sans-serif"
_CONFIG = {
    "background": None,
    "font": _FONT,
    "view": {"stroke": None},
    "axis": {"labelColor": INK, "labelFontSize": 13, "labelLimit": 260, "domain": False, "ticks": False, "title": None},
}


def draw_charts(findings: Findings) -> dict[str, bytes]:
    """All pictures of a report as SVG, by the file name that its pages use."""
    drawn = {f"{table.key}.svg": draw_bars(table) for table in findings.heard.tables if table.rows}
    if findings.links:
        drawn["links.svg"] = draw_theme_links(findings.links)
    return drawn


def draw_bars(table: HeardTable) -> bytes:
    """A horizontal bar per group, as SVG. A hidden number has no bar, only its text."""
    values = [{"group": row.label, "number": row.number or 0, "shown": row.shown} for row in table.rows]
    spec = {
        "data": {"values": values},
        "width": 340,
        "height": {"step": 26},
        "encoding": {
            "y": {"field": "group", "type": "nominal", "sort": None, "axis": {"labelPadding": 10}},
            "x": {"field": "number", "type": "quantitative", "axis": None, "scale": {"domainMin": 0}},
        },
        "layer": [
            {"mark": {"type": "bar", "color": PINE, "height": 16, "cornerRadiusEnd": 2}},
            {
                "mark": {"type": "text", "align": "left", "dx": 7, "fontSize": 13, "color": INK},
                "encoding": {"text": {"field": "shown"}},
            },
        ],
    }
    return _svg(spec)


def describe_bars(table: HeardTable) -> str:
    """Text alternative of the bar chart."""
    return (
        f"Stapeldiagram. {table.caption}: " + ", ".join(f"{row.label.lower()} {row.shown}" for row in table.rows) + "."
    )


def draw_theme_links(links: Sequence[ThemeLink]) -> bytes:
    """The themes in a ring, with a line between connected ones, as SVG."""
    names = list(dict.fromkeys(name for link in links for name in (link.one, link.other)))
    at = {name: _on_ring(place, len(names)) for place, name in enumerate(names)}
    spec = {
        "width": 300,
        "height": 300,
        "padding": {"left": 120, "right": 120, "top": 30, "bottom": 30},
        "layer": [_lines(links, at), _dots(at), *_names(at)],
    }
    return _svg(spec)


def describe_theme_links(links: Sequence[ThemeLink]) -> str:
    """Text alternative of the ring of themes."""
    pairs = dict.fromkeys(" och ".join(sorted((link.one, link.other))) for link in links)
    return "Bild av hur teman hänger ihop. Linjer går mellan: " + "; ".join(pairs) + "."


def _on_ring(place: int, among: int) -> tuple[float, float]:
    angle = math.tau * place / among - math.pi / 2
    return round(math.cos(angle), 4), round(-math.sin(angle), 4)


def _lines(links: Sequence[ThemeLink], at: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    pairs = {tuple(sorted((link.one, link.other))) for link in links}
    values = [
        {"x": at[first][0], "y": at[first][1], "x2": at[other][0], "y2": at[other][1]} for first, other in sorted(pairs)
    ]
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    return {
        "data": {"values": values},
        "mark": {"type": "rule", "color": OCHRE, "strokeWidth": 1.6},
        "encoding": {**_position_encoding(), **ends},
    }


def _dots(at: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    return {
        "data": {"values": [{"x": x, "y": y} for x, y in at.values()]},
        "mark": {"type": "point", "filled": True, "size": 170, "color": PINE, "opacity": 1},
        "encoding": _position_encoding(),
    }


def _names(at: Mapping[str, tuple[float, float]]) -> list[dict[str, Any]]:
    """Labels of the themes, outside the ring."""
    sides: dict[str, list[dict[str, Any]]] = {"left": [], "right": [], "center": []}
    for name, (x, y) in at.items():
        side = "center" if abs(x) < 0.2 else ("left" if x > 0 else "right")
        sides[side].append({"x": x, "y": y, "name": name})
    return [_labels(side, values) for side, values in sides.items() if values]


def _labels(side: str, values: list[dict[str, Any]]) -> dict[str, Any]:
    shift = {"left": 14, "right": -14, "center": 0}[side]
    lift = (-18 if values[0]["y"] > 0 else 18) if side == "center" else 0
    mark = {"type": "text", "align": side, "dx": shift, "dy": lift, "fontSize": 14, "fontWeight": 600, "color": INK}
    encoding = {**_position_encoding(), "text": {"field": "name"}}
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def _position_encoding() -> dict[str, Any]:
    scale = {"domain": [-1.1, 1.1]}
    return {side: {"field": side, "type": "quantitative", "axis": None, "scale": scale} for side in ("x", "y")}


def _svg(spec: dict[str, Any]) -> bytes:
    """Render a specification. Nothing is fetched: it holds all its data."""
    drawn: str = vl_convert.vegalite_to_svg({**spec, "config": _CONFIG}, allowed_base_urls=[])
    return drawn.encode()
