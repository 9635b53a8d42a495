"""People with their organisations, mandates and tasks as helpers, and who coordinates."""

from actors.models import Affiliation, Collaboration, CoordinatorAppointment, HelperRole, Mandate, User
from actors.people.memberships import affiliations_of
from ostberga.lib.tables.model_columns import field_column, field_columns, listed
from ostberga.lib.tables.table import ExportColumn, ExportTable, TableRows, queryset_rows


def _people(collaboration: Collaboration) -> TableRows[Affiliation]:
    rows = affiliations_of(collaboration).select_related("user", "organisation")
    return queryset_rows(rows.order_by("organisation__name", "user__name", "pk"))


def _mandates(collaboration: Collaboration) -> TableRows[Mandate]:
    rows = Mandate.objects.in_collaboration(collaboration)
    return queryset_rows(rows.select_related("person", "organisation", "confirmed_by").order_by("proposed_at", "pk"))


def _appointments(collaboration: Collaboration) -> TableRows[CoordinatorAppointment]:
    rows = collaboration.appointments.select_related("user", "appointed_by")
    return queryset_rows(rows.order_by("started_on", "pk"))


def _helpers(collaboration: Collaboration) -> TableRows[HelperRole]:
    rows = collaboration.helper_roles.select_related("person", "given_by", "ended_by")
    return queryset_rows(rows.order_by("given_at", "pk"))


def _scopes(mandate: Mandate) -> str:
    labels = dict(Mandate._meta.get_field("scopes").base_field.choices or ())
    return listed(labels[scope] for scope in mandate.scopes)


PEOPLE: ExportTable[Affiliation] = ExportTable(
    slug="personer",
    title="Personer",
    about="De som hör till en organisation i samverkan i dag, en rad för varje tillhörighet.",
    columns=(
        field_column(User, "name", path="user"),
        field_column(User, "email", path="user"),
        field_column(Affiliation, "organisation", "Organisation"),
        *field_columns(Affiliation, "title", "since", "until"),
    ),
    rows=_people,
    models=(User, Affiliation),
    left_out=(
        "Personer som en annan samverkan har bjudit in. De är den andra samverkans uppgifter.",
        "Boende som svarat eller följer en fråga. De har inga konton, och deras adresser lämnas inte ut.",
        "Lösenord, nycklar och när någon loggat in. De är till för inloggningen och inget annat.",
    ),
)

MANDATES: ExportTable[Mandate] = ExportTable(
    slug="mandat",
    title="Mandat",
    about="Vem som får svara för en organisation här, och vem där som har bekräftat det.",
    columns=(
        field_column(Mandate, "person", "Person"),
        field_column(Mandate, "organisation", "Organisation"),
        ExportColumn("Omfattar", "Vilka slags svar mandatet omfattar.", _scopes),
        *field_columns(Mandate, "title", "since", "until", "proposed_at", "confirmed_at"),
        field_column(Mandate, "confirmed_by", "Bekräftat av kollega"),
        *field_columns(Mandate, "confirmed_by_address", "refused_at", "ended_at", "ended_reason"),
    ),
    rows=_mandates,
    models=(Mandate,),
    left_out=("Hemliga länkar. De sparas bara som kontrollsummor.",),
)

HELPERS: ExportTable[HelperRole] = ExportTable(
    slug="medhjalpare",
    title="Medhjälpare",
    about="Vem som har hjälpt till med vad, från vilken dag och till vilken.",
    columns=(
        field_column(HelperRole, "person", "Person"),
        *field_columns(HelperRole, "task", "starts_on", "ends_on"),
        field_column(HelperRole, "given_by", "Gavs av"),
        *field_columns(HelperRole, "given_at", "ended_at"),
        field_column(HelperRole, "ended_by", "Avslutades av"),
    ),
    rows=_helpers,
    models=(HelperRole,),
)

APPOINTMENTS: ExportTable[CoordinatorAppointment] = ExportTable(
    slug="samordnare",
    title="Samordnare",
    about="Vem som har samordnat samverkan, varit ersättare eller dataskyddsombud, och när.",
    columns=(
        field_column(CoordinatorAppointment, "user", "Person"),
        *field_columns(CoordinatorAppointment, "role", "started_on", "ended_on", "reason"),
    ),
    rows=_appointments,
    models=(CoordinatorAppointment,),
)
