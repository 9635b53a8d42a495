"""Activities, what bodies were asked and promised, and what has happened."""

from collections.abc import Callable

from actors.models import Collaboration
from dialogue.models import Activity, ActivityEvent, Commitment
from dialogue.rules.activities import Part, Reply
from ostberga.lib.tables.model_columns import field_column, field_columns, listed, text_columns
from ostberga.lib.tables.table import ExportColumn, ExportTable, TableRows, queryset_rows


def _activities(collaboration: Collaboration) -> TableRows[Activity]:
    rows = Activity.objects.filter(dialogue__collaboration=collaboration)
    rows = rows.select_related("dialogue", "issue", "decision", "started_under", "focus_area")
    return queryset_rows(rows.prefetch_related("commitments__organisation").order_by("start", "pk"))


def _bodies(part: Part) -> Callable[[Activity], str]:
    """Return what reads the organisations that have promised that part and not left it."""
    return lambda row: listed(
        promise.organisation
        for promise in row.commitments.all()
        if promise.part == part and promise.reply == Reply.ACCEPTED
    )


def _commitments(collaboration: Collaboration) -> TableRows[Commitment]:
    rows = Commitment.objects.filter(activity__dialogue__collaboration=collaboration)
    rows = rows.select_related("activity", "organisation", "asked_by", "replied_by")
    return queryset_rows(rows.order_by("asked_at", "pk"))


def _news(collaboration: Collaboration) -> TableRows[ActivityEvent]:
    rows = ActivityEvent.objects.filter(activity__dialogue__collaboration=collaboration)
    return queryset_rows(rows.select_related("activity", "by").order_by("at", "pk"))


ACTIVITIES: ExportTable[Activity] = ExportTable(
    slug="aktiviteter",
    version=2,
    title="Aktiviteter",
    about="Det som görs, när, under vilket beslut, och hur det gick.",
    columns=(
        *text_columns(Activity, "title"),
        ExportColumn("Ansvarig", "Organisationen som har sagt ja till att göra det.", _bodies(Part.LEAD)),
        ExportColumn("Medverkar", "Organisationer som har sagt ja till att vara med.", _bodies(Part.PARTNER)),
        *text_columns(Activity, "description"),
        field_column(Activity, "issue", "Sakfråga"),
        field_column(Activity, "dialogue", "Dialog"),
        *field_columns(Activity, "place", "start", "end", "precision", "state"),
        field_column(Activity, "decision", "Beslut"),
        field_column(Activity, "started_under", "Började under"),
        field_column(Activity, "focus_area", "Fokusområde"),
        *text_columns(Activity, "outcome"),
        *field_columns(Activity, "carried_on_by", "ended_on", "concern"),
    ),
    rows=_activities,
    models=(Activity,),
)

COMMITMENTS: ExportTable[Commitment] = ExportTable(
    slug="ataganden",
    title="Åtaganden",
    about="Vad organisationer har ombetts göra i aktiviteterna, och vad de svarat.",
    columns=(
        field_column(Commitment, "activity", "Aktivitet"),
        field_column(Commitment, "organisation", "Organisation"),
        *field_columns(Commitment, "part", "what", "reply", "due_on"),
        field_column(Commitment, "asked_by", "Frågat av"),
        *field_columns(Commitment, "asked_at", "answer", "countered_start", "replied_at"),
        field_column(Commitment, "replied_by", "Besvarat av"),
        *field_columns(Commitment, "replied_as", "left_at", "left_reason"),
    ),
    rows=_commitments,
    models=(Commitment,),
    left_out=("Länkarna som organisationer svarar med. De sparas bara som kontrollsummor.",),
)

ACTIVITY_NEWS: ExportTable[ActivityEvent] = ExportTable(
    slug="aktiviteters-nyheter",
    version=2,
    title="Nyheter om aktiviteter",
    about="Vad som har hänt i aktiviteterna, som det visas för alla.",
    columns=(
        field_column(ActivityEvent, "activity", "Aktivitet"),
        *field_columns(ActivityEvent, "at", "state"),
        *text_columns(ActivityEvent, "said"),
        *field_columns(ActivityEvent, "text", "picture_alt"),
        field_column(ActivityEvent, "by", "Vem"),
    ),
    rows=_news,
    models=(ActivityEvent,),
    left_out=("Själva bilderna. De finns på aktiviteternas sidor; här står vad de visar.",),
)
