"""Who changed forms and who coded, and when; never which text."""

from actors.models import Collaboration
from ostberga.lib.tables.model_columns import field_column, field_columns
from ostberga.lib.tables.table import ExportTable, TableRows, queryset_rows
from surveys.models import CodingEvent, FormEvent


def _form_events(collaboration: Collaboration) -> TableRows[FormEvent]:
    rows = FormEvent.objects.filter(survey__collaboration=collaboration)
    return queryset_rows(rows.select_related("survey", "wave", "by").order_by("at", "pk"))


def _coding_events(collaboration: Collaboration) -> TableRows[CodingEvent]:
    rows = CodingEvent.objects.filter(collaboration=collaboration).select_related("by")
    return queryset_rows(rows.order_by("at", "pk"))


FORM_LOG: ExportTable[FormEvent] = ExportTable(
    slug="logg-formular",
    title="Logg, formulär",
    about="Vad som har ändrats i formulär och omgångar.",
    columns=(
        field_column(FormEvent, "at"),
        field_column(FormEvent, "by", "Vem"),
        field_column(FormEvent, "survey", "Formulär"),
        field_column(FormEvent, "wave", "Omgång"),
        *field_columns(FormEvent, "kind", "what", "reason"),
    ),
    rows=_form_events,
    models=(FormEvent,),
)

CODING_LOG: ExportTable[CodingEvent] = ExportTable(
    slug="logg-kodning",
    version=2,
    title="Logg, kodning",
    about="Vem som har läst, granskat och kodat, och när.",
    columns=(
        field_column(CodingEvent, "at"),
        field_column(CodingEvent, "by", "Vem"),
        field_column(CodingEvent, "verb"),
        field_column(CodingEvent, "undone_at"),
    ),
    rows=_coding_events,
    models=(CodingEvent,),
    left_out=("Vilken utsaga och vilket perspektiv det gällde. Med tiden skulle det säga när en utsaga lästes.",),
)
