"""A body leaves the collaboration, goes up in another or is split: all that it holds is handed over or ended."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from actors.letters.flood import counted_as_one
from actors.mandates import proposing
from actors.mandates.obstacles import registry_obstacle
from actors.models import BodySuccession, Mandate, Organisation, Partnership, User
from actors.partners import partnerships
from actors.people import inviting
from actors.people.memberships import affiliations_of
from actors.rules.mandates import scopes_for
from actors.rules.rights import COORDINATE
from dialogue.activities import commitments
from dialogue.decisions import passing_on, withdrawing
from dialogue.leaving import holdings, last_day, successions
from dialogue.leaving.holdings import Holding, Holdings
from dialogue.leaving.seats import heir_of, pass_seat_on
from dialogue.models import Commitment, Decision, PartDecision, Seat
from dialogue.rules.activities import Part, Reply
from dialogue.rules.decisions import OPEN_OUTCOMES
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns_for_many_acts
from ostberga.lib.refusal import Refusal

Heirs = Mapping[str, Organisation | None]  # by the key of what is held (`Holdings.keyed`); None: it ends


class Departure(models.TextChoices):
    """What becomes of the body here."""

    LEFT = "left", "Den lämnar samverkan"
    MERGED = "merged", "Den går upp i en annan organisation"
    SPLIT = "split", "Den delas i flera och upphör"
    SHARED = "shared", "Den finns kvar, men lämnar över en del"

    @property
    def in_words(self) -> str:
        """What the body does, after its name: «lämnar samverkan»."""
        return str(self.label).removeprefix("Den ")


@transaction.atomic
@counted_as_one()
def hand_over_body(
    *,
    partnership: Partnership,
    ending: Departure,
    by: User,
    on: dt.date,
    reason: str,
    heirs: Heirs,
    otherwise: Organisation | None = None,
) -> None:
    """Hand over what the body holds to its heirs (what is not named: to `otherwise`), and end what has none.

    Who takes over is the coordinator's word until the registries of both have confirmed it (`successions`). No right to
    answer follows: the people are invited to the new body, whose own registry confirms each mandate. A
    promise about an activity is left, and the new body is asked. The body keeps its history by its name; one that
    stays (`SHARED`) keeps what is not named, its mandates, and every question: it answers for itself. Raises Refusal
    if an heir is no partner, or missing, a question can not be moved (`passing_on.refuse_unless_movable`), or the day
    is ahead.
    """
    collaboration, body = partnership.collaboration, partnership.organisation
    require(by, COORDINATE, collaboration)
    last_day.refuse_ahead(on)
    take_turns_for_many_acts(collaboration)
    successors = {heir.pk: heir for heir in (*heirs.values(), otherwise) if heir}
    _check(partnership, ending, successors)
    held = holdings.of_body(body, collaboration)
    act = _Act(ending, by, on, reason, _write_down(partnership, successors.values(), on=on, reason=reason, by=by))
    for key, holding in held.keyed():
        if is_touched(holding, ending=ending, named=key in heirs, otherwise=otherwise):
            _pass_on(holding, held, heirs.get(key, otherwise), act)
    if ending != Departure.SHARED:
        partnerships.leave(partnership, by=by, on=on, reason=reason)
    for succession in act.successions.values():
        successions.ask_both(succession)
    collaboration.bump_public_version()


@dataclass(frozen=True)
class _Act:
    """What holds for everything that is handed over or ended at once."""

    ending: Departure
    by: User
    on: dt.date
    reason: str
    successions: Mapping[int, BodySuccession]  # by the key of the heir


def _write_down(
    partnership: Partnership, heirs: Iterable[Organisation], *, on: dt.date, reason: str, by: User
) -> dict[int, BodySuccession]:
    """Note that these take over, as the coordinator's word."""
    collaboration, body = partnership.collaboration, partnership.organisation
    noted: dict[str, Any] = {"predecessor": body, "predecessor_name": body.name, "on": on, "reason": reason, "by": by}
    return {heir.pk: collaboration.successions.create(successor=heir, **noted) for heir in heirs}


def is_touched(holding: Holding, *, ending: Departure, named: bool, otherwise: Organisation | None) -> bool:
    """Whether the act does anything with it. A body that stays answers its questions itself, unless one is named."""
    if ending != Departure.SHARED or named:
        return True
    return otherwise is not None and not isinstance(holding, PartDecision)


def _pass_on(holding: Holding, held: Holdings, heir: Organisation | None, act: _Act) -> None:
    match holding:
        case PartDecision():
            _pass_part_on(holding, heir, act)
        case Commitment():
            _pass_commitment_on(holding, heir, act.reason, act.by)
        case Seat():
            after = heir_of(holding, heir) if heir else None
            pass_seat_on(holding, held, after, by=act.by, on=act.on, reason=act.reason)
        case Mandate() if heir:
            _ask_for_mandate(holding, heir, act.by)


def _check(partnership: Partnership, ending: Departure, successors: Mapping[int, Organisation]) -> None:
    here = set(partnership.collaboration.partnerships.current().values_list("organisation", flat=True))
    here.discard(partnership.organisation_id)
    if strangers := [heir for key, heir in successors.items() if key not in here]:
        raise Refusal(f"{strangers[0]} är inte med i samverkan. Ta med den först.", code="heir_not_here")
    if ending != Departure.SHARED and (why := partnerships.leaving_obstacle(partnership)):
        raise Refusal(why, code="is_controller")
    if ending != Departure.LEFT and not successors:
        raise Refusal("Välj vem som tar över.", code="no_heir")


def refuse_unless_passable(part: PartDecision, heir: Organisation, ending: Departure) -> None:
    """Raise Refusal when the question stays with the body, or ends: no coordinator takes it from one that remains."""
    if ending == Departure.SHARED:
        why = f"{part.organisation} finns kvar och svarar själv i «{part.decision}»."
        raise Refusal(why, who="Ta tillbaka frågan, och ställ den på nytt till den som tar över", code="remains")
    passing_on.refuse_unless_movable(part, heir)


def _pass_part_on(part: PartDecision, heir: Organisation | None, act: _Act) -> None:
    """Move the question, or withdraw it with a public reason that is told as the coordinator's words."""
    if heir:
        refuse_unless_passable(part, heir, act.ending)
        succession = act.successions[heir.pk]
        passing_on.pass_to_body(part=part, to=heir, reason=act.reason, by=act.by, succession=succession)
        return
    decision = Decision.objects.get(pk=part.decision_id)
    if decision.outcome in OPEN_OUTCOMES:
        why = f"Samordnaren: {part.organisation} {act.ending.in_words}. {act.reason}"
        withdrawing.withdraw(decision=decision, reason=why, by=act.by)


def _pass_commitment_on(commitment: Commitment, heir: Organisation | None, reason: str, by: User) -> None:
    """End it, and ask the heir the same, unless it has been asked already. Nobody is bound by another's promise."""
    if commitment.reply == Reply.ACCEPTED:
        commitments.leave(commitment=commitment, reason=reason, by=by)
    else:
        commitments.withdraw(commitment=commitment, by=by)
    live = commitment.activity.commitments.filter(reply__in=[Reply.ASKED, Reply.ACCEPTED])
    if heir and not live.filter(organisation=heir).exists():
        part = Part(commitment.part)
        if part == Part.PARTNER or not live.filter(part=Part.LEAD, reply=Reply.ACCEPTED).exists():
            commitments.ask(activity=commitment.activity, organisation=heir, part=part, what=commitment.what, by=by)


def _ask_for_mandate(mandate: Mandate, heir: Organisation, by: User) -> None:
    """Begin what leads to a mandate for the heir: a proposal to its registry, or first an invitation to its people."""
    person, collaboration = mandate.person, mandate.collaboration
    scopes = [scope for scope in mandate.scopes if scope in scopes_for(heir.kind)]
    if affiliations_of(collaboration).filter(organisation=heir, user=person).exists():
        waits = Mandate.objects.not_over().filter(person=person, organisation=heir, collaboration=collaboration)
        if scopes and not registry_obstacle(heir) and not waits.exists():
            named: dict[str, Any] = {"person": person, "organisation": heir, "title": mandate.title}
            proposing.propose(collaboration=collaboration, scopes=scopes, by=by, **named)
    elif not inviting.invitation_obstacle(collaboration=collaboration, email=person.email, organisation=heir):
        invited: dict[str, Any] = {"email": person.email, "name": person.name, "title": mandate.title, "scopes": scopes}
        about_it = f"{mandate.organisation} har lämnat över till {heir}."
        inviting.invite(collaboration=collaboration, organisation=heir, by=by, about=about_it, **invited)
