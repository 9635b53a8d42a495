"""In which form each body makes up its mind, and what their answers make of the whole. Pure."""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _


class DecisionKind(models.TextChoices):
    """What a decision is as a whole."""

    DECISION = "decision", _("beslut")
    AGREEMENT = "agreement", _("överenskommelse")


class FormOfDecision(models.TextChoices):
    """The body's own form. In the last two politicians decide at a meeting, and the official registers it."""

    DELEGATION = "delegation", _("delegationsbeslut")
    EXECUTION = "execution", _("verkställighet")
    AUTHORITY = "authority", _("myndighetsbeslut")
    ACCESSION = "accession", _("anslutning till överenskommelse")
    COMMITTEE = "committee", _("nämndbeslut")
    BOARD = "board", _("styrelsebeslut")


AT_A_MEETING = (FormOfDecision.COMMITTEE, FormOfDecision.BOARD)


class PartState(models.TextChoices):
    """How far a body has come with what it was asked."""

    REQUESTED = "requested", _("begärt")
    PREPARING = "preparing", _("under beredning")
    APPROVED = "approved", _("godkänt")
    CONDITIONS = "conditions", _("godkänt med villkor")
    REFUSED = "refused", _("avslaget")
    SENT_BACK = "sent_back", _("återremitterat")


OPEN = (PartState.REQUESTED, PartState.PREPARING)
YES = (PartState.APPROVED, PartState.CONDITIONS)
GIVEN = (*YES, PartState.REFUSED, PartState.SENT_BACK)
NEEDS_REASON = (PartState.REFUSED, PartState.SENT_BACK)


class DecisionOutcome(models.TextChoices):
    """What the parts make together."""

    PENDING = "pending", _("väntar på svar")
    IN_FORCE = "in_force", _("gäller")
    REFUSED = "refused", _("avslaget")
    SENT_BACK = "sent_back", _("återremitterat")
    SUPERSEDED = "superseded", _("ersatt av ett nytt beslut")
    EXPIRED = "expired", _("gäller inte längre")
    WITHDRAWN = "withdrawn", _("återtaget")


# While the whole is so, bodies that have not answered are still waited for. A no to the whole makes the rest needless.
OPEN_OUTCOMES = (DecisionOutcome.PENDING, DecisionOutcome.SENT_BACK)


def combined_outcome(answers: Collection[str]) -> DecisionOutcome:
    """All yes: it is in force. One no is a no to the whole; one sent back holds the whole up."""
    given = set(answers)
    if PartState.REFUSED in given:
        return DecisionOutcome.REFUSED
    if PartState.SENT_BACK in given:
        return DecisionOutcome.SENT_BACK
    return DecisionOutcome.IN_FORCE if given and given <= set(YES) else DecisionOutcome.PENDING


def forms_for(kind: str) -> tuple[FormOfDecision, ...]:
    """The forms that a body of this legal kind (`Organisation.Kind`) can decide in, the most usual first."""
    own = {
        "committee_admin": (FormOfDecision.DELEGATION, FormOfDecision.EXECUTION, FormOfDecision.COMMITTEE),
        "municipal_company": (FormOfDecision.EXECUTION, FormOfDecision.BOARD),
        "state_authority": (FormOfDecision.AUTHORITY,),
    }
    return (*own.get(kind, ()), FormOfDecision.ACCESSION)


def facts_needed(form: str, answer: str) -> tuple[str, ...]:
    """The fields that must be filled in to write down this answer in this form."""
    if answer == PartState.PREPARING:
        return ("meets_on",) if form in AT_A_MEETING else ()
    needed: tuple[str, ...] = (
        ("instance", "paragraph", "registry_number", "decided_on") if form in AT_A_MEETING else ("decided_on",)
    )
    if form == FormOfDecision.DELEGATION and answer in YES:
        needed += ("delegation_item",)
    if answer == PartState.CONDITIONS:
        needed += ("conditions",)
    return needed + ("motivation",) if answer in NEEDS_REASON else needed
