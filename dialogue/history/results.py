"""Så gick det: what was said, decided and done, with all honest ends, the latest that happened first."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from itertools import groupby

from django.db.models import OuterRef, Prefetch, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from actors.models import Collaboration, Organisation
from dialogue.followers import better_questions
from dialogue.followers.better_questions import BetterFigures
from dialogue.groups.proposal_summary import ProposalSummary, summarise_proposal
from dialogue.issues.quotes import PerspectiveLineage
from dialogue.models import Activity, ActivityEvent, Commitment, DecidedIssue, Decision, Issue, PartDecision
from dialogue.rules.activities import ENDS, ActivityState, Part
from dialogue.rules.decisions import DecisionOutcome, PartState

REFUSED = "nej"
PER_PAGE = 20
PAGES = frozenset(str(number) for number in range(2, 1000))
# The states as they stand in an address.
STATES = {
    "planerad": ActivityState.PLANNED,
    "pagar": ActivityState.RUNNING,
    "pausad": ActivityState.PAUSED,
    "klar": ActivityState.DONE,
    "utan-effekt": ActivityState.NO_EFFECT,
    "avbruten": ActivityState.CANCELLED,
    "ordinarie": ActivityState.HANDED_OVER,
}
WORDS = {state.value: address for address, state in STATES.items()} | {REFUSED: REFUSED}


@dataclass(frozen=True)
class Choice:
    """What somebody wants to see. It is a part of the address, so that the page can be kept and sent to a friend."""

    fokus: str = ""  # a focus area, as an address writes its name
    part: str = ""  # a body
    lage: str = ""  # a state
    boende: str = ""  # «ja»: only what residents run
    sida: str = ""  # which page of it, from «2»

    def __bool__(self) -> bool:
        """Whether anything was chosen."""
        return any(vars(self).values())

    @property
    def number(self) -> int:
        """Which page; 0 when nobody would write it so."""
        if not self.sida:
            return 1
        return int(self.sida) if self.sida in PAGES else 0

    def turned(self, number: int) -> "Choice":
        """The same, on another page."""
        return replace(self, sida=str(number) if number > 1 else "")

    @property
    def words(self) -> str:
        """As the address has it: «fokus-trygg-och-hel.lage-klar»."""
        return ".".join(f"{name}-{value}" for name, value in vars(self).items() if value)

    def url(self, slug: str) -> str:
        """Where this is shown."""
        if not self:
            return reverse("dialogue:results", args=[slug])
        return reverse("dialogue:results-chosen", args=[slug, self.words])

    @classmethod
    def read(cls, words: str) -> "Choice | None":
        """What an address asks for; None when nobody would write it so."""
        found = cls.picked(dict(part.split("-", 1) for part in words.split(".") if "-" in part))
        return found if found.words == words else None

    @classmethod
    def picked(cls, query: Mapping[str, str]) -> "Choice":
        """What was picked in the form."""
        return cls(**{field.name: str(query.get(field.name, ""))[:140] for field in fields(cls)})


@dataclass(frozen=True)
class Result:
    """Something done, under way or refused, and what it came from."""

    issue: Issue
    on: dt.date  # when something last happened to it
    address: str  # its state as an address writes it
    activity: Activity | None = None
    decision: Decision | None = None  # that it rests on, or that became a no
    refused: PartDecision | None = None
    told: ProposalSummary | None = None
    bodies: tuple[Organisation, ...] = ()
    leads: tuple[Organisation, ...] = ()
    better: BetterFigures | None = None  # what those who follow the issue said when it was done

    @property
    def focus(self) -> str:
        """The focus area as an address writes it."""
        area = self.activity.focus_area if self.activity else None
        return slugify(area.name) if area else ""

    @property
    def is_run_by_residents(self) -> bool:
        """Whether an association leads it."""
        return any(one.kind == Organisation.Kind.ASSOCIATION for one in self.leads)

    @property
    def is_over(self) -> bool:
        """Whether it has an outcome, of whatever kind."""
        return self.activity is None or self.activity.state in ENDS

    def fits(self, choice: Choice) -> bool:
        """Whether somebody who chose so wants to see it."""
        return (
            choice.fokus in ("", self.focus)
            and choice.lage in ("", self.address)
            and (not choice.part or choice.part in {one.slug for one in self.bodies})
            and (not choice.boende or self.is_run_by_residents)
        )


@dataclass(frozen=True)
class OfIssue:
    """An issue and what has come of it."""

    issue: Issue
    results: tuple[Result, ...]


@dataclass(frozen=True)
class Option:
    """Something that can be chosen."""

    value: str
    name: str


@dataclass(frozen=True)
class Page:
    """All that is shown, and what else could be."""

    issues: tuple[OfIssue, ...]
    areas: tuple[Option, ...]
    bodies: tuple[Option, ...]
    states: tuple[Option, ...]
    choice: Choice
    is_empty: bool  # nothing has been done or refused at all
    pages: int  # how many there are of what was chosen

    @property
    def previous(self) -> Choice | None:
        """The page before."""
        return self.choice.turned(self.choice.number - 1) if self.choice.number > 1 else None

    @property
    def next(self) -> Choice | None:
        """The page after."""
        return self.choice.turned(self.choice.number + 1) if self.choice.number < self.pages else None

    @property
    def knows_its_choice(self) -> bool:
        """Whether everything chosen can be chosen here."""
        return 1 <= self.choice.number <= self.pages and all(
            not value or value in {one.value for one in options}
            for value, options in (
                (self.choice.fokus, self.areas),
                (self.choice.part, self.bodies),
                (self.choice.lage, self.states),
                (self.choice.boende, (Option("ja", ""),)),
            )
        )


def page(collaboration: Collaboration, choice: Choice) -> Page:
    """What has come of all dialogues of a collaboration. A constant number of queries."""
    found = of(collaboration)
    shown = [one for one in found if one.fits(choice)]
    newest = {one.issue.pk: one.on for one in reversed(shown)}
    shown.sort(key=lambda one: (newest[one.issue.pk], one.issue.pk), reverse=True)
    pages, begin = max(1, -(-len(shown) // PER_PAGE)), PER_PAGE * (choice.number - 1)
    shown = _with_grounds(collaboration, shown[begin : begin + PER_PAGE] if begin >= 0 else [])
    grouped = ((issue, tuple(its)) for issue, its in groupby(shown, key=lambda one: one.issue))
    areas = {one.focus: one.activity.focus_area.name for one in found if one.activity and one.activity.focus_area}
    present = {one.address for one in found}
    return Page(
        issues=tuple(OfIssue(issue, its) for issue, its in grouped),
        areas=_options(areas),
        bodies=_options({body.slug: str(body) for one in found for body in one.bodies}),
        states=tuple(Option(address, name) for address, name in _states() if address in present),
        choice=choice,
        is_empty=not found,
        pages=pages,
    )


def _states() -> Iterable[tuple[str, str]]:
    yield from ((address, str(state.label)) for address, state in STATES.items())
    yield REFUSED, str(_("svaret blev nej"))


def _options(names: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(value, name) for value, name in sorted(names.items(), key=lambda pair: pair[1].lower()))


def latest(collaboration: Collaboration, number: int = 3) -> list[Result]:
    """The last things that were brought to an end: done, refused and without effect alike."""
    return [one for one in of(collaboration) if one.is_over][:number]


def _with_grounds(collaboration: Collaboration, results: list[Result]) -> list[Result]:
    """These, with what each rests on and whether it got better: read only for those that are shown."""
    lineage = PerspectiveLineage(collaboration)
    grounds = Decision.objects.filter(pk__in=[one.decision.pk for one in results if one.decision])
    related = (
        grounds.select_related("proposal__issue")
        .prefetch_related("proposal__sides", "proposal__positions__seat")
        .in_bulk()
    )
    results = [replace(one, told=_told(related[one.decision.pk], lineage)) if one.decision else one for one in results]
    figures = better_questions.figures_by_activity([one.activity.pk for one in results if one.activity])
    return [replace(one, better=figures.get(one.activity.pk)) if one.activity else one for one in results]


def of(collaboration: Collaboration) -> list[Result]:
    """Everything residents may read of, what happened last first."""
    found = [*_done(collaboration), *_refused(collaboration)]
    return sorted(found, key=lambda one: (one.on, one.issue.pk), reverse=True)


def _done(collaboration: Collaboration) -> Iterable[Result]:
    shown = Activity.objects.public().filter(dialogue__in=collaboration.dialogues.begun())
    last_news = Subquery(ActivityEvent.objects.filter(activity=OuterRef("pk")).order_by("-at").values("at")[:1])
    promised = Prefetch("commitments", Commitment.objects.accepted().select_related("organisation"))
    related = ("issue__dialogue__collaboration", "focus_area", "decision", "started_under")
    for one in shown.annotate(last_news=last_news).select_related(*related).prefetch_related(promised):
        promises, decision = list(one.commitments.all()), one.started_under or one.decision
        yield Result(
            issue=one.issue,
            on=one.ended_on or timezone.localdate(one.last_news or one.planned_at),  # type: ignore[attr-defined]
            address=WORDS[one.state],
            activity=one,
            decision=decision,
            bodies=tuple(promise.organisation for promise in promises),
            leads=tuple(promise.organisation for promise in promises if promise.part == Part.LEAD),
        )


def _refused(collaboration: Collaboration) -> Iterable[Result]:
    """What somebody said no to. One row for each public issue it was about."""
    about = DecidedIssue.objects.filter(
        decision__outcome=DecisionOutcome.REFUSED,
        decision__in=Decision.objects.filter(dialogue__in=collaboration.dialogues.begun()),
        issue__published_at__isnull=False,
    )
    related = about.select_related("issue__dialogue__collaboration", "decision")
    for link in related.prefetch_related("decision__parts__organisation"):
        parts = list(link.decision.parts.all())
        no = next((part for part in parts if part.answer == PartState.REFUSED), None)
        yield Result(
            issue=link.issue,
            on=link.decision.settled_on or timezone.localdate(link.decision.requested_at),
            address=REFUSED,
            decision=link.decision,
            refused=no,
            bodies=tuple(part.organisation for part in parts),
        )


def _told(decision: Decision | None, lineage: PerspectiveLineage) -> ProposalSummary | None:
    proposal = decision.proposal if decision else None
    if proposal is None or proposal.stands_since is None or proposal.issue.published_at is None:
        return None
    return summarise_proposal(proposal, lineage)
