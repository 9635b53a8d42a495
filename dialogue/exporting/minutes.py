"""Meetings, and their minutes line by line."""

from actors.models import Collaboration
from dialogue.models import Meeting, MinuteItem
from ostberga.lib.tables.model_columns import field_column, field_columns, listed
from ostberga.lib.tables.table import CellType, ExportColumn, ExportTable, TableRows, queryset_rows


def _meetings(collaboration: Collaboration) -> TableRows[Meeting]:
    rows = Meeting.objects.filter(group__dialogue__collaboration=collaboration).select_related("group")
    rows = rows.prefetch_related(
        "issues", "present__organisation", "agenda", "additions", "approvals__seat__organisation"
    )
    return queryset_rows(rows.order_by("on", "pk"))


def _minutes(collaboration: Collaboration) -> TableRows[MinuteItem]:
    rows = MinuteItem.objects.standing().filter(meeting__group__dialogue__collaboration=collaboration)
    rows = rows.select_related("meeting__group", "point", "issue", "owner__organisation", "outcome")
    return queryset_rows(rows.order_by("meeting__on", "meeting_id", "position", "pk"))


def _became(item: MinuteItem) -> str | None:
    outcome = getattr(item, "outcome", None)
    if outcome is None:
        return None
    return f"{outcome.get_became_display()} {outcome.on:%Y-%m-%d}" + (f": {outcome.words}" if outcome.words else "")


MEETINGS: ExportTable[Meeting] = ExportTable(
    slug="moten",
    title="Möten",
    about="Arbetsgruppernas möten: när, var, vilka platser som var där, och när protokollet justerades.",
    columns=(
        field_column(Meeting, "group", "Grupp"),
        field_column(Meeting, "on"),
        ExportColumn("Börjar", "Klockslaget.", lambda row: f"{row.starts_at:%H:%M}" if row.starts_at else None),
        ExportColumn("Slutar", "Klockslaget.", lambda row: f"{row.ends_at:%H:%M}" if row.ends_at else None),
        field_column(Meeting, "place"),
        ExportColumn("Läge", "Hur långt mötet kommit.", lambda row: str(row.phase.label)),
        ExportColumn(
            "Dagordning", "Punkterna, med semikolon mellan.", lambda row: listed(row.agenda.all()), CellType.LONG_TEXT
        ),
        ExportColumn("Sakfrågor", "Frågorna som togs upp.", lambda row: listed(row.issues.all())),
        ExportColumn(
            "Närvarande", "Platserna som var där, utan namn.", lambda row: listed(row.present.all()), CellType.LONG_TEXT
        ),
        *field_columns(Meeting, "notes", "approved_on"),
        ExportColumn(
            "Justerat av",
            "Platserna som justerade.",
            lambda row: listed(approval.seat for approval in row.approvals.all()),
        ),
        ExportColumn(
            "Tillägg",
            "Tillägg efter justeringen.",
            lambda row: listed(extra.text for extra in row.additions.all()),
            CellType.LONG_TEXT,
        ),
        *field_columns(Meeting, "cancelled_at", "cancelled_reason"),
    ),
    rows=_meetings,
    models=(Meeting,),
    left_out=("Namn på dem som var där. Platser har nummer i stället för namn.",),
)

MINUTES: ExportTable[MinuteItem] = ExportTable(
    slug="protokoll",
    title="Protokoll",
    about="Protokollens rader. Hela protokoll tas ut som PDF på mötets sida.",
    columns=(
        ExportColumn("Grupp", "Gruppen.", lambda row: str(row.meeting.group)),
        ExportColumn("Möte", "Dagen för mötet.", lambda row: row.meeting.on, CellType.DAY),
        field_column(MinuteItem, "point", "Punkt"),
        *field_columns(MinuteItem, "kind", "text", "is_inner"),
        field_column(MinuteItem, "issue", "Sakfråga"),
        field_column(MinuteItem, "owner", "Tog på sig det"),
        field_column(MinuteItem, "due_on"),
        ExportColumn("Hur det gick", "Vad det blev av ett åtagande.", _became),
    ),
    rows=_minutes,
    models=(MinuteItem,),
    left_out=(
        "Rader som är strukna, och tidigare lydelser. De visas i protokollet för gruppen.",
        "Vem som skrev en rad. Det är gruppens protokoll, inte någons.",
    ),
)
