"""The story of an issue in time, round by round: what people said, what was proposed, answered and done."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone

from dialogue.external import outside_bodies
from dialogue.external.outside_bodies import UnansweredEnquiry
from dialogue.history import issue_events
from dialogue.history.issue_events import Event
from dialogue.issues.quotes import PERSPECTIVES_PER_PAGE, InPeriod, PerspectiveLineage, QuoteDisplay, QuotePicker
from dialogue.models import Activity, Commitment, Decision, Issue, PartDecision, Round, round_on
from dialogue.rules.activities import ENDS, Part
from dialogue.rules.decisions import OPEN, DecisionOutcome


@dataclass(frozen=True)
class Chapter:
    """One round: what was said in it, and what came of that."""

    round: Round
    told: QuoteDisplay
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Now:
    """Where the issue stands today, for one who has no time to read it all."""

    awaited: tuple[PartDecision, ...]  # bodies that have been asked and not answered
    refused: PartDecision | None  # the no that nothing has come instead of
    going_on: tuple[Activity, ...]  # what is planned, runs or pauses, of any round
    unanswered: tuple[UnansweredEnquiry, ...] = ()  # what bodies outside have been asked and not answered


@dataclass(frozen=True)
class Story:
    """All that the public page of an issue tells."""

    now: Now
    current: Chapter
    earlier: tuple[Chapter, ...]  # the latest first
    is_echo: bool  # nothing has been said in this round yet; what is told was said before

    @property
    def is_closed(self) -> bool:
        """Whether those who asked have their answer."""
        return self.current.round.is_closed


def of(issue: Issue) -> Story:
    """The story of an issue as it can be told today. A constant number of queries."""
    lineage = PerspectiveLineage(issue.dialogue.collaboration)
    events = issue_events.of([issue], lineage)[issue.pk]
    rounds = list({event.round.pk: event.round for event in events if event.kind == "round"}.values())
    said = QuotePicker(lineage, issue.links.values_list("perspective", flat=True))
    rounds.sort(key=_number)
    times = [_time_of(one, rounds) for one in rounds]
    picks, everything = (
        [said.select(when, per_page=PERSPECTIVES_PER_PAGE) for when in times],
        said.select(per_page=PERSPECTIVES_PER_PAGE),
    )
    chapters = [
        Chapter(one, said.display(pick, when), tuple(event for event in events if event.round == one))
        for one, pick, when in zip(rounds, picks, times, strict=True)
    ]
    current = chapters.pop()
    is_echo = bool(chapters) and not current.told
    if is_echo or not chapters:
        current = Chapter(current.round, said.display(everything), current.events)
    return Story(_now(issue, current.round), current, tuple(reversed(chapters)), is_echo)


def _number(one: Round) -> int:
    return one.number


def _time_of(one: Round, rounds: list[Round]) -> InPeriod:
    """Whether something said in a time that lasted until a day belongs to the round."""
    return lambda until: round_on(rounds, until) == one


def all_said(issue: Issue, number: int) -> QuoteDisplay:
    """Everything that was said about an issue in all its rounds, some perspectives at a time; `number` from 1."""
    said = QuotePicker(
        PerspectiveLineage(issue.dialogue.collaboration), issue.links.values_list("perspective", flat=True)
    )
    return said.display(said.select(per_page=PERSPECTIVES_PER_PAGE, page=number))


def _now(issue: Issue, current: Round) -> Now:
    parts = PartDecision.objects.filter(
        answer__in=OPEN, decision__about__issue=issue, decision__outcome=DecisionOutcome.PENDING
    )
    leads = Prefetch("commitments", Commitment.objects.accepted().filter(part=Part.LEAD).select_related("organisation"))
    going_on = Activity.objects.public().filter(issue=issue).exclude(state__in=ENDS)
    return Now(
        awaited=tuple(parts.select_related("organisation", "decision")),
        refused=_refused(current),
        going_on=tuple(going_on.prefetch_related(leads)),
        unanswered=tuple(outside_bodies.list_unanswered_about(issue, timezone.localdate())),
    )


def _refused(current: Round) -> PartDecision | None:
    """The latest answer of the round, if it is a no."""
    decided = Decision.objects.filter(
        about__round=current, outcome__in=[DecisionOutcome.IN_FORCE, DecisionOutcome.REFUSED]
    )
    latest = decided.prefetch_related("parts__organisation").order_by("settled_on", "pk").last()
    if latest is None or latest.outcome != DecisionOutcome.REFUSED:
        return None
    return next((part for part in latest.parts.all() if part.answer == "refused"), None)
