"""Bodies are asked to decide, answer each in its own order, and what hangs on the answer follows in the same moment."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from actors.models import Organisation, User
from dialogue.activities import consequences
from dialogue.letters import to_officials
from dialogue.models import (
    DecidedIssue,
    Decision,
    DecisionEvent,
    Dialogue,
    Issue,
    PartDecision,
    Proposal,
    Round,
    round_of,
)
from dialogue.models.dialogue import Texts
from dialogue.rules.decisions import (
    AT_A_MEETING,
    GIVEN,
    OPEN_OUTCOMES,
    DecisionKind,
    DecisionOutcome,
    PartState,
    combined_outcome,
    facts_needed,
    forms_for,
)
from ostberga.lib.refusal import Refusal

What = DecisionEvent.What
NAMES = {str(field.name): str(getattr(field, "verbose_name", "")) for field in PartDecision._meta.get_fields()}


@dataclass(frozen=True)
class DecisionRequest:
    """What the bodies are asked, and what follows from their answers."""

    title: Texts
    ask: str
    if_yes: str = ""
    if_no: str = ""
    public_text: Texts = field(default_factory=dict)
    kind: DecisionKind = DecisionKind.DECISION
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None


@dataclass(frozen=True)
class DecisionFacts:
    """What a body's answer rests on. Which of them are needed follows from its form: see `authority.facts_needed`."""

    decided_on: dt.date | None = None
    meets_on: dt.date | None = None
    instance: str = ""
    paragraph: str = ""
    registry_number: str = ""
    delegation_item: str = ""
    motivation: str = ""
    conditions: str = ""
    reservations: str = ""


@transaction.atomic
def request(
    *,
    dialogue: Dialogue,
    question: DecisionRequest,
    issues: Iterable[Issue],
    bodies: Mapping[Organisation, str],
    by: User,
    due_on: dt.date | None = None,
    proposal: Proposal | None = None,
    supersedes: Decision | None = None,
    at: dt.datetime | None = None,
) -> Decision:
    """Ask each body for its part of a decision, in the form `bodies` gives. They get a letter each.

    With `supersedes` it is a reconsideration: the earlier decision holds until this one has been answered.
    """
    issues = list(issues)
    _refuse_unless_it_can_be_asked(bodies, issues, proposal, supersedes)
    at = at or timezone.now()
    asked = vars(question) | {"title": dict(question.title), "public_text": dict(question.public_text)}
    made = Decision.objects.create(
        dialogue=dialogue, proposal=proposal, supersedes=supersedes, requested_by=by, requested_at=at, **asked
    )
    DecidedIssue.objects.bulk_create(
        DecidedIssue(decision=made, issue=one, round=_round_of(one, made)) for one in issues
    )
    PartDecision.objects.bulk_create(
        PartDecision(decision=made, organisation=body, form=form, due_on=due_on) for body, form in bodies.items()
    )
    made.events.create(what=What.REQUESTED, by=by, at=at)
    to_officials.ask_for_decision(made)
    dialogue.collaboration.bump_public_version()
    return made


@transaction.atomic
def prepare(*, part: PartDecision, by: User, meets_on: dt.date | None = None, at: dt.datetime | None = None) -> None:
    """«Bereds, nämnd den …». Said again with another day when the day slips; what waits for it is flagged."""
    decision = _lock_open_part(part, by)
    if "meets_on" in facts_needed(part.form, PartState.PREPARING) and meets_on is None:
        raise Refusal("Skriv vilken dag nämnden eller styrelsen tar upp frågan.", code="no_day")
    slipped = part.meets_on is not None and meets_on is not None and meets_on > part.meets_on
    part.answer, part.meets_on = PartState.PREPARING, meets_on
    part.held_by = part.held_by or by
    part.save(update_fields=["answer", "meets_on", "held_by"])
    text = f"Tas upp {meets_on:%Y-%m-%d}." if meets_on else ""
    what = What.MOVED if slipped else What.PREPARING
    decision.events.create(part=part, what=what, text=text, by=by, at=at or timezone.now())
    if meets_on:
        consequences.flag_activities_starting_before(decision, meets_on)
    decision.dialogue.collaboration.bump_public_version()


@transaction.atomic
def answer(
    *, part: PartDecision, answer: PartState, facts: DecisionFacts, by: User, at: dt.datetime | None = None
) -> Decision:
    """Approve, or register what a meeting decided. Given once; the whole and all that hangs on it follow at once."""
    decision = _lock_open_part(part, by)
    facts = facts if facts.decided_on or part.form in AT_A_MEETING else _decided_today(facts, at)
    _refuse_unless_complete(part, answer, facts)
    at = at or timezone.now()
    for name in vars(facts):
        setattr(part, name, getattr(facts, name) or getattr(part, name))
    part.answer, part.answered_by, part.answered_at = answer, by, at
    part.save()
    decision.events.create(part=part, what=What.ANSWERED, text=part.get_answer_display(), by=by, at=at)
    _settle(decision, part, by, at)
    to_officials.tell_of_answer(part)
    decision.dialogue.collaboration.bump_public_version()
    return decision


@transaction.atomic
def hand_over(*, part: PartDecision, to: User, by: User) -> None:
    """Let a colleague in the same body take the question. She gets the letter."""
    decision = _lock_open_part(part, by)
    if not to.affiliations.current().filter(organisation=part.organisation_id).exists():
        raise Refusal(f"{to} hör inte till {part.organisation}.", code="other_body")
    part.held_by = to
    part.save(update_fields=["held_by"])
    decision.events.create(part=part, what=What.HANDED_OVER, text=f"Till {to}.", by=by)
    to_officials.ask_colleague(part, to, by)


@transaction.atomic
def move_deadline(*, part: PartDecision, due_on: dt.date, by: User) -> None:
    """A new day for the answer. What was to begin before it is flagged."""
    decision = _lock(part)
    if not part.is_open:
        raise Refusal("Svaret är redan givet.", code="already_answered")
    part.due_on, part.reminded_at, part.overdue_told_at = due_on, None, None
    part.save(update_fields=["due_on", "reminded_at", "overdue_told_at"])
    decision.events.create(part=part, what=What.MOVED, text=f"Svar senast {due_on:%Y-%m-%d}.", by=by)
    consequences.flag_activities_starting_before(decision, due_on)
    decision.dialogue.collaboration.bump_public_version()


@transaction.atomic
def expire(today: dt.date | None = None, *, at: dt.datetime | None = None) -> int:
    """Let decisions whose time is out stop being in force; what runs under them pauses. How many it was."""
    today = today or timezone.localdate()
    over = (
        Decision.objects.select_for_update()
        .filter(outcome=DecisionOutcome.IN_FORCE, valid_until__lt=today)
        .order_by("pk")
    )
    for decision in over:
        decision.outcome = DecisionOutcome.EXPIRED
        decision.save(update_fields=["outcome"])
        decision.events.create(decision=decision, what=What.EXPIRED, at=at or timezone.now())
        consequences.pause_activities_under(decision, f"Beslutet gällde till {decision.valid_until:%Y-%m-%d}.", at=at)
        decision.dialogue.collaboration.bump_public_version()
    return len(over)


def _settle(decision: Decision, part: PartDecision, by: User, at: dt.datetime) -> None:
    """What the parts make of the whole, and what that means for the decision it reconsiders and for activities."""
    decision.outcome = combined_outcome(list(decision.parts.values_list("answer", flat=True)))
    if decision.outcome == DecisionOutcome.IN_FORCE:
        decision.settled_on = decision.parts.aggregate(last=Max("decided_on"))["last"]
    elif decision.outcome != DecisionOutcome.PENDING:
        decision.settled_on = part.decided_on
    decision.save(update_fields=["outcome", "settled_on"])
    if decision.outcome not in (DecisionOutcome.IN_FORCE, DecisionOutcome.REFUSED):
        return
    if decision.outcome == DecisionOutcome.REFUSED:
        consequences.pause_activities_under(
            decision, f"{part.organisation} har sagt nej. {part.motivation}", by=by, at=at
        )
    for earlier in _superseded_by(decision):
        earlier.outcome = DecisionOutcome.SUPERSEDED
        earlier.save(update_fields=["outcome"])
        earlier.events.create(what=What.SUPERSEDED, by=by, at=at, text=str(decision))
        if decision.outcome == DecisionOutcome.REFUSED:
            why = f"{part.organisation} har omprövat beslutet och sagt nej. {part.motivation}"
            consequences.pause_activities_under(earlier, why, by=by, at=at)
        else:
            consequences.repoint_activities(earlier, decision, by=by, at=at)


def _superseded_by(decision: Decision) -> list[Decision]:
    """What it reconsiders; and when that was itself a reconsideration that was sent back, what still held beneath."""
    beneath = Decision.objects.filter(pk__in=_supersession_chain(decision)[1:]).exclude(
        outcome=DecisionOutcome.SUPERSEDED
    )
    return list(beneath.order_by("-pk"))


def _supersession_chain(decision: Decision) -> list[int]:
    """The keys of a decision and of all that it, step by step, reconsiders."""
    keys = [decision.pk]
    while (earlier := Decision.objects.values_list("supersedes", flat=True).get(pk=keys[-1])) is not None:
        keys.append(earlier)
    return keys


def _round_of(issue: Issue, decision: Decision) -> Round:
    """The issue's current round; but an answer to a proposal belongs where the proposal was made."""
    proposal = decision.proposal
    is_first = proposal is not None and proposal.issue_id == issue.pk and decision.supersedes_id is None
    return proposal.round if proposal is not None and is_first else round_of(issue)


def _lock_open_part(part: PartDecision, by: User) -> Decision:
    """Lock the whole and then the part, and see that this person may answer it now."""
    decision = _lock(part)
    if part.answer in GIVEN:
        raise Refusal(
            f"{part.organisation} har redan svarat. Ett svar ändras inte; be om en omprövning.", code="answered"
        )
    if not part.is_open:
        raise Refusal(f"Beslutet är redan avgjort: {decision.get_outcome_display()}.", code="settled")
    if not PartDecision.objects.awaiting(by).filter(pk=part.pk).exists():
        who = f"Någon på {part.organisation} som får fatta eller registrera beslut"
        raise Refusal(f"Du får inte svara för {part.organisation}.", who=who, code="may_not")
    return decision


def _lock(part: PartDecision) -> Decision:
    """The whole is always locked before its parts, and before activities: two who act at once wait, never deadlock."""
    keys = _supersession_chain(part.decision)
    locked = {one.pk: one for one in Decision.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    part.refresh_from_db(from_queryset=PartDecision.objects.select_for_update())
    part.decision = locked[part.decision_id]
    return part.decision


def _decided_today(facts: DecisionFacts, at: dt.datetime | None) -> DecisionFacts:
    return DecisionFacts(**{**vars(facts), "decided_on": timezone.localdate(at) if at else timezone.localdate()})


def _refuse_unless_complete(part: PartDecision, given: PartState, facts: DecisionFacts) -> None:
    if given not in GIVEN:
        raise Refusal("Välj ett svar.", code="no_answer")
    lacking = [name for name in facts_needed(part.form, given) if not getattr(facts, name)]
    if lacking:
        words = ", ".join(NAMES[name] for name in lacking)
        raise Refusal(f"Det saknas uppgifter: {words}.", code="incomplete")


def _refuse_unless_it_can_be_asked(
    bodies: Mapping[Organisation, str], issues: list[Issue], proposal: Proposal | None, supersedes: Decision | None
) -> None:
    if not bodies:
        raise Refusal("Välj minst en organisation som ska besluta.", code="no_bodies")
    for body, form in bodies.items():
        if form not in forms_for(body.kind):
            raise Refusal(f"{body} kan inte besluta i den formen.", code="wrong_form")
    if supersedes is not None:
        _refuse_unless_open_to_reconsideration(supersedes)
    if proposal is not None:
        if proposal.issue not in issues:
            raise Refusal(f"Förslaget gäller «{proposal.issue}». Kryssa den frågan.", code="other_issue")
        Proposal.objects.select_for_update().get(pk=proposal.pk)  # two who ask at once, or one who takes it back
        if not Proposal.objects.standing().filter(pk=proposal.pk).exists():
            raise Refusal("Gruppen står inte bakom förslaget.", who="Arbetsgruppen", code="no_proposal")
        if proposal.decisions.filter(outcome__in=OPEN_OUTCOMES).exists():
            raise Refusal("Beslut är redan begärt om förslaget. Vänta på svaren.", code="already_asked")


def _refuse_unless_open_to_reconsideration(earlier: Decision) -> None:
    earlier.refresh_from_db(from_queryset=Decision.objects.select_for_update())
    if earlier.outcome == DecisionOutcome.PENDING:
        raise Refusal("Beslutet väntar fortfarande på svar. Det kan omprövas när det är avgjort.", code="pending")
    if earlier.outcome == DecisionOutcome.WITHDRAWN:
        raise Refusal("Frågan togs tillbaka. Begär ett nytt beslut i stället.", code="withdrawn")
    if earlier.outcome == DecisionOutcome.SUPERSEDED or earlier.reconsidered_by is not None:
        raise Refusal("Beslutet är redan under omprövning eller ersatt.", code="already_reconsidered")
