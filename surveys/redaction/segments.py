"""Splits a raw text into segments for display, and into parts that become statements. Pure."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from surveys.redaction.detection import Finding, FindingCertainty

_BREAK = re.compile(r"\n[ \t]*(?:-{3,}[ \t]*)?\n(?:[ \t]*(?:-{3,}[ \t]*)?\n)*|^-{3,}[ \t]*\n|\n-{3,}[ \t]*$")


@dataclass(frozen=True)
class CutSpan:
    """The span of a statement in the raw text; `number` is the statement's number in the list beside it."""

    start: int
    end: int
    number: int


_Span = TypeVar("_Span", Finding, CutSpan)


@dataclass(frozen=True)
class Segment:
    """A run of text with the same marking."""

    text: str
    label: str = ""  # the kind of identifier, in Swedish
    is_certain: bool = False
    cut: int = 0  # the number of the statement it belongs to; 0 if none
    ends_cut: bool = False


@dataclass(frozen=True)
class TextPart:
    """A part to make a statement of, with its position in the raw text if it occurs there unchanged."""

    text: str
    start: int | None = None
    end: int | None = None


def build_segments(text: str, findings: Sequence[Finding], cuts: Sequence[CutSpan]) -> list[Segment]:
    """Return the segments in order; joined together they are the whole text. Linear for spans that do not overlap."""
    edges = sorted({0, len(text), *_edges(findings, len(text)), *_edges(cuts, len(text))})
    finding_at, cut_at = _spans_at(edges, findings), _spans_at(edges, cuts)
    return [_segment(text, start, end, finding_at.get(start), cut_at.get(start)) for start, end in pairwise(edges)]


def split_text(text: str, written: str) -> list[TextPart]:
    """Split `written` at empty lines or «---»; each part gets its position in `text` where it occurs unchanged."""
    parts, place = [], 0
    for written_part in filter(
        None, (written_part.strip() for written_part in _BREAK.split(written.replace("\r\n", "\n")))
    ):
        start = text.find(written_part, place)
        if start < 0:
            parts.append(TextPart(written_part))
            continue
        place = start + len(written_part)
        parts.append(TextPart(written_part, start, place))
    return parts


def remaining_text(text: str, cuts: Iterable[CutSpan]) -> str:
    """Return the text outside the cuts, with the parts separated by empty lines."""
    parts, place = [], 0
    for cut in sorted(cuts, key=lambda cut: cut.start):
        parts.append(text[place : max(cut.start, place)])
        place = max(place, cut.end)
    return "\n\n".join(part.strip() for part in [*parts, text[place:]] if part.strip())


def _edges(spans: Iterable[Finding | CutSpan], length: int) -> Iterator[int]:
    for span in spans:
        yield min(span.start, length)
        yield min(span.end, length)


def _spans_at(edges: Sequence[int], spans: Sequence[_Span]) -> dict[int, _Span]:
    """Return the span that each edge lies within; the first of several."""
    within: dict[int, _Span] = {}
    for span in reversed(spans):
        for edge in edges[bisect_left(edges, span.start) : bisect_left(edges, span.end)]:
            within[edge] = span
    return within


def _segment(text: str, start: int, end: int, finding: Finding | None, cut: CutSpan | None) -> Segment:
    return Segment(
        text[start:end],
        label=str(finding.kind.label) if finding else "",
        is_certain=bool(finding and finding.certainty == FindingCertainty.CERTAIN),
        cut=cut.number if cut else 0,
        ends_cut=bool(cut and end >= cut.end),
    )
