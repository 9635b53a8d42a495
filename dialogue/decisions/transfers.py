"""A question that went to another body: it is taken, or sent back, by the one that got it and by nobody else.

A question of a body that leaves goes back too when either registry says that no other took over
(`leaving.successions`). Whatever changes a transfer has locked its part. The states are in
docs/adr/0049-both-bodies-confirm.md.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from actors.mandates.obstacles import ADMINISTRATOR, MENDED_BY, registry_obstacle
from actors.models import Organisation, SuccessionAnswer, User
from actors.rules.rights import COORDINATE
from dialogue.decisions.part_locks import lock_open_part, lock_part
from dialogue.letters import question_transfers as letters
from dialogue.models import DecisionEvent, PartDecision, QuestionTransfer
from dialogue.rules.decisions import PartState
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.secret_links import new_token, token_hash

What = DecisionEvent.What
# The purpose of the links that take a question or send it back.
LINK = "question-transfer"
# How long a link can be used.
OPEN_FOR = dt.timedelta(days=14)
COORDINATOR = "Samordnaren, som tar tillbaka frågan eller ställer den till en annan"


def ask_receiver(transfer: QuestionTransfer) -> None:
    """Send the receiver's registry a link, if it has one that can confirm. Any earlier link stops working."""
    if registry_obstacle(transfer.receiver):
        return
    token = new_token()
    transfer.token_hash, transfer.expires_at = token_hash(LINK, token), timezone.now() + OPEN_FOR
    transfer.sent_to = transfer.receiver.registry_email
    transfer.save(update_fields=["token_hash", "expires_at", "sent_to"])
    letters.ask_registry(transfer, token)


@transaction.atomic
def ask_again(*, transfer: QuestionTransfer, by: User) -> None:
    """The coordinator sends the receiver's registry a new link. Raises Refusal when it has answered, or can not."""
    require(by, COORDINATE, transfer.part.decision)
    lock_part(transfer.part)
    transfer.refresh_from_db()
    if not (transfer.is_waiting and transfer.part.is_open):
        raise Refusal(f"{transfer.receiver} har redan svarat.", code="already_answered")
    if why := registry_obstacle(transfer.receiver):
        who = ADMINISTRATOR if transfer.receiver.registry_email else MENDED_BY
        raise Refusal(why, who=who, code="no_registry")
    ask_receiver(transfer)


def find_transfer(token: str) -> QuestionTransfer | None:
    """The transfer that this link answers, unless it is used, too old, or the question is settled. Changes nothing."""
    live = QuestionTransfer.objects.openable().filter(token_hash=token_hash(LINK, token))
    related = (
        "sender",
        "receiver",
        "succession",
        "by",
        "part__organisation",
        "part__decision__dialogue__collaboration",
    )
    return live.select_related(*related).first()


@transaction.atomic
def take_by_link(token: str) -> QuestionTransfer:
    """The receiver's registry takes the question. Raises Refusal when the link is used."""
    transfer = _lock_by_token(token)
    _take(transfer, transfer.sent_to)
    return transfer


@transaction.atomic
def send_back_by_link(token: str, *, reason: str) -> QuestionTransfer:
    """The receiver's registry says that the question is not its own. Raises Refusal when the link is used."""
    transfer = _lock_by_token(token)
    _refuse_without_reason(reason)
    send_back(transfer, speaker=transfer.sent_to, word_of=transfer.receiver, reason=reason)
    return transfer


@transaction.atomic
def take(*, part: PartDecision, by: User) -> None:
    """One of the receiver's people takes the question. Raises Refusal unless her mandate covers an answer to it."""
    lock_open_part(part, by)
    _take(_waiting_of(part), by)


@transaction.atomic
def refuse(*, part: PartDecision, reason: str, by: User) -> None:
    """One of the receiver's people sends the question back. Raises Refusal as `take` does, and without a reason."""
    lock_open_part(part, by)
    transfer = _waiting_of(part)
    _refuse_without_reason(reason)
    send_back(transfer, speaker=by, word_of=part.organisation, reason=reason)


def take_by_answering(part: PartDecision, person: User) -> None:
    """Who begins to answer a question has taken it. Call it with the part locked."""
    if (transfer := part.transfers.waiting().first()) is not None:
        transfer.part = part
        _take(transfer, person)


def refuse_while_sender_may_object(part: PartDecision, meanwhile: str = "Förbered svaret så länge.") -> None:
    """Raise Refusal while the registry of a body that is said to have gone up in another may still say no.

    Every body that the question came through counts, however many it has passed since. A coordinator could otherwise
    let one body answer in another's place before that one has read its letter. `meanwhile` says what can be done.
    """
    came_by = part.transfers.not_returned()
    answers = SuccessionAnswer.objects.filter(succession__transfers__in=came_by).select_related("succession__successor")
    for answer in answers.filter(side=SuccessionAnswer.Side.PREDECESSOR).distinct():
        if answer.may_still_object and answer.expires_at:
            before, after = answer.succession.predecessor_name, answer.succession.successor
            day = date_format(timezone.localtime(answer.expires_at), "j F Y")
            why = f"{before} har inte bekräftat att {after} tog över, och kan säga nej till och med {day}. {meanwhile}"
            raise Refusal(why, who=f"Registratorn för {before} bekräftar med sin länk", code="sender_awaited")


def replace_standing(part: PartDecision) -> None:
    """A transfer that is followed by another says no longer where the question stands. Call it with the part locked."""
    part.transfers.standing().update(replaced_at=timezone.now(), token_hash="")


def send_back(transfer: QuestionTransfer, *, speaker: User | str, word_of: Organisation, reason: str) -> None:
    """Give the question back, unanswered, to the body that had it before this transfer, and all that followed with it.

    Call it with the part locked.
    """
    part = transfer.part
    later = list(part.transfers.not_returned().filter(pk__gt=transfer.pk).select_related("receiver", "by"))
    for ended in (*reversed(later), transfer):
        _end(ended, speaker, word_of, reason)
        if ended.is_of_body:
            part.movers.remove(ended.by)
    part.organisation, part.form, part.held_by = transfer.sender, transfer.form_before, None
    part.answer, part.meets_on, part.reminded_at, part.overdue_told_at = PartState.REQUESTED, None, None, None
    part.save()
    _let_earlier_stand(transfer)
    held_by = later[-1].receiver if later else transfer.receiver
    _record(transfer, What.RETURNED, speaker, f"{transfer.return_in_words} {transfer.returned_reason}", held_by)
    letters.tell_of_return(transfer, [ended.receiver for ended in later])


def _end(transfer: QuestionTransfer, speaker: User | str, word_of: Organisation, reason: str) -> None:
    user, address = (None, speaker) if isinstance(speaker, str) else (speaker, "")
    transfer.returned_at, transfer.returned_by, transfer.returned_from = timezone.now(), user, address
    transfer.returned_as, transfer.returned_reason, transfer.token_hash = word_of.name, reason.strip()[:240], ""
    transfer.replaced_at = None
    transfer.save()


def _let_earlier_stand(transfer: QuestionTransfer) -> None:
    """The one by which the sender had got the question itself."""
    earlier = transfer.part.transfers.filter(receiver=transfer.sender, replaced_at__isnull=False)
    if (last := earlier.order_by("-pk").first()) is not None:
        last.replaced_at = None
        last.save(update_fields=["replaced_at"])


def _take(transfer: QuestionTransfer, by: User | str) -> None:
    user, address = (None, by) if isinstance(by, str) else (by, "")
    transfer.taken_at, transfer.taken_by, transfer.taken_from = timezone.now(), user, address
    transfer.token_hash = ""
    transfer.save(update_fields=["taken_at", "taken_by", "taken_from", "token_hash"])
    _record(transfer, What.TAKEN, by, f"{transfer.receiver_name} tog emot frågan.", transfer.receiver)
    letters.tell_of_taking(transfer)


def _record(transfer: QuestionTransfer, what: str, by: User | str, text: str, held_by: Organisation) -> None:
    user, where = (None, " Med länken till registratorn.") if isinstance(by, str) else (by, "")
    part = transfer.part
    DecisionEvent.note_part(part, what, text=text + where, by=user, held_by=held_by)
    part.decision.dialogue.collaboration.bump_public_version()


def _waiting_of(part: PartDecision) -> QuestionTransfer:
    transfer = part.transfers.waiting().select_related("sender", "receiver", "by").first()
    if transfer is None:
        raise Refusal("Ingen överlämnad fråga väntar på svar här.", code="already_answered")
    transfer.part = part
    return transfer


def _lock_by_token(token: str) -> QuestionTransfer:
    known = find_transfer(token)
    if known is not None:  # asked again when neither the address nor the question can change under us
        Organisation.objects.select_for_update(no_key=True).get(pk=known.receiver_id)
        lock_part(known.part)
        part, known = known.part, find_transfer(token)
        if known is not None:
            known.part = part
    if known is not None and (why := registry_obstacle(known.receiver)):
        raise Refusal(why, who=ADMINISTRATOR, code="no_registry")
    if known is None:
        raise Refusal("Länken är redan använd eller för gammal.", who=COORDINATOR, code="not_open")
    return known


def _refuse_without_reason(reason: str) -> None:
    if not reason.strip():
        raise Refusal("Skriv varför frågan inte är er. Det visas för boende.", code="reason")
