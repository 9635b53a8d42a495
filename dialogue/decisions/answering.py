"""Answers of bodies to what they are asked to decide, and the effects on the decision and on activities.

The effects are written in the same transaction as the answer. What is locked, in one order: `part_locks`.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from actors.models import User
from actors.rules.rights import COORDINATE
from dialogue.activities import consequences
from dialogue.decisions import transfers
from dialogue.decisions.part_locks import MENDED_BY, lock_open_part, lock_part, supersession_chain
from dialogue.letters import to_officials
from dialogue.models import Decision, DecisionEvent, PartDecision
from dialogue.permissions.deciders import deciders_of
from dialogue.rules.decisions import AT_A_MEETING, GIVEN, DecisionOutcome, PartState, combined_outcome, facts_needed
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from ostberga.lib.translations.sentences import in_all_languages

What = DecisionEvent.What
NAMES = {str(field.name): str(getattr(field, "verbose_name", "")) for field in PartDecision._meta.get_fields()}


@dataclass(frozen=True)
class DecisionFacts:
    """The facts of a body's answer. Which are needed depends on its form: see `rules.decisions.facts_needed`."""

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
def prepare(*, part: PartDecision, by: User, meets_on: dt.date | None = None, at: dt.datetime | None = None) -> None:
    """Note that a body prepares its answer, and the day of its meeting. Called again when that day moves.

    Planned activities that start before the meeting are flagged.
    """
    decision, _ = lock_open_part(part, by)
    if "meets_on" in facts_needed(part.form, PartState.PREPARING) and meets_on is None:
        raise Refusal("Skriv vilken dag nämnden eller styrelsen tar upp frågan.", code="no_day")
    transfers.take_by_answering(part, by)
    slipped = part.meets_on is not None and meets_on is not None and meets_on > part.meets_on
    part.answer, part.meets_on = PartState.PREPARING, meets_on
    part.held_by = part.held_by or by
    part.save(update_fields=["answer", "meets_on", "held_by"])
    text = f"Tas upp {meets_on:%Y-%m-%d}." if meets_on else ""
    what = What.MOVED if slipped else What.PREPARING
    DecisionEvent.note_part(part, what, text=text, by=by, at=at)
    if meets_on:
        consequences.flag_activities_starting_before(decision, meets_on)
    decision.dialogue.collaboration.bump_public_version()


@transaction.atomic
def answer(
    *, part: PartDecision, answer: PartState, facts: DecisionFacts, by: User, at: dt.datetime | None = None
) -> Decision:
    """Give a body's answer, or register what its meeting decided. An answer is given once.

    Updates the outcome of the whole decision, the decision it supersedes and the activities that rest on them.
    """
    decision, mandate = lock_open_part(part, by)
    transfers.refuse_while_sender_may_object(part)
    facts = facts if facts.decided_on or part.form in AT_A_MEETING else _decided_today(facts, at)
    _refuse_unless_complete(part, answer, facts)
    transfers.take_by_answering(part, by)
    at = at or timezone.now()
    for name in vars(facts):
        setattr(part, name, getattr(facts, name) or getattr(part, name))
    part.answer, part.answered_by, part.answered_at, part.mandate = answer, by, at, mandate
    part.freeze_names(by)
    part.save()
    DecisionEvent.note_part(part, What.ANSWERED, text=part.get_answer_display(), by=by, at=at)
    _settle(decision, part, by, at)
    to_officials.tell_of_answer(part)
    decision.dialogue.collaboration.bump_public_version()
    return decision


@transaction.atomic
def hand_over(*, part: PartDecision, to: User, by: User) -> None:
    """Hand the question over to a colleague in the same body, who gets a letter."""
    lock_open_part(part, by)
    if to not in deciders_of(part):
        raise Refusal(f"{to} har inget mandat för {part.organisation} här.", who=MENDED_BY, code="other_body")
    part.held_by = to
    part.save(update_fields=["held_by"])
    DecisionEvent.note_part(part, What.HANDED_OVER, text=f"Till {to}.", by=by)
    to_officials.ask_colleague(part, to, by)


@transaction.atomic
def move_deadline(*, part: PartDecision, due_on: dt.date, by: User) -> None:
    """Set a new deadline for a part. Planned activities that start before it are flagged."""
    require(by, COORDINATE, part.decision)
    decision = lock_part(part)
    if not part.is_open:
        raise Refusal("Svaret är redan givet.", code="already_answered")
    part.due_on, part.reminded_at, part.overdue_told_at = due_on, None, None
    part.save(update_fields=["due_on", "reminded_at", "overdue_told_at"])
    DecisionEvent.note_part(part, What.MOVED, text=f"Svar senast {due_on:%Y-%m-%d}.", by=by)
    consequences.flag_activities_starting_before(decision, due_on)
    decision.dialogue.collaboration.bump_public_version()


def _settle(decision: Decision, part: PartDecision, by: User, at: dt.datetime) -> None:
    """Work out the outcome from the parts; supersede earlier decisions and move or pause activities accordingly."""
    decision.outcome = combined_outcome(list(decision.parts.values_list("answer", flat=True)))
    if decision.outcome == DecisionOutcome.IN_FORCE:
        decision.settled_on = decision.parts.aggregate(last=Max("decided_on"))["last"]
    elif decision.outcome != DecisionOutcome.PENDING:
        decision.settled_on = part.decided_on
    decision.save(update_fields=["outcome", "settled_on"])
    if decision.outcome not in (DecisionOutcome.IN_FORCE, DecisionOutcome.REFUSED):
        return
    if decision.outcome == DecisionOutcome.REFUSED:
        said = in_all_languages(_("%(body)s har sagt nej."), body=part.body)
        consequences.pause_activities_under(decision, said, part.motivation, by=by, at=at)
    for earlier in _superseded_by(decision):
        earlier.outcome = DecisionOutcome.SUPERSEDED
        earlier.save(update_fields=["outcome"])
        earlier.events.create(what=What.SUPERSEDED, by=by, at=at, text=str(decision))
        if decision.outcome == DecisionOutcome.REFUSED:
            said = in_all_languages(_("%(body)s har omprövat beslutet och sagt nej."), body=part.body)
            consequences.pause_activities_under(earlier, said, part.motivation, by=by, at=at)
        else:
            consequences.repoint_activities(earlier, decision, by=by, at=at)


def _superseded_by(decision: Decision) -> list[Decision]:
    """The decisions that this one replaces: all earlier ones in its chain that are not superseded yet, newest first.

    There are several when a reconsideration was sent back and then reconsidered itself.
    """
    earlier = Decision.objects.filter(pk__in=supersession_chain(decision)[1:])
    return list(earlier.exclude(outcome=DecisionOutcome.SUPERSEDED).order_by("-pk"))


def _decided_today(facts: DecisionFacts, at: dt.datetime | None) -> DecisionFacts:
    return DecisionFacts(**{**vars(facts), "decided_on": timezone.localdate(at) if at else timezone.localdate()})


def _refuse_unless_complete(part: PartDecision, given: PartState, facts: DecisionFacts) -> None:
    if given not in GIVEN:
        raise Refusal("Välj ett svar.", code="no_answer")
    lacking = [name for name in facts_needed(part.form, given) if not getattr(facts, name)]
    if lacking:
        words = ", ".join(NAMES[name] for name in lacking)
        raise Refusal(f"Det saknas uppgifter: {words}.", code="incomplete")
