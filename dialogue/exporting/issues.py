"""Issues with what they rest on and whom they concern, and their moves on the staircase."""

from actors.models import Collaboration
from dialogue.models import Issue, Round, StepChange
from ostberga.lib.tables.model_columns import field_column, field_columns, listed, text_columns
from ostberga.lib.tables.table import CellType, ExportColumn, ExportTable, TableRows, queryset_rows


def _issues(collaboration: Collaboration) -> TableRows[Issue]:
    rows = Issue.objects.filter(dialogue__collaboration=collaboration).select_related("dialogue")
    rows = rows.prefetch_related("perspectives", "concerned__organisation", "rounds", "dialogue__stages")
    return queryset_rows(rows.order_by("dialogue_id", "position", "pk"))


def _moves(collaboration: Collaboration) -> TableRows[StepChange]:
    rows = StepChange.objects.filter(round__issue__dialogue__collaboration=collaboration)
    return queryset_rows(rows.select_related("round__issue", "by").order_by("at", "pk"))


def _latest(issue: Issue) -> Round:
    return max(issue.rounds.all(), key=lambda row: row.number)


def _why(issue: Issue) -> str:
    return listed(
        f"{body.organisation}: {body.why}" if body.why else body.organisation for body in issue.concerned.all()
    )


ISSUES: ExportTable[Issue] = ExportTable(
    slug="sakfragor",
    title="Sakfrågor",
    about="Frågorna som dialogen arbetar med, var de står, vad de vilar på och vilka de berör.",
    columns=(
        field_column(Issue, "slug"),
        *text_columns(Issue, "title"),
        *text_columns(Issue, "description"),
        *text_columns(Issue, "next_up"),
        field_column(Issue, "dialogue", "Dialog"),
        ExportColumn("Steg i dialogen", "Steget frågan visas på, med dialogens egna ord.", lambda row: str(row.stage)),
        *field_columns(Issue, "step", "published_at"),
        ExportColumn(
            "Perspektiv",
            "Perspektiven frågan vilar på, med semikolon mellan.",
            lambda row: listed(row.perspectives.all()),
            CellType.LONG_TEXT,
        ),
        ExportColumn("Berörda", "Organisationerna frågan berör, och varför.", _why, CellType.LONG_TEXT),
        ExportColumn("Omgång", "Vilket varv frågan är på.", lambda row: _latest(row).number, CellType.NUMBER),
        ExportColumn(
            "Svar till dem som frågade",
            "Vad det blev av det som sagts.",
            lambda row: _latest(row).answer.get("sv", ""),
            CellType.LONG_TEXT,
        ),
        ExportColumn("Avslutad", "När svaret gavs.", lambda row: _latest(row).closed_at, CellType.MOMENT),
    ),
    rows=_issues,
    models=(Issue, Round),
    version=2,
    left_out=("Vilka som följer en fråga. De har fått löfte om att bara få brev.",),
)

MOVES: ExportTable[StepChange] = ExportTable(
    slug="stegbyten",
    title="Stegbyten",
    about="Varje flytt av en fråga på trappan: när, vem och varför.",
    columns=(
        ExportColumn("Sakfråga", "Frågan som flyttades.", lambda row: str(row.round.issue)),
        ExportColumn("Omgång", "Vilket varv.", lambda row: row.round.number, CellType.NUMBER),
        *field_columns(StepChange, "from_step", "move", "to_step"),
        field_column(StepChange, "by", "Vem"),
        *field_columns(StepChange, "at", "reason"),
    ),
    rows=_moves,
    models=(StepChange,),
)
