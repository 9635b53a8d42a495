"""Commitments: a body is asked to lead an activity or take part, and accepts, declines or makes a counter-offer.

Nobody is ever assigned. An accepted commitment can be left, with a public reason; an activity that loses its lead
pauses.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from actors.mandates.obstacles import registry_obstacle
from actors.models import Mandate, Organisation, RegistryAddressChange, User
from actors.rules.mandates import MandateScope
from actors.rules.rights import COORDINATE
from dialogue.letters import to_officials
from dialogue.models import Activity, Commitment
from dialogue.permissions.deciders import confirmed_addresses, lock_mandate
from dialogue.rules.activities import ActivityState, Part, Reply
from dialogue.rules.rights import ANSWER_COMMITMENT, LEAVE_COMMITMENT
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from ostberga.lib.translations.sentences import in_all_languages
from ostberga.lib.web.secret_links import new_token, token_hash

MENDED_BY = "Organisationens registrator bekräftar vem som svarar"
# The purpose of its secret links.
LINK = "commitment"
# What is said when a body has left, by its part, and by whether the coordinator noted it.
_LEFT = {
    (Part.LEAD, False): _("%(body)s lämnade ansvaret."),
    (Part.LEAD, True): _("%(body)s lämnade ansvaret, enligt samordnaren."),
    (Part.PARTNER, False): _("%(body)s är inte längre med."),
    (Part.PARTNER, True): _("%(body)s är inte längre med, enligt samordnaren."),
}
# How long the link in a letter can be used.
LINK_LIFETIME = dt.timedelta(days=30)


@transaction.atomic
def ask(
    *,
    activity: Activity,
    organisation: Organisation,
    part: Part,
    what: str,
    by: User,
    due_on: dt.date | None = None,
    email: str = "",
    at: dt.datetime | None = None,
) -> Commitment:
    """Ask a body to lead an activity or take part. With `email` the letter holds a link that needs no account.

    It is sent only to addresses that the body has confirmed: its registry's, or those of its people with a mandate for
    commitments. Raises Refusal for any other address.
    """
    require(by, COORDINATE, activity)
    activity.refresh_from_db(from_queryset=Activity.objects.select_for_update(no_key=True))
    _refuse_unless_open_to(activity, organisation, part)
    _refuse_unless_confirmed(activity, organisation, email := email.strip().lower())
    token = new_token() if email else ""
    commitment = Commitment.objects.create(
        activity=activity,
        organisation=organisation,
        part=part,
        what=what,
        due_on=due_on,
        asked_by=by,
        asked_at=at or timezone.now(),
        token_hash=token_hash(LINK, token) if token else "",
        expires_at=timezone.now() + LINK_LIFETIME if token else None,
        sent_to=email,
    )
    to_officials.ask_for_commitment(commitment, token=token, email=email)
    return commitment


def find_by_token(token: str) -> Commitment | None:
    """The commitment behind a link that is unused and not expired. Changes nothing: mail scanners open links too."""
    open_requests = Commitment.objects.open().filter(token_hash=token_hash(LINK, token), expires_at__gt=timezone.now())
    return open_requests.select_related("activity__issue__dialogue__collaboration", "organisation").first()


@transaction.atomic
def accept(
    *, commitment: Commitment, by: User | None = None, function: str = "", at: dt.datetime | None = None
) -> None:
    """The body accepts. Whoever leads may start the activity when a decision is in force."""
    _reply(commitment, Reply.ACCEPTED, by, function, at)
    lead = Commitment.objects.accepted().filter(activity=commitment.activity_id, part=Part.LEAD)
    if commitment.part == Part.LEAD and lead.exists():
        raise Refusal("Någon annan hann tacka ja till att ansvara.", code="has_lead")
    _save(commitment)


@transaction.atomic
def decline(
    *, commitment: Commitment, reason: str, by: User | None = None, function: str = "", at: dt.datetime | None = None
) -> None:
    """The body declines, with its reason."""
    _reply(commitment, Reply.DECLINED, by, function, at)
    if not reason.strip():
        raise Refusal("Skriv varför ni säger nej, så att samordnaren kan tänka om.", code="reason")
    commitment.answer = reason.strip()
    _save(commitment)


@transaction.atomic
def counter(
    *,
    commitment: Commitment,
    offer: str,
    start: dt.date | None = None,
    by: User | None = None,
    function: str = "",
    at: dt.datetime | None = None,
) -> None:
    """The body makes a counter-offer («Ja, men i maj»). The coordinator accepts it or asks again."""
    _reply(commitment, Reply.COUNTERED, by, function, at)
    if not offer.strip():
        raise Refusal("Skriv vad ni kan i stället.", code="offer")
    commitment.answer, commitment.countered_start = offer.strip(), start
    _save(commitment)


@transaction.atomic
def accept_counter(*, commitment: Commitment, by: User) -> Commitment:
    """The coordinator accepts the counter-offer: it becomes the commitment, and the activity moves to its start."""
    activity = _locked_activity(commitment)
    require(by, COORDINATE, activity)
    if commitment.reply != Reply.COUNTERED:
        raise Refusal("Det finns inget motbud att ta emot.", code="no_counter")
    _refuse_unless_open_to(activity, commitment.organisation, Part(commitment.part))
    if commitment.countered_start is not None:
        length = activity.end - activity.start if activity.end else None
        activity.start = commitment.countered_start
        activity.end = activity.start + length if length is not None else None
        activity.save(update_fields=["start", "end"])
    commitment.reply, commitment.what = Reply.ACCEPTED, commitment.answer
    commitment.save(update_fields=["reply", "what"])
    to_officials.tell_of_taken_counter(commitment, by)
    activity.dialogue.collaboration.bump_public_version()
    return commitment


@transaction.atomic
def leave(*, commitment: Commitment, reason: str, by: User, at: dt.datetime | None = None) -> None:
    """A body leaves its commitment: somebody who belongs to it says so, or the coordinator notes it.

    A running activity that it led pauses until another body leads it; the decision stays in force.
    """
    activity = _locked_activity(commitment)
    require(by, LEAVE_COMMITMENT, commitment)
    if commitment.reply != Reply.ACCEPTED:
        raise Refusal("Det finns inget åtagande att lämna.", code="no_promise")
    _refuse_if_ended(activity)
    if not reason.strip():
        raise Refusal("Skriv varför. Det visas för boende.", code="reason")
    commitment.reply, commitment.left_reason = Reply.LEFT, reason.strip()
    at = at or timezone.now()
    commitment.left_by, commitment.left_at = by, at
    commitment.save(update_fields=["reply", "left_reason", "left_by", "left_at"])
    _record_leaving(activity, commitment, at)
    to_officials.tell_of_leaving(commitment)
    activity.dialogue.collaboration.bump_public_version()


@transaction.atomic
def withdraw(*, commitment: Commitment, by: User) -> None:
    """The coordinator withdraws a request; its link stops working."""
    activity = _locked_activity(commitment)
    require(by, COORDINATE, activity)
    if commitment.reply not in (Reply.ASKED, Reply.COUNTERED):
        raise Refusal("Frågan är redan besvarad.", code="answered")
    commitment.reply, commitment.token_hash = Reply.WITHDRAWN, ""
    commitment.save(update_fields=["reply", "token_hash"])
    what = f"{commitment.organisation}: {activity}"[:200]
    activity.issue.events.create(dialogue=activity.dialogue, kind="took_back", what=what, by=by)


def _record_leaving(activity: Activity, left: Commitment, at: dt.datetime) -> None:
    """Write a public event with the reason; pause the activity if the body led it and it runs.

    The coordinator's reason is told as hers, not as the body's.
    """
    is_noted = left.left_by in to_officials.coordinators_of(activity.dialogue.collaboration)
    said = in_all_languages(_LEFT[Part(left.part), is_noted], body=left.organisation)
    pauses = left.part == Part.LEAD and activity.state == ActivityState.RUNNING
    if pauses:
        activity.state, activity.concern = ActivityState.PAUSED, f"{said['sv']} {left.left_reason}"
        activity.save(update_fields=["state", "concern"])
    state = ActivityState.PAUSED if pauses else ""
    activity.events.create(state=state, said=said, text=left.left_reason, by=left.left_by, at=at)


def _refuse_unless_confirmed(activity: Activity, organisation: Organisation, email: str) -> None:
    """Refuse an address that the body has not confirmed."""
    if email and email not in confirmed_addresses(organisation, activity.dialogue.collaboration):
        why = f"{organisation} har inte bekräftat adressen {email}."
        raise Refusal(why, who="Skriv in registratorns adress under Personer", code="not_confirmed")


def _refuse_unless_open_to(activity: Activity, organisation: Organisation, part: Part) -> None:
    """Refuse if the activity has ended, already has a lead, or has already asked the body."""
    _refuse_if_ended(activity)
    if part == Part.LEAD and activity.commitments.accepted().filter(part=Part.LEAD).exists():
        raise Refusal("Någon har redan tackat ja till att ansvara.", code="has_lead")
    if activity.commitments.filter(organisation=organisation, reply__in=[Reply.ASKED, Reply.ACCEPTED]).exists():
        raise Refusal(f"{organisation} är redan tillfrågad.", code="already_asked")


def _refuse_if_ended(activity: Activity) -> None:
    if activity.has_ended:
        raise Refusal("Aktiviteten är avslutad.", code="ended")


def _locked_activity(commitment: Commitment) -> Activity:
    """Lock the activity and then the commitment, so that two bodies that accept to lead it wait for each other."""
    activity = Activity.objects.select_for_update(no_key=True).get(pk=commitment.activity_id)
    commitment.refresh_from_db(from_queryset=Commitment.objects.select_for_update(no_key=True))
    return activity


def _reply(commitment: Commitment, reply: Reply, by: User | None, function: str, at: dt.datetime | None) -> None:
    activity = _locked_activity(commitment)
    if by is not None:
        require(by, ANSWER_COMMITMENT, commitment)
    if commitment.reply != Reply.ASKED:
        raise Refusal("Frågan är redan besvarad eller återtagen.", code="answered")
    _refuse_if_ended(activity)
    commitment.mandate = _lock_right_to_reply(commitment, by)
    commitment.reply, commitment.replied_by, commitment.replied_as = reply, by, function.strip()
    commitment.replied_at, commitment.token_hash = at or timezone.now(), ""
    commitment.replied_as_body = commitment.organisation.name


def _lock_right_to_reply(commitment: Commitment, by: User | None) -> Mandate | None:
    """Return the mandate to reply under, locked; None for the registry's link, whose address must still be confirmed.

    Raises Refusal when the mandate has ended, or the address is not the body's any more, since the letter went.
    """
    organisation, collaboration = commitment.organisation, commitment.activity.dialogue.collaboration
    if by is None and commitment.sent_to == organisation.registry_email != "" and not registry_obstacle(organisation):
        commitment.registry_change = RegistryAddressChange.objects.all().behind(organisation)
        return None
    person = by or User.objects.filter(email__iexact=commitment.sent_to).first()
    mandate = lock_mandate(person, organisation, collaboration, MandateScope.COMMITMENTS) if person else None
    if mandate is None:
        raise Refusal(f"Du får inte svara för {organisation} här.", who=MENDED_BY, code="other_body")
    return mandate


def _save(commitment: Commitment) -> None:
    commitment.save()
    to_officials.tell_of_reply(commitment)
    commitment.activity.dialogue.collaboration.bump_public_version()
