"""What lists say of decisions and activities, and whose word it is. Columns are named as lists of them are read."""

from typing import Any

from actors.models import Collaboration
from dialogue.models import ListedActivity, ListedDecision
from ostberga.lib.tables.model_columns import field_column, field_columns, listed
from ostberga.lib.tables.table import ExportColumn, ExportTable, TableRows, queryset_rows

NOBODYS_WORD = "Att det är sant. Det är listans ord, tills organisationen har bekräftat det."


def _decisions(collaboration: Collaboration) -> TableRows[ListedDecision]:
    rows = ListedDecision.objects.filter(dialogue__collaboration=collaboration)
    rows = rows.select_related("organisation", "dialogue", "entered_by").prefetch_related("issues")
    return queryset_rows(rows.order_by("decided_on", "pk"))


def _activities(collaboration: Collaboration) -> TableRows[ListedActivity]:
    rows = ListedActivity.objects.filter(dialogue__collaboration=collaboration)
    return queryset_rows(rows.select_related("organisation", "issue", "dialogue", "entered_by").order_by("start", "pk"))


def _standing(model: type[Any]) -> tuple[ExportColumn[Any], ...]:
    """Return the columns of whose word a row is: of no name that a list is read by."""
    return (
        field_column(model, "source", "Enligt listan"),
        field_column(model, "entered_by", "Inlagd av"),
        field_column(model, "entered_at"),
        field_column(model, "reply", "Organisationens ord om raden"),
        *field_columns(model, "reply_words", "replied_as", "replied_at"),
    )


LISTED_DECISIONS: ExportTable[ListedDecision] = ExportTable(
    slug="beslut-enligt-listor",
    title="Beslut enligt listor",
    about="Det som listor säger att organisationer har beslutat, vems lista det är, och om de har bekräftat det.",
    columns=(
        field_column(ListedDecision, "title", "Beslut"),
        field_column(ListedDecision, "organisation", "Organisation"),
        *field_columns(ListedDecision, "form", "answer", "instance", "paragraph", "registry_number"),
        *field_columns(ListedDecision, "delegation_item", "decided_on", "motivation", "conditions", "reservations"),
        ExportColumn("Sakfrågor", "Frågorna det gäller.", lambda row: listed(row.issues.all())),
        field_column(ListedDecision, "dialogue", "Dialog"),
        *_standing(ListedDecision),
    ),
    rows=_decisions,
    models=(ListedDecision,),
    left_out=(NOBODYS_WORD,),
)

LISTED_ACTIVITIES: ExportTable[ListedActivity] = ExportTable(
    slug="aktiviteter-enligt-listor",
    title="Aktiviteter enligt listor",
    about="Det som listor säger görs eller är gjort, vems lista det är, och om organisationen har bekräftat det.",
    columns=(
        field_column(ListedActivity, "title"),
        field_column(ListedActivity, "organisation", "Ansvarig"),
        *field_columns(ListedActivity, "partners", "description"),
        field_column(ListedActivity, "issue", "Sakfråga"),
        field_column(ListedActivity, "dialogue", "Dialog"),
        *field_columns(ListedActivity, "place", "start", "end", "precision", "state", "decision"),
        *field_columns(ListedActivity, "outcome", "carried_on_by", "ended_on"),
        *_standing(ListedActivity),
    ),
    rows=_activities,
    models=(ListedActivity,),
    left_out=(NOBODYS_WORD,),
)
