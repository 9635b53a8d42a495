"""A raw text is shown in runs, each with what was found there and the statement that was cut from it."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.redaction.detection import Finding, FindingCertainty, IdentifierKind
from surveys.redaction.segments import CutSpan, build_segments

LENGTH = 12
SPANS = (
    st.lists(st.integers(0, LENGTH), max_size=6, unique=True)
    .map(sorted)
    .map(lambda ends: list(zip(ends[::2], ends[1::2], strict=False)))
)


@given(SPANS, SPANS)
def test_each_character_has_what_was_found_and_cut_there(findings, cuts):
    text = "abcdefghijkl"
    marked = [
        Finding(start, end, IdentifierKind.PHONE, text[start:end], FindingCertainty.CERTAIN) for start, end in findings
    ]
    segments = build_segments(
        text, marked, [CutSpan(start, end, number) for number, (start, end) in enumerate(cuts, start=1)]
    )

    seen = [(segment.is_certain, segment.cut) for segment in segments for _character in segment.text]
    assert "".join(segment.text for segment in segments) == text
    assert seen == [
        (
            any(start <= at < end for start, end in findings),
            next((number for number, (start, end) in enumerate(cuts, start=1) if start <= at < end), 0),
        )
        for at in range(LENGTH)
    ]
    assert sum(segment.ends_cut for segment in segments) == len(cuts)
