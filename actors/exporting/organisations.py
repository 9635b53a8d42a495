"""Partners with their terms, what each organisation is responsible for, and whom to contact."""

from actors.models import Collaboration, Contact, Organisation, Partnership, Responsibility
from actors.people.memberships import bodies_of
from ostberga.lib.tables.model_columns import field_column, field_columns, listed
from ostberga.lib.tables.table import CellType, ExportColumn, ExportTable, TableRows, queryset_rows


def _partners(collaboration: Collaboration) -> TableRows[Partnership]:
    rows = collaboration.partnerships.select_related("organisation", "confirmed_by")
    return queryset_rows(rows.order_by("organisation__name", "joined_on", "pk"))


def _responsibilities(collaboration: Collaboration) -> TableRows[Responsibility]:
    shown = Responsibility.objects.filter(organisation__in=bodies_of(collaboration))
    here = shown.filter(collaboration=None) | shown.filter(collaboration=collaboration)
    return queryset_rows(here.select_related("organisation").order_by("organisation__name", "subject", "pk"))


def _contacts(collaboration: Collaboration) -> TableRows[Contact]:
    rows = collaboration.contacts.select_related("organisation", "entered_by")
    return queryset_rows(rows.order_by("organisation__name", "function", "pk"))


PARTNERS: ExportTable[Partnership] = ExportTable(
    slug="parter",
    title="Parter",
    about="Organisationerna i samverkan, också de som har lämnat, med sina egna ord om uppdrag och villkor.",
    columns=(
        field_column(Organisation, "name", "Organisation", path="organisation"),
        field_column(Organisation, "short_name", path="organisation"),
        field_column(Organisation, "kind", path="organisation"),
        field_column(Organisation, "registry_email", path="organisation"),
        *field_columns(Partnership, "mandate", "role_description", "preconditions", "goal_conflicts"),
        *field_columns(Partnership, "joined_on", "joined_reason", "left_on", "left_reason"),
        *field_columns(Partnership, "accepted_at", "confirmed_at"),
        field_column(Partnership, "confirmed_by", "Bekräftad av"),
    ),
    rows=_partners,
    models=(Partnership, Organisation),
)

RESPONSIBILITIES: ExportTable[Responsibility] = ExportTable(
    slug="ansvarsomraden",
    title="Ansvarsområden",
    about="Vad varje organisation ansvarar för, i ord som människor söker med.",
    columns=(
        field_column(Responsibility, "organisation", "Organisation"),
        field_column(Responsibility, "subject"),
        ExportColumn("Sökord", "Andra ord för samma sak.", lambda row: listed(row.words), CellType.TEXT),
        field_column(Responsibility, "note"),
    ),
    rows=_responsibilities,
    models=(Responsibility,),
)

CONTACTS: ExportTable[Contact] = ExportTable(
    slug="kontakter",
    title="Kontakter",
    about=(
        "Funktioner hos organisationer som gruppen kan vända sig till. Kan vara personuppgifter: spara inte filen "
        "längre än ni behöver den."
    ),
    columns=(
        field_column(Contact, "organisation", "Organisation"),
        *field_columns(Contact, "function", "name", "email", "phone", "note"),
        field_column(Contact, "entered_by", "Inskriven av"),
        field_column(Contact, "entered_at"),
    ),
    rows=_contacts,
    models=(Contact,),
)
