"""What a report still lacks, shown before a version is requested. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ostberga.lib.translations.languages import LANGUAGES, SOURCE, SWEDISH_NAMES
from reports.rules.findings import Findings

THEMES = "report-contents"


@dataclass(frozen=True)
class ReportGap:
    """Something missing. `where` is the URL name of the page to fix it on; `blocks` if it prevents publishing."""

    text: str
    where: str  # "report-texts", "report-contents" or "report"
    blocks: bool = False


def find_gaps(findings: Findings, unhandled: int, languages: Collection[str] = ()) -> list[ReportGap]:
    """Everything missing, in the order of the chapters.

    `unhandled` is the number of comments not handled. `languages` are those that the summary is asked for in; none
    means all.
    """
    return [*_texts(findings, languages or LANGUAGES), *_contents(findings), *_readings(findings, unhandled)]


def _texts(findings: Findings, languages: Collection[str]) -> Iterator[ReportGap]:
    needed = (
        ("Sammanfattning", findings.summary, True),
        ("Bakgrund och uppdrag", findings.background, False),
        ("Metod", findings.method, True),
        ("Samband mellan teman", findings.connections, False),
        ("Vad som går att påverka", findings.can_influence, False),
        ("Begränsningar", findings.limitations, True),
        ("Nästa steg", findings.next_steps, False),
    )
    for name, text, blocks in needed:
        if not text:
            yield ReportGap(f"{name} saknas ännu.", "report-texts", blocks)
    written = {summary.language for summary in findings.summaries}
    lacking = [SWEDISH_NAMES[code] for code in LANGUAGES if code in languages and code not in {SOURCE, *written}]
    if findings.summary and lacking:
        yield ReportGap(f"Sammanfattningen finns inte på {', '.join(lacking)}.", "report-texts")


def _contents(findings: Findings) -> Iterator[ReportGap]:
    if not findings.themes:
        yield ReportGap("Inga teman är valda.", THEMES, True)
    for theme in findings.themes:
        if not theme.blocks:
            yield ReportGap(
                f"Temat {theme.title} har inga perspektiv. Välj minst ett, eller ta bort temat.", THEMES, True
            )
        for perspective in theme.perspectives:
            if not perspective.quotes:
                yield ReportGap(f"«{perspective.title}» har inget citat.", THEMES)
    for text in findings.left_out:
        yield ReportGap(text, THEMES)


def _readings(findings: Findings, unhandled: int) -> Iterator[ReportGap]:
    if unhandled:
        yield ReportGap("Det finns synpunkter från avstämningen som inte är behandlade.", "report")
    if not findings.comments and not unhandled:
        yield ReportGap("Ingen har läst utkastet och svarat på «Har vi missat något?» ännu.", "report")
