"""«Så gick det»: activities and answered decisions with what they came from, the latest first; filtered and paged."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from actors.models import Collaboration, Organisation
from dialogue.followers import better_questions
from dialogue.followers.better_questions import BetterFigures
from dialogue.groups.proposal_summary import ProposalSummary, summarise_proposal
from dialogue.history.results_filter import ResultsFilter
from dialogue.issues.quotes import PerspectiveLineage
from dialogue.models import Activity, ActivityEvent, Commitment, DecidedIssue, Decision, Dialogue, Issue, PartDecision
from dialogue.rules.activities import ENDS, ActivityState, Part
from dialogue.rules.decisions import DecisionOutcome, PartState

AGREED, REFUSED = "ja", "nej"
PER_PAGE = 20
# The states as an address writes them.
STATES = {
    "planerad": ActivityState.PLANNED,
    "pagar": ActivityState.RUNNING,
    "pausad": ActivityState.PAUSED,
    "klar": ActivityState.DONE,
    "utan-effekt": ActivityState.NO_EFFECT,
    "avbruten": ActivityState.CANCELLED,
    "ordinarie": ActivityState.HANDED_OVER,
}
ADDRESSES = {state.value: address for address, state in STATES.items()} | {AGREED: AGREED, REFUSED: REFUSED}


@dataclass(frozen=True)
class Result:
    """An activity, or a decision that was refused or waits for its activity, and what it came from."""

    issue: Issue
    on: dt.date  # the day of the last thing that happened to it
    state: str  # its state as an address writes it
    activity: Activity | None = None
    decision: Decision | None = None  # the decision that the activity rests on, or the one answered
    refused: PartDecision | None = None
    conditions: tuple[str, ...] = ()  # of a yes
    proposal: ProposalSummary | None = None
    bodies: tuple[Organisation, ...] = ()
    leads: tuple[Commitment, ...] = ()
    better: BetterFigures | None = None  # what followers of the issue answered when the activity had ended

    @property
    def focus(self) -> str:
        """The focus area as an address writes it."""
        area = self.activity.focus_area if self.activity else None
        return slugify(area.name) if area else ""

    @property
    def is_run_by_residents(self) -> bool:
        """Whether an association leads it."""
        return any(lead.organisation.kind == Organisation.Kind.ASSOCIATION for lead in self.leads)

    @property
    def is_over(self) -> bool:
        """Whether it has an outcome, of whatever kind."""
        return self.activity.state in ENDS if self.activity else self.state == REFUSED

    def matches(self, choice: ResultsFilter) -> bool:
        """Whether the filter lets it through."""
        return (
            choice.dialog in ("", self.issue.dialogue.slug)
            and choice.fokus in ("", self.focus)
            and choice.lage in ("", self.state)
            and (not choice.part or choice.part in {organisation.slug for organisation in self.bodies})
            and (not choice.boende or self.is_run_by_residents)
        )


@dataclass(frozen=True)
class IssueResults:
    """An issue and what has come of it."""

    issue: Issue
    results: tuple[Result, ...]


@dataclass(frozen=True)
class FilterOption:
    """Something that can be chosen in the filter form."""

    value: str
    name: str


@dataclass(frozen=True)
class ResultsPage:
    """One page of the filtered results, and the options of the filter form."""

    issues: tuple[IssueResults, ...]
    dialogues: tuple[Dialogue, ...]  # to choose among, when several have an address of their own
    areas: tuple[FilterOption, ...]
    bodies: tuple[FilterOption, ...]
    states: tuple[FilterOption, ...]
    choice: ResultsFilter
    is_empty: bool  # there are no results at all, whatever the filter
    pages: int  # the number of pages with this filter

    @property
    def previous(self) -> ResultsFilter | None:
        """The page before."""
        number = self.choice.page_number
        return self.choice.on_page(number - 1) if number > 1 else None

    @property
    def next(self) -> ResultsFilter | None:
        """The page after."""
        number = self.choice.page_number
        return self.choice.on_page(number + 1) if number < self.pages else None

    @property
    def has_valid_filter(self) -> bool:
        """Whether the page exists and every chosen value is an option of the form."""
        return 1 <= self.choice.page_number <= self.pages and all(
            not value or value in {option.value for option in options}
            for value, options in (
                (self.choice.dialog, tuple(FilterOption(each.slug, str(each)) for each in self.dialogues)),
                (self.choice.fokus, self.areas),
                (self.choice.part, self.bodies),
                (self.choice.lage, self.states),
                (self.choice.boende, (FilterOption("ja", ""),)),
            )
        )


def build_page(collaboration: Collaboration, choice: ResultsFilter) -> ResultsPage:
    """One page of the results of all dialogues of a collaboration. A constant number of queries."""
    results = list_results(collaboration)
    matching = [result for result in results if result.matches(choice)]
    newest = {result.issue.pk: result.on for result in reversed(matching)}
    matching.sort(key=lambda result: (newest[result.issue.pk], result.issue.pk), reverse=True)
    pages, begin = max(1, -(-len(matching) // PER_PAGE)), PER_PAGE * (choice.page_number - 1)
    on_page = _with_details(collaboration, matching[begin : begin + PER_PAGE] if begin >= 0 else [])
    by_issue = groupby(on_page, key=lambda result: result.issue)
    present = {result.state for result in results}
    return ResultsPage(
        issues=tuple(IssueResults(issue, tuple(some)) for issue, some in by_issue),
        dialogues=tuple(collaboration.dialogues.begun().filter(has_own_address=True).order_by("pk")),
        areas=_options(_focus_areas(results)),
        bodies=_options({body.slug: str(body) for result in results for body in result.bodies}),
        states=tuple(FilterOption(address, name) for address, name in _state_names() if address in present),
        choice=choice,
        is_empty=not results,
        pages=pages,
    )


def _focus_areas(results: Iterable[Result]) -> dict[str, str]:
    """The names of the focus areas, by how an address writes them."""
    activities = [(result.focus, result.activity) for result in results]
    return {focus: activity.focus_area.name for focus, activity in activities if activity and activity.focus_area}


def _state_names() -> Iterable[tuple[str, str]]:
    yield from ((address, str(state.label)) for address, state in STATES.items())
    yield AGREED, str(_("svaret blev ja"))
    yield REFUSED, str(_("svaret blev nej"))


def _options(names: Mapping[str, str]) -> tuple[FilterOption, ...]:
    return tuple(FilterOption(value, name) for value, name in sorted(names.items(), key=lambda pair: pair[1].lower()))


def list_latest(collaboration: Collaboration, number: int = 3, apart: Collection[int] = ()) -> list[Result]:
    """The latest results that have an outcome: done, refused and without effect alike; none of dialogues `apart`."""
    over = (result for result in list_results(collaboration) if result.is_over)
    return [result for result in over if result.issue.dialogue_id not in apart][:number]


def _with_details(collaboration: Collaboration, results: list[Result]) -> list[Result]:
    """The same results with proposals and answers to «har det blivit bättre?»; only for those that are shown."""
    lineage = PerspectiveLineage(collaboration)
    decisions = Decision.objects.filter(pk__in=[result.decision.pk for result in results if result.decision])
    related = (
        decisions.select_related("proposal__issue").prefetch_related("proposal__sides", "proposal__positions").in_bulk()
    )
    results = [
        replace(result, proposal=_public_proposal(related[result.decision.pk], lineage)) if result.decision else result
        for result in results
    ]
    figures = better_questions.figures_by_activity([result.activity.pk for result in results if result.activity])
    return [
        replace(result, better=figures.get(result.activity.pk)) if result.activity else result for result in results
    ]


def list_results(collaboration: Collaboration) -> list[Result]:
    """All results that residents may read of, the latest first. Proposals and `better` are not filled in."""
    results = [*_activity_results(collaboration), *_answers(collaboration)]
    return sorted(results, key=lambda result: (result.on, result.issue.pk), reverse=True)


def _activity_results(collaboration: Collaboration) -> Iterable[Result]:
    activities = Activity.objects.public().filter(dialogue__in=collaboration.dialogues.begun())
    last_news = Subquery(ActivityEvent.objects.filter(activity=OuterRef("pk")).order_by("-at").values("at")[:1])
    accepted = Prefetch("commitments", Commitment.objects.accepted().select_related("organisation"))
    related = ("issue__dialogue__collaboration", "focus_area", "decision", "started_under")
    annotated = activities.annotate(last_news=last_news).select_related(*related)
    for activity in annotated.prefetch_related(accepted):
        commitments = list(activity.commitments.all())
        last = activity.last_news or activity.planned_at  # type: ignore[attr-defined]
        yield Result(
            issue=activity.issue,
            on=activity.ended_on or timezone.localdate(last),
            state=ADDRESSES[activity.state],
            activity=activity,
            decision=activity.started_under or activity.decision,
            bodies=tuple(commitment.organisation for commitment in commitments),
            leads=tuple(commitment for commitment in commitments if commitment.part == Part.LEAD),
        )


def _answers(collaboration: Collaboration) -> Iterable[Result]:
    """Decisions that were refused, or are in force without an activity to show; one result for each public issue."""
    shown = Activity.objects.public().filter(decision__isnull=False).values("decision")
    answered = Q(outcome=DecisionOutcome.REFUSED) | Q(outcome=DecisionOutcome.IN_FORCE) & ~Q(pk__in=shown)
    decisions = Decision.objects.filter(answered, dialogue__in=collaboration.dialogues.begun())
    about = DecidedIssue.objects.filter(decision__in=decisions, issue__published_at__isnull=False)
    related = about.select_related("issue__dialogue__collaboration", "decision")
    for link in related.order_by("pk").prefetch_related("decision__parts__organisation"):
        parts, is_refused = list(link.decision.parts.all()), link.decision.outcome == DecisionOutcome.REFUSED
        yield Result(
            issue=link.issue,
            on=link.decision.settled_on or timezone.localdate(link.decision.requested_at),
            state=REFUSED if is_refused else AGREED,
            decision=link.decision,
            conditions=() if is_refused else tuple(link.decision.conditions),
            refused=next((part for part in parts if part.answer == PartState.REFUSED), None),
            bodies=tuple(part.organisation for part in parts),
        )


def _public_proposal(decision: Decision, lineage: PerspectiveLineage) -> ProposalSummary | None:
    """The proposal that the decision answers, if a group stood behind it and its issue is public."""
    proposal = decision.proposal
    if proposal is None or proposal.stands_since is None or proposal.issue.published_at is None:
        return None
    return summarise_proposal(proposal, lineage)
