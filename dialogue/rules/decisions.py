"""The forms in which bodies decide, their answers, and the outcome that the answers make together. Pure."""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.rules.mandates import MandateScope


class DecisionKind(models.TextChoices):
    """Whether the bodies are asked for a decision or an agreement."""

    DECISION = "decision", _("beslut")
    AGREEMENT = "agreement", _("överenskommelse")


class FormOfDecision(models.TextChoices):
    """The form in which a body decides. In the last two it is decided at a meeting, and an official registers it."""

    DELEGATION = "delegation", _("delegationsbeslut")
    EXECUTION = "execution", _("verkställighet")
    AUTHORITY = "authority", _("myndighetsbeslut")
    ACCESSION = "accession", _("anslutning till överenskommelse")
    COMMITTEE = "committee", _("nämndbeslut")
    BOARD = "board", _("styrelsebeslut")


# What a person's mandate must cover, so that she may answer in the form. A state authority's decision is delegated to
# an official within it; joining an agreement commits the body.
SCOPES = {
    FormOfDecision.DELEGATION: MandateScope.DELEGATION,
    FormOfDecision.EXECUTION: MandateScope.EXECUTION,
    FormOfDecision.AUTHORITY: MandateScope.DELEGATION,
    FormOfDecision.ACCESSION: MandateScope.COMMITMENTS,
    FormOfDecision.COMMITTEE: MandateScope.REGISTER,
    FormOfDecision.BOARD: MandateScope.REGISTER,
}
AT_A_MEETING = (FormOfDecision.COMMITTEE, FormOfDecision.BOARD)


class PartState(models.TextChoices):
    """One body's answer so far."""

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
    """The outcome of the whole decision, given the answers of all its parts."""

    PENDING = "pending", _("väntar på svar")
    IN_FORCE = "in_force", _("gäller")
    REFUSED = "refused", _("avslaget")
    SENT_BACK = "sent_back", _("återremitterat")
    SUPERSEDED = "superseded", _("ersatt av ett nytt beslut")
    EXPIRED = "expired", _("gäller inte längre")
    WITHDRAWN = "withdrawn", _("återtaget")


# Outcomes with which the bodies that have not answered are still awaited. After a refusal no more answers are needed.
OPEN_OUTCOMES = (DecisionOutcome.PENDING, DecisionOutcome.SENT_BACK)


def combined_outcome(answers: Collection[str]) -> DecisionOutcome:
    """Return the outcome of the whole: in force when all approve, refused if one refuses, else sent back if one is."""
    given = set(answers)
    if PartState.REFUSED in given:
        return DecisionOutcome.REFUSED
    if PartState.SENT_BACK in given:
        return DecisionOutcome.SENT_BACK
    return DecisionOutcome.IN_FORCE if given and given <= set(YES) else DecisionOutcome.PENDING


def forms_for(kind: str) -> tuple[FormOfDecision, ...]:
    """Return the forms in which a body of this kind (`Organisation.Kind`) can decide, the most usual first."""
    own = {
        "committee_admin": (FormOfDecision.DELEGATION, FormOfDecision.EXECUTION, FormOfDecision.COMMITTEE),
        "municipal_company": (FormOfDecision.EXECUTION, FormOfDecision.BOARD),
        "state_authority": (FormOfDecision.AUTHORITY,),
    }
    return (*own.get(kind, ()), FormOfDecision.ACCESSION)


def forms_covered(scopes: Collection[str]) -> list[str]:
    """Return the forms of decision that a mandate with these scopes may answer in."""
    return [form.value for form, scope in SCOPES.items() if scope in scopes]


def facts_needed(form: str, answer: str) -> tuple[str, ...]:
    """Return the names of the `PartDecision` fields that must be filled in with this answer in this form."""
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
