"""Whom an open question waits for when its person or its body leaves: a colleague, all of them, or another body."""

from django.db import transaction

from actors.models import Organisation, User
from actors.rules.rights import COORDINATE
from dialogue.decisions.answering import lock_part
from dialogue.letters import to_officials
from dialogue.models import DecisionEvent, PartDecision
from dialogue.permissions.deciders import deciders_of
from dialogue.rules.decisions import forms_for
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal

What = DecisionEvent.What


def form_for(part: PartDecision, body: Organisation) -> str:
    """The form in which a body would answer a part that was another's: the same if it can, else its most usual."""
    forms = forms_for(body.kind)
    return part.form if part.form in forms else forms[0]


@transaction.atomic
def pass_to_colleague(*, part: PartDecision, to: User | None, by: User) -> None:
    """Let a colleague have the question, or everybody with a mandate if she has none or `to` is None."""
    require(by, COORDINATE, part.decision)
    decision = lock_part(part)
    able = to if to in deciders_of(part) else None
    part.held_by = able
    part.save(update_fields=["held_by"])
    text = f"Till {able}." if able else "Till alla som har mandat."
    decision.events.create(part=part, what=What.HANDED_OVER, text=text, by=by)
    if able:
        to_officials.ask_colleague(part, able, by)


@transaction.atomic
def pass_to_body(*, part: PartDecision, to: Organisation, reason: str, by: User) -> None:
    """Ask another body instead, which took over from the one asked. Whoever it has confirmed may answer; nobody else.

    Raises Refusal when the part is answered, or the other body has a part of its own in the decision.
    """
    require(by, COORDINATE, part.decision)
    decision = lock_part(part)
    if not part.is_open:
        raise Refusal("Svaret är redan givet.", code="already_answered")
    if decision.parts.filter(organisation=to).exists():
        raise Refusal(f"{to} har redan en egen del i «{decision}». Avsluta frågan i stället.", code="asked_already")
    text = f"Från {part.organisation} till {to}. {reason}"
    part.form, part.organisation, part.held_by = form_for(part, to), to, None
    part.reminded_at = part.overdue_told_at = None
    part.save()
    decision.events.create(part=part, what=What.HANDED_OVER, text=text, by=by)
    to_officials.ask_successor(part)
    decision.dialogue.collaboration.bump_public_version()
