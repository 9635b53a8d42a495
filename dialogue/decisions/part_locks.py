"""Locking a part of a decision, and with it all that an answer changes, in one order.

Decisions, then their parts, then activities, then the mandate.
"""

from actors.models import Mandate, User
from dialogue.activities import consequences
from dialogue.models import Decision, PartDecision
from dialogue.permissions.deciders import lock_mandate
from dialogue.rules.decisions import GIVEN
from dialogue.rules.rights import ANSWER_DECISION
from ostberga.lib.authorization import MAY_NOT, require
from ostberga.lib.refusal import Refusal

MENDED_BY = "Organisationens registrator bekräftar vem som svarar"


def supersession_chain(decision: Decision) -> list[int]:
    """The keys of a decision, of the one it supersedes, and so on to the first."""
    keys = [decision.pk]
    while (earlier := Decision.objects.values_list("supersedes", flat=True).get(pk=keys[-1])) is not None:
        keys.append(earlier)
    return keys


def chain_of(decision: Decision) -> list[Decision]:
    """The decision and those that it supersedes, which are locked together."""
    return list(Decision.objects.filter(pk__in=supersession_chain(decision)).order_by("pk"))


def lock_part(part: PartDecision) -> Decision:
    """Lock the decision's chain and then the part, so that two who act at once wait instead of deadlocking."""
    keys = supersession_chain(part.decision)
    locked = {
        decision.pk: decision
        for decision in Decision.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    }
    part.refresh_from_db(from_queryset=PartDecision.objects.select_for_update(no_key=True))
    part.decision = locked[part.decision_id]
    return part.decision


def lock_open_part(part: PartDecision, person: User) -> tuple[Decision, Mandate]:
    """Lock the decision, the part and the mandate to answer under, so that it is in force when the answer is given.

    Raises Refusal unless the part is open and this person has such a mandate. It asks for the right of the verbs that
    call it.
    """
    decision = lock_part(part)
    if part.movers.contains(person):
        who = f"Någon annan med mandat för {part.organisation}"
        raise Refusal("Du flyttade frågan hit, och svarar inte själv på den.", who=who, code="moved_it")
    require(person, ANSWER_DECISION, part)
    if part.answer in GIVEN:
        raise Refusal(
            f"{part.organisation} har redan svarat. Ett svar ändras inte; be om en omprövning.", code="answered"
        )
    if not part.is_open:
        raise Refusal(f"Beslutet är redan avgjort: {decision.get_outcome_display()}.", code="settled")
    consequences.lock_activities_under(supersession_chain(decision))
    mandate = lock_mandate(person, part.organisation, decision.dialogue.collaboration, part.scope)
    if mandate is None:
        raise Refusal(f"Du får inte svara för {part.organisation} här.", who=MENDED_BY, code=MAY_NOT)
    return decision, mandate
