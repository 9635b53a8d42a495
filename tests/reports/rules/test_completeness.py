"""What a report still lacks, in the order of its chapters, and what stops publishing."""

from dataclasses import replace

import pytest

from reports.rules.completeness import ReportGap, find_gaps
from tests.reports.rules.sample import LIGHT, SUMMARIES, THEME, findings

CONTENTS, TEXTS = "report-contents", "report-texts"


def test_a_whole_report_lacks_nothing():
    assert find_gaps(findings(), 0) == []


@pytest.mark.parametrize(
    ("field", "name", "blocks"),
    [
        ("summary", "Sammanfattning", True),
        ("background", "Bakgrund och uppdrag", False),
        ("method", "Metod", True),
        ("connections", "Samband mellan teman", False),
        ("can_influence", "Vad som går att påverka", False),
        ("limitations", "Begränsningar", True),
        ("next_steps", "Nästa steg", False),
    ],
)
def test_a_text_that_is_missing_is_named(field, name, blocks):
    assert find_gaps(findings(**{field: ""}), 0) == [ReportGap(f"{name} saknas ännu.", TEXTS, blocks)]


def test_languages_that_have_no_summary_are_named():
    words = "Sammanfattningen finns inte på engelska, arabiska."

    assert find_gaps(findings(summaries=(SUMMARIES[1],)), 0) == [ReportGap(words, TEXTS)]
    assert [gap.text for gap in find_gaps(findings(summary="", summaries=()), 0)] == ["Sammanfattning saknas ännu."]


def test_only_the_languages_of_the_collaboration_are_asked_for():
    words = "Sammanfattningen finns inte på engelska."

    assert find_gaps(findings(summaries=(SUMMARIES[1],)), 0, ["en", "so"]) == [ReportGap(words, TEXTS)]
    assert find_gaps(findings(summaries=(SUMMARIES[1],)), 0, ["so"]) == []


def test_themes_without_perspectives_and_perspectives_without_quotes_are_named():
    silent = replace(THEME.blocks[0], perspectives=(replace(LIGHT, quotes=()),))
    themes = (replace(THEME, blocks=(silent,)), replace(THEME, title="Bussen", blocks=()))

    assert find_gaps(findings(themes=themes, left_out=("Ett citat är borta.",)), 0) == [
        ReportGap("«Vi som vill ha ljus» har inget citat.", CONTENTS),
        ReportGap("Temat Bussen har inga perspektiv. Välj minst ett, eller ta bort temat.", CONTENTS, True),
        ReportGap("Ett citat är borta.", CONTENTS),
    ]
    assert find_gaps(findings(themes=()), 0) == [ReportGap("Inga teman är valda.", CONTENTS, True)]


def test_comments_are_to_be_asked_for_and_handled():
    unread = ReportGap("Ingen har läst utkastet och svarat på «Har vi missat något?» ännu.", "report")
    unhandled = ReportGap("Det finns synpunkter från avstämningen som inte är behandlade.", "report")

    assert find_gaps(findings(comments=()), 0) == [unread]
    assert find_gaps(findings(comments=()), 1) == find_gaps(findings(), 1) == [unhandled]
