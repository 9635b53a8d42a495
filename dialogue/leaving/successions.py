"""Whether one body took over from another: both are asked at their registries, and it is settled when both say yes.

The coordinator writes it down when a body leaves (`bodies`). A no from either gives back the questions that were moved
for its sake and are not answered. The states are in docs/adr/0049-both-bodies-confirm.md.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from actors.mandates.obstacles import ADMINISTRATOR, registry_obstacle
from actors.models import BodySuccession, Organisation, SuccessionAnswer, User
from actors.models.history import Kind, record_event
from actors.rules.rights import COORDINATE
from dialogue.decisions import transfers
from dialogue.decisions.part_locks import lock_part
from dialogue.letters import question_transfers as letters
from dialogue.models import PartDecision, QuestionTransfer
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns_for_many_acts
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.secret_links import new_token, token_hash

Side = SuccessionAnswer.Side
# The purpose of its secret links.
LINK = "succession"
# How long a link can be used.
OPEN_FOR = dt.timedelta(days=14)


@transaction.atomic
def ask_both(succession: BodySuccession) -> None:
    """Ask each of the two that has not answered, with a new link; one whose registry can not confirm is not asked."""
    for side, body in ((Side.PREDECESSOR, succession.predecessor), (Side.SUCCESSOR, succession.successor)):
        answer, _ = succession.answers.get_or_create(side=side, defaults={"organisation": body})
        if answer.confirmed_at is None and answer.refused_at is None and not registry_obstacle(body):
            _ask(answer, body)


@transaction.atomic
def ask_again(*, succession: BodySuccession, by: User) -> None:
    """The coordinator asks those of the two that have not answered anew. Raises Refusal when it is settled."""
    require(by, COORDINATE, succession.collaboration)
    take_turns_for_many_acts(succession.collaboration)
    succession.refresh_from_db()
    if not succession.is_open:
        raise Refusal("De har redan svarat.", code="already_answered")
    unable = [why for body in (succession.predecessor, succession.successor) if (why := registry_obstacle(body))]
    if len(unable) == len(Side):
        raise Refusal(" ".join(unable), who="Samordnaren skriver in adressen under Personer", code="no_registry")
    ask_both(succession)


def find_answer(token: str) -> SuccessionAnswer | None:
    """The answer that this link gives, unless it is used, too old or the other one has said no. Changes nothing."""
    live = SuccessionAnswer.objects.openable().filter(token_hash=token_hash(LINK, token))
    answer = live.select_related("organisation", "succession__collaboration", "succession__by").first()
    return answer if answer and answer.succession.is_open else None


@transaction.atomic
def confirm_by_link(token: str) -> SuccessionAnswer:
    """The registry says that it is so. Raises Refusal when the link is used."""
    answer = _lock(token)
    answer.confirmed_at = timezone.now()
    _save(answer, Kind.SUCCESSION_YES)
    return answer


@transaction.atomic
def refuse_by_link(token: str, *, reason: str) -> SuccessionAnswer:
    """The registry says that it is not so: the questions go back. Raises Refusal when the link is used."""
    answer = _lock(token)
    if not reason.strip():
        raise Refusal("Skriv vad som inte stämmer. Det visas för boende.", code="reason")
    answer.refused_at, answer.reason = timezone.now(), reason.strip()[:240]
    unanswered = _lock_unanswered(answer.succession)
    _save(answer, Kind.SUCCESSION_NO)
    for transfer in unanswered:
        transfers.send_back(transfer, speaker=answer.sent_to, word_of=answer.organisation, reason=answer.reason)
    return answer


def _ask(answer: SuccessionAnswer, body: Organisation) -> None:
    token = new_token()
    answer.token_hash, answer.expires_at = token_hash(LINK, token), timezone.now() + OPEN_FOR
    answer.sent_to = body.registry_email
    answer.save(update_fields=["token_hash", "expires_at", "sent_to"])
    letters.ask_about_succession(answer, token)


def _lock(token: str) -> SuccessionAnswer:
    known = find_answer(token)
    if known is not None:
        take_turns_for_many_acts(known.succession.collaboration)
        Organisation.objects.select_for_update(no_key=True).get(pk=known.organisation_id)
        known = find_answer(token)
    if known is not None and (why := registry_obstacle(known.organisation)):
        raise Refusal(why, who=ADMINISTRATOR, code="no_registry")
    if known is None:
        raise Refusal("Länken är redan använd eller för gammal.", who="Samordnaren skickar en ny", code="not_open")
    return known


def _save(answer: SuccessionAnswer, kind: Kind) -> None:
    answer.token_hash = ""
    answer.save()
    succession = BodySuccession.objects.prefetch_related("answers").get(pk=answer.succession_id)
    answer.succession = succession
    collaboration = succession.collaboration
    record_event(collaboration, kind, by=answer.sent_to, what=succession, reason=answer.reason)
    letters.tell_of_succession(answer)
    collaboration.bump_public_version()


def _lock_unanswered(succession: BodySuccession) -> list[QuestionTransfer]:
    """Those that nobody has answered, whoever has them by now: the body that is said to have gone up has its say.

    Locked before anything is changed.
    """
    resting = QuestionTransfer.objects.of_succession(succession)
    parts = PartDecision.objects.filter(transfers__in=resting).select_related("decision").order_by("decision", "pk")
    locked = {part.pk: part for part in parts}
    for part in locked.values():
        lock_part(part)
    moved = [transfer for transfer in resting.select_related("sender", "receiver", "by") if transfer.part_id in locked]
    for transfer in moved:
        transfer.part = locked[transfer.part_id]
    return [transfer for transfer in moved if transfer.part.is_open]
