"""Backwards from an activity: the decision it rests on, the proposal, the perspectives and what people said."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.text import slugify

from dialogue.groups import proposal_summary
from dialogue.groups.proposal_summary import ProposalSummary
from dialogue.history.results import Choice
from dialogue.issues.quotes import PerspectiveLineage, QuoteDisplay, QuotePicker
from dialogue.models import Activity, ActivityEvent, Commitment, Decision, IssuePerspective, Proposal
from dialogue.rules.activities import ActivityState, Part


@dataclass(frozen=True)
class News:
    """Something told about the activity."""

    event: ActivityEvent
    is_again: bool  # it goes on after a pause


@dataclass(frozen=True)
class Chain:
    """All that an activity comes from, and how it went."""

    activity: Activity
    leads: tuple[Commitment, ...]
    partners: tuple[Commitment, ...]
    news: tuple[News, ...]
    decisions: tuple[Decision, ...]  # with their parts, the first asked for first; an earlier one may be superseded
    proposal: ProposalSummary | None
    said: QuoteDisplay

    @property
    def focus_url(self) -> str:
        """All that belongs to the same focus area; empty when it has none."""
        area, slug = self.activity.focus_area, self.activity.dialogue.collaboration.slug
        return Choice(fokus=slugify(area.name)).url(slug) if area else ""


def of(activity: Activity) -> Chain:
    """The chain behind an activity as it can be told today. A constant number of queries."""
    lineage = PerspectiveLineage(activity.dialogue.collaboration)
    decisions = _decisions(activity)
    proposal = _proposal(decisions)
    told = proposal_summary.summarise_proposal(proposal, lineage) if proposal else None
    sides = told.answers + told.against if told else ()
    keys = [one.pk for one in sides] or list(
        IssuePerspective.objects.filter(issue=activity.issue_id).values_list("perspective", flat=True)
    )
    promises = list(activity.commitments.accepted().select_related("organisation"))
    return Chain(
        activity=activity,
        leads=tuple(one for one in promises if one.part == Part.LEAD),
        partners=tuple(one for one in promises if one.part == Part.PARTNER),
        news=_news(activity),
        decisions=decisions,
        proposal=told,
        said=QuotePicker(lineage, keys).display(),
    )


def _news(activity: Activity) -> tuple[News, ...]:
    found, has_begun = [], False
    for event in activity.events.all():
        found.append(News(event, has_begun))
        has_begun = has_begun or event.state == ActivityState.RUNNING
    return tuple(found)


def _decisions(activity: Activity) -> tuple[Decision, ...]:
    """The decision it rests on, those that one replaced, and those that have been asked for instead."""
    chosen = activity.started_under_id or activity.decision_id
    if chosen is None:
        return ()
    beside: dict[int, list[int]] = defaultdict(list)
    replacing = Decision.objects.filter(dialogue=activity.dialogue_id, supersedes__isnull=False)
    for later, earlier in replacing.values_list("pk", "supersedes"):
        if earlier is not None:
            beside[later].append(earlier)
            beside[earlier].append(later)
    found, waiting = {chosen}, [chosen]
    while waiting:
        new = set(beside[waiting.pop()]) - found
        found |= new
        waiting += new
    related = Decision.objects.filter(pk__in=found).prefetch_related("parts__organisation")
    return tuple(related.order_by("requested_at", "pk"))


def _proposal(decisions: tuple[Decision, ...]) -> Proposal | None:
    """What the latest of the decisions answers, if a group stood behind it and its issue is public."""
    keys = [one.proposal_id for one in decisions if one.proposal_id is not None]
    public = Proposal.objects.filter(pk__in=keys, stands_since__isnull=False, issue__published_at__isnull=False)
    sides = public.select_related("group").prefetch_related("sides", "positions__seat")
    return max(sides, key=lambda one: keys.index(one.pk), default=None)
