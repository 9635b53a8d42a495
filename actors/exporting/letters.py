"""Letters that were sent, without what stood in them."""

from actors.models import Collaboration, Letter
from actors.models.letters import KNOWN_READERS
from ostberga.lib.tables.model_columns import field_columns
from ostberga.lib.tables.table import ExportTable, TableRows, queryset_rows


def _letters(collaboration: Collaboration) -> TableRows[Letter]:
    rows = collaboration.letters.filter(kind__in=KNOWN_READERS).order_by("written_at", "pk")
    return queryset_rows(rows.defer("sealed", "kept_text", "kept_html", "calendar"))


LETTERS: ExportTable[Letter] = ExportTable(
    slug="brev",
    title="Brev",
    about="Breven till dem som arbetar i samverkan: till vem, om vad, och om de kom iväg.",
    columns=field_columns(Letter, "to", "subject", "kind", "language", "state", "attempts", "written_at", "sent_at"),
    rows=_letters,
    models=(Letter,),
    left_out=(
        "Brev till dem som följer en fråga, och brev att logga in med. Vem som följer lämnas inte ut.",
        "Vad som står i breven. Där stod hemliga länkar, som klipps bort när brevet har gått.",
    ),
)
