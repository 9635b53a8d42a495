"""Whom an open question waits for when its person or its body leaves: a colleague, all of them, or another body.

What a body has begun to answer is its own: no coordinator moves it. The body itself hands it over to whom it wants.
"""

from django.db import transaction

from actors.mandates.obstacles import MENDED_BY, registry_obstacle
from actors.models import BodySuccession, Organisation, User
from actors.rules.rights import COORDINATE
from dialogue.decisions import transfers
from dialogue.decisions.part_locks import lock_open_part, lock_part
from dialogue.letters import question_transfers, to_officials
from dialogue.models import DecisionEvent, PartDecision, QuestionTransfer
from dialogue.permissions.deciders import deciders_of
from dialogue.rules.decisions import FormOfDecision, PartState, forms_for
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal

What = DecisionEvent.What
# What is said of a question that another body may still want back.
STAYS = "Tills den har svarat, eller dagen är förbi, går frågan inte vidare."


def form_for(part: PartDecision, body: Organisation) -> str:
    """The form in which a body would answer a part that was another's: the same if it can, else its most usual."""
    forms = forms_for(body.kind)
    return part.form if part.form in forms else forms[0]


@transaction.atomic
def pass_to_colleague(*, part: PartDecision, to: User | None, by: User) -> None:
    """Let a colleague have the question, or everybody with a mandate if she has none or `to` is None.

    A question that has just been answered waits for nobody, and is left as it is.
    """
    require(by, COORDINATE, part.decision)
    lock_part(part)
    if not part.is_open:
        return
    able = to if to in deciders_of(part) else None
    part.held_by = able
    part.save(update_fields=["held_by"])
    text = f"Till {able}." if able else "Till alla som har mandat."
    DecisionEvent.note_part(part, What.HANDED_OVER, text=text, by=by)
    if able:
        to_officials.ask_colleague(part, able, by)


@transaction.atomic
def pass_to_body(
    *, part: PartDecision, to: Organisation, reason: str, by: User, succession: BodySuccession | None = None
) -> QuestionTransfer:
    """The coordinator asks another body instead, which took over from the one asked, by its `succession`.

    Whoever the other body has confirmed may answer; not `by`. Its registry gets a link that takes the question or sends
    it back; the body that was asked hears of it: its registry and everybody with a mandate for it. Raises Refusal as
    `refuse_unless_movable` does.
    """
    require(by, COORDINATE, part.decision)
    decision = lock_part(part)
    refuse_unless_movable(part, to)
    before = part.organisation
    transfer = _move(part, QuestionTransfer(receiver=to, reason=reason[:400], by=by, succession=succession))
    text = f"Samordnaren flyttade den från {before} till {to}. {reason}"
    DecisionEvent.note_part(part, What.HANDED_OVER, text=text, by=by, held_by=before)
    to_officials.tell_of_move(part, before, reason)
    to_officials.ask_successor(part)
    transfers.ask_receiver(transfer)
    decision.dialogue.collaboration.bump_public_version()
    return transfer


@transaction.atomic
def hand_to_body(*, part: PartDecision, to: Organisation, reason: str, by: User) -> QuestionTransfer:
    """One of the body's own people, under her mandate, hands its question over to another body of the collaboration.

    The other body takes it or sends it back; the coordinator is told, and decides nothing. Raises Refusal without a
    reason, and unless `to` is a partner whose registry can answer, has no part of its own and can decide in some form.
    """
    decision, mandate = lock_open_part(part, by)
    refuse_unless_receivable(part, to)
    if not reason.strip():
        raise Refusal("Skriv varför. Det visas för boende.", code="reason")
    before = part.organisation
    transfer = _move(part, QuestionTransfer(receiver=to, reason=reason.strip()[:400], by=by, mandate=mandate))
    text = f"{before} lämnade över den till {to}. {reason.strip()}"
    DecisionEvent.note_part(part, What.HANDED_OVER, text=text, by=by, held_by=before)
    question_transfers.tell_of_handover(transfer)
    to_officials.ask_successor(part)
    transfers.ask_receiver(transfer)
    decision.dialogue.collaboration.bump_public_version()
    return transfer


def _move(part: PartDecision, transfer: QuestionTransfer) -> QuestionTransfer:
    """Let the locked part be the receiver's, unanswered, and store how it went there."""
    transfers.replace_standing(part)
    transfer.part, transfer.sender, transfer.form_before = part, part.organisation, part.form
    transfer.sender_name, transfer.receiver_name = transfer.sender.name, transfer.receiver.name
    part.form, part.organisation, part.held_by = form_for(part, transfer.receiver), transfer.receiver, None
    part.answer, part.meets_on = PartState.REQUESTED, None
    part.reminded_at = part.overdue_told_at = None
    part.save()
    part.movers.add(transfer.by)
    transfer.save()
    return transfer


def receivers_for(part: PartDecision) -> list[Organisation]:
    """The bodies that the body may hand its question over to, by name."""
    partners = part.decision.dialogue.collaboration.partnerships.current()
    bodies = Organisation.objects.filter(pk__in=partners.values("organisation")).exclude(pk=part.organisation_id)
    return [body for body in bodies.order_by("name") if not registry_obstacle(body) and not _form_obstacle(part, body)]


def refuse_unless_receivable(part: PartDecision, to: Organisation) -> None:
    """Raise Refusal when the part is not the body's to give, or the other body can not take it and say no to it.

    It is not, while it waits to be taken itself, or a body that it came from may still say no.
    """
    if part.transfers.waiting().exists():
        raise Refusal(
            "Frågan kom från en annan organisation. Ta först emot den, eller skicka tillbaka den.", code="not_taken"
        )
    transfers.refuse_while_sender_may_object(part, STAYS)
    if not part.decision.dialogue.collaboration.partnerships.current().filter(organisation=to).exists():
        raise Refusal(f"{to} är inte med i samverkan.", who="Samordnaren tar med den", code="not_here")
    if why := registry_obstacle(to):
        raise Refusal(f"{why} Den måste kunna säga nej.", who=MENDED_BY, code="no_registry")
    if obstacle := _form_obstacle(part, to):
        raise obstacle


def refuse_unless_movable(part: PartDecision, to: Organisation) -> None:
    """Raise Refusal when the part is answered or begun, or the other body has one, or can not decide anything like it.

    A coordinator takes nothing from a body that has begun to answer, and sends nothing on that a body may want back.
    """
    if part.is_begun or not part.is_open:
        why = f"{part.organisation} har svarat, eller börjat bereda sitt svar, i «{part.decision}»."
        raise Refusal(why, who=f"{part.organisation} svarar, eller så avslutas frågan", code="begun")
    transfers.refuse_while_sender_may_object(part, STAYS)
    if obstacle := _form_obstacle(part, to):
        raise obstacle


def _form_obstacle(part: PartDecision, to: Organisation) -> Refusal | None:
    """Why the other body can not have the part: it has one, or can not decide anything like it.

    A body that can only join agreements does not take over what needed a decision.
    """
    if part.decision.parts.filter(organisation=to).exists():
        why = f"{to} har redan en egen del i beslutet «{part.decision}». Välj att den här avslutas."
        return Refusal(why, code="asked_already")
    if part.form != FormOfDecision.ACCESSION and forms_for(to.kind) == (FormOfDecision.ACCESSION,):
        why = f"{to} kan inte besluta i «{part.decision}», som behöver {part.get_form_display()}."
        return Refusal(why, code="wrong_form")
    return None
