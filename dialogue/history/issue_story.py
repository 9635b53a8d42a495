"""The story of an issue in time, round by round: what people said, what was proposed, answered and done."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import get_language

from dialogue.external import outside_bodies
from dialogue.external.outside_bodies import UnansweredEnquiry
from dialogue.history.events.event_types import Event
from dialogue.history.events.rounds import rounds_of
from dialogue.history.issue_events import list_events
from dialogue.issues.quotes import PERSPECTIVES_PER_PAGE, InPeriod, PerspectiveLineage, QuoteDisplay, QuotePicker
from dialogue.models import Activity, Commitment, Decision, Issue, PartDecision, Round, round_on
from dialogue.models.dialogue import Texts
from dialogue.rules.activities import ENDS, Part
from dialogue.rules.decisions import OPEN, DecisionOutcome, PartState
from ostberga.lib.translations.languages import SOURCE, in_language


@dataclass(frozen=True)
class RoundStory:
    """One round: what was said in it, and its events."""

    round: Round
    quotes: QuoteDisplay
    events: tuple[Event, ...]


@dataclass(frozen=True)
class CurrentStatus:
    """Where the issue stands today, in short."""

    awaited: tuple[PartDecision, ...]  # bodies that have been asked and not answered
    refused: PartDecision | None  # the refusal, when it is the latest answer of the round
    going_on: tuple[Activity, ...]  # planned, running or paused activities of any round
    unanswered: tuple[UnansweredEnquiry, ...] = ()  # questions that bodies outside have not answered


@dataclass(frozen=True)
class IssueStory:
    """All that the public page of an issue tells."""

    now: CurrentStatus
    current: RoundStory
    earlier: tuple[RoundStory, ...]  # the latest first
    is_echo: bool  # nothing has been said in the current round yet: quotes of earlier rounds are shown
    earlier_titles: tuple[Texts, ...]  # what it was called before, in the language of the page

    @property
    def is_closed(self) -> bool:
        """Whether those who asked have their answer."""
        return self.current.round.is_closed


def build_story(issue: Issue) -> IssueStory:
    """The story of an issue as it can be told today. A constant number of queries."""
    lineage = PerspectiveLineage(issue.dialogue.collaboration)
    events = list_events([issue], lineage)[issue.pk]
    rounds = rounds_of(events)
    picker = QuotePicker(issue.dialogue, lineage, issue.links.values_list("perspective", flat=True))
    filters = [_filter_of(round_, rounds) for round_ in rounds]
    selections = [picker.select(when, per_page=PERSPECTIVES_PER_PAGE) for when in filters]
    everything = picker.select(per_page=PERSPECTIVES_PER_PAGE)
    stories = [
        RoundStory(round_, picker.display(selection, when), tuple(event for event in events if event.round == round_))
        for round_, selection, when in zip(rounds, selections, filters, strict=True)
    ]
    current = stories.pop()
    is_echo = bool(stories) and not current.quotes
    if is_echo or not stories:
        current = RoundStory(current.round, picker.display(everything), current.events)
    now = _current_status(issue, current.round)
    return IssueStory(now, current, tuple(reversed(stories)), is_echo, _earlier_titles(issue))


def _earlier_titles(issue: Issue) -> tuple[Texts, ...]:
    """The titles that differ, for a reader of the active language, from the present one and from each other."""
    language = get_language() or SOURCE
    titles = {in_language(former.title, language): former.title for former in issue.former_titles.all()}
    titles.pop(in_language(issue.title, language), None)
    return tuple(titles.values())


def _filter_of(round_: Round, rounds: list[Round]) -> InPeriod:
    """A filter that says whether quotes of a wave belong to the round, by the last day of the wave."""
    return lambda until: round_on(rounds, until) == round_


def build_quote_page(issue: Issue, number: int) -> QuoteDisplay:
    """One page of everything that was said about an issue in all its rounds; page `number` counts from 1."""
    lineage = PerspectiveLineage(issue.dialogue.collaboration)
    picker = QuotePicker(issue.dialogue, lineage, issue.links.values_list("perspective", flat=True))
    return picker.display(picker.select(per_page=PERSPECTIVES_PER_PAGE, page=number))


def _current_status(issue: Issue, current: Round) -> CurrentStatus:
    parts = PartDecision.objects.filter(
        answer__in=OPEN, decision__about__issue=issue, decision__outcome=DecisionOutcome.PENDING
    )
    leads = Prefetch("commitments", Commitment.objects.accepted().filter(part=Part.LEAD).select_related("organisation"))
    going_on = Activity.objects.public().filter(issue=issue).exclude(state__in=ENDS)
    return CurrentStatus(
        awaited=tuple(parts.select_related("organisation", "decision")),
        refused=_refusal(current),
        going_on=tuple(going_on.prefetch_related(leads, "events")),
        unanswered=tuple(outside_bodies.list_unanswered_about(issue, timezone.localdate())),
    )


def _refusal(current: Round) -> PartDecision | None:
    """The part that refused, if the latest settled decision of the round was refused."""
    settled = Decision.objects.filter(
        about__round=current, outcome__in=[DecisionOutcome.IN_FORCE, DecisionOutcome.REFUSED]
    )
    latest = settled.prefetch_related("parts__organisation").order_by("settled_on", "pk").last()
    if latest is None or latest.outcome != DecisionOutcome.REFUSED:
        return None
    return next((part for part in latest.parts.all() if part.answer == PartState.REFUSED), None)
