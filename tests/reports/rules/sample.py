"""The smallest findings that say anything, for tests of pure rules."""

from dataclasses import replace
from typing import Any

from reports.rules.findings import (
    CommentFinding,
    Findings,
    HeardFinding,
    PerspectiveBlock,
    PerspectiveFinding,
    QuoteFinding,
    ThemeFinding,
    TranslatedSummary,
)

QUOTE = QuoteFinding("1", "Lys upp.", "sv", "", False, False, False, "boende")
LIGHT = PerspectiveFinding(1, "Vi som vill ha ljus", "", False, "", (QUOTE,), (), ())
DARK = replace(LIGHT, key=2, title="Vi som vill sova", quotes=(QUOTE, QUOTE))
THEME = ThemeFinding("Ljus", "", (PerspectiveBlock((LIGHT, DARK), "Hur ljust det ska vara."),))
COMMENT = CommentFinding("Hyresgästerna", "1 november 2026", "Ni glömde tvättstugan.", "Vi lade till den.")
SUMMARIES = tuple(TranslatedSummary(code, "…") for code in ("en", "so", "ar"))
TEXTS: dict[str, Any] = dict.fromkeys(
    (
        *("title", "subtitle", "made_on", "collaboration", "area", "controller", "contact", "wave", "period"),
        *("guiding_question", "summary", "background", "method", "connections"),
        *("can_influence", "limitations", "next_steps"),
    ),
    "x",
)
WHOLE = Findings(
    **TEXTS,
    schema=1,
    version=1,
    is_demo=False,
    minimum_group=6,
    summaries=SUMMARIES,
    heard=HeardFinding("26–30", "färre än 6", "6–10", (), ()),
    themes=(THEME,),
    links=(),
    comments=(COMMENT,),
    questions=("Vad ger trivsel?",),
    left_out=(),
)


def findings(**changes: Any) -> Findings:
    """Whole findings with some of it changed."""
    return replace(WHOLE, **changes)
