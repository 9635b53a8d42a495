"""Forms with their questions, and their waves."""

from actors.models import Collaboration
from ostberga.lib.tables.model_columns import field_column, field_columns, listed, text_columns
from ostberga.lib.tables.table import CellType, ExportColumn, ExportTable, TableRows, queryset_rows
from surveys.models import Channel, Question, Survey, Wave


def _questions(collaboration: Collaboration) -> TableRows[Question]:
    rows = Question.objects.filter(survey__collaboration=collaboration).select_related("survey")
    return queryset_rows(rows.order_by("survey_id", "position", "pk"))


def _waves(collaboration: Collaboration) -> TableRows[Wave]:
    rows = Wave.objects.filter(survey__collaboration=collaboration).select_related("survey")
    rows = rows.prefetch_related("survey__channels")
    return queryset_rows(rows.order_by("opens_on", "pk"))


def _options(question: Question) -> str:
    return listed(option["text"].get("sv", option["value"]) for option in question.options)


QUESTIONS: ExportTable[Question] = ExportTable(
    slug="formular",
    title="Formulär och frågor",
    about="Frågorna i alla formulär, också de som har ersatts.",
    columns=(
        field_column(Question, "survey", "Formulär"),
        *text_columns(Question, "text", "Fråga"),
        *field_columns(Question, "kind", "background"),
        ExportColumn("Svarsval", "Svaren att välja bland, med semikolon mellan.", _options, CellType.LONG_TEXT),
        *field_columns(Question, "required", "version", "retired_at"),
    ),
    rows=_questions,
    models=(Survey, Question),
)

WAVES: ExportTable[Wave] = ExportTable(
    slug="omgangar",
    title="Omgångar",
    about="När varje formulär har varit öppet, och var det delades ut.",
    columns=(
        field_column(Wave, "survey", "Formulär"),
        *field_columns(Wave, "number", "title", "opens_on", "closes_on", "opened_at", "closed_at"),
        ExportColumn(
            "Kanaler",
            "Platser där formuläret delas ut.",
            lambda row: listed(row.survey.channels.all()),
            CellType.LONG_TEXT,
        ),
    ),
    rows=_waves,
    models=(Wave, Channel),
    left_out=(
        "Hur många svar som kom in från varje plats. Små platser skulle kunna räknas ut.",
        "Vilka grupper som får nämnas vid citat. Det syns i filen Utsagor.",
    ),
)
