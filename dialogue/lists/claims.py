"""What becomes of a row that a list brought in: the body confirms or contests it, the coordinator takes it away."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from actors.models import Mandate, User
from actors.rules.rights import COORDINATE
from dialogue.letters import listed_rows
from dialogue.models import DialogueEvent
from dialogue.models.listed.listed_claim import ListedClaim
from dialogue.rules.listed import ListedReply
from dialogue.rules.rights import SPEAK_OF_LISTED
from ostberga.lib.authorization import lack_of, require
from ostberga.lib.locking import lock
from ostberga.lib.refusal import Refusal

_EVENTS = {
    ListedReply.CONFIRMED: DialogueEvent.Kind.LISTED_YES,
    ListedReply.CONTESTED: DialogueEvent.Kind.LISTED_NO,
}


@transaction.atomic
def reply_to_claim(
    *,
    claim: ListedClaim,
    reply: ListedReply,
    by: User,
    words: str = "",
    at: dt.datetime | None = None,
) -> None:
    """Say for the body whether what a list says of it is right. Replaces what it has said before, which is logged.

    It opens no gate. Raises Refusal without a mandate in force for the body there, or when what is wrong is not said.
    """
    lock(claim)
    require(by, SPEAK_OF_LISTED, claim)
    words = words.strip() if reply == ListedReply.CONTESTED else ""
    if reply == ListedReply.CONTESTED and not words:
        raise Refusal("Skriv vad som inte stämmer. Det visas för boende.", code="no_words")
    claim.mandate = _lock_mandate(claim, by)
    claim.reply, claim.reply_words, claim.replied_by, claim.replied_at = reply, words, by, at or timezone.now()
    claim.replied_as = claim.mandate.organisation.name
    claim.save(update_fields=["reply", "reply_words", "replied_by", "replied_at", "replied_as", "mandate"])
    _record(claim, _EVENTS[reply], by)


@transaction.atomic
def remove_claim(*, claim: ListedClaim, by: User) -> None:
    """Take away one row that a list brought in, also one that a body has said something of.

    A body that had contested it is told: its objection goes with the row, and the list can be brought in again.
    """
    lock(claim)
    require(by, COORDINATE, claim)
    _record(claim, DialogueEvent.Kind.LISTED_OUT, by)
    if claim.is_contested:
        listed_rows.tell_of_removal(claim)
    claim.delete()


def _lock_mandate(claim: ListedClaim, by: User) -> Mandate:
    """Return a mandate of hers in force for the body there: whoever ends it waits until the word is given."""
    hers = Mandate.objects.in_force().filter(person=by, organisation=claim.organisation_id)
    there = hers.filter(collaboration=claim.dialogue.collaboration_id).select_related("organisation")
    mandate = there.select_for_update(no_key=True, of=("self",)).order_by("pk").first()
    if mandate is None:
        raise lack_of(SPEAK_OF_LISTED)
    return mandate


def _record(claim: ListedClaim, kind: DialogueEvent.Kind, by: User) -> None:
    claim.dialogue.events.create(kind=kind, what=str(claim)[:200], by=by)
    claim.dialogue.collaboration.bump_public_version()
