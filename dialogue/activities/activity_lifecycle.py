"""The life of an activity: planned, edited, started under a decision in force, given news, paused, ended."""

import datetime as dt
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from actors.models import FocusArea, User
from actors.rules.rights import COORDINATE
from dialogue.models import Activity, ActivityEvent, Commitment, Decision, Issue, PartDecision, open_round_of
from dialogue.models.dialogue import Texts
from dialogue.rules.activities import ENDS, ActivityState, Part, may_become
from dialogue.rules.decisions import DecisionOutcome
from dialogue.rules.rights import RUN_ACTIVITY, TELL_OF_ACTIVITY
from ostberga.lib.authorization import require
from ostberga.lib.periods import Period
from ostberga.lib.refusal import Refusal


@dataclass(frozen=True)
class ActivityPlan:
    """What an activity is, when and where: the fields that planning and editing set."""

    title: Texts
    period: Period
    description: Texts = field(default_factory=dict)
    place: str = ""
    focus_area: FocusArea | None = None


@transaction.atomic
def plan(
    *, issue: Issue, plan: ActivityPlan, by: User, decision: Decision | None = None, at: dt.datetime | None = None
) -> Activity:
    """Plan an activity about an issue, in its open round. It has no lead until a body has accepted."""
    require(by, COORDINATE, issue)
    at = at or timezone.now()
    activity = Activity(
        dialogue=issue.dialogue, issue=issue, round=open_round_of(issue, at), planned_by=by, planned_at=at
    )
    _apply_plan(activity, plan, decision)
    activity.save()
    return activity


@transaction.atomic
def edit(*, activity: Activity, plan: ActivityPlan, decision: Decision | None, by: User) -> None:
    """Change the plan of an activity that has not ended; the decision too, unless it is running."""
    require(by, COORDINATE, activity)
    _lock(activity)
    if activity.has_ended:
        raise Refusal("Aktiviteten är avslutad och ändras inte mer.", code="ended")
    _apply_plan(activity, plan, activity.decision if activity.state == ActivityState.RUNNING else decision)
    activity.concern = activity.concern if activity.state == ActivityState.PAUSED else ""
    activity.save()
    activity.issue.events.create(dialogue=activity.dialogue, kind="replanned", what=str(activity)[:200], by=by)
    activity.dialogue.collaboration.bump_public_version()


@transaction.atomic
def start(*, activity: Activity, by: User, at: dt.datetime | None = None) -> None:
    """Start or resume. Raises Refusal when no decision is in force, naming what is missing, or when nobody leads it."""
    at = at or timezone.now()
    rests_on = _lock_with_decision(activity)
    require(by, RUN_ACTIVITY, activity)
    decision = _in_force(rests_on, timezone.localdate(at))
    if activity.decision_id != decision.pk:
        raise Refusal("Beslutet byttes ut i samma stund. Läs igen och försök en gång till.", code="decision_changed")
    _refuse_unless_possible(activity, ActivityState.RUNNING)
    if not Commitment.objects.accepted().filter(activity=activity, part=Part.LEAD).exists():
        raise Refusal("Ingen har tackat ja till att ansvara.", who="Samordnaren frågar en organisation", code="no_lead")
    activity.started_under, activity.concern = decision, ""
    _become(activity, ActivityState.RUNNING, by, at, decision=decision)


@transaction.atomic
def pause(*, activity: Activity, by: User, why: str, at: dt.datetime | None = None) -> None:
    """Pause a running activity. The reason is public."""
    _lock(activity)
    require(by, RUN_ACTIVITY, activity)
    _refuse_unless_possible(activity, ActivityState.PAUSED)
    _refuse_without(why, "Skriv varför aktiviteten pausar. Det visas för boende.")
    _become(activity, ActivityState.PAUSED, by, at, text=why)


@transaction.atomic
def end(
    *,
    activity: Activity,
    state: ActivityState,
    outcome: Texts,
    by: User,
    carried_on_by: str = "",
    at: dt.datetime | None = None,
) -> None:
    """End it as done, without effect, cancelled, or handed over to ordinary operations. The outcome is public."""
    _lock(activity)
    require(by, RUN_ACTIVITY, activity)
    if state not in ENDS:
        raise Refusal("Välj hur aktiviteten slutade.", code="not_an_end")
    _refuse_unless_possible(activity, state)
    texts = {language: text.strip() for language, text in outcome.items() if text.strip()}
    _refuse_without(texts.get("sv", ""), "Skriv hur det gick, eller vad vi lärde oss. Det visas för boende.")
    if state == ActivityState.HANDED_OVER:
        _refuse_without(carried_on_by, "Skriv vilken ordinarie verksamhet som tar över.")
    at = at or timezone.now()
    activity.outcome, activity.ended_on, activity.carried_on_by = texts, timezone.localdate(at), carried_on_by.strip()
    activity.concern = ""
    _become(activity, state, by, at, text=texts["sv"])


@transaction.atomic
def add_news(
    *,
    activity: Activity,
    by: User,
    text: str,
    picture: bytes = b"",
    picture_alt: str = "",
    at: dt.datetime | None = None,
) -> ActivityEvent:
    """Add public news about how it goes. `picture` is a JPEG from `pictures.clean_picture`."""
    _lock(activity)
    require(by, TELL_OF_ACTIVITY, activity)
    _refuse_without(text, "Skriv vad som har hänt.")
    if picture:
        _refuse_without(picture_alt, "Beskriv vad bilden visar, för den som inte ser den.")
    event = ActivityEvent(activity=activity, text=text.strip(), picture_alt=picture_alt.strip(), by=by)
    event.at = at or timezone.now()
    if picture:
        event.picture.save("bild.jpg", ContentFile(picture), save=False)
    event.save()
    activity.alarmed_at = None
    activity.save(update_fields=["alarmed_at"])
    activity.dialogue.collaboration.bump_public_version()
    return event


def _apply_plan(activity: Activity, plan: ActivityPlan, decision: Decision | None) -> None:
    activity.title, activity.description, activity.place = dict(plan.title), dict(plan.description), plan.place
    activity.start, activity.end, activity.precision = plan.period.start, plan.period.end, plan.period.precision
    activity.focus_area, activity.decision = plan.focus_area, decision


def _in_force(decision: Decision | None, on: dt.date) -> Decision:
    """The decision, which is locked. Raises Refusal if there is none, or it is not in force on the day."""
    if decision is None:
        raise Refusal(
            "Det saknas ett beslut. Ingenting börjar utan att den som råder över frågan har sagt ja.",
            who="Samordnaren begär beslutet",
            code="no_decision",
        )
    if not Decision.objects.in_force(on).filter(pk=decision.pk).exists():
        raise Refusal(_what_is_missing(decision), who="Se beslutets sida", code="no_decision_in_force")
    return decision


def _what_is_missing(decision: Decision) -> str:
    awaited = PartDecision.objects.open().filter(decision=decision).order_by("organisation__name")
    names = list(awaited.values_list("organisation__name", flat=True))
    if names:
        return " ".join(f"Det saknas ett beslut från {name}." for name in names)
    if decision.outcome == DecisionOutcome.IN_FORCE:
        return f"Beslutet «{decision}» gäller bara {_span(decision)}."
    return f"Beslutet «{decision}» är {decision.get_outcome_display()}. Det behövs ett beslut som gäller."


def _span(decision: Decision) -> str:
    days = (("från", decision.valid_from), ("till", decision.valid_until))
    return " ".join(f"{word} {day:%Y-%m-%d}" for word, day in days if day)


def _refuse_unless_possible(activity: Activity, state: ActivityState) -> None:
    if not may_become(activity.state, state):
        text = f"Aktiviteten är {activity.get_state_display()} och kan inte bli {state.label}."
        raise Refusal(text, code="wrong_state")


def _refuse_without(text: str, why: str) -> None:
    if not text.strip():
        raise Refusal(why, code="no_words")


def _become(
    activity: Activity,
    state: ActivityState,
    by: User,
    at: dt.datetime | None,
    *,
    text: str = "",
    decision: Decision | None = None,
) -> None:
    activity.state = state
    activity.save()
    activity.events.create(state=state, text=text.strip(), decision=decision, by=by, at=at or timezone.now())
    activity.dialogue.collaboration.bump_public_version()


def _lock(activity: Activity) -> None:
    activity.refresh_from_db(from_queryset=Activity.objects.select_for_update(no_key=True))


def _lock_with_decision(activity: Activity) -> Decision | None:
    """Lock the decision that the activity rests on, then the activity. Whoever ends a decision locks in that order."""
    rests_on = Activity.objects.values_list("decision", flat=True).get(pk=activity.pk)
    decision = Decision.objects.select_for_update(no_key=True).filter(pk=rests_on).first()
    _lock(activity)
    return decision
