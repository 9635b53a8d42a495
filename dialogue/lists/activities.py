"""A list of activities with body and state: what it says stands as «enligt listan», and nothing has begun by it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from actors.models import Collaboration
from dialogue.lists.named_rows import (
    CHECK_BODY,
    CHECK_ISSUES,
    DIALOGUE,
    ask_dialogue,
    dialogue_of,
    known_body,
    known_issue,
    pages_of_issues,
    tell_dialogue,
    tell_public_pages,
    word_reader,
)
from dialogue.models import Issue, ListedActivity
from dialogue.rules.activities import NEVER_STARTED, ActivityState
from ostberga.lib.period_reading import parse_period
from ostberga.lib.periods import Period, Precision
from surveys.importing.columns.days import UnreadableDay, read_day
from surveys.lists.cells import read_past_day
from surveys.lists.declared import BadCell, Created, ListColumn, ListContext, ListKind, RowCheck, Values

_STATES = {str(state.label): state.value for state in ActivityState} | {
    "planerat": "planned", "ej påbörjad": "planned", "ej påbörjat": "planned", "kommande": "planned",
    "pågående": "running", "påbörjad": "running", "påbörjat": "running", "igång": "running",
    "pausat": "paused", "vilande": "paused", "färdig": "done", "färdigt": "done", "klart": "done",
    "avslutad": "done", "avslutat": "done", "genomförd": "done", "genomfört": "done", "utan effekt": "no_effect",
    "inställd": "cancelled", "inställt": "cancelled", "avbrutet": "cancelled", "överlämnad": "handed_over",
    "ordinarie verksamhet": "handed_over",
}  # fmt: skip
_PRECISIONS = {str(precision.label): precision.value for precision in Precision}
# Columns whose cells are stored as they stand.
_PLAIN = ("description", "place", "partners", "decision", "outcome", "carried_on_by")


def read_time(cell: str) -> Period:
    """Return a day, month, season or year. Raises BadCell for what is none."""
    try:
        return Period.from_day(read_day(cell, timezone.localdate()).day)
    except UnreadableDay:
        pass
    try:
        return parse_period(cell)
    except ValueError as problem:
        raise BadCell(str(problem)) from None


def _check_time(_context: ListContext, values: Values) -> list[str]:
    start, end = _span(values)
    if end is not None and start is None:
        return ["Det finns ett slut men ingen början."]
    return ["Slutet är före början."] if start is not None and end is not None and end < start else []


def _check_begun(_context: ListContext, values: Values) -> list[str]:
    """What has not begun is planned, or was cancelled before it began."""
    start, state = values.get("start"), values.get("state")
    if start is None or state is None or state in NEVER_STARTED or start.start <= timezone.localdate():
        return []
    return [
        f"Läget är «{ActivityState(state).label}», men början ({start}) har inte kommit än. "
        "Skriv «planerad», eller en annan början."
    ]


def _span(values: Values) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and last day. A single day in «Början» is a start, a month or year there is the whole of it."""
    start, end = values.get("start"), values.get("end")
    last = end.end if end else start.end if start and start.precision != Precision.DAY else None
    return (start.start if start else None), last


def _precision(values: Values) -> str:
    """Return how exactly the time is known: as the list says, else as the coarser end is written."""
    told = [values[name].precision for name in ("start", "end") if values.get(name)]
    return str(values.get("precision") or max(told, key=list(Precision).index, default=Precision.DAY))


def _create(context: ListContext, values: Values) -> Created:
    dialogue = dialogue_of(context, values)
    told: dict[str, Any] = {name: values.get(name, "") for name in _PLAIN}
    told["start"], told["end"] = _span(values)
    told |= {"title": values["title"], "state": values["state"], "precision": _precision(values)}
    told["ended_on"] = values.get("ended_on")
    told["organisation"] = known_body(context, values["organisation"]) if values.get("organisation") else None
    told["issue"] = known_issue(context, values, values["issue"]) if values.get("issue") else None
    twin = ListedActivity.objects.filter(dialogue=dialogue).filter(**_exactly(told)).first()
    if twin is not None:
        return Created(twin, is_new=False)
    activity = ListedActivity.objects.create(dialogue=dialogue, source=context.source, entered_by=context.by, **told)
    return Created(activity)


def _exactly(told: dict[str, Any]) -> dict[str, Any]:
    """Return what finds a row with exactly these values, also those that are missing."""
    return {name if value is not None else f"{name}__isnull": value if value is not None else True
            for name, value in told.items()}  # fmt: skip


def _lead_to(collaboration: Collaboration, activities: Sequence[ListedActivity]) -> list[tuple[str, str]]:
    listed = ("Aktiviteter enligt listor", reverse("coordinate:listed", args=[collaboration.slug, "aktiviteter"]))
    issues = Issue.objects.filter(listed_activities__in=activities).distinct()
    return [listed, *pages_of_issues(collaboration, issues)]


def _take_back(activity: ListedActivity) -> None:
    activity.delete()
    activity.dialogue.collaboration.bump_public_version()


ACTIVITIES = ListKind(
    key="aktiviteter",
    title="Aktiviteter",
    unit="aktiviteter",
    help=(
        "En rad för varje aktivitet. De visas som «enligt listan», också för boende när sakfrågan är offentlig. "
        "Ingen har lovat dem här. Det som ska börja nu planerar du under Aktiviteter."
    ),
    columns=(
        ListColumn(
            "title", "Rubrik", frozenset({"aktivitet", "åtgärd", "insats", "namn", "vad", "titel"}), is_required=True,
            longest=300,
        ),
        ListColumn("state", "Läge", frozenset({"status", "hur det går"}), is_required=True, read=word_reader(
            _STATES, "planerad, pågår, pausad, klar, avslutad utan effekt, avbruten, övergått i ordinarie verksamhet",
        )),
        ListColumn(
            "organisation", "Ansvarig", frozenset({"organisation", "ansvarig organisation", "vem", "part", "ägare"}),
        ),
        ListColumn("partners", "Medverkar", frozenset({"medverkande", "tillsammans med"}), longest=300),
        ListColumn("description", "Beskrivning", frozenset({"text", "vad det innebär", "kommentar"})),
        DIALOGUE,
        ListColumn("issue", "Sakfråga", frozenset({"fråga"})),
        ListColumn("place", "Plats", frozenset({"var", "område"}), longest=160),
        ListColumn("start", "Början", frozenset({"när", "start", "startdatum", "från", "tid"}), read=read_time),
        ListColumn("end", "Slut", frozenset({"till", "slutdatum", "klar senast"}), read=read_time),
        ListColumn("precision", "Noggrannhet", read=word_reader(_PRECISIONS, "dag, månad, årstid, år")),
        ListColumn("decision", "Beslut", frozenset({"enligt beslut", "§"}), longest=300),
        ListColumn("outcome", "Hur det gick", frozenset({"resultat", "utfall", "lärdom"})),
        ListColumn("carried_on_by", "Förvaltas av", frozenset({"förvaltare"}), longest=160),
        ListColumn("ended_on", "Slutade", frozenset({"avslutades", "blev klar"}), read=read_past_day),
    ),
    model=ListedActivity,
    create=_create,
    take_back=_take_back,
    checks=(
        CHECK_BODY,
        CHECK_ISSUES,
        RowCheck(frozenset({"start", "end"}), _check_time),
        RowCheck(frozenset({"start", "state"}), _check_begun),
    ),
    asks=ask_dialogue,
    tell=tell_dialogue,
    lead_to=_lead_to,
    prepare=tell_public_pages,
    shows_source=True,
)  # fmt: skip
