"""What has been changed in the collaboration, by whom and when."""

from actors.models import Collaboration
from actors.models.history import CollaborationEvent
from ostberga.lib.tables.model_columns import field_column, field_columns
from ostberga.lib.tables.table import ExportTable, TableRows, queryset_rows


def _events(collaboration: Collaboration) -> TableRows[CollaborationEvent]:
    return queryset_rows(collaboration.events.select_related("by").order_by("at", "pk"))


COLLABORATION_LOG: ExportTable[CollaborationEvent] = ExportTable(
    slug="logg-samverkan",
    title="Logg, samverkan",
    about="Vad som har ändrats om parter, personer och plan.",
    columns=(
        field_column(CollaborationEvent, "at"),
        field_column(CollaborationEvent, "by", "Vem"),
        *field_columns(CollaborationEvent, "by_address", "kind", "what", "reason"),
    ),
    rows=_events,
    models=(CollaborationEvent,),
    left_out=("Säkerhetsloggen. Den läses och tas ut av dataskyddsombudet, på sin egen sida.",),
)
