"""What readers of a draft report said, and what was changed."""

from actors.models import Collaboration
from ostberga.lib.tables.model_columns import field_column, field_columns
from ostberga.lib.tables.table import CellType, ExportColumn, ExportTable, TableRows, queryset_rows
from reports.models import ReadingComment


def _comments(collaboration: Collaboration) -> TableRows[ReadingComment]:
    rows = ReadingComment.objects.filter(reading__version__report__dialogue__collaboration=collaboration)
    return queryset_rows(rows.select_related("reading__version__report", "handled_by").order_by("received_on", "pk"))


READING_COMMENTS: ExportTable[ReadingComment] = ExportTable(
    slug="avstamningar",
    title="Synpunkter på utkast",
    about="Vad läsare av ett rapportutkast saknade, och vad som ändrades.",
    columns=(
        ExportColumn("Rapport", "Utkastet som lästes.", lambda row: str(row.reading.version)),
        ExportColumn("Läsare", "Vad gruppen av läsare kallas.", lambda row: row.reading.label),
        ExportColumn(
            "Synpunkt",
            "Som den behandlades. Står tom tills dess, för läsaren kan ha skrivit namn; läs den på rapportens sida.",
            lambda row: row.text if row.handled_at else "",
            CellType.LONG_TEXT,
        ),
        *field_columns(ReadingComment, "received_on", "outcome"),
        field_column(ReadingComment, "handled_by", "Hanterat av"),
    ),
    rows=_comments,
    models=(ReadingComment,),
)
