"""What has been done in dialogues, groups and decisions, and when."""

from actors.models import Collaboration
from dialogue.models import DecisionEvent, DialogueEvent, GroupEvent
from ostberga.lib.tables.model_columns import field_column, field_columns
from ostberga.lib.tables.table import ExportTable, TableRows, queryset_rows


def _dialogue_events(collaboration: Collaboration) -> TableRows[DialogueEvent]:
    rows = DialogueEvent.objects.filter(dialogue__collaboration=collaboration)
    return queryset_rows(rows.select_related("dialogue", "issue", "by").order_by("at", "pk"))


def _group_events(collaboration: Collaboration) -> TableRows[GroupEvent]:
    rows = GroupEvent.objects.filter(group__dialogue__collaboration=collaboration)
    return queryset_rows(rows.select_related("group").order_by("at", "pk"))


def _decision_events(collaboration: Collaboration) -> TableRows[DecisionEvent]:
    rows = DecisionEvent.objects.filter(decision__dialogue__collaboration=collaboration)
    return queryset_rows(
        rows.select_related("decision", "part__organisation", "part__decision", "by").order_by("at", "pk")
    )


DIALOGUE_LOG: ExportTable[DialogueEvent] = ExportTable(
    slug="logg-dialoger",
    title="Logg, dialoger",
    about="Vad som har ändrats i dialoger och sakfrågor.",
    columns=(
        field_column(DialogueEvent, "at"),
        field_column(DialogueEvent, "by", "Vem"),
        field_column(DialogueEvent, "dialogue", "Dialog"),
        field_column(DialogueEvent, "issue", "Sakfråga"),
        *field_columns(DialogueEvent, "kind", "what"),
    ),
    rows=_dialogue_events,
    models=(DialogueEvent,),
)

GROUP_LOG: ExportTable[GroupEvent] = ExportTable(
    slug="logg-grupper",
    title="Logg, grupper",
    about="Vad som har hänt i och kring arbetsgrupperna.",
    columns=(
        field_column(GroupEvent, "at"),
        field_column(GroupEvent, "group", "Grupp"),
        *field_columns(GroupEvent, "kind", "what"),
    ),
    rows=_group_events,
    models=(GroupEvent,),
    left_out=("Vem. Det kan vara en boende, och i gruppen har hon en plats, inte ett namn.",),
)

DECISION_LOG: ExportTable[DecisionEvent] = ExportTable(
    slug="logg-beslut",
    title="Logg, beslut",
    about="Vad som har hänt med beslut och delbeslut.",
    columns=(
        field_column(DecisionEvent, "at"),
        field_column(DecisionEvent, "by", "Vem"),
        field_column(DecisionEvent, "decision", "Beslut"),
        field_column(DecisionEvent, "part", "Delbeslut"),
        *field_columns(DecisionEvent, "body", "what", "text"),
    ),
    rows=_decision_events,
    models=(DecisionEvent,),
    version=2,
)
