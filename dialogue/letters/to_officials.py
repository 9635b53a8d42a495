"""Letters to officials and coordinators about decisions, commitments and silent activities. Each is sent once.

Nothing is sent about what is registered long afterwards, such as decisions of ten years ago.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from actors.letters import outbox
from actors.letters.outbox import is_history
from actors.mandates.letters import people_with_a_mandate
from actors.models import Collaboration, Organisation, User
from actors.people.memberships import affiliations_of
from dialogue.models import Activity, Commitment, Decision, PartDecision
from dialogue.permissions.deciders import committers_of, deciders_of
from dialogue.rules.decisions import NEEDS_REASON


def ask_for_decision(decision: Decision) -> None:
    """Ask each body for its answer: those who may decide get a link to the page of their part."""
    if is_history(decision.requested_at):
        return
    for part in decision.parts.select_related("organisation"):
        _write_about_part("decision-asked", "decision_asked", part, deciders_of(part))


def ask_colleague(part: PartDecision, to: User, by: User) -> None:
    """Tell a colleague that the question has been handed over to them."""
    _write_about_part("decision-asked", "decision_asked", part, [to], {"from_colleague": by})


def ask_successor(part: PartDecision) -> None:
    """Ask a body that took over the question from another."""
    _write_about_part("decision-asked", "decision_asked", part, deciders_of(part))


def tell_of_move(part: PartDecision, before: Organisation, reason: str) -> None:
    """Tell the body that was asked before that another is asked instead: its registry, and all with a mandate here."""
    collaboration = part.decision.dialogue.collaboration
    context = {"part": part, "decision": part.decision, "before": before, "reason": reason}
    for address in sorted({*people_with_a_mandate(before, collaboration), before.registry_email} - {""}):
        outbox.write(
            kind="decision-moved",
            to=address,
            template="decision_moved",
            context={**context, "collaboration": collaboration},
            collaboration=collaboration,
        )


def remind(part: PartDecision) -> None:
    """Remind of an answer whose due date is near, or has passed."""
    readers = _if_able([part.held_by], deciders_of(part))
    _write_about_part("decision-reminder", "decision_reminder", part, readers)


def tell_of_answer(part: PartDecision) -> None:
    """Tell the coordinator of an answer. If refused or sent back, also tell the other bodies, who are affected too."""
    if part.answered_at is None or is_history(part.answered_at):
        return
    coordinators = {*coordinators_of(part.decision.dialogue.collaboration)} - {part.answered_by}
    _write_about_part("decision-answered", "decision_answered", part, coordinators)
    if part.answer in NEEDS_REASON:
        _tell_those_affected(part, {*coordinators, part.answered_by})


def _tell_those_affected(part: PartDecision, already_told: set[User | None]) -> None:
    """Tell the other bodies, and those with commitments under the decision; each gets a link to a page of her own."""
    for other in part.decision.parts.exclude(pk=part.pk).select_related("organisation", "held_by", "answered_by"):
        readers = {*_if_able([other.answered_by or other.held_by], deciders_of(other))} - already_told
        link = {"link": settings.SITE_URL + other.get_absolute_url()}
        _write_about_part("decision-answered", "decision_answered", part, readers, link)
        already_told |= readers
    commitments = Commitment.objects.accepted().filter(activity__in=_activities_under(part.decision))
    for commitment in commitments.select_related("organisation"):
        readers = {*people_of(commitment)} - already_told
        link = {"link": settings.SITE_URL + reverse("commitment", args=[commitment.pk])}
        _write_about_part("decision-answered", "decision_answered", part, readers, link)
        already_told |= readers


def ask_for_commitment(commitment: Commitment, *, token: str, email: str) -> None:
    """Ask a body to commit itself: at an address that gets a secret link, or through its people with accounts."""
    if is_history(commitment.asked_at):
        return
    path = reverse("commitment-link", args=[token]) if token else reverse("commitment", args=[commitment.pk])
    to = [email] if email else [user.email for user in people_of(commitment)]
    _write_about_activity("commitment-asked", "commitment_asked", commitment, to, path)


def tell_of_reply(commitment: Commitment) -> None:
    """Tell the coordinator what the body replied."""
    if commitment.replied_at is None or is_history(commitment.replied_at):
        return
    collaboration = commitment.activity.dialogue.collaboration
    path = reverse("coordinate:activity", args=[collaboration.slug, commitment.activity_id])
    to = [user.email for user in coordinators_of(collaboration) if user.pk != commitment.replied_by_id]
    _write_about_activity("commitment-answered", "commitment_answered", commitment, to, path)


def tell_of_withdrawal(decision: Decision, by: User) -> None:
    """Tell all bodies that were asked, also those that have answered, that the decision is withdrawn."""
    if is_history(decision.events.latest("at").at):
        return
    for part in decision.parts.select_related("organisation", "held_by", "answered_by"):
        readers = {*_if_able([part.answered_by or part.held_by], deciders_of(part))} - {by}
        _write_about_part("decision-withdrawn", "decision_withdrawn", part, readers)


def tell_of_leaving(commitment: Commitment) -> None:
    """Tell the coordinator that a body has left a commitment, or the body if a coordinator registered it."""
    if commitment.left_at is None or is_history(commitment.left_at):
        return
    collaboration = commitment.activity.dialogue.collaboration
    coordinators = coordinators_of(collaboration)
    is_by_coordinator = commitment.left_by in coordinators
    path = reverse("coordinate:activity", args=[collaboration.slug, commitment.activity_id])
    path = reverse("commitment", args=[commitment.pk]) if is_by_coordinator else path
    to = {*(people_of(commitment) if is_by_coordinator else coordinators)} - {commitment.left_by}
    emails = {user.email for user in to if user}
    if is_by_coordinator and commitment.organisation.registry_email:
        emails.add(commitment.organisation.registry_email)
    _write_about_activity("commitment-left", "commitment_left", commitment, emails, path)


def tell_of_taken_counter(commitment: Commitment, by: User) -> None:
    """Tell the body that its counter-offer was accepted: who made it, and the address whose link answered."""
    to = _if_able([commitment.replied_by], people_of(commitment))
    path = reverse("commitment", args=[commitment.pk])
    emails = [user.email for user in to if user.pk != by.pk]
    if commitment.replied_by is None and commitment.sent_to:
        emails = [commitment.sent_to]
    _write_about_activity("commitment-answered", "commitment_taken", commitment, emails, path)


def ask_how_it_goes(activity: Activity) -> None:
    """Ask the lead of a silent activity for news, or the coordinators when it has none."""
    lead = activity.commitments.accepted().filter(part="lead").select_related("organisation").first()
    to = [user.email for user in people_of(lead)] if lead else []
    collaboration = activity.dialogue.collaboration
    for address in to or [user.email for user in coordinators_of(collaboration)]:
        link = settings.SITE_URL + reverse("activity-work", args=[activity.pk])
        context = {"activity": activity, "link": link, "collaboration": collaboration}
        outbox.write(
            kind="activity-silent", to=address, template="activity_silent", context=context, collaboration=collaboration
        )


def people_of(commitment: Commitment) -> list[User]:
    """Return those who may make commitments for the body in that collaboration; all its people there if nobody may."""
    collaboration = commitment.activity.dialogue.collaboration
    everyone = affiliations_of(collaboration).filter(organisation=commitment.organisation, user__is_active=True)
    may = committers_of(commitment.organisation, collaboration)
    return may or [affiliation.user for affiliation in everyone.select_related("user")]


def coordinators_of(collaboration: Collaboration) -> list[User]:
    """Return the coordinators of a collaboration today."""
    active = collaboration.appointments.coordinating().filter(user__is_active=True)
    return [appointment.user for appointment in active.select_related("user")]


def _if_able(known: list[User | None], able: list[User]) -> list[User]:
    """Return those of the known that may still answer for the body, else everybody who may."""
    return [user for user in able if user in known] or able


def _activities_under(decision: Decision) -> Any:
    return Activity.objects.filter(decision__in=[decision.pk, decision.supersedes_id])


def _write_about_part(
    kind: str, template: str, part: PartDecision, readers: Iterable[User | None], more: dict[str, Any] | None = None
) -> None:
    collaboration = part.decision.dialogue.collaboration
    context = {
        "part": part,
        "decision": part.decision,
        "collaboration": collaboration,
        "link": settings.SITE_URL + part.get_absolute_url(),
        **(more or {}),
    }
    for address in sorted({user.email for user in readers if user is not None}):
        outbox.write(kind=kind, to=address, template=template, context=context, collaboration=collaboration)


def _write_about_activity(kind: str, template: str, commitment: Commitment, to: Iterable[str], path: str) -> None:
    activity = commitment.activity
    collaboration = activity.dialogue.collaboration
    context = {
        "commitment": commitment,
        "activity": activity,
        "collaboration": collaboration,
        "link": settings.SITE_URL + path,
    }
    for address in sorted(set(to)):
        outbox.write(kind=kind, to=address, template=template, context=context, collaboration=collaboration)
