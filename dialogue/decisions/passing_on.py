"""Whom an open question waits for when its person or its body leaves: a colleague, all of them, or another body.

What a body has begun to answer is its own, and is not moved.
"""

from django.db import transaction

from actors.models import Organisation, User
from actors.rules.rights import COORDINATE
from dialogue.decisions.answering import lock_part
from dialogue.letters import to_officials
from dialogue.models import DecisionEvent, PartDecision
from dialogue.permissions.deciders import deciders_of
from dialogue.rules.decisions import FormOfDecision, PartState, forms_for
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal

What = DecisionEvent.What


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
    decision = lock_part(part)
    if not part.is_open:
        return
    able = to if to in deciders_of(part) else None
    part.held_by = able
    part.save(update_fields=["held_by"])
    text = f"Till {able}." if able else "Till alla som har mandat."
    decision.events.create(part=part, what=What.HANDED_OVER, text=text, by=by)
    if able:
        to_officials.ask_colleague(part, able, by)


@transaction.atomic
def pass_to_body(*, part: PartDecision, to: Organisation, reason: str, by: User) -> None:
    """Ask another body instead, which took over from the one asked. Whoever it has confirmed may answer; not `by`.

    The body that was asked hears of it: its registry and everybody with a mandate for it. Raises Refusal as
    `refuse_unless_movable` does.
    """
    require(by, COORDINATE, part.decision)
    decision = lock_part(part)
    refuse_unless_movable(part, to)
    before = part.organisation
    part.form, part.organisation, part.held_by = form_for(part, to), to, None
    part.answer, part.meets_on = PartState.REQUESTED, None
    part.reminded_at = part.overdue_told_at = None
    part.save()
    part.movers.add(by)
    text = f"Samordnaren flyttade den från {before} till {to}. {reason}"
    decision.events.create(part=part, what=What.HANDED_OVER, text=text, by=by)
    to_officials.tell_of_move(part, before, reason)
    to_officials.ask_successor(part)
    decision.dialogue.collaboration.bump_public_version()


def refuse_unless_movable(part: PartDecision, to: Organisation) -> None:
    """Raise Refusal when the part is answered or begun, or the other body has one, or can not decide anything like it.

    A body that can only join agreements does not take over what needed a decision.
    """
    if part.is_begun or not part.is_open:
        why = f"{part.organisation} har svarat, eller börjat bereda sitt svar, i «{part.decision}»."
        raise Refusal(why, who=f"{part.organisation} svarar, eller så avslutas frågan", code="begun")
    if part.decision.parts.filter(organisation=to).exists():
        why = f"{to} har redan en egen del i beslutet «{part.decision}». Välj att den här avslutas."
        raise Refusal(why, code="asked_already")
    if part.form != FormOfDecision.ACCESSION and forms_for(to.kind) == (FormOfDecision.ACCESSION,):
        why = f"{to} kan inte besluta i «{part.decision}», som behöver {part.get_form_display()}."
        raise Refusal(why, code="wrong_form")
