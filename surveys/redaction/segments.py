"""A raw text cut into pieces to show: what may identify somebody, and what has become statements already. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from surveys.redaction.detection import Finding, FindingCertainty

_BREAK = re.compile(r"\n[ \t]*(?:-{3,}[ \t]*)?\n(?:[ \t]*(?:-{3,}[ \t]*)?\n)*|^-{3,}[ \t]*\n|\n-{3,}[ \t]*$")


@dataclass(frozen=True)
class CutSpan:
    """A part of the text that has become a statement; `number` is the statement's place in the list beside it."""

    start: int
    end: int
    number: int


@dataclass(frozen=True)
class Segment:
    """A stretch of text that looks the same throughout."""

    text: str
    label: str = ""  # what it may give away, in words
    is_certain: bool = False
    cut: int = 0  # the number of the statement it went to; 0 if none yet
    ends_cut: bool = False


@dataclass(frozen=True)
class TextPart:
    """A part to become a statement, and where it stood if it is there word for word."""

    text: str
    start: int | None = None
    end: int | None = None


def build_segments(text: str, findings: Sequence[Finding], cuts: Sequence[CutSpan]) -> list[Segment]:
    """The whole text in order: joined together, the segments are the text."""
    edges = sorted({0, len(text), *_edges(findings, len(text)), *_edges(cuts, len(text))})
    return [_segment(text, start, end, findings, cuts) for start, end in pairwise(edges)]


def split_text(text: str, written: str) -> list[TextPart]:
    """What a person parted by empty lines or «---», each found again in the text where it stands unchanged."""
    found, place = [], 0
    for part in filter(None, (part.strip() for part in _BREAK.split(written.replace("\r\n", "\n")))):
        start = text.find(part, place)
        if start < 0:
            found.append(TextPart(part))
            continue
        place = start + len(part)
        found.append(TextPart(part, start, place))
    return found


def remaining_text(text: str, cuts: Iterable[CutSpan]) -> str:
    """What has not become statements yet, the parts divided by empty lines."""
    parts, place = [], 0
    for cut in sorted(cuts, key=lambda each: each.start):
        parts.append(text[place : max(cut.start, place)])
        place = max(place, cut.end)
    return "\n\n".join(part.strip() for part in [*parts, text[place:]] if part.strip())


def _edges(spans: Iterable[Finding | CutSpan], length: int) -> Iterator[int]:
    for span in spans:
        yield min(span.start, length)
        yield min(span.end, length)


def _segment(text: str, start: int, end: int, findings: Sequence[Finding], cuts: Sequence[CutSpan]) -> Segment:
    found = next((each for each in findings if each.start <= start < each.end), None)
    cut = next((each for each in cuts if each.start <= start < each.end), None)
    return Segment(
        text[start:end],
        label=str(found.kind.label) if found else "",
        is_certain=bool(found and found.certainty == FindingCertainty.CERTAIN),
        cut=cut.number if cut else 0,
        ends_cut=bool(cut and end >= cut.end),
    )
