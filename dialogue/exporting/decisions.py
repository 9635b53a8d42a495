"""Decisions as wholes, and each body's part with paragraph and registry number."""

import datetime as dt

from django.db.models import Prefetch

from actors.models import Collaboration
from dialogue.models import Decision, PartDecision, QuestionTransfer
from dialogue.rules.decisions import DecisionOutcome
from ostberga.lib.tables.model_columns import field_column, field_columns, listed, text_columns
from ostberga.lib.tables.table import CellType, ExportColumn, ExportTable, TableRows, queryset_rows


def _decisions(collaboration: Collaboration) -> TableRows[Decision]:
    rows = Decision.objects.filter(dialogue__collaboration=collaboration)
    rows = rows.select_related("dialogue", "proposal", "supersedes", "requested_by")
    rows = rows.prefetch_related("issues", "parts__organisation")
    return queryset_rows(rows.order_by("requested_at", "pk"))


def _answers(decision: Decision) -> str:
    return listed(f"{part.body}: {part.get_answer_display()}" for part in decision.parts.all())


def _valid_from(decision: Decision) -> dt.date | None:
    """Return the day it is in force from: the day all had said yes, when no other was set."""
    has_been_in_force = decision.outcome in {DecisionOutcome.IN_FORCE, DecisionOutcome.EXPIRED}
    return decision.valid_from or (decision.settled_on if has_been_in_force else None)


def _parts(collaboration: Collaboration) -> TableRows[PartDecision]:
    rows = PartDecision.objects.filter(decision__dialogue__collaboration=collaboration)
    rows = rows.select_related("decision", "organisation").prefetch_related("decision__issues")
    rows = rows.prefetch_related(Prefetch("transfers", QuestionTransfer.objects.with_words()))
    return queryset_rows(rows.order_by("decision__requested_at", "decision_id", "organisation__name"))


def _moved(part: PartDecision) -> str:
    current = part.transfers.current()
    return current.in_words if current else ""


def _transfers(collaboration: Collaboration) -> TableRows[QuestionTransfer]:
    rows = QuestionTransfer.objects.filter(part__decision__dialogue__collaboration=collaboration)
    return queryset_rows(rows.with_words().select_related("part__decision", "by").order_by("made_at", "pk"))


DECISIONS: ExportTable[Decision] = ExportTable(
    slug="beslut",
    version=2,
    title="Beslut",
    about="Vad organisationerna har ombetts besluta eller komma överens om, och vad det blev.",
    columns=(
        *text_columns(Decision, "title"),
        field_column(Decision, "kind"),
        ExportColumn("Beslutande", "Organisationerna som beslutar, och vad var och en har svarat.", _answers),
        field_column(Decision, "dialogue", "Dialog"),
        ExportColumn("Sakfrågor", "Frågorna det gäller.", lambda row: listed(row.issues.all())),
        field_column(Decision, "proposal", "Förslag"),
        *field_columns(Decision, "ask", "if_yes", "if_no", "outcome"),
        ExportColumn(
            "Gäller från",
            "Första dagen. När ingen dag är satt: dagen då alla hade sagt ja.",
            _valid_from,
            CellType.DAY,
        ),
        *field_columns(Decision, "valid_until", "settled_on", "requested_at"),
        field_column(Decision, "requested_by", "Begärt av"),
        field_column(Decision, "supersedes", "Omprövar"),
        *text_columns(Decision, "public_text"),
        field_column(Decision, "withdrawn_reason"),
    ),
    rows=_decisions,
    models=(Decision,),
)

PART_DECISIONS: ExportTable[PartDecision] = ExportTable(
    slug="delbeslut",
    title="Delbeslut",
    about="Varje organisations svar: instans, dag, paragraf, diarienummer och skäl.",
    columns=(
        field_column(PartDecision, "decision", "Beslut"),
        ExportColumn("Organisation", "Organisationen, med det namn den hade när den svarade.", lambda row: row.body),
        *field_columns(PartDecision, "form", "answer", "due_on", "meets_on", "instance", "paragraph"),
        *field_columns(PartDecision, "registry_number", "delegation_item", "decided_on"),
        *field_columns(PartDecision, "motivation", "conditions", "reservations", "answerer_name", "answered_at"),
        field_column(PartDecision, "mandate_confirmed_by"),
        ExportColumn("Sakfrågor", "Frågorna det gäller.", lambda row: listed(row.decision.issues.all())),
        ExportColumn("Överlämnad", "Från vem frågan kom, och vems ord det är; tomt om den frågades först.", _moved),
    ),
    rows=_parts,
    models=(PartDecision,),
    version=2,
)

TRANSFERS: ExportTable[QuestionTransfer] = ExportTable(
    slug="overlamnade-fragor",
    title="Överlämnade frågor",
    about="Frågor om beslut som gått från en organisation till en annan, vems ord det är, och de som gått tillbaka.",
    columns=(
        ExportColumn("Beslut", "Beslutet som frågan gäller.", lambda row: str(row.part.decision)),
        *field_columns(QuestionTransfer, "sender_name", "receiver_name", "reason", "made_at"),
        field_column(QuestionTransfer, "by", "Av"),
        ExportColumn("Läge", "Vems ord det är i dag.", lambda row: row.in_words),
        *field_columns(QuestionTransfer, "taken_at", "taken_from"),
        field_column(QuestionTransfer, "taken_by", "Mottagen av"),
        *field_columns(QuestionTransfer, "returned_at", "returned_as", "returned_reason", "returned_from"),
    ),
    rows=_transfers,
    models=(QuestionTransfer,),
)
