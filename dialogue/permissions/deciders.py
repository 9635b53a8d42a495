"""Who may answer for a body: a person with a mandate in force for it, in that collaboration, that covers the answer."""

from actors.mandates.obstacles import registry_obstacle
from actors.models import Collaboration, Mandate, Organisation, User
from actors.models.mandates import MandateQuerySet
from actors.rules.mandates import MandateScope
from dialogue.models import PartDecision


def deciders_of(part: PartDecision) -> list[User]:
    """Return the people who may answer a part of a decision, or register what was decided, today."""
    able = _people(mandates_for(part.organisation, part.decision.dialogue.collaboration, part.scope))
    movers = set(part.movers.values_list("pk", flat=True))
    return [person for person in able if person.pk not in movers]


def committers_of(organisation: Organisation, collaboration: Collaboration) -> list[User]:
    """Return the people who may make commitments for a body in a collaboration today."""
    return _people(mandates_for(organisation, collaboration, MandateScope.COMMITMENTS))


def confirmed_addresses(organisation: Organisation, collaboration: Collaboration) -> list[str]:
    """Return where a body has said that it can be asked for commitments: its registry, and people with a mandate."""
    registry = [] if registry_obstacle(organisation) else [organisation.registry_email]
    return list(dict.fromkeys([*registry, *(user.email for user in committers_of(organisation, collaboration))]))


def mandates_for(organisation: Organisation, collaboration: Collaboration, scope: MandateScope) -> MandateQuerySet:
    """Return the mandates in force for a body in a collaboration that cover a form of answer."""
    return Mandate.objects.in_force().covering(scope).filter(organisation=organisation, collaboration=collaboration)


def waiting_mandate(
    person: User, organisation: Organisation, collaboration: Collaboration, scope: MandateScope
) -> Mandate | None:
    """Return her mandate to answer that the body has not confirmed yet."""
    hers = Mandate.objects.waiting().covering(scope).filter(person=person).select_related("organisation")
    return hers.filter(organisation=organisation, collaboration=collaboration).first()


def lock_mandate(
    person: User, organisation: Organisation, collaboration: Collaboration, scope: MandateScope
) -> Mandate | None:
    """Return her mandate to answer with, locked until the transaction ends; None when she has none now.

    Whoever ends it waits for the answer, or this waits for the ending and then finds nothing.
    """
    hers = mandates_for(organisation, collaboration, scope).filter(person=person)
    return hers.select_for_update(no_key=True, of=("self",)).order_by("pk").first()


def _people(mandates: MandateQuerySet) -> list[User]:
    """The people, each once, by name."""
    people = {mandate.person_id: mandate.person for mandate in mandates.select_related("person")}
    return sorted(people.values(), key=str)
