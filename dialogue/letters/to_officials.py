"""Letters to officials and the coordinator: somebody is asked, reminded or answered. Each is sent once.

What is written in long afterwards, such as decisions of ten years ago, needs no letter.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from actors.letters import outbox
from actors.letters.outbox import is_history
from actors.models import Collaboration, Organisation, User
from dialogue.models import Activity, Commitment, Decision, PartDecision
from dialogue.rules.decisions import NEEDS_REASON


def ask_for_decision(decision: Decision) -> None:
    """Each body's people who may answer get the link to their page."""
    if is_history(decision.requested_at):
        return
    for part in decision.parts.select_related("organisation"):
        _write_about_part("decision-asked", "decision_asked", part, deciders_of(part.organisation))


def ask_colleague(part: PartDecision, to: User, by: User) -> None:
    """A colleague has been handed the question."""
    _write_about_part("decision-asked", "decision_asked", part, [to], {"from_colleague": by})


def remind(part: PartDecision) -> None:
    """The day for the answer is near, or has passed."""
    readers = _if_still_there(part.held_by, part.organisation) or deciders_of(part.organisation)
    _write_about_part("decision-reminder", "decision_reminder", part, readers)


def tell_of_answer(part: PartDecision) -> None:
    """The coordinator hears each answer; the other bodies hear a no, since it changes the whole for them too."""
    if part.answered_at is None or is_history(part.answered_at):
        return
    mine = {*coordinators_of(part.decision.dialogue.collaboration)} - {part.answered_by}
    _write_about_part("decision-answered", "decision_answered", part, mine)
    if part.answer in NEEDS_REASON:
        _tell_those_it_changes(part, {*mine, part.answered_by})


def _tell_those_it_changes(part: PartDecision, told: set[User | None]) -> None:
    """The other bodies, and those who have promised what hangs on it; each gets the link to a page that is hers."""
    for other in part.decision.parts.exclude(pk=part.pk).select_related("organisation", "held_by", "answered_by"):
        known = _if_still_there(other.answered_by or other.held_by, other.organisation)
        readers = {*(known or deciders_of(other.organisation))} - told
        link = {"link": settings.SITE_URL + other.get_absolute_url()}
        _write_about_part("decision-answered", "decision_answered", part, readers, link)
        told |= readers
    promises = Commitment.objects.accepted().filter(activity__in=_hanging_on(part.decision))
    for promise in promises.select_related("organisation"):
        readers = {*people_of(promise.organisation)} - told
        link = {"link": settings.SITE_URL + reverse("commitment", args=[promise.pk])}
        _write_about_part("decision-answered", "decision_answered", part, readers, link)
        told |= readers


def ask_for_commitment(commitment: Commitment, *, token: str, email: str) -> None:
    """A body is asked to take something on: at an address that gets its own link, or through its people here."""
    if is_history(commitment.asked_at):
        return
    path = reverse("commitment-link", args=[token]) if token else reverse("commitment", args=[commitment.pk])
    to = [email] if email else [user.email for user in people_of(commitment.organisation)]
    _write_about_activity("commitment-asked", "commitment_asked", commitment, to, path)


def tell_of_reply(commitment: Commitment) -> None:
    """The coordinator hears what the body said."""
    if commitment.replied_at is None or is_history(commitment.replied_at):
        return
    collaboration = commitment.activity.dialogue.collaboration
    path = reverse("coordinate:activity", args=[collaboration.slug, commitment.activity_id])
    to = [user.email for user in coordinators_of(collaboration) if user.pk != commitment.replied_by_id]
    _write_about_activity("commitment-answered", "commitment_answered", commitment, to, path)


def tell_of_withdrawal(decision: Decision, by: User) -> None:
    """All that were asked hear that the question is taken back, those that have answered too."""
    if is_history(decision.events.latest("at").at):
        return
    for part in decision.parts.select_related("organisation", "held_by", "answered_by"):
        known = _if_still_there(part.answered_by or part.held_by, part.organisation)
        readers = {*(known or deciders_of(part.organisation))} - {by}
        _write_about_part("decision-withdrawn", "decision_withdrawn", part, readers)


def tell_of_leaving(commitment: Commitment) -> None:
    """The coordinator hears that a body has left its promise; the body hears it when she has noted it herself."""
    if commitment.left_at is None or is_history(commitment.left_at):
        return
    collaboration = commitment.activity.dialogue.collaboration
    coordinators = coordinators_of(collaboration)
    noted = commitment.left_by in coordinators
    path = reverse("coordinate:activity", args=[collaboration.slug, commitment.activity_id])
    path = reverse("commitment", args=[commitment.pk]) if noted else path
    to = {*(people_of(commitment.organisation) if noted else coordinators)} - {commitment.left_by}
    emails = [user.email for user in to if user]
    _write_about_activity("commitment-left", "commitment_left", commitment, emails, path)


def tell_of_taken_counter(commitment: Commitment, by: User) -> None:
    """The body hears that its offer was taken."""
    to = _if_still_there(commitment.replied_by, commitment.organisation) or people_of(commitment.organisation)
    path = reverse("commitment", args=[commitment.pk])
    emails = [user.email for user in to if user.pk != by.pk]
    _write_about_activity("commitment-answered", "commitment_taken", commitment, emails, path)


def ask_how_it_goes(activity: Activity) -> None:
    """It has been silent too long: whoever leads it is asked for news."""
    lead = activity.commitments.accepted().filter(part="lead").select_related("organisation").first()
    to = [user.email for user in people_of(lead.organisation)] if lead else []
    collaboration = activity.dialogue.collaboration
    for address in to or [user.email for user in coordinators_of(collaboration)]:
        link = settings.SITE_URL + reverse("activity-work", args=[activity.pk])
        context = {"activity": activity, "link": link, "collaboration": collaboration}
        outbox.write(
            kind="activity-silent", to=address, template="activity_silent", context=context, collaboration=collaboration
        )


def deciders_of(organisation: Organisation) -> list[User]:
    """The people of a body who may decide or register its decisions today."""
    places = organisation.affiliations.all().may_decide()
    return [one.user for one in places.select_related("user")]


def people_of(organisation: Organisation) -> list[User]:
    """The people who may answer for a body: those who register its decisions, else all of its people."""
    everyone = organisation.affiliations.current().filter(user__is_active=True).select_related("user")
    return deciders_of(organisation) or [one.user for one in everyone]


def coordinators_of(collaboration: Collaboration) -> list[User]:
    """Who runs the collaboration today."""
    active = collaboration.appointments.filter(ended_on__isnull=True, user__is_active=True).select_related("user")
    return [one.user for one in active]


def _if_still_there(user: User | None, organisation: Organisation) -> list[User]:
    """Her, unless she has left the body or closed her account: then a letter would go to a stranger."""
    places = organisation.affiliations.current().filter(user=user, user__is_active=True)
    return [one.user for one in places.select_related("user")[:1]] if user else []


def _hanging_on(decision: Decision) -> Any:
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
