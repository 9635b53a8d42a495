"""Dialogues, their published reports, who has read them, and adjustments of how the collaboration works."""

from actors.models import Collaboration
from dialogue.models import Adjustment, Dialogue, PublishedReport, ReadConfirmation
from ostberga.lib.tables.model_columns import field_column, field_columns, listed, text_columns
from ostberga.lib.tables.table import ExportColumn, ExportTable, TableRows, queryset_rows


def _dialogues(collaboration: Collaboration) -> TableRows[Dialogue]:
    return queryset_rows(collaboration.dialogues.select_related("guiding_question").order_by("pk"))


def _reports(collaboration: Collaboration) -> TableRows[PublishedReport]:
    rows = PublishedReport.objects.filter(dialogue__collaboration=collaboration).select_related("dialogue")
    return queryset_rows(rows.prefetch_related("issues").order_by("published_at", "pk"))


def _readers(collaboration: Collaboration) -> TableRows[ReadConfirmation]:
    rows = ReadConfirmation.objects.filter(report__dialogue__collaboration=collaboration)
    return queryset_rows(rows.select_related("report", "organisation", "by").order_by("at", "pk"))


def _adjustments(collaboration: Collaboration) -> TableRows[Adjustment]:
    return queryset_rows(collaboration.adjustments.select_related("registered_by").order_by("on", "pk"))


DIALOGUES: ExportTable[Dialogue] = ExportTable(
    slug="dialoger",
    version=2,
    title="Dialoger",
    about="Dialogerna med sin fråga och vad som kan och inte kan påverkas.",
    columns=(
        *text_columns(Dialogue, "title"),
        field_column(Dialogue, "guiding_question", "Vägledande fråga"),
        *(
            column
            for name in ("purpose", "can_influence", "cannot_influence", "who_decides")
            for column in text_columns(Dialogue, name)
        ),
        *field_columns(Dialogue, "slug", "is_current", "started_on", "ended_on", "started_reason"),
    ),
    rows=_dialogues,
    models=(Dialogue,),
)

REPORTS: ExportTable[PublishedReport] = ExportTable(
    slug="rapporter",
    title="Publicerade rapporter",
    about="Rapporterna som har kommit ut. Själva rapporterna tas ut som PDF och Word på sina sidor.",
    columns=(
        field_column(PublishedReport, "title"),
        field_column(PublishedReport, "dialogue", "Dialog"),
        *field_columns(PublishedReport, "version", "published_at", "corrected_at", "withdrawn_at", "withdrawn_reason"),
        ExportColumn("Sakfrågor", "Frågorna som vilar på något i rapporten.", lambda row: listed(row.issues.all())),
    ),
    rows=_reports,
    models=(PublishedReport,),
)

REPORT_READERS: ExportTable[ReadConfirmation] = ExportTable(
    slug="lasta-rapporter",
    title="Lästa rapporter",
    about="Vilka organisationer som har sagt att de har läst en rapport.",
    columns=(
        field_column(ReadConfirmation, "report", "Rapport"),
        field_column(ReadConfirmation, "organisation", "Organisation"),
        field_column(ReadConfirmation, "by", "Vem"),
        *field_columns(ReadConfirmation, "at", "comment"),
    ),
    rows=_readers,
    models=(ReadConfirmation,),
)

ADJUSTMENTS: ExportTable[Adjustment] = ExportTable(
    slug="justeringar",
    title="Ändrat arbetssätt",
    about="Vad som har ändrats i hur samverkan arbetar, och varför.",
    columns=field_columns(Adjustment, "on", "what", "why", "who"),
    rows=_adjustments,
    models=(Adjustment,),
)
