"""Working groups, their seats without names, their proposals and the order they put them in."""

from actors.models import Collaboration
from dialogue.models import PrioritisedProposal, Proposal, ProposalPerspective, Seat, WorkingGroup
from ostberga.lib.tables.model_columns import field_column, field_columns, listed, text_columns
from ostberga.lib.tables.table import CellType, ExportColumn, ExportTable, TableRows, queryset_rows

_NO_NAMES = "Vem som har en plats. Platser har nummer i stället för namn, så att boende kan tala fritt."


def _groups(collaboration: Collaboration) -> TableRows[WorkingGroup]:
    rows = WorkingGroup.objects.filter(dialogue__collaboration=collaboration).select_related("dialogue")
    return queryset_rows(rows.select_related("chair__organisation").prefetch_related("issues").order_by("name", "pk"))


def _seats(collaboration: Collaboration) -> TableRows[Seat]:
    rows = Seat.objects.filter(group__dialogue__collaboration=collaboration).select_related("group", "organisation")
    return queryset_rows(rows.order_by("group__name", "group_id", "role", "number"))


def _proposals(collaboration: Collaboration) -> TableRows[Proposal]:
    rows = Proposal.objects.filter(issue__dialogue__collaboration=collaboration)
    rows = rows.select_related("issue", "group", "agreed_at__group")
    rows = rows.prefetch_related("sides__perspective", "deciders__organisation")
    return queryset_rows(rows.order_by("written_at", "pk"))


def _orders(collaboration: Collaboration) -> TableRows[PrioritisedProposal]:
    rows = PrioritisedProposal.objects.filter(prioritisation__group__dialogue__collaboration=collaboration)
    rows = rows.select_related("prioritisation__group", "prioritisation__meeting", "proposal")
    return queryset_rows(rows.order_by("prioritisation__made_at", "prioritisation_id", "position"))


def _perspectives(side: ProposalPerspective.Side) -> ExportColumn[Proposal]:
    return ExportColumn(
        str(side.label).capitalize(),
        f"Perspektiv som förslaget {side.label}.",
        lambda row: listed(link.perspective for link in row.sides.all() if link.side == side),
        CellType.LONG_TEXT,
    )


GROUPS: ExportTable[WorkingGroup] = ExportTable(
    slug="arbetsgrupper",
    title="Arbetsgrupper",
    about="Grupperna, deras uppdrag och sakfrågor.",
    columns=(
        *field_columns(WorkingGroup, "name", "mandate"),
        field_column(WorkingGroup, "dialogue", "Dialog"),
        ExportColumn("Sakfrågor", "Frågorna gruppen arbetar med.", lambda row: listed(row.issues.all())),
        *field_columns(WorkingGroup, "started_on", "ended_on", "approval"),
        ExportColumn("Leder mötena", "Platsen som leder mötena.", lambda row: str(row.chair) if row.chair else None),
    ),
    rows=_groups,
    models=(WorkingGroup,),
    left_out=(_NO_NAMES,),
)

SEATS: ExportTable[Seat] = ExportTable(
    slug="platser",
    title="Platser i grupper",
    about="Platserna i grupperna, från när och till när.",
    columns=(
        field_column(Seat, "group", "Grupp"),
        ExportColumn("Plats", "Platsen i ord, utan namn.", str),
        field_column(Seat, "role"),
        field_column(Seat, "organisation", "Organisation"),
        *field_columns(Seat, "since", "reason", "until", "left_reason"),
    ),
    rows=_seats,
    models=(Seat,),
    left_out=(_NO_NAMES,),
)

PROPOSALS: ExportTable[Proposal] = ExportTable(
    slug="forslag",
    title="Förslag",
    about="Gruppernas förslag, vad de svarar mot och går emot, och vilka som måste besluta.",
    columns=(
        *text_columns(Proposal, "title"),
        *text_columns(Proposal, "what"),
        field_column(Proposal, "issue", "Sakfråga"),
        field_column(Proposal, "group", "Grupp"),
        *field_columns(Proposal, "place", "cost", "effect", "written_at", "stands_since"),
        field_column(Proposal, "agreed_at", "Mötet"),
        *field_columns(Proposal, "dissent", "withdrawn_at", "withdrawn_reason"),
        _perspectives(ProposalPerspective.Side.ANSWERS),
        _perspectives(ProposalPerspective.Side.AGAINST),
        ExportColumn(
            "Beslutande",
            "Organisationer som måste besluta, och i vilken form.",
            lambda row: listed(f"{row.organisation}: {row.get_form_display()}" for row in row.deciders.all()),
        ),
    ),
    rows=_proposals,
    models=(Proposal, ProposalPerspective),
    left_out=("Hur platserna ställde sig. Det visas på förslagets sida, när minst tre i en roll har sagt något.",),
)

ORDERS: ExportTable[PrioritisedProposal] = ExportTable(
    slug="prioriteringar",
    title="Prioriteringar",
    about="I vilken ordning grupperna har satt sina förslag, vid vilket möte och varför.",
    columns=(
        ExportColumn("Grupp", "Gruppen.", lambda row: str(row.prioritisation.group)),
        ExportColumn("Möte", "Dagen för mötet.", lambda row: row.prioritisation.meeting.on, CellType.DAY),
        field_column(PrioritisedProposal, "position"),
        field_column(PrioritisedProposal, "proposal", "Förslag"),
        ExportColumn("Varför", "Gruppens skäl.", lambda row: row.prioritisation.reason, CellType.LONG_TEXT),
    ),
    rows=_orders,
    models=(PrioritisedProposal,),
)
