"""What the staircase's rules need to know, gathered for many issues at once. The number of queries is constant."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property

from django.db.models import Exists, OuterRef
from django.utils import timezone

from actors.models import Collaboration, Partnership
from dialogue.models import (
    Activity,
    Commitment,
    ConcernedBody,
    DecidedIssue,
    Decision,
    Dialogue,
    Issue,
    IssuePerspective,
    Meeting,
    PartDecision,
    Proposal,
    PublishedReport,
    ReadConfirmation,
    Round,
    WorkingGroup,
)
from dialogue.rules.activities import ENDS, ActivityState, Part
from dialogue.rules.decisions import DecisionOutcome
from dialogue.rules.staircase import (
    IssueFacts,
    Readiness,
    Requirement,
    Step,
    Thresholds,
    missing_before_start,
    missing_for,
)
from surveys.models import Attachment, Perspective, Statement
from surveys.rules.lineage import roots
from surveys.rules.roles import Role


def missing_requirements(issue: Issue, on: dt.date | None = None) -> list[Requirement]:
    """What stands in the way of the issue's next step, as things are on a day."""
    return missing_for(Step(issue.step), facts_of([issue.pk], on)[issue.pk], issue.dialogue.thresholds)


def facts_of(issues: Collection[int], on: dt.date | None = None) -> dict[int, IssueFacts]:
    """The facts of these issues, each in its current round, as they are on a day."""
    gathered = _FactQueries(issues, on or timezone.localdate())
    return {issue: gathered.facts(issue) for issue in issues}


def missing_by_issue(
    issues: Mapping[int, int], limits: Thresholds, on: dt.date | None = None
) -> dict[int, list[Requirement]]:
    """What stands in the way of each of these issues, by the step it stands at.

    Only what the gate of its own step needs is asked for, so that many issues cost little.
    """
    gathered = _FactQueries(issues, on or timezone.localdate(), issues)
    return {issue: missing_for(Step(step), gathered.facts(issue), limits) for issue, step in issues.items()}


def missing_to_start(dialogue: Dialogue) -> list[Requirement]:
    """What stands in the way of the dialogue's first step."""
    partners = Partnership.objects.current().filter(collaboration=dialogue.collaboration_id)
    confirmed = list(partners.values_list("organisation__name", "confirmed_at").order_by("organisation__name"))
    active = Collaboration.objects.filter(pk=dialogue.collaboration_id, appointments__ended_on__isnull=True)
    return missing_before_start(
        Readiness(
            partners=len(confirmed),
            unconfirmed=tuple(name for name, when in confirmed if when is None),
            has_coordinator=active.filter(appointments__isnull=False).exists(),
            says_what_can_change=bool(dialogue.can_influence.get("sv") and dialogue.cannot_influence.get("sv")),
        )
    )


def _size(seats: Collection[str]) -> int:
    return len(seats)


class _FactQueries:
    """One round of asking the database. Each property is a query or two, whatever the number of issues."""

    def __init__(self, issues: Collection[int], on: dt.date, steps: Mapping[int, int] | None = None) -> None:
        self.issues, self.on, self.steps = list(issues), on, steps

    def _at(self, *steps: Step) -> list[int]:
        """The issues at these steps; all of them when everything is to be known about each."""
        return [one for one in self.issues if self.steps is None or self.steps[one] in steps]

    def _rounds_at(self, *steps: Step) -> list[int]:
        return [self.rounds[one][0] for one in self._at(*steps) if one in self.rounds]

    def facts(self, issue: int) -> IssueFacts:
        """All that is known about one of them."""
        bodies, activities = self.bodies[issue], self.activities[issue]
        return IssueFacts(
            perspectives=len(self.perspectives[issue]),
            roles=frozenset(self.roles[issue]),
            concerned_bodies=len(bodies),
            in_published_report=bool(self.reports[issue]),
            unread_by=tuple(name for body, name in bodies.items() if body not in self.readers[issue]),
            groups=len(self.seats[issue]),
            seats=frozenset(max(self.seats[issue].values(), key=_size, default=())),
            has_met=issue in self.met,
            proposals=len(self.proposals[issue]),
            names_deciders=any(self.proposals[issue]),
            decisions=len(self.decisions[issue]),
            in_force=any(self.decisions[issue].values()),
            awaited=tuple(self.awaited[issue]),
            planned=sum(1 for _, state, is_led in activities if is_led and state != ActivityState.CANCELLED),
            going_on=tuple(title for title, state, _ in activities if state not in ENDS),
        )

    @cached_property
    def rounds(self) -> dict[int, tuple[int, dt.date]]:
        """Each issue's current round: its key and its first day."""
        rounds = Round.objects.filter(issue__in=self.issues).order_by("number")
        return {issue: (key, start) for issue, key, start in rounds.values_list("issue", "pk", "started_on")}

    def _begun(self, issue: int, day: dt.date | None) -> bool:
        """Whether something that lasted until `day` reaches into the issue's current round."""
        return day is None or day >= self.rounds[issue][1]

    @cached_property
    def _now(self) -> dict[int, int]:
        """What each perspective has become."""
        place = Collaboration.objects.filter(dialogues__issues__in=self._at(Step.INTERVIEWS))
        within = Perspective.objects.filter(collaboration__in=place)
        found = within.values_list("pk", "merged_into", "retired_at").order_by()
        merged = {key: into for key, into, _ in found}
        standing = {key for key, into, retired in found if into is None and retired is None}
        return {key: root for key, root in roots(merged).items() if root in standing}

    @cached_property
    def perspectives(self) -> dict[int, set[int]]:
        """What each issue rests on; a perspective that was merged counts as what it became."""
        found: dict[int, set[int]] = defaultdict(set)
        links = IssuePerspective.objects.filter(issue__in=self._at(Step.INTERVIEWS))
        for issue, one in links.values_list("issue", "perspective"):
            if one in self._now:
                found[issue].add(self._now[one])
        return found

    @cached_property
    def roles(self) -> dict[int, set[str]]:
        """Whose confirmed statements each issue rests on, of those heard in its round. «Okänd» does not count."""
        wanted = {key for its in self.perspectives.values() for key in its}
        members = [key for key, root in self._now.items() if root in wanted]
        rests = (
            Attachment.objects.current()
            .filter(perspective__in=members, statement__in=Statement.objects.publishable())
            .exclude(statement__role=Role.UNKNOWN)
        )
        heard: dict[int, set[tuple[str, dt.date | None]]] = defaultdict(set)
        for one, role, until in rests.values_list(
            "perspective", "statement__role", "statement__wave__closes_on"
        ).distinct():
            heard[self._now[one]].add((role, until))
        found: dict[int, set[str]] = defaultdict(set)
        for issue, its in self.perspectives.items():
            found[issue] = {role for one in its for role, until in heard[one] if self._begun(issue, until)}
        return found

    @cached_property
    def bodies(self) -> dict[int, dict[int, str]]:
        """The concerned bodies of each issue, by name."""
        found: dict[int, dict[int, str]] = defaultdict(dict)
        asked = self._at(Step.INTERVIEWS, Step.REPORT)
        concerned = ConcernedBody.objects.filter(issue__in=asked).order_by("organisation__name")
        for issue, body, name in concerned.values_list("issue", "organisation", "organisation__name"):
            found[issue][body] = name
        return found

    @cached_property
    def reports(self) -> dict[int, set[int]]:
        """Reports published in each issue's round that hold it."""
        found: dict[int, set[int]] = defaultdict(set)
        held = PublishedReport.objects.standing().filter(issues__in=self._at(Step.REPORT))
        for issue, report, at in held.values_list("issues", "pk", "published_at"):
            if issue in self.rounds and self._begun(issue, timezone.localdate(at)):
                found[issue].add(report)
        return found

    @cached_property
    def readers(self) -> dict[int, set[int]]:
        """Bodies that need not read: those outside the collaboration, and those that have."""
        asked = self._at(Step.REPORT)
        read = ReadConfirmation.objects.filter(report__issues__in=asked).values_list("report", "organisation")
        by_report: dict[int, set[int]] = defaultdict(set)
        for report, body in read.distinct():
            by_report[report].add(body)
        inside = set(
            Partnership.objects.on(self.on)
            .filter(collaboration__in=Collaboration.objects.filter(dialogues__issues__in=asked))
            .values_list("organisation", flat=True)
        )
        outside = {body for its in self.bodies.values() for body in its} - inside
        return {issue: outside.union(*(by_report[report] for report in self.reports[issue])) for issue in self.issues}

    @cached_property
    def seats(self) -> dict[int, dict[int, set[str]]]:
        """The groups of each issue that have met in its round or still may, and who sits in them."""
        found: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        seat = "workinggroup__seats__"
        groups = WorkingGroup.issues.through.objects.filter(
            issue__in=self._at(Step.WORKING_GROUPS), workinggroup__started_on__lte=self.on
        )
        for issue, group, ended, role, since, until in groups.values_list(
            "issue", "workinggroup", "workinggroup__ended_on", f"{seat}role", f"{seat}since", f"{seat}until"
        ):
            if issue in self.rounds and self._begun(issue, ended):
                holds = role is not None and since <= self.on and self._begun(issue, until)
                found[issue][group] |= {role} if holds else set()
        return found

    @cached_property
    def met(self) -> set[int]:
        """Issues that an approved meeting has treated in their round."""
        meetings = Meeting.objects.approved().filter(issues__in=self._at(Step.WORKING_GROUPS))
        return {
            issue
            for issue, on in meetings.values_list("issues", "on")
            if issue in self.rounds and self._begun(issue, on)
        }

    @cached_property
    def proposals(self) -> dict[int, list[bool]]:
        """For each proposal a group stands behind: whether it names who must decide."""
        found: dict[int, list[bool]] = defaultdict(list)
        standing = Proposal.objects.standing().filter(round__in=self._rounds_at(Step.WORKING_GROUPS))
        names = Exists(Proposal.objects.filter(pk=OuterRef("pk"), deciders__isnull=False))
        for issue, named in standing.annotate(names=names).values_list("issue", "names"):
            found[issue].append(named)
        return found

    @cached_property
    def _asked(self) -> list[tuple[int, int, bool, bool, str]]:
        """For each part of each decision of the round: whether the whole holds, and whether its body is awaited.

        A decision without parts is there too, with nobody awaited.
        """
        holds = Exists(Decision.objects.in_force(self.on).filter(pk=OuterRef("decision")))
        waits = Exists(PartDecision.objects.open().filter(pk=OuterRef("decision__parts")))
        about = DecidedIssue.objects.filter(round__in=self._rounds_at(Step.DECISION))
        asked = about.exclude(decision__outcome=DecisionOutcome.WITHDRAWN).annotate(holds=holds, waits=waits)
        body = "decision__parts__organisation__name"
        return list(asked.order_by(body).values_list("issue", "decision", "holds", "waits", body))

    @cached_property
    def decisions(self) -> dict[int, dict[int, bool]]:
        """For each decision asked for in the round: whether it is in force on the day."""
        found: dict[int, dict[int, bool]] = defaultdict(dict)
        for issue, decision, holds, _, _ in self._asked:
            found[issue][decision] = holds
        return found

    @cached_property
    def awaited(self) -> dict[int, list[str]]:
        """Bodies whose answer is missing."""
        found: dict[int, list[str]] = defaultdict(list)
        for issue, _, _, waits, name in self._asked:
            if waits and name not in found[issue]:
                found[issue].append(name)
        return found

    @cached_property
    def activities(self) -> dict[int, list[tuple[str, str, bool]]]:
        """The activities of the round: title, state, and whether a body has said yes to lead it."""
        found: dict[int, list[tuple[str, str, bool]]] = defaultdict(list)
        leads = Commitment.objects.accepted().filter(part=Part.LEAD, activity=OuterRef("pk"))
        keys = self._rounds_at(Step.DECISION, Step.IMPLEMENTATION)
        planned = Activity.objects.filter(round__in=keys).annotate(is_led=Exists(leads))
        for issue, title, state, is_led in planned.values_list("issue", "title", "state", "is_led"):
            found[issue].append((title.get("sv", ""), state, is_led))
        return found
