"""The chain behind an activity: the decision it rests on, the proposal, the perspectives and what people said."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.text import slugify

from dialogue.groups.proposal_summary import ProposalSummary, summarise_proposal
from dialogue.history.results_filter import ResultsFilter
from dialogue.issues.quotes import PerspectiveLineage, QuoteDisplay, QuotePicker
from dialogue.models import Activity, ActivityEvent, Commitment, Decision, IssuePerspective, Proposal, QuestionTransfer
from dialogue.rules.activities import ActivityState, Part


@dataclass(frozen=True)
class ActivityNews:
    """An event of the activity."""

    event: ActivityEvent
    is_resumed: bool  # the activity had begun before


@dataclass(frozen=True)
class ActivityChain:
    """What an activity comes from, and how it went."""

    activity: Activity
    leads: tuple[Commitment, ...]
    partners: tuple[Commitment, ...]
    news: tuple[ActivityNews, ...]
    decisions: tuple[Decision, ...]  # with their parts, the first requested first; some may be superseded
    proposal: ProposalSummary | None
    quotes: QuoteDisplay

    @property
    def focus_url(self) -> str:
        """The address of all results in the same focus area; empty when the activity has none."""
        area, slug = self.activity.focus_area, self.activity.dialogue.collaboration.slug
        return ResultsFilter(fokus=slugify(area.name)).url(slug) if area else ""


def build_chain(activity: Activity) -> ActivityChain:
    """The chain behind an activity as it can be told today. A constant number of queries."""
    lineage = PerspectiveLineage(activity.dialogue.collaboration)
    decisions = _decisions(activity)
    proposal = _proposal(decisions)
    summary = summarise_proposal(proposal, lineage) if proposal else None
    sides = summary.answers + summary.against if summary else ()
    keys = [perspective.pk for perspective in sides] or list(
        IssuePerspective.objects.filter(issue=activity.issue_id).values_list("perspective", flat=True)
    )
    commitments = list(
        activity.commitments.accepted().select_related("organisation", "mandate__registry_change", "registry_change")
    )
    return ActivityChain(
        activity=activity,
        leads=tuple(commitment for commitment in commitments if commitment.part == Part.LEAD),
        partners=tuple(commitment for commitment in commitments if commitment.part == Part.PARTNER),
        news=_news(activity),
        decisions=decisions,
        proposal=summary,
        quotes=QuotePicker(activity.dialogue, lineage, keys).display(),
    )


def _news(activity: Activity) -> tuple[ActivityNews, ...]:
    news, has_begun = [], False
    for event in activity.events.all():
        news.append(ActivityNews(event, has_begun))
        has_begun = has_begun or event.state == ActivityState.RUNNING
    return tuple(news)


def _decisions(activity: Activity) -> tuple[Decision, ...]:
    """The decision it rests on, and all decisions linked to that by `supersedes`, in either direction."""
    decision = activity.started_under_id or activity.decision_id
    if decision is None:
        return ()
    linked: dict[int, list[int]] = defaultdict(list)
    replacing = Decision.objects.filter(dialogue=activity.dialogue_id, supersedes__isnull=False)
    for later, earlier in replacing.values_list("pk", "supersedes"):
        if earlier is not None:
            linked[later].append(earlier)
            linked[earlier].append(later)
    keys, unvisited = {decision}, [decision]
    while unvisited:
        new = set(linked[unvisited.pop()]) - keys
        keys |= new
        unvisited += new
    related = Decision.objects.filter(pk__in=keys).prefetch_related(
        "parts__organisation",
        "parts__mandate__registry_change",
        Prefetch("parts__transfers", QuestionTransfer.objects.with_words()),
    )
    return tuple(related.order_by("requested_at", "pk"))


def _proposal(decisions: tuple[Decision, ...]) -> Proposal | None:
    """The proposal that the latest of the decisions answers, if a group stood behind it and its issue is public."""
    keys = [decision.proposal_id for decision in decisions if decision.proposal_id is not None]
    public = Proposal.objects.filter(pk__in=keys, stands_since__isnull=False, issue__published_at__isnull=False)
    proposals = public.select_related("group").prefetch_related("sides", "positions", "deciders__organisation")
    return max(proposals, key=lambda proposal: keys.index(proposal.pk), default=None)
