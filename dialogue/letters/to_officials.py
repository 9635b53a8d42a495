"""Letters to officials and coordinators about decisions, commitments and silent activities. Each is sent once.

Nothing is sent about what is registered long afterwards, such as decisions of ten years ago.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from actors.letters import outbox
from actors.letters.outbox import is_history
from actors.models import Collaboration, Organisation, User
from dialogue.models import Activity, Commitment, Decision, PartDecision
from dialogue.permissions.deciders import deciders_of
from dialogue.rules.decisions import NEEDS_REASON


def ask_for_decision(decision: Decision) -> None:
    """Ask each body for its answer: those who may decide get a link to the page of their part."""
    if is_history(decision.requested_at):
        return
    for part in decision.parts.select_related("organisation"):
        _write_about_part("decision-asked", "decision_asked", part, deciders_of(part.organisation))


def ask_colleague(part: PartDecision, to: User, by: User) -> None:
    """Tell a colleague that the question has been handed over to them."""
    _write_about_part("decision-asked", "decision_asked", part, [to], {"from_colleague": by})


def remind(part: PartDecision) -> None:
    """Remind of an answer whose due date is near, or has passed."""
    readers = _if_active_in(part.held_by, part.organisation) or deciders_of(part.organisation)
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
        known = _if_active_in(other.answered_by or other.held_by, other.organisation)
        readers = {*(known or deciders_of(other.organisation))} - already_told
        link = {"link": settings.SITE_URL + other.get_absolute_url()}
        _write_about_part("decision-answered", "decision_answered", part, readers, link)
        already_told |= readers
    commitments = Commitment.objects.accepted().filter(activity__in=_activities_under(part.decision))
    for commitment in commitments.select_related("organisation"):
        readers = {*people_of(commitment.organisation)} - already_told
        link = {"link": settings.SITE_URL + reverse("commitment", args=[commitment.pk])}
        _write_about_part("decision-answered", "decision_answered", part, readers, link)
        already_told |= readers


def ask_for_commitment(commitment: Commitment, *, token: str, email: str) -> None:
    """Ask a body to commit itself: at an address that gets a secret link, or through its people with accounts."""
    if is_history(commitment.asked_at):
        return
    path = reverse("commitment-link", args=[token]) if token else reverse("commitment", args=[commitment.pk])
    to = [email] if email else [user.email for user in people_of(commitment.organisation)]
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
        known = _if_active_in(part.answered_by or part.held_by, part.organisation)
        readers = {*(known or deciders_of(part.organisation))} - {by}
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
    to = {*(people_of(commitment.organisation) if is_by_coordinator else coordinators)} - {commitment.left_by}
    emails = [user.email for user in to if user]
    _write_about_activity("commitment-left", "commitment_left", commitment, emails, path)


def tell_of_taken_counter(commitment: Commitment, by: User) -> None:
    """Tell the body that its counter-offer was accepted."""
    to = _if_active_in(commitment.replied_by, commitment.organisation) or people_of(commitment.organisation)
    path = reverse("commitment", args=[commitment.pk])
    emails = [user.email for user in to if user.pk != by.pk]
    _write_about_activity("commitment-answered", "commitment_taken", commitment, emails, path)


def ask_how_it_goes(activity: Activity) -> None:
    """Ask the lead of a silent activity for news, or the coordinators when it has none."""
    lead = activity.commitments.accepted().filter(part="lead").select_related("organisation").first()
    to = [user.email for user in people_of(lead.organisation)] if lead else []
    collaboration = activity.dialogue.collaboration
    for address in to or [user.email for user in coordinators_of(collaboration)]:
        link = settings.SITE_URL + reverse("activity-work", args=[activity.pk])
        context = {"activity": activity, "link": link, "collaboration": collaboration}
        outbox.write(
            kind="activity-silent", to=address, template="activity_silent", context=context, collaboration=collaboration
        )


def people_of(organisation: Organisation) -> list[User]:
    """Return those who may decide for a body; all of its people when nobody may."""
    everyone = organisation.affiliations.current().filter(user__is_active=True).select_related("user")
    return deciders_of(organisation) or [affiliation.user for affiliation in everyone]


def coordinators_of(collaboration: Collaboration) -> list[User]:
    """Return the coordinators of a collaboration today."""
    active = collaboration.appointments.filter(ended_on__isnull=True, user__is_active=True).select_related("user")
    return [appointment.user for appointment in active]


def _if_active_in(user: User | None, organisation: Organisation) -> list[User]:
    """Return the user in a list, empty if she has left the body or her account is closed: then she gets no letter."""
    affiliations = organisation.affiliations.current().filter(user=user, user__is_active=True)
    return [affiliation.user for affiliation in affiliations.select_related("user")[:1]] if user else []


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
