"""Letters that were sent, without what stood in them."""

from actors.models import Collaboration, Letter
from actors.models.letters import KNOWN_READERS
from ostberga.lib.tables.model_columns import field_columns
from ostberga.lib.tables.table import ExportTable, TableRows, queryset_rows

# Letters to those who have a seat in a group, and invitations, which may be to one. Beside the log of a group, or in
# the order of its seats, an address and a time would say who sits where.
TO_SEATS = frozenset(
    [
        *("invitation", "seat-given", "pulse"),
        *("meeting-called", "meeting-cancelled", "meeting-released", "minutes-ready", "minutes-locked"),
    ]
)


def _letters(collaboration: Collaboration) -> TableRows[Letter]:
    rows = collaboration.letters.filter(kind__in=KNOWN_READERS - TO_SEATS).order_by("written_at", "pk")
    return queryset_rows(rows.defer("sealed", "kept_text", "kept_html", "calendar"))


LETTERS: ExportTable[Letter] = ExportTable(
    slug="brev",
    title="Brev",
    about="Breven till organisationer och dem som svarar för dem: till vem, om vad, och om de kom iväg.",
    columns=field_columns(Letter, "to", "subject", "kind", "language", "state", "attempts", "written_at", "sent_at"),
    rows=_letters,
    models=(Letter,),
    left_out=(
        "Inbjudningar, kallelser, protokoll och andra brev till dem som har en plats i en grupp. "
        "Med adress och klockslag skulle de säga vem som sitter på vilken plats.",
        "Brev till dem som följer en fråga, och brev att logga in med. Vem som följer lämnas inte ut.",
        "Vad som står i breven. Där stod hemliga länkar, som klipps bort när brevet har gått.",
    ),
)
