"""Read the facts that the rules of the staircase need, for many issues at once in a constant number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property

from django.db.models import Exists, OuterRef
from django.utils import timezone

from actors.models import Collaboration, CoordinatorAppointment, Partnership
from dialogue.issues.separate_forms import forms_apart
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
    """Return what an issue lacks for its next step on a day, today if none is given."""
    return missing_for(Step(issue.step), facts_of([issue.pk], on)[issue.pk], issue.dialogue.thresholds)


def facts_of(issues: Collection[int], on: dt.date | None = None) -> dict[int, IssueFacts]:
    """Return the facts of these issues, each in its current round, on a day."""
    gathered = _FactQueries(issues, on or timezone.localdate())
    return {issue: gathered.facts(issue) for issue in issues}


def missing_by_issue(
    issues: Mapping[int, int], limits: Thresholds, on: dt.date | None = None
) -> dict[int, list[Requirement]]:
    """Return what each issue lacks for its next step. `issues` maps the key of each issue to its step.

    Only the facts that the step of each issue needs are read.
    """
    gathered = _FactQueries(issues, on or timezone.localdate(), issues)
    return {issue: missing_for(Step(step), gathered.facts(issue), limits) for issue, step in issues.items()}


def missing_to_start(dialogue: Dialogue) -> list[Requirement]:
    """Return what is missing before the dialogue can begin."""
    partners = Partnership.objects.current().filter(collaboration=dialogue.collaboration_id)
    confirmed = list(partners.values_list("organisation__short_name", "confirmed_at").order_by("organisation__name"))
    active = CoordinatorAppointment.objects.coordinating().filter(collaboration=dialogue.collaboration_id)
    return missing_before_start(
        Readiness(
            partners=len(confirmed),
            unconfirmed=tuple(name for name, when in confirmed if when is None),
            has_coordinator=active.exists(),
            says_what_can_change=bool(dialogue.can_influence.get("sv") and dialogue.cannot_influence.get("sv")),
        )
    )


def _size(seats: Collection[str]) -> int:
    return len(seats)


class _FactQueries:
    """Reads the facts of some issues. Each property costs one or two queries, whatever the number of issues."""

    def __init__(self, issues: Collection[int], on: dt.date, steps: Mapping[int, int] | None = None) -> None:
        self.issues, self.on, self.steps = list(issues), on, steps

    def _at(self, *steps: Step) -> list[int]:
        """The issues at these steps; all issues when the steps are not given, since then every fact is wanted."""
        return [issue for issue in self.issues if self.steps is None or self.steps[issue] in steps]

    def _rounds_at(self, *steps: Step) -> list[int]:
        return [self.rounds[issue][0] for issue in self._at(*steps) if issue in self.rounds]

    def facts(self, issue: int) -> IssueFacts:
        """The facts of one issue."""
        bodies, activities = self.bodies[issue], self.activities[issue]
        return IssueFacts(
            perspectives=len(self.perspectives[issue]),
            roles=frozenset(self.roles.get(issue, ())),
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
    def rounds(self) -> dict[int, tuple[int, dt.date, int]]:
        """Each issue's current round: its key and its first day, and the key of its dialogue."""
        rounds = Round.objects.filter(issue__in=self.issues).order_by("number")
        return {row[0]: row[1:] for row in rounds.values_list("issue", "pk", "started_on", "issue__dialogue")}

    def _reaches_round(self, issue: int, day: dt.date | None) -> bool:
        """Whether something that lasted until `day` (None: still going on) reaches into the issue's current round."""
        return day is None or day >= self.rounds[issue][1]

    @cached_property
    def _root_of(self) -> dict[int, int]:
        """The standing perspective that each perspective has become."""
        collaborations = Collaboration.objects.filter(dialogues__issues__in=self._at(Step.INTERVIEWS))
        perspectives = Perspective.objects.filter(collaboration__in=collaborations)
        rows = perspectives.values_list("pk", "merged_into", "retired_at").order_by()
        merged = {key: into for key, into, _ in rows}
        standing = {key for key, into, retired in rows if into is None and retired is None}
        return {key: root for key, root in roots(merged).items() if root in standing}

    @cached_property
    def perspectives(self) -> dict[int, set[int]]:
        """The perspectives each issue rests on; a merged one counts as what it was merged into."""
        perspectives: dict[int, set[int]] = defaultdict(set)
        links = IssuePerspective.objects.filter(issue__in=self._at(Step.INTERVIEWS))
        for issue, perspective in links.values_list("issue", "perspective"):
            if perspective in self._root_of:
                perspectives[issue].add(self._root_of[perspective])
        return perspectives

    @cached_property
    def roles(self) -> dict[int, set[str]]:
        """The roles whose publishable statements of its round each issue rests on. «Okänd» does not count."""
        heard, apart = self._heard, self._forms_apart
        return {
            issue: {
                role
                for key in keys
                for role, until, form in heard[key]
                if form not in apart[issue] and self._reaches_round(issue, until)
            }
            for issue, keys in self.perspectives.items()
        }

    @property
    def _heard(self) -> dict[int, set[tuple[str, dt.date | None, int]]]:
        """The roles behind each perspective, each with the last day of its wave and its form."""
        wanted = {key for keys in self.perspectives.values() for key in keys}
        members = [key for key, root in self._root_of.items() if root in wanted]
        attachments = Attachment.objects.current().filter(
            perspective__in=members, statement__in=Statement.objects.publishable()
        )
        wave = "statement__wave"
        rows = attachments.exclude(statement__role=Role.UNKNOWN).values_list(
            "perspective", "statement__role", f"{wave}__closes_on", f"{wave}__survey"
        )
        heard: dict[int, set[tuple[str, dt.date | None, int]]] = defaultdict(set)
        for perspective, role, until, form in rows.distinct():
            heard[self._root_of[perspective]].add((role, until, form))
        return heard

    @property
    def _forms_apart(self) -> dict[int, frozenset[int]]:
        """For each issue the forms that are heard in another dialogue than its own."""
        dialogues = {issue: self.rounds[issue][2] for issue in self.perspectives}
        apart = forms_apart(dialogues.values())
        return {issue: apart[dialogue] for issue, dialogue in dialogues.items()}

    @cached_property
    def bodies(self) -> dict[int, dict[int, str]]:
        """The names of the concerned bodies of each issue, in order of name."""
        bodies: dict[int, dict[int, str]] = defaultdict(dict)
        issues = self._at(Step.INTERVIEWS, Step.REPORT)
        concerned = ConcernedBody.objects.filter(issue__in=issues).order_by("organisation__name")
        for issue, body, name in concerned.values_list("issue", "organisation", "organisation__name"):
            bodies[issue][body] = name
        return bodies

    @cached_property
    def reports(self) -> dict[int, set[int]]:
        """The reports that contain each issue and were published in its round."""
        reports: dict[int, set[int]] = defaultdict(set)
        held = PublishedReport.objects.standing().filter(issues__in=self._at(Step.REPORT))
        for issue, report, at in held.values_list("issues", "pk", "published_at"):
            if issue in self.rounds and self._reaches_round(issue, timezone.localdate(at)):
                reports[issue].add(report)
        return reports

    @cached_property
    def readers(self) -> dict[int, set[int]]:
        """The bodies that are not waited for: those that have read, and concerned ones outside the collaboration."""
        issues = self._at(Step.REPORT)
        read = ReadConfirmation.objects.filter(report__issues__in=issues).values_list("report", "organisation")
        by_report: dict[int, set[int]] = defaultdict(set)
        for report, body in read.distinct():
            by_report[report].add(body)
        inside = set(
            Partnership.objects.on(self.on)
            .filter(collaboration__in=Collaboration.objects.filter(dialogues__issues__in=issues))
            .values_list("organisation", flat=True)
        )
        outside = {body for bodies in self.bodies.values() for body in bodies} - inside
        return {issue: outside.union(*(by_report[report] for report in self.reports[issue])) for issue in self.issues}

    @cached_property
    def seats(self) -> dict[int, dict[int, set[str]]]:
        """The roles with a seat in each group of each issue that existed during its round."""
        seats: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        seat = "workinggroup__seats__"
        groups = WorkingGroup.issues.through.objects.filter(
            issue__in=self._at(Step.WORKING_GROUPS), workinggroup__started_on__lte=self.on
        )
        for issue, group, ended, role, since, until in groups.values_list(
            "issue", "workinggroup", "workinggroup__ended_on", f"{seat}role", f"{seat}since", f"{seat}until"
        ):
            if issue in self.rounds and self._reaches_round(issue, ended):
                holds = role is not None and since <= self.on and self._reaches_round(issue, until)
                seats[issue][group] |= {role} if holds else set()
        return seats

    @cached_property
    def met(self) -> set[int]:
        """The issues that a meeting with approved minutes has treated in their round."""
        meetings = Meeting.objects.approved().filter(issues__in=self._at(Step.WORKING_GROUPS))
        return {
            issue
            for issue, on in meetings.values_list("issues", "on")
            if issue in self.rounds and self._reaches_round(issue, on)
        }

    @cached_property
    def proposals(self) -> dict[int, list[bool]]:
        """For each proposal that a group stands behind: whether it names the bodies that must decide."""
        proposals: dict[int, list[bool]] = defaultdict(list)
        standing = Proposal.objects.standing().filter(round__in=self._rounds_at(Step.WORKING_GROUPS))
        names = Exists(Proposal.objects.filter(pk=OuterRef("pk"), deciders__isnull=False))
        for issue, named in standing.annotate(names=names).values_list("issue", "names"):
            proposals[issue].append(named)
        return proposals

    @cached_property
    def _parts(self) -> list[tuple[int, int, bool, bool, str]]:
        """For each part of each decision of the round: issue, decision, is in force, is awaited, name of the body.

        A decision without parts is included, with nobody awaited.
        """
        holds = Exists(Decision.objects.in_force(self.on).filter(pk=OuterRef("decision")))
        waits = Exists(PartDecision.objects.open().filter(pk=OuterRef("decision__parts")))
        about = DecidedIssue.objects.filter(round__in=self._rounds_at(Step.DECISION))
        rows = about.exclude(decision__outcome=DecisionOutcome.WITHDRAWN).annotate(holds=holds, waits=waits)
        body = "decision__parts__organisation__name"
        return list(rows.order_by(body).values_list("issue", "decision", "holds", "waits", body))

    @cached_property
    def decisions(self) -> dict[int, dict[int, bool]]:
        """For each decision asked for in the round: whether it is in force on the day."""
        decisions: dict[int, dict[int, bool]] = defaultdict(dict)
        for issue, decision, holds, _, _ in self._parts:
            decisions[issue][decision] = holds
        return decisions

    @cached_property
    def awaited(self) -> dict[int, list[str]]:
        """The names of the bodies that have not answered."""
        awaited: dict[int, list[str]] = defaultdict(list)
        for issue, _, _, waits, name in self._parts:
            if waits and name not in awaited[issue]:
                awaited[issue].append(name)
        return awaited

    @cached_property
    def activities(self) -> dict[int, list[tuple[str, str, bool]]]:
        """The activities of the round: title, state, and whether a body has accepted to lead it."""
        activities: dict[int, list[tuple[str, str, bool]]] = defaultdict(list)
        leads = Commitment.objects.accepted().filter(part=Part.LEAD, activity=OuterRef("pk"))
        keys = self._rounds_at(Step.DECISION, Step.IMPLEMENTATION)
        planned = Activity.objects.filter(round__in=keys).annotate(is_led=Exists(leads))
        for issue, title, state, is_led in planned.values_list("issue", "title", "state", "is_led"):
            activities[issue].append((title.get("sv", ""), state, is_led))
        return activities
